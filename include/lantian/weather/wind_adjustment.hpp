#pragma once

#include "lantian/field/array.hpp"

namespace lantian {

/// Mass fluxes through the faces of cells between terrain-following levels [kg s-1], and how easily each
/// gives way.
struct AdjustableWind {
  Array3<double> x_kg_s;         // [layer][row][column + 1], positive eastwards
  Array3<double> y_kg_s;         // [layer][row + 1][column]
  Array3<double> vertical_kg_s;  // [layer + 1][row][column], through the levels; 0 at ground and top
  // Density times area over distance of the cells it joins, times the freedom of the direction [kg m-2];
  // a face that must not change has 0.
  Array3<double> x_weight, y_weight, vertical_weight;
};

struct WindAdjustment {
  double divergence_before;  // rms over cells of the net outflow [kg s-1]
  double divergence_after;
  double change_rms;  // rms of the horizontal correction over rms of the horizontal flux
  int iterations;
};

/// Finds the fluxes nearest to the given ones, in the sense of the weights, that carry no more out of a cell
/// than into it.
///
/// The correction of a face is its weight times the difference of a potential, which is 0 outside the lateral
/// boundary. Solved by conjugate gradients, with whole columns as preconditioner, down to 1e-5 of the first
/// divergence; the potential is kept as the first guess of the next call.
/// @throws NumericalError when it does not converge (fluxes that are not finite).
/// @see Sherman (1978), J. Appl. Meteorol. 17, 312, eqs. 1-6; Hestenes & Stiefel (1952).
class WindAdjuster {
 public:
  WindAdjuster() = default;
  [[nodiscard]] WindAdjustment adjust(AdjustableWind& wind);

 private:
  Array3<double> potential_;
};

}  // namespace lantian
