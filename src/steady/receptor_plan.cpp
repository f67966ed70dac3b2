#include "receptor_plan.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/model/receptors.hpp"
#include "lantian/sources/district_map.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace lantian::steady {

namespace {

/// Zone of a place, below 0 in the south.
int zone_of(LonLat place) {
  const int zone = std::clamp(static_cast<int>(std::floor((place.longitude_deg + 180.0) / 6.0)) + 1, 1, 60);
  return place.latitude_deg < 0.0 ? -zone : zone;
}

Projection utm(int zone) {
  return Projection(fmt::format("+proj=utm +zone={} {}+datum=WGS84 +units=m +no_defs", std::abs(zone),
                                zone < 0 ? "+south " : ""));
}

LonLat middle_of(const HorizontalGrid& grid) {
  return grid.centre(grid.rows() / 2, grid.columns() / 2);
}

/// The cells of a size on the map that hold the weather's grid.
HorizontalGrid sample_cells(const HorizontalGrid& weather, const Projection& projection, double spacing_m) {
  double west = HUGE_VAL, east = -HUGE_VAL, south = HUGE_VAL, north = -HUGE_VAL;
  for (int j = 0; j <= weather.rows(); ++j)
    for (int i = 0; i <= weather.columns(); ++i) {
      if (j != 0 && j != weather.rows() && i != 0 && i != weather.columns()) continue;
      const ProjectedPoint at = projection.forward(weather.corner(j, i));
      west = std::min(west, at.x_m), east = std::max(east, at.x_m);
      south = std::min(south, at.y_m), north = std::max(north, at.y_m);
    }
  // Whole multiples of the spacing, so that the points do not move with the weather's edge.
  west = spacing_m * std::floor(west / spacing_m), south = spacing_m * std::floor(south / spacing_m);
  return {projection,
          {.x_west_m = west,
           .y_south_m = south,
           .dx_m = spacing_m,
           .dy_m = spacing_m,
           .columns = static_cast<int>(std::ceil((east - west) / spacing_m)),
           .rows = static_cast<int>(std::ceil((north - south) / spacing_m))},
          weather.sphere_radius_m()};
}

class Layout {
 public:
  Layout(const PlumeCase& configuration, const HorizontalGrid& weather, ReceptorPlan& plan)
      : config_(configuration.receptors), weather_(weather), plan_(plan) {}

  void add_points(const std::vector<Receptor>& points) {
    for (const Receptor& point : points) {
      plan_.named.push_back({.name = point.name,
                             .district = point.district,
                             .place = point.place,
                             .is_district = false,
                             .first = plan_.receptors.size(),
                             .count = 1});
      add(plan_.projection.forward(point.place), point.place);
    }
  }

  void add_districts(const std::string& path, Problems& problems) {
    const HorizontalGrid cells = sample_cells(weather_, plan_.projection, config_.district_spacing_m);
    const DistrictMap map = read_districts(path, cells);
    for (std::size_t d = 0; d < map.names.size(); ++d) {
      NamedPlace district{.name = map.names[d],
                          .district = map.names[d],
                          .place = {},
                          .is_district = true,
                          .first = plan_.receptors.size(),
                          .count = 0};
      for (int j = 0; j < cells.rows(); ++j)
        for (int i = 0; i < cells.columns(); ++i) {
          const LonLat place = cells.centre(j, i);
          if (map.number(j, i) != static_cast<int>(d + 1) || !weather_.locate(place)) continue;
          add(cells.centre_xy(j, i), place);
          district.place.longitude_deg += place.longitude_deg;
          district.place.latitude_deg += place.latitude_deg;
          ++district.count;
        }
      if (district.count == 0) {
        empty_districts_.push_back(district.name);
        continue;
      }
      district.place.longitude_deg /= static_cast<double>(district.count);
      district.place.latitude_deg /= static_cast<double>(district.count);
      plan_.named.push_back(std::move(district));
    }
    if (empty_districts_.size() == map.names.size())
      problems.add(fmt::format("{}: no point every {:g} m in the weather's grid lies in a district", path,
                               config_.district_spacing_m));
    for (const std::string& name : empty_districts_)
      log_warning(fmt::format("{}: district \"{}\" holds no point every {:g} m and is left out", path, name,
                              config_.district_spacing_m));
  }

