#pragma once

#include "plume/boundary_layer.hpp"

#include <numbers>

namespace lantian::plume {

/// Gas as it leaves a stack, and the air at the stack's top.
struct Release {
  double height_m{};          ///< of the stack
  double lowered_height_m{};  ///< after stack-tip downwash
  double buoyancy_flux_m4_s3{}, momentum_flux_m4_s2{};
  double wind_m_s{}, sigma_v_m_s{}, sigma_w_m_s{}, gradient_k_m{}, theta_k{};
};

/// Brunt-Vaisala frequency [s-1].
template <class V>
[[nodiscard, gnu::always_inline]] inline V buoyancy_frequency_s(const V& gradient_k_m, const V& theta_k) {
  return sqrt(maximum(gravity_of_plumes_m_s2 * gradient_k_m / theta_k, constant<V>(1e-20)));
}

/// Rise of a plume that entrains by its own motion [m], without an end.
/// @see EPA-454/R-03-004, eq. 91; Briggs (1984).
template <class V>
[[nodiscard, gnu::always_inline]] inline V entraining_rise_m(const V& x_m, double buoyancy, double momentum,
                                                             double wind_m_s) {
  constexpr double beta = 0.6;
  const double u2 = wind_m_s * wind_m_s;
  return power(V(3.0 * momentum / (beta * beta * u2) * x_m +
                 1.5 * buoyancy / (beta * beta * u2 * wind_m_s) * x_m * x_m),
               1.0 / 3.0);
}

/// Where a buoyant plume stops rising in neutral air [m].
/// @see EPA-454/R-03-004, section 5.6.1; Briggs (1975).
[[nodiscard]] inline double distance_of_final_rise_m(double buoyancy) {
  return buoyancy < 55.0 ? 49.0 * std::pow(buoyancy, 0.625) : 119.0 * std::pow(buoyancy, 0.4);
}

/// Rise of a plume whose growth surrounding turbulence ends [m]. @see EPA-454/R-03-004, eq. 98.
template <class V>
[[nodiscard, gnu::always_inline]] inline V neutral_rise_m(double buoyancy, double height_m,
                                                          double friction_velocity_m_s, const V& wind_m_s) {
  const V length_m = buoyancy / (friction_velocity_m_s * friction_velocity_m_s) / wind_m_s;
  return 1.2 * power_product(length_m, 0.6, V(height_m + 1.2 * length_m), 0.4);
}

/// Rise in stable air: what does not depend on the receptor.
struct StableRise {
  double final_m{}, distance_of_final_m{};
  bool turbulence_may_end_it{};  ///< the neutral limit may lie below the final rise
};

/// Wind and N halfway up a rise, averaged with those at the stack's top.
template <class V>
struct RiseAir {
  V wind_m_s, frequency_s;
};
template <class V>
[[nodiscard, gnu::always_inline]] inline RiseAir<V> air_of_rise(const V& rise_m, const Release& gas,
                                                                const AirColumn& air) {
  const auto middle = place(V(gas.lowered_height_m + 0.5 * rise_m));
  const V u = maximum(air.wind_m_s.at(middle), constant<V>(least_wind_m_s));
  const V gradient = 0.5 * (gas.gradient_k_m + air.gradient_k_m.at(middle));
  const V theta = 0.5 * (gas.theta_k + air.theta_k.at(middle));
  return {0.5 * (gas.wind_m_s + u), buoyancy_frequency_s(gradient, theta)};
}

/// Strongest wind between the lowered top of a stack and a height.
[[nodiscard]] inline double strongest_wind_m_s(double top_m, const Release& gas, const AirColumn& air) {
  double strongest =
      std::max({gas.wind_m_s, air.wind_m_s.at_height(gas.lowered_height_m), air.wind_m_s.at_height(top_m)});
  for (std::size_t i = layer_of(gas.lowered_height_m); i <= layer_of(top_m); ++i) {
    if (level_heights_m[i] > gas.lowered_height_m) strongest = std::max(strongest, air.wind_m_s.value[i]);
  }
  return strongest;
}

/// What of a convective plume goes through the lid, and how high.
/// @see EPA-454/R-03-004, eqs. 84-90; Weil et al. (1997); Berkowicz et al. (1986).
struct Penetration {
  double share{};   ///< of the plume above the lid
  double rise_m{};  ///< of that share
};
[[nodiscard]] inline Penetration penetration(double buoyancy, double wind_m_s, double depth_m,
                                             double frequency_squared_s2) {
  const double strength = buoyancy / (wind_m_s * frequency_squared_s2 * depth_m * depth_m * depth_m);
  const double rise = std::cbrt(17.576 * strength + 0.296296);  // over the depth
  if (rise < 2.0 / 3.0) return {};
  if (rise > 2.0) return {1.0, rise * depth_m};
  return {1.5 - 1.0 / rise, (0.75 * rise + 0.5) * depth_m};
}

/// Rise in a city's air [m], of a plume that reaches its lid from below: as high as its share above goes.
/// @see AERMOD 24142, subroutine DISTF.
[[nodiscard]] inline double rise_through_city_m(double rise_m, double wind_m_s, const Release& gas,
                                                const AirColumn& air) {
  constexpr double lapse_above_city_k_m = 0.005;
  const double lid = air.layer.mixing_height_m, base = gas.lowered_height_m;
  if (!air.urban || base >= lid || base + rise_m < lid) return rise_m;
  const Penetration through = penetration(gas.buoyancy_flux_m4_s3, wind_m_s, lid - base,
                                          gravity_of_plumes_m_s2 / air.theta_at_top_k * lapse_above_city_k_m);
  return through.share > 0.0 ? through.rise_m : rise_m;
}

/// Final rise in stable air [m]: the least of Briggs' stable, neutral, entraining and calm formulas, with the
/// wind and stability averaged over the rise; through a city's lid like through a convective one.
/// @see EPA-454/R-03-004, eqs. 95-99; Briggs (1984).
[[nodiscard]] inline StableRise stable_rise(const Release& gas, const AirColumn& air) {
  const double fb = gas.buoyancy_flux_m4_s3, fm = gas.momentum_flux_m4_s2;
  const double end_m = distance_of_final_rise_m(fb);
  const auto rise_m = [&](const RiseAir<double>& mean) {
    const double n = mean.frequency_s, u = mean.wind_m_s;
    const double least =
        std::min({2.66 * std::cbrt(fb / (n * n * u)),
                  neutral_rise_m(fb, gas.lowered_height_m, air.layer.friction_velocity_m_s, u),
                  entraining_rise_m(end_m, fb, fm, u), 4.0 * std::pow(fb, 0.25) / std::pow(n, 0.75)});
    return rise_through_city_m(least, u, gas, air);
  };
  RiseAir<double> mean{gas.wind_m_s, buoyancy_frequency_s(gas.gradient_k_m, gas.theta_k)};
  StableRise rise{.final_m = rise_m(mean)};
  bool settled = false;
  double before_m = rise.final_m;
  for (int pass = 0; pass < 5 && !settled; ++pass) {
    before_m = rise.final_m;
    mean = air_of_rise(before_m, gas, air);
    rise.final_m = rise_m(mean);
    settled = std::fabs(rise.final_m - before_m) < 0.01 * rise.final_m;
  }
  if (!settled) rise.final_m = 0.5 * (rise.final_m + before_m);
  const double damped = 0.7 * mean.frequency_s;
  const double strongest = strongest_wind_m_s(gas.lowered_height_m + 0.5 * rise.final_m, gas, air);
  rise.turbulence_may_end_it = neutral_rise_m(fb, gas.lowered_height_m, air.layer.friction_velocity_m_s,
                                              0.5 * (gas.wind_m_s + strongest)) <= rise.final_m;
  rise.distance_of_final_m = mean.wind_m_s * std::atan2(fm * damped, -fb) / damped;
  return rise;
}

/// Rise in stable air at a distance before the final one [m], without its limits; beyond the distance at
/// which it is highest it stays there.
/// @see EPA-454/R-03-004, eq. 94; Briggs (1984); AERMOD 24142, subroutine DELTAH.
template <class V>
[[nodiscard, gnu::always_inline]] inline V oscillating_rise_m(const V& x_m, const Release& gas,
                                                              const RiseAir<V>& mean) {
  const double fb = gas.buoyancy_flux_m4_s3, fm = gas.momentum_flux_m4_s2;
  const V damped = 0.7 * mean.frequency_s;
  const V angle = damped * x_m / mean.wind_m_s, push = damped * (fm / fb);
  const SineCosine<V> phase = sine_cosine(angle);
  V whole = push * phase.sine + 1.0 - phase.cosine;
  // Highest at the angle, between a quarter and half a turn, whose tangent is -push.
  constexpr double quarter = 0.5 * std::numbers::pi;
  const Claim<V> turned = angle > quarter;
  if (any_of(turned)) {
    const Claim<V> sinks =
        either(Claim<V>(push * phase.cosine + phase.sine < 0.0), Claim<V>(angle > 3.0 * quarter));
    whole = choose(both(turned, sinks), V(1.0 + sqrt(V(1.0 + push * push))), whole);
  }
  const V scale = fb / (mean.frequency_s * mean.frequency_s * mean.wind_m_s);
  return 2.66 * power(V(scale * whole), 1.0 / 3.0);
}

/// Rise in stable air at a distance [m].
/// @see EPA-454/R-03-004, section 5.6.2.
template <class V>
[[nodiscard, gnu::always_inline]] inline V stable_rise_at_m(const V& x_m, const Release& gas,
                                                            const StableRise& rise, const AirColumn& air) {
  const V end = constant<V>(rise.final_m);
  Claim<V> open = x_m < rise.distance_of_final_m;
  if (!any_of(open)) return end;
  const double ustar = air.layer.friction_velocity_m_s;
  const auto limited = [&](const RiseAir<V>& mean) {
    const V free = minimum(oscillating_rise_m(x_m, gas, mean), end);
    if (!rise.turbulence_may_end_it) return free;
    return V(
        minimum(free, neutral_rise_m(gas.buoyancy_flux_m4_s3, gas.lowered_height_m, ustar, mean.wind_m_s)));
  };
  const RiseAir<V> top{constant<V>(gas.wind_m_s),
                       constant<V>(buoyancy_frequency_s(gas.gradient_k_m, gas.theta_k))};
  V height = limited(top), before = height;
  Claim<V> settling = open;
  for (int pass = 1; pass <= 10 && any_of(settling); ++pass) {
    const V next = limited(air_of_rise(height, gas, air));
    const V change = next < height ? height - next : next - height;
    before = height;
    height = choose(settling, next, height);
    if (pass >= 5) settling = both(settling, Claim<V>(!(change < 0.001 * next)));
  }
  if (any_of(settling)) height = choose(settling, V(0.5 * (height + before)), height);
  const V entraining = entraining_rise_m(x_m, gas.buoyancy_flux_m4_s3, gas.momentum_flux_m4_s2, gas.wind_m_s);
  return choose(open, minimum(minimum(height, entraining), end), end);
}

/// Delay of the indirect plume below the lid [m] at a distance. @see EPA-454/R-03-004, eqs. 92-93.
template <class V>
[[nodiscard, gnu::always_inline]] inline V indirect_delay_m(const V& x_m, double buoyancy, double wind_m_s,
                                                            double depth_m, double lid_m,
                                                            double convective_velocity_m_s) {
  constexpr double beta2 = 0.4, alpha_r = 1.4, entrainment = 0.1;
  const double lambda_y = 2.3, width = 0.25 * entrainment * lambda_y * std::sqrt(lambda_y) *
                                       convective_velocity_m_s * convective_velocity_m_s /
                                       (wind_m_s * wind_m_s);
  const V area = beta2 * beta2 * depth_m * depth_m + width * x_m * x_m;
  return sqrt(V(2.0 * buoyancy * lid_m / (alpha_r * wind_m_s) / area)) * x_m / wind_m_s;
}

}  // namespace lantian::plume
