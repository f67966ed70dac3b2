#pragma once

#include "diffusion/implicit_column.hpp"

#include "lantian/field/aligned_vector.hpp"
#include "lantian/processes/process.hpp"
#include "lantian/processes/vertical_mixing.hpp"

#include <cstddef>
#include <vector>

namespace lantian {

/// A row of columns of one tile: where, in which air, and for how long.
struct RowTask {
  const Tile& tile;
  const Field<double>& air_mass_kg;
  const Environment& environment;
  double dt_s;
  int row;
};

/// Numbers of a row of columns, [layer][column], with one layer of zeros above the top. Each layer begins a
/// cache line.
class Plane {
 public:
  Plane(int layers, int columns)
      : stride_((columns + row_multiple - 1) / row_multiple * row_multiple),
        values_(static_cast<std::size_t>(layers + 1) * static_cast<std::size_t>(stride_), 0.0) {}
  double* operator[](int k) { return values_.data() + static_cast<std::ptrdiff_t>(k) * stride_; }
  const double* operator[](int k) const { return values_.data() + static_cast<std::ptrdiff_t>(k) * stride_; }

 private:
  int stride_;
  AlignedVector<double> values_;
};

/// The system A w = b of the implicit vertical solve, or its transpose.
enum class Direction { forwards, transposed };

/// The matrix of a row of columns, eliminated from the top down. Equations: kernels/diffusion/README.md.
class ColumnMatrix {
 public:
  ColumnMatrix(int layers, int columns);

  /// Turbulence alone: the same for all species; by K, or with the share of convective columns that ACM2
  /// mixes non-locally.
  void factor(const RowTask& task, VerticalScheme scheme);
  /// The turbulence of `turbulent`, and particles that sink at `settling_m_s` [layer][row][column] of the
  /// tile.
  void factor(const RowTask& task, const ColumnMatrix& turbulent, const Array3<double>& settling_m_s);

  /// Takes the right-hand side of layer k, which holds q, down from that of the layer above.
  void eliminate(const RowTask& task, int k, const double* q, Direction direction, Plane& rhs) const;
  /// Solves upwards from the lowest layer, where deposition cleans `uptake_kg`; the solution takes the place
  /// of the right-hand side.
  void substitute(const RowTask& task, const double* uptake_kg, Direction direction, Plane& rhs) const;

 private:
  LayerFactor<double> factor_of(int k) { return {excess_[k], inverse_[k], rise_ratio_[k]}; }
  [[nodiscard]] const Plane& falling() const { return sinks_ ? falling_ : exchange_; }
  [[nodiscard]] const Plane& fall_ratio() const { return sinks_ ? fall_ratio_ : rise_ratio_; }

  void factor_layers(const RowTask& task);

  bool sinks_ = false;       // else the matrix is symmetric
  bool has_plumes_ = false;  // that rise from the lowest layer
  Plane exchange_, falling_, excess_, inverse_, rise_ratio_, fall_ratio_, lifted_, border_, kept_;
};

}  // namespace lantian
