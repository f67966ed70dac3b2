#pragma once

#include "met_fields.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/grid/horizontal_grid.hpp"

#include <optional>
#include <vector>

namespace lantian {

/// Brings weather to another grid: bilinear between cell centres; winds at centres, turned to the new grid's
/// axes, then averaged to its faces.
class BilinearMap {
 public:
  /// Nothing, and a fault, when a cell of `to` lies outside the centres of `from`.
  static std::optional<BilinearMap> between(const HorizontalGrid& from, const HorizontalGrid& to,
                                            Problems& problems);

  /// The cells of `from` that are needed; fields given to the functions below lie on them.
  [[nodiscard]] const CellWindow& window() const { return window_; }

  [[nodiscard]] MetFields operator()(const MetFields& fields) const;
  [[nodiscard]] Array2<double> operator()(const Array2<double>& plane) const;
  /// Layer by layer, values at centres; an empty one stays so.
  [[nodiscard]] Array3<double> volume(const Array3<double>& field) const;
  /// Value of the nearest cell: for classes.
  [[nodiscard]] Array2<double> nearest(const Array2<double>& plane) const;

 private:
  struct Point {
    int j, i;             // south-west neighbour, within the window
    double fy, fx;        // shares of the northern and the eastern one
    double cosine, sine;  // of the turn of the axes
  };
  [[nodiscard]] static double value(const Array2<double>& plane, const Point& p);
  void turn(Array3<double>& x, Array3<double>& y) const;

  int rows_ = 0, columns_ = 0;
  CellWindow window_;
  std::vector<Point> points_;
};

}  // namespace lantian
