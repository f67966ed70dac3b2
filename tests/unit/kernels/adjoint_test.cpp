#include "advection/ppm_adjoint.hpp"
#include "advection/ppm_march.hpp"
#include "diffusion/explicit_exchange.hpp"
#include "diffusion/implicit_column.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>

namespace lantian {
namespace {

/// A line of cells with three more on either side, in winds that turn round on the way, and its masses.
constexpr int halo = 3, cells = 9, all_cells = cells + 2 * halo;
using Row = std::array<double, all_cells + 1>;
using Derivative = Dual<double, all_cells>;

/// Element n of a row stands for cell (or lower face) n - 3.
struct Line {
  Row mass_kg{}, face_kg{}, courant{}, new_mass_kg{}, per_new_mass{};

  Line() {
    for (std::size_t n = 0; n < mass_kg.size(); ++n) {
      mass_kg[n] = 3.0 + std::sin(1.3 * static_cast<double>(n));
      face_kg[n] = 1.1 * std::cos(0.8 * static_cast<double>(n));
    }
    for (std::size_t n = 1; n < all_cells; ++n)
      courant[n] = std::fabs(face_kg[n]) / mass_kg[face_kg[n] > 0.0 ? n - 1 : n];
    for (std::size_t n = 0; n < all_cells; ++n) {
      new_mass_kg[n] = mass_kg[n] - (face_kg[n + 1] - face_kg[n]);
      per_new_mass[n] = 1.0 / new_mass_kg[n];
    }
  }
};

/// The cells of the line after a step of unlimited PPM, in any number type.
template <Scalar T>
std::array<T, cells> moved(const Line& line, const std::array<T, all_cells>& q) {
  PpmMarch<Limiter::unlimited, T> march;
  std::array<T, cells> after{};
  for (std::size_t n = 0; n < halo + 2; ++n) march.take(q[n]);
  for (std::size_t f = halo; f <= cells + halo; ++f) {
    march.take(q[f + 2]);
    const FaceFlow<T> flow = march.crossing(T(line.face_kg[f]), T(line.courant[f]));
    if (f > halo) after[f - 1 - halo] = march.updated(flow, T(line.per_new_mass[f - 1]));
    march.leave(flow);
  }
  return after;
}

/// dJ/dq of the line's own cells before the step, for J with dJ/d(amount) = a after it.
std::array<double, cells> adjoint_of_moved(const Line& line, const Row& a) {
  Row face{}, q{}, low{}, high{}, edge{}, slope{};
  Row mine = a;
  ppm_update_adjoint_row(&line.face_kg[1], a.data(), &a[1], &face[1], all_cells - 1);
  ppm_face_adjoint_row(FaceAdjoint<double>{&line.face_kg[1], &line.courant[1], &face[1]},
                       FaceAdjoint<double>{&line.face_kg[2], &line.courant[2], &face[2]},
                       ParabolaAdjoint<double>{&q[1], &low[1], &high[1]}, all_cells - 2);
  ppm_ends_adjoint_row(&high[1], &low[2], &edge[2], all_cells - 3);
  ppm_edge_adjoint_row(ppm_equal_cells, &edge[2], &edge[3], &slope[2], all_cells - 4);
  ppm_slope_adjoint_row(ppm_equal_cells,
                        NeighbourAdjoint<double>{&edge[3], &edge[4], &slope[2], &slope[3], &slope[4]}, &q[3],
                        cells);
  ppm_amount_adjoint_row(&q[3], &line.mass_kg[3], &mine[3], cells);
  std::array<double, cells> of_q{};
  for (std::size_t n = 0; n < cells; ++n) of_q[n] = mine[n + halo] * line.mass_kg[n + halo];
  return of_q;
}

std::array<double, all_cells> some_line() {
  std::array<double, all_cells> q{};
  for (std::size_t n = 0; n < q.size(); ++n) q[n] = 20.0 + 10.0 * std::sin(2.1 * static_cast<double>(n));
  return q;
}

TEST(UnlimitedPpm, MovesChangesAsDualNumbersDo) {
  const Line line;
  const std::array<double, all_cells> q = some_line();
  std::array<double, all_cells> change{};
  std::array<Dual<double, 1>, all_cells> dual{};
  for (std::size_t n = 0; n < q.size(); ++n) {
    change[n] = std::cos(1.7 * static_cast<double>(n));
    dual[n] = q[n];
    dual[n].derivative[0] = change[n];
  }
  const auto derivative = moved(line, dual);
  const auto tangent = moved(line, change);
  for (std::size_t n = 0; n < cells; ++n) EXPECT_NEAR(tangent[n], derivative[n].derivative[0], 1.0e-13);
}

TEST(UnlimitedPpmAdjoint, IsTheTransposeOfTheDerivativesByDualNumbers) {
  // every pair of a cell before and a cell after; amounts outside the line are worth nothing
  const Line line;
  std::array<Derivative, all_cells> q{};
  for (std::size_t n = 0; n < q.size(); ++n) q[n] = Derivative::variable(some_line()[n], n);
  const std::array<Derivative, cells> after = moved(line, q);
  for (std::size_t to = 0; to < cells; ++to) {
    Row a{};
    a[to + halo] = 1.0;
    const std::array<double, cells> of_q = adjoint_of_moved(line, a);
    for (std::size_t from = 0; from < cells; ++from)
      EXPECT_NEAR(of_q[from], line.new_mass_kg[to + halo] * after[to].derivative[from + halo], 1.0e-13)
          << from << " to " << to;
  }
}

TEST(LeavingWeights, AddUpToOneAndAreTheDerivativesOfWhatLeaves) {
  using Number = Dual<double, 3>;
  for (const double courant : {0.0, 0.1, 0.45, 0.9, 1.0}) {
    const LeavingWeights<double> weights = ppm_leaving_weights(courant);
    EXPECT_NEAR(weights.mean + weights.near + weights.far, 1.0, 1.0e-15);
    const Number leaving = ppm_leaving(Number::variable(2.0, 0), Number::variable(4.0, 1),
                                       Number::variable(1.0, 2), Number(courant));
    EXPECT_NEAR(weights.mean, leaving.derivative[0], 1.0e-15);
    EXPECT_NEAR(weights.near, leaving.derivative[1], 1.0e-15);
    EXPECT_NEAR(weights.far, leaving.derivative[2], 1.0e-15);
  }
}

TEST(ExplicitExchange, IsItsOwnTransposeInAmounts) {
  // mass before x derivative of after = mass after x derivative of before: by Dual numbers, along a row
  constexpr std::size_t count = 5;
  using Number = Dual<double, count>;
  const std::array<double, count> mass{2.0, 3.0, 2.5, 4.0, 3.5};
  const std::array<double, count + 1> exchange{0.0, 0.2, 0.31, 0.17, 0.25, 0.0};
  const std::array<double, count> none{};
  std::array<Number, count + 2> q{};
  std::array<Number, count> beside{}, after{};
  for (std::size_t n = 0; n < count; ++n) q[n + 1] = Number::variable(10.0 + static_cast<double>(n * n), n);
  exchange_row<false>(ExchangedAir{exchange.data(), exchange.data() + 1, none.data(), none.data()},
                      RowAndNeighbours<Number>{q.data() + 1, beside.data(), beside.data()}, mass.data(),
                      after.data(), count);
  for (std::size_t a = 0; a < count; ++a)
    for (std::size_t b = 0; b < count; ++b)
      EXPECT_NEAR(mass[a] * after[a].derivative[b], mass[b] * after[b].derivative[a], 1.0e-15);
}

/// A column of four layers after a step, in any number type.
constexpr std::size_t layers = 4;

template <Scalar T>
std::array<T, layers> mixed(const std::array<T, layers>& q, const std::array<T, layers>& emission,
                            const T& uptake, const T& taken_from_lowest) {
  const std::array<T, layers> mass{T(2.0), T(3.0), T(5.0), T(8.0)}, faces{T(0.0), T(1.5), T(0.4), T(2.0)};
  std::array<T, layers + 1> excess{}, inverse{}, ratio{}, rhs{};
  std::array<T, layers> w{};
  const auto factor = [&](std::size_t k) { return LayerFactor<T>{&excess[k], &inverse[k], &ratio[k]}; };
  for (std::size_t k = layers; k-- > 0;) {
    factor_layer_row(&mass[k], &faces[k], factor(k + 1), factor(k), 1);
    eliminate_layer_row(&mass[k], &q[k], &ratio[k + 1], &rhs[k + 1], &rhs[k], 1);
    rhs[k] += emission[k];
  }
  rhs[0] -= taken_from_lowest;
  solve_lowest_row(rhs.data(), excess.data(), &uptake, &w[0], 1);
  for (std::size_t k = 1; k < layers; ++k)
    substitute_layer_row(&rhs[k], &faces[k], &inverse[k], &w[k - 1], &w[k], 1);
  return w;
}

constexpr std::array<double, layers> column_q{40.0, 25.0, 31.0, 12.0}, column_emission{6.0, 0.0, 2.0, 0.0};
constexpr double column_uptake = 0.7;

TEST(ImplicitColumn, TakesChangesAsDualNumbersDo) {
  // of mixing ratios, emissions and of the uptake: the last takes w_0 dU from the lowest layer
  using Number = Dual<double, 1>;
  const std::array<double, layers> dq{1.0, -2.0, 0.5, 3.0}, de{0.3, 1.0, -0.2, 0.0};
  constexpr double du = 0.11;
  std::array<Number, layers> q{}, emission{};
  for (std::size_t k = 0; k < layers; ++k) {
    q[k] = column_q[k];
    q[k].derivative[0] = dq[k];
    emission[k] = column_emission[k];
    emission[k].derivative[0] = de[k];
  }
  Number uptake(column_uptake);
  uptake.derivative[0] = du;
  const auto derivative = mixed(q, emission, uptake, Number(0.0));
  const auto before = mixed(column_q, column_emission, column_uptake, 0.0);
  const auto tangent = mixed(dq, de, column_uptake, du * before[0]);
  for (std::size_t k = 0; k < layers; ++k) EXPECT_NEAR(tangent[k], derivative[k].derivative[0], 1.0e-13);
}

TEST(ImplicitColumn, IsItsOwnTransposeInAmounts) {
  // the solve applied to a unit worth of layer `to` is what an emission in each layer adds there
  using Number = Dual<double, layers + 1>;
  std::array<Number, layers> q{}, emission{};
  for (std::size_t k = 0; k < layers; ++k) {
    q[k] = column_q[k];
    emission[k] = Number::variable(column_emission[k], k);
  }
  const auto derivative = mixed(q, emission, Number::variable(column_uptake, layers), Number(0.0));
  const std::array<double, layers> mass{2.0, 3.0, 5.0, 8.0}, none{};
  for (std::size_t to = 0; to < layers; ++to) {
    std::array<double, layers> worth{};
    worth[to] = 1.0;  // of an amount there
    const auto adjoint = mixed(worth, none, column_uptake, 0.0);
    for (std::size_t from = 0; from < layers; ++from)
      EXPECT_NEAR(adjoint[from], mass[to] * derivative[to].derivative[from], 1.0e-13);
    EXPECT_NEAR(-adjoint[0] * derivative[0].value, mass[to] * derivative[to].derivative[layers], 1.0e-13);
  }
}

}  // namespace
}  // namespace lantian
