#include "lantian/processes/wet_scavenging.hpp"

#include "deposition/wet_scavenging.hpp"

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
      {"particle_fine", {1.0e6, 0.0, 0.02}}, {"particle_coarse", {1.0e6, 0.0, 0.4}}};
  return table;
}

constexpr double least_rain_mm_h = 0.01;

/// The lowest and one above the highest layer in cloud of a raining column; all layers below a cloud that
/// hangs above the model top.
struct CloudLayers {
  int base, top;
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

/// A column in the rain.
struct WetColumn {
  int row, column;  // of the tile
  double rain_kg_m2_s, dt_s;
  CloudLayers cloud;
};

/// Takes what the rain takes of species s in a column, and books it.
void wash(State& state, int s, const WetColumn& at, Ledger& ledger) {
  const Scavenging& scavenging = scavengings().at(state.species[s].scavenged_as);
  for (int k = 0; k < at.cloud.top; ++k) {
    const double rate_per_s = scavenging_rate_per_s(scavenging, at.rain_kg_m2_s, k >= at.cloud.base);
    double& q_ppb = state.mixing_ratio_ppb[s](k, at.row, at.column);
    const double left_ppb = q_ppb * share_left(rate_per_s, at.dt_s);
    ledger.add(MassTerm::wet_deposition, s, at.row, at.column,
               (left_ppb - q_ppb) * 1.0e-9 * state.air_mass_kg(k, at.row, at.column) * mol_air_per_kg);
    q_ppb = left_ppb;
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
  const Tile& tile = state.tile;
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j) {
    for (int i = 0; i < tile.columns; ++i) {
      const int row = tile.first_row + j, column = tile.first_column + i;
      const double rain_mm_h = environment.weather->middle.rain_rate_mm_h(row, column);
      if (rain_mm_h < least_rain_mm_h) continue;
      const WetColumn at{j, i, rain_mm_h / 3600.0, step.length_s,
                         cloud_of(environment, tile.layers, row, column)};
      for (int s = 0; s < state.species.count(); ++s)
        if (!state.species[s].scavenged_as.empty()) wash(state, s, at, ledger);
    }
  }
}

}  // namespace lantian
