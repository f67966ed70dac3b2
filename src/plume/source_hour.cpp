#include "source_hour.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lantian::plume {
namespace {

bool is_stack(const Source& source) {
  using enum SourceShape;
  return source.shape == point || source.shape == capped_point || source.shape == horizontal_point;
}

/// The air at the stack's top, with its floors.
void set_air(Release& gas, const AirColumn& air) {
  const auto top = place(gas.height_m);
  const EffectiveAir<double> at_top =
      floored(air.wind_m_s.at(top), air.sigma_v_m_s.at(top), air.sigma_w_m_s.at(top));
  gas.wind_m_s = at_top.wind_m_s;
  gas.sigma_v_m_s = at_top.sigma_v_m_s;
  gas.sigma_w_m_s = at_top.sigma_w_m_s;
  gas.gradient_k_m = air.gradient_k_m.at(top);
  gas.theta_k = air.theta_k.at(top);
}

double air_temperature_k(const Release& gas, const AirColumn& air) {
  return gas.theta_k - dry_lapse_k_m * (gas.height_m + air.layer.base_elevation_m);
}

/// Fluxes of buoyancy and momentum. @see EPA-454/R-03-004, eqs. 86-87; caps and horizontal openings: AERMOD
/// user's guide, section 3.3.
void set_fluxes(Release& gas, const Source& source, const AirColumn& air) {
  const double air_k = air_temperature_k(gas, air), gas_k = gas_temperature_k(source, gas, air);
  const double v = source.gas_velocity_m_s, d2 = source.stack_diameter_m * source.stack_diameter_m;
  gas.buoyancy_flux_m4_s3 =
      std::max(1e-10, gravity_of_plumes_m_s2 * v * d2 * (gas_k - air_k) / (4.0 * gas_k));
  const double free =
      source.shape == SourceShape::point ? v : 0.001;  // speed left upwards, through the same v d^2
  gas.momentum_flux_m4_s2 = std::max(1e-10, free * v * d2 * air_k / (4.0 * gas_k));
}

double lowered_height_m(const Release& gas, const Source& source) {
  const double v = source.shape == SourceShape::capped_point ? 0.001 : source.gas_velocity_m_s;
  if (source.shape == SourceShape::horizontal_point || v >= 1.5 * gas.wind_m_s) return gas.height_m;
  return std::max(0.0, gas.height_m - 2.0 * source.stack_diameter_m * (1.5 - v / gas.wind_m_s));
}

/// Rise in a convective layer: where it ends, and what goes through the lid.
void set_convective_rise(RisingSource& source, const AirColumn& air) {
  const Release& gas = source.gas;
  const double lid = air.layer.mixing_height_m, fb = gas.buoyancy_flux_m4_s3;
  source.distance_of_mixing_m = lid * air.mean_wind_m_s / air.mean_sigma_w_m_s;
  if (!source.rises) return;
  source.distance_of_final_m = distance_of_final_rise_m(fb);
  if (source.distance_of_mixing_m < 1.25 * source.distance_of_final_m) {
    source.distance_of_final_m = 0.8 * source.distance_of_mixing_m;
  }
  source.turning_rise_m =
      entraining_rise_m(source.distance_of_final_m, fb, gas.momentum_flux_m4_s2, gas.wind_m_s);
  const double n2 = gravity_of_plumes_m_s2 / air.theta_at_top_k * air.layer.lapse_above_k_m;
  source.through = penetration(fb, gas.wind_m_s, lid - gas.lowered_height_m, n2);
}

/// Rise in stable air; through a city's stirred layer like through a convective one.
void set_stable_rise(RisingSource& source, const AirColumn& air) {
  if (!source.rises) return;
  const Release& gas = source.gas;
  source.stable = stable_rise(gas, air);
  const double lid = air.layer.mixing_height_m, base = gas.lowered_height_m;
  if (!air.urban || !air.layer.stable || base >= lid || base + source.stable.final_m < lid) return;
  constexpr double lapse_above_city_k_m = 0.005;
  const Penetration through = penetration(gas.buoyancy_flux_m4_s3, gas.wind_m_s, lid - base,
                                          gravity_of_plumes_m_s2 / air.theta_at_top_k * lapse_above_city_k_m);
  if (through.share > 0.0) source.stable.final_m = through.rise_m;
}

}  // namespace

double gas_temperature_k(const Source& source, const Release& gas, const AirColumn& air) {
  // Gas given with the air's temperature counts as a trace warmer, as in the model's code.
  constexpr double trace_k = 1e-5;
  const double air_k = air_temperature_k(gas, air), given_k = source.gas_temperature_k;
  return std::max(given_k > 0.0 ? given_k : air_k + std::max(-given_k, trace_k), air_k);
}

SourceHour source_hour(const Source& source, const AirColumn& air, const Options& options) {
  SourceHour found;
  RisingSource& rising = found.source;
  Release& gas = rising.gas;
  gas.height_m = gas.lowered_height_m = source.release_height_m;
  rising.rises = is_stack(source);
  rising.initial_sigma_y_m = source.initial_sigma_y_m;
  rising.initial_sigma_z_m = rising.layer_sigma_z_m = source.initial_sigma_z_m;
  if (options.half_life_s > 0.0) rising.decay_s = std::numbers::ln2 / options.half_life_s;
  set_air(gas, air);
  rising.convective = !air.layer.stable && gas.height_m < air.layer.mixing_height_m;
  if (rising.rises) {
    set_fluxes(gas, source, air);
    if (options.stack_tip_downwash) gas.lowered_height_m = lowered_height_m(gas, source);
  }
  double rise_m = 0.0;
  if (rising.convective) {
    set_convective_rise(rising, air);
    rise_m = rising.turning_rise_m;
  } else {
    set_stable_rise(rising, air);
    rise_m = rising.stable.final_m;
  }
  constexpr double highest_m = 4000.0;
  const double from = air.wind_from_deg.at_height(std::min(highest_m, gas.height_m + 0.5 * rise_m)) *
                      std::numbers::pi / 180.0;
  found.sine_from = std::sin(from);
  found.cosine_from = std::cos(from);
  return found;
}

}  // namespace lantian::plume
