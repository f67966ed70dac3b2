#pragma once

#include "plume/height_grid.hpp"

#include <numbers>

namespace lantian::plume {

inline constexpr double gravity_of_plumes_m_s2 = 9.80616;
inline constexpr double karman_of_plumes = 0.4;
inline constexpr double dry_lapse_k_m = 0.00977;     // g/cp
inline constexpr double least_gradient_k_m = 0.002;  // of potential temperature in stable air
inline constexpr double least_sigma_v_m_s = 0.2;
inline constexpr double least_sigma_w_m_s = 0.02;
inline constexpr double least_sigma_v_share = 0.05;  // of the wind
inline constexpr double least_wind_m_s = 0.2828;     // sqrt(2) * least_sigma_v
inline constexpr double least_profile_wind_m_s = 0.01;

/// What the profiles of an hour follow from.
struct BoundaryLayer {
  double friction_velocity_m_s{}, convective_velocity_m_s{}, obukhov_length_m{}, roughness_length_m{};
  double
      mixing_height_m{};  ///< the higher of the convective and the mechanical one, the latter in stable air
  double convective_mixing_height_m{}, mechanical_mixing_height_m{};
  double lapse_above_k_m{}, temperature_k{}, temperature_height_m{}, base_elevation_m{};
  double temperature_scale_k{};               ///< theta* of stable air
  double gradient_a = 1.0, gradient_b = 5.0;  ///< stable gradient: theta*/(k z) (a + b z/L)
  bool stable{};
};

/// Similarity wind without u*/k: ln(z/z0) - psi(z/L) + psi(z0/L).
/// @see EPA-454/R-03-004, eqs. 29-32; Panofsky & Dutton (1984); van Ulden & Holtslag (1985).
[[nodiscard]] inline double similarity_shape(double z_m, const BoundaryLayer& air) {
  const double length_m = air.obukhov_length_m;
  const auto psi = [&](double z) {
    if (air.stable) return -17.0 * (1.0 - std::exp(-0.29 * z / length_m));
    const double x = std::pow(1.0 - 16.0 * z / length_m, 0.25);
    return 2.0 * std::log(0.5 * (1.0 + x)) + std::log(0.5 * (1.0 + x * x)) - 2.0 * std::atan(x) +
           0.5 * std::numbers::pi;
  };
  return std::log(z_m / air.roughness_length_m) - psi(z_m) + psi(air.roughness_length_m);
}

/// Wind of similarity theory [m s-1]: linear below 7 z0, constant above the mixing height.
/// @see EPA-454/R-03-004, eq. 29.
[[nodiscard]] inline double similarity_wind_m_s(double z_m, const BoundaryLayer& air) {
  const double canopy_m = 7.0 * air.roughness_length_m;
  const double z = std::max(canopy_m, std::min(z_m, air.mixing_height_m));
  const double wind = air.friction_velocity_m_s / karman_of_plumes * similarity_shape(z, air);
  return z_m < canopy_m ? wind * z_m / canopy_m : wind;
}

/// The same of stable air near the ground: theta*/(k z) (a + b z/L), from 2 m down as there.
/// @see EPA-454/R-03-004, eq. 33; Businger et al. (1971).
[[nodiscard]] inline double surface_gradient_k_m(double z_m, const BoundaryLayer& air) {
  const double z = std::max(z_m, 2.0);
  return air.temperature_scale_k / (karman_of_plumes * z) *
         (air.gradient_a + air.gradient_b * z / air.obukhov_length_m);
}

/// Gradient of potential temperature [K m-1] without measured ones.
/// @see EPA-454/R-03-004, eqs. 33-36; Stull (1983); van Ulden & Holtslag (1985).
[[nodiscard]] inline double potential_gradient_k_m(double z_m, const BoundaryLayer& air) {
  if (!air.stable) {
    if (z_m <= air.mixing_height_m) return 0.0;
    return std::max(least_gradient_k_m, z_m <= air.mixing_height_m + 500.0 ? air.lapse_above_k_m : 0.005);
  }
  const double surface = surface_gradient_k_m(std::min(z_m, 100.0), air);
  const double fade =
      z_m > 100.0 ? std::exp(-(z_m - 100.0) / (0.44 * std::max(100.0, air.mixing_height_m))) : 1.0;
  return std::max(least_gradient_k_m, surface * fade);
}

/// Variance of the crosswind speed [m2 s-2] that shear keeps up: from 3.6 u*^2 at the ground linearly to the
/// lesser of this and 0.25 at the mechanical mixing height.
/// @see EPA-454/R-03-004, eqs. 41-42.
[[nodiscard]] inline double mechanical_variance_v(double z_m, const BoundaryLayer& air) {
  const double ground = 3.6 * air.friction_velocity_m_s * air.friction_velocity_m_s;
  const double share = std::min(z_m / air.mechanical_mixing_height_m, 1.0);
  return ground + share * (std::min(ground, 0.25) - ground);
}

/// The same that convection of a velocity and depth keeps up.
/// @see EPA-454/R-03-004, eqs. 38-40.
[[nodiscard]] inline double convective_variance_v(double z_m, double velocity_m_s, double depth_m) {
  const double below = 0.35 * velocity_m_s * velocity_m_s;
  const double above = std::min(below, 0.25);
  const double share = std::min(std::max((z_m / depth_m - 1.0) / 0.2, 0.0), 1.0);
  return below + share * (above - below);
}

/// Variance of the vertical speed [m2 s-2] that shear keeps up, with what is left of it aloft
/// (`residual_m_s`).
/// @see EPA-454/R-03-004, eqs. 48-50.
[[nodiscard]] inline double mechanical_variance_w(double z_m, const BoundaryLayer& air, double residual_m_s) {
  const double share = std::min(z_m / air.mixing_height_m, 1.0);
  const double residual = residual_m_s * share;
  return residual * residual + 1.69 * air.friction_velocity_m_s * air.friction_velocity_m_s * (1.0 - share);
}

/// The same that convection keeps up.
/// @see EPA-454/R-03-004, eqs. 44-47.
[[nodiscard]] inline double convective_variance_w(double z_m, double velocity_m_s, double depth_m) {
  const double scale = velocity_m_s * velocity_m_s, share = z_m / depth_m;
  if (share <= 0.1) return 1.6 * std::pow(share, 2.0 / 3.0) * scale;
  if (share <= 1.0) return 0.35 * scale;
  return 0.35 * scale * std::exp(-6.0 * (share - 1.0));
}

/// The profiles of an hour, on `level_heights_m`.
struct Profiles {
  Profile wind_m_s{}, wind_from_deg{}, potential_gradient_k_m{}, potential_temperature_k{}, sigma_v_m_s{},
      sigma_w_m_s{};
};

/// Potential temperature [K] on the levels from its gradient and the air's temperature at one height. From
/// that height down to the level below it the mean gradient of the whole layer counts.
/// @see EPA-454/R-03-004, eq. 37; AERMOD 24142, subroutine GRDPT.
[[nodiscard]] inline Profile potential_temperature_k(const Profile& gradient_k_m, const BoundaryLayer& air) {
  const ProfileTable table(gradient_k_m);
  const double at_k = air.temperature_k + dry_lapse_k_m * (air.temperature_height_m + air.base_elevation_m);
  const Height<double> at = place(air.temperature_height_m);
  const double mean_k_m = 0.5 * (gradient_k_m[at.layer.of] + gradient_k_m[at.layer.of + 1]);
  const double ground_k = at_k - (table.integral[at.layer.of] + mean_k_m * at.above_level_m);
  Profile theta{};
  for (std::size_t i = 0; i < level_count; ++i) theta[i] = ground_k + table.integral[i];
  return theta;
}

/// Density of the air [kg m-3] on the levels: 1.2 at the ground, from there hydrostatic.
/// @see code of the model.
[[nodiscard]] inline Profile air_density_kg_m3(const Profile& theta_k, const BoundaryLayer& air) {
  constexpr double ground_kg_m3 = 1.2, gas_constant_j_kg_k = 287.026;
  Profile density{};
  for (std::size_t i = 0; i < level_count; ++i) {
    const double z = level_heights_m[i], t = theta_k[i] - dry_lapse_k_m * (z + air.base_elevation_m);
    const double mean_k = 0.5 * (t + air.temperature_k);
    density[i] = ground_kg_m3 * (air.temperature_k / t) *
                 std::exp(-gravity_of_plumes_m_s2 * z / (gas_constant_j_kg_k * mean_k));
  }
  return density;
}

/// Dissipation of turbulence [m2 s-3] by its vertical speed and the time that two particles remember each
/// other: 0.78 sigma_w^2 / (0.46 zi/sigma_w).
/// @see Hanrahan (1999), JAWMA 49, 1324-1338; constants: AERMOD 24142.
[[nodiscard]] inline double dissipation_of(double sigma_w_m_s, double mixing_height_m) {
  return 0.78 / 0.46 * sigma_w_m_s * sigma_w_m_s * sigma_w_m_s / mixing_height_m;
}

/// An hour's column as plumes ask of it.
struct AirColumn {
  BoundaryLayer layer;
  ProfileTable wind_m_s, wind_from_deg, gradient_k_m, theta_k, sigma_v_m_s, sigma_w_m_s, density_kg_m3;
  ProfileTable dissipation_m2_s3;              ///< of turbulence
  Profile layer_stability_s2{};                ///< N^2 of the layer above each level
  double mean_wind_m_s{}, mean_sigma_w_m_s{};  ///< over the mixed layer
  double theta_at_top_k{}, wind_at_top_m_s{};  ///< at the mixing height
  bool wind_grows_with_height = false;         ///< nowhere weaker than below
  double city_roughness_length_m{};            ///< of a city's air: that of the city itself
  bool urban = false;  ///< a city's air: its stable layer is stirred, temperature does not damp
};

}  // namespace lantian::plume