  void add_grid(const ReceptorGridConfig& grid, std::size_t n, const std::string& path, Problems& problems) {
    const LonLat middle{grid.centre_longitude_deg, grid.centre_latitude_deg};
    const ProjectedPoint centre = plan_.projection.forward(middle);
    ReceptorGrid laid{.name = grid.name,
                      .columns = static_cast<std::size_t>(grid.columns),
                      .rows = static_cast<std::size_t>(grid.rows),
                      .first = plan_.receptors.size()};
    std::size_t outside = 0;
    for (int j = 0; j < grid.rows; ++j)
      for (int i = 0; i < grid.columns; ++i) {
        const ProjectedPoint at{centre.x_m + (i - 0.5 * (grid.columns - 1)) * grid.spacing_m,
                                centre.y_m + (j - 0.5 * (grid.rows - 1)) * grid.spacing_m};
        const LonLat place = plan_.projection.inverse(at);
        if (!weather_.locate(place)) ++outside;
        add(at, place);
      }
    if (outside > 0) {
      const LonLat of_weather = middle_of(weather_);
      problems.add(
          fmt::format("{}: receptors.grid.{}: {} of the {} x {} receptors of \"{}\" lie beyond the weather, "
                      "whose middle is "
                      "lon {:.2f}, lat {:.2f}; move the grid, or make it smaller",
                      path, n, outside, grid.columns, grid.rows, grid.name, of_weather.longitude_deg,
                      of_weather.latitude_deg));
    }
    plan_.grids.push_back(std::move(laid));
  }

 private:
  void add(ProjectedPoint at, LonLat place) {
    plume::Receptor& receptor = plan_.receptors.emplace_back();
    receptor.place = {at.x_m, at.y_m};
    receptor.flagpole_m = config_.height_m;
    plan_.places.push_back(place);
  }

  const PlumeReceptorsConfig& config_;
  const HorizontalGrid& weather_;
  ReceptorPlan& plan_;
  std::vector<std::string> empty_districts_;
};

/// Sources are ranked by the points in the city's districts; without points, by those districts.
void choose_ranking_places(const PlumeCase& configuration, ReceptorPlan& plan, Problems& problems) {
  const std::vector<std::string>& city = configuration.receptors.city_districts;
  const bool has_points =
      std::ranges::any_of(plan.named, [](const NamedPlace& place) { return !place.is_district; });
  std::vector<std::string> known;
  for (NamedPlace& place : plan.named) {
    const bool is_in_city = city.empty() || std::ranges::find(city, place.district) != city.end();
    place.ranks_sources = place.is_district != has_points && is_in_city;
    if (!place.district.empty() && std::ranges::find(known, place.district) == known.end())
      known.push_back(place.district);
  }
  for (const std::string& name : city)
    if (std::ranges::find(known, name) == known.end())
      problems.add(
          fmt::format("{}: receptors.city_districts: no point and no district belongs to \"{}\"; known are "
                      "{}.{}",
                      configuration.path, name, fmt::join(known, ", "), did_you_mean(name, known)));
  if (!plan.named.empty() && problems.empty() && std::ranges::none_of(plan.named, &NamedPlace::ranks_sources))
    problems.add(
        fmt::format("{}: receptors.city_districts: none of the points lies in them", configuration.path));
}

}  // namespace

ReceptorPlan receptor_plan(const PlumeCase& configuration, const HorizontalGrid& weather,
                           Problems& problems) {
  const PlumeReceptorsConfig& config = configuration.receptors;
  const std::vector<Receptor> points = read_receptors(configuration.shared_part(), weather, problems);
  LonLat middle = middle_of(weather);
  if (!points.empty()) middle = points.front().place;
  if (!config.grid.empty())
    middle = {config.grid.front().centre_longitude_deg, config.grid.front().centre_latitude_deg};
  const int zone = zone_of(middle);
  ReceptorPlan plan{
      .projection = utm(zone), .zone = zone, .receptors = {}, .places = {}, .named = {}, .grids = {}};
  Layout layout(configuration, weather, plan);
  layout.add_points(points);
  try {
    if (!config.districts.empty()) layout.add_districts(configuration.resolve(config.districts), problems);
  } catch (const Error& error) {
    problems.add(error);
  }
  for (std::size_t n = 0; n < config.grid.size(); ++n)
    layout.add_grid(config.grid[n], n, configuration.path, problems);
  choose_ranking_places(configuration, plan, problems);
  if (plan.receptors.empty() && problems.empty())
    problems.add(fmt::format("{}: receptors: none lies in the weather's grid", configuration.path));
  return plan;
}

}  // namespace lantian::steady
