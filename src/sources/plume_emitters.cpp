#include "lantian/sources/plume_emitters.hpp"

#include "embedded/temporal.hpp"
#include "embedded/vertical.hpp"
#include "enterprise_list.hpp"
#include "feature_emission.hpp"
#include "profiles.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/grid/geodesic.hpp"
#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian {

struct PlumeEmitters::State {
  std::vector<PlumeEmitter> emitters;
  std::vector<TemporalProfile*> courses;  // one an emitter
  ProfileTables tables;
  std::vector<std::string> files;

  void load_courses(const Case& configuration, Problems& problems);
  void load_heights(const Case& configuration, Problems& problems);
  [[nodiscard]] TemporalProfile* course_of(const std::string& sector, const std::string& named,
                                           const std::string& written_at, Problems& problems);
  void add_list(const std::string& path, int year, Problems& problems);
  void add_features(const FeatureConfig& config, const std::string& path, GeometryKind kind,
                    const FeatureEmission& emission, Problems& problems);
};

namespace {

/// Length or area of a feature on the ellipsoid.
double extent_of(const GeoFeature& feature) {
  double extent = 0.0;
  for (const Places& line : feature.lines)
    for (std::size_t n = 1; n < line.size(); ++n) extent += geodesic_length_m(line[n - 1], line[n]);
  for (const GeoPolygon& polygon : feature.polygons) extent += area_m2(polygon);
  return extent;
}

/// Twice the area inside a ring in degrees, positive when it turns to the left.
double turned_area(const Places& ring) {
  double twice = 0.0;
  for (std::size_t n = 1; n < ring.size(); ++n)
    twice +=
        (ring[n - 1].longitude_deg - ring[0].longitude_deg) * (ring[n].latitude_deg - ring[0].latitude_deg) -
        (ring[n].longitude_deg - ring[0].longitude_deg) * (ring[n - 1].latitude_deg - ring[0].latitude_deg);
  return twice;
}

/// A polygon as one ring: each hole, run the other way round, hangs on a slit from the first corner, whose
/// two sides cancel in integrals along the ring.
Places with_slits(const GeoPolygon& polygon) {
  Places ring = polygon.outer;
  const bool is_left = turned_area(ring) > 0.0;
  for (Places hole : polygon.holes) {
    if ((turned_area(hole) > 0.0) == is_left) std::ranges::reverse(hole);
    ring.insert(ring.end(), hole.begin(), hole.end());
    ring.push_back(polygon.outer.front());
  }
  return ring;
}

/// Mean and spread of the heights of a vertical profile, emission even within each of its slabs.
void set_height(PlumeEmitter& emitter, const VerticalProfile& profile) {
  double low = 0.0, mean = 0.0, square = 0.0;
  for (std::size_t n = 0; n < profile.top_m.size(); ++n) {
    const double high = profile.top_m[n], share = profile.share[n];
    mean += share * 0.5 * (low + high);
    square += share * (low * low + low * high + high * high) / 3.0;
    low = high;
  }
  emitter.is_at_ground = false;
  emitter.release_height_m = mean;
  emitter.spread_m = std::sqrt(std::max(0.0, square - mean * mean));
}

}  // namespace

void PlumeEmitters::State::load_courses(const Case& configuration, Problems& problems) {
  const EmissionsConfig& config = configuration.emissions;
  Holidays holidays;
  if (!config.holidays.empty()) {
    files.push_back(configuration.resolve(config.holidays));
    holidays = read_holidays(CsvTable::read(files.back()), problems);
  }
  if (config.temporal_profiles.empty()) {
    tables.load_temporal(CsvTable::parse("inputs/profiles/temporal.csv", std::string(embedded::temporal)),
                         holidays, problems);
    return;
  }
  files.push_back(configuration.resolve(config.temporal_profiles));
  tables.load_temporal(CsvTable::read(files.back()), holidays, problems);
}

void PlumeEmitters::State::load_heights(const Case& configuration, Problems& problems) {
  const std::string& own = configuration.emissions.vertical_profiles;
  if (!own.empty()) files.push_back(configuration.resolve(own));
  tables.load_vertical(own.empty()
                           ? CsvTable::parse("inputs/profiles/vertical.csv", std::string(embedded::vertical))
                           : CsvTable::read(files.back()),
                       problems);
}

/// The named profile, else the sector's own, else "default", as for the grid model.
TemporalProfile* PlumeEmitters::State::course_of(const std::string& sector, const std::string& named,
                                                 const std::string& written_at, Problems& problems) {
  auto& profiles = tables.temporal;
  if (profiles.empty()) return nullptr;  // told already
  std::vector<std::string> known;
  known.reserve(profiles.size());
  for (const auto& [name, profile] : profiles) known.push_back(name);
  if (!named.empty() && !profiles.contains(named)) {
    problems.add(fmt::format("{}: there is no temporal profile \"{}\"; known are {}.{}", written_at, named,
                             fmt::join(known, ", "), did_you_mean(named, known)));
    return nullptr;
  }
  for (const std::string& name : {named, sector, std::string("default")})
    if (const auto found = profiles.find(name); found != profiles.end()) return &found->second;
  problems.add(
      fmt::format("{}: sector \"{}\" has no temporal profile of its own and there is none named "
                  "\"default\"",
                  written_at, sector));
  return nullptr;
}

