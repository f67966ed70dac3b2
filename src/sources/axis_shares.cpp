#include "axis_shares.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lantian {

namespace {

constexpr int reach = 2;  // cells on either side that a parabola depends on

/// Shares that grow by what values at faces and means of cells are made of.
class Sum {
 public:
  Sum(int first, int last, int count)
      : shares_{.first = std::max(first - reach, 0), .share = {}}, count_(count) {
    const int past = std::min(last + reach + 1, count);
    shares_.share.resize(static_cast<std::size_t>(past - shares_.first), 0.0);
  }

  void add_cell(int cell, double factor) {
    shares_.share.at(static_cast<std::size_t>(cell - shares_.first)) += factor;
  }
  /// Face n lies below cell n.
  void add_face(int face, double factor) {
    if (face == 0 || face == count_) {
      add_cell(face == 0 ? 0 : count_ - 1, 2.0 * factor);
      add_face(face == 0 ? 1 : count_ - 1, -factor);
    } else if (face == 1 || face == count_ - 1) {
      add_cell(face - 1, 0.5 * factor);
      add_cell(face, 0.5 * factor);
    } else {
      for (const int cell : {face - 1, face}) add_cell(cell, factor * 7.0 / 12.0);
      for (const int cell : {face - 2, face + 1}) add_cell(cell, -factor / 12.0);
    }
  }
  /// low + t (high - low + 6 (mean - (low + high)/2) (1 - t)), t from 0 to 1 over the cell; `t1`, `t2`: the
  /// means of t and t^2.
  void add_parabola(int cell, double factor, double t1, double t2) {
    const double bend = t1 - t2;
    add_face(cell, factor * (1.0 - t1 - 3.0 * bend));
    add_face(cell + 1, factor * (t1 - 3.0 * bend));
    add_cell(cell, factor * 6.0 * bend);
  }
  [[nodiscard]] const AxisShares& shares() const { return shares_; }

 private:
  AxisShares shares_;
  int count_;
};

}  // namespace

AxisShares axis_shares(double position, double extent, int count) {
  const auto cell_of = [&](double face) {
    return std::clamp(static_cast<int>(std::floor(face)), 0, count - 1);
  };
  const double middle = position + 0.5, edge = static_cast<double>(count);  // in cells from the lowest face
  const double low = std::max(middle - 0.5 * extent, 0.0), high = std::min(middle + 0.5 * extent, edge);
  const int first = cell_of(low), last = cell_of(high);
  Sum sum(first, last, count);
  if (!(high > low)) {
    const double t = middle - first;
    sum.add_parabola(first, 1.0, t, t * t);
    return sum.shares();
  }
  for (int cell = first; cell <= last; ++cell) {
    const double a = std::max(low - cell, 0.0), b = std::min(high - cell, 1.0);
    if (b > a) sum.add_parabola(cell, (b - a) / (high - low), 0.5 * (a + b), (a * a + a * b + b * b) / 3.0);
  }
  return sum.shares();
}

}  // namespace lantian
