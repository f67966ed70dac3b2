#include "source_hour.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lantian::plume {
namespace {

constexpr double least_gas_velocity_m_s = 1e-5;
constexpr double held_back_m_s = 0.001;  // what a cap or a horizontal opening leaves

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
/// user's guide, section 3.3; the least velocity: AERMOD 24142, subroutine PPARM.
void set_fluxes(Release& gas, const Source& source, const AirColumn& air) {
  const double air_k = air_temperature_k(gas, air), gas_k = gas_temperature_k(source, gas, air);
  const double v = std::max(source.gas_velocity_m_s, least_gas_velocity_m_s),
               d2 = source.stack_diameter_m * source.stack_diameter_m;
  gas.buoyancy_flux_m4_s3 =
      std::max(1e-10, gravity_of_plumes_m_s2 * v * d2 * (gas_k - air_k) / (4.0 * gas_k));
  const double free =
      source.shape == SourceShape::point ? v : held_back_m_s;  // speed left upwards, through the same v d^2
  gas.momentum_flux_m4_s2 = std::max(1e-10, free * v * d2 * air_k / (4.0 * gas_k));
}

/// The height after stack-tip downwash, which NOSTD leaves to capped stacks.
/// @see EPA-454/R-03-004, section 5.6; AERMOD 24142, subroutines PCALC and HSPRIM.
double lowered_height_m(const Release& gas, const Source& source, const Options& options) {
  const bool is_capped = source.shape == SourceShape::capped_point;
  if (source.shape == SourceShape::horizontal_point) return gas.height_m;
  if (!options.stack_tip_downwash && !is_capped) return gas.height_m;
  const double v = is_capped ? held_back_m_s : std::max(source.gas_velocity_m_s, least_gas_velocity_m_s);
  if (v >= 1.5 * gas.wind_m_s) return gas.height_m;
  return std::max(0.0, gas.height_m - 2.0 * source.stack_diameter_m * (1.5 - v / gas.wind_m_s));
}

/// Rise in a convective layer: where it ends, and what goes through the lid.
/// @return  the rise [m] that the wind of transport follows from: that of an unhindered plume
/// @see EPA-454/R-03-004, sections 5.2 and 5.6.1; AERMOD 24142, subroutine PCALC.
double set_convective_rise(RisingSource& source, const AirColumn& air) {
  const Release& gas = source.gas;
  const double lid = air.layer.mixing_height_m, fb = gas.buoyancy_flux_m4_s3;
  source.distance_of_mixing_m = lid * air.mean_wind_m_s / air.mean_sigma_w_m_s;
  if (!source.rises) return 0.0;
  const auto rise_at_m = [&](double x) {
    return entraining_rise_m(x, fb, gas.momentum_flux_m4_s2, gas.wind_m_s);
  };
  const double final_m = distance_of_final_rise_m(fb);
  source.distance_of_final_m =
      source.distance_of_mixing_m < 1.25 * final_m ? 0.8 * source.distance_of_mixing_m : final_m;
  source.turning_rise_m = rise_at_m(source.distance_of_final_m);
  const double n2 = gravity_of_plumes_m_s2 / air.theta_at_top_k * air.layer.lapse_above_k_m;
  source.through = penetration(fb, gas.wind_m_s, lid - gas.lowered_height_m, n2);
  return rise_at_m(final_m);
}

/// Rise in stable air, or above a convective layer. @return  the final rise [m]
double set_stable_rise(RisingSource& source, const AirColumn& air) {
  if (!source.rises) return 0.0;
  source.stable = stable_rise(source.gas, air);
  return source.stable.final_m;
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
  rising.decay_s = source.decay_s.value_or(options.decay_s);
  set_air(gas, air);
  rising.convective = !air.layer.stable && gas.height_m < air.layer.mixing_height_m;
  if (rising.rises) {
    set_fluxes(gas, source, air);
    gas.lowered_height_m = lowered_height_m(gas, source, options);
  }
  const double rise_m = rising.convective ? set_convective_rise(rising, air) : set_stable_rise(rising, air);
  constexpr double highest_m = 4000.0;
  const double from = air.wind_from_deg.at_height(std::min(highest_m, gas.height_m + 0.5 * rise_m)) *
                      std::numbers::pi / 180.0;
  found.sine_from = std::sin(from);
  found.cosine_from = std::cos(from);
  return found;
}

}  // namespace lantian::plume
