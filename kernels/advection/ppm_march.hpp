#pragma once

#include "advection/ppm.hpp"
#include "advection/ppm_layers.hpp"
#include "advection/ppm_selective.hpp"

namespace lantian {

/// A sweep of PPM along a line of cells, or along neighbouring lines side by side: takes one cell after the
/// other and holds what a face needs of the cells around it, so that each value is read once and each slope,
/// face value and measure of smoothness is worked out once.
///
/// Face f lies between the cells f - 1 and f. It is at hand once cell f + 2 has been taken; a line begins
/// with cell -3, and what crosses its faces from 0 on is then that of whole parabolas. In place: a cell may
/// be written as soon as its higher face is at hand.
template <Limiter limiter, CellValue V>
class PpmMarch {
 public:
  PpmMarch() = default;
  /// At a wall: below cell 0, of mixing ratio `q`, there is nothing.
  explicit PpmMarch(const V& q) : beyond_above_(q), latest_(q) {}

  /// The next cell of a line of equal widths.
  [[gnu::always_inline]] void take(const V& q) {
    const V slope = ppm_slope<limiter>(beyond_above_, latest_, q, 0.5, 0.5);
    const V edge = ppm_edge(beyond_above_, latest_, slope_, slope);
    hold(q, slope, edge, measure(q, 1.0, 1.0));
  }

  /// The next layer of a column. `latest`: weights of the layer before it, which now has both neighbours.
  [[gnu::always_inline]] void take(const V& q, const LayerWeights& latest) {
    const V slope = ppm_slope<limiter>(beyond_above_, latest_, q, latest.slope_below, latest.slope_above);
    const V edge = ppm_layer_edge(beyond_above_, latest_, slope_, slope, latest);
    hold(q, slope, edge, measure(q, latest.per_distance_below, latest.per_distance_above));
  }
  /// The lowest layer has no neighbour below: its own measure of smoothness stands for that. To be called
  /// when the measure of cell 0 is at hand.
  void close_below() { gamma_above_ = gamma_beyond_above_; }
  /// Nothing lies above the highest layer, which has been taken twice.
  void take_end() { hold(latest_, V{}, latest_, gamma_beyond_above_); }

  /// Mixing ratios of the cells on both sides of the face.
  [[nodiscard]] const V& below() const { return below_; }
  [[nodiscard]] const V& above() const { return above_; }

  /// What crosses the face in a step. `courant`: share of the upwind cell. Choosing the cell first leaves one
  /// parabola to work out.
  [[nodiscard, gnu::always_inline]] FaceFlow<V> crossing(const V& mass_kg, const V& courant) const {
    const auto rises = mass_kg > 0.0;
    const V q = choose(rises, below_, above_);
    const ParabolaEnds<V> ends = limited(rises, q, {edge_, choose(rises, edge_below_, edge_above_)});
    return {mass_kg, ppm_leaving(q, ends.low, ends.high, courant)};
  }

  /// New mixing ratio of the cell below the face. `high`: what crosses the face; what crossed the one before
  /// has been left here.
  [[nodiscard, gnu::always_inline]] V updated(const FaceFlow<V>& high, const V& per_new_mass) const {
    return ppm_updated<limiter>(below_, low_, high, per_new_mass);
  }
  /// Goes on to the next face.
  void leave(const FaceFlow<V>& crossed) { low_ = crossed; }

 private:
  [[nodiscard, gnu::always_inline]] V measure(const V& q, double a, double b) const {
    if constexpr (limiter == Limiter::selective) return ppm_gamma(beyond_above_, latest_, q, a, b);
    return V{};
  }
  [[gnu::always_inline]] void hold(const V& q, const V& slope, const V& edge, const V& gamma) {
    beyond_below_ = below_;
    below_ = above_;
    above_ = beyond_above_;
    beyond_above_ = latest_;
    latest_ = q;
    slope_ = slope;
    edge_below_ = edge_;
    edge_ = edge_above_;
    edge_above_ = edge;
    gamma_beyond_below_ = gamma_below_;
    gamma_below_ = gamma_above_;
    gamma_above_ = gamma_beyond_above_;
    gamma_beyond_above_ = gamma;
  }
  /// Ends of the upwind cell's parabola, that at the face first.
  template <class Claim>
  [[nodiscard, gnu::always_inline]] ParabolaEnds<V> limited(const Claim& rises, const V& q,
                                                            const ParabolaEnds<V>& given) const {
    if constexpr (limiter == Limiter::selective) {
      const V beyond_gamma = choose(rises, gamma_beyond_below_, gamma_beyond_above_);
      return ppm_limited_selectively(choose(rises, above_, below_), q,
                                     choose(rises, beyond_below_, beyond_above_), given,
                                     ppm_is_rough(beyond_gamma, gamma_below_, gamma_above_));
    }
    if constexpr (limiter == Limiter::positive_definite)
      if (!ppm_any_may_fall_below(q, given)) return given;
    return ppm_limited<limiter>(q, given.low, given.high);
  }

  V beyond_below_{}, below_{}, above_{}, beyond_above_{}, latest_{};               // cells f - 2 to f + 2
  V slope_{};                                                                      // of cell f + 1
  V edge_below_{}, edge_{}, edge_above_{};                                         // faces f - 1 to f + 1
  V gamma_beyond_below_{}, gamma_below_{}, gamma_above_{}, gamma_beyond_above_{};  // cells f - 2 to f + 1
  FaceFlow<V> low_{};                                                              // at face f - 1
};

}  // namespace lantian
