#include "grid_mapping.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>

namespace lantian {

namespace {

/// "+key=value" pairs of a PROJ definition.
class ProjParameters {
 public:
  explicit ProjParameters(const std::string& definition) {
    for (const std::string& word : split(definition, ' ')) {
      const std::size_t equals = word.find('=');
      if (word.starts_with('+') && equals != std::string::npos)
        values_[word.substr(1, equals - 1)] = word.substr(equals + 1);
    }
  }
  [[nodiscard]] std::string text(const std::string& key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? "" : found->second;
  }
  [[nodiscard]] double number(const std::string& key, double otherwise) const {
    return parse_number(text(key)).value_or(otherwise);
  }

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace

GridMapping grid_mapping(const HorizontalGrid& grid) {
  const ProjParameters proj(grid.projection().definition());
  const std::string kind = proj.text("proj");
  const double lat_0 = proj.number("lat_0", 0.0), lon_0 = proj.number("lon_0", 0.0);
  GridMapping mapping;
  auto& name = mapping.texts["grid_mapping_name"];
  auto& numbers = mapping.numbers;
  if (kind == "longlat") {
    name = "latitude_longitude";
  } else if (kind == "lcc") {
    const double first = proj.number("lat_1", lat_0), second = proj.number("lat_2", first);
    name = "lambert_conformal_conic";
    numbers["standard_parallel"] = first == second ? std::vector{first} : std::vector{first, second};
    numbers["longitude_of_central_meridian"] = {lon_0};
    numbers["latitude_of_projection_origin"] = {lat_0};
  } else if (kind == "merc") {
    name = "mercator";
    numbers["standard_parallel"] = {proj.number("lat_ts", 0.0)};
    numbers["longitude_of_projection_origin"] = {lon_0};
  } else if (kind == "stere") {
    name = "polar_stereographic";
    numbers["standard_parallel"] = {proj.number("lat_ts", lat_0)};
    numbers["straight_vertical_longitude_from_pole"] = {lon_0};
    numbers["latitude_of_projection_origin"] = {lat_0};
  } else if (kind == "tmerc") {
    name = "transverse_mercator";
    numbers["scale_factor_at_central_meridian"] = {proj.number("k", proj.number("k_0", 1.0))};
    numbers["longitude_of_central_meridian"] = {lon_0};
    numbers["latitude_of_projection_origin"] = {lat_0};
  } else {
    throw InternalError(fmt::format("\"{}\" has no CF grid mapping", grid.projection().definition()));
  }
  if (kind != "longlat") {
    numbers["false_easting"] = {proj.number("x_0", 0.0)};
    numbers["false_northing"] = {proj.number("y_0", 0.0)};
  }
  numbers["earth_radius"] = {grid.sphere_radius_m()};
  mapping.texts["crs_wkt"] = grid.projection().wkt();
  return mapping;
}

}  // namespace lantian
