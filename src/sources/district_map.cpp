#include "lantian/sources/district_map.hpp"

#include "lantian/base/text.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <numbers>

namespace lantian {

namespace {

using Ring = std::vector<LonLat>;

/// Even-odd rule. @see Shimrat (1962), Commun. ACM 5, 434.
bool is_inside(LonLat p, const Ring& ring) {
  bool inside = false;
  for (std::size_t n = 0, last = ring.size() - 1; n < ring.size(); last = n++) {
    const LonLat a = ring[n], b = ring[last];
    if ((a.latitude_deg > p.latitude_deg) == (b.latitude_deg > p.latitude_deg)) continue;
    const double crossing = a.longitude_deg + (b.longitude_deg - a.longitude_deg) *
                                                  (p.latitude_deg - a.latitude_deg) /
                                                  (b.latitude_deg - a.latitude_deg);
    if (p.longitude_deg < crossing) inside = !inside;
  }
  return inside;
}

std::vector<Ring> rings_of(const nlohmann::json& geometry) {
  std::vector<Ring> rings;
  const auto add = [&rings](const nlohmann::json& polygon) {
    for (const auto& line : polygon) {
      Ring ring;
      for (const auto& point : line) ring.push_back({point.at(0).get<double>(), point.at(1).get<double>()});
      if (ring.size() > 2) rings.push_back(ring);
    }
  };
  const std::string type = geometry.at("type").get<std::string>();
  if (type == "Polygon") add(geometry.at("coordinates"));
  if (type == "MultiPolygon")
    for (const auto& polygon : geometry.at("coordinates")) add(polygon);
  return rings;
}

DistrictMap from_geojson(const std::string& path, const HorizontalGrid& grid) {
  std::ifstream file(path);
  if (!file) throw MissingFileError(fmt::format("{}: there is no such file, or it cannot be read", path));
  DistrictMap map{Array2<int>(grid.rows(), grid.columns(), 0), {}};
  try {
    const nlohmann::json collection = nlohmann::json::parse(file);
    for (const auto& feature : collection.at("features")) {
      map.names.push_back(feature.at("properties").at("name").get<std::string>());
      const std::vector<Ring> rings = rings_of(feature.at("geometry"));
      for (int j = 0; j < grid.rows(); ++j) {
        for (int i = 0; i < grid.columns(); ++i) {
          bool inside = false;  // holes turn it back
          for (const Ring& ring : rings) inside = inside != is_inside(grid.centre(j, i), ring);
          if (inside) map.number(j, i) = static_cast<int>(map.names.size());
        }
      }
    }
  } catch (const nlohmann::json::exception& error) {
    throw DataError(
        fmt::format("{}: is no GeoJSON of polygons with properties.name: {}", path, error.what()));
  }
  return map;
}

/// Index of the file's cell nearest to a place.
std::size_t nearest(const std::vector<double>& lon, const std::vector<double>& lat, LonLat place) {
  const double shrink = std::cos(place.latitude_deg * std::numbers::pi / 180.0);
  std::size_t best = 0;
  double least = 1.0e300;
  for (std::size_t n = 0; n < lon.size(); ++n) {
    const double dx = shrink * (lon[n] - place.longitude_deg), dy = lat[n] - place.latitude_deg,
                 squared = dx * dx + dy * dy;
    if (squared >= least) continue;
    least = squared;
    best = n;
  }
  return best;
}

DistrictMap from_netcdf(const std::string& path, const HorizontalGrid& grid) {
  const NetcdfReader file(path);
  auto listed =
      file.has_variable("district") ? file.text_attribute("district", "district_names") : std::nullopt;
  if (!listed) listed = file.text_attribute("", "district_names");
  if (!listed)
    throw DataError(
        fmt::format("{}: an integer variable district with an attribute district_names is needed", path));
  DistrictMap map{Array2<int>(grid.rows(), grid.columns(), 0), {}};
  for (const std::string& name : split(*listed, ',')) map.names.emplace_back(trimmed(name));
  const std::vector<double> numbers = file.read("district");
  std::vector<double> lon = file.read("lon"), lat = file.read("lat");
  if (lon.size() * lat.size() == numbers.size()) {  // axes: one place a cell
    std::vector<double> all_lon, all_lat;
    for (const double y : lat)
      for (const double x : lon) {
        all_lon.push_back(x);
        all_lat.push_back(y);
      }
    lon = all_lon;
    lat = all_lat;
  }
  if (lon.size() != numbers.size() || lat.size() != numbers.size())
    throw DataError(fmt::format("{}: district has {} values, lon {} and lat {}", path, numbers.size(),
                                lon.size(), lat.size()));
  for (int j = 0; j < grid.rows(); ++j) {
    for (int i = 0; i < grid.columns(); ++i) {
      const double found = numbers[nearest(lon, lat, grid.centre(j, i))];
      if (std::isnan(found)) continue;
      if (found < 0.0 || found > static_cast<double>(map.names.size()))
        throw DataError(fmt::format("{}: district {} has no name: district_names lists {}", path, found,
                                    map.names.size()));
      map.number(j, i) = static_cast<int>(found);
    }
  }
  return map;
}

}  // namespace

DistrictMap read_districts(const std::string& path, const HorizontalGrid& grid) {
  return path.ends_with(".nc") ? from_netcdf(path, grid) : from_geojson(path, grid);
}

}  // namespace lantian
