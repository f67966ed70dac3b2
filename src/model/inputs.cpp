#include "lantian/model/inputs.hpp"

#include "lantian/io/digest.hpp"
#include "lantian/processes/gas_chemistry.hpp"

namespace lantian {

Inputs Inputs::open(const Case& configuration) {
  Problems problems;
  Weather weather(configuration, problems);
  if (!weather.has_grid()) problems.throw_if_any();
  SpeciesTable species =
      mechanism_species(configuration.chemistry.mechanism, configuration.chemistry.inert_tracers);
  Emissions emissions(configuration, weather.grid(), weather.layers(), species, problems);
  BoundaryAir boundary(configuration, weather.grid(), species, problems);
  std::vector<Receptor> receptors = read_receptors(configuration, weather.grid(), problems);
  Array2<double> population = read_population(configuration, weather.grid(), problems);
  problems.throw_if_any();
  return {.weather = std::move(weather),
          .species = std::move(species),
          .emissions = std::move(emissions),
          .boundary = std::move(boundary),
          .receptors = std::move(receptors),
          .population = std::move(population)};
}

std::map<std::string, std::string> Inputs::digests() const {
  std::map<std::string, std::string> digest_of_path;
  for (const auto* files : {&weather.files(), &emissions.files(), &boundary.files()})
    for (const std::string& path : *files) digest_of_path[path] = digest_of_file(path);
  return digest_of_path;
}

}  // namespace lantian
