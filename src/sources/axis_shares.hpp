#pragma once

#include <vector>

namespace lantian {

/// Shares of a row of cell means in the mean over a stretch of their axis; they add up to 1.
struct AxisShares {
  int first = 0;  // cell of the first share
  std::vector<double> share;
};

/// The mean over [position - extent/2, position + extent/2] of the parabolas whose means are those of the
/// cells and which meet at their faces; cell n lies from n - 1/2 to n + 1/2. Over a whole cell it is the
/// cell's own mean.
///
/// Faces are fourth order, beside the outermost cells second order; the outermost faces lie on the line
/// through the mean of their cell and its inner face.
/// @param extent  0: the value at a point.
/// @pre    count >= 2; the middle lies among the cells' centres. What sticks out beyond them counts as if the
///         stretch ended there.
/// @see    Colella & Woodward (1984), J. Comput. Phys. 54, 174, eqs. 1.5 and 1.6, equal widths, without
/// limits.
[[nodiscard]] AxisShares axis_shares(double position, double extent, int count);

}  // namespace lantian
