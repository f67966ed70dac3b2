#include "receptor_grids.hpp"

#include "deck_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace lantian::plume {

namespace {

constexpr Allowed on_map = {-1.0e8, 1.0e8, "m"};
constexpr int most_points = 100000;

}  // namespace

const std::vector<std::string>& grid_keywords(bool is_polar) {
  static const std::vector<std::string> cartesian = {"STA",  "XYINC", "XPNTS", "YPNTS",
                                                     "ELEV", "HILL",  "FLAG",  "END"};
  static const std::vector<std::string> polar = {"STA",  "ORIG", "DIST", "DDIR", "GDIR",
                                                 "ELEV", "HILL", "FLAG", "END"};
  return is_polar ? polar : cartesian;
}

ReceptorGrid::ReceptorGrid(Card first, std::string name, bool is_polar, double metres, Problems& problems)
    : first_(std::move(first)),
      name_(std::move(name)),
      is_polar_(is_polar),
      metres_(metres),
      problems_(problems) {}

void ReceptorGrid::append(std::vector<double>& values, const Card& card, std::size_t first,
                          const std::string& what) {
  const std::vector<double> more = numbers_from(card, first, what, problems_);
  values.insert(values.end(), more.begin(), more.end());
}

bool ReceptorGrid::read(const Card& card, std::size_t keyword, const Deck& deck) {
  const std::string& word = card.fields[keyword];
  if (word == "END") return true;
  if (word == "XPNTS")
    append(columns_, card, keyword + 1, "x");
  else if (word == "YPNTS")
    append(rows_, card, keyword + 1, "y");
  else if (word == "DIST")
    append(columns_, card, keyword + 1, "distance");
  else if (word == "DDIR")
    append(rows_, card, keyword + 1, "direction");
  else if (word == "XYINC" || word == "GDIR")
    read_spacing(card, keyword);
  else if (word == "ORIG")
    read_origin(card, keyword, deck);
  else if (word == "ELEV" || word == "HILL" || word == "FLAG") {
    std::vector<double> values = numbers_from(card, keyword + 1, word, problems_);
    if (values.size() < 2) {
      refuse(card, fmt::format("{} needs the number of a row, and heights", word), problems_);
      return false;
    }
    const double row = values.front();
    values.erase(values.begin());
    heights_[word].push_back({row, std::move(values)});
  }
  return false;
}

void ReceptorGrid::read_spacing(const Card& card, std::size_t keyword) {
  const std::vector<double> numbers = numbers_from(card, keyword + 1, card.fields[keyword], problems_);
  const std::size_t needed = is_polar_ ? 3 : 6;
  if (numbers.size() != needed) {
    refuse(card,
           fmt::format("{} has {} numbers; needed are {}", card.fields[keyword], numbers.size(),
                       is_polar_ ? "3: how many directions, the first, and their spacing [deg]"
                                 : "6: the first x, how many, their spacing, and the same of y [m]"),
           problems_);
    return;
  }
  const auto fill = [&](std::vector<double>& values, double first, double count, double spacing) {
    if (count < 1 || count > most_points || count != std::floor(count)) {
      refuse(card,
             fmt::format("{}: {:g} points; a whole number from 1 to {} is needed", card.fields[keyword],
                         count, most_points),
             problems_);
      return;
    }
    for (int n = 0; n < static_cast<int>(count); ++n) values.push_back(first + n * spacing);
  };
  if (is_polar_) {
    fill(rows_, numbers[1], numbers[0], numbers[2]);
    return;
  }
  fill(columns_, numbers[0], numbers[1], numbers[2]);
  fill(rows_, numbers[3], numbers[4], numbers[5]);
}

void ReceptorGrid::read_origin(const Card& card, std::size_t keyword, const Deck& deck) {
  if (card.fields.size() == keyword + 2) {
    const std::string& name = card.fields[keyword + 1];
    const auto found = std::ranges::find(deck.sources, name, &Source::name);
    if (found == deck.sources.end())
      refuse(card, fmt::format("ORIG: there is no source \"{}\"", name), problems_);
    else
      origin_ = found->place;
    return;
  }
  if (card.fields.size() != keyword + 3) {
    refuse(card, "ORIG needs x and y, or a source", problems_);
    return;
  }
  origin_ = Position{number_at(card, keyword + 1, "x", on_map, problems_),
                     number_at(card, keyword + 2, "y", on_map, problems_)};
}

