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

/// The weather of one instant in the files, on the model's cells.
struct ModelRecord {
  WeatherSnapshot at;     // without rain and Obukhov length; eddy diffusivity only if the files give it
  Array3<double> x_kg_s;  // mass fluxes from the winds [layer][row][column + 1]
  Array3<double> y_kg_s;
  // W at the top is the change of the air above plus its outflow to the sides.
  Array2<double> air_above_kg;
  Array2<double> outflow_above_kg_s;
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
