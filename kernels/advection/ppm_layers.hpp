#pragma once

#include "advection/ppm.hpp"

#include <cstddef>
#include <vector>

namespace lantian {

/// Coefficients of one layer and of its lower face, as `LayerCoefficients` has them.
struct LayerWeights {
  double slope_below, slope_above;
  double edge_jump, edge_slope_below, edge_slope_above;
  double per_distance_below, per_distance_above;
};

/// Value at the face between two layers of unequal thickness. `upper`: weights of the layer above the face.
/// @see Colella & Woodward (1984), J. Comput. Phys. 54, 174, eq. 1.6.
template <CellValue V>
[[nodiscard, gnu::always_inline]] inline V ppm_layer_edge(const V& below, const V& above,
                                                          const V& slope_below, const V& slope_above,
                                                          const LayerWeights& upper) {
  return below + upper.edge_jump * (above - below) +
         (upper.edge_slope_below * slope_below + upper.edge_slope_above * slope_above);
}

/// Coefficients of PPM on layers of unequal thickness; they depend on ratios only, so one set serves all
/// columns of terrain-following layers.
///
/// @see Colella & Woodward (1984), J. Comput. Phys. 54, 174, eqs. 1.6 and 1.7. The lowest and highest layers
/// have no
///      slope; the faces next to them are interpolated linearly.
class LayerCoefficients {
 public:
  explicit LayerCoefficients(const std::vector<double>& thickness_m) {
    const std::size_t count = thickness_m.size();
    slope_below_.assign(count, 0.0);
    slope_above_.assign(count, 0.0);
    edge_jump_.assign(count + 1, 0.0);
    edge_slope_below_.assign(count + 1, 0.0);
    edge_slope_above_.assign(count + 1, 0.0);
    per_distance_.assign(count + 1, 0.0);
    for (std::size_t k = 1; k + 1 < count; ++k)
      set_slope(k, thickness_m[k - 1], thickness_m[k], thickness_m[k + 1]);
    for (std::size_t k = 1; k < count; ++k) set_edge(k, thickness_m);
    for (std::size_t k = 1; k < count; ++k) per_distance_[k] = 2.0 / (thickness_m[k - 1] + thickness_m[k]);
  }

  /// Slope of layer k: a (q_k - q_{k-1}) + b (q_{k+1} - q_k).
  [[nodiscard]] double slope_below(std::size_t k) const { return slope_below_[k]; }
  [[nodiscard]] double slope_above(std::size_t k) const { return slope_above_[k]; }
  /// Face k (between layers k-1 and k): q_{k-1} + jump (q_k - q_{k-1}) + c slope_{k-1} + d slope_k.
  [[nodiscard]] double edge_jump(std::size_t k) const { return edge_jump_[k]; }
  [[nodiscard]] double edge_slope_below(std::size_t k) const { return edge_slope_below_[k]; }
  [[nodiscard]] double edge_slope_above(std::size_t k) const { return edge_slope_above_[k]; }
  /// All that concerns layer k.
  [[nodiscard]] LayerWeights of_layer(std::size_t k) const {
    return {slope_below_[k],      slope_above_[k],  edge_jump_[k],       edge_slope_below_[k],
            edge_slope_above_[k], per_distance_[k], per_distance_[k + 1]};
  }
  /// 1 / distance of the middles of the layers k-1 and k [m-1]; 0 at the ground and at the top.
  [[nodiscard]] double per_distance(std::size_t k) const { return per_distance_[k]; }

 private:
  void set_slope(std::size_t k, double below, double own, double above) {
    const double share = own / (below + own + above);
    slope_above_[k] = share * (2.0 * below + own) / (above + own);
    slope_below_[k] = share * (own + 2.0 * above) / (below + own);
  }
  void set_edge(std::size_t k, const std::vector<double>& d) {
    const double a = d[k - 1], b = d[k];
    edge_jump_[k] = a / (a + b);
    if (k < 2 || k + 1 >= d.size()) return;
    const double before = d[k - 2], after = d[k + 1], whole = before + a + b + after;
    const double ratio_below = (before + a) / (2.0 * a + b), ratio_above = (after + b) / (2.0 * b + a);
    edge_jump_[k] += 2.0 * a * b / (a + b) * (ratio_below - ratio_above) / whole;
    edge_slope_above_[k] = -a * ratio_below / whole;
    edge_slope_below_[k] = b * ratio_above / whole;
  }
  std::vector<double> slope_below_, slope_above_, edge_jump_, edge_slope_below_, edge_slope_above_,
      per_distance_;
};

}  // namespace lantian
