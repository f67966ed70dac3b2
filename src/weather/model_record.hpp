#pragma once

#include "met_fields.hpp"

#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/grid/layers.hpp"
#include "lantian/weather/meteorology.hpp"

namespace lantian {

/// What passes the model top.
enum class TopRule {
  closed,         // nothing: diagnosed winds know no vertical motion aloft
  air_above,      // what the column above gains and does not get from its sides, up to the weather's own top
  vertical_wind,  // the weather's own W: the files are cut below its top
};

/// Lengths of the faces of a grid, measured once [m].
struct FaceLengths {
  Array2<double> x;  // [row][column + 1]
  Array2<double> y;  // [row + 1][column]
};
[[nodiscard]] FaceLengths face_lengths(const HorizontalGrid& grid);

/// Mass fluxes of dry air to the sides [kg s-1].
struct SideFluxes {
  Array3<double> x_kg_s;  // [layer][row][column + 1]
  Array3<double> y_kg_s;  // [layer][row + 1][column]
  // Of the air above the model's top to all its sides; by the vertical wind: through the top. Empty for a
  // mean that the files do not tell.
  Array2<double> outflow_above_kg_s;
};

/// The weather of one instant in the files, on the model's cells.
struct ModelRecord {
  WeatherSnapshot at;     // without rain and Obukhov length; eddy diffusivity only if the files give it
  SideFluxes fluxes;      // from the winds of the instant
  SideFluxes since_last;  // mean since the instant before; empty where the files do not tell
  // W at the top is the change of the air above plus its outflow to the sides.
  Array2<double> air_above_kg;
  Array2<double> rain_mm;  // accumulated
};

/// Everything of a model cell that the remap needs.
struct ModelCells {
  const Layers& layers;
  const Surface& surface;
  const FaceLengths& faces;
};

/// @param fields  on the model's horizontal grid, nothing missing but vertical wind.
[[nodiscard]] ModelRecord model_record(const MetFields& fields, const ModelCells& cells, TopRule rule);

}  // namespace lantian
