#include "inventory_grid.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"
#include "lantian/grid/projection.hpp"
#include "lantian/io/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace lantian {

namespace {

constexpr double radian = std::numbers::pi / 180.0;

enum class AxisKind { unknown, longitude, latitude, x, y };

struct Axis {
  std::string dimension, variable;
  AxisKind kind = AxisKind::unknown;
  std::vector<double> centre, edge;
};

AxisKind kind_of(const NetcdfReader& file, const std::string& variable) {
  const std::string units = lower_case(file.text_attribute(variable, "units").value_or("")),
                    standard = file.text_attribute(variable, "standard_name").value_or(""),
                    name = lower_case(variable);
  if (standard == "projection_x_coordinate") return AxisKind::x;
  if (standard == "projection_y_coordinate") return AxisKind::y;
  if (standard == "longitude" || units.starts_with("degrees_e") || units.starts_with("degree_e"))
    return AxisKind::longitude;
  if (standard == "latitude" || units.starts_with("degrees_n") || units.starts_with("degree_n"))
    return AxisKind::latitude;
  if (name == "lon" || name == "longitude" || name == "long") return AxisKind::longitude;
  if (name == "lat" || name == "latitude") return AxisKind::latitude;
  if (name == "x") return AxisKind::x;
  if (name == "y") return AxisKind::y;
  return AxisKind::unknown;
}

bool is_monotonic(const std::vector<double>& axis) {
  const bool rises = axis.back() > axis.front();
  for (std::size_t n = 1; n < axis.size(); ++n)
    if (!std::isfinite(axis[n]) || axis[n] == axis[n - 1] || (axis[n] > axis[n - 1]) != rises) return false;
  return std::isfinite(axis.front());
}

/// Edges from bounds [cell][2], or half way between the centres.
std::vector<double> edges_of(const NetcdfReader& file, const Axis& axis) {
  const std::vector<double>& centre = axis.centre;
  std::vector<double> edge(centre.size() + 1);
  const std::string bounds = file.text_attribute(axis.variable, "bounds").value_or("");
  if (!bounds.empty() && file.has_variable(bounds)) {
    const std::vector<double> pairs = file.read(bounds);
    if (pairs.size() != 2 * centre.size())
      throw DataError(fmt::format("{}: {}: has {} values; two a value of {} are needed", file.path(), bounds,
                                  pairs.size(), axis.variable));
    const bool rises = centre.back() > centre.front();
    for (std::size_t n = 0; n < centre.size(); ++n) {
      const auto [low, high] = std::minmax(pairs[2 * n], pairs[2 * n + 1]);
      if (n > 0 && std::fabs(edge[n] - (rises ? low : high)) > 1.0e-3 * (high - low))
        throw DataError(fmt::format("{}: {}: cells {} and {} do not touch", file.path(), bounds, n - 1, n));
      if (n == 0) edge[0] = rises ? low : high;
      edge[n + 1] = rises ? high : low;
    }
    return edge;
  }
  for (std::size_t n = 1; n < centre.size(); ++n) edge[n] = 0.5 * (centre[n - 1] + centre[n]);
  edge.front() = centre.front() - (edge[1] - centre.front());
  edge.back() = centre.back() + (centre.back() - edge[centre.size() - 1]);
  return edge;
}

/// The axis of a dimension: the variable of its name, or another of that one dimension that is known as one.
Axis axis_of(const NetcdfReader& file, const std::string& variable, const std::string& dimension) {
  Axis axis;
  axis.dimension = dimension;
  std::vector<std::string> candidates = file.variables();
  std::stable_partition(candidates.begin(), candidates.end(),
                        [&](const std::string& name) { return name == dimension; });
  for (const std::string& name : candidates) {
    const auto shape = file.shape(name);
    if (shape.size() != 1 || shape[0].name != dimension) continue;
    axis.kind = kind_of(file, name);
    if (axis.kind == AxisKind::unknown) continue;
    axis.variable = name;
    break;
  }
  if (axis.variable.empty())
    throw DataError(
        fmt::format("{}: {}: its dimension \"{}\" has no axis; lon and lat (degrees_east, degrees_north), or "
                    "x and y with a grid mapping, are needed",
                    file.path(), variable, dimension));
  axis.centre = file.read(axis.variable);
  if (axis.centre.size() < 2)
    throw DataError(fmt::format("{}: {} has {} value; two are the least", file.path(), axis.variable,
                                axis.centre.size()));
  if (!is_monotonic(axis.centre))
    throw DataError(fmt::format("{}: {} must rise or fall throughout", file.path(), axis.variable));
  axis.edge = edges_of(file, axis);
  return axis;
}

void check_lon_lat(const std::string& path, const Axis& lon, Axis& lat) {
  const auto greatest = [](const std::vector<double>& axis) {
    return std::max(std::fabs(axis.front()), std::fabs(axis.back()));
  };
  if (greatest(lat.centre) > 90.0)
    throw DataError(fmt::format("{}: {} runs from {} to {}; latitudes lie within -90 and 90{}", path,
                                lat.variable, lat.centre.front(), lat.centre.back(),
                                greatest(lon.centre) <= 90.0 ? ": lon and lat seem to be swapped" : ""));
  if (greatest(lon.centre) > 360.0 || std::fabs(lon.edge.back() - lon.edge.front()) > 360.001)
    throw DataError(fmt::format("{}: {} runs from {} to {}; longitudes lie within -180 and 360, once round",
                                path, lon.variable, lon.centre.front(), lon.centre.back()));
  for (double& edge : lat.edge) edge = std::clamp(edge, -90.0, 90.0);
}

/// The projection of x and y; their edges become metres.
Projection projection_of(const NetcdfReader& file, const std::string& variable, double sphere_radius_m,
                         Axis& x, Axis& y) {
  for (Axis* axis : {&x, &y}) {
    const std::string units = file.text_attribute(axis->variable, "units").value_or("m");
    const double metres = unit_conversion(units, "m").factor;
    for (double& edge : axis->edge) edge *= metres;
  }
  const std::string mapping = file.text_attribute(variable, "grid_mapping").value_or("crs");
  if (file.has_variable(mapping)) {
    if (const auto proj = file.text_attribute(mapping, "proj4")) return Projection(*proj);
    return Projection(proj_text_of_grid_mapping(file, mapping, sphere_radius_m));
  }
  if (const auto proj = file.text_attribute("", "proj4")) return Projection(*proj);
  throw DataError(
      fmt::format("{}: {}: lies on x and y, but neither a grid_mapping nor an attribute proj4 says in which "
                  "projection",
                  file.path(), variable));
}

/// Cell between edges, corners counter-clockwise on the axes.
struct Rectangle {
  double west, east, south, north;
  Rectangle(const Axis& x, const Axis& y, std::size_t j, std::size_t i)
      : west(std::min(x.edge[i], x.edge[i + 1])),
        east(std::max(x.edge[i], x.edge[i + 1])),
        south(std::min(y.edge[j], y.edge[j + 1])),
        north(std::max(y.edge[j], y.edge[j + 1])) {}
  template <class Place>
  [[nodiscard]] std::array<LonLat, 4> corners(const Place& place) const {
    return {place(west, south), place(east, south), place(east, north), place(west, north)};
  }
};

void add_cell(InventoryGrid& grid, std::size_t index, CellOverlap overlap) {
  if (overlap.shares.empty()) return;
  grid.area_m2[index] = overlap.area_m2;
  grid.inside.push_back({index, std::move(overlap.shares)});
}

void fill_lon_lat(InventoryGrid& grid, const Axis& lon, const Axis& lat, const Regridder& regridder,
                  double radius_m) {
  grid.area_m2.reserve(lat.centre.size() * lon.centre.size());
  for (std::size_t j = 0; j < lat.centre.size(); ++j) {
    const double height = std::fabs(std::sin(lat.edge[j + 1] * radian) - std::sin(lat.edge[j] * radian));
    for (std::size_t i = 0; i < lon.centre.size(); ++i) {
      const Rectangle cell(lon, lat, j, i);
      grid.area_m2.push_back(radius_m * radius_m * (cell.east - cell.west) * radian * height);
      if (!regridder.may_touch({cell.west, cell.east, cell.south, cell.north})) continue;
      const auto place = [](double x, double y) { return LonLat{x, y}; };
      add_cell(grid, grid.area_m2.size() - 1, regridder.overlap(cell.corners(place), true));
    }
  }
}

void fill_projected(InventoryGrid& grid, const Axis& x, const Axis& y, const Regridder& regridder,
                    const Projection& projection) {
  for (std::size_t j = 0; j < y.centre.size(); ++j) {
    for (std::size_t i = 0; i < x.centre.size(); ++i) {
      const Rectangle cell(x, y, j, i);
      const LonLat middle =
          projection.inverse({0.5 * (cell.west + cell.east), 0.5 * (cell.south + cell.north)});
      const Projection::Scale scale = projection.map_factor(middle);
      grid.area_m2.push_back((cell.east - cell.west) * (cell.north - cell.south) / (scale.x * scale.y));
      const auto place = [&projection](double px, double py) { return projection.inverse({px, py}); };
      add_cell(grid, grid.area_m2.size() - 1, regridder.overlap(cell.corners(place), false));
    }
  }
}

}  // namespace

