#include "lantian/sources/elevation_map.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace lantian {

namespace {

constexpr double slope = 0.1;

/// Length of a degree of longitude and of latitude on the WGS 84 ellipsoid [m].
/// @see American Practical Navigator (Bowditch), length of a degree.
struct Degree {
  double east_m, north_m;
};
Degree degree_at(double latitude_deg) {
  const double phi = latitude_deg * std::numbers::pi / 180.0;
  return {111412.84 * std::cos(phi) - 93.5 * std::cos(3.0 * phi),
          111132.92 - 559.82 * std::cos(2.0 * phi) + 1.175 * std::cos(4.0 * phi)};
}

std::string axis_name(const NetcdfReader& file, const char* name, const char* longer) {
  for (const char* one : {name, longer})
    if (file.has_variable(one)) return one;
  throw DataError(fmt::format("{}: has no variable {} (or {}); heights lie on axes of longitude and latitude",
                              file.path(), name, longer));
}

/// How far beyond an interval a value lies; 0 within.
double beyond(double value, double low, double high) {
  return std::max({0.0, low - value, value - high});
}

}  // namespace

/// Longitudes of the map may run to 360.
double ElevationMap::along_axis(double longitude_deg) const {
  while (longitude_deg < lon_.deg.front() && longitude_deg + 360.0 <= lon_.deg.back()) longitude_deg += 360.0;
  while (longitude_deg > lon_.deg.back() && longitude_deg - 360.0 >= lon_.deg.front()) longitude_deg -= 360.0;
  return longitude_deg;
}

ElevationMap::ElevationMap(const std::string& path, Wants wants, const Box& box)
    : path_(path), wants_(std::move(wants)) {
  const NetcdfReader file(path);
  const std::string &name = wants_.variable, lon = axis_name(file, "lon", "longitude"),
                    lat = axis_name(file, "lat", "latitude");
  if (!file.has_variable(name))
    throw DataError(
        fmt::format("{}: has no variable {}; terrain.variable names the heights, and the file has {}", path,
                    name, fmt::join(file.variables(), ", ")));
  const auto shape = file.shape(name), shape_lon = file.shape(lon), shape_lat = file.shape(lat);
  if (shape_lon.size() != 1 || shape_lat.size() != 1 || shape.size() != 2 ||
      shape[0].name != shape_lat[0].name || shape[1].name != shape_lon[0].name)
    throw DataError(fmt::format(
        "{}: {} must lie on ({}, {}), each an axis of one dimension; a map on other coordinates has to be "
        "brought onto longitudes and latitudes (EPSG:4326) first",
        path, name, lat, lon));
  lon_ = read_axis(file, lon, box.west_deg, box.east_deg, true);
  lat_ = read_axis(file, lat, box.south_deg, box.north_deg, false);
  box_ = {lon_.deg.front(), lon_.deg.back(), lat_.deg.front(), lat_.deg.back()};
  read_heights(file);
  check_heights();
  make_blocks();
}

/// The part of an axis from the point before `low` to that after `high`.
/// @param turns_round  360 degrees on lies the same place.
ElevationMap::Axis ElevationMap::read_axis(const NetcdfReader& file, const std::string& name, double low,
                                           double high, bool turns_round) {
  Axis found{file.read(name), 0, false};
  found.falls = found.deg.size() > 1 && found.deg.front() > found.deg.back();
  if (found.falls) std::ranges::reverse(found.deg);
  const std::size_t all = found.deg.size();
  const bool rises =
      std::ranges::adjacent_find(found.deg, [](double a, double b) { return !(b > a); }) == found.deg.end();
  if (all < 2 || !rises)
    throw DataError(
        fmt::format("{}: {} must rise or fall throughout, over two values at least", file.path(), name));
  if (turns_round && low < found.deg.front() && low + 360.0 <= found.deg.back()) low += 360.0, high += 360.0;
  const auto from = std::ranges::upper_bound(found.deg, low), to = std::ranges::lower_bound(found.deg, high);
  if (from == found.deg.end() || to == found.deg.begin())
    throw DataError(fmt::format("{}: {} runs from {:g} to {:g}, and {:g} to {:g} are needed", file.path(),
                                name, found.deg.front(), found.deg.back(), low, high));
  const auto first = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, from - found.deg.begin() - 1)),
             end = std::min(all, static_cast<std::size_t>(to - found.deg.begin()) + 1);
  found.deg = {found.deg.begin() + static_cast<std::ptrdiff_t>(first),
               found.deg.begin() + static_cast<std::ptrdiff_t>(end)};
  found.first = found.falls ? all - end : first;
  return found;
}

