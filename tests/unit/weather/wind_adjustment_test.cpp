#include "lantian/weather/wind_adjustment.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>

namespace lantian {
namespace {

constexpr int layers = 6, rows = 9, columns = 11;

/// A wind with a wave in every direction, over cells 3 km wide and 100 m thick.
AdjustableWind wavy_wind() {
  AdjustableWind wind;
  wind.x_kg_s = wind.x_weight = Array3<double>(layers, rows, columns + 1);
  wind.y_kg_s = wind.y_weight = Array3<double>(layers, rows + 1, columns);
  wind.vertical_kg_s = wind.vertical_weight = Array3<double>(layers + 1, rows, columns, 0.0);
  constexpr double face_kg_m = 1.2 * 100.0 * 3000.0;
  for (int k = 0; k < layers; ++k) {
    for (int j = 0; j < rows; ++j)
      for (int i = 0; i <= columns; ++i) {
        wind.x_kg_s(k, j, i) = face_kg_m * (3.0 + std::sin(0.9 * i + 0.4 * j + 0.3 * k));
        wind.x_weight(k, j, i) = face_kg_m / 3000.0;
      }
    for (int j = 0; j <= rows; ++j)
      for (int i = 0; i < columns; ++i) {
        wind.y_kg_s(k, j, i) = face_kg_m * (-1.0 + std::cos(0.5 * i - 0.8 * j + 0.2 * k));
        wind.y_weight(k, j, i) = face_kg_m / 3000.0;
      }
    for (int j = 0; j < rows && k > 0; ++j)
      for (int i = 0; i < columns; ++i) wind.vertical_weight(k, j, i) = 1.2 * 9.0e6 / 100.0;
  }
  return wind;
}

TEST(WindAdjustment, TakesOutTheDivergence) {
  AdjustableWind wind = wavy_wind();
  const WindAdjustment result = WindAdjuster().adjust(wind);
  EXPECT_GT(result.divergence_before, 0.0);
  // The tolerance of the solver.
  EXPECT_LE(result.divergence_after, 1.1e-5 * result.divergence_before);
}

TEST(WindAdjustment, LetsNothingThroughGroundAndTop) {
  AdjustableWind wind = wavy_wind();
  static_cast<void>(WindAdjuster().adjust(wind));
  for (int j = 0; j < rows; ++j)
    for (int i = 0; i < columns; ++i) {
      EXPECT_EQ(wind.vertical_kg_s(0, j, i), 0.0);
      EXPECT_EQ(wind.vertical_kg_s(layers, j, i), 0.0);
    }
}

TEST(WindAdjustment, LeavesAConsistentWindAlone) {
  AdjustableWind wind = wavy_wind();
  std::ranges::fill(wind.x_kg_s.values(), 1000.0);
  std::ranges::fill(wind.y_kg_s.values(), -500.0);
  EXPECT_EQ(WindAdjuster().adjust(wind).change_rms, 0.0);
}

TEST(WindAdjustment, SendsTheAirAroundWhenItMayNotRise) {
  AdjustableWind free = wavy_wind(), bound = wavy_wind();
  for (double& weight : bound.vertical_weight.values()) weight *= 1.0e-8;
  const double change_free = WindAdjuster().adjust(free).change_rms;
  const double change_bound = WindAdjuster().adjust(bound).change_rms;
  EXPECT_GT(change_bound, change_free);
  double vertical = 0.0;
  for (const double flux : bound.vertical_kg_s.values()) vertical = std::max(vertical, std::fabs(flux));
  EXPECT_LT(vertical, 10.0);  // of horizontal fluxes of 1e6 kg/s
}

TEST(WindAdjustment, HasTheSameBitsOnOneAndTwoThreads) {
  const int before = omp_get_max_threads();
  AdjustableWind one = wavy_wind(), two = wavy_wind();
  omp_set_num_threads(1);
  static_cast<void>(WindAdjuster().adjust(one));
  omp_set_num_threads(2);
  static_cast<void>(WindAdjuster().adjust(two));
  omp_set_num_threads(before);
  EXPECT_TRUE(std::ranges::equal(one.x_kg_s.values(), two.x_kg_s.values()));
  EXPECT_TRUE(std::ranges::equal(one.vertical_kg_s.values(), two.vertical_kg_s.values()));
}

}  // namespace
}  // namespace lantian
