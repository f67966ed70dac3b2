#include "lantian/weather/wind_adjustment.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

namespace lantian {

namespace {

/// The operator "net outflow that a potential drives", its columns factorised for the preconditioner.
class ColumnLaplacian {
 public:
  explicit ColumnLaplacian(const AdjustableWind& wind)
      : wind_(wind),
        layers_(wind.x_weight.layers()),
        rows_(wind.x_weight.rows()),
        columns_(wind.y_weight.columns()),
        diagonal_(layers_, rows_, columns_),
        pivot_(layers_, rows_, columns_) {
    for (int k = 0; k < layers_; ++k)
      for (int j = 0; j < rows_; ++j)
        for (int i = 0; i < columns_; ++i) {
          diagonal_(k, j, i) = wind.x_weight(k, j, i) + wind.x_weight(k, j, i + 1) + wind.y_weight(k, j, i) +
                               wind.y_weight(k, j + 1, i) + wind.vertical_weight(k, j, i) +
                               wind.vertical_weight(k + 1, j, i);
          const double w = wind.vertical_weight(k, j, i);
          pivot_(k, j, i) = diagonal_(k, j, i) - (k > 0 ? w * w / pivot_(k - 1, j, i) : 0.0);
        }
  }

  void apply(const Array3<double>& p, Array3<double>& out) const {
#pragma omp parallel for schedule(static)
    for (int j = 0; j < rows_; ++j)
      for (int k = 0; k < layers_; ++k)
        for (int i = 0; i < columns_; ++i) {
          double sum = diagonal_(k, j, i) * p(k, j, i);
          if (i > 0) sum -= wind_.x_weight(k, j, i) * p(k, j, i - 1);
          if (i < columns_ - 1) sum -= wind_.x_weight(k, j, i + 1) * p(k, j, i + 1);
          if (j > 0) sum -= wind_.y_weight(k, j, i) * p(k, j - 1, i);
          if (j < rows_ - 1) sum -= wind_.y_weight(k, j + 1, i) * p(k, j + 1, i);
          if (k > 0) sum -= wind_.vertical_weight(k, j, i) * p(k - 1, j, i);
          if (k < layers_ - 1) sum -= wind_.vertical_weight(k + 1, j, i) * p(k + 1, j, i);
          out(k, j, i) = sum;
        }
  }

  /// Solves each column by itself (Thomas).
  void precondition(const Array3<double>& r, Array3<double>& z) const {
#pragma omp parallel for schedule(static)
    for (int j = 0; j < rows_; ++j) {
      for (int k = 0; k < layers_; ++k)
        for (int i = 0; i < columns_; ++i) {
          const double below = k > 0 ? wind_.vertical_weight(k, j, i) * z(k - 1, j, i) : 0.0;
          z(k, j, i) = (r(k, j, i) + below) / pivot_(k, j, i);
        }
      for (int k = layers_ - 2; k >= 0; --k)
        for (int i = 0; i < columns_; ++i)
          z(k, j, i) += wind_.vertical_weight(k + 1, j, i) / pivot_(k, j, i) * z(k + 1, j, i);
    }
  }