/// Rows from the south, columns from the west.
void ElevationMap::read_heights(const NetcdfReader& file) {
  const std::string& name = wants_.variable;
  const std::size_t rows = lat_.deg.size(), columns = lon_.deg.size();
  height_m_ = file.read(name, {lat_.first, lon_.first}, {rows, columns});
  const std::string units = file.text_attribute(name, "units").value_or("m");
  if (!units_are_convertible(units, "m"))
    throw DataError(fmt::format("{}: {} is in \"{}\", which is no length; m is usual", path_, name, units));
  const UnitConversion to_m = unit_conversion(units, "m");
  for (double& value : height_m_) value = to_m(value);
  const auto row_at = [&](std::size_t row) {
    return height_m_.begin() + static_cast<std::ptrdiff_t>(row * columns);
  };
  for (std::size_t row = 0; lon_.falls && row < rows; ++row) std::reverse(row_at(row), row_at(row + 1));
  for (std::size_t low = 0, high = rows - 1; lat_.falls && low < high; ++low, --high)
    std::swap_ranges(row_at(low), row_at(low + 1), row_at(high));
}

void ElevationMap::check_heights() {
  constexpr double lowest_m = -12000.0, highest_m = 9000.0;
  for (std::size_t n = 0; n < height_m_.size(); ++n) {
    double& height = height_m_[n];
    const auto place = [&] {
      return fmt::format("{}: {} at longitude {:.4f}, latitude {:.4f}", path_, wants_.variable,
                         lon_.deg[n % lon_.deg.size()], lat_.deg[n / lon_.deg.size()]);
    };
    if (std::isnan(height))
      throw DataError(fmt::format("{} holds no number; give the sea 0 and fill gaps of the land", place()));
    if (height < lowest_m || height > highest_m)
      throw DataError(fmt::format("{} is {:g} m; heights lie between {:g} and {:g} m", place(), height,
                                  lowest_m, highest_m));
    if (height >= wants_.least_m) continue;
    height = wants_.least_m;
    ++lowered_;
  }
}

void ElevationMap::make_blocks() {
  constexpr std::size_t side = 16;
  const std::size_t rows = lat_.deg.size(), columns = lon_.deg.size();
  for (std::size_t j = 0; j < rows; j += side)
    for (std::size_t i = 0; i < columns; i += side) {
      Block block{j, std::min(rows, j + side), i, std::min(columns, i + side), wants_.least_m};
      for (std::size_t row = block.first_row; row < block.end_row; ++row)
        for (std::size_t column = block.first_column; column < block.end_column; ++column)
          block.highest_m = std::max(block.highest_m, at(row, column));
      blocks_.push_back(block);
    }
}

std::optional<double> ElevationMap::height_m(LonLat place) const {
  const double x = along_axis(place.longitude_deg), y = place.latitude_deg;
  if (x < box_.west_deg || x > box_.east_deg || y < box_.south_deg || y > box_.north_deg) return std::nullopt;
  const auto below = [](const std::vector<double>& axis, double value) {
    const auto above = std::ranges::upper_bound(axis, value) - axis.begin();
    return static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(above - 1, 0, static_cast<std::ptrdiff_t>(axis.size()) - 2));
  };
  const std::size_t i = below(lon_.deg, x), j = below(lat_.deg, y);
  const double east = (x - lon_.deg[i]) / (lon_.deg[i + 1] - lon_.deg[i]),
               north = (y - lat_.deg[j]) / (lat_.deg[j + 1] - lat_.deg[j]);
  return (1.0 - north) * ((1.0 - east) * at(j, i) + east * at(j, i + 1)) +
         north * ((1.0 - east) * at(j + 1, i) + east * at(j + 1, i + 1));
}

double ElevationMap::hill_height_m(LonLat place, double ground_m) const {
  const Degree degree = degree_at(place.latitude_deg);
  const double x = along_axis(place.longitude_deg), y = place.latitude_deg;
  const double reach2 = wants_.hill_reach_m * wants_.hill_reach_m;
  double highest_m = ground_m;
  for (const Block& block : blocks_) {
    if (block.highest_m <= highest_m) continue;
    const double dx = degree.east_m * beyond(x, lon_.deg[block.first_column], lon_.deg[block.end_column - 1]),
                 dy = degree.north_m * beyond(y, lat_.deg[block.first_row], lat_.deg[block.end_row - 1]);
    const double rise = (block.highest_m - ground_m) / slope;
    if (dx * dx + dy * dy > std::min(reach2, rise * rise)) continue;
    for (std::size_t row = block.first_row; row < block.end_row; ++row) {
      const double north_m = degree.north_m * (lat_.deg[row] - y);
      for (std::size_t column = block.first_column; column < block.end_column; ++column) {
        const double height = at(row, column);
        if (height <= highest_m) continue;
        const double east_m = degree.east_m * (lon_.deg[column] - x),
                     distance2 = east_m * east_m + north_m * north_m, reached = (height - ground_m) / slope;
        if (distance2 <= reach2 && distance2 <= reached * reached) highest_m = height;
      }
    }
  }
  return highest_m;
}

double ElevationMap::distance_to_edge_m(LonLat place) const {
  const Degree degree = degree_at(place.latitude_deg);
  const double x = along_axis(place.longitude_deg), y = place.latitude_deg;
  return std::min({degree.east_m * (x - box_.west_deg), degree.east_m * (box_.east_deg - x),
                   degree.north_m * (y - box_.south_deg), degree.north_m * (box_.north_deg - y)});
}

}  // namespace lantian
