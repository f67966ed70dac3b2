#include "deck_background.hpp"
#include "deck_deposition.hpp"
#include "deck_fields.hpp"
#include "deck_readers.hpp"
#include "hourly_emission.hpp"
#include "source_details.hpp"
#include "source_parameters.hpp"
#include "source_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace lantian::plume {

namespace {

const std::vector<std::string> source_kinds = {"POINT",    "POINTCAP", "POINTHOR", "VOLUME", "AREA",
                                               "AREAPOLY", "AREACIRC", "LINE",     "RLINE",  "OPENPIT"};
SourceShape shape_of(const std::string& kind) {
  if (kind == "POINT") return SourceShape::point;
  if (kind == "POINTCAP") return SourceShape::capped_point;
  if (kind == "POINTHOR") return SourceShape::horizontal_point;
  if (kind == "VOLUME") return SourceShape::volume;
  if (kind == "OPENPIT") return SourceShape::pit;
  return kind == "RLINE" ? SourceShape::road : SourceShape::area;
}

/// A kind of source by its name or an older spelling.
std::string kind_of(const std::string& word) {
  return word == "OPEN_PIT" || word == "OPEN-PIT" ? "OPENPIT" : word;
}

class SourceReader {
 public:
  SourceReader(Deck& deck, Problems& problems)
      : deck_(deck),
        problems_(problems),
        table_(deck),
        parameters_(deck, table_, problems),
        details_(table_, problems) {}

  void read(const std::vector<Card>& cards) {
    // Sources first, so that the order of their other cards is free.
    for (const Card& card : cards) {
      if (card.keyword == "ELEVUNIT")
        metres_ = has_fields(card, 1, 1, "METERS or FEET", problems_) ? metres_per(card, 0, problems_) : 1.0;
      if (card.keyword == "LOCATION" && !location(card) && card.has(0)) table_.note_refused(card.fields[0]);
    }
    for (const Card& card : cards)
      if (card.keyword == "SRCPARAM") parameters_.read(card);
    for (const Card& card : cards) read_other(card);
    details_.finish();
    background_.finish(deck_, problems_);
    check();
  }

 private:
  /// @return whether the source was added
  bool location(const Card& card) {
    if (!card.has(1)) {
      refuse(card, "needs a name and a kind of source", problems_);
      return false;
    }
    const std::string kind = kind_of(card.fields[1]);
    if (std::ranges::find(source_kinds, kind) == source_kinds.end()) {
      refuse_word(card, card.raw[1], "kind of source that is supported", source_kinds, problems_);
      return false;
    }
    const bool is_line = kind == "LINE" || kind == "RLINE";
    const std::size_t places = is_line ? 4 : 2;
    if (!has_fields(card, 2 + places, 3 + places,
                    is_line ? "name, kind, x and y of both ends, elevation" : "name, kind, x, y, elevation",
                    problems_))
      return false;
    Source source;
    source.name = card.fields[0];
    source.shape = shape_of(kind);
    constexpr Allowed on_map = {-1.0e8, 1.0e8, "m"};
    const auto place_at = [&](std::size_t n) {
      return Position{number_at(card, n, "x", on_map, problems_),
                      number_at(card, n + 1, "y", on_map, problems_)};
    };
    source.place = place_at(2);
    if (is_line) source.vertices = {source.place, place_at(4)};
    if (is_line && std::hypot(source.vertices[1].x_m - source.place.x_m,
                              source.vertices[1].y_m - source.place.y_m) < 1.0e-3) {
      refuse(card, "its ends are the same place", problems_);
      return false;
    }
    if (card.has(2 + places) && card.fields[2 + places] == "FLAT")
      flat(card, source);
    else if (card.has(2 + places))
      source.base_elevation_m =
          metres_ * number_at(card, 2 + places, "elevation", elevation_of_deck, problems_);
    // Among sources over terrain a road on level 0 is flat, as in AERMOD.
    if (kind == "RLINE" && deck_.flat_sources_may_be && source.base_elevation_m == 0.0)
      source.flat_terrain = true;
    source.no2_share_of_nox = deck_.options.no2 == NitrogenDioxide::none ? 0.0 : deck_.stack_no2_ratio;
    if (!table_.add(source, card, kind))
      refuse(card, fmt::format("source {} is there already", card.raw[0]), problems_);
    return true;
  }

