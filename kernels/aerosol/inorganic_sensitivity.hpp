#pragma once

#include <array>
#include <cstddef>

namespace lantian {

/// Totals in the order of the sensitivity's columns: Na, SO4, NH4, NO3, Cl, Ca, K, Mg.
inline constexpr std::size_t inorganic_total_count = 8;
using TotalsChange = std::array<double, inorganic_total_count>;

/// What the sensitivity's rows are: gases NH3, HNO3, HCl [mol m-3]; water [kg m-3]; H, NH4, SO4, HSO4, NO3,
/// Cl [mol m-3].
inline constexpr std::size_t inorganic_answer_count = 10;
using AnswerChange = std::array<double, inorganic_answer_count>;

/// How the equilibrium answers to small changes of the totals. Temperature and humidity are not
/// differentiated.
struct InorganicSensitivity {
  std::array<TotalsChange, inorganic_answer_count> by_total{};

  /// Change of the answer that a change of totals makes.
  [[nodiscard]] AnswerChange tangent(const TotalsChange& change) const {
    AnswerChange answer{};
    for (std::size_t a = 0; a < inorganic_answer_count; ++a)
      for (std::size_t t = 0; t < inorganic_total_count; ++t) answer[a] += by_total[a][t] * change[t];
    return answer;
  }
  /// The transposed of `tangent`: sensitivities to the answer become sensitivities to the totals.
  [[nodiscard]] TotalsChange adjoint(const AnswerChange& lambda) const {
    TotalsChange totals{};
    for (std::size_t a = 0; a < inorganic_answer_count; ++a)
      for (std::size_t t = 0; t < inorganic_total_count; ++t) totals[t] += by_total[a][t] * lambda[a];
    return totals;
  }
};

}  // namespace lantian
