#include "air_column.hpp"

#include "gradient_profile.hpp"
#include "measured_profile.hpp"
#include "plume/urban_layer.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace lantian::plume {
namespace {

using Reference = std::function<double(double)>;

std::vector<Observation> winds(const WeatherHour& hour) {
  auto found = observations(hour, [](const ProfileLevel& level) { return level.wind_speed_m_s; });
  if (found.empty())
    found.push_back({hour.surface.reference_wind_height_m, hour.surface.reference_wind_speed_m_s});
  return found;
}

/// Wind [m s-1] that measured ones are shaped by, with what the height of the reference wind says of it.
/// @see EPA-454/R-03-004, eq. 29; AERMOD 24142, subroutine REFWS.
double reference_wind_m_s(double z_m, const Observation& measured, const BoundaryLayer& layer) {
  const double top_m = layer.mixing_height_m, canopy_m = 7.0 * layer.roughness_length_m;
  const auto similar = [&](double z) {
    return layer.friction_velocity_m_s / karman_of_plumes * similarity_shape(z, layer);
  };
  // A wind measured above the mixed layer holds there; it says nothing of the one below.
  if (measured.height_m > top_m) {
    if (z_m <= canopy_m) return similar(canopy_m);
    return z_m > top_m ? measured.value : similar(z_m);
  }
  // One measured among the roughness elements grows with height up to their top.
  if (measured.height_m <= canopy_m)
    return z_m <= canopy_m ? measured.value * z_m / measured.height_m : similar(std::min(z_m, top_m));
  return similarity_wind_m_s(z_m, layer);
}

Profile wind_profile(const WeatherHour& hour, const BoundaryLayer& layer) {
  const auto observed = winds(hour);
  const Observation measured{hour.surface.reference_wind_height_m, hour.surface.reference_wind_speed_m_s};
  const Reference reference = [&](double z) { return reference_wind_m_s(z, measured, layer); };
  Profile wind{};
  for (std::size_t i = 0; i < level_count; ++i) {
    wind[i] = std::max(least_profile_wind_m_s, shaped_by(observed, reference, level_heights_m[i]));
  }
  return wind;
}

/// Directions [deg] on the levels, the shorter way round between measured ones, not wrapped.
Profile direction_profile(const WeatherHour& hour) {
  auto observed = observations(hour, [](const ProfileLevel& level) { return level.wind_from_deg; });
  if (observed.empty()) observed.push_back({0.0, hour.surface.reference_wind_from_deg});
  for (std::size_t i = 1; i < observed.size(); ++i) {
    observed[i].value =
        observed[i - 1].value + std::remainder(observed[i].value - observed[i - 1].value, 360.0);
  }
  Profile direction{};
  for (std::size_t i = 0; i < level_count; ++i) {
    const double z = level_heights_m[i];
    const auto upper =
        std::find_if(observed.begin(), observed.end(), [&](const Observation& o) { return o.height_m > z; });
    if (upper == observed.begin()) {
      direction[i] = observed.front().value;
    } else if (upper == observed.end()) {
      direction[i] = observed.back().value;
    } else {
      const Observation& low = *(upper - 1);
      direction[i] =
          low.value + (upper->value - low.value) * (z - low.height_m) / (upper->height_m - low.height_m);
    }
  }
  return direction;
}

/// sigma_v [m s-1] of a level by the spread of its wind's direction. @see EPA-454/R-03-004, section 4.1.4;
/// Yamartino (1984).
std::optional<double> measured_sigma_v(const ProfileLevel& level) {
  const bool is_known = level.wind_direction_spread_deg && level.wind_speed_m_s.value_or(0.0) > 0.0;
  if (!is_known) return std::nullopt;
  const double spread = *level.wind_direction_spread_deg * std::numbers::pi / 180.0;
  const double lean = std::sin(spread) * (1.0 - 0.073864 * spread);
  return std::max(least_sigma_v_m_s, spread * *level.wind_speed_m_s * std::sqrt(1.0 - lean * lean));
}

Profile sigma_v_profile(const WeatherHour& hour, const BoundaryLayer& layer) {
  const auto observed = observations(hour, measured_sigma_v);
  const Reference reference = [&](double z) {
    double variance = mechanical_variance_v(z, layer);
    if (!layer.stable) {
      variance += convective_variance_v(z, layer.convective_velocity_m_s, layer.convective_mixing_height_m);
    }
    return std::sqrt(variance);
  };
  Profile sigma{};
  for (std::size_t i = 0; i < level_count; ++i) {
    const double z = level_heights_m[i];
    sigma[i] = observed.empty() ? reference(z) : shaped_by(observed, reference, z);
  }
  return sigma;
}

Profile sigma_w_profile(const WeatherHour& hour, const BoundaryLayer& layer, double wind_at_top_m_s) {
  const auto observed = observations(hour, [](const ProfileLevel& level) {
    return level.sigma_w_m_s ? std::optional(std::max(least_sigma_w_m_s, *level.sigma_w_m_s)) : std::nullopt;
  });
  double residual = 0.0;
  int aloft = 0;
  for (const Observation& o : observed) {
    if (o.height_m >= layer.mixing_height_m) residual += o.value, ++aloft;
  }
  residual = aloft > 0 ? residual / aloft : 0.02 * wind_at_top_m_s;
  const Reference reference = [&](double z) {
    constexpr double least_variance = 1e-8;
    double variance = std::max(mechanical_variance_w(z, layer, residual), least_variance);
    if (!layer.stable) {
      variance +=
          std::max(convective_variance_w(z, layer.convective_velocity_m_s, layer.convective_mixing_height_m),
                   least_variance);
    }
    return std::sqrt(variance);
  };
  Profile sigma{};
  for (std::size_t i = 0; i < level_count; ++i) {
    const double z = level_heights_m[i];
    sigma[i] = observed.empty() ? reference(z) : shaped_by(observed, reference, z);
  }
  return sigma;
}

Profile squared_frequency(const Profiles& air) {
  Profile n2{};
  for (std::size_t i = 0; i + 1 < level_count; ++i) {
    const double gradient = 0.5 * (air.potential_gradient_k_m[i] + air.potential_gradient_k_m[i + 1]);
    const double theta = 0.5 * (air.potential_temperature_k[i] + air.potential_temperature_k[i + 1]);
    n2[i] = gravity_of_plumes_m_s2 * gradient / theta;
  }
  n2[level_count - 1] = n2[level_count - 2];
  return n2;
}

AirColumn tabled(const BoundaryLayer& layer, const Profiles& profiles) {
  AirColumn air;
  air.layer = layer;
  air.wind_m_s = ProfileTable(profiles.wind_m_s);
  air.wind_grows_with_height = std::ranges::is_sorted(profiles.wind_m_s);
  air.wind_from_deg = ProfileTable(profiles.wind_from_deg);
  air.gradient_k_m = ProfileTable(profiles.potential_gradient_k_m);
  air.theta_k = ProfileTable(profiles.potential_temperature_k);
  air.sigma_v_m_s = ProfileTable(profiles.sigma_v_m_s);
  air.sigma_w_m_s = ProfileTable(profiles.sigma_w_m_s);
  Profile dissipation{};
  for (std::size_t i = 0; i < level_count; ++i)
    dissipation[i] = dissipation_of(profiles.sigma_w_m_s[i], layer.mixing_height_m);
  air.dissipation_m2_s3 = ProfileTable(dissipation);
  air.layer_stability_s2 = squared_frequency(profiles);
  const auto top = place(layer.mixing_height_m);
  air.mean_wind_m_s = air.wind_m_s.up_to(top) / layer.mixing_height_m;
  air.mean_sigma_w_m_s = air.sigma_w_m_s.up_to(top) / layer.mixing_height_m;
  air.theta_at_top_k = air.theta_k.at(top);
  air.wind_at_top_m_s = air.wind_m_s.at(top);
  return air;
}

}  // namespace