  /// The word FLAT for an elevation: flat ground for this source, among others over terrain.
  void flat(const Card& card, Source& source) {
    source.flat_terrain = true;
    if (!deck_.flat_sources_may_be && !deck_.options.flat_terrain)
      refuse(card, "has FLAT for its elevation, which needs MODELOPT FLAT ELEV; or give the elevation",
             problems_);
  }

  void read_other(const Card& card) {
    const std::string& word = card.keyword;
    static const std::set<std::string> of_numbers = {"BUILDHGT", "BUILDWID", "BUILDLEN", "XBADJ",   "YBADJ",
                                                     "PARTDIAM", "MASSFRAX", "PARTDENS", "AREAVERT"};
    if (of_numbers.contains(word))
      details_.add_numbers(card);
    else if (word == "EMISFACT")
      details_.add_factors(card);
    else if (word == "METHOD_2")
      details_.add_particle_mean(card);
    else if (word == "GASDEPOS")
      details_.add_gas(card);
    else if (word == "HOUREMIS")
      read_hourly_emission(card, deck_, table_, problems_);
    else if (word == "NO2RATIO")
      no2_ratio(card);
    else if (word == "URBANSRC")
      urban(card);
    else if (word == "OLMGROUP")
      ozone_group(card);
    else if (word == "SRCGROUP")
      group(card);
    else if (word == "BACKGRND" || word == "BACKUNIT" || word == "BGSECTOR")
      background_.read(card, deck_, problems_);
    else if (word == "EMISUNIT" || word == "CONCUNIT" || word == "DEPOUNIT")
      units(card);
  }

  void no2_ratio(const Card& card) {
    if (!has_fields(card, 2, 2, "a source and the share of NO2 in its NOx", problems_)) return;
    const double ratio = number_at(card, 1, "share of NO2", {0.0, 1.0, ""}, problems_);
    for (const std::size_t n : table_.find(card, 0, problems_)) table_.source(n).no2_share_of_nox = ratio;
  }

  void urban(const Card& card) {
    const std::vector<UrbanArea>& areas = deck_.options.urban_areas;
    if (areas.empty()) {
      refuse(card, "CO has no URBANOPT", problems_);
      return;
    }
    const std::size_t first = areas.size() > 1 ? 1 : 0;  // of several areas, their identifier comes first
    if (!card.has(first)) refuse(card, "names no source", problems_);
    if (card.fields.empty()) return;
    std::size_t area = 0;
    if (first == 1) {
      std::vector<std::string> names(areas.size());
      std::ranges::transform(areas, names.begin(), &UrbanArea::name);
      area = static_cast<std::size_t>(std::ranges::find(names, card.fields[0]) - names.begin());
      if (area == areas.size()) {
        refuse_word(card, card.raw[0], "urban area of URBANOPT", names, problems_);
        return;
      }
    }
    for (std::size_t field = first; field < card.fields.size(); ++field)
      for (const std::size_t n : table_.find(card, field, problems_)) stand_in(card, table_.source(n), area);
  }

  void stand_in(const Card& card, Source& source, std::size_t area) {
    if (source.urban_area.value_or(area) != area)
      refuse(card,
             fmt::format("source {} is in urban area {} already", source.name,
                         deck_.options.urban_areas[*source.urban_area].name),
             problems_);
    source.urban_area = area;
  }

  void ozone_group(const Card& card) {
    if (!card.has(0)) {
      refuse(card, "needs a name, and sources", problems_);
      return;
    }
    const std::string& name = card.fields[0];
    if (!card.has(1) && name != "ALL") refuse(card, fmt::format("group {} names no source", name), problems_);
    for (std::size_t field = name == "ALL" ? 0 : 1; field < card.fields.size(); ++field)
      for (const std::size_t n : table_.find(card, field, problems_)) {
        std::string& of_source = table_.source(n).ozone_group;
        if (!of_source.empty() && of_source != name)
          refuse(card, fmt::format("source {} is in group {} already", table_.source(n).name, of_source),
                 problems_);
        of_source = name;
      }
  }

