#include "aerosol_light.hpp"

#include "photolysis/optics.hpp"
#include "photolysis/standard_atmosphere.hpp"
#include "photolysis/two_stream.hpp"
#include "table_axis.hpp"

#include "lantian/base/constants.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lantian {

namespace {

constexpr double wavelength_nm = 370.0, asymmetry = 0.7, ground_albedo = 0.05;
constexpr std::array depths = {0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 6.0};
constexpr std::array albedos = {0.7, 0.8, 0.9, 1.0};
constexpr std::array cosines = {0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0};
constexpr std::array shares_above = {0.0, 0.25, 0.5, 0.75, 1.0};

// From the top down; the particles are in the last four layers.
constexpr std::array level_km = {40.0, 20.0, 12.0, 8.0, 5.0, 3.0, 2.0, 1.0, 0.75, 0.5, 0.25, 0.0};
constexpr std::size_t layers = level_km.size() - 1, particle_layers = shares_above.size() - 1;

using Fluxes = std::array<double, shares_above.size()>;

Fluxes actinic_fluxes(double depth, double albedo, double cosine) {
  OpticalColumn<layers> column;
  constexpr double least_cosine = 0.02;  // for the path of the beam through flat layers
  column.cosine_zenith = std::max(cosine, least_cosine);
  column.surface_albedo = ground_albedo;
  for (std::size_t n = 0; n < layers; ++n) {
    const double pressure_pa =
        standard_air(level_km[n + 1]).pressure_pa - standard_air(level_km[n]).pressure_pa;
    const double air_per_cm2 = 0.1 * pressure_pa / gravity_m_s2 * avogadro_per_mol / air_molar_mass_g_mol;
    const double rayleigh = rayleigh_cm2(wavelength_nm) * air_per_cm2;
    const double particles = n + particle_layers >= layers ? depth / particle_layers : 0.0;
    const double scattered = rayleigh + albedo * particles;
    column.optical_depth[n] = rayleigh + particles;
    column.single_scattering_albedo[n] = scattered / (rayleigh + particles);
    column.asymmetry[n] = asymmetry * albedo * particles / scattered;
    for (std::size_t level = n + 1; level <= layers; ++level)
      column.slant[level][n] = 1.0 / column.cosine_zenith;
  }
  const StreamFluxes<layers> fluxes = TwoStream<layers>(column).fluxes();
  Fluxes actinic{};
  for (std::size_t share = 0; share < actinic.size(); ++share)
    actinic[share] = fluxes.actinic(layers - particle_layers + share);
  return actinic;
}

std::size_t node_of(std::size_t depth, std::size_t albedo, std::size_t cosine, std::size_t share) {
  return ((depth * albedos.size() + albedo) * cosines.size() + cosine) * shares_above.size() + share;
}

}  // namespace

const AerosolLight& AerosolLight::instance() {
  static const AerosolLight table;
  return table;
}

AerosolLight::AerosolLight()
    : nodes_(depths.size() * albedos.size() * cosines.size() * shares_above.size(), 1.0) {
  for (std::size_t c = 0; c < cosines.size(); ++c) {
    const Fluxes clear = actinic_fluxes(0.0, 1.0, cosines[c]);
    for (std::size_t d = 1; d < depths.size(); ++d)
      for (std::size_t a = 0; a < albedos.size(); ++a) {
        const Fluxes hazy = actinic_fluxes(depths[d], albedos[a], cosines[c]);
        for (std::size_t s = 0; s < shares_above.size(); ++s)
          nodes_[node_of(d, a, c, s)] = hazy[s] / clear[s];
      }
  }
}

double AerosolLight::factor(double optical_depth, double single_scattering_albedo, double cosine_zenith,
                            double share_above) const {
  const Between d = between(depths, optical_depth), a = between(albedos, single_scattering_albedo),
                c = between(cosines, cosine_zenith), s = between(shares_above, share_above);
  double sum = 0.0;
  for (std::size_t corner = 0; corner < 16; ++corner) {
    const auto weight = [corner](const Between& at, std::size_t bit) {
      return (corner >> bit & 1U) != 0 ? at.share : 1.0 - at.share;
    };
    sum += weight(d, 0) * weight(a, 1) * weight(c, 2) * weight(s, 3) *
           nodes_[node_of(d.first + (corner & 1U), a.first + (corner >> 1U & 1U),
                          c.first + (corner >> 2U & 1U), s.first + (corner >> 3U & 1U))];
  }
  return sum;
}

AerosolLight::Slopes AerosolLight::slopes(double optical_depth, double single_scattering_albedo,
                                          double cosine_zenith, double share_above) const {
  const Between d = between(depths, optical_depth), a = between(albedos, single_scattering_albedo),
                c = between(cosines, cosine_zenith), s = between(shares_above, share_above);
  Slopes sum{};
  for (std::size_t corner = 0; corner < 16; ++corner) {
    const auto is_next = [corner](std::size_t bit) { return (corner >> bit & 1U) != 0; };
    const auto weight = [&](const Between& at, std::size_t bit) {
      return is_next(bit) ? at.share : 1.0 - at.share;
    };
    const auto sign = [&](std::size_t bit) { return is_next(bit) ? 1.0 : -1.0; };
    const double node =
        weight(c, 2) * nodes_[node_of(d.first + (corner & 1U), a.first + (corner >> 1U & 1U),
                                      c.first + (corner >> 2U & 1U), s.first + (corner >> 3U & 1U))];
    sum.by_depth += sign(0) * weight(a, 1) * weight(s, 3) * node;
    sum.by_albedo += weight(d, 0) * sign(1) * weight(s, 3) * node;
    sum.by_share_above += weight(d, 0) * weight(a, 1) * sign(3) * node;
  }
  return {.by_depth = sum.by_depth * share_slope(depths, optical_depth),
          .by_albedo = sum.by_albedo * share_slope(albedos, single_scattering_albedo),
          .by_share_above = sum.by_share_above * share_slope(shares_above, share_above)};
}

}  // namespace lantian
