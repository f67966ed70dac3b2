// A line and a square of cells that PPM moves, for tests of the scheme alone.
#pragma once

#include "advection/ppm_march.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>
#include <vector>

namespace lantian::testing {

enum class LineEnds { periodic, empty_outside };

/// Moves lines of `cells` cells by PPM, the air mass along with the mixing ratio.
template <Limiter limiter>
class PpmLine {
 public:
  PpmLine(int cells, LineEnds ends) : cells_(cells), ends_(ends) {
    for (auto* row : {&q_, &mass_}) row->resize(index(cells + halo + 1), 0.0);
    for (auto* row : {&courant_, &new_mass_, &per_new_mass_})
      row->resize(static_cast<std::size_t>(cells) + 1, 0.0);
  }

  /// `stride`: distance of the line's cells in q and mass; face_mass has cells + 1 faces, side by side.
  void move(double* q, double* mass, std::ptrdiff_t stride, const double* face_mass) {
    load(q, mass, stride);
    for (int f = 0; f <= cells_; ++f) {
      const auto n = static_cast<std::size_t>(f);
      courant_[n] = std::fabs(face_mass[f]) / mass_[index(face_mass[f] > 0.0 ? f - 1 : f)];
      if (f == 0) continue;
      new_mass_[n - 1] = mass_[index(f - 1)] - (face_mass[f] - face_mass[f - 1]);
      per_new_mass_[n - 1] = 1.0 / new_mass_[n - 1];
    }
    PpmMarch<limiter, double> march;
    for (int i = -halo; i < 2; ++i) march.take(q_[index(i)]);
    for (int f = 0; f <= cells_; ++f) {
      const auto n = static_cast<std::size_t>(f);
      march.take(q_[index(f + 2)]);
      const FaceFlow<double> flow = march.crossing(face_mass[f], courant_[n]);
      if (f > 0) q_[index(f - 1)] = march.updated(flow, per_new_mass_[n - 1]);
      march.leave(flow);
    }
    for (int i = 0; i < cells_; ++i) {
      q[i * stride] = q_[index(i)];
      mass[i * stride] = new_mass_[static_cast<std::size_t>(i)];
    }
  }

 private:
  static constexpr int halo = 3;
  static std::size_t index(int i) { return static_cast<std::size_t>(i) + halo; }
  void load(const double* q, const double* mass, std::ptrdiff_t stride) {
    for (int i = -halo; i < cells_ + halo; ++i) {
      const bool is_inside = i >= 0 && i < cells_;
      const bool is_periodic = ends_ == LineEnds::periodic;
      const int from = is_periodic ? (i + cells_) % cells_ : std::clamp(i, 0, cells_ - 1);
      q_[index(i)] = is_inside || is_periodic ? q[from * stride] : 0.0;
      mass_[index(i)] = mass[from * stride];
    }
  }
  int cells_;
  LineEnds ends_;
  std::vector<double> q_, mass_, courant_, new_mass_, per_new_mass_;
};

/// The unit square in n x n cells, moved by the fluxes of a stream function along its rows and columns;
/// sweeps change places every step.
template <class Line>
class MovedSquare {
 public:
  explicit MovedSquare(int cells)
      : cells_(cells),
        q(square(cells), 0.0),
        mass(square(cells), 1.0 / cells / cells),
        line_(cells, LineEnds::empty_outside),
        psi_(square(cells + 1)),
        faces_(static_cast<std::size_t>(cells) + 1) {}

  /// Fills q with the values of `shape(x, y)` at the cell centres.
  template <class Shape>
  void fill(Shape&& shape) {
    for (int j = 0; j < cells_; ++j)
      for (int i = 0; i < cells_; ++i) q[at(j, i)] = shape((i + 0.5) / cells_, (j + 0.5) / cells_);
  }

  /// One step; `psi_dt(x, y)`: stream function times the step's length, u = dpsi/dy, v = -dpsi/dx.
  template <class StreamFunction>
  void advance(StreamFunction&& psi_dt) {
    for (int j = 0; j <= cells_; ++j)
      for (int i = 0; i <= cells_; ++i)
        psi_[corner(j, i)] = psi_dt(static_cast<double>(i) / cells_, static_cast<double>(j) / cells_);
    is_x_first_ = !is_x_first_;
    if (is_x_first_) sweep_x();
    sweep_y();
    if (!is_x_first_) sweep_x();
  }

 private:
  static std::size_t square(int n) { return static_cast<std::size_t>(n) * static_cast<std::size_t>(n); }
  [[nodiscard]] std::size_t at(int j, int i) const {
    return static_cast<std::size_t>(j) * static_cast<std::size_t>(cells_) + static_cast<std::size_t>(i);
  }
  [[nodiscard]] std::size_t corner(int j, int i) const {
    return static_cast<std::size_t>(j) * (static_cast<std::size_t>(cells_) + 1) + static_cast<std::size_t>(i);
  }
  void sweep_x() {
    for (int j = 0; j < cells_; ++j) {
      for (int i = 0; i <= cells_; ++i)
        faces_[static_cast<std::size_t>(i)] = psi_[corner(j + 1, i)] - psi_[corner(j, i)];
      line_.move(&q[at(j, 0)], &mass[at(j, 0)], 1, faces_.data());
    }
  }
  void sweep_y() {
    for (int i = 0; i < cells_; ++i) {
      for (int j = 0; j <= cells_; ++j)
        faces_[static_cast<std::size_t>(j)] = psi_[corner(j, i)] - psi_[corner(j, i + 1)];
      line_.move(&q[at(0, i)], &mass[at(0, i)], cells_, faces_.data());
    }
  }
  int cells_;

 public:
  std::vector<double> q, mass;  // [row][column]

 private:
  Line line_;
  std::vector<double> psi_, faces_;
  bool is_x_first_ = false;
};

template <Limiter limiter>
using PpmSquare = MovedSquare<PpmLine<limiter>>;

/// sqrt(sum (q - q0)^2 / sum q0^2).
inline double l2_error(const std::vector<double>& q, const std::vector<double>& exact) {
  double difference = 0.0, size = 0.0;
  for (std::size_t n = 0; n < q.size(); ++n) {
    difference += (q[n] - exact[n]) * (q[n] - exact[n]);
    size += exact[n] * exact[n];
  }
  return std::sqrt(difference / size);
}

}  // namespace lantian::testing
