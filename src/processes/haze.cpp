#include "haze.hpp"

#include "aerosol_light.hpp"
#include "chemistry_cells.hpp"
#include "photolysis/aerosol_optics.hpp"

#include "lantian/base/constants.hpp"

#include <algorithm>

namespace lantian {

std::vector<double> haze_over(const State& state, const Environment& e, const FineParticleSpecies& particles,
                              int row, int column, double cosine_zenith) {
  constexpr double least_depth = 1.0e-6;
  if (cosine_zenith <= 0.0 || state.tile.layers < 2) return {};
  const int grid_row = state.tile.first_row + row, grid_column = state.tile.first_column + column;
  std::vector<double> depth(static_cast<std::size_t>(state.tile.layers));
  double total = 0.0, scattered = 0.0;
  for (int k = 0; k < state.tile.layers; ++k) {
    const CellAir air = air_of_cell(e.weather->middle, k, grid_row, grid_column);
    const double air_mol_m3 = 1.0e6 * air.dry_air_per_cm3 / avogadro_per_mol;
    const double thickness_m = layer_kg_m2(e.weather->middle, k, grid_row, grid_column) /
                               (1.0e-3 * air_molar_mass_g_mol * air_mol_m3);
    const FineParticles<> dry =
        particles.mass(air_mol_m3, [&](int s) { return state.mixing_ratio_ppb[s](k, row, column); });
    const ParticleExtinction extinction =
        particle_extinction(dry.inorganic + dry.organic, dry.soot, dry.other - dry.soot,
                            particle_growth(dry, air.rates.relative_humidity));
    scattered += extinction.scattering_per_m * thickness_m;
    depth[static_cast<std::size_t>(k)] =
        (extinction.scattering_per_m + extinction.absorption_per_m) * thickness_m;
    total += depth[static_cast<std::size_t>(k)];
  }
  if (total < least_depth) return {};
  std::vector<double> factors(depth.size());
  double above = 0.0;
  for (std::size_t k = depth.size(); k-- > 0;) {
    factors[k] = AerosolLight::instance().factor(total, scattered / total, cosine_zenith,
                                                 (above + 0.5 * depth[k]) / total);
    above += depth[k];
  }
  return factors;
}

}  // namespace lantian
