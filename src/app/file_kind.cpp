#include "file_kind.hpp"

#include "lantian/base/text.hpp"
#include "lantian/io/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <set>
#include <utility>

namespace lantian {

namespace {

using Words = std::vector<std::pair<std::string, std::string>>;

bool has_all(const NetcdfReader& file, std::initializer_list<const char*> names) {
  return std::ranges::all_of(names, [&file](const char* name) { return file.has_variable(name); });
}

std::string attribute(const NetcdfReader& file, const std::string& variable, const std::string& name) {
  return file.text_attribute(variable, name).value_or("");
}

FileKind weather_kind(const NetcdfReader& file) {
  static const Words needed = {{"XLAT", "the place of the grid"},
                               {"XLONG", "the place of the grid"},
                               {"U", "the wind"},
                               {"V", "the wind"},
                               {"PH", "the height of the layers"},
                               {"PHB", "the height of the layers"},
                               {"P", "the mass of the air"},
                               {"PB", "the mass of the air"},
                               {"T", "the temperature"},
                               {"QVAPOR", "the humidity"},
                               {"PSFC", "the pressure at the ground"},
                               {"T2", "the temperature at 2 m"}};
  static const Words replaceable = {{"PBLH", "the bulk Richardson number"},
                                    {"UST", "Louis (1979)"},
                                    {"HFX", "Louis (1979)"},
                                    {"SWDOWN", "clear sky and cloud"},
                                    {"LU_INDEX", "the case key grid.land_use"}};
  const bool is_ours = file.number_attribute("", "LANTIAN_DIAGNOSED_WIND").has_value();
  FileKind kind{is_ours ? "weather made by lantian diagnose" : "WRF output", "weather.files", {}, {}};
  if (!has_all(file, {"Times"}) && !has_all(file, {"XTIME"}))
    kind.missing.emplace_back("Times, the time of each record");
  for (const auto& [name, gives] : needed)
    if (!file.has_variable(name)) kind.missing.push_back(fmt::format("{}, {}", name, gives));
  for (const auto& [name, instead] : replaceable)
    if (!file.has_variable(name))
      kind.remarks.push_back(fmt::format("{} is absent; it will be taken from {}", name, instead));
  if (file.has_variable("Times"))
    if (const auto times = file.read_texts("Times"); !times.empty())
      kind.remarks.push_back(fmt::format("{} times, {} to {}", times.size(), times.front(), times.back()));
  return kind;
}

/// Whether a unit is one of emission: mass or moles a time, of a cell or of an area.
bool is_emission_unit(const std::string& unit) {
  static const std::set<std::string> periods = {"/yr", " yr-1", "/year", "/a", " a-1", "/month", " month-1"};
  const std::string plain = lower_case(trimmed(unit));
  if (trimmed(unit).starts_with("mg")) return false;  // milligrams, which the reader refuses
  for (const char* mass : {"t", "Mg", "kt", "kg"})
    for (const std::string& period : periods)
      if (trimmed(unit) == mass + period) return true;
  if (plain.empty()) return false;
  return plain == "moles/s" ||
         std::ranges::any_of(std::initializer_list<const char*>{"kg m-2 s-1", "kg s-1", "mol s-1"},
                             [&unit](const char* known) { return units_are_convertible(unit, known); });
}

/// The pollutant that a variable's name speaks of, else empty.
std::string pollutant_in(const std::string& name) {
  static const Words words = {{"nox", "NOx"},    {"voc", "VOC"},    {"nmvoc", "VOC"}, {"vocs", "VOC"},
                              {"so2", "SO2"},    {"nh3", "NH3"},    {"co", "CO"},     {"pm25", "PM25"},
                              {"pm2.5", "PM25"}, {"pm2p5", "PM25"}, {"pm10", "PM10"}, {"bc", "BC"},
                              {"oc", "OC"}};
  for (const std::string& part : split(lower_case(name), '_'))
    for (const auto& [word, pollutant] : words)
      if (part == word) return pollutant;
  return "";
}

/// The variables that look like emissions: unit of emission, or a year or month in one that is written
/// otherwise, or on a map by the name of a pollutant and with no unit at all.
std::vector<std::string> emission_variables(const NetcdfReader& file) {
  std::vector<std::string> found;
  for (const std::string& name : file.variables()) {
    const std::string written = attribute(file, name, "units"), unit = lower_case(written);
    const bool is_bare = unit.empty() && !pollutant_in(name).empty() && file.shape(name).size() >= 2;
    if (is_emission_unit(written) || unit.starts_with("t yr-1") || unit.starts_with("t/yr") ||
        unit.starts_with("mg/yr") || is_bare)
      found.push_back(name);
  }
  return found;
}

FileKind inventory_kind(const NetcdfReader& file, const std::vector<std::string>& variables) {
  FileKind kind{"gridded emission inventory", "[[emissions.inventory]] file", {}, {}};
  std::vector<std::string> pairs;
  for (const std::string& name : variables) {
    const std::string unit = attribute(file, name, "units");
    if (!is_emission_unit(unit))
      kind.missing.push_back(
          fmt::format("a unit of {} that is known; \"{}\" is not: set units in the case file", name, unit));
    std::vector<std::string> extra;
    const auto shape = file.shape(name);
    for (std::size_t d = 0; d + 2 < shape.size(); ++d)
      if (shape[d].length != 1 && shape[d].length != 12) extra.push_back(shape[d].name);
    if (!extra.empty())
      kind.missing.push_back(
          fmt::format("a variable for each pollutant on two axes (times 12 months); {} also has {}", name,
                      fmt::join(extra, ", ")));
    if (const std::string pollutant = pollutant_in(name); !pollutant.empty())
      pairs.push_back(fmt::format("{} = \"{}\"", pollutant, name));
  }
  const bool has_axes =
      has_all(file, {"lon", "lat"}) || has_all(file, {"longitude", "latitude"}) || has_all(file, {"x", "y"});
  if (!has_axes) kind.missing.emplace_back("axes lon and lat, or x and y with a projection");
  constexpr std::size_t most = 9;  // one of each pollutant; with more the file holds several sectors
  if (!pairs.empty() && pairs.size() <= most)
    kind.remarks.push_back(fmt::format("its key: variables = {{ {} }}", fmt::join(pairs, ", ")));
  else if (!pairs.empty())
    kind.remarks.emplace_back(
        "it holds several sectors: one [[emissions.inventory]] for each, that names its variables");
  return kind;
}

/// A file of concentrations that air from outside could be taken from.
bool has_air(const NetcdfReader& file) {
  if (!has_all(file, {"lon", "lat"})) return false;
  return std::ranges::any_of(file.variables(), [&file](const std::string& name) {
    const std::string unit = attribute(file, name, "units");
    return unit == "ppb" || unit == "ppbv" || unit == "1e-9" || unit == "mol mol-1" || unit == "ug m-3";
  });
}

/// Winds on pressure levels, as ERA and NCEP analyses have them.
bool is_analysis(const NetcdfReader& file) {
  static const std::set<std::string> levels = {"level", "levels",         "lev",
                                               "plev",  "pressure_level", "isobaric"};
  return has_all(file, {"u", "v"}) && std::ranges::any_of(file.dimensions(), [](const auto& dimension) {
           return levels.contains(lower_case(dimension.name));
         });
}

std::optional<FileKind> kind_of_other_model(const NetcdfReader& file) {
  if (is_analysis(file))
    return FileKind{
        "analysis on pressure levels",
        "",
        {},
        {"run WRF with it, or give a profile of it as CSV to lantian diagnose (inputs.upper_air)"}};
  if (has_all(file, {"XLAT_M", "XLONG_M"}))
    return FileKind{
        file.has_variable("PRES") ? "met_em file of metgrid, an input of WRF" : "geogrid file of WRF",
        "",
        {},
        {"run WRF with it; Lantian reads WRF's output (wrfout)"}};
  if (file.number_attribute("", "FTYPE") && file.has_variable("TFLAG")) {
    const bool is_grid = has_all(file, {"LAT", "LON", "MSFX2"});
    return FileKind{
        is_grid ? "GRIDCRO2D file (I/O API): the grid of MCIP for CMAQ" : "I/O API file of CMAQ or SMOKE",
        "",
        {},
        {"Lantian reads WRF's output and CF files; give it the WRF output MCIP was made from"}};
  }
  return std::nullopt;
}

}  // namespace

FileKind kind_of(const NetcdfReader& file) {
  const bool is_titled = attribute(file, "", "TITLE").find("OUTPUT FROM WRF") != std::string::npos;
  if (auto other = kind_of_other_model(file)) return *other;
  if (is_titled || has_all(file, {"XLAT", "XLONG"})) return weather_kind(file);
  if (file.has_variable("source_id"))
    return {"contributions of sources, from lantian plume",
            file.dimension_length("x") && !file.has_variable("time") ? "scripts/plot_plume.py" : "",
            {},
            {}};
  if (file.text_attribute("", "featureType") && file.has_variable("station_name"))
    return {"time series at receptors, from lantian run", "lantian evaluate --model", {}, {}};
  if (attribute(file, "", "source").starts_with("Lantian"))
    return {"hourly fields from lantian run", "scripts/plot_map.py", {}, {}};
  if (has_all(file, {"terrain_m", "land_fraction"}))
    return {"terrain and land", "inputs.terrain of the file of lantian diagnose", {}, {}};
  if (file.has_variable("population")) return {"population", "receptors.population", {}, {}};
  if (file.has_variable("district")) return {"districts", "emissions.districts", {}, {}};
  if (const auto variables = emission_variables(file); !variables.empty())
    return inventory_kind(file, variables);
  if (has_air(file))
    return {"concentrations on a map", "[[boundary.air]] file, with kind = \"netcdf\"", {}, {}};
  return {"a netCDF file of no kind that Lantian knows", "", {}, {}};
}

}  // namespace lantian
