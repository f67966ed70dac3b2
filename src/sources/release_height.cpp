#include "release_height.hpp"

#include "meteorology/hydrostatic.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

/// Shares of what lies uniformly between two heights; what would pass the model top goes into the highest
/// layer.
std::vector<double> uniform_shares(const std::vector<double>& interface_m,
                                   const std::vector<double>& weight_per_m, double low_m, double high_m) {
  const std::size_t layers = interface_m.size() - 1;
  std::vector<double> shares(layers, 0.0);
  double sum = 0.0;
  for (std::size_t k = 0; k < layers; ++k) {
    const double overlap_m = std::min(high_m, interface_m[k + 1]) - std::max(low_m, interface_m[k]);
    shares[k] = std::max(overlap_m, 0.0) * weight_per_m[k];
    sum += shares[k];
  }
  if (sum <= 0.0) {
    shares[low_m >= interface_m[layers] ? layers - 1 : 0] = 1.0;
    return shares;
  }
  for (double& share : shares) share /= sum;
  return shares;
}

StackAir air_at(const WeatherSnapshot& w, const Surface& surface, int k, int row, int column) {
  const int layers = w.temperature_k.layers();
  const int low = std::clamp(k, 0, layers - 2), high = low + 1;
  const auto middle = [&](int n) {
    return 0.5 * (surface.interface_above_ground_m(n, row, column) +
                  surface.interface_above_ground_m(n + 1, row, column));
  };
  const auto potential = [&](int n) {
    return w.temperature_k(n, row, column) / temperature_of_k(1.0, w.pressure_pa(n, row, column));
  };
  const double u = w.wind_x_m_s(k, row, column), v = w.wind_y_m_s(k, row, column);
  return {w.temperature_k(k, row, column), std::max(std::sqrt(u * u + v * v), least_stack_wind_m_s),
          (potential(high) - potential(low)) / (middle(high) - middle(low))};
}

}  // namespace

std::vector<double> layer_shares(const VerticalProfile& profile, const std::vector<double>& interface_m) {
  const std::vector<double> weight(interface_m.size() - 1, 1.0);
  std::vector<double> shares(weight.size(), 0.0);
  double low_m = 0.0;
  for (std::size_t n = 0; n < profile.top_m.size(); ++n) {
    const std::vector<double> part = uniform_shares(interface_m, weight, low_m, profile.top_m[n]);
    for (std::size_t k = 0; k < shares.size(); ++k) shares[k] += profile.share[n] * part[k];
    low_m = profile.top_m[n];
  }
  return shares;
}

RisenPlume plume_in_column(const Stack& stack, const WeatherSnapshot& weather, const Surface& surface,
                           int row, int column) {
  const int layers = weather.temperature_k.layers();
  std::vector<double> top_m;
  std::vector<StackAir> air;
  for (int k = 0; k < layers; ++k) {
    top_m.push_back(surface.interface_above_ground_m(k + 1, row, column));
    air.push_back(air_at(weather, surface, k, row, column));
  }
  return risen_plume(stack, top_m, air);
}

std::vector<double> plume_layer_shares(const Stack& stack, const WeatherSnapshot& weather,
                                       const Surface& surface, int row, int column) {
  const auto [base_m, rise_m] = plume_in_column(stack, weather, surface, row, column);
  std::vector<double> interface_m, air_per_m;
  for (int k = 0; k < surface.interface_above_ground_m.layers(); ++k)
    interface_m.push_back(surface.interface_above_ground_m(k, row, column));
  for (int k = 0; k + 1 < surface.interface_above_ground_m.layers(); ++k)
    air_per_m.push_back(weather.air_mass_kg(k, row, column) / (interface_m[static_cast<std::size_t>(k) + 1] -
                                                               interface_m[static_cast<std::size_t>(k)]));
  const double half_depth_m = std::max(0.5 * rise_m, 1.0), middle_m = base_m + rise_m;
  return uniform_shares(interface_m, air_per_m, std::max(middle_m - half_depth_m, 0.0),
                        middle_m + half_depth_m);
}

}  // namespace lantian
