// One column of air that the row functions of the implicit vertical solve mix, for tests of the scheme alone.
#pragma once

#include "diffusion/implicit_column.hpp"

#include <cstddef>
#include <vector>

namespace lantian::testing {

/// Mixing ratios of a column: mass and q by layer; exchange and what sinks by lower face (0 at the ground),
/// see the kernel.
struct MixedColumn {
  std::vector<double> mass, exchange, q, emission;
  std::vector<double> sinking;  // empty: nothing does
  double uptake = 0.0;

  /// Layers of equal thickness and mass 1 whose faces exchange `share` of it in a step.
  static MixedColumn uniform(int layers, double share) {
    const auto count = static_cast<std::size_t>(layers);
    MixedColumn column{.mass = std::vector<double>(count, 1.0),
                       .exchange = std::vector<double>(count, share),
                       .q = std::vector<double>(count, 0.0),
                       .emission = std::vector<double>(count, 0.0),
                       .sinking = {}};
    column.exchange[0] = 0.0;
    return column;
  }

  void step() {
    const std::size_t layers = q.size();
    std::vector<double> excess(layers + 1, 0.0), inverse(layers + 1, 0.0), rise(layers + 1, 0.0),
        rhs(layers + 1, 0.0);
    std::vector<double> falling = exchange, fall = rise;
    for (std::size_t k = 0; k < sinking.size(); ++k) falling[k] += sinking[k];
    const auto factor = [&](std::size_t k) { return LayerFactor<double>{&excess[k], &inverse[k], &rise[k]}; };
    const std::vector<double>& ratio = sinking.empty() ? rise : fall;
    for (std::size_t k = layers; k-- > 0;) {
      if (sinking.empty())
        factor_layer_row(&mass[k], &exchange[k], factor(k + 1), factor(k), 1);
      else
        factor_sinking_row<double>({&mass[k], &exchange[k], &falling[k]}, factor(k + 1), factor(k), &fall[k],
                                   1);
      eliminate_layer_row(&mass[k], &q[k], &ratio[k + 1], &rhs[k + 1], &rhs[k], 1);
      rhs[k] += emission[k];
    }
    solve_lowest_row(rhs.data(), excess.data(), &uptake, q.data(), 1);
    for (std::size_t k = 1; k < layers; ++k)
      substitute_layer_row(&rhs[k], &exchange[k], &inverse[k], &q[k - 1], &q[k], 1);
  }

  /// A step of twice the length by the trapezoidal rule (theta = 1/2): (1 - A)(1 + A)^-1 q = 2 (1 + A)^-1 q -
  /// q, where (1 + A)^-1 is `step`.
  void trapezoidal_double_step() {
    const std::vector<double> before = q;
    step();
    for (std::size_t k = 0; k < q.size(); ++k) q[k] = 2.0 * q[k] - before[k];
  }

  [[nodiscard]] double tracer() const {
    double sum = 0.0;
    for (std::size_t k = 0; k < q.size(); ++k) sum += mass[k] * q[k];
    return sum;
  }
};

}  // namespace lantian::testing
