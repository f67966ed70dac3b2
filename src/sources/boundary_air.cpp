#include "lantian/sources/boundary_air.hpp"

#include "air_source.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <optional>

namespace lantian {

struct BoundaryAir::State {
  struct Entry {
    std::vector<std::string> species;
    std::unique_ptr<AirSource> source;
    std::vector<bool> may_give;                         // by species of the run
    std::vector<std::optional<double>> everywhere_ppb;  // where it is the same, by species
  };
  const HorizontalGrid& grid;
  SpeciesTable species;
  LonLat middle{};
  std::vector<Entry> entries;
  std::vector<std::string> files;
  bool has_nest = false;
  /// Where a column stands: of all its layers and hours.
  struct Stand {
    LonLat place;
    double azimuth_deg;  // as seen from the middle
  };
  Array2<Stand> stands{};
  Tile own{};  // whose edge is asked for

  /// A cell at the edge, and from its centre to the face that air enters through [cells].
  struct Entrance {
    int row, column;
    double east, north;
  };
  void place_columns();
  [[nodiscard]] LonLat entrance(Entrance at) const;
  [[nodiscard]] BoundaryHour at_instant(UtcTime instant, UtcTime start, const WeatherSnapshot& weather,
                                        const Surface& surface) const;
  [[nodiscard]] AirSpot spot(UtcTime hour, const WeatherSnapshot& w, const Surface& surface, int k, int row,
                             int column) const;
  [[nodiscard]] double ppb(int s, const AirSpot& at) const;
  [[nodiscard]] static bool gives(const Entry& entry, const Species& one, const AirSpot& at);
  void check_hours(const Case& configuration, Problems& problems) const;
  void warn_of_clean_air(UtcTime hour) const;
};

bool BoundaryAir::State::gives(const Entry& entry, const Species& one, const AirSpot& at) {
  return (entry.species.empty() || std::ranges::find(entry.species, one.name) != entry.species.end()) &&
         entry.source->ppb(one, at).has_value();
}

/// Faults for a species that an entry names and does not have, and for one that has air near the ground in
/// some hours of the run and none in others: it would come and go.
void BoundaryAir::State::check_hours(const Case& configuration, Problems& problems) const {
  const UtcTime first =
      configuration.run.start.plus_seconds(-std::llround(configuration.run.spin_up_h * 3600.0));
  std::vector<std::map<long long, std::vector<std::string>>> partly(entries.size());  // by hours without
  for (const Species& one : species) {
    std::vector<long long> given(entries.size(), 0);  // hours
    std::vector<UtcTime> missing;
    long long hours = 0;
    for (UtcTime hour = first; hour < configuration.run.end; hour = hour.plus_seconds(3600), ++hours) {
      const AirSpot at{.hour = hour, .instant = hour, .place = middle, .entrance = middle, .height_m = 10.0};
      bool is_given = false;
      for (std::size_t n = 0; n < entries.size(); ++n) {
        if (!gives(entries[n], one, at)) continue;
        ++given[n];
        is_given = true;
      }
      if (!is_given) missing.push_back(hour);
    }
    for (std::size_t n = 0; n < entries.size(); ++n) {
      if (given[n] > 0 && given[n] < hours) partly[n][hours - given[n]].push_back(one.name);
      if (given[n] == 0 && std::ranges::find(entries[n].species, one.name) != entries[n].species.end())
        problems.add(
            fmt::format("boundary.air.{}: its source has no {} in the hours of the run", n, one.name));
    }
    if (!missing.empty() && static_cast<long long>(missing.size()) < hours)
      problems.add(fmt::format(
          "boundary.air: {} of the {} hours of the run have no {}, the first {}, the last {}; give a "
          "constant or "
          "a profile for them in an entry before",
          missing.size(), hours, one.name, to_iso8601(missing.front()), to_iso8601(missing.back())));
  }
  for (std::size_t n = 0; n < entries.size(); ++n)
    for (const auto& [hours, names] : partly[n])
      log_warning(
          fmt::format("boundary.air.{}: its file does not reach over {} hours of the run for {}; there the "
                      "entries before it hold",
                      n, hours, fmt::join(names, ", ")));
  warn_of_clean_air(first);
}

/// One line for what no entry gives at all, and one for what none gives aloft.
void BoundaryAir::State::warn_of_clean_air(UtcTime hour) const {
  constexpr double near_ground_m = 10.0, far_aloft_m = 1.0e5;
  std::vector<std::string> nowhere, not_aloft;
  for (const Species& one : species) {
    const auto has_at = [&](double height_m) {
      const AirSpot at{.hour = hour, .place = middle, .height_m = height_m};
      return std::ranges::any_of(entries, [&](const Entry& entry) { return gives(entry, one, at); });
    };
    if (!has_at(far_aloft_m)) (has_at(near_ground_m) ? not_aloft : nowhere).push_back(one.name);
  }
  if (!nowhere.empty())
    log_warning(fmt::format("no [[boundary.air]] gives {}: entering and initial air holds none of it",
                            fmt::join(nowhere, ", ")));
  if (!not_aloft.empty())
    log_warning(
        fmt::format("[[boundary.air]] of stations alone gives {}: air above its residual_top_m holds "
                    "none of it; give a constant or a profile in an entry before",
                    fmt::join(not_aloft, ", ")));
}

AirSpot BoundaryAir::State::spot(UtcTime hour, const WeatherSnapshot& w, const Surface& surface, int k,
                                 int row, int column) const {
  const Stand& stand = stands(row, column);
  AirSpot at{.hour = hour,
             .instant = hour,
             .place = stand.place,
             .entrance = stand.place,
             .azimuth_deg = stand.azimuth_deg};
  at.bottom_m = surface.interface_above_ground_m(k, row, column);
  at.top_m = surface.interface_above_ground_m(k + 1, row, column);
  at.height_m = 0.5 * (at.bottom_m + at.top_m);
  at.mixing_height_m = w.mixing_height_m(row, column);
  const double vapour = w.water_vapour_kg_kg(k, row, column);
  at.scale_height_m =
      gas_constant_j_mol_k * w.temperature_k(k, row, column) / (1.0e-3 * air_molar_mass_g_mol * gravity_m_s2);
  at.dry_air_mol_m3 = w.pressure_pa(k, row, column) /
                      (gas_constant_j_mol_k * w.temperature_k(k, row, column)) /
                      (1.0 + vapour * air_molar_mass_g_mol / 18.01528);
  return at;
}

void BoundaryAir::State::place_columns() {
  stands = Array2<Stand>(grid.rows(), grid.columns());
  for (int j = 0; j < grid.rows(); ++j)
    for (int i = 0; i < grid.columns(); ++i) {
      const LonLat place = grid.centre(j, i);
      const double east = (place.longitude_deg - middle.longitude_deg) *
                          std::cos(middle.latitude_deg * std::numbers::pi / 180.0);
      stands(j, i) = {.place = place,
                      .azimuth_deg = std::atan2(east, place.latitude_deg - middle.latitude_deg) * 180.0 /
                                     std::numbers::pi};
    }
}

LonLat BoundaryAir::State::entrance(Entrance at) const {
  ProjectedPoint place = grid.centre_xy(at.row, at.column);
  place.x_m += at.east * grid.shape().dx_m;
  place.y_m += at.north * grid.shape().dy_m;
  return grid.projection().inverse(place);
}

double BoundaryAir::State::ppb(int s, const AirSpot& at) const {
  double value = 0.0;
  for (const Entry& entry : entries) {
    const auto n = static_cast<std::size_t>(s);
    if (!entry.may_give[n]) continue;
    if (entry.everywhere_ppb[n])
      value = *entry.everywhere_ppb[n];
    else if (const auto found = entry.source->ppb(species[s], at))
      value = *found;
  }
  return std::max(value, 0.0);
}

BoundaryHour between(const BoundaryHour& begin, const BoundaryHour& end, double share) {
  BoundaryHour air = begin;
  const auto move = [&](std::vector<Array2<double>>& side, const std::vector<Array2<double>>& to) {
    for (std::size_t s = 0; s < side.size(); ++s)
      for (std::size_t n = 0; n < side[s].values().size(); ++n)
        side[s].values()[n] += share * (to[s].values()[n] - side[s].values()[n]);
  };
  move(air.west, end.west);
  move(air.east, end.east);
  move(air.south, end.south);
  move(air.north, end.north);
  move(air.top, end.top);
  return air;
}

BoundaryAir::BoundaryAir(const Case& configuration, const HorizontalGrid& grid, const SpeciesTable& species,
                         Problems& problems)
    : state_(new State{.grid = grid,
                       .species = species,
                       .middle = grid.centre(grid.rows() / 2, grid.columns() / 2),
                       .entries = {},
                       .files = {}}) {
  state_->place_columns();
  state_->own = {.columns = grid.columns(),
                 .rows = grid.rows(),
                 .grid_columns = grid.columns(),
                 .grid_rows = grid.rows()};
  const std::size_t faults = problems.sentences().size();
  const std::vector<std::string> known = species.names();
  for (std::size_t n = 0; n < configuration.boundary.air.size(); ++n) {
    const BoundaryAirConfig& config = configuration.boundary.air[n];
    const auto check = [&](const std::string& name) {
      if (!species.find(name))
        problems.add(fmt::format("boundary.air.{}: \"{}\" is no species of this run; known are {}.{}", n,
                                 name, fmt::join(known, ", "), did_you_mean(name, known)));
    };
    for (const std::string& name : config.species) check(name);
    for (const auto& [name, value] : config.values_ppb) check(name);
    for (const auto& [name, value] : config.values_ug_m3) check(name);
    try {
      State::Entry entry{config.species, open_air_source(configuration, config, grid, species), {}, {}};
      for (const Species& one : species) {
        entry.may_give.push_back(
            entry.source->may_give(one) &&
            (config.species.empty() || std::ranges::find(config.species, one.name) != config.species.end()));
        entry.everywhere_ppb.push_back(entry.source->everywhere_ppb(one));
      }
      state_->entries.push_back(std::move(entry));
      state_->has_nest |= config.kind == "nest";
      for (const std::string& file : {config.file, config.rules, config.species_map})
        if (!file.empty()) state_->files.push_back(configuration.resolve(file));
    } catch (const Error& error) {
      problems.add(error);
    }
  }
  if (problems.sentences().size() == faults) state_->check_hours(configuration, problems);
}

BoundaryAir::~BoundaryAir() = default;
BoundaryAir::BoundaryAir(BoundaryAir&&) noexcept = default;
BoundaryAir& BoundaryAir::operator=(BoundaryAir&&) noexcept = default;

BoundaryHour BoundaryAir::State::at_instant(UtcTime instant, UtcTime start, const WeatherSnapshot& weather,
                                            const Surface& surface) const {
  const int rows = grid.rows(), columns = grid.columns(), layers = weather.temperature_k.layers();
  const auto count = static_cast<std::size_t>(species.count());
  BoundaryHour air;
  air.west.assign(count, Array2<double>(layers, rows));
  air.east = air.west;
  air.south.assign(count, Array2<double>(layers, columns));
  air.north = air.south;
  air.top.assign(count, Array2<double>(rows, columns));
  const auto fill = [&](std::vector<Array2<double>>& side, int k, int along, Entrance from) {
    AirSpot at = spot(start, weather, surface, k, from.row, from.column);
    at.instant = instant;
    if (has_nest) at.entrance = entrance(from);  // nobody else asks for it
    at.entrance_columns = from.east == 0.0 ? 1.0 : 0.0;
    at.entrance_rows = from.north == 0.0 ? 1.0 : 0.0;
    for (std::size_t s = 0; s < count; ++s) side[s](k, along) = ppb(static_cast<int>(s), at);
  };
  const int end_row = own.first_row + own.rows, end_column = own.first_column + own.columns;
  for (int k = 0; k < layers; ++k) {
    for (int j = own.first_row; j < end_row; ++j) {
      if (own.at_west()) fill(air.west, k, j, {j, 0, -0.5, 0.0});
      if (own.at_east()) fill(air.east, k, j, {j, columns - 1, 0.5, 0.0});
    }
    for (int i = own.first_column; i < end_column; ++i) {
      if (own.at_south()) fill(air.south, k, i, {0, i, 0.0, -0.5});
      if (own.at_north()) fill(air.north, k, i, {rows - 1, i, 0.0, 0.5});
    }
  }
  for (int j = own.first_row; j < end_row; ++j) {
    for (int i = own.first_column; i < end_column; ++i) {
      AirSpot at = spot(start, weather, surface, layers - 1, j, i);
      at.instant = instant;
      at.bottom_m = at.height_m = at.top_m;
      for (std::size_t s = 0; s < count; ++s) air.top[s](j, i) = ppb(static_cast<int>(s), at);
    }
  }
  return air;
}

void BoundaryAir::restrict_to(const Tile& tile) {
  state_->own = tile;
}

BoundaryHour BoundaryAir::hour(UtcTime start, const WeatherSnapshot& weather, const Surface& surface) {
  return state_->at_instant(start, start, weather, surface);
}

BoundaryHour BoundaryAir::at(UtcTime instant, UtcTime start, const WeatherSnapshot& weather,
                             const Surface& surface) {
  return state_->at_instant(instant, start, weather, surface);
}

int BoundaryAir::interval_s() const {
  int common_s = 0;
  for (const State::Entry& entry : state_->entries) common_s = std::gcd(common_s, entry.source->interval_s());
  return common_s;
}

void BoundaryAir::fill_initial(UtcTime start, const WeatherSnapshot& weather, const Surface& surface,
                               const Tile& tile, FieldSet<double>& inside_ppb) const {
  for (int k = 0; k < tile.layers; ++k) {
    for (int j = 0; j < tile.rows; ++j) {
      for (int i = 0; i < tile.columns; ++i) {
        const AirSpot at =
            state_->spot(start, weather, surface, k, tile.first_row + j, tile.first_column + i);
        for (int s = 0; s < state_->species.count(); ++s) inside_ppb[s](k, j, i) = state_->ppb(s, at);
      }
    }
  }
}

const std::vector<std::string>& BoundaryAir::files() const {
  return state_->files;
}

}  // namespace lantian
