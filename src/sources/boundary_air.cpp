#include "lantian/sources/boundary_air.hpp"

#include "gridded_air.hpp"
#include "station_air.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace lantian {

namespace {

/// Where and when a value is asked for.
struct Spot {
  UtcTime hour{};
  LonLat place{};
  double height_m = 0.0, azimuth_deg = 0.0, mixing_height_m = 0.0;
  double dry_air_mol_m3 = 40.0;
};

double ppb_of_particle(double ug_m3, double molar_mass_g_mol, double dry_air_mol_m3) {
  return 1.0e9 * ug_m3 * 1.0e-6 / molar_mass_g_mol / dry_air_mol_m3;
}

double ppb_of_gas(double ug_m3, double molar_mass_g_mol) {
  return ug_m3 * 1.0e3 * gas_constant_j_mol_k * reference_gas_temperature_k / standard_pressure_pa /
         molar_mass_g_mol;
}

double ppb_of(const Species& species, double ug_m3, const Spot& spot) {
  return species.phase == Phase::particle
             ? ppb_of_particle(ug_m3, species.molar_mass_g_mol, spot.dry_air_mol_m3)
             : ppb_of_gas(ug_m3, species.molar_mass_g_mol);
}

/// One [[boundary.air]] entry: a value for a species at a spot, or nothing.
class AirSource {
 public:
  AirSource() = default;
  virtual ~AirSource() = default;
  AirSource(const AirSource&) = delete;
  AirSource& operator=(const AirSource&) = delete;
  [[nodiscard]] virtual std::optional<double> ppb(const Species& species, const Spot& spot) const = 0;
};

class ConstantAir : public AirSource {
 public:
  explicit ConstantAir(const BoundaryAirConfig& config) : config_(config) {}
  [[nodiscard]] std::optional<double> ppb(const Species& species, const Spot& spot) const override {
    if (const auto found = config_.values_ppb.find(species.name); found != config_.values_ppb.end())
      return found->second;
    if (const auto found = config_.values_ug_m3.find(species.name); found != config_.values_ug_m3.end())
      return ppb_of(species, found->second, spot);
    return std::nullopt;
  }

 private:
  BoundaryAirConfig config_;
};

/// CSV height_m,<species>_ppb or <species>_ug_m3: linear between heights, constant beyond.
class ProfileAir : public AirSource {
 public:
  explicit ProfileAir(const std::string& path) : table_(CsvTable::read(path)) {
    Problems problems;
    const std::size_t height = table_.required_column("height_m");
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      height_m_.push_back(table_.number(row, height, problems).value_or(0.0));
      if (row > 0 && height_m_[row] <= height_m_[row - 1])
        problems.add(fmt::format("{}: height_m {} does not lie above {}", table_.place(row), height_m_[row],
                                 height_m_[row - 1]));
      for (std::size_t c = 0; c < table_.header().size(); ++c)
        if (c != height)
          columns_[table_.header()[c]].push_back(table_.number(row, c, problems).value_or(0.0));
    }
    for (const auto& [title, values] : columns_)
      if (!title.ends_with("_ppb") && !title.ends_with("_ug_m3"))
        problems.add(fmt::format("{}:1: column \"{}\" is no <species>_ppb or <species>_ug_m3", path, title));
    problems.throw_if_any();
  }
  [[nodiscard]] std::optional<double> ppb(const Species& species, const Spot& spot) const override {
    if (const auto found = columns_.find(species.name + "_ppb"); found != columns_.end())
      return at_height(found->second, spot.height_m);
    if (const auto found = columns_.find(species.name + "_ug_m3"); found != columns_.end())
      return ppb_of(species, at_height(found->second, spot.height_m), spot);
    return std::nullopt;
  }

 private:
  [[nodiscard]] double at_height(const std::vector<double>& values, double height_m) const {
    const auto above = std::ranges::upper_bound(height_m_, height_m);
    if (above == height_m_.begin()) return values.front();
    if (above == height_m_.end()) return values.back();
    const auto n = static_cast<std::size_t>(above - height_m_.begin());
    const double t = (height_m - height_m_[n - 1]) / (height_m_[n] - height_m_[n - 1]);
    return (1.0 - t) * values[n - 1] + t * values[n];
  }
  CsvTable table_;
  std::vector<double> height_m_;
  std::map<std::string, std::vector<double>> columns_;
};

