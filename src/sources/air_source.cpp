#include "air_source.hpp"

#include "cmaq_air.hpp"
#include "emission_targets.hpp"
#include "gridded_air.hpp"
#include "nest_air.hpp"
#include "station_air.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace lantian {

namespace {

double ppb_of_particle(double ug_m3, double molar_mass_g_mol, double dry_air_mol_m3) {
  return 1.0e9 * ug_m3 * 1.0e-6 / molar_mass_g_mol / dry_air_mol_m3;
}

double ppb_of_gas(double ug_m3, double molar_mass_g_mol) {
  return ug_m3 * 1.0e3 * gas_constant_j_mol_k * reference_gas_temperature_k / standard_pressure_pa /
         molar_mass_g_mol;
}

double ppb_of(const Species& species, double ug_m3, const AirSpot& spot) {
  return species.phase == Phase::particle
             ? ppb_of_particle(ug_m3, species.molar_mass_g_mol, spot.dry_air_mol_m3)
             : ppb_of_gas(ug_m3, species.molar_mass_g_mol);
}

class ConstantAir : public AirSource {
 public:
  explicit ConstantAir(BoundaryAirConfig config) : config_(std::move(config)) {}
  [[nodiscard]] bool may_give(const Species& species) const override {
    return config_.values_ppb.contains(species.name) || config_.values_ug_m3.contains(species.name);
  }
  [[nodiscard]] std::optional<double> everywhere_ppb(const Species& species) const override {
    const bool depends_on_air =
        species.phase == Phase::particle && !config_.values_ppb.contains(species.name);
    return depends_on_air ? std::nullopt : ppb(species, AirSpot{});
  }
  [[nodiscard]] std::optional<double> ppb(const Species& species, const AirSpot& spot) const override {
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
  ProfileAir(const std::string& path, const SpeciesTable& species) : table_(CsvTable::read(path)) {
    Problems problems;
    check_header(species, problems);
    const std::size_t height = table_.required_column("height_m");
    for (std::size_t row = 0; row < table_.rows(); ++row)
      for (std::size_t c = 0; c < table_.header().size(); ++c)
        (c == height ? height_m_ : columns_[table_.header()[c]]).push_back(value(row, c, problems));
    for (std::size_t row = 1; row < height_m_.size(); ++row)
      if (height_m_[row] <= height_m_[row - 1])
        problems.add(fmt::format("{}: height_m {} does not lie above the {} before it; heights must rise",
                                 table_.place(row), height_m_[row], height_m_[row - 1]));
    if (height_m_.empty()) problems.add(fmt::format("{}: has no rows; one a height is needed", path));
    problems.throw_if_any();
  }
  [[nodiscard]] bool may_give(const Species& species) const override {
    return columns_.contains(species.name + "_ppb") || columns_.contains(species.name + "_ug_m3");
  }
  [[nodiscard]] std::optional<double> ppb(const Species& species, const AirSpot& spot) const override {
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
  void check_header(const SpeciesTable& species, Problems& problems) const {
    std::vector<std::string> known = {"height_m"};
    for (const std::string& name : species.names())
      for (const char* unit : {"_ppb", "_ug_m3"}) known.push_back(name + unit);
    for (const std::string& title : table_.header())
      if (std::ranges::find(known, title) == known.end())
        problems.add(
            fmt::format("{}:1: column \"{}\" is no <species>_ppb or <species>_ug_m3 of this run's "
                        "species, {}.{}",
                        table_.path(), title, fmt::join(species.names(), ", "), did_you_mean(title, known)));
  }
  [[nodiscard]] double value(std::size_t row, std::size_t column, Problems& problems) const {
    const std::size_t faults = problems.sentences().size();
    const auto found = table_.number(row, column, problems);
    if (problems.sentences().size() == faults && found.value_or(-1.0) < 0.0)
      problems.add(fmt::format("{}: {}: {}; a number of 0 or more is needed", table_.place(row),
                               table_.header()[column],
                               found ? fmt::format("{} is negative", *found) : "is empty"));
    return found.value_or(0.0);
  }
  CsvTable table_;
  std::vector<double> height_m_;
  std::map<std::string, std::vector<double>> columns_;
};

/// Station series with rules: the hour's value in the layer that is mixed at the edge, or to the least depth
/// of the rules; the air of the afternoons above it.
class StationBoundary : public AirSource {
 public:
  StationBoundary(const std::string& csv, const std::string& rules, const SpeciesTable& species)
      : air_(csv, rules), has_carbonate_(species.find("PCO3C").has_value()) {
    const std::vector<std::string> known = species.names();
    Problems problems;
    for (const auto& [name, share] : air_.rules().pm25_split)
      if (share > 0.0 && !species.find(name) && has_particles(species))
        problems.add(fmt::format("{}: pm25_split: \"{}\" is no species of this run; known are {}.{}", rules,
                                 name, fmt::join(known, ", "), did_you_mean(name, known)));
    for (const auto& [name, height_m] : air_.rules().scale_height_m)
      if (std::ranges::find(observed_, name) == observed_.end())
        problems.add(fmt::format("{}: scale_height_m: {} has no \"{}\"; it has {}.{}", rules, csv, name,
                                 fmt::join(observed_, ", "), did_you_mean(name, observed_)));
    problems.throw_if_any();
  }
  [[nodiscard]] bool may_give(const Species& species) const override {
    return !observed_as(species, AirSpot{}).pollutant.empty();
  }
  [[nodiscard]] std::optional<double> ppb(const Species& species, const AirSpot& spot) const override {
    const auto [pollutant, factor] = observed_as(species, spot);
    if (pollutant.empty()) return std::nullopt;
    const StationRules& rules = air_.rules();
    const int local_hour = civil_time(spot.hour, rules.utc_offset_h).hour;
    const bool is_day = local_hour >= rules.day_begin_h && local_hour < rules.day_end_h;
    // At night too: where the wind mixes a deep layer, as behind a cold front, the ground is no layer apart.
    const double depth_m =
        std::max({spot.mixing_height_m, is_day ? rules.day_depth_m : 0.0, rules.night_depth_m});
    std::optional<double> ug_m3;
    if (spot.height_m < depth_m) ug_m3 = air_.at(pollutant, spot.hour, spot.azimuth_deg);
    if (spot.height_m >= depth_m && spot.height_m < rules.residual_top_m)
      ug_m3 = air_.between_afternoons(pollutant, spot.hour, spot.azimuth_deg);
    if (!ug_m3) return std::nullopt;
    const Species as_observed =
        pollutant == species.name
            ? species
            : Species{.name = pollutant,
                      .molar_mass_g_mol = pollutant == "NO2" ? 46.0055 : species.molar_mass_g_mol,
                      .phase = species.phase};
    return factor * height_factor(pollutant, spot) * ppb_of(as_observed, *ug_m3, spot);
  }

 private:
  struct Observed {
    std::string pollutant;
    double factor;
  };
  /// Mean over the layer of exp(-z/h), of a level its value there.
  [[nodiscard]] double height_factor(const std::string& pollutant, const AirSpot& spot) const {
    const auto found = air_.rules().scale_height_m.find(pollutant);
    if (found == air_.rules().scale_height_m.end()) return 1.0;
    const double h_m = found->second, depth_m = spot.top_m - spot.bottom_m;
    if (depth_m <= 0.0) return std::exp(-spot.height_m / h_m);
    return (std::exp(-spot.bottom_m / h_m) - std::exp(-spot.top_m / h_m)) * h_m / depth_m;
  }
  static bool has_particles(const SpeciesTable& species) {
    return std::ranges::any_of(species, [](const Species& one) { return one.phase == Phase::particle; });
  }
  /// Which column a species is taken from, and its share.
  [[nodiscard]] Observed observed_as(const Species& species, const AirSpot& spot) const {
    const StationRules& rules = air_.rules();
    if (const auto share = rules.pm25_split.find(species.name); share != rules.pm25_split.end())
      return {"PM25", share->second};
    if (species.name == "PCO3C") return {"PMC", crust_carbonate_share};
    if (species.name == "PPMC") return {"PMC", has_carbonate_ ? 1.0 - crust_carbonate_share : 1.0};
    const int local_hour = civil_time(spot.hour, rules.utc_offset_h).hour;
    if (species.name == "NO") return {"NO2", local_hour >= 7 && local_hour < 18 ? rules.no_per_no2 : 0.0};
    return {std::ranges::find(observed_, species.name) != observed_.end() ? species.name : "", 1.0};
  }
  StationAir air_;
  bool has_carbonate_;  // coarse matter is dust then
  std::vector<std::string> observed_ = air_.pollutants();
};

class FieldBoundary : public AirSource {
 public:
  FieldBoundary(const std::string& path, const HorizontalGrid& grid, const SpeciesTable& species)
      : air_(path, species.names()) {
    for (const int j : {0, grid.rows()})
      for (const int i : {0, grid.columns()}) air_.check_reach(grid.corner(j, i));
  }
  [[nodiscard]] std::optional<double> ppb(const Species& species, const AirSpot& spot) const override {
    const auto value = air_.at(species.name, spot.hour, spot.place, spot.height_m);
    if (!value) return std::nullopt;
    return value->is_ug_m3 ? ppb_of(species, value->value, spot) : value->value;
  }

 private:
  GriddedAir air_;
};

}  // namespace

std::unique_ptr<AirSource> open_air_source(const Case& configuration, const BoundaryAirConfig& config,
                                           const HorizontalGrid& grid, const SpeciesTable& species) {
  const std::string file = configuration.resolve(config.file);
  if (config.kind == "profile") return std::make_unique<ProfileAir>(file, species);
  if (config.kind == "stations")
    return std::make_unique<StationBoundary>(file, configuration.resolve(config.rules), species);
  if (config.kind == "cmaq_profile")
    return open_cmaq_air(file, config.species_map.empty() ? "" : configuration.resolve(config.species_map),
                         species);
  if (config.kind == "netcdf") return std::make_unique<FieldBoundary>(file, grid, species);
  if (config.kind == "nest") return open_nest_air(configuration, config, grid, species);
  return std::make_unique<ConstantAir>(config);
}

}  // namespace lantian