 private:
  const AdjustableWind& wind_;
  int layers_, rows_, columns_;
  Array3<double> diagonal_, pivot_;
};

/// Rows first, each summed in its own order: the same bits with any number of threads.
double dot(const Array3<double>& a, const Array3<double>& b) {
  std::vector<double> rows(static_cast<std::size_t>(a.rows()), 0.0);
#pragma omp parallel for schedule(static)
  for (int j = 0; j < a.rows(); ++j) {
    double sum = 0.0;
    for (int k = 0; k < a.layers(); ++k)
      for (int i = 0; i < a.columns(); ++i) sum += a(k, j, i) * b(k, j, i);
    rows[static_cast<std::size_t>(j)] = sum;
  }
  double total = 0.0;
  for (const double one : rows) total += one;
  return total;
}

void add_scaled(Array3<double>& y, double factor, const Array3<double>& x) {
  const auto from = x.values();
  const auto to = y.values();
#pragma omp parallel for simd schedule(static)
  for (std::size_t n = 0; n < to.size(); ++n) to[n] += factor * from[n];
}

/// Net inflow of each cell: what the potential has to drive out.
void net_inflow(const AdjustableWind& wind, Array3<double>& inflow) {
#pragma omp parallel for schedule(static)
  for (int j = 0; j < inflow.rows(); ++j)
    for (int k = 0; k < inflow.layers(); ++k)
      for (int i = 0; i < inflow.columns(); ++i)
        inflow(k, j, i) = wind.x_kg_s(k, j, i) - wind.x_kg_s(k, j, i + 1) + wind.y_kg_s(k, j, i) -
                          wind.y_kg_s(k, j + 1, i) + wind.vertical_kg_s(k, j, i) -
                          wind.vertical_kg_s(k + 1, j, i);
}

/// Conjugate gradients from the potential as it stands. @return iterations.
int solve(const ColumnLaplacian& laplacian, const Array3<double>& inflow, Array3<double>& potential) {
  constexpr double tolerance = 1.0e-5;  // of the first divergence: 0.1 mm/s of wind across a cell of 3 km
  constexpr int most_iterations = 2000;
  const int layers = inflow.layers(), rows = inflow.rows(), columns = inflow.columns();
  Array3<double> r(layers, rows, columns), z(layers, rows, columns), q(layers, rows, columns);
  laplacian.apply(potential, q);
  r = inflow;
  add_scaled(r, -1.0, q);
  const double goal = tolerance * tolerance * dot(inflow, inflow);
  laplacian.precondition(r, z);
  Array3<double> p = z;
  double rz = dot(r, z);
  for (int n = 0; n < most_iterations; ++n) {
    if (dot(r, r) <= goal) return n;
    laplacian.apply(p, q);
    const double step = rz / dot(p, q);
    add_scaled(potential, step, p);
    add_scaled(r, -step, q);
    laplacian.precondition(r, z);
    const double next = dot(r, z);
    const double keep = next / rz;
    rz = next;
    const auto pv = p.values();
    const auto zv = z.values();
    for (std::size_t m = 0; m < pv.size(); ++m) pv[m] = zv[m] + keep * pv[m];
  }
  throw NumericalError(fmt::format(
      "the adjustment of the diagnosed wind has not converged after {} iterations; are all winds finite?",
      most_iterations));
}

/// Adds weight x difference of the potential to the horizontal fluxes. @return sums of squares of correction
/// and flux.
std::pair<double, double> correct(AdjustableWind& wind, const Array3<double>& p) {
  double change = 0.0, whole = 0.0;
  const auto add = [&](double& flux, double correction) {
    whole += flux * flux;
    change += correction * correction;
    flux += correction;
  };
  for (int k = 0; k < p.layers(); ++k) {
    for (int j = 0; j < p.rows(); ++j)
      for (int i = 0; i <= p.columns(); ++i)
        add(wind.x_kg_s(k, j, i),
            wind.x_weight(k, j, i) * ((i > 0 ? p(k, j, i - 1) : 0.0) - (i < p.columns() ? p(k, j, i) : 0.0)));
    for (int j = 0; j <= p.rows(); ++j)
      for (int i = 0; i < p.columns(); ++i)
        add(wind.y_kg_s(k, j, i),
            wind.y_weight(k, j, i) * ((j > 0 ? p(k, j - 1, i) : 0.0) - (j < p.rows() ? p(k, j, i) : 0.0)));
    for (int j = 0; j < p.rows() && k > 0; ++j)
      for (int i = 0; i < p.columns(); ++i)
        wind.vertical_kg_s(k, j, i) += wind.vertical_weight(k, j, i) * (p(k - 1, j, i) - p(k, j, i));
  }
  return {change, whole};
}

}  // namespace

WindAdjustment WindAdjuster::adjust(AdjustableWind& wind) {
  const int layers = wind.x_kg_s.layers(), rows = wind.x_kg_s.rows(), columns = wind.y_kg_s.columns();
  if (potential_.layers() != layers || potential_.rows() != rows || potential_.columns() != columns)
    potential_ = Array3<double>(layers, rows, columns);
  Array3<double> inflow(layers, rows, columns);
  net_inflow(wind, inflow);
  const double cells = static_cast<double>(layers) * rows * columns;
  WindAdjustment result{};
  result.divergence_before = std::sqrt(dot(inflow, inflow) / cells);
  result.iterations = solve(ColumnLaplacian(wind), inflow, potential_);
  const auto [change, whole] = correct(wind, potential_);
  result.change_rms = whole > 0.0 ? std::sqrt(change / whole) : 0.0;
  net_inflow(wind, inflow);
  result.divergence_after = std::sqrt(dot(inflow, inflow) / cells);
  return result;
}

}  // namespace lantian