BoundaryLayer rural_layer(const WeatherHour& hour, const WeatherTraits& traits) {
  const SurfaceHour& surface = hour.surface;
  BoundaryLayer layer;
  layer.stable = surface.obukhov_length_m > 0.0;
  layer.friction_velocity_m_s = surface.friction_velocity_m_s;
  layer.obukhov_length_m =
      std::copysign(std::max(std::fabs(surface.obukhov_length_m), 1.0), surface.obukhov_length_m);
  layer.roughness_length_m = std::max(surface.roughness_length_m, 1e-4);
  layer.convective_velocity_m_s =
      surface.convective_velocity_m_s > 0.0 ? surface.convective_velocity_m_s : 0.001;
  const auto capped = [](double height) { return std::min(std::max(height, 1.0), 4000.0); };
  layer.convective_mixing_height_m = capped(surface.convective_mixing_height_m);
  layer.mechanical_mixing_height_m = capped(surface.mechanical_mixing_height_m);
  layer.mixing_height_m = layer.stable
                              ? layer.mechanical_mixing_height_m
                              : std::max(layer.convective_mixing_height_m, layer.mechanical_mixing_height_m);
  layer.lapse_above_k_m = surface.lapse_above_k_m;
  if (!layer.stable && surface.convective_mixing_height_m >= 0.0) {
    layer.lapse_above_k_m = std::max(layer.lapse_above_k_m, 0.005);
  }
  layer.temperature_k = surface.temperature_k;
  layer.temperature_height_m = surface.temperature_height_m;
  layer.base_elevation_m = traits.profile_base_elevation_m;
  if (traits.adjusted_friction_velocity) layer.gradient_a = 0.74, layer.gradient_b = 4.7;
  if (layer.stable) layer.temperature_scale_k = temperature_scale_k(hour, layer, traits);
  return layer;
}

