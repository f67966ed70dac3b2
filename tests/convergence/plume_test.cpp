#include "support/mixed_column.hpp"
#include "support/ppm_line.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace lantian::testing {
namespace {

/// Steady plume of a continuous source of 1 a second in cell (`source_x`, middle) of a plane, wind 1 along x,
/// cells of width 1, diffusivity K across the wind; q is the mixing ratio, [y][x].
template <Limiter limiter>
class Plume {
 public:
  Plume(int length, int width, int source_x, double diffusivity)
      : length_(length),
        width_(width),
        source_x_(source_x),
        diffusivity_(diffusivity),
        q(static_cast<std::size_t>(length) * static_cast<std::size_t>(width), 0.0) {}

  void advance(int steps) {
    constexpr double dt = 0.5;  // Courant number 0.5
    const std::vector<double> faces(static_cast<std::size_t>(length_) + 1, dt);
    PpmLine<limiter> line(length_, LineEnds::empty_outside);
    std::vector<double> mass(static_cast<std::size_t>(length_), 1.0);
    MixedColumn across = MixedColumn::uniform(width_, diffusivity_ * dt);
    for (int n = 0; n < steps; ++n) {
      for (int j = 0; j < width_; ++j) line.move(&at(j, 0), mass.data(), 1, faces.data());
      for (int i = 0; i < length_; ++i) {
        for (int j = 0; j < width_; ++j) across.q[static_cast<std::size_t>(j)] = at(j, i);
        across.emission[static_cast<std::size_t>(width_ / 2)] = i == source_x_ ? dt : 0.0;
        across.step();
        for (int j = 0; j < width_; ++j) at(j, i) = across.q[static_cast<std::size_t>(j)];
      }
    }
  }
  double& at(int j, int i) {
    return q[static_cast<std::size_t>(j) * static_cast<std::size_t>(length_) + static_cast<std::size_t>(i)];
  }

 private:
  int length_, width_, source_x_;
  double diffusivity_;

 public:
  std::vector<double> q;
};

/// Greatest relative error on the plume's axis further than 6 cells downwind.
///
/// @see Seinfeld & Pandis (2016), ch. 18: c = Q / (sqrt(2 pi) sigma u) exp(-y^2 / (2 sigma^2)), sigma^2 = 2 K
/// x / u,
///      for a line source along z, diffusion along the wind neglected.
template <Limiter limiter>
double axis_error(double diffusivity) {
  constexpr int length = 60, width = 121, source = 5;
  Plume<limiter> plume(length, width, source, diffusivity);
  plume.advance(3 * length);  // one and a half times across the plane: steady
  double worst = 0.0;
  for (int i = source + 7; i < length - 5; ++i) {
    const double sigma = std::sqrt(2.0 * diffusivity * (i - source));
    const double exact = 1.0 / (std::sqrt(2.0 * std::numbers::pi) * sigma);
    worst = std::fmax(worst, std::fabs(plume.at(width / 2, i) / exact - 1.0));
  }
  return worst;
}

TEST(PlumeOnAGrid, FollowsTheGaussianSolutionOnItsAxisBeyondSixCells) {
  for (const double diffusivity : {0.5, 1.0, 2.0}) {  // in units of wind times cell width
    EXPECT_LE(axis_error<Limiter::positive_definite>(diffusivity), 0.05) << "K = " << diffusivity;
    EXPECT_LE(axis_error<Limiter::selective>(diffusivity), 0.05) << "K = " << diffusivity;
    EXPECT_LE(axis_error<Limiter::monotone>(diffusivity), 0.05) << "K = " << diffusivity;
  }
}

TEST(PlumeOnAGrid, SpreadsAsTwiceTheDiffusivityTimesTheTravelTime) {
  constexpr int length = 60, width = 121, middle = width / 2, source = 5;
  Plume<Limiter::positive_definite> plume(length, width, source, 1.0);
  plume.advance(3 * length);
  std::vector<double> spread;
  for (const int i : {15, 30, 45}) {
    double carried = 0.0, second_moment = 0.0;
    for (int j = 0; j < width; ++j) {
      const double y = j - middle;
      carried += plume.at(j, i);
      second_moment += y * y * plume.at(j, i);
    }
    EXPECT_NEAR(carried, 1.0, 0.001) << i;  // Q / u: what has not yet passed the plane
    spread.push_back(second_moment / carried);
  }
  // between sections, so that the size of the source's cell does not count; the walls cut off some 1e-4
  EXPECT_NEAR((spread[1] - spread[0]) / (2.0 * 15.0), 1.0, 0.002);
  EXPECT_NEAR((spread[2] - spread[1]) / (2.0 * 15.0), 1.0, 0.002);
}

}  // namespace
}  // namespace lantian::testing
