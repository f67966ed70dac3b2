#include "building_list.hpp"

#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace lantian::steady {

namespace {

constexpr int directions = 36;

struct Size {
  const char* name;
  double plume::BuildingSector::*value;
  double least_m, most_m;
};
constexpr Size sizes[] = {{"height_m", &plume::BuildingSector::height_m, 0.0, 1000.0},
                          {"width_m", &plume::BuildingSector::width_m, 0.0, 5000.0},
                          {"length_m", &plume::BuildingSector::length_m, 0.0, 5000.0},
                          {"xbadj_m", &plume::BuildingSector::along_offset_m, -5000.0, 5000.0},
                          {"ybadj_m", &plume::BuildingSector::across_offset_m, -5000.0, 5000.0}};

std::string words_for(const std::pair<std::string, std::string>& key) {
  return key.second.empty() ? key.first : fmt::format("{}, stack {}", key.first, key.second);
}

bool has_known_columns(const CsvTable& table, Problems& problems) {
  const std::size_t faults = problems.sentences().size();
  std::vector<std::string> known = {"enterprise_id", "stack_id", "direction_deg"};
  for (const Size& size : sizes) known.emplace_back(size.name);
  for (const std::string& column : table.header())
    if (std::ranges::find(known, column) == known.end())
      problems.add(fmt::format("{}: there is no column \"{}\" in a list of buildings; known are {}.{}",
                               table.path(), column, fmt::join(known, ", "), did_you_mean(column, known)));
  return problems.sentences().size() == faults;
}

std::vector<double> numbers_of(const nlohmann::json& properties, const std::string& name,
                               const std::string& at, Problems& problems) {
  const auto found = properties.find(name);
  const bool is_list = found != properties.end() && found->is_array() && found->size() == directions &&
                       std::ranges::all_of(*found, [](const auto& value) { return value.is_number(); });
  if (is_list) return found->get<std::vector<double>>();
  problems.add(
      fmt::format("{}: properties.{} must be a list of 36 numbers, for 10, 20 ... 360 degrees", at, name));
  return {};
}

}  // namespace

BuildingList::BuildingList(const PlumeCase& configuration, const std::vector<PlumeEmitter>& emitters,
                           Problems& problems) {
  const std::size_t faults = problems.sentences().size();
  for (const std::string& file : configuration.emissions.buildings) {
    const std::string path = configuration.resolve(file);
    try {
      if (path.ends_with(".csv"))
        read_csv(path, problems);
      else
        read_geojson(path, problems);
    } catch (const Error& error) {
      problems.add(error);
    }
  }
  if (problems.sentences().size() == faults) check(emitters, problems);
}

void BuildingList::read_csv(const std::string& path, Problems& problems) {
  const CsvTable table = CsvTable::read(path);
  if (!has_known_columns(table, problems)) return;
  const std::size_t enterprise = table.required_column("enterprise_id"),
                    direction = table.required_column("direction_deg");
  const auto stack = table.column("stack_id");
  std::vector<std::size_t> columns;
  for (const Size& size : sizes) columns.push_back(table.required_column(size.name));
  for (std::size_t n = 0; n < table.rows(); ++n) {
    Row row{{table.cell(n, enterprise), stack ? table.cell(n, *stack) : ""}, table.place(n), 0, {}};
    const std::size_t faults = problems.sentences().size();
    const auto degrees = table.number(n, direction, problems);
    row.direction = degrees ? static_cast<int>(std::lround(*degrees / 10.0)) : 0;
    if (problems.sentences().size() == faults &&
        (!degrees || *degrees != 10.0 * row.direction || row.direction < 1 || row.direction > directions))
      problems.add(fmt::format("{}: direction_deg: \"{}\" is none of 10, 20 ... 360, where the wind blows to",
                               row.written_at, table.cell(n, direction)));
    for (std::size_t s = 0; s < columns.size(); ++s) {
      const auto value = table.number(n, columns[s], problems);
      if (value) row.sector.*sizes[s].value = *value;
      if (!value && problems.sentences().size() == faults)
        problems.add(fmt::format("{}: {} is empty; where the wind meets no building all five are 0",
                                 row.written_at, sizes[s].name));
    }
    if (problems.sentences().size() == faults) add(row, problems);
  }
}

