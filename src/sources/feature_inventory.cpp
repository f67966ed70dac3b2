#include "feature_inventory.hpp"

#include "compensated_sum.hpp"
#include "feature_emission.hpp"
#include "feature_overlap.hpp"
#include "feature_values.hpp"

#include "lantian/base/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian {

namespace {

/// Words for one kind of features.
struct Words {
  const char *key, *one, *many, *extent, *unit;
  double per_unit;  // m or m2
  double
      absurd_kg_s;  // of a metre or square metre: 30 t a year of a line, 3 of an area (gridded inventories)
};
constexpr Words line_words{"emissions.lines", "line", "lines", "length", "km", 1.0e3, 1.0e-3};
constexpr Words area_words{"emissions.areas", "area", "areas", "area", "km2", 1.0e6, 1.0e-4};

/// A file of one kind of features, and what the case reads of them.
struct FeatureFile {
  const FeatureConfig& config;
  const std::map<std::string, std::string>& properties;  // by pollutant or vehicle class
  const Words& words;
  GeometryKind kind;
  std::string path;
};

/// Collects the features of a file on the model grid.
class Collector {
 public:
  Collector(const FeatureFile& file, const InventoryTarget& target, FeatureFaults& faults)
      : file_(file), config_(file.config), words_(file.words), target_(target), faults_(faults) {}

  void add(const GeoFeature& feature, const FeatureOverlap& overlap, Tonnes tonnes) {
    for (const auto& [what, name] : file_.properties) {
      const auto value = feature.properties.find(name);
      if (value != feature.properties.end() && value->second.is_null()) ++nulls_;
    }
    for (auto& [pollutant, value] : tonnes) value *= config_.scale;
    if (!has_room(feature, overlap, tonnes) || !is_plausible(feature, overlap, tonnes)) return;
    if (tonnes.contains("PM10") && !tonnes.contains("PM25")) ++only_coarse_;
    make_coarse(tonnes, feature.at, faults_);
    extent_.add(overlap.extent);
    double inside = 0.0;
    for (const CellShare& one : overlap.shares) inside += one.share;
    inside_.add(inside * overlap.extent);
    if (inside > 0.0) ++touching_;
    Maps& maps = by_district_[district_of(feature)];
    for (const auto& [pollutant, value] : tonnes) spread(maps[pollutant], overlap, value);
    ++count_;
  }

  [[nodiscard]] std::vector<GriddedInventory> finish(Problems& problems) const {
    std::vector<GriddedInventory> inventories;
    if (!faults_.empty()) return inventories;
    if (touching_ == 0) {
      const LonLat middle = target_.grid.centre(target_.grid.rows() / 2, target_.grid.columns() / 2);
      problems.add(
          fmt::format("{}: none of its {} {} touches the model grid, whose middle is lon {:.2f}, lat "
                      "{:.2f}",
                      faults_.path(), count_, words_.many, middle.longitude_deg, middle.latitude_deg));
      return inventories;
    }
    tell();
    for (const auto& [district, maps] : by_district_) {
      GriddedInventory& inventory = inventories.emplace_back();
      inventory.config.sector = config_.sector;
      inventory.district = district;
      for (const auto& [pollutant, map] : maps) inventory.pollutants[pollutant] = gridded(map);
    }
    return inventories;
  }

 private:
  struct Map {
    std::vector<CompensatedSum> inside;  // by cell
    CompensatedSum whole, outside;
  };
  using Maps = std::map<std::string, Map>;  // by pollutant

  /// Whether a feature has something to be spread over. One without that emits nothing does no harm.
  bool has_room(const GeoFeature& feature, const FeatureOverlap& overlap, const Tonnes& tonnes) {
    if (overlap.extent > 0.0) return true;
    const bool emits = std::ranges::any_of(tonnes, [](const auto& pair) { return pair.second > 0.0; });
    if (emits)
      faults_.add(feature.at, fmt::format("has no {} and yet an emission", words_.extent),
                  "its places must differ, or its emission be 0");
    else
      ++without_extent_;
    return false;
  }

  bool is_plausible(const GeoFeature& feature, const FeatureOverlap& overlap, const Tonnes& tonnes) {
    const double most_kg_s = overlap.extent * words_.absurd_kg_s;
    const auto absurd = std::ranges::find_if(
        tonnes, [&](const auto& pair) { return !(1000.0 * pair.second / (365.0 * 86400.0) <= most_kg_s); });
    if (absurd == tonnes.end()) return true;
    faults_.add(feature.at,
                fmt::format("emits {:.6g} t of {} a year on {:.6g} {}", absurd->second, absurd->first,
                            overlap.extent / words_.per_unit, words_.unit),
                fmt::format("no {} emits so much: check the unit", words_.one));
    return false;
  }

