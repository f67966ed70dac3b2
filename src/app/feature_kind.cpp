#include "feature_kind.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace lantian {

namespace {

std::size_t count_of(const FeatureSummary& features, std::initializer_list<const char*> kinds) {
  std::size_t count = 0;
  for (const char* kind : kinds)
    if (const auto found = features.geometries.find(kind); found != features.geometries.end())
      count += found->second;
  return count;
}

/// Whether every feature has a text, or else a list, under a name.
bool all_have(const FeatureSummary& features, const std::string& name, std::size_t PropertySummary::*what) {
  const auto found = features.properties.find(name);
  return found != features.properties.end() && found->second.*what == features.features;
}

std::vector<std::string> names_of_numbers(const FeatureSummary& features) {
  std::vector<std::string> names;
  for (const auto& [name, of] : features.properties)
    if (of.numbers > 0) names.push_back(name);
  return names;
}

/// What keeps features from being read at all.
void add_faults(const FeatureSummary& features, FileKind& kind) {
  if (!features.other_crs.empty())
    kind.missing.push_back(fmt::format(
        "longitude and latitude on WGS 84, not {}; transform the file, as with ogr2ogr -t_srs EPSG:4326",
        features.other_crs));
  else if (features.extent && !features.extent->is_on_globe())
    kind.missing.emplace_back(
        "longitudes within -180 and 180 and latitudes within -90 and 90; if these are metres on a map, "
        "transform the file, as with ogr2ogr -t_srs EPSG:4326");
}

FileKind lines_kind(const FeatureSummary& features) {
  FileKind kind{"lines, as roads and ship routes", "[[emissions.lines]] file", {}, {}};
  const std::vector<std::string> numbers = names_of_numbers(features);
  if (numbers.empty())
    kind.missing.emplace_back("a property that is a number: tonnes of a pollutant, or vehicles a day");
  else
    kind.remarks.push_back(
        fmt::format("variables or traffic name its properties; numbers are {}", fmt::join(numbers, ", ")));
  return kind;
}

FileKind areas_kind(const FeatureSummary& features) {
  const std::vector<std::string> numbers = names_of_numbers(features);
  const bool are_named = all_have(features, "name", &PropertySummary::texts);
  const std::string districts = "emissions.districts; receptors.districts of a plume case";
  if (numbers.empty() && are_named) return {"polygons with names, as districts", districts, {}, {}};
  FileKind kind{"polygons, as ports and building sites", "[[emissions.areas]] file", {}, {}};
  if (numbers.empty())
    kind.missing.emplace_back(
        "a property that is a number, tonnes of a pollutant; or, as districts, a text \"name\" in each "
        "feature");
  else
    kind.remarks.push_back(
        fmt::format("variables names its properties; numbers are {}", fmt::join(numbers, ", ")));
  if (!numbers.empty() && are_named) kind.remarks.push_back(fmt::format("also for {}", districts));
  return kind;
}

/// "1 number", "2 numbers".
std::string counted(std::size_t count, const std::string& what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string values_of(const PropertySummary& of) {
  std::vector<std::string> parts;
  if (of.numbers > 0 && of.least < of.most)
    parts.push_back(fmt::format("{}, {:g} to {:g}", counted(of.numbers, "number"), of.least, of.most));
  else if (of.numbers > 0)
    parts.push_back(fmt::format("{}, {:g}", counted(of.numbers, "number"), of.least));
  if (of.texts > 0) parts.push_back(fmt::format("{}, as {}", counted(of.texts, "text"), of.example));
  if (of.lists > 0) parts.push_back(counted(of.lists, "list"));
  if (of.nulls > 0) parts.push_back(fmt::format("{} null", of.nulls));
  const std::size_t others = of.features - of.numbers - of.texts - of.lists - of.nulls;
  if (others > 0) parts.push_back(counted(others, "other"));
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace

FileKind kind_of(const FeatureSummary& features) {
  const std::size_t lines = count_of(features, {"LineString", "MultiLineString"}),
                    areas = count_of(features, {"Polygon", "MultiPolygon"}),
                    points = count_of(features, {"Point", "MultiPoint"});
  if (all_have(features, "enterprise_id", &PropertySummary::texts) &&
      all_have(features, "height_m", &PropertySummary::lists))
    return {"buildings by the direction of the wind", "emissions.buildings of a plume case", {}, {}};
  FileKind kind{"features of no one kind", "", {}, {}};
  if (lines == features.features) kind = lines_kind(features);
  if (areas == features.features) kind = areas_kind(features);
  if (points == features.features)
    kind = {"points", "", {}, {"stacks of enterprises are given as CSV (emissions.enterprises)"}};
  if (lines > 0 && areas > 0)
    kind.remarks.emplace_back(
        "lines go to [[emissions.lines]] and polygons to [[emissions.areas]]: make a file of each");
  if (const std::size_t none = count_of(features, {"none"}); none > 0)
    kind.remarks.push_back(fmt::format("without a geometry, which each needs: {}", counted(none, "feature")));
  if (!kind.use.empty()) add_faults(features, kind);
  return kind;
}

std::string page_of(const FeatureSummary& features) {
  std::string page = fmt::format("features: {}\ngeometries:\n", features.features);
  for (const auto& [kind, count] : features.geometries) page += fmt::format("  {}: {}\n", kind, count);
  if (features.extent)
    page += fmt::format("extent: {:.5f} to {:.5f} degrees east, {:.5f} to {:.5f} degrees north\n",
                        features.extent->west, features.extent->east, features.extent->south,
                        features.extent->north);
  page += "properties:\n";
  for (const auto& [name, of] : features.properties)
    page += fmt::format("  {} (in {} of {}): {}\n", name, of.features, features.features, values_of(of));
  return page;
}

}  // namespace lantian
