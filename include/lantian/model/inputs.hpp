#pragma once

#include "lantian/config/case.hpp"
#include "lantian/model/receptors.hpp"
#include "lantian/sources/boundary_air.hpp"
#include "lantian/sources/emissions.hpp"
#include "lantian/weather/weather.hpp"

#include <map>
#include <string>
#include <vector>

namespace lantian {

/// Reads every netCDF file of a case in a process of its own.
/// @pre  MPI has not started. @throws DataError that names each on which the library crashes or hangs.
void read_safely(const Case& configuration);

/// Everything a run reads, opened and checked.
struct Inputs {
  Weather weather;
  SpeciesTable species;
  Emissions emissions;
  BoundaryAir boundary;
  std::vector<Receptor> receptors;
  Array2<double> population;           // persons per cell; empty: none given
  std::vector<std::string> own_files;  // those of receptors and population

  /// Opens all inputs of a case and checks what can be checked before the first step.
  /// @throws Error with every fault of every input, when there is any.
  static Inputs open(const Case& configuration);

  /// xxh64 of each file that is read, by path.
  [[nodiscard]] std::map<std::string, std::string> digests() const;
};

}  // namespace lantian
