#pragma once

#include "aerosol/inorganic_sensitivity.hpp"
#include "aerosol/smooth_equilibrium.hpp"

#include "lantian/base/dual.hpp"

namespace lantian {

template <class V>
[[nodiscard]] inline std::array<V, inorganic_answer_count> answer_numbers(const InorganicEquilibrium<V>& e) {
  return {e.ammonia_gas,
          e.nitric_acid_gas,
          e.hydrochloric_acid_gas,
          e.water_kg_m3,
          e.h,
          e.nh4,
          e.so4,
          e.hso4,
          e.no3,
          e.cl};
}

/// Sensitivity at a converged state by the implicit function theorem: F(y, p) = 0 gives dy = -F_y^-1 F_p dp,
/// which is one Newton step from the root in numbers that carry derivatives with the totals p.
/// @pre `state` comes from `solve_smooth` of the same totals
[[nodiscard]] inline InorganicSensitivity smooth_sensitivity(const InorganicTotals<double>& at,
                                                             const SmoothState<double>& state) {
  using Number = Dual<double, inorganic_total_count>;
  const auto input = [](double value, std::size_t n) { return Number::variable(value, n); };
  const InorganicTotals<Number> totals{at.temperature_k,      at.relative_humidity, input(at.sodium, 0),
                                       input(at.sulphate, 1), input(at.ammonia, 2), input(at.nitrate, 3),
                                       input(at.chloride, 4), input(at.calcium, 5), input(at.potassium, 6),
                                       input(at.magnesium, 7)};
  const SmoothSystem<Number> s = smooth_system(totals);
  SmoothState<Number> moved{};
  for (std::size_t n = 0; n < smooth_unknowns; ++n) moved.y[n] = state.y[n];
  moved.h = state.h;
  const SmoothResidual<Number> r = smooth_residual(s, moved.y, moved.h);
  const SmoothUnknowns<Number> step = solve_slopes(r.slope, r.value);
  for (std::size_t n = 0; n < smooth_unknowns; ++n) moved.y[n] = moved.y[n] - step[n];
  const auto answer = answer_numbers(smooth_answer(s, moved));
  InorganicSensitivity out{};
  for (std::size_t a = 0; a < inorganic_answer_count; ++a) out.by_total[a] = answer[a].derivative;
  return out;
}

}  // namespace lantian
