#pragma once

#include "lantian/parallel/communicator.hpp"
#include "lantian/plume/aermet_files.hpp"
#include "lantian/plume/aermod_deck.hpp"

#include <string>
#include <vector>

namespace lantian::plume {

/// How a deck is run.
struct DeckRunOptions {
  std::string program;      ///< name and version, for the headers of tables
  bool with_netcdf = true;  ///< hourly values also as netCDF
};

/// Faults that only deck and weather together have: hours that HOUREMIS or the ozone lack, years that ANNUAL
/// lacks.
void check_deck_run(const Deck& deck, const AermetWeather& weather, Problems& problems);

/// Works out all hours and writes what the deck asks for. Called on all ranks; each takes every so-many-th
/// hour, the first writes. The bits of the results depend on neither ranks nor threads.
/// @return the files that were written, on the first rank
/// @throws OutputError, NumericalError, Interruption
std::vector<std::string> run_deck(const Deck& deck, const AermetWeather& weather,
                                  const DeckRunOptions& options, const Communicator& ranks);

}  // namespace lantian::plume
