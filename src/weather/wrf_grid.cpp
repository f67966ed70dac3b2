#include "wrf_grid.hpp"

#include "value_check.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace lantian {

namespace {

constexpr double metres_per_degree = wrf_sphere_radius_m * std::numbers::pi / 180.0;

/// XLAT and XLONG of one record, [row][column].
struct Positions {
  std::vector<double> latitude_deg, longitude_deg;
  int rows = 0, columns = 0;
  [[nodiscard]] LonLat at(int j, int i) const {
    const auto n =
        static_cast<std::size_t>(j) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(i);
    return {longitude_deg[n], latitude_deg[n]};
  }
};

std::vector<double> plane(const NetcdfReader& reader, const std::string& name, std::size_t record) {
  if (const auto fault = axis_order_fault(reader, name)) throw DataError(*fault);
  const auto shape = reader.shape(name);
  if (shape.size() == 2) return reader.read(name);
  if (shape.size() != 3)
    throw DataError(fmt::format("{}: {} has {} dimensions; expected [Time,] south_north, west_east",
                                reader.path(), name, shape.size()));
  return reader.read(name, {record, 0, 0}, {1, shape[1].length, shape[2].length});
}

/// Swapped axes show in values beyond 90 degrees, or in a "latitude" that changes along rows only.
bool looks_swapped(const Positions& p) {
  for (const double latitude : p.latitude_deg)
    if (std::fabs(latitude) > 90.0) return true;
  if (p.rows < 2 || p.columns < 2) return false;
  const LonLat origin = p.at(0, 0), east = p.at(0, p.columns - 1), north = p.at(p.rows - 1, 0);
  const auto change = [](double a, double b) { return std::fabs(b - a); };
  return change(origin.latitude_deg, east.latitude_deg) >
             3.0 * change(origin.latitude_deg, north.latitude_deg) &&
         change(origin.longitude_deg, north.longitude_deg) >
             3.0 * change(origin.longitude_deg, east.longitude_deg);
}

Positions read_positions(const NetcdfReader& reader, std::size_t record) {
  for (const char* name : {"XLAT", "XLONG"})
    if (!reader.has_variable(name))
      throw DataError(
          fmt::format("{}: has no variable {}; it places the grid on the map", reader.path(), name));
  const auto shape = reader.shape("XLAT");
  Positions p;
  p.latitude_deg = plane(reader, "XLAT", record);
  p.longitude_deg = plane(reader, "XLONG", record);
  p.rows = static_cast<int>(shape[shape.size() - 2].length);
  p.columns = static_cast<int>(shape.back().length);
  if (p.longitude_deg.size() != p.latitude_deg.size())
    throw DataError(fmt::format("{}: XLAT and XLONG differ in size", reader.path()));
  const std::vector<int> extent{p.rows, p.columns};
  for (const auto* values : {&p.latitude_deg, &p.longitude_deg}) {
    const bool is_latitude = values == &p.latitude_deg;
    const ValueRange any{is_latitude ? "XLAT" : "XLONG", "degrees", -360.0, 360.0};
    if (const auto fault = range_fault(reader.path(), any, *values, extent)) throw DataError(*fault);
  }
  if (looks_swapped(p))
    throw DataError(
        fmt::format("{}: XLAT and XLONG look swapped: XLAT begins with {:.4f}, XLONG with {:.4f}; "
                    "latitude runs from -90 to 90 and rises with south_north",
                    reader.path(), p.latitude_deg[0], p.longitude_deg[0]));
  return p;
}

double required_number(const NetcdfReader& reader, const std::string& name, const std::string& purpose) {
  const auto value = reader.number_attribute("", name);
  if (!value)
    throw DataError(fmt::format("{}: has no global attribute {}; it says {}", reader.path(), name, purpose));
  return *value;
}

std::string projection_definition(const NetcdfReader& reader) {
  const int kind = static_cast<int>(required_number(reader, "MAP_PROJ", "which map projection the grid has"));
  const auto number = [&](const char* name) {
    return required_number(reader, name, "how the map projection lies");
  };
  const std::string sphere = fmt::format("+R={:.0f} +units=m +no_defs", wrf_sphere_radius_m);
  switch (kind) {
    case 1:
      return fmt::format("+proj=lcc +lat_1={:.9g} +lat_2={:.9g} +lat_0={:.9g} +lon_0={:.9g} {}",
                         number("TRUELAT1"), number("TRUELAT2"),
                         reader.number_attribute("", "MOAD_CEN_LAT").value_or(number("TRUELAT1")),
                         number("STAND_LON"), sphere);
    case 2:
      return fmt::format("+proj=stere +lat_0={} +lat_ts={:.9g} +lon_0={:.9g} {}",
                         number("TRUELAT1") < 0.0 ? -90 : 90, number("TRUELAT1"), number("STAND_LON"),
                         sphere);
    case 3:
      return fmt::format("+proj=merc +lat_ts={:.9g} +lon_0={:.9g} {}", number("TRUELAT1"),
                         number("STAND_LON"), sphere);
    case 6:
      if (std::fabs(reader.number_attribute("", "POLE_LAT").value_or(90.0) - 90.0) > 1.0e-6)
        throw DataError(
            fmt::format("{}: MAP_PROJ = 6 with POLE_LAT other than 90 is a rotated grid; only unrotated "
                        "latitude-longitude grids are known",
                        reader.path()));
      return fmt::format("+proj=longlat +R={:.0f} +no_defs", wrf_sphere_radius_m);
    default:
      throw DataError(
          fmt::format("{}: MAP_PROJ = {} is not known; known are 1 (Lambert), 2 (polar stereographic), 3 "
                      "(Mercator), 6 (latitude-longitude)",
                      reader.path(), kind));
  }
}

/// Distance [m] on the map between where the grid places a cell's centre and where the file says it is.
double offset_m(const HorizontalGrid& grid, int j, int i, LonLat said) {
  const ProjectedPoint placed = grid.centre_xy(j, i), told = grid.projection().forward(said);
  double dx = told.x_m - placed.x_m, dy = told.y_m - placed.y_m;
  if (grid.projection().is_lon_lat()) {
    dx = std::remainder(dx, 360.0) * metres_per_degree *
         std::cos(said.latitude_deg * std::numbers::pi / 180.0);
    dy *= metres_per_degree;
  }
  return std::hypot(dx, dy);
}

/// Whether latitude and longitude span the grid's diagonal when they are read as radians; map scale leaves a
/// tenth.
bool span_grid_as_radians(const Positions& positions, const HorizontalGrid& grid, double unit_m) {
  const LonLat first = positions.at(0, 0), last = positions.at(grid.rows() - 1, grid.columns() - 1);
  const double north_rad = last.latitude_deg - first.latitude_deg,
               east_rad = (last.longitude_deg - first.longitude_deg) * std::cos(first.latitude_deg);
  const double spanned_m = wrf_sphere_radius_m * std::hypot(north_rad, east_rad),
               diagonal_m = unit_m * std::hypot((grid.rows() - 1) * grid.shape().dy_m,
                                                (grid.columns() - 1) * grid.shape().dx_m);
  return std::fabs(spanned_m / diagonal_m - 1.0) < 0.1;
}

void check_positions(const NetcdfReader& reader, const Positions& positions, const HorizontalGrid& grid) {
  const double unit = grid.projection().is_lon_lat() ? metres_per_degree : 1.0;
  const double allowed_m = std::max(0.01 * grid.shape().dx_m * unit, 5.0);
  double worst_m = 0.0;
  int worst_j = 0, worst_i = 0;
  for (int j = 0; j < grid.rows(); ++j)
    for (int i = 0; i < grid.columns(); ++i) {
      const double off_m = offset_m(grid, j, i, positions.at(j, i));
      if (off_m > worst_m || !std::isfinite(off_m)) worst_m = off_m, worst_j = j, worst_i = i;
    }
  if (worst_m <= allowed_m) return;
  const double southward_deg =
      positions.at(0, 0).latitude_deg - positions.at(grid.rows() - 1, 0).latitude_deg;
  const bool is_turned = southward_deg > 0.0 && worst_m > 0.5 * grid.rows() * grid.shape().dy_m * unit;
  if (span_grid_as_radians(positions, grid, unit))
    throw DataError(
        fmt::format("{}: XLAT, XLONG begin with {:.4g}, {:.4g}: these seem to be radians; degrees are needed",
                    reader.path(), positions.at(0, 0).latitude_deg, positions.at(0, 0).longitude_deg));
  throw DataError(fmt::format(
      "{}: XLAT, XLONG at [j={}][i={}] lie {:.4g} km from where MAP_PROJ, TRUELAT1/2, STAND_LON and DX, DY "
      "place that "
      "cell from the first one; at most {:.4g} km are allowed. The projection's attributes do not belong to "
      "these "
      "coordinates ({}).{}",
      reader.path(), worst_j, worst_i, worst_m / 1000.0, allowed_m / 1000.0, grid.projection().definition(),
      is_turned ? " XLAT falls with south_north: rows must run from south to north, as WRF writes them."
                : ""));
}

Projection projection_of(const NetcdfReader& reader) {
  const std::string definition = projection_definition(reader);
  try {
    return Projection(definition);
  } catch (const Error&) {
    throw DataError(fmt::format("{}: MAP_PROJ, TRUELAT1, TRUELAT2 and STAND_LON make no map projection ({})",
                                reader.path(), definition));
  }
}

HorizontalGrid placed_grid(const NetcdfReader& reader, const Positions& positions) {
  Projection projection = projection_of(reader);
  HorizontalGrid::Shape shape{0.0, 0.0, 0.0, 0.0, positions.columns, positions.rows};
  const LonLat first = positions.at(0, 0);
  if (projection.is_lon_lat()) {
    // DX is in metres along a meridian, with fewer digits than the coordinates have.
    const LonLat last = positions.at(positions.rows - 1, positions.columns - 1);
    shape.dx_m = std::remainder(last.longitude_deg - first.longitude_deg, 360.0) / (positions.columns - 1);
    shape.dy_m = (last.latitude_deg - first.latitude_deg) / (positions.rows - 1);
  } else {
    shape.dx_m = required_number(reader, "DX", "how wide the cells are");
    shape.dy_m = required_number(reader, "DY", "how deep the cells are");
  }
  if (!(shape.dx_m > 0.0) || !(shape.dy_m > 0.0))
    throw DataError(
        fmt::format("{}: the cells are {:g} by {:g}; both must be above 0, columns from west to east and "
                    "rows from south to north",
                    reader.path(), shape.dx_m, shape.dy_m));
  const ProjectedPoint centre = projection.forward(first);
  shape.x_west_m = centre.x_m - 0.5 * shape.dx_m;
  shape.y_south_m = centre.y_m - 0.5 * shape.dy_m;
  return {std::move(projection), shape, wrf_sphere_radius_m};
}

/// The file's grid is the first one's, gone by whole cells.
HorizontalGrid shifted(const HorizontalGrid& grid, const WrfInstant& instant) {
  HorizontalGrid::Shape shape = grid.shape();
  shape.x_west_m += instant.east * shape.dx_m;
  shape.y_south_m += instant.north * shape.dy_m;
  return {grid.projection(), shape, grid.sphere_radius_m()};
}

LonLat first_position(const NetcdfReader& reader, std::size_t record) {
  const auto corner = [&](const char* name) {
    const std::size_t rank = reader.shape(name).size();
    const std::vector<std::size_t> one(rank, 1);
    std::vector<std::size_t> start(rank, 0);
    if (rank == 3) start[0] = record;
    return reader.read(name, start, one).front();
  };
  return {corner("XLONG"), corner("XLAT")};
}

void check_file(const NetcdfReader& reader, const WrfInstant& instant, const HorizontalGrid& grid) {
  const std::string definition = projection_definition(reader);
  if (definition != grid.projection().definition())
    throw DataError(
        fmt::format("{}: its projection is \"{}\", that of the first file \"{}\"; all files must be of one "
                    "domain",
                    reader.path(), definition, grid.projection().definition()));
  const Positions positions = read_positions(reader, instant.record);
  if (positions.columns != grid.columns() || positions.rows != grid.rows())
    throw DataError(
        fmt::format("{}: has {} x {} cells, the first file {} x {}; all files must be of one domain",
                    reader.path(), positions.columns, positions.rows, grid.columns(), grid.rows()));
  check_positions(reader, positions, shifted(grid, instant));
}

}  // namespace

