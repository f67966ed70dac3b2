#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/base/time.hpp"
#include "lantian/config/case.hpp"
#include "lantian/grid/horizontal_grid.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace lantian {

/// The air over one cell of the weather at one instant.
struct ColumnAir {
  struct Level {
    double height_m;  // of the layer's middle above the ground
    double wind_east_m_s, wind_north_m_s;
    double temperature_k, potential_temperature_k;
  };
  double friction_velocity_m_s, sensible_heat_flux_w_m2, inverse_obukhov_length_per_m;
  double mixing_height_m, roughness_length_m;
  double temperature_2m_k, surface_pressure_pa;
  double wind_east_10m_m_s, wind_north_10m_m_s;
  // For what falls on the ground.
  double relative_humidity;   // at the ground, 0 to 1
  double cloud_fraction;      // of the cloudiest layer
  double short_wave_w_m2;     // downward at the ground
  double rain_mm_h;           // of the hour; 0 unless it is asked for
  std::vector<Level> levels;  // rising
};

/// Hourly weather of some places: what files of WRF or of `lantian diagnose` say of the cells they lie in.
///
/// An hour has the air of the instant at its end, as hourly records of meteorology do. Fields that the files
/// lack are made as for the grid model, which says so in the log.
class ColumnWeather {
 public:
  /// Opens the files of `configuration` and checks that they have every hour from run.start to run.end; with
  /// rain, which is what falls between two instants, run.start too. Faults go to `problems`.
  ColumnWeather(const Case& configuration, Problems& problems, bool with_rain = false);
  ~ColumnWeather();
  ColumnWeather(ColumnWeather&&) noexcept;
  ColumnWeather& operator=(ColumnWeather&&) noexcept;

  /// False when a fault left no grid.
  [[nodiscard]] bool has_grid() const;
  [[nodiscard]] const HorizontalGrid& grid() const;
  [[nodiscard]] const std::vector<std::string>& files() const;

  /// Names the cells that are wanted; before the first `hour`.
  void choose(std::span<const HorizontalGrid::Cell> cells);
  /// The air of the n-th hour over the chosen cells, in their order. Values that cannot be go to `problems`;
  /// the result is then empty.
  [[nodiscard]] std::vector<ColumnAir> hour(std::size_t n, Problems& problems) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lantian
