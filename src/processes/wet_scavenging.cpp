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

/// Calls `visit(k, share)` for the layers of a column that rain washes: the share that it leaves of a
/// species.
template <class Visit>
void wash(const Species& species, const WetColumn& at, Visit&& visit) {
  const Scavenging& scavenging = scavengings().at(species.scavenged_as);
  for (int k = 0; k < at.cloud.top; ++k)
    visit(k, share_left(scavenging_rate_per_s(scavenging, at.rain_kg_m2_s, k >= at.cloud.base), at.dt_s));
}

/// Takes what the rain takes of species s in a column, and books it.
void wash_and_book(State& state, int s, const WetColumn& at, Ledger& ledger) {
  wash(state.species[s], at, [&](int k, double share) {
    double& q_ppb = state.mixing_ratio_ppb[s](k, at.row, at.column);
    const double left_ppb = q_ppb * share;
    ledger.add(MassTerm::wet_deposition, s, at.row, at.column,
               (left_ppb - q_ppb) * 1.0e-9 * state.air_mass_kg(k, at.row, at.column) * mol_air_per_kg);
    q_ppb = left_ppb;
  });
}

/// Calls `wash_species(s, column)` for each raining column of the tile and each species that is washed out.
template <class WashSpecies>
void for_each_wet_column(const Tile& tile, const SpeciesTable& species, const Environment& e, double dt_s,
                         WashSpecies&& wash_species) {
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j) {
    for (int i = 0; i < tile.columns; ++i) {
      const int row = tile.first_row + j, column = tile.first_column + i;
      const double rain_mm_h = e.weather->middle.rain_rate_mm_h(row, column);
      if (rain_mm_h < least_rain_mm_h) continue;
      const WetColumn at{j, i, rain_mm_h / 3600.0, dt_s, cloud_of(e, tile.layers, row, column)};
      for (int s = 0; s < species.count(); ++s)
        if (!species[s].scavenged_as.empty()) wash_species(s, at);
    }
  }
}

/// Multiplies fields by the shares that rain leaves: changes of mixing ratios, and adjoints of amounts alike.
void wash_fields(const Tile& tile, const SpeciesTable& species, const Environment& e, double dt_s,
                 FieldSet<double>& fields) {
  for_each_wet_column(tile, species, e, dt_s, [&](int s, const WetColumn& at) {
    wash(species[s], at, [&](int k, double share) { fields[s](k, at.row, at.column) *= share; });
  });
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
  for_each_wet_column(state.tile, state.species, environment, step.length_s,
                      [&](int s, const WetColumn& at) { wash_and_book(state, s, at, ledger); });
}

void WetScavenging::advance_tangent(const Linearisation& at, State& tangent, const Environment&, Step step) {
  tangent.air_mass_kg = at.state.air_mass_kg;
  wash_fields(tangent.tile, tangent.species, at.environment, step.length_s, tangent.mixing_ratio_ppb);
}

void WetScavenging::advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) {
  wash_fields(adjoint.tile, adjoint.species, at.environment, step.length_s, adjoint.amount_per_mol);
}

}  // namespace lantian
