#include "lantian/weather/mass_consistent_wind.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lantian {

namespace {

using Plane = Array2<double>;

/// The five-point operator -div(g grad) with potential 0 beyond the boundary; g lives on the faces.
struct ColumnNetwork {
  Plane x;  // [row][column + 1]
  Plane y;  // [row + 1][column]
  Plane diagonal;
};

/// Mass of the column over the area [kg m-2].
Plane column_load(const Array3<double>& mass_kg, const Surface& surface) {
  Plane load(mass_kg.rows(), mass_kg.columns());
  for (int k = 0; k < mass_kg.layers(); ++k)
    for (int j = 0; j < mass_kg.rows(); ++j)
      for (int i = 0; i < mass_kg.columns(); ++i) load(j, i) += mass_kg(k, j, i) / surface.cell_area_m2(j, i);
  return load;
}

/// Conductance of a face: load times length over distance; half the distance where the grid ends.
ColumnNetwork column_network(const Plane& load, const Surface& surface) {
  const int rows = load.rows(), columns = load.columns();
  const auto& width = surface.cell_width_m;
  const auto& depth = surface.cell_depth_m;
  ColumnNetwork net{Plane(rows, columns + 1), Plane(rows + 1, columns), Plane(rows, columns)};
  for (int j = 0; j < rows; ++j)
    for (int i = 0; i <= columns; ++i) {
      const int w = std::max(i - 1, 0), e = std::min(i, columns - 1);
      const double distance = w == e ? 0.5 * width(j, e) : 0.5 * (width(j, w) + width(j, e));
      net.x(j, i) = 0.25 * (load(j, w) + load(j, e)) * (depth(j, w) + depth(j, e)) / distance;
    }
  for (int j = 0; j <= rows; ++j)
    for (int i = 0; i < columns; ++i) {
      const int s = std::max(j - 1, 0), n = std::min(j, rows - 1);
      const double distance = s == n ? 0.5 * depth(n, i) : 0.5 * (depth(s, i) + depth(n, i));
      net.y(j, i) = 0.25 * (load(s, i) + load(n, i)) * (width(s, i) + width(n, i)) / distance;
    }
  for (int j = 0; j < rows; ++j)
    for (int i = 0; i < columns; ++i)
      net.diagonal(j, i) = net.x(j, i) + net.x(j, i + 1) + net.y(j, i) + net.y(j + 1, i);
  return net;
}

/// The operator on row j of `chi`, into `result`.
void apply_row(const ColumnNetwork& net, const Plane& chi, int j, double* result) {
  const int rows = chi.rows(), last = chi.columns() - 1;
  const double *here = &chi(j, 0), *diagonal = &net.diagonal(j, 0), *x = &net.x(j, 0);
#pragma omp simd
  for (int i = 0; i <= last; ++i) result[i] = diagonal[i] * here[i];
#pragma omp simd
  for (int i = 1; i <= last; ++i) result[i] -= x[i] * here[i - 1];
#pragma omp simd
  for (int i = 0; i < last; ++i) result[i] -= x[i + 1] * here[i + 1];
  if (j > 0) {
    const double *south = &chi(j - 1, 0), *y = &net.y(j, 0);
#pragma omp simd
    for (int i = 0; i <= last; ++i) result[i] -= y[i] * south[i];
  }
  if (j < rows - 1) {
    const double *north = &chi(j + 1, 0), *y = &net.y(j + 1, 0);
#pragma omp simd
    for (int i = 0; i <= last; ++i) result[i] -= y[i] * north[i];
  }
}

/// sum + a . b, from the first element to the last: sums have one order, and with it the same bits.
double add_products(double sum, const double* a, const double* b, int count) {
  for (int n = 0; n < count; ++n) sum += a[n] * b[n];
  return sum;
}

/// Applies the operator. @return chi . result
double apply(const ColumnNetwork& net, const Plane& chi, Plane& result) {
  double product = 0.0;
  for (int j = 0; j < chi.rows(); ++j) {
    apply_row(net, chi, j, &result(j, 0));
    product = add_products(product, &chi(j, 0), &result(j, 0), chi.columns());
  }
  return product;
}

/// What conjugate gradients have at hand.
struct Iterate {
  Plane chi, residual, scaled;