  std::string district_of(const GeoFeature& feature) {
    if (config_.district.empty()) return "";
    const auto found = feature.properties.find(config_.district);
    const bool is_given = found != feature.properties.end() && !found->second.is_null();
    std::string name = is_given ? found->second.text.value_or(found->second.written) : "";
    if (name.empty()) ++without_district_;
    return name;
  }

  void spread(Map& map, const FeatureOverlap& overlap, double tonnes) const {
    const auto columns = static_cast<std::size_t>(target_.grid.columns());
    if (map.inside.empty()) map.inside.resize(columns * static_cast<std::size_t>(target_.grid.rows()));
    map.whole.add(tonnes);
    double beyond = 1.0;
    for (const CellShare& one : overlap.shares) {
      map.inside[static_cast<std::size_t>(one.row) * columns + static_cast<std::size_t>(one.column)].add(
          tonnes * one.share);
      beyond -= one.share;
    }
    if (beyond > 1.0e-12) map.outside.add(tonnes * beyond);
  }

  [[nodiscard]] PollutantMap gridded(const Map& map) const {
    Array2<double> inside(target_.grid.rows(), target_.grid.columns(), 0.0);
    for (std::size_t n = 0; n < map.inside.size(); ++n) inside.values()[n] = map.inside[n].value();
    return {{std::move(inside)}, {map.whole.value()}, {map.outside.value()}};
  }

  void tell() const {
    const auto say = [this](const std::string& what) {
      log_warning(fmt::format("{}: sector \"{}\": {}", faults_.path(), config_.sector, what));
    };
    log_info(fmt::format("{}: sector \"{}\": {} {} of {:.6g} {}, {:.6g} {} of them in the grid",
                         faults_.path(), config_.sector, count_, words_.many,
                         extent_.value() / words_.per_unit, words_.unit, inside_.value() / words_.per_unit,
                         words_.unit));
    if (nulls_ > 0)
      log_info(fmt::format("{}: {} values are null and count as no emission", faults_.path(), nulls_));
    if (without_district_ > 0)
      log_info(fmt::format("{}: {} {} name no district; that of each cell counts", faults_.path(),
                           without_district_, words_.many));
    if (without_extent_ > 0)
      say(fmt::format("{} {} have no {}; they emit nothing", without_extent_, words_.many, words_.extent));
    if (only_coarse_ > 0)
      say(fmt::format("{} {} have PM10 but no PM25: all of it counts as coarse", only_coarse_, words_.many));
  }

  const FeatureFile& file_;
  const FeatureConfig& config_;
  const Words& words_;
  const InventoryTarget& target_;
  FeatureFaults& faults_;
  std::map<std::string, Maps> by_district_;
  CompensatedSum extent_, inside_;
  int count_ = 0, touching_ = 0, without_extent_ = 0, without_district_ = 0, only_coarse_ = 0;
  long nulls_ = 0;
};

std::vector<GriddedInventory> read_features(const FeatureFile& file, const FeatureEmission& emission,
                                            const InventoryTarget& target, Problems& problems) {
  FeatureFaults faults(file.path);
  try {
    const std::vector<GeoFeature> features = read_geojson(file.path, file.kind, file.config.name, faults);
    Collector collector(file, target, faults);
    for (const GeoFeature& feature : features) {
      const FeatureOverlap overlap =
          file.kind == GeometryKind::lines
              ? line_overlap(feature.lines, target.grid)
              : polygon_overlap(feature.polygons, target.regridder, target.grid.columns());
      if (emission) collector.add(feature, overlap, emission(feature, overlap.extent, faults));
    }
    faults.tell(problems);
    if (!emission) return {};
    return collector.finish(problems);
  } catch (const Error& error) {
    problems.add(error);
  }
  return {};
}

}  // namespace

std::vector<GriddedInventory> read_lines(const LineConfig& config, const Case& configuration, int year,
                                         const InventoryTarget& target, Problems& problems) {
  const FeatureFile file{config, config.traffic.empty() ? config.variables : config.traffic, line_words,
                         GeometryKind::lines, configuration.resolve(config.file)};
  return read_features(file, emission_of_lines(config, configuration, year, problems), target, problems);
}

std::vector<GriddedInventory> read_areas(const FeatureConfig& config, const Case& configuration, int year,
                                         const InventoryTarget& target, Problems& problems) {
  return read_features(
      {config, config.variables, area_words, GeometryKind::polygons, configuration.resolve(config.file)},
      emission_of_areas(config, year, problems), target, problems);
}

}  // namespace lantian