/// Station series with rules: below the mixing height by day and a shallow depth at night; the last afternoon
/// above it.
class StationBoundary : public AirSource {
 public:
  StationBoundary(const std::string& csv, const std::string& rules) : air_(csv, rules) {}
  [[nodiscard]] std::optional<double> ppb(const Species& species, const Spot& spot) const override {
    const auto [pollutant, factor] = observed_as(species, spot);
    if (pollutant.empty()) return std::nullopt;
    const StationRules& rules = air_.rules();
    const int local_hour = civil_time(spot.hour, rules.utc_offset_h).hour;
    const bool is_day = local_hour >= rules.day_begin_h && local_hour < rules.day_end_h;
    const double depth_m = is_day ? std::max(spot.mixing_height_m, rules.night_depth_m) : rules.night_depth_m;
    std::optional<double> ug_m3;
    if (spot.height_m < depth_m) ug_m3 = air_.at(pollutant, spot.hour, spot.azimuth_deg);
    if (spot.height_m >= depth_m && spot.height_m < rules.residual_top_m)
      ug_m3 = air_.last_afternoon(pollutant, spot.hour, spot.azimuth_deg);
    if (!ug_m3) return std::nullopt;
    const Species as_observed =
        pollutant == species.name
            ? species
            : Species{.name = pollutant,
                      .molar_mass_g_mol = pollutant == "NO2" ? 46.0055 : species.molar_mass_g_mol,
                      .phase = species.phase};
    return factor * ppb_of(as_observed, *ug_m3, spot);
  }

 private:
  struct Observed {
    std::string pollutant;
    double factor;
  };
  /// Which column a species is taken from, and its share.
  [[nodiscard]] Observed observed_as(const Species& species, const Spot& spot) const {
    const StationRules& rules = air_.rules();
    if (const auto share = rules.pm25_split.find(species.name); share != rules.pm25_split.end())
      return {"PM25", share->second};
    if (species.name == "PPMC") return {"PMC", 1.0};
    const int local_hour = civil_time(spot.hour, rules.utc_offset_h).hour;
    if (species.name == "NO") return {"NO2", local_hour >= 7 && local_hour < 18 ? rules.no_per_no2 : 0.0};
    const std::vector<std::string> known = air_.pollutants();
    return {std::ranges::find(known, species.name) != known.end() ? species.name : "", 1.0};
  }
  StationAir air_;
};

class FieldBoundary : public AirSource {
 public:
  explicit FieldBoundary(const std::string& path) : air_(path) {}
  [[nodiscard]] std::optional<double> ppb(const Species& species, const Spot& spot) const override {
    const auto value = air_.at(species.name, spot.hour, spot.place, spot.height_m);
    if (!value) return std::nullopt;
    return value->is_ug_m3 ? ppb_of(species, value->value, spot) : value->value;
  }

 private:
  GriddedAir air_;
};

std::unique_ptr<AirSource> make_source(const Case& configuration, const BoundaryAirConfig& config) {
  if (config.kind == "profile") return std::make_unique<ProfileAir>(configuration.resolve(config.file));
  if (config.kind == "stations")
    return std::make_unique<StationBoundary>(configuration.resolve(config.file),
                                             configuration.resolve(config.rules));
  if (config.kind == "netcdf") return std::make_unique<FieldBoundary>(configuration.resolve(config.file));
  return std::make_unique<ConstantAir>(config);
}

}  // namespace

struct BoundaryAir::State {
  struct Entry {
    std::vector<std::string> species;
    std::unique_ptr<AirSource> source;
  };
  const HorizontalGrid& grid;
  SpeciesTable species;
  LonLat middle{};
  std::vector<Entry> entries;
  std::vector<std::string> files;

  [[nodiscard]] Spot spot(UtcTime hour, const WeatherSnapshot& w, const Surface& surface, int k, int row,
                          int column) const;
  [[nodiscard]] double ppb(int s, const Spot& at) const;
};

Spot BoundaryAir::State::spot(UtcTime hour, const WeatherSnapshot& w, const Surface& surface, int k, int row,
                              int column) const {
  Spot at{.hour = hour, .place = grid.centre(row, column)};
  at.height_m = 0.5 * (surface.interface_above_ground_m(k, row, column) +
                       surface.interface_above_ground_m(k + 1, row, column));
  const double east = (at.place.longitude_deg - middle.longitude_deg) *
                      std::cos(middle.latitude_deg * std::numbers::pi / 180.0);
  at.azimuth_deg = std::atan2(east, at.place.latitude_deg - middle.latitude_deg) * 180.0 / std::numbers::pi;
  at.mixing_height_m = w.mixing_height_m(row, column);
  const double vapour = w.water_vapour_kg_kg(k, row, column);
  at.dry_air_mol_m3 = w.pressure_pa(k, row, column) /
                      (gas_constant_j_mol_k * w.temperature_k(k, row, column)) /
                      (1.0 + vapour * air_molar_mass_g_mol / 18.01528);
  return at;
}

