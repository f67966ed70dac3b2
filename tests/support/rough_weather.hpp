// Hours of weather over a hill whose air and winds do not fit together, for tests of what makes them fit.
#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/weather/mass_consistent_wind.hpp"
#include "lantian/weather/meteorology.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>

namespace lantian::testing {

/// A hill, uneven layers and winds that know nothing of continuity.
class RoughWeather {
 public:
  static constexpr int layers = 12, rows = 23, columns = 31;
  Surface surface;
  Array3<double> begin_kg{layers, rows, columns}, end_kg{layers, rows, columns};
  Array3<double> x_kg_s{layers, rows, columns + 1}, y_kg_s{layers, rows + 1, columns};
  Array2<double> top_kg_s{rows, columns};

  explicit RoughWeather(unsigned seed) : random_(seed) {
    surface.cell_area_m2 = Array2<double>(rows, columns);
    surface.cell_width_m = Array2<double>(rows, columns);
    surface.cell_depth_m = Array2<double>(rows, columns, 3000.0);
    surface.interface_above_ground_m = Array3<double>(layers + 1, rows, columns, 0.0);
    for (int j = 0; j < rows; ++j)
      for (int i = 0; i < columns; ++i) make_column(j, i);
    make_winds();
  }

  /// The hour after this one: it begins with the air this one ends with.
  void go_on() {
    begin_kg = end_kg;
    make_winds();
  }

  [[nodiscard]] HourlyAir hour() const { return {begin_kg, end_kg, x_kg_s, y_kg_s, top_kg_s}; }

 private:
  double even() { return std::uniform_real_distribution<double>(-1.0, 1.0)(random_); }
  void make_column(int j, int i) {
    surface.cell_width_m(j, i) = 3000.0 * (1.0 - 0.002 * j);
    surface.cell_area_m2(j, i) = 3000.0 * surface.cell_width_m(j, i);
    const double hill_m = 900.0 * std::exp(-0.02 * ((i - 15) * (i - 15) + (j - 11) * (j - 11)));
    for (int k = 0; k < layers; ++k) {
      const double depth_m = 20.0 * std::pow(1.5, k) * (8000.0 - hill_m) / 8000.0;
      surface.interface_above_ground_m(k + 1, j, i) = surface.interface_above_ground_m(k, j, i) + depth_m;
      begin_kg(k, j, i) = 1.2 * std::pow(0.95, k) * depth_m * surface.cell_area_m2(j, i);
    }
  }
  void make_winds() {
    for (int j = 0; j < rows; ++j) {
      for (int i = 0; i < columns; ++i) {
        top_kg_s(j, i) = 0.05 * surface.cell_area_m2(j, i) * even();  // 5 cm/s at 1 kg/m3
        for (int k = 0; k < layers; ++k) end_kg(k, j, i) = begin_kg(k, j, i) * (1.0 + 0.002 * even());
      }
    }
    const auto mean_mass = [&](int k, int j, int i) {
      return begin_kg(k, std::clamp(j, 0, rows - 1), std::clamp(i, 0, columns - 1));
    };
    for (int k = 0; k < layers; ++k) {
      for (int j = 0; j < rows; ++j)
        for (int i = 0; i <= columns; ++i)
          x_kg_s(k, j, i) = mean_mass(k, j, i) / 3000.0 * (6.0 + 4.0 * even());
      for (int j = 0; j <= rows; ++j)
        for (int i = 0; i < columns; ++i)
          y_kg_s(k, j, i) = mean_mass(k, j, i) / 3000.0 * (-2.0 + 4.0 * even());
    }
  }
  std::mt19937 random_;
};

}  // namespace lantian::testing
