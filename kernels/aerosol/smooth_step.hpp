#pragma once

#include "aerosol/smooth_water.hpp"

namespace lantian {

/// Constants of the equilibria at given water and activities [mol m-3, m3 mol-1].
template <class V>
struct WorkingConstants {
  V a1, a4, a5, a6, water_product;
};

template <class V>
[[nodiscard]] inline WorkingConstants<V> working_constants(const SmoothSystem<V>& s,
                                                           const SmoothUnknowns<V>& y) {
  const V water = exp(y[0]), water2 = water * water;
  return {.a1 = s.a1 * exp(V(y[0] + y[4])),
          .a4 = s.a4 * exp(V(2.0 * (y[1] - y[3]))),
          .a5 = s.a5 * water2 * exp(V(-2.0 * y[1])),
          .a6 = s.a6 * water2 * exp(V(-2.0 * y[2])),
          .water_product = s.water_product * water2};
}

/// Ions at an acidity, their slopes with its logarithm, and the excess of positive charge.
template <class V>
struct AcidState {
  V h, oh;
  FreeIons<V> ion, by_log_h;  // amounts and slopes [mol m-3]
  V excess, by_excess, size;  // charge; its slope with ln H, always positive; sum of charges
};

template <class V>
[[nodiscard, gnu::always_inline]] inline AcidState<V> acid_state(const SmoothSystem<V>& s,
                                                                 const WorkingConstants<V>& a, const V& h) {
  AcidState<V> q{};
  q.h = h;
  q.oh = a.water_product / h;
  const V bound_h = a.a4 * h;
  const V nh4_gas = 1.0 / (1.0 + bound_h), no3_gas = h / (a.a5 + h), cl_gas = h / (a.a6 + h);
  const V so4_share = a.a1 / (h + a.a1), hso4 = s.sulphate * (h / (h + a.a1));
  const V nh4 = s.ammonia * (bound_h * nh4_gas), no3 = s.nitrate * (a.a5 / (a.a5 + h));
  const V cl = s.chloride * (a.a6 / (a.a6 + h));
  q.ion = {h, nh4, hso4, no3, cl};
  q.by_log_h = {h, nh4 * nh4_gas, hso4 * so4_share, -(no3 * no3_gas), -(cl * cl_gas)};
  const V positive = h + nh4 + s.cation_charge, negative = q.oh + no3 + cl + 2.0 * s.sulphate - hso4;
  q.excess = positive - negative;
  q.size = positive + negative;
  q.by_excess = h + q.oh + q.by_log_h[1] + q.by_log_h[2] - q.by_log_h[3] - q.by_log_h[4];
  return q;
}

/// The one acidity at which charges balance. The excess of charge is a concave rising function of H: Newton's
/// steps come from the left after the first and never pass the root. Cells that have settled stand still.
template <class V>
[[nodiscard]] inline AcidState<V> neutral_state(const SmoothSystem<V>& s, const WorkingConstants<V>& a, V h) {
  constexpr int most_steps = 100;
  constexpr double settled = 1.0e-14, rounding = 4.0e-16;
  AcidState<V> q = acid_state(s, a, h);
  V step = constant<V>(1.0);
  for (int n = 0; n < most_steps; ++n) {
    const auto moves =
        both(plain(V(fabs(step))) > settled, plain(V(fabs(q.excess))) > plain(V(rounding * q.size)));
    if (!any_of(moves)) break;
    step = choose(moves, V(-(q.excess / q.by_excess)), constant<V>(0.0));
    h = h * maximum(V(1.0 + step), constant<V>(1.0e-4));
    q = acid_state(s, a, h);
  }
  if constexpr (requires { V{}.derivative; })  // the value has settled; a step more carries the derivative
    q = acid_state(s, a, V(h - h * (q.excess / q.by_excess)));
  return q;
}

/// Slopes of the free ions with the unknowns, charges kept in balance.
template <class V>
[[nodiscard]] inline std::array<FreeIons<V>, smooth_unknowns> ion_slopes(const AcidState<V>& q) {
  const V zero = constant<V>(0.0), two_oh = 2.0 * q.oh;
  const V nh4 = q.by_log_h[1], hso4 = q.by_log_h[2], no3 = -q.by_log_h[3], cl = -q.by_log_h[4];
  std::array<FreeIons<V>, smooth_unknowns> at_h{
      FreeIons<V>{zero, zero, -hso4, 2.0 * no3, 2.0 * cl},
      FreeIons<V>{zero, 2.0 * nh4, zero, -2.0 * no3, zero}, FreeIons<V>{zero, zero, zero, zero, -2.0 * cl},
      FreeIons<V>{zero, -2.0 * nh4, zero, zero, zero}, FreeIons<V>{zero, zero, -hso4, zero, zero}};
  const V per = 1.0 / q.by_excess;
  for (std::size_t k = 0; k < smooth_unknowns; ++k) {
    FreeIons<V>& d = at_h[k];
    const V charge = d[1] + d[2] - d[3] - d[4] - (k == 0 ? two_oh : zero), log_h = -(charge * per);
    for (std::size_t j = 0; j < free_ion_count; ++j) d[j] = d[j] + q.by_log_h[j] * log_h;
  }
  return at_h;
}

template <class V>
[[nodiscard]] inline Ions<V> all_ions(const SmoothSystem<V>& s, const FreeIons<V>& ion) {
  return {ion[0], ion[1], s.na, s.k, s.mg, s.ca, s.sulphate - ion[2], ion[2], ion[3], ion[4]};
}

/// Residuals of the unknowns (what the ions ask for, less what is assumed), and the slopes of these
/// residuals.
template <class V>
struct SmoothResidual {
  AcidState<V> acid;
  SmoothUnknowns<V> value;
  std::array<SmoothUnknowns<V>, smooth_unknowns> slope;  // [residual][unknown]
};

template <class V>
[[nodiscard]] inline SmoothResidual<V> smooth_residual(const SmoothSystem<V>& s, const SmoothUnknowns<V>& y,
                                                       const V& h) {
  SmoothResidual<V> r{};
  r.acid = neutral_state(s, working_constants(s, y), h);
  const auto ion_by = ion_slopes(r.acid);
  const WaterSlopes<V> water = smooth_water(s, r.acid.ion);
  const ActivitySlopes<V> activity =
      smooth_activities(s.celsius, s.debye, all_ions(s, r.acid.ion), V(exp(y[0])));
  const V per_water = 1.0 / water.value;
  r.value[0] = log(water.value) - y[0];
  for (std::size_t k = 1; k < smooth_unknowns; ++k) r.value[k] = activity.value[k - 1] - y[k];
  for (std::size_t n = 0; n < smooth_unknowns; ++n) {
    for (std::size_t k = 0; k < smooth_unknowns; ++k) {
      V sum = constant<V>(k == n ? -1.0 : 0.0);
      const FreeIons<V>& by = k == 0 ? water.by_ion : activity.by_ion[k == 0 ? 0 : k - 1];
      V chain = by[0] * ion_by[n][0];
      for (std::size_t j = 1; j < free_ion_count; ++j) chain = chain + by[j] * ion_by[n][j];
      sum = sum + (k == 0 ? V(chain * per_water) : chain);
      if (k > 0 && n == 0) sum = sum + activity.by_log_water[k - 1];
      r.slope[k][n] = sum;
    }
  }
  return r;
}

/// Solves slope x = value by Gaussian elimination with the largest pivot of each column.
template <class V>
[[nodiscard]] inline SmoothUnknowns<V> solve_slopes(std::array<SmoothUnknowns<V>, smooth_unknowns> a,
                                                    SmoothUnknowns<V> b) {
  constexpr std::size_t n = smooth_unknowns;
  for (std::size_t c = 0; c < n; ++c) {
    for (std::size_t r = c + 1; r < n; ++r) {  // the larger of two rows goes up
      const auto swaps = fabs(a[r][c]) > fabs(a[c][c]);
      for (std::size_t k = c; k < n; ++k) {
        const V up = choose(swaps, a[r][k], a[c][k]);
        a[r][k] = choose(swaps, a[c][k], a[r][k]);
        a[c][k] = up;
      }
      const V up = choose(swaps, b[r], b[c]);
      b[r] = choose(swaps, b[c], b[r]);
      b[c] = up;
    }
    const V inverse = 1.0 / a[c][c];
    for (std::size_t r = c + 1; r < n; ++r) {
      const V factor = a[r][c] * inverse;
      for (std::size_t k = c + 1; k < n; ++k) a[r][k] = a[r][k] - factor * a[c][k];
      b[r] = b[r] - factor * b[c];
    }
  }
  for (std::size_t c = n; c-- > 0;) {
    for (std::size_t k = c + 1; k < n; ++k) b[c] = b[c] - a[c][k] * b[k];
    b[c] = b[c] / a[c][c];
  }
  return b;
}

}  // namespace lantian