  /// Goes `length` along a direction, whose product with the operator is given, and applies the
  /// preconditioner.
  /// @return residual . scaled
  double go(const ColumnNetwork& net, double length, const Plane& direction, const Plane& product) {
    double slope = 0.0;
    const int columns = chi.columns();
    for (int j = 0; j < chi.rows(); ++j) {
      double *to = &chi(j, 0), *left = &residual(j, 0), *divided = &scaled(j, 0);
      const double *along = &direction(j, 0), *change = &product(j, 0), *diagonal = &net.diagonal(j, 0);
#pragma omp simd
      for (int i = 0; i < columns; ++i) {
        to[i] += length * along[i];
        left[i] += -length * change[i];
        divided[i] = left[i] / diagonal[i];
      }
      slope = add_products(slope, left, divided, columns);
    }
    return slope;
  }
};

/// Conjugate gradients with the diagonal as preconditioner, to 1e-13 of the right-hand side.
Plane solve(const ColumnNetwork& net, const Plane& right_hand_side) {
  const int rows = right_hand_side.rows(), columns = right_hand_side.columns();
  const Plane nothing(rows, columns);
  Plane product(rows, columns);
  Iterate at{.chi = nothing, .residual = right_hand_side, .scaled = nothing};
  double slope = at.go(net, 0.0, nothing, nothing);
  Plane direction = at.scaled;
  const double target = 1.0e-26 * slope;
  const int most = 20 * (rows + columns) + 1000;
  for (int iteration = 0; slope > target; ++iteration) {
    if (iteration == most)
      throw NumericalError("mass_consistent_wind: no convergence in " + std::to_string(most) +
                           " iterations; the winds of this hour are not usable");
    const double length = slope / apply(net, direction, product);
    const double next = at.go(net, length, direction, product);
    const double ratio = next / slope;
    for (std::size_t n = 0; n < direction.values().size(); ++n)
      direction.values()[n] = at.scaled.values()[n] + ratio * direction.values()[n];
    slope = next;
  }
  if (!std::isfinite(slope))
    throw NumericalError("mass_consistent_wind: the winds or masses of this hour are not finite");
  return at.chi;
}

/// Vertical fluxes by continuity from the ground up.
void close_columns(const HourlyAir& hour, AirFluxes& fluxes) {
  const auto& x = fluxes.x_kg_s;
  const auto& y = fluxes.y_kg_s;
  auto& w = fluxes.vertical_kg_s;
#pragma omp parallel for schedule(static)
  for (int j = 0; j < hour.begin_kg.rows(); ++j)
    for (int k = 0; k < hour.begin_kg.layers(); ++k)
      for (int i = 0; i < hour.begin_kg.columns(); ++i) {
        const double gain = (hour.end_kg(k, j, i) - hour.begin_kg(k, j, i)) / seconds_per_hour;
        const double leaving = x(k, j, i + 1) - x(k, j, i) + (y(k, j + 1, i) - y(k, j, i));
        w(k + 1, j, i) = w(k, j, i) - (gain + leaving);
      }
}

/// Adds -(share of the layer) g grad chi to the horizontal fluxes.
void correct(const Array3<double>& mass_kg, const Surface& surface, const Plane& load,
             const ColumnNetwork& net, const Plane& chi, AirFluxes& fluxes) {
  const int rows = chi.rows(), columns = chi.columns();
  const auto layer_load = [&](int k, int j, int i) { return mass_kg(k, j, i) / surface.cell_area_m2(j, i); };
#pragma omp parallel for schedule(static)
  for (int k = 0; k < mass_kg.layers(); ++k) {
    for (int j = 0; j < rows; ++j)
      for (int i = 0; i <= columns; ++i) {
        const int w = std::max(i - 1, 0), e = std::min(i, columns - 1);
        const double rise = (i < columns ? chi(j, i) : 0.0) - (i > 0 ? chi(j, i - 1) : 0.0);
        const double share = (layer_load(k, j, w) + layer_load(k, j, e)) / (load(j, w) + load(j, e));
        fluxes.x_kg_s(k, j, i) -= share * net.x(j, i) * rise;
      }
    for (int j = 0; j <= rows; ++j)
      for (int i = 0; i < columns; ++i) {
        const int s = std::max(j - 1, 0), n = std::min(j, rows - 1);
        const double rise = (j < rows ? chi(j, i) : 0.0) - (j > 0 ? chi(j - 1, i) : 0.0);
        const double share = (layer_load(k, s, i) + layer_load(k, n, i)) / (load(s, i) + load(n, i));
        fluxes.y_kg_s(k, j, i) -= share * net.y(j, i) * rise;
      }
  }
}

double sum_of_squares(const Array3<double>& a, const Array3<double>* minus = nullptr) {
  double sum = 0.0;
  for (std::size_t n = 0; n < a.values().size(); ++n) {
    const double value = minus == nullptr ? a.values()[n] : a.values()[n] - minus->values()[n];
    sum += value * value;
  }
  return sum;
}

double largest(const Array3<double>& a) {
  double most = 0.0;
  for (const double value : a.values()) most = std::max(most, std::fabs(value));
  return most;
}

}  // namespace

ConsistentWind mass_consistent_wind(const HourlyAir& hour, const Surface& surface) {
  const int layers = hour.begin_kg.layers(), rows = hour.begin_kg.rows(), columns = hour.begin_kg.columns();
  ConsistentWind wind{AirFluxes{hour.x_kg_s, hour.y_kg_s, Array3<double>(layers + 1, rows, columns)}, 0.0};
  const Plane load = column_load(hour.begin_kg, surface);
  const ColumnNetwork net = column_network(load, surface);

  // A second and third pass take out what rounding left of the first.
  Plane residual(rows, columns);
  for (int pass = 0; pass < 3; ++pass) {
    close_columns(hour, wind.fluxes);
    double most = 0.0;
    for (int j = 0; j < rows; ++j)
      for (int i = 0; i < columns; ++i) {
        residual(j, i) = wind.fluxes.vertical_kg_s(layers, j, i) - hour.top_kg_s(j, i);
        most = std::max(most, std::fabs(residual(j, i)));
      }
    if (most <= 1.0e-14 * largest(wind.fluxes.vertical_kg_s)) break;
    // div dF = residual: continuity then lowers W at the top by just that.
    correct(hour.begin_kg, surface, load, net, solve(net, residual), wind.fluxes);
  }
  close_columns(hour, wind.fluxes);

  const double flux = sum_of_squares(hour.x_kg_s) + sum_of_squares(hour.y_kg_s);
  const double correction =
      sum_of_squares(wind.fluxes.x_kg_s, &hour.x_kg_s) + sum_of_squares(wind.fluxes.y_kg_s, &hour.y_kg_s);
  wind.adjustment_rms = correction > 0.0 ? std::sqrt(correction / std::max(flux, 1.0e-300)) : 0.0;
  return wind;
}

}  // namespace lantian
