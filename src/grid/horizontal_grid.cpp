#include "lantian/grid/horizontal_grid.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <cmath>
#include <numbers>
#include <utility>

namespace lantian {

namespace {

constexpr double radian_per_degree = std::numbers::pi / 180.0;

std::string proj_definition(const GridConfig& config) {
  const std::string sphere = fmt::format(" +R={} +units=m +no_defs", config.sphere_radius_m);
  if (config.projection == "lambert")
    return fmt::format("+proj=lcc +lat_1={} +lat_2={} +lat_0={} +lon_0={}", config.standard_parallel_1_deg,
                       config.standard_parallel_2_deg, config.origin_latitude_deg,
                       config.central_meridian_deg) +
           sphere;
  if (config.projection == "mercator")
    return fmt::format("+proj=merc +lat_ts={} +lon_0={}", config.standard_parallel_1_deg,
                       config.central_meridian_deg) +
           sphere;
  if (config.projection == "polar_stereographic")
    return fmt::format("+proj=stere +lat_0={} +lat_ts={} +lon_0={}",
                       config.standard_parallel_1_deg >= 0.0 ? 90 : -90, config.standard_parallel_1_deg,
                       config.central_meridian_deg) +
           sphere;
  if (config.projection == "utm")
    return fmt::format("+proj=tmerc +lat_0=0 +lon_0={} +k=0.9996 +x_0=500000 +y_0=0",
                       6 * config.utm_zone - 183) +
           sphere;
  if (config.projection == "lon_lat")
    return fmt::format("+proj=longlat +R={} +no_defs", config.sphere_radius_m);
  throw ConfigError(fmt::format("grid.projection: \"{}\" spells out no grid of its own", config.projection));
}

}  // namespace

HorizontalGrid::HorizontalGrid(Projection projection, Shape shape, double sphere_radius_m)
    : projection_(std::move(projection)), shape_(shape), sphere_radius_m_(sphere_radius_m) {}

HorizontalGrid HorizontalGrid::from_config(const GridConfig& config) {
  Projection projection(proj_definition(config));
  const double size = projection.is_lon_lat() ? config.cell_size_deg : config.cell_size_m;
  const ProjectedPoint centre = projection.forward({config.centre_longitude_deg, config.centre_latitude_deg});
  const HorizontalGrid whole(std::move(projection),
                             {.x_west_m = centre.x_m - 0.5 * size * config.columns,
                              .y_south_m = centre.y_m - 0.5 * size * config.rows,
                              .dx_m = size,
                              .dy_m = size,
                              .columns = config.columns,
                              .rows = config.rows},
                             config.sphere_radius_m);
  const auto& [first_column, first_row, columns, rows] = config.window;
  return columns > 0 ? whole.window(first_column, first_row, columns, rows) : whole;
}

HorizontalGrid HorizontalGrid::window(int first_column, int first_row, int columns, int rows) const {
  if (first_column < 0 || first_row < 0 || first_column + columns > shape_.columns ||
      first_row + rows > shape_.rows)
    throw ConfigError(fmt::format(
        "grid.window: columns {}..{} and rows {}..{} do not lie in the grid of {} x {} cells", first_column,
        first_column + columns - 1, first_row, first_row + rows - 1, shape_.columns, shape_.rows));
  Shape part = shape_;
  part.x_west_m += first_column * shape_.dx_m;
  part.y_south_m += first_row * shape_.dy_m;
  part.columns = columns;
  part.rows = rows;
  return {projection_, part, sphere_radius_m_};
}

ProjectedPoint HorizontalGrid::centre_xy(int j, int i) const {
  return {shape_.x_west_m + (i + 0.5) * shape_.dx_m, shape_.y_south_m + (j + 0.5) * shape_.dy_m};
}

LonLat HorizontalGrid::centre(int j, int i) const {
  return projection_.inverse(centre_xy(j, i));
}

LonLat HorizontalGrid::corner(int j, int i) const {
  return projection_.inverse({shape_.x_west_m + i * shape_.dx_m, shape_.y_south_m + j * shape_.dy_m});
}

double HorizontalGrid::cell_width_m(int j, int i) const {
  const LonLat at = centre(j, i);
  if (!projection_.is_lon_lat()) return shape_.dx_m / projection_.map_factor(at).x;
  return sphere_radius_m_ * std::cos(at.latitude_deg * radian_per_degree) * shape_.dx_m * radian_per_degree;
}

double HorizontalGrid::cell_depth_m(int j, int i) const {
  if (!projection_.is_lon_lat()) return shape_.dy_m / projection_.map_factor(centre(j, i)).y;
  return sphere_radius_m_ * shape_.dy_m * radian_per_degree;
}

double HorizontalGrid::cell_area_m2(int j, int i) const {
  if (!projection_.is_lon_lat()) return cell_width_m(j, i) * cell_depth_m(j, i);
  const double south = corner(j, i).latitude_deg * radian_per_degree,
               north = corner(j + 1, i).latitude_deg * radian_per_degree;
  return sphere_radius_m_ * sphere_radius_m_ * shape_.dx_m * radian_per_degree *
         (std::sin(north) - std::sin(south));
}

double HorizontalGrid::x_face_length_m(int j, int i) const {
  if (projection_.is_lon_lat()) return sphere_radius_m_ * shape_.dy_m * radian_per_degree;
  const LonLat at =
      projection_.inverse({shape_.x_west_m + i * shape_.dx_m, shape_.y_south_m + (j + 0.5) * shape_.dy_m});
  return shape_.dy_m / projection_.map_factor(at).y;
}

double HorizontalGrid::y_face_length_m(int j, int i) const {
  const LonLat at =
      projection_.inverse({shape_.x_west_m + (i + 0.5) * shape_.dx_m, shape_.y_south_m + j * shape_.dy_m});
  if (projection_.is_lon_lat())
    return sphere_radius_m_ * std::cos(at.latitude_deg * radian_per_degree) * shape_.dx_m * radian_per_degree;
  return shape_.dx_m / projection_.map_factor(at).x;
}

std::optional<HorizontalGrid::Cell> HorizontalGrid::locate(LonLat place) const {
  if (projection_.is_lon_lat()) {  // the turn of the globe that begins at the western edge
    const double west = shape_.x_west_m;
    place.longitude_deg = west + std::fmod(std::fmod(place.longitude_deg - west, 360.0) + 360.0, 360.0);
  }
  const ProjectedPoint at = projection_.forward(place);
  const double column = (at.x_m - shape_.x_west_m) / shape_.dx_m,
               row = (at.y_m - shape_.y_south_m) / shape_.dy_m;
  const bool is_inside = column >= 0.0 && row >= 0.0 && column < shape_.columns && row < shape_.rows;
  if (!is_inside) return std::nullopt;
  return Cell{.row = static_cast<int>(row), .column = static_cast<int>(column)};
}

std::string HorizontalGrid::identity() const {
  const std::string text =
      fmt::format("{} {:.6f} {:.6f} {:.6f} {:.6f} {} {} {:.3f}", projection_.definition(), shape_.x_west_m,
                  shape_.y_south_m, shape_.dx_m, shape_.dy_m, shape_.columns, shape_.rows, sphere_radius_m_);
  return fmt::format("{:016x}", XXH64(text.data(), text.size(), 0));
}

bool lies_inside_as_radians(LonLat place, const HorizontalGrid& grid) {
  constexpr double deg_per_rad = 180.0 / std::numbers::pi;
  const LonLat converted{place.longitude_deg * deg_per_rad, place.latitude_deg * deg_per_rad};
  const bool is_place =
      std::fabs(converted.longitude_deg) <= 180.0 && std::fabs(converted.latitude_deg) <= 90.0;
  return is_place && grid.locate(converted).has_value();
}

}  // namespace lantian
