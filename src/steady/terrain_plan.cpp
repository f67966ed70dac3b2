#include "terrain_plan.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/sources/elevation_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace lantian::steady {

namespace {

/// Heights that the list of receptors gives, by name.
struct ListedHeights {
  std::map<std::string, double> elevation_m, hill_height_m;
};

std::optional<double> height_in(const CsvTable& table, std::size_t row, std::optional<std::size_t> column,
                                Problems& problems) {
  if (!column) return std::nullopt;
  constexpr double least_m = -500.0, most_m = 9000.0;
  const std::optional<double> value = table.number(row, *column, problems);
  if (!value || (*value >= least_m && *value <= most_m)) return value;
  problems.add(fmt::format("{}: {}: {} is out of range; allowed are {:g} to {:g} m", table.place(row),
                           table.header()[*column], *value, least_m, most_m));
  return std::nullopt;
}

ListedHeights listed_heights(const PlumeCase& configuration, Problems& problems) {
  ListedHeights listed;
  const CsvTable table = CsvTable::read(configuration.resolve(configuration.receptors.file));
  const auto name = table.column("name"), elevation = table.column("elevation_m"),
             hill = table.column("hill_height_m");
  if (!name || (!elevation && !hill)) return listed;
  if (configuration.terrain.file.empty()) {
    log_warning(fmt::format("{}: {} counts for nothing: terrain.file is not set, and the ground is flat",
                            table.path(), elevation ? "elevation_m" : "hill_height_m"));
    return listed;
  }
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto ground_m = height_in(table, row, elevation, problems),
               hill_m = height_in(table, row, hill, problems);
    if (ground_m) listed.elevation_m[table.cell(row, *name)] = *ground_m;
    if (hill_m) listed.hill_height_m[table.cell(row, *name)] = *hill_m;
    if (ground_m && hill_m && *hill_m < *ground_m)
      problems.add(fmt::format(
          "{}: hill_height_m, {:g}, lies below elevation_m, {:g}; where no hill rises they are the same",
          table.place(row), *hill_m, *ground_m));
  }
  return listed;
}

/// The middle of a source on the map.
plume::Position middle_of(const plume::Source& source) {
  if (source.vertices.empty()) return source.place;
  plume::Position middle;
  for (const plume::Position& corner : source.vertices) {
    middle.x_m += corner.x_m / static_cast<double>(source.vertices.size());
    middle.y_m += corner.y_m / static_cast<double>(source.vertices.size());
  }
  return middle;
}

ElevationMap::Box box_around(const std::vector<LonLat>& places, double reach_m) {
  constexpr double metres_a_degree = 110000.0;
  double west = HUGE_VAL, east = -HUGE_VAL, south = HUGE_VAL, north = -HUGE_VAL;
  for (const LonLat& place : places) {
    west = std::min(west, place.longitude_deg), east = std::max(east, place.longitude_deg);
    south = std::min(south, place.latitude_deg), north = std::max(north, place.latitude_deg);
  }
  const double widest = std::max(std::fabs(south), std::fabs(north)) * std::acos(-1.0) / 180.0,
               reach_deg = reach_m / metres_a_degree, across_deg = reach_deg / std::cos(widest);
  return {west - across_deg, east + across_deg, south - reach_deg, north + reach_deg};
}

/// How far a listed height of a stack's ground may lie from the map before it is told: more than what the
/// cells of a coarse map level out, less than a height in feet or of the stack's top is off.
constexpr double far_from_map_m = 50.0;

/// Puts sources whose list gives the height of their ground on that.
void lay_listed_bases(const PlumeEmitters& emitters, SourcePlan& sources) {
  constexpr std::size_t most_told = 10;
  std::set<std::string> far;  // lines of the list
  for (std::size_t n = 0; n < sources.sources.size(); ++n) {
    const PlumeEmitter& emitter = emitters.all()[sources.planned[n].emitter];
    if (!emitter.base_elevation_m) continue;
    double& base_m = sources.sources[n].base_elevation_m;
    const double map_m = std::exchange(base_m, *emitter.base_elevation_m);
    if (std::fabs(base_m - map_m) <= far_from_map_m || !far.insert(emitter.written_at).second) continue;
    if (far.size() <= most_told)
      log_warning(
          fmt::format("{}: base_elevation_m is {:g}, but the map of terrain has {:.0f} m there; is "
                      "it in metres above the sea, and that of the ground?",
                      emitter.written_at, base_m, map_m));
  }
  if (far.size() > most_told)
    log_warning(fmt::format("{} more lines have a base_elevation_m more than {:g} m from the map of terrain",
                            far.size() - most_told, far_from_map_m));
}

/// Tells of listed heights that count for nothing.
void tell_unused_bases(const PlumeEmitters& emitters) {
  const auto has_base = [](const PlumeEmitter& emitter) { return emitter.base_elevation_m.has_value(); };
  const auto first = std::ranges::find_if(emitters.all(), has_base);
  if (first == emitters.all().end()) return;
  log_warning(
      fmt::format("{}: base_elevation_m counts for nothing: terrain.file is not set, and the ground is flat",
                  first->written_at));
}