Profiles rural_profiles(const WeatherHour& hour, const BoundaryLayer& layer) {
  Profiles profiles;
  profiles.wind_m_s = wind_profile(hour, layer);
  profiles.wind_from_deg = direction_profile(hour);
  profiles.potential_gradient_k_m = gradient_profile(hour, layer);
  profiles.potential_temperature_k = potential_temperature_k(profiles.potential_gradient_k_m, layer);
  profiles.sigma_v_m_s = sigma_v_profile(hour, layer);
  const double wind_at_top = ProfileTable(profiles.wind_m_s).at_height(layer.mixing_height_m);
  profiles.sigma_w_m_s = sigma_w_profile(hour, layer, wind_at_top);
  return profiles;
}

AirColumn rural_column(const WeatherHour& hour, const WeatherTraits& traits) {
  const BoundaryLayer layer = rural_layer(hour, traits);
  const Profiles profiles = rural_profiles(hour, layer);
  AirColumn air = tabled(layer, profiles);
  air.density_kg_m3 = ProfileTable(air_density_kg_m3(profiles.potential_temperature_k, layer));
  return air;
}

bool is_urban_hour(const AirColumn& rural, const UrbanArea& city) {
  return rural.layer.stable ||
         rural.layer.convective_mixing_height_m <= urban_mixing_height_m(city.population);
}

AirColumn urban_column(const AirColumn& rural, const UrbanArea& city) {
  const UrbanMixing mixing = urban_mixing(city.population, city.roughness_length_m, rural.layer);
  const double depth_m = urban_mixing_height_m(city.population);
  BoundaryLayer layer = rural.layer;
  layer.friction_velocity_m_s = mixing.friction_velocity_m_s;
  layer.obukhov_length_m = mixing.obukhov_length_m;
  layer.mixing_height_m = mixing.mixing_height_m;
  Profiles profiles{rural.wind_m_s.value,    rural.wind_from_deg.value, rural.gradient_k_m.value, {},
                    rural.sigma_v_m_s.value, rural.sigma_w_m_s.value};
  for (std::size_t i = 0; i < level_count; ++i) {
    const double z = level_heights_m[i];
    const auto joined = [](double sigma, double variance) { return std::sqrt(sigma * sigma + variance); };
    profiles.sigma_v_m_s[i] =
        joined(profiles.sigma_v_m_s[i], convective_variance_v(z, mixing.convective_velocity_m_s, depth_m));
    profiles.sigma_w_m_s[i] =
        joined(profiles.sigma_w_m_s[i], convective_variance_w(z, mixing.convective_velocity_m_s, depth_m));
    if (z <= depth_m) profiles.potential_gradient_k_m[i] = 1e-5;
  }
  profiles.potential_temperature_k = potential_temperature_k(profiles.potential_gradient_k_m, layer);
  AirColumn air = tabled(layer, profiles);
  air.urban = true;
  air.city_roughness_length_m = city.roughness_length_m;
  air.density_kg_m3 = rural.density_kg_m3;
  air.mean_wind_m_s = rural.mean_wind_m_s;
  air.mean_sigma_w_m_s = rural.mean_sigma_w_m_s;
  air.theta_at_top_k = rural.theta_at_top_k;
  air.dissipation_m2_s3 = rural.dissipation_m2_s3;
  return air;
}

}  // namespace lantian::plume
