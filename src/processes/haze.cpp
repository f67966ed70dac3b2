#include "haze.hpp"

#include "aerosol_light.hpp"
#include "chemistry_cells.hpp"
#include "photolysis/aerosol_optics.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/dual.hpp"

#include <algorithm>

namespace lantian {

namespace {

constexpr double least_depth = 1.0e-6;

/// The air of a layer as its particles take light.
struct HazyLayer {
  double air_mol_m3, thickness_m, relative_humidity;
};

HazyLayer hazy_layer(const Environment& e, int layer, int row, int column) {
  const CellAir air = air_of_cell(e.weather->middle, layer, row, column);
  const double air_mol_m3 = 1.0e6 * air.dry_air_per_cm3 / avogadro_per_mol;
  return {.air_mol_m3 = air_mol_m3,
          .thickness_m = layer_kg_m2(e.weather->middle, layer, row, column) /
                         (1.0e-3 * air_molar_mass_g_mol * air_mol_m3),
          .relative_humidity = air.rates.relative_humidity};
}

template <class T>
ParticleExtinction<T> extinction_of(const FineParticles<T>& dry, double relative_humidity) {
  return particle_extinction(T(dry.inorganic + dry.organic), dry.soot, T(dry.other - dry.soot),
                             particle_growth(dry, T(relative_humidity)));
}

}  // namespace

std::vector<double> haze_over(const State& state, const Environment& e, const FineParticleSpecies& particles,
                              int row, int column, double cosine_zenith) {
  if (cosine_zenith <= 0.0 || state.tile.layers < 2) return {};
  const int grid_row = state.tile.first_row + row, grid_column = state.tile.first_column + column;
  std::vector<double> depth(static_cast<std::size_t>(state.tile.layers));
  double total = 0.0, scattered = 0.0;
  for (int k = 0; k < state.tile.layers; ++k) {
    const HazyLayer layer = hazy_layer(e, k, grid_row, grid_column);
    const FineParticles<> dry =
        particles.mass(layer.air_mol_m3, [&](int s) { return state.mixing_ratio_ppb[s](k, row, column); });
    const ParticleExtinction<> extinction = extinction_of(dry, layer.relative_humidity);
    scattered += extinction.scattering_per_m * layer.thickness_m;
    depth[static_cast<std::size_t>(k)] =
        (extinction.scattering_per_m + extinction.absorption_per_m) * layer.thickness_m;
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

HazeSlope::HazeSlope(const State& state, const Environment& e, const FineParticleSpecies& particles, int row,
                     int column, double cosine_zenith) {
  if (cosine_zenith <= 0.0 || state.tile.layers < 2) return;
  const int grid_row = state.tile.first_row + row, grid_column = state.tile.first_column + column;
  using T = Dual<double, particle_kind_count>;
  double scattered = 0.0;
  for (int k = 0; k < state.tile.layers; ++k) {
    const HazyLayer air = hazy_layer(e, k, grid_row, grid_column);
    const FineParticles<> dry =
        particles.mass(air.air_mol_m3, [&](int s) { return state.mixing_ratio_ppb[s](k, row, column); });
    const FineParticles<T> varied = {.inorganic = T::variable(dry.inorganic, 0),
                                     .nitrate = T::variable(dry.nitrate, 1),
                                     .chloride = T::variable(dry.chloride, 2),
                                     .organic = T::variable(dry.organic, 3),
                                     .other = T::variable(dry.other, 4),
                                     .soot = T::variable(dry.soot, 5)};
    const ParticleExtinction<T> extinction = extinction_of(varied, air.relative_humidity);
    const T scattering = extinction.scattering_per_m * air.thickness_m,
            depth = (extinction.scattering_per_m + extinction.absorption_per_m) * air.thickness_m;
    layers_.push_back({.depth_by_mass = depth.derivative,
                       .scattered_by_mass = scattering.derivative,
                       .depth = depth.value});
    scattered += scattering.value;
    total_ += depth.value;
  }
  if (total_ < least_depth) {
    layers_.clear();
    return;
  }
  albedo_ = scattered / total_;
  double above = 0.0;
  for (std::size_t k = layers_.size(); k-- > 0;) {
    Layer& layer = layers_[k];
    layer.share_above = (above + 0.5 * layer.depth) / total_;
    above += layer.depth;
    const AerosolLight& light = AerosolLight::instance();
    const double factor = light.factor(total_, albedo_, cosine_zenith, layer.share_above);
    const AerosolLight::Slopes slopes = light.slopes(total_, albedo_, cosine_zenith, layer.share_above);
    layer.by_depth = slopes.by_depth / factor;
    layer.by_albedo = slopes.by_albedo / factor;
    layer.by_share_above = slopes.by_share_above / factor;
  }
}

std::vector<double> HazeSlope::tangent(const std::vector<ParticleMasses>& change) const {
  std::vector<double> deeper(layers_.size()), logarithm(layers_.size());
  double total = 0.0, scattered = 0.0;
  for (std::size_t k = 0; k < layers_.size(); ++k) {
    for (std::size_t m = 0; m < particle_kind_count; ++m) {
      deeper[k] += layers_[k].depth_by_mass.at(m) * change[k].at(m);
      scattered += layers_[k].scattered_by_mass.at(m) * change[k].at(m);
    }
    total += deeper[k];
  }
  double above = 0.0;
  for (std::size_t k = layers_.size(); k-- > 0;) {
    const Layer& at = layers_[k];
    logarithm[k] = at.by_depth * total + at.by_albedo * (scattered - albedo_ * total) / total_ +
                   at.by_share_above * (above + 0.5 * deeper[k] - at.share_above * total) / total_;
    above += deeper[k];
  }
  return logarithm;
}

std::vector<ParticleMasses> HazeSlope::adjoint(const std::vector<double>& worth) const {
  double by_total = 0.0, by_scattered = 0.0;
  for (std::size_t k = 0; k < layers_.size(); ++k) {
    const Layer& at = layers_[k];
    by_total +=
        worth[k] * (at.by_depth - (at.by_albedo * albedo_ + at.by_share_above * at.share_above) / total_);
    by_scattered += worth[k] * at.by_albedo / total_;
  }
  std::vector<ParticleMasses> by_mass(layers_.size());
  double below = 0.0;  // what depth is worth to the layers below it
  for (std::size_t k = 0; k < layers_.size(); ++k) {
    const Layer& at = layers_[k];
    const double own = worth[k] * at.by_share_above / total_, by_depth = by_total + below + 0.5 * own;
    below += own;
    for (std::size_t m = 0; m < particle_kind_count; ++m)
      by_mass[k].at(m) = by_depth * at.depth_by_mass.at(m) + by_scattered * at.scattered_by_mass.at(m);
  }
  return by_mass;
}

}  // namespace lantian
