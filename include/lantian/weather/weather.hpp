#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/config/case.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/grid/layers.hpp"
#include "lantian/weather/meteorology.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lantian {

/// The files that weather.files of a case mean, as far as they are there.
[[nodiscard]] std::vector<std::string> weather_files(const Case& configuration);

/// The weather of a case: opens the files, checks them, and gives one hour after another on the model grid.
///
/// Knows nothing of ranks: each rank holds the weather of the whole domain, so its values cannot depend on
/// their number.
class Weather {
 public:
  /// Reads the files' headers and checks everything that can be checked before the first step. Faults go to
  /// `problems`.
  Weather(const Case& configuration, Problems& problems);
  ~Weather();
  Weather(Weather&&) noexcept;
  Weather& operator=(Weather&&) noexcept;

  /// False when a fault left no grid to check other input against: then throw the problems at once.
  [[nodiscard]] bool has_grid() const;
  /// The model grid: the one [grid] spells out, or the weather's own (window, trim applied).
  [[nodiscard]] const HorizontalGrid& grid() const;
  [[nodiscard]] const Layers& layers() const;
  [[nodiscard]] const Surface& surface() const;

  /// The hour that begins at `start`.
  /// @throws DataError when the files do not cover it.
  [[nodiscard]] WeatherHour hour(UtcTime start);

  /// Paths of the files that are read, for the digests of a run.
  [[nodiscard]] const std::vector<std::string>& files() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lantian
