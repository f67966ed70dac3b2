#pragma once

#include "lantian/io/netcdf_file.hpp"

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace lantian {

/// A small map of heights on longitudes and latitudes; members that mend or break it come last.
struct MadeGround {
  double west_deg = 119.9, south_deg = 35.9, spacing_deg = 0.01;
  std::size_t columns = 81, rows = 61;
  std::function<double(double longitude_deg, double latitude_deg)> height = [](double, double) {
    return 0.0;
  };
  std::string variable = "terrain_m", units = "m";
  bool falls = false;  // latitudes fall
  bool is_curvilinear = false;
};

inline void write_made_ground(const std::string& path, const MadeGround& ground) {
  std::vector<double> lon, lat, heights, lon_2d, lat_2d;
  for (std::size_t i = 0; i < ground.columns; ++i)
    lon.push_back(ground.west_deg + ground.spacing_deg * static_cast<double>(i));
  for (std::size_t j = 0; j < ground.rows; ++j)
    lat.push_back(ground.south_deg +
                  ground.spacing_deg * static_cast<double>(ground.falls ? ground.rows - 1 - j : j));
  for (const double y : lat)
    for (const double x : lon) {
      heights.push_back(ground.height(x, y));
      lon_2d.push_back(x);
      lat_2d.push_back(y);
    }
  NetcdfWriter file(path);
  file.dimension("lat", ground.rows);
  file.dimension("lon", ground.columns);
  using Names = std::vector<std::string>;
  const Names both = {"lat", "lon"};
  file.variable("lat", NetcdfWriter::Type::real64, ground.is_curvilinear ? both : Names{"lat"});
  file.variable("lon", NetcdfWriter::Type::real64, ground.is_curvilinear ? both : Names{"lon"});
  file.variable(ground.variable, NetcdfWriter::Type::real64, both);
  if (!ground.units.empty()) file.attribute(ground.variable, "units", ground.units);
  file.write("lat", ground.is_curvilinear ? lat_2d : lat);
  file.write("lon", ground.is_curvilinear ? lon_2d : lon);
  file.write(ground.variable, heights);
  file.finish();
}

/// A list of buildings: one of a height, as wide and long as given from all sides, around the stacks of an
/// enterprise.
inline std::string made_buildings(const std::string& enterprise, double height_m, double width_m,
                                  double length_m) {
  std::string text = "enterprise_id,stack_id,direction_deg,height_m,width_m,length_m,xbadj_m,ybadj_m\n";
  for (int direction = 10; direction <= 360; direction += 10)
    text += fmt::format("{},,{},{},{},{},{},0\n", enterprise, direction, height_m, width_m, length_m,
                        -0.5 * length_m);
  return text;
}

/// The same as GeoJSON.
inline std::string made_building_feature(const std::string& enterprise, double height_m, double width_m,
                                         double length_m) {
  const auto list = [](double value) {
    std::string text = fmt::format("[{}", value);
    for (int n = 1; n < 36; ++n) text += fmt::format(",{}", value);
    return text + "]";
  };
  return fmt::format(
      R"({{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":null,"properties":{{"enterprise_id":"{}","height_m":{},"width_m":{},"length_m":{},"xbadj_m":{},"ybadj_m":{}}}}}]}})",
      enterprise, list(height_m), list(width_m), list(length_m), list(-0.5 * length_m), list(0.0));
}

}  // namespace lantian