void PlumeEmitters::State::add_list(const std::string& path, int year, Problems& problems) {
  files.push_back(path);
  for (StackSource& source : read_enterprises(path, year, problems)) {
    courses.push_back(course_of(source.sector, source.profile, source.written_at, problems));
    PlumeEmitter& emitter = emitters.emplace_back();
    emitter.enterprise_id = std::move(source.enterprise_id);
    emitter.enterprise_name = std::move(source.enterprise_name);
    emitter.district = std::move(source.district);
    emitter.stack_id = std::move(source.stack_id);
    emitter.sector = std::move(source.sector);
    emitter.written_at = std::move(source.written_at);
    emitter.place = source.place;
    emitter.stack = source.stack;
    emitter.base_elevation_m = source.base_elevation_m;
    emitter.fugitive = source.fugitive;
    emitter.t_yr = std::move(source.t_yr);
    // The list holds PM10 as what lies beyond PM25.
    if (const auto coarse = emitter.t_yr.find("PMC"); coarse != emitter.t_yr.end()) {
      emitter.t_yr["PM10"] = coarse->second + emitter.t_yr["PM25"];
      emitter.t_yr.erase("PMC");
    }
  }
}

void PlumeEmitters::State::add_features(const FeatureConfig& config, const std::string& path,
                                        GeometryKind kind, const FeatureEmission& emission,
                                        Problems& problems) {
  files.push_back(path);
  const auto height = tables.vertical.find(config.vertical);
  if (height == tables.vertical.end() && !tables.vertical.empty()) {
    std::vector<std::string> known;
    for (const auto& [name, profile] : tables.vertical) known.push_back(name);
    problems.add(fmt::format("{}: there is no vertical profile \"{}\"; known are {}.{}", path,
                             config.vertical, fmt::join(known, ", "), did_you_mean(config.vertical, known)));
    return;
  }
  TemporalProfile* const course = course_of(config.sector, config.temporal, path, problems);
  FeatureFaults faults(path);
  for (const GeoFeature& feature : read_geojson(path, kind, config.name, faults)) {
    if (!emission) break;
    PlumeEmitter emitter;
    emitter.kind = kind == GeometryKind::lines ? PlumeEmitter::Kind::line : PlumeEmitter::Kind::area;
    emitter.enterprise_id = emitter.sector = config.sector;
    emitter.stack_id = feature.at.name.empty() ? fmt::format("{}", feature.at.index) : feature.at.name;
    emitter.written_at = fmt::format("{}: feature {}", path, feature.at.index);
    if (const auto found = feature.properties.find(config.district); found != feature.properties.end())
      emitter.district = found->second.text.value_or("");
    emitter.places = feature.lines;
    for (const GeoPolygon& polygon : feature.polygons) emitter.places.push_back(with_slits(polygon));
    if (emitter.places.empty()) continue;
    emitter.place = emitter.places.front().front();
    emitter.t_yr = emission(feature, extent_of(feature), faults);
    for (auto& [pollutant, t_yr] : emitter.t_yr) t_yr *= config.scale;
    Tonnes checked = emitter.t_yr;
    make_coarse(checked, feature.at, faults);
    if (config.vertical != "surface" && height != tables.vertical.end()) set_height(emitter, height->second);
    emitters.push_back(std::move(emitter));
    courses.push_back(course);
  }
  faults.tell(problems);
}

PlumeEmitters::PlumeEmitters(const Case& configuration, Problems& problems)
    : state_(std::make_unique<State>()) {
  const EmissionsConfig& config = configuration.emissions;
  const bool has_features = !config.lines.empty() || !config.areas.empty();
  try {
    state_->load_courses(configuration, problems);
    if (has_features) state_->load_heights(configuration, problems);
  } catch (const Error& error) {
    problems.add(error);
  }
  const int year = civil_time(configuration.run.start, configuration.run.utc_offset_h).year;
  for (const std::string& path : config.enterprises)
    state_->add_list(configuration.resolve(path), year, problems);
  try {
    for (const LineConfig& line : config.lines)
      state_->add_features(line, configuration.resolve(line.file), GeometryKind::lines,
                           emission_of_lines(line, configuration, line.year > 0 ? line.year : year, problems),
                           problems);
    for (const FeatureConfig& area : config.areas)
      state_->add_features(area, configuration.resolve(area.file), GeometryKind::polygons,
                           emission_of_areas(area, area.year > 0 ? area.year : year, problems), problems);
  } catch (const Error& error) {
    problems.add(error);
  }
}

PlumeEmitters::~PlumeEmitters() = default;
PlumeEmitters::PlumeEmitters(PlumeEmitters&&) noexcept = default;
PlumeEmitters& PlumeEmitters::operator=(PlumeEmitters&&) noexcept = default;

const std::vector<PlumeEmitter>& PlumeEmitters::all() const {
  return state_->emitters;
}

double PlumeEmitters::course(std::size_t n, const CivilTime& local) {
  return state_->courses.at(n)->of_year(local);
}

const std::vector<std::string>& PlumeEmitters::files() const {
  return state_->files;
}

}  // namespace lantian
