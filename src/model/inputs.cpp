#include "lantian/model/inputs.hpp"

#include "lantian/base/text.hpp"
#include "lantian/io/digest.hpp"
#include "lantian/io/safe_read.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace lantian {

namespace {

void check_fields_3d(const std::vector<std::string>& wanted, const SpeciesTable& species,
                     Problems& problems) {
  const std::vector<std::string> known = species.names();
  for (const std::string& name : wanted)
    if (!species.find(name))
      problems.add(fmt::format("output.fields_3d: \"{}\" is no species of this run; known are {}.{}", name,
                               fmt::join(known, ", "), did_you_mean(name, known)));
}

}  // namespace

void read_safely(const Case& configuration) {
  std::vector<std::string> files = weather_files(configuration);
  const auto add = [&](const std::string& file) {
    if (!file.empty()) files.push_back(configuration.resolve(file));
  };
  for (const InventoryConfig& one : configuration.emissions.inventory) add(one.file);
  for (const BoundaryAirConfig& one : configuration.boundary.air)
    if (one.kind == "netcdf") add(one.file);
  add(configuration.emissions.districts);
  add(configuration.receptors.population);
  std::ranges::sort(files);
  files.erase(std::unique(files.begin(), files.end()), files.end());  // an inventory may give several sectors
  Problems problems;
  for (const std::string& file : files)
    if (const std::string fault = crash_of_reading(file); !fault.empty()) problems.add(fault);
  problems.throw_if_any();
}

Inputs Inputs::open(const Case& configuration) {
  Problems problems;
  Weather weather(configuration, problems);
  if (!weather.has_grid()) problems.throw_if_any();
  SpeciesTable species =
      mechanism_species(configuration.chemistry.mechanism, configuration.chemistry.inert_tracers);
  check_rate_factors(configuration.chemistry);
  check_fields_3d(configuration.output.fields_3d, species, problems);
  Emissions emissions(configuration, weather.grid(), weather.layers(), species, problems);
  BoundaryAir boundary(configuration, weather.grid(), species, problems);
  std::vector<Receptor> receptors = read_receptors(configuration, weather.grid(), problems);
  Array2<double> population = read_population(configuration, weather.grid(), problems);
  problems.throw_if_any();
  std::vector<std::string> own_files;
  for (const std::string& file : {configuration.receptors.file, configuration.receptors.population})
    if (!file.empty()) own_files.push_back(configuration.resolve(file));
  return {.weather = std::move(weather),
          .species = std::move(species),
          .emissions = std::move(emissions),
          .boundary = std::move(boundary),
          .receptors = std::move(receptors),
          .population = std::move(population),
          .own_files = std::move(own_files)};
}

std::map<std::string, std::string> Inputs::digests() const {
  std::map<std::string, std::string> digest_of_path;
  for (const auto* files : {&weather.files(), &emissions.files(), &boundary.files()})
    for (const std::string& path : *files) digest_of_path[path] = digest_of_file(path);
  for (const std::string& path : own_files) digest_of_path[path] = digest_of_file(path);
  return digest_of_path;
}

}  // namespace lantian
