#pragma once

#include "bilinear_map.hpp"
#include "wrf_reader.hpp"

#include "lantian/config/case.hpp"
#include "lantian/grid/layers.hpp"

#include <optional>

namespace lantian {

/// The weather's own layers as those of the model.
struct WeatherLayers {
  Layers layers;
  Array3<double> interface_above_ground_m;  // [layer + 1][row][column]
};

/// The lowest grid.layer_count layers of the weather, all for 0.
///
/// The air of each is that of the files at all times; only the heights, which in WRF breathe with
/// temperature, are kept: as the means over the first day of the weather, whatever the end of the run.
/// @param map  to the model's cells; nothing: they are the weather's.
/// @throws ConfigError when there are fewer, or they end less than 1000 m above the ground; DataError when
///         they do not rise.
[[nodiscard]] WeatherLayers weather_layers(const GridConfig& config, const WrfFiles& files,
                                           const WrfReader& reader, const std::optional<BilinearMap>& map);

}  // namespace lantian
