#include "weather_layers.hpp"

#include "lantian/base/constants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace lantian {

namespace {

constexpr double least_depth_m = 1000.0;

/// Mean heights over the first day of the files, all layers.
Array3<double> mean_interfaces_m(const WrfFiles& files, const WrfReader& reader) {
  constexpr long long day_s = 86400;
  const UtcTime first = files.instants().front().time;
  Array3<double> mean = reader.interfaces_above_ground_m(files.instants().front());
  double count = 1.0;
  for (std::size_t n = 1; n < files.instants().size(); ++n) {
    const WrfInstant& at = files.instants()[n];
    if (at.time.seconds_since(first) >= day_s) break;
    const Array3<double> height = reader.interfaces_above_ground_m(at);
    for (std::size_t m = 0; m < mean.values().size(); ++m) mean.values()[m] += height.values()[m];
    count += 1.0;
  }
  for (double& height : mean.values()) height /= count;
  return mean;
}

}  // namespace

WeatherLayers weather_layers(const GridConfig& config, const WrfFiles& files, const WrfReader& reader,
                             const std::optional<BilinearMap>& map) {
  const int count = config.layer_count > 0 ? config.layer_count : reader.layers();
  if (count > reader.layers())
    throw ConfigError(fmt::format("grid.layer_count: {} layers are asked for, but the weather has {}", count,
                                  reader.layers()));
  Array3<double> all = mean_interfaces_m(files, reader);
  if (map) all = map->volume(all);
  Array3<double> heights(count + 1, all.rows(), all.columns());
  std::copy_n(all.values().begin(), heights.values().size(), heights.values().begin());

  const auto cells = static_cast<double>(heights.rows()) * heights.columns();
  double lowest_top_m = std::numeric_limits<double>::infinity();
  std::vector<double> mean_m(static_cast<std::size_t>(count) + 1, 0.0);
  for (int k = 0; k <= count; ++k)
    for (int j = 0; j < heights.rows(); ++j)
      for (int i = 0; i < heights.columns(); ++i) {
        mean_m[static_cast<std::size_t>(k)] += heights(k, j, i) / cells;
        if (k == count) lowest_top_m = std::min(lowest_top_m, heights(k, j, i));
      }
  if (lowest_top_m < least_depth_m)
    throw ConfigError(
        fmt::format("grid.layer_count: {} layers of the weather end {:.0f} m above the ground, "
                    "{:g} m are the least; take more of its {} layers",
                    count, lowest_top_m, least_depth_m, reader.layers()));
  return {Layers::of_weather(mean_m), std::move(heights)};
}

}  // namespace lantian
