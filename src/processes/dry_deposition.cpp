#include "lantian/processes/dry_deposition.hpp"

#include "deposition/particle_sizes.hpp"
#include "deposition/resistances.hpp"
#include "deposition/zhang2001.hpp"
#include "embedded/land_use.hpp"
#include "meteorology/clear_sky.hpp"
#include "meteorology/dyer1974.hpp"

#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace lantian {

namespace {

/// Scaling of gases to SO2 and O3: Zhang, Brook & Vet (2003), table 1 (NO and CO: not taken up); D ratios:
/// Wesely (1989).
const std::map<std::string, GasScaling>& gas_scalings() {
  static const std::map<std::string, GasScaling> table = {
      {"O3", {0.0, 1.0, 1.6}},  {"NO2", {0.0, 0.8, 1.6}},    {"NO", {0.0, 0.0, 1.3}},
      {"SO2", {1.0, 0.0, 1.9}}, {"HNO3", {10.0, 10.0, 1.9}}, {"NH3", {1.0, 0.0, 1.0}},
      {"PAN", {0.0, 0.6, 2.6}}, {"CO", {0.0, 0.0, 1.2}},     {"HCHO", {0.8, 0.2, 1.3}}};
  return table;
}

constexpr double greatest_velocity_m_s = 0.3;
// Slower particles stay where the air is: 0.05 mm/s is 4 m a day.
constexpr double slowest_settling_m_s = 5.0e-5, standard_temperature_k = 288.15;

/// Sizes of the particles of a row: Simpson et al. (2012), Atmos. Chem. Phys. 12, 7825, table 6, fine and
/// coarse PM, in the newer numbers of the EMEP model; cut where PM2.5 and PM10 are, at aerodynamic diameters.
ParticleSizes particle_sizes(const Species& one) {
  constexpr double smallest_m = 0.001e-6, pm25_m = 2.5e-6, pm10_m = 10.0e-6;
  const bool is_coarse = one.deposits_as == "particle_coarse";
  const double density = one.density_kg_m3 > 0.0 ? one.density_kg_m3 : is_coarse ? 2200.0 : 1600.0;
  const double median_m = one.mass_median_diameter_m > 0.0 ? one.mass_median_diameter_m
                          : is_coarse                      ? 3.0e-6
                                                           : 0.33e-6;
  const double deviation = one.geometric_deviation > 0.0 ? one.geometric_deviation : is_coarse ? 2.0 : 1.8;
  return {.mass_median_diameter_m = median_m,
          .geometric_deviation = deviation,
          .density_kg_m3 = density,
          .least_diameter_m = is_coarse ? geometric_diameter_m(pm25_m, density) : smallest_m,
          .most_diameter_m = geometric_diameter_m(is_coarse ? pm10_m : pm25_m, density)};
}

bool is_particle(const Species& one) {
  return one.deposits_as.starts_with("particle");
}

/// Particles of one kind: several species may be of it.
struct ParticleKind {
  ParticleSizes sizes;
  SizeClasses classes;
};

/// The kinds of particles among the species, and which each species is of; -1: a gas, or not deposited.
struct ParticleKinds {
  explicit ParticleKinds(const SpeciesTable& species) {
    for (const Species& one : species) {
      of_species.push_back(-1);
      if (!is_particle(one)) continue;
      const ParticleSizes sizes = particle_sizes(one);
      const auto found = std::ranges::find(all, sizes, &ParticleKind::sizes);
      of_species.back() = static_cast<int>(found - all.begin());
      if (found == all.end()) all.push_back({sizes, size_classes(sizes)});
    }
  }
  std::vector<ParticleKind> all;
  std::vector<int> of_species;
};

/// Mean settling velocity of the mass of particles of one kind [m s-1].
double mean_settling_m_s(const ParticleKind& kind, double temperature_k, double pressure_pa) {
  double mean = 0.0;
  for (const SizeClass& one : kind.classes)
    mean += one.share *
            settling_velocity_m_s({one.diameter_m, kind.sizes.density_kg_m3, temperature_k, pressure_pa});
  return mean;
}

double number_or(const CsvTable& table, std::size_t row, const std::string& name, double otherwise,
                 Problems& problems) {
  return table.number(row, table.required_column(name), problems).value_or(otherwise);
}

}  // namespace

