// A made plume case run in a folder that all ranks share.
#pragma once

#include "support/made_plume_case.hpp"
#include "support/shared_folder.hpp"

#include "lantian/steady/steady_run.hpp"

#include <functional>
#include <string>

namespace lantian::steady {

using FolderUse = std::function<void(const std::string& folder)>;

/// Runs a case after `prepare` has laid files beside it; `look` sees the folder of its results.
inline void run_made_case(const std::string& text, const TinyWrf& wrf, const Communicator& ranks,
                          const FolderUse& prepare, const FolderUse& look) {
  const SharedFolder folder(ranks);
  if (ranks.rank() == 0) {
    write_made_plume_case(folder.path(), text, wrf);
    if (prepare) prepare(folder.path());
  }
  ranks.barrier();
  PlumeCase configuration = read_plume_case(folder.file("plume.toml"));
  // The case's name stands in the files: the same in every folder.
  configuration.output.directory = folder.file("results");
  SteadyInputs inputs(configuration, ranks);
  run_steady_case(inputs, "LANTIAN test", ranks);
  ranks.barrier();
  if (look) look(folder.file("results"));
  ranks.barrier();
}

}  // namespace lantian::steady