void BuildingList::read_geojson(const std::string& path, Problems& problems) {
  const nlohmann::json collection = nlohmann::json::parse(read_text_file(path), nullptr, false);
  const bool is_collection =
      collection.is_object() && collection.contains("features") && collection.at("features").is_array();
  if (!is_collection)
    throw DataError(
        fmt::format("{}: is no GeoJSON with features; a list of buildings is such a file, or a CSV whose "
                    "name ends in .csv",
                    path));
  for (std::size_t n = 0; n < collection.at("features").size(); ++n) {
    const std::string at = fmt::format("{}: feature {}", path, n + 1);
    const nlohmann::json& feature = collection.at("features").at(n);
    const nlohmann::json properties =
        feature.is_object() ? feature.value("properties", nlohmann::json{}) : nlohmann::json{};
    const auto text = [&](const char* name) {
      const auto found = properties.find(name);
      return found != properties.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (!properties.is_object() || text("enterprise_id").empty()) {
      problems.add(fmt::format("{}: properties.enterprise_id, a text, is missing", at));
      continue;
    }
    const std::size_t faults = problems.sentences().size();
    std::vector<std::vector<double>> values;
    for (const Size& size : sizes) values.push_back(numbers_of(properties, size.name, at, problems));
    for (int d = 0; d < directions && problems.sentences().size() == faults; ++d) {
      Row row{{text("enterprise_id"), text("stack_id")}, at, d + 1, {}};
      for (std::size_t s = 0; s < values.size(); ++s)
        row.sector.*sizes[s].value = values[s][static_cast<std::size_t>(d)];
      add(row, problems);
    }
  }
}

void BuildingList::add(const Row& row, Problems& problems) {
  const std::size_t faults = problems.sentences().size();
  const plume::BuildingSector& sector = row.sector;
  for (const Size& size : sizes)
    if (!(sector.*size.value >= size.least_m && sector.*size.value <= size.most_m))
      problems.add(fmt::format("{}: {}: {:g} is out of range; allowed are {:g} to {:g} m", row.written_at,
                               size.name, sector.*size.value, size.least_m, size.most_m));
  const bool has_height = sector.height_m > 0.0;
  if (has_height != (sector.width_m > 0.0) || has_height != (sector.length_m > 0.0))
    problems.add(fmt::format(
        "{}: height_m {:g}, width_m {:g}, length_m {:g}: they are above 0 together, or all 0 where the wind "
        "meets no building",
        row.written_at, sector.height_m, sector.width_m, sector.length_m));
  if (problems.sentences().size() > faults) return;
  Building& building = buildings_.try_emplace(row.key, Building{row.written_at, {}}).first->second;
  if (!building.sectors.emplace(row.direction, sector).second)
    problems.add(fmt::format("{}: the building of {} has direction {} already, see {}", row.written_at,
                             words_for(row.key), 10 * row.direction, building.written_at));
}

void BuildingList::check(const std::vector<PlumeEmitter>& emitters, Problems& problems) const {
  std::map<std::string, std::vector<std::string>> stacks;  // by enterprise
  for (const PlumeEmitter& emitter : emitters)
    if (emitter.kind == PlumeEmitter::Kind::stack) stacks[emitter.enterprise_id].push_back(emitter.stack_id);
  std::vector<std::string> enterprises;
  enterprises.reserve(stacks.size());
  for (const auto& [id, of_enterprise] : stacks) enterprises.push_back(id);
  for (const auto& [key, building] : buildings_) {
    const auto found = stacks.find(key.first);
    if (found == stacks.end())
      problems.add(fmt::format("{}: there is no enterprise \"{}\" with a stack in emissions.enterprises.{}",
                               building.written_at, key.first, did_you_mean(key.first, enterprises)));
    else if (!key.second.empty() && std::ranges::find(found->second, key.second) == found->second.end())
      problems.add(fmt::format("{}: enterprise {} has no stack \"{}\"; known are {}.{}", building.written_at,
                               key.first, key.second, fmt::join(found->second, ", "),
                               did_you_mean(key.second, found->second)));
    std::vector<int> missing;
    for (int d = 1; d <= directions; ++d)
      if (!building.sectors.contains(d)) missing.push_back(10 * d);
    if (!missing.empty())
      problems.add(fmt::format("{}: the building of {} lacks {} of 36 directions: {}", building.written_at,
                               words_for(key), missing.size(), fmt::join(missing, ", ")));
  }
}

std::vector<plume::BuildingSector> BuildingList::of(const PlumeEmitter& emitter) const {
  auto found = buildings_.find({emitter.enterprise_id, emitter.stack_id});
  if (found == buildings_.end()) found = buildings_.find({emitter.enterprise_id, ""});
  std::vector<plume::BuildingSector> sectors;
  if (found == buildings_.end()) return sectors;
  for (const auto& [direction, sector] : found->second.sectors) sectors.push_back(sector);
  return sectors;
}

}  // namespace lantian::steady
