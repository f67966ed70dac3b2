#include "lantian/processes/wet_scavenging.hpp"

#include "deposition/henry.hpp"
#include "deposition/wet_scavenging.hpp"
#include "land_surfaces.hpp"
#include "meteorology/clear_sky.hpp"

#include "lantian/processes/dry_deposition.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace lantian {

namespace {

/// Simpson et al. (2012), Atmos. Chem. Phys. 12, 7825, tables S20 and S21.
const std::map<std::string, Scavenging>& scavengings() {
  static const std::map<std::string, Scavenging> table = {
      {"SO2", {0.3e6, 0.15e6, 0.0}},         {"HNO3", {1.4e6, 0.5e6, 0.0}},
      {"NH3", {1.4e6, 0.5e6, 0.0}},          {"HCHO", {0.1e6, 0.03e6, 0.0}},
      {"H2O2", {1.4e6, 0.5e6, 0.0}},         {"particle_fine", {1.0e6, 0.0, 0.02}},
      {"particle_coarse", {1.0e6, 0.0, 0.4}}};
  return table;
}

constexpr double least_rain_mm_h = 0.01;

/// The lowest and one above the highest layer in cloud of a raining column; all layers below a cloud that
/// hangs above the model top.
struct CloudLayers {
  int base, top;
  bool is_assumed = false;  // the weather has no cloud water there
};

CloudLayers cloud_of(const Environment& e, int layers, int row, int column) {
  constexpr double least_cloud_water_kg_kg = 1.0e-5, default_base_m = 500.0, default_top_m = 2500.0;
  const auto& water = e.weather->middle.cloud_water_kg_kg;
  CloudLayers cloud{layers, 0};
  for (int k = 0; k < layers; ++k) {
    if (water.empty() || water(k, row, column) < least_cloud_water_kg_kg) continue;
    cloud.base = std::min(cloud.base, k);
    cloud.top = k + 1;
  }
  if (cloud.top > 0) return cloud;
  cloud.is_assumed = true;
  const auto& z = e.surface->interface_above_ground_m;
  for (int k = 0; k < layers; ++k) {
    const double middle_m = 0.5 * (z(k, row, column) + z(k + 1, row, column));
    if (middle_m < default_base_m || middle_m > default_top_m) continue;
    cloud.base = std::min(cloud.base, k);
    cloud.top = k + 1;
  }
  if (cloud.top == 0) cloud.top = layers;
  return cloud;
}

struct Washing {
  double dt_s{};
  WetOptions options;
};

/// What rain meets on its way down: shares of it that evaporate, and the air by layer (with Henry's law).
struct RainPath {
  std::vector<double> evaporated;  // of the rain from above, in each layer
  std::vector<double> rain_kg_m2_s;
  std::vector<RainyAir> air;
};

/// A column in the rain.
struct WetColumn {
  int row{}, column{};  // of the tile
  double rain_kg_m2_s{}, dt_s{};
  CloudLayers cloud;
  bool uses_henry{};
  const RainPath& path;
};

/// Relative humidity of a cell.
double humidity(const WeatherSnapshot& w, int k, int row, int column) {
  constexpr double ratio = dry_air_gas_constant_j_kg_k / water_vapour_gas_constant_j_kg_k;
  const double vapour = w.water_vapour_kg_kg(k, row, column);
  return vapour * w.pressure_pa(k, row, column) /
         ((ratio + vapour) * saturation_vapour_pressure_pa(w.temperature_k(k, row, column)));
}

/// Rain by layer and the shares of it that evaporate below the cloud, upwards from what arrives at the
/// ground; none evaporates in the cloud.
void fill_rain(const Environment& e, const Tile& tile, const WetColumn& at, bool evaporates, RainPath& path) {
  const int row = tile.first_row + at.row, column = tile.first_column + at.column;
  std::ranges::fill(path.evaporated, 0.0);
  std::ranges::fill(path.rain_kg_m2_s, at.rain_kg_m2_s);
  if (!evaporates) return;
  double rain_kg_m2_s = at.rain_kg_m2_s;
  for (int k = 0; k < tile.layers; ++k) {
    const auto n = static_cast<std::size_t>(k);
    path.rain_kg_m2_s[n] = rain_kg_m2_s;
    if (k >= std::min(at.cloud.base, at.cloud.top)) continue;
    const double air_kg_m2 =
        e.weather->middle.air_mass_kg(k, row, column) / e.surface->cell_area_m2(row, column);
    const double above_kg_m2_s =
        rain_above_kg_m2_s(rain_kg_m2_s, air_kg_m2, humidity(e.weather->middle, k, row, column));
    path.evaporated[n] = 1.0 - rain_kg_m2_s / above_kg_m2_s;
    rain_kg_m2_s = above_kg_m2_s;
  }
}

/// The air around the drops by layer.
void fill_air(const Environment& e, const Tile& tile, const WetColumn& at, RainPath& path) {
  constexpr double assumed_cloud_m3_m3 = 0.3e-6, water_kg_m3 = 1000.0;
  const int row = tile.first_row + at.row, column = tile.first_column + at.column;
  const WeatherSnapshot& w = e.weather->middle;
  const auto& z = e.surface->interface_above_ground_m;
  for (int k = 0; k < at.cloud.top; ++k) {
    const double thickness_m = z(k + 1, row, column) - z(k, row, column);
    double cloud_m3_m3 = 0.0;
    if (k >= at.cloud.base && at.cloud.is_assumed) cloud_m3_m3 = assumed_cloud_m3_m3;
    if (k >= at.cloud.base && !at.cloud.is_assumed)
      cloud_m3_m3 = w.cloud_water_kg_kg(k, row, column) * w.air_mass_kg(k, row, column) /
                    (e.surface->cell_area_m2(row, column) * thickness_m * water_kg_m3);
    const auto n = static_cast<std::size_t>(k);
    path.air[n] = {.temperature_k = w.temperature_k(k, row, column),
                   .pressure_pa = w.pressure_pa(k, row, column),
                   .rain_kg_m2_s = path.rain_kg_m2_s[n],
                   .thickness_m = thickness_m,
                   .cloud_water_m3_m3 = cloud_m3_m3};
  }
}

/// What rain does to a species in layer k. With washout ratios only particles come back from drops that
/// evaporate; by Henry's law gases do too, and leave drops for cleaner air.
WetLayer layer_of(const Species& species, const WetColumn& at, int k) {
  const auto n = static_cast<std::size_t>(k);
  const bool is_particle = species.scavenged_as.starts_with("particle");
  if (at.uses_henry && !is_particle) {
    const RainExchange rain = rain_exchange(soluble_gases().at(species.scavenged_as), at.path.air[n]);
    return wet_layer(rain.rate_per_s, at.dt_s, at.path.evaporated[n], rain.exchanged);
  }
  const Scavenging& scavenging = scavengings().at(species.scavenged_as);
  const double rate_per_s = scavenging_rate_per_s(scavenging, at.rain_kg_m2_s, k >= at.cloud.base);
  return wet_layer(rate_per_s, at.dt_s, is_particle ? at.path.evaporated[n] : 0.0);
}

/// Washes species s of a column from the cloud's top down; `q` are mixing ratios, or changes of them. Returns
/// what reaches the ground [kg ppb].
double wash(const Species& species, const WetColumn& at, const Field<double>& air_mass_kg, Field<double>& q) {
  double carried = 0.0;  // by the rain, in the step
  for (int k = at.cloud.top - 1; k >= 0; --k) {
    const WetLayer layer = layer_of(species, at, k);
    const double air_kg = air_mass_kg(k, at.row, at.column);
    double& here = q(k, at.row, at.column);
    const double taken = (1.0 - layer.left) * here * air_kg, returned = layer.returned * carried;
    here = layer.left * here + returned / air_kg;
    carried = (1.0 - layer.returned) * carried + taken;
  }
  return carried;
}

/// The transpose of `wash` in amounts, from the ground up: what the rain carries there is worth nothing.
void wash_back(const Species& species, const WetColumn& at, Field<double>& worth) {
  double carried = 0.0;  // worth of what the rain carries out of the layer
  for (int k = 0; k < at.cloud.top; ++k) {
    const WetLayer layer = layer_of(species, at, k);
    double& here = worth(k, at.row, at.column);
    const double after = here;
    here = layer.left * after + (1.0 - layer.left) * carried;
    carried = layer.returned * after + (1.0 - layer.returned) * carried;
  }
}

/// Calls `wash_species(s, column)` for each raining column of the tile and each species that is washed out.
template <class WashSpecies>
void for_each_wet_column(const Tile& tile, const SpeciesTable& species, const Environment& e,
                         const Washing& washing, WashSpecies&& wash_species) {
  if (washing.options.uses_henry) (void)soluble_gases();  // read before threads share it
#pragma omp parallel
  {
    const auto layers = static_cast<std::size_t>(tile.layers);
    RainPath path{std::vector<double>(layers), std::vector<double>(layers), std::vector<RainyAir>(layers)};
#pragma omp for schedule(static)
    for (int j = 0; j < tile.rows; ++j) {
      for (int i = 0; i < tile.columns; ++i) {
        const int row = tile.first_row + j, column = tile.first_column + i;
        const double rain_mm_h = e.weather->middle.rain_rate_mm_h(row, column);
        if (rain_mm_h < least_rain_mm_h) continue;
        const WetColumn at{j,
                           i,
                           rain_mm_h / 3600.0,
                           washing.dt_s,
                           cloud_of(e, tile.layers, row, column),
                           washing.options.uses_henry,
                           path};
        fill_rain(e, tile, at, washing.options.re_evaporates, path);
        if (at.uses_henry) fill_air(e, tile, at, path);
        for (int s = 0; s < species.count(); ++s)
          if (!species[s].scavenged_as.empty()) wash_species(s, at);
      }
    }
  }
}

}  // namespace

