#pragma once

#include "bilinear_map.hpp"
#include "missing_fields.hpp"
#include "model_record.hpp"
#include "wrf_reader.hpp"

#include "lantian/config/case.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/grid/layers.hpp"

#include <optional>

namespace lantian {

/// What of a case's weather does not change with time.
struct WeatherDomain {
  HorizontalGrid grid;
  Layers layers;
  Surface surface;
  FaceLengths faces;
  CellPlaces places;
  std::optional<BilinearMap> map;  // nothing: the model's cells are the weather's
  TopRule top = TopRule::closed;
};

/// Builds the model grid out of the case and the weather's grid, and sets the reader's window.
/// @return nothing when a fault was added to `problems`.
[[nodiscard]] std::optional<WeatherDomain> weather_domain(const Case& configuration, const WrfFiles& files,
                                                          WrfReader& reader,
                                                          const HorizontalGrid& weather_grid,
                                                          Problems& problems);

/// One warning for each field that the files lack and the model makes.
void warn_of_missing_fields(const WrfReader& reader);
/// Says whether the winds between the files' times are WRF's own means.
void tell_of_mean_fluxes(const WrfReader& reader);

}  // namespace lantian