  void group(const Card& card) {
    constexpr std::size_t longest = 8;
    if (!card.has(0) || card.fields[0].size() > longest) {
      refuse(card, fmt::format("needs a name of a group, of {} letters at most", longest), problems_);
      return;
    }
    const std::string& name = card.fields[0];
    if (!card.has(1) && name != "ALL") refuse(card, fmt::format("group {} names no source", name), problems_);
    auto found = std::ranges::find(deck_.groups, name, &SourceGroup::name);
    if (found == deck_.groups.end()) {
      deck_.groups.push_back({name, {}});
      found = deck_.groups.end() - 1;
    }
    for (std::size_t field = name == "ALL" ? 0 : 1; field < card.fields.size(); ++field) {
      if (const std::optional<bool> asks = asks_for_background(card.fields[field])) {
        found->background = *asks ? SourceGroup::Background::wanted : SourceGroup::Background::refused;
        continue;
      }
      for (const std::size_t n : table_.find(card, field, problems_))
        if (std::ranges::find(found->sources, n) == found->sources.end()) found->sources.push_back(n);
    }
    std::ranges::sort(found->sources);
  }

  void units(const Card& card) {
    if (!has_fields(card, 3, 3, "a factor, and names of the units of emission and of results", problems_))
      return;
    const double factor = number_at(card, 0, "factor", {1.0e-30, 1.0e30, ""}, problems_);
    deck_.emission_unit = card.fields[1];
    const bool is_deposition =
        card.keyword == "DEPOUNIT" || (card.keyword == "EMISUNIT" && !deck_.with_concentration);
    // Of a deposition the factor is that of a second, which unless it is told is 3600 for one of an hour.
    constexpr double seconds_per_hour = 3600.0;
    if (is_deposition)
      deck_.deposition_unit_factor = factor / seconds_per_hour;
    else
      deck_.emission_unit_factor = factor;
    (is_deposition ? deck_.deposition_unit : deck_.concentration_unit) = card.fields[2];
  }

  void check() {
    if (table_.size() == 0)
      problems_.add(fmt::format("{}: SO has no LOCATION; a source is needed", deck_.path));
    if (deck_.groups.empty())
      problems_.add(fmt::format("{}: SO has no SRCGROUP; SRCGROUP ALL is the usual", deck_.path));
    bool is_urban = false;
    for (std::size_t n = 0; n < table_.size(); ++n) {
      const Source& source = table_.source(n);
      if (!parameters_.are_given(n))
        problems_.add(
            fmt::format("{}: SO LOCATION: source {} has no SRCPARAM", table_.place(n), source.name));
      if (source.urban_area) is_urban = true;
    }
    check_deposition(deck_, problems_);
    if (!deck_.options.urban_areas.empty() && !is_urban)
      problems_.add(fmt::format("{}: CO URBANOPT, but SO has no URBANSRC", deck_.path));
    if (deck_.pollutant == "SO2") set_decay_of_so2();
  }

  /// SO2 decays in urban air, by AERMOD's coefficient unless the deck gives one, and nowhere else.
  /// @see AERMOD 24142, subroutine DECAY.
  void set_decay_of_so2() {
    constexpr double urban_decay_s = 4.81e-5;  // a half-life of 4 h
    const double given_s = deck_.options.decay_s;
    for (Source& source : deck_.sources)
      source.decay_s = !source.urban_area ? 0.0 : given_s > 0.0 ? given_s : urban_decay_s;
  }

  Deck& deck_;
  Problems& problems_;
  SourceTable table_;
  SourceParameters parameters_;
  SourceDetails details_;
  BackgroundReader background_;
  double metres_ = 1.0;
};

}  // namespace

void read_sources(const std::vector<Card>& cards, Deck& deck, Problems& problems) {
  SourceReader(deck, problems).read(cards);
}

}  // namespace lantian::plume
