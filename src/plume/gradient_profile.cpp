#include "gradient_profile.hpp"

#include "measured_profile.hpp"

#include <algorithm>
#include <cmath>

namespace lantian::plume {
namespace {

constexpr double highest_similarity_m = 100.0;

/// Gradients [K m-1] between measured temperatures, halfway up.
std::vector<Observation> measured_gradients(const WeatherHour& hour) {
  const auto temperatures = observations(hour, [](const ProfileLevel& level) { return level.temperature_k; });
  std::vector<Observation> gradients;
  for (std::size_t i = 1; i < temperatures.size(); ++i) {
    const Observation &low = temperatures[i - 1], &high = temperatures[i];
    const double gradient = (high.value - low.value) / (high.height_m - low.height_m) + dry_lapse_k_m;
    gradients.push_back({0.5 * (low.height_m + high.height_m), std::max(least_gradient_k_m, gradient)});
  }
  return gradients;
}

/// theta* [K] by the clouds, as AERMET's bulk Richardson number with ADJ_U* has it.
double temperature_scale_by_clouds_k(const SurfaceHour& surface, const BoundaryLayer& layer) {
  const double z0 = layer.roughness_length_m, height_m = surface.reference_wind_height_m;
  const double most_ustar = 0.6 * std::cbrt(height_m / std::log((height_m - 5.0 * z0) / z0));
  const double oktas = std::round(0.8 * surface.cloud_cover_tenths);
  const double highest_k = 1.4 * (0.005 / std::tan(0.17 * (2.0 * oktas + 1.0)) + 0.05);
  const double off = 2.0 * layer.friction_velocity_m_s / most_ustar - 1.0;
  return highest_k * (1.0 - off * off);
}

/// Gradient [K m-1] above the highest measured one.
double gradient_above_k_m(const Observation& top, const BoundaryLayer& layer, double z_m) {
  if (top.height_m <= highest_similarity_m)
    return top.value * potential_gradient_k_m(z_m, layer) / potential_gradient_k_m(top.height_m, layer);
  const double depth_m = 0.44 * std::max(highest_similarity_m, layer.mixing_height_m);
  return top.value * std::exp(-(z_m - top.height_m) / depth_m);
}

/// Gradient [K m-1] between two measured ones.
double gradient_between_k_m(const Observation& low, const Observation& high, const BoundaryLayer& layer,
                            double z_m) {
  constexpr double alike_k_m = 1e-4;  // of references so alike the shape says nothing
  const auto reference = [&](double z) { return potential_gradient_k_m(z, layer); };
  if (std::fabs(reference(high.height_m) - reference(low.height_m)) <= alike_k_m)
    return between(low, high, z_m);
  return shaped_between(low, high, reference, z_m);
}

double stable_gradient_k_m(const std::vector<Observation>& observed, const BoundaryLayer& layer, double z_m) {
  if (observed.empty()) return potential_gradient_k_m(z_m, layer);
  const auto upper = level_at_or_above(observed, z_m);
  if (upper == observed.end()) return gradient_above_k_m(observed.back(), layer, z_m);
  if (meets(*upper, z_m)) return upper->value;
  if (upper == observed.begin()) return surface_gradient_k_m(z_m, layer);
  return gradient_between_k_m(*(upper - 1), *upper, layer, z_m);
}

}  // namespace

double temperature_scale_k(const WeatherHour& hour, const BoundaryLayer& layer, const WeatherTraits& traits) {
  const double length_m = layer.obukhov_length_m, ustar = layer.friction_velocity_m_s;
  const std::vector<Observation> measured = measured_gradients(hour);
  const auto lowest = std::ranges::find_if(
      measured, [&](const Observation& o) { return o.height_m > layer.roughness_length_m; });
  if (lowest != measured.end() && lowest->height_m <= highest_similarity_m)
    return lowest->value * karman_of_plumes * lowest->height_m / (1.0 + 5.0 * lowest->height_m / length_m);
  if (lowest == measured.end() && traits.adjusted_friction_velocity)
    return traits.bulk_richardson ? temperature_scale_by_clouds_k(hour.surface, layer) : 0.08;
  return ustar * ustar * layer.temperature_k / (gravity_of_plumes_m_s2 * karman_of_plumes * length_m);
}

Profile gradient_profile(const WeatherHour& hour, const BoundaryLayer& layer) {
  const auto observed = layer.stable ? measured_gradients(hour) : std::vector<Observation>{};
  Profile gradient{};
  for (std::size_t i = 0; i < level_count; ++i) {
    const double z = level_heights_m[i];
    gradient[i] = layer.stable ? std::max(least_gradient_k_m, stable_gradient_k_m(observed, layer, z))
                               : potential_gradient_k_m(z, layer);
  }
  return gradient;
}

}  // namespace lantian::plume