std::string InventoryGrid::place(std::size_t index) const {
  const std::size_t row = index / column_centre.size(), column = index % column_centre.size();
  return fmt::format("{} {}, {} {} (row {}, column {})", row_axis, row_centre[row], column_axis,
                     column_centre[column], row, column);
}

InventoryGrid read_inventory_grid(const NetcdfReader& file, const std::string& variable,
                                  const Regridder& regridder, double sphere_radius_m) {
  const auto shape = file.shape(variable);
  if (shape.size() < 2)
    throw DataError(fmt::format("{}: {}: has {} dimensions; lat and lon, or y and x, are needed", file.path(),
                                variable, shape.size()));
  Axis row = axis_of(file, variable, shape[shape.size() - 2].name),
       column = axis_of(file, variable, shape.back().name);
  InventoryGrid grid{.row_axis = row.dimension,
                     .column_axis = column.dimension,
                     .row_centre = row.centre,
                     .column_centre = column.centre,
                     .area_m2 = {},
                     .inside = {}};
  if (row.kind == AxisKind::latitude && column.kind == AxisKind::longitude) {
    check_lon_lat(file.path(), column, row);
    fill_lon_lat(grid, column, row, regridder, sphere_radius_m);
  } else if (row.kind == AxisKind::y && column.kind == AxisKind::x) {
    const Projection projection = projection_of(file, variable, sphere_radius_m, column, row);
    fill_projected(grid, column, row, regridder, projection);
  } else {
    throw DataError(fmt::format(
        "{}: {}: its last two dimensions are {} and {}; lat and lon, or y and x, in this order are needed "
        "(ncpdq -a {},{} turns them round)",
        file.path(), variable, row.dimension, column.dimension, column.dimension, row.dimension));
  }
  return grid;
}

}  // namespace lantian