std::optional<HorizontalGrid> wrf_grid(const NetcdfReader& reader, std::size_t record, Problems& problems) {
  try {
    const Positions positions = read_positions(reader, record);
    if (positions.rows < 2 || positions.columns < 2)
      throw DataError(
          fmt::format("{}: {} by {} cells make no grid", reader.path(), positions.columns, positions.rows));
    HorizontalGrid grid = placed_grid(reader, positions);
    check_positions(reader, positions, grid);
    return grid;
  } catch (const Error& error) {
    problems.add(error);
    return std::nullopt;
  }
}

CellWindow place_instants(WrfFiles& files, const HorizontalGrid& grid, Problems& problems) {
  int west = 0, south = 0, east = grid.columns(), north = grid.rows(), last_faulty = -1;
  const ProjectedPoint origin = grid.centre_xy(0, 0);
  for (std::size_t n = 0; n < files.instants().size(); ++n) {
    const WrfInstant here = files.instants()[n];
    if (here.file == last_faulty) continue;
    const NetcdfReader& reader = files.file(here.file);
    try {
      const ProjectedPoint at = grid.projection().forward(first_position(reader, here.record));
      files.set_shift(n, static_cast<int>(std::lround((at.x_m - origin.x_m) / grid.shape().dx_m)),
                      static_cast<int>(std::lround((at.y_m - origin.y_m) / grid.shape().dy_m)));
      const WrfInstant& placed = files.instants()[n];
      const bool is_first = n == 0 || files.instants()[n - 1].file != here.file;
      const bool is_last = n + 1 == files.instants().size() || files.instants()[n + 1].file != here.file;
      if (is_first || is_last) check_file(reader, placed, grid);
      west = std::max(west, placed.east);
      south = std::max(south, placed.north);
      east = std::min(east, placed.east + grid.columns());
      north = std::min(north, placed.north + grid.rows());
    } catch (const Error& error) {
      problems.add(error);
      last_faulty = here.file;
    }
  }
  const CellWindow common{west, south, east - west, north - south};
  if (common.columns == grid.columns() && common.rows == grid.rows()) return common;
  if (common.columns < 2 || common.rows < 2)
    problems.add(fmt::format(
        "weather.files: the domain moves (nest), and no cell lies in it at all times from {} to {}",
        to_iso8601(files.instants().front().time), to_iso8601(files.instants().back().time)));
  else
    log_warning(
        fmt::format("weather: the domain moves (nest); the {} x {} cells that lie in it at all times are the "
                    "weather's grid, of {} x {}",
                    common.columns, common.rows, grid.columns(), grid.rows()));
  return common;
}

}  // namespace lantian
