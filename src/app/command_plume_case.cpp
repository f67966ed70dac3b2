#include "commands.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/config/plume_case.hpp"
#include "lantian/io/folder_lock.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/steady/steady_run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>

namespace lantian {

void command_plume_case(const PlumeOptions& options) {
  if (options.without_netcdf)
    throw Error(ExitCode::usage,
                "--no-netcdf is for control decks; a plume case says output.hourly = \"none\"");
  if (options.areas_as_aermod)
    throw Error(ExitCode::usage,
                "--aermod-areas is for control decks; a plume case has areas and lines integrated");
  PlumeCase configuration = read_plume_case(options.which.path, options.which.set);
  if (!options.output.empty()) configuration.output.directory = options.output;
  const Communicator world = Communicator::world();
  steady::SteadyInputs inputs(std::move(configuration), world);
  log_info(inputs.summary());
  if (options.check_only) {
    if (world.rank() == 0)
      print_page(fmt::format("{}: all inputs are in order; nothing was run\n", options.which.path));
    return;
  }
  std::optional<FolderLock> lock;
  if (world.rank() == 0) lock.emplace(inputs.configuration().output.directory);
  catch_interrupts();
  const auto begin = std::chrono::steady_clock::now();
  const steady::SteadyResults results =
      steady::run_steady_case(inputs, "LANTIAN " + program_version() + ", steady plumes", world);
  const double took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (world.rank() != 0) return;
  log_event("end",
            fmt::format("{} hours in {:.2f} s: {:.3g} values of a source at a receptor a second",
                        inputs.configuration().hours(), took_s, inputs.value_count() / took_s),
            {{"wall_s", took_s}, {"values_per_s", inputs.value_count() / took_s}});
  std::string page = results.ranking_page;
  if (!page.empty()) page += "\n";
  for (const std::string& file : results.files) page += file + " written\n";
  print_page(page);
}

}  // namespace lantian
