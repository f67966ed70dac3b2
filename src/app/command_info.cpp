#include "commands.hpp"

#include "lantian/io/netcdf_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace lantian {

namespace {

struct Kind {
  std::string what, use;
};

bool has_all(const NetcdfReader& file, std::initializer_list<const char*> names) {
  return std::ranges::all_of(names, [&file](const char* name) { return file.has_variable(name); });
}

bool has_emission_units(const NetcdfReader& file) {
  static constexpr std::array<std::string_view, 10> units = {
      "t/yr", "t yr-1", "Mg/yr", "t/month", "Mg/month", "kg m-2 s-1", "kg/m2/s", "mol s-1", "moles/s", "g/s"};
  return std::ranges::any_of(file.variables(), [&file](const std::string& name) {
    const auto unit = file.text_attribute(name, "units");
    return unit && std::ranges::find(units, *unit) != units.end();
  });
}

Kind kind_of(const NetcdfReader& file) {
  if (file.number_attribute("", "LANTIAN_DIAGNOSED_WIND"))
    return {"weather made by lantian diagnose", "weather.files"};
  if (has_all(file, {"Times", "XLAT", "XLONG", "U", "V", "PH", "PHB"}))
    return {"WRF output", "weather.files"};
  if (has_all(file, {"Times", "XLAT_M", "XLONG_M"}))
    return {"metgrid output (met_em), the input of WRF", "nothing: run WRF and give Lantian its output"};
  if (file.text_attribute("", "featureType") && has_all(file, {"station_name"}))
    return {"time series at receptors, from lantian run", "lantian evaluate --model"};
  if (file.text_attribute("", "source").value_or("").starts_with("Lantian"))
    return {"fields from lantian run", "scripts/plot_map.py; [[boundary.air]] kind = \"netcdf\""};
  if (file.number_attribute("", "FTYPE") && file.has_variable("TFLAG"))
    return {"I/O API file of CMAQ", "nothing yet: Lantian reads CF and WRF files"};
  if (file.has_variable("population")) return {"population", "receptors.population"};
  if (file.has_variable("district")) return {"districts", "emissions.districts"};
  if (has_emission_units(file))
    return {"gridded emission inventory",
            "[[emissions.inventory]] file; name its variables in variables = { NOx = \"...\" }"};
  return {"a netCDF file that Lantian has no use for by itself", "nothing"};
}

/// Weather variables that Lantian fills by itself when they are absent.
void print_missing_weather(const NetcdfReader& file) {
  for (const auto& [name, instead] :
       {std::pair{"PBLH", "the bulk Richardson number"}, std::pair{"UST", "Louis' surface layer"},
        std::pair{"HFX", "Louis' surface layer"}, std::pair{"SWDOWN", "a clear sky times cloud"},
        std::pair{"LU_INDEX", "the case key grid.land_use"}})
    if (!file.has_variable(name)) fmt::print("  {} is absent: it would be taken from {}\n", name, instead);
}

}  // namespace

void command_info(const std::string& path) {
  const NetcdfReader file(path);
  const Kind kind = kind_of(file);
  fmt::print("{}: {} ({})\nuse: {}\n", path, kind.what, file.format(), kind.use);
  if (kind.use == "weather.files") {
    const auto times = file.read_texts("Times");
    if (!times.empty()) fmt::print("times: {}, from {} to {}\n", times.size(), times.front(), times.back());
    print_missing_weather(file);
  }
  fmt::print("dimensions:\n");
  for (const auto& one : file.dimensions()) fmt::print("  {} = {}\n", one.name, one.length);
  fmt::print("variables:\n");
  for (const std::string& name : file.variables()) {
    std::string shape;
    for (const auto& one : file.shape(name)) shape += (shape.empty() ? "" : ", ") + one.name;
    fmt::print("  {}({}) [{}] {}\n", name, shape, file.text_attribute(name, "units").value_or("-"),
               file.text_attribute(name, "long_name")
                   .value_or(file.text_attribute(name, "description").value_or("")));
  }
}

}  // namespace lantian