namespace {

/// What all species meet at the ground of a cell.
struct Ground {
  std::size_t land;
  SurfaceWeather weather;
  double aerodynamic_s_m, pressure_pa;
};

}  // namespace

struct DryDeposition::Table {
  [[nodiscard]] double gas_velocity_m_s(const std::string& as, const Ground& at) const;
  [[nodiscard]] double particle_velocity_m_s(const ParticleKind& kind, const Ground& at) const;
  std::vector<SurfacePaths> paths;
  std::vector<Collector> collectors;
  CollectionEfficiencies catches;
};

DryDeposition::DryDeposition(const DepositionConfig& config)
    : settles_(config.settling), table_(std::make_unique<Table>()) {
  table_->catches = config.particles == "emerson2020" ? emerson2020 : zhang2001;
  const CsvTable csv = CsvTable::parse("inputs/landuse/land_use.csv", std::string(embedded::land_use));
  Problems problems;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const auto number = [&](const std::string& name) { return number_or(csv, row, name, 0.0, problems); };
    table_->paths.push_back({.in_canopy = number("in_canopy_resistance"),
                             .cuticle_o3_dry = number("cuticle_o3_dry"),
                             .cuticle_o3_wet = number("cuticle_o3_wet"),
                             .ground_o3 = number("ground_o3"),
                             .cuticle_so2_dry = number("cuticle_so2_dry"),
                             .ground_so2 = number("ground_so2"),
                             .stomatal_minimum = number("stomatal_minimum"),
                             .stomatal_light_w_m2 = number("stomatal_light_w_m2"),
                             .t_min_c = number("t_min_c"),
                             .t_max_c = number("t_max_c"),
                             .t_opt_c = number("t_opt_c"),
                             .leaf_area_index = number("leaf_area_index")});
    table_->collectors.push_back({.alpha = number("particle_alpha"),
                                  .gamma = number("particle_gamma"),
                                  .radius_m = 1.0e-3 * number("collector_radius_mm")});
  }
  problems.throw_if_any();
}

DryDeposition::~DryDeposition() = default;

std::string particle_size_fault(const Species& one) {
  if (!is_particle(one)) return "";
  const ParticleSizes sizes = particle_sizes(one);
  if (sizes.geometric_deviation <= 1.0 || inside_limits(sizes) >= 0.01) return "";
  return fmt::format(
      "of the lognormal of {:g} um and deviation {:g} less than 1 % lies between {:.3g} and {:.3g} um, the "
      "limits of "
      "{} at {:g} kg m-3; choose another median or another deposits_as",
      1.0e6 * sizes.mass_median_diameter_m, sizes.geometric_deviation, 1.0e6 * sizes.least_diameter_m,
      1.0e6 * sizes.most_diameter_m, one.deposits_as, sizes.density_kg_m3);
}

const std::vector<std::string>& deposition_rows() {
  static const std::vector<std::string> rows = [] {
    std::vector<std::string> all = {"particle_fine", "particle_coarse"};
    for (const auto& [name, scaling] : gas_scalings()) all.push_back(name);
    return all;
  }();
  return rows;
}

namespace {

Ground ground_of(const WeatherSnapshot& w, const Surface& surface, int row, int column) {
  const double ustar = std::max(w.friction_velocity_m_s(row, column), 0.02);
  const double temperature_k = w.temperature_2m_k(row, column), vapour = w.water_vapour_kg_kg(0, row, column);
  const double humidity = vapour * w.pressure_pa(0, row, column) /
                          ((0.622 + vapour) * saturation_vapour_pressure_pa(temperature_k));
  const double height_m = 0.5 * surface.interface_above_ground_m(1, row, column);
  const double roughness_m = std::min(surface.roughness_length_m(row, column), 0.3 * height_m);
  return {.land = static_cast<std::size_t>(surface.land_use(row, column) - 1),
          .weather = {ustar, temperature_k - 273.15, std::clamp(humidity, 0.0, 1.0),
                      w.short_wave_w_m2(row, column), w.rain_rate_mm_h(row, column) > 0.1},
          .aerodynamic_s_m = surface_layer_resistance_s_m(height_m, roughness_m, ustar,
                                                          w.inverse_obukhov_length_per_m(row, column)),
          .pressure_pa = w.surface_pressure_pa(row, column)};
}

}  // namespace