double BoundaryAir::State::ppb(int s, const Spot& at) const {
  double value = 0.0;
  for (const Entry& entry : entries) {
    if (!entry.species.empty() && std::ranges::find(entry.species, species[s].name) == entry.species.end())
      continue;
    if (const auto found = entry.source->ppb(species[s], at)) value = *found;
  }
  return std::max(value, 0.0);
}

BoundaryAir::BoundaryAir(const Case& configuration, const HorizontalGrid& grid, const SpeciesTable& species,
                         Problems& problems)
    : state_(new State{.grid = grid,
                       .species = species,
                       .middle = grid.centre(grid.rows() / 2, grid.columns() / 2),
                       .entries = {},
                       .files = {}}) {
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
      state_->entries.push_back({config.species, make_source(configuration, config)});
      if (!config.file.empty()) state_->files.push_back(configuration.resolve(config.file));
    } catch (const Error& error) {
      problems.add(error);
    }
  }
  std::vector<std::string> unnamed;
  const Spot probe{.hour = configuration.run.start, .place = state_->middle, .height_m = 10.0};
  for (const Species& one : species) {
    const bool is_named = std::ranges::any_of(state_->entries, [&](const State::Entry& entry) {
      return entry.source->ppb(one, probe).has_value();
    });
    if (!is_named) unnamed.push_back(one.name);
  }
  if (!unnamed.empty())
    log_warning(fmt::format("no [[boundary.air]] gives {}: entering and initial air holds none of it",
                            fmt::join(unnamed, ", ")));
}

BoundaryAir::~BoundaryAir() = default;
BoundaryAir::BoundaryAir(BoundaryAir&&) noexcept = default;
BoundaryAir& BoundaryAir::operator=(BoundaryAir&&) noexcept = default;

BoundaryHour BoundaryAir::hour(UtcTime start, const WeatherSnapshot& weather, const Surface& surface) {
  const int rows = state_->grid.rows(), columns = state_->grid.columns(),
            layers = weather.temperature_k.layers();
  const auto count = static_cast<std::size_t>(state_->species.count());
  BoundaryHour air;
  air.west.assign(count, Array2<double>(layers, rows));
  air.east = air.west;
  air.south.assign(count, Array2<double>(layers, columns));
  air.north = air.south;
  air.top.assign(count, Array2<double>(rows, columns));
  const auto fill = [&](std::vector<Array2<double>>& side, int k, int along, int row, int column) {
    const Spot at = state_->spot(start, weather, surface, k, row, column);
    for (std::size_t s = 0; s < count; ++s) side[s](k, along) = state_->ppb(static_cast<int>(s), at);
  };
  for (int k = 0; k < layers; ++k) {
    for (int j = 0; j < rows; ++j) {
      fill(air.west, k, j, j, 0);
      fill(air.east, k, j, j, columns - 1);
    }
    for (int i = 0; i < columns; ++i) {
      fill(air.south, k, i, 0, i);
      fill(air.north, k, i, rows - 1, i);
    }
  }
  for (int j = 0; j < rows; ++j) {
    for (int i = 0; i < columns; ++i) {
      Spot at = state_->spot(start, weather, surface, layers - 1, j, i);
      at.height_m = surface.interface_above_ground_m(layers, j, i);
      for (std::size_t s = 0; s < count; ++s) air.top[s](j, i) = state_->ppb(static_cast<int>(s), at);
    }
  }
  return air;
}

std::vector<Array3<double>> BoundaryAir::initial_ppb(UtcTime start, const WeatherSnapshot& weather,
                                                     const Surface& surface) {
  const int rows = state_->grid.rows(), columns = state_->grid.columns(),
            layers = weather.temperature_k.layers();
  std::vector<Array3<double>> fields(static_cast<std::size_t>(state_->species.count()),
                                     Array3<double>(layers, rows, columns));
  for (int k = 0; k < layers; ++k) {
    for (int j = 0; j < rows; ++j) {
      for (int i = 0; i < columns; ++i) {
        const Spot at = state_->spot(start, weather, surface, k, j, i);
        for (int s = 0; s < state_->species.count(); ++s)
          fields[static_cast<std::size_t>(s)](k, j, i) = state_->ppb(s, at);
      }
    }
  }
  return fields;
}

const std::vector<std::string>& BoundaryAir::files() const {
  return state_->files;
}

}  // namespace lantian
