#include "event_results.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lantian::plume {

EventResults::EventResults(const Deck& deck, const ValueLayout& layout)
    : deck_(deck),
      layout_(layout),
      types_(result_types(deck)),
      shares_(deck.events.size() * layout.types()),
      hours_(deck.events.size() * layout.types()) {
  for (const Event& event : deck.events)
    if (std::ranges::find(means_, event.average, &BlockMeans::average) == means_.end())
      means_.emplace_back(event.average, layout_);
}

EventResults::Shares EventResults::shares_of(const Event& event, std::size_t n, std::size_t type,
                                             std::span<const double> values) const {
  const auto value = [&](std::size_t group) {
    return values[layout_.row(type, group) * layout_.receptors + n];
  };
  const std::size_t first = layout_.groups - deck_.sources.size();  // of the groups of one source
  Shares shares{value(event.group), {}, ' '};
  for (const std::size_t source : deck_.groups[event.group].sources)
    shares.sources.push_back(value(first + source));
  return shares;
}

void EventResults::add(const DeckHour& at, HourState state, std::span<const double> values) {
  const long long number = hour_number(at);
  for (std::size_t n = 0; deck_.events_by_hour && n < deck_.events.size(); ++n) {
    const Event& event = deck_.events[n];
    const long long end = hour_number(event.end);
    if (number > end || number <= end - event.average.hours) continue;
    for (std::size_t type = 0; type < layout_.types(); ++type) {
      hours_[n * layout_.types() + type].push_back({at, shares_of(event, n, type, values)});
      hours_[n * layout_.types() + type].back().shares.flag = state == HourState::calm      ? 'c'
                                                              : state == HourState::missing ? 'm'
                                                                                            : ' ';
    }
  }
  for (BlockMeans& means : means_) {
    const std::optional<BlockMeans::Block> block = means.add(at, state, values);
    if (!block) continue;
    for (std::size_t n = 0; n < deck_.events.size(); ++n) {
      const Event& event = deck_.events[n];
      if (event.average != means.average() || hour_number(event.end) != number) continue;
      for (std::size_t type = 0; type < layout_.types(); ++type) {
        Shares found = shares_of(event, n, type, block->values);
        found.flag = block->flag;
        shares_[n * layout_.types() + type] = std::move(found);
      }
    }
  }
}

std::string EventResults::table(std::size_t n, std::size_t type) const {
  const Event& event = deck_.events[n];
  const Receptor& at = deck_.receptors[n];
  const std::vector<std::size_t>& sources = deck_.groups[event.group].sources;
  std::string text = fmt::format(
      "\n *** SOURCE CONTRIBUTIONS FOR EVENT: {:10} ***\n"
      " --->  AVE. PER.: {}-HR  GRP ID: {:8}  DATE: {:08}  AT ({:.2f}, {:.2f}, {:.2f}, {:.2f}, {:.2f})\n"
      " ** {} OF {} IN {} **\n",
      event.name, event.average.hours, deck_.groups[event.group].name, date_stamp(event.end), at.place.x_m,
      at.place.y_m, at.elevation_m, at.hill_height_m, at.flagpole_m, types_[type].code, deck_.pollutant,
      types_[type].unit);
  const std::optional<Shares>& found = shares(n, type);
  if (!found) return text + " no such hours in the weather files\n";
  if (event.told_value && type == 0)
    text += fmt::format(" VALUE OF EVENTPER   {}\n", fixed(*event.told_value));
  text += fmt::format(" GROUP VALUE         {}{}\n SOURCE ID            CONTRIBUTION\n", fixed(found->group),
                      found->flag);
  for (std::size_t s = 0; s < sources.size(); ++s)
    text += fmt::format(" {:12}        {}\n", deck_.sources[sources[s]].name, fixed(found->sources[s]));
  for (const Hour& hour : hours_[n * layout_.types() + type]) {
    text += fmt::format(" HOUR {:08}       {}{}\n", date_stamp(hour.at), fixed(hour.shares.group),
                        hour.shares.flag);
    for (std::size_t s = 0; s < sources.size(); ++s)
      text +=
          fmt::format(" {:12}        {}\n", deck_.sources[sources[s]].name, fixed(hour.shares.sources[s]));
  }
  return text;
}

std::string EventResults::tables() const {
  std::string text;
  for (std::size_t n = 0; n < deck_.events.size(); ++n)
    for (std::size_t type = 0; type < layout_.types(); ++type) text += table(n, type);
  return text;
}

}  // namespace lantian::plume
