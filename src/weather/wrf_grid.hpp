#pragma once

#include "met_fields.hpp"
#include "wrf_files.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <cstddef>
#include <optional>

namespace lantian {

/// The grid of a WRF output file, on WRF's sphere, latitudes taken as they are.
///
/// The projection comes from MAP_PROJ and its parameters, the place from the first XLAT and XLONG (CEN_LAT
/// and CEN_LON are those of the uncut domain), the spacing from DX and DY. Every other XLAT and XLONG must
/// agree to 1 % of the spacing (5 m at least: the file's numbers have seven digits).
/// @return nothing when a fault was added to `problems`.
[[nodiscard]] std::optional<HorizontalGrid> wrf_grid(const NetcdfReader& reader, std::size_t record,
                                                     Problems& problems);

/// Finds where each instant's domain lies on the first one's `grid`, which moving nests leave by whole cells,
/// and checks projection, size and positions of every file.
///
/// @return the cells that every instant covers, in the numbering of `grid`.
[[nodiscard]] CellWindow place_instants(WrfFiles& files, const HorizontalGrid& grid, Problems& problems);

}  // namespace lantian