double DryDeposition::Table::particle_velocity_m_s(const ParticleKind& kind, const Ground& at) const {
  double mean = 0.0;
  for (const SizeClass& one : kind.classes) {
    const ParticleInAir particle{one.diameter_m, kind.sizes.density_kg_m3, at.weather.temperature_c + 273.15,
                                 at.pressure_pa};
    mean += one.share * particle_deposition_velocity_m_s(particle, collectors[at.land],
                                                         {at.weather.ustar, at.aerodynamic_s_m}, catches);
  }
  return mean;
}

double DryDeposition::Table::gas_velocity_m_s(const std::string& as, const Ground& at) const {
  const GasScaling& gas = gas_scalings().at(as);
  return gas_deposition_velocity_m_s(at.aerodynamic_s_m,
                                     sublayer_resistance_s_m(at.weather.ustar, gas.diffusivity_ratio),
                                     surface_conductance_m_s(paths[at.land], at.weather, gas));
}

std::vector<Array2<double>> DryDeposition::velocities_m_s(const State& state, const WeatherSnapshot& weather,
                                                          const Surface& surface) const {
  const Tile& tile = state.tile;
  const ParticleKinds kinds(state.species);
  std::vector<Array2<double>> velocities(static_cast<std::size_t>(state.species.count()));
  for (int s = 0; s < state.species.count(); ++s)
    if (!state.species[s].deposits_as.empty())
      velocities[static_cast<std::size_t>(s)] = Array2<double>(tile.rows, tile.columns, 0.0);
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j) {
    std::vector<double> of_kind(kinds.all.size());
    for (int i = 0; i < tile.columns; ++i) {
      const Ground ground = ground_of(weather, surface, tile.first_row + j, tile.first_column + i);
      for (std::size_t n = 0; n < of_kind.size(); ++n)
        of_kind[n] = table_->particle_velocity_m_s(kinds.all[n], ground);
      for (int s = 0; s < state.species.count(); ++s) {
        Array2<double>& velocity_m_s = velocities[static_cast<std::size_t>(s)];
        if (velocity_m_s.empty()) continue;
        const int kind = kinds.of_species[static_cast<std::size_t>(s)];
        const double velocity = kind < 0 ? table_->gas_velocity_m_s(state.species[s].deposits_as, ground)
                                         : of_kind[static_cast<std::size_t>(kind)];
        velocity_m_s(j, i) = std::min(velocity, greatest_velocity_m_s);
      }
    }
  }
  return velocities;
}

std::vector<Array3<double>> DryDeposition::settling_m_s(const State& state,
                                                        const WeatherSnapshot& weather) const {
  const Tile& tile = state.tile;
  std::vector<Array3<double>> velocities(static_cast<std::size_t>(state.species.count()));
  if (!settles_) return velocities;
  const ParticleKinds kinds(state.species);
  std::vector<Array3<double>> of_kind(kinds.all.size());
  for (std::size_t n = 0; n < of_kind.size(); ++n) {
    const ParticleKind& kind = kinds.all[n];
    if (mean_settling_m_s(kind, standard_temperature_k, standard_pressure_pa) < slowest_settling_m_s)
      continue;
    of_kind[n] = Array3<double>(tile.layers, tile.rows, tile.columns);
#pragma omp parallel for schedule(static)
    for (int j = 0; j < tile.rows; ++j)
      for (int k = 0; k < tile.layers; ++k)
        for (int i = 0; i < tile.columns; ++i) {
          const int row = tile.first_row + j, column = tile.first_column + i;
          of_kind[n](k, j, i) = mean_settling_m_s(kind, weather.temperature_k(k, row, column),
                                                  weather.pressure_pa(k, row, column));
        }
  }
  for (int s = 0; s < state.species.count(); ++s) {
    const int kind = kinds.of_species[static_cast<std::size_t>(s)];
    if (kind >= 0) velocities[static_cast<std::size_t>(s)] = of_kind[static_cast<std::size_t>(kind)];
  }
  return velocities;
}

}  // namespace lantian