void lay_sources(const ElevationMap& map, const std::string& path, const std::vector<LonLat>& places,
                 SourcePlan& sources, Problems& problems) {
  std::vector<std::size_t> bare;
  for (std::size_t n = 0; n < sources.sources.size(); ++n) {
    const auto height = map.height_m(places[n]);
    if (height) sources.sources[n].base_elevation_m = *height;
    if (!height) bare.push_back(n);
  }
  if (bare.empty()) return;
  const LonLat place = places[bare.front()];
  problems.add(
      fmt::format("{}: ends before {} of {} plumes, the first that of {} at longitude {:.4f}, latitude "
                  "{:.4f}",
                  path, bare.size(), places.size(), sources.sources[bare.front()].name, place.longitude_deg,
                  place.latitude_deg));
}

/// Each receptor by itself: threads change no bit.
void lay_receptors(const ElevationMap& map, const std::string& path, const ListedHeights& listed,
                   ReceptorPlan& plan, Problems& problems) {
  std::vector<std::optional<double>> ground_m(plan.receptors.size()), hill_m(plan.receptors.size());
  for (const NamedPlace& place : plan.named) {
    if (place.is_district) continue;
    if (const auto found = listed.elevation_m.find(place.name); found != listed.elevation_m.end())
      ground_m[place.first] = found->second;
    if (const auto found = listed.hill_height_m.find(place.name); found != listed.hill_height_m.end())
      hill_m[place.first] = found->second;
  }
  const auto count = static_cast<std::int64_t>(plan.receptors.size());
#pragma omp parallel for schedule(dynamic, 64)
  for (std::int64_t i = 0; i < count; ++i) {
    const auto n = static_cast<std::size_t>(i);
    if (!ground_m[n]) ground_m[n] = map.height_m(plan.places[n]);
    if (ground_m[n] && !hill_m[n]) hill_m[n] = map.hill_height_m(plan.places[n], *ground_m[n]);
  }
  const auto is_bare = [](const std::optional<double>& height) { return !height; };
  const auto bare = std::ranges::find_if(ground_m, is_bare);
  if (bare != ground_m.end()) {
    const LonLat place = plan.places[static_cast<std::size_t>(bare - ground_m.begin())];
    problems.add(fmt::format(
        "{}: ends before {} of {} receptors, the first at longitude {:.4f}, latitude {:.4f}", path,
        std::ranges::count_if(ground_m, is_bare), count, place.longitude_deg, place.latitude_deg));
    return;
  }
  for (std::size_t n = 0; n < plan.receptors.size(); ++n) {
    plan.receptors[n].elevation_m = *ground_m[n];
    // A hill of the map may lie below the height that a list gives its receptor.
    plan.receptors[n].hill_height_m = std::max(*hill_m[n], *ground_m[n]);
  }
}

void tell(const PlumeCase& configuration, const std::string& path, const ElevationMap& map,
          const ReceptorPlan& plan) {
  const auto heights = std::ranges::minmax(plan.receptors, {}, &plume::Receptor::elevation_m);
  const auto highest = std::ranges::max_element(plan.receptors, {}, &plume::Receptor::hill_height_m);
  log_info(fmt::format("{}: receptors lie {:.0f} to {:.0f} m high, hills around them up to {:.0f} m", path,
                       heights.min.elevation_m, heights.max.elevation_m, highest->hill_height_m));
  if (map.lowered() > 0)
    log_info(fmt::format("{}: {} of its points lie below terrain.least_m and count as {:g} m", path,
                         map.lowered(), configuration.terrain.least_m));
  double nearest_m = HUGE_VAL;
  for (const LonLat& place : plan.places) nearest_m = std::min(nearest_m, map.distance_to_edge_m(place));
  constexpr double m_per_km = 1000.0;
  if (nearest_m < m_per_km * configuration.terrain.hill_reach_km)
    log_warning(fmt::format("{}: ends {:.1f} km from a receptor; hills further out are not seen", path,
                            nearest_m / m_per_km));
}

}  // namespace

void lay_on_terrain(const PlumeCase& configuration, const PlumeEmitters& emitters, ReceptorPlan& receptors,
                    SourcePlan& sources, Problems& problems) {
  const PlumeTerrainConfig& config = configuration.terrain;
  try {
    const bool has_points =
        std::ranges::any_of(receptors.named, [](const NamedPlace& place) { return !place.is_district; });
    const ListedHeights listed = has_points ? listed_heights(configuration, problems) : ListedHeights{};
    if (config.file.empty()) tell_unused_bases(emitters);
    if (config.file.empty() || receptors.receptors.empty()) return;
    const std::string path = configuration.resolve(config.file);
    std::vector<LonLat> places;
    for (const plume::Source& source : sources.sources) {
      const plume::Position at = middle_of(source);
      places.push_back(receptors.projection.inverse({at.x_m, at.y_m}));
    }
    std::vector<LonLat> all = places;
    all.insert(all.end(), receptors.places.begin(), receptors.places.end());
    constexpr double m_per_km = 1000.0;
    const double reach_m = m_per_km * config.hill_reach_km;
    const ElevationMap map(path,
                           {.variable = config.variable, .least_m = config.least_m, .hill_reach_m = reach_m},
                           box_around(all, reach_m));
    const std::size_t faults = problems.sentences().size();
    lay_sources(map, path, places, sources, problems);
    if (problems.sentences().size() == faults) lay_listed_bases(emitters, sources);
    lay_receptors(map, path, listed, receptors, problems);
    if (problems.sentences().size() == faults) tell(configuration, path, map, receptors);
  } catch (const Error& error) {
    problems.add(error);
  }
}

}  // namespace lantian::steady