const std::vector<std::string>& scavenging_rows() {
  static const std::vector<std::string> rows = [] {
    std::vector<std::string> all;
    for (const auto& [name, row] : scavengings()) all.push_back(name);
    return all;
  }();
  return rows;
}

void WetScavenging::advance(State& state, const Environment& environment, Step step, Ledger& ledger) {
  for_each_wet_column(
      state.tile, state.species, environment, {step.length_s, options_}, [&](int s, const WetColumn& at) {
        const double fallen = wash(state.species[s], at, state.air_mass_kg, state.mixing_ratio_ppb[s]);
        ledger.add(MassTerm::wet_deposition, s, at.row, at.column, -fallen * 1.0e-9 * mol_air_per_kg);
      });
}

void WetScavenging::advance_tangent(const Linearisation& at, State& tangent, const Variation&, Step step) {
  tangent.air_mass_kg = at.state.air_mass_kg;
  for_each_wet_column(tangent.tile, tangent.species, at.environment, {step.length_s, options_},
                      [&](int s, const WetColumn& column) {
                        (void)wash(tangent.species[s], column, tangent.air_mass_kg,
                                   tangent.mixing_ratio_ppb[s]);
                      });
}

void WetScavenging::advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) {
  for_each_wet_column(adjoint.tile, adjoint.species, at.environment, {step.length_s, options_},
                      [&](int s, const WetColumn& column) {
                        wash_back(adjoint.species[s], column, adjoint.amount_per_mol[s]);
                      });
}

}  // namespace lantian