std::vector<double> ReceptorGrid::heights(const std::string& keyword, const std::vector<Row>& rows) const {
  // The first number only says which row the values are of: 1, 2, ... or the row's own y or direction.
  std::vector<Row> ordered = rows;
  std::ranges::stable_sort(ordered, {}, &Row::indicator);
  std::vector<double> all;
  for (const Row& row : ordered) all.insert(all.end(), row.values.begin(), row.values.end());
  if (all.size() != columns_.size() * rows_.size())
    refuse(first_,
           fmt::format("network {} has {} receptors, but {} values of {}", name_,
                       columns_.size() * rows_.size(), all.size(), keyword),
           problems_);
  all.resize(columns_.size() * rows_.size());
  return all;
}

void ReceptorGrid::lay(Deck& deck) {
  if (columns_.empty() || rows_.empty()) {
    refuse(first_,
           fmt::format("network {} has no {}", name_,
                       is_polar_ ? (columns_.empty() ? "DIST" : "DDIR or GDIR")
                                 : (columns_.empty() ? "XYINC or XPNTS" : "XYINC or YPNTS")),
           problems_);
    return;
  }
  constexpr std::size_t most_receptors = 1'000'000;
  if (columns_.size() * rows_.size() > most_receptors) {
    refuse(first_,
           fmt::format("network {} has {} receptors; {} are the most", name_, columns_.size() * rows_.size(),
                       most_receptors),
           problems_);
    return;
  }
  // What is missing is 0, and what the options do not want is left out, as in AERMOD, which warns of both.
  const bool wants_elevations = !deck.options.flat_terrain;
  if (wants_elevations && heights_.contains("ELEV") && !heights_.contains("HILL")) {
    refuse(first_, fmt::format("network {} has ELEV, but no HILL", name_), problems_);
    return;
  }
  if (wants_elevations && !heights_.contains("ELEV"))
    tell(first_, fmt::format("network {} has no ELEV: its heights count as 0", name_), deck);
  if (heights_.contains("FLAG") && !deck.has_flagpoles)
    tell(first_, fmt::format("FLAG of network {} is left out, since CO has no FLAGPOLE", name_), deck);
  const auto of = [&](const char* keyword, bool is_wanted) {
    const auto found = heights_.find(keyword);
    return found == heights_.end() || !is_wanted ? std::vector<double>{} : heights(keyword, found->second);
  };
  const std::vector<double> elevations = of("ELEV", wants_elevations), hills = of("HILL", wants_elevations),
                            flags = of("FLAG", deck.has_flagpoles);
  for (const std::vector<double>& all : {elevations, hills})
    if (std::ranges::any_of(all, [](double height) { return height < elevation_of_deck.least; }))
      refuse(first_,
             fmt::format("network {} has a height below {:g}, AERMAP's code of a missing one", name_,
                         elevation_of_deck.least),
             problems_);
  const Position origin = origin_.value_or(Position{});
  deck.networks.push_back({name_, is_polar_, columns_, rows_, deck.receptors.size()});
  for (std::size_t j = 0; j < rows_.size(); ++j)
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::size_t n = j * columns_.size() + i;
      Receptor one;
      const double direction = rows_[j] * std::numbers::pi / 180.0;
      one.place = is_polar_ ? Position{origin.x_m + columns_[i] * std::sin(direction),
                                       origin.y_m + columns_[i] * std::cos(direction)}
                            : Position{columns_[i], rows_[j]};
      one.network = name_;
      if (wants_elevations && !elevations.empty()) one.elevation_m = metres_ * elevations[n];
      if (wants_elevations && !hills.empty()) one.hill_height_m = metres_ * hills[n];
      one.flagpole_m = flags.empty() ? deck.default_flagpole_m : flags[n];
      deck.receptors.push_back(std::move(one));
      deck.receptor_kinds.push_back(is_polar_ ? ReceptorKind::grid_polar : ReceptorKind::grid_cartesian);
    }
}

}  // namespace lantian::plume
