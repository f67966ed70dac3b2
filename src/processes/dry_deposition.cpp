#include "lantian/processes/dry_deposition.hpp"

#include "deposition/resistances.hpp"
#include "deposition/zhang2001.hpp"
#include "embedded/land_use.hpp"
#include "meteorology/clear_sky.hpp"
#include "meteorology/dyer1974.hpp"

#include "lantian/io/csv_table.hpp"

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

constexpr double fine_diameter_m = 0.3e-6, coarse_diameter_m = 4.0e-6, particle_density_kg_m3 = 1500.0;
constexpr double greatest_velocity_m_s = 0.3;

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
  [[nodiscard]] double velocity_m_s(const std::string& as, const Ground& at) const;
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

double DryDeposition::Table::velocity_m_s(const std::string& as, const Ground& at) const {
  if (as.starts_with("particle")) {
    const ParticleInAir particle{as == "particle_coarse" ? coarse_diameter_m : fine_diameter_m,
                                 particle_density_kg_m3, at.weather.temperature_c + 273.15, at.pressure_pa};
    return particle_deposition_velocity_m_s(particle, collectors[at.land],
                                            {at.weather.ustar, at.aerodynamic_s_m}, catches);
  }
  const GasScaling& gas = gas_scalings().at(as);
  return gas_deposition_velocity_m_s(at.aerodynamic_s_m,
                                     sublayer_resistance_s_m(at.weather.ustar, gas.diffusivity_ratio),
                                     surface_conductance_m_s(paths[at.land], at.weather, gas));
}

std::vector<Array2<double>> DryDeposition::velocities_m_s(const State& state, const WeatherSnapshot& weather,
                                                          const Surface& surface) const {
  const Tile& tile = state.tile;
  std::vector<Array2<double>> velocities(static_cast<std::size_t>(state.species.count()));
  for (int s = 0; s < state.species.count(); ++s)
    if (!state.species[s].deposits_as.empty())
      velocities[static_cast<std::size_t>(s)] = Array2<double>(tile.rows, tile.columns, 0.0);
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j) {
    for (int i = 0; i < tile.columns; ++i) {
      const Ground ground = ground_of(weather, surface, tile.first_row + j, tile.first_column + i);
      for (int s = 0; s < state.species.count(); ++s) {
        Array2<double>& velocity_m_s = velocities[static_cast<std::size_t>(s)];
        if (!velocity_m_s.empty())
          velocity_m_s(j, i) =
              std::min(table_->velocity_m_s(state.species[s].deposits_as, ground), greatest_velocity_m_s);
      }
    }
  }
  return velocities;
}

std::vector<Array3<double>> DryDeposition::settling_m_s(const State& state,
                                                        const WeatherSnapshot& weather) const {
  const Tile& tile = state.tile;
  Array3<double> coarse(tile.layers, tile.rows, tile.columns);
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j)
    for (int k = 0; k < tile.layers; ++k)
      for (int i = 0; i < tile.columns; ++i) {
        const int row = tile.first_row + j, column = tile.first_column + i;
        coarse(k, j, i) = settling_velocity_m_s({coarse_diameter_m, particle_density_kg_m3,
                                                 weather.temperature_k(k, row, column),
                                                 weather.pressure_pa(k, row, column)});
      }
  std::vector<Array3<double>> velocities(static_cast<std::size_t>(state.species.count()));
  for (int s = 0; s < state.species.count(); ++s)
    if (settles_ && state.species[s].deposits_as == "particle_coarse")
      velocities[static_cast<std::size_t>(s)] = coarse;
  return velocities;
}

}  // namespace lantian
