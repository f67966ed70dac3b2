#include "commands.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/config/case_reader.hpp"
#include "lantian/io/folder_lock.hpp"
#include "lantian/io/text_file.hpp"
#include "lantian/model/checkpoints.hpp"
#include "lantian/model/model.hpp"
#include "lantian/model/resources.hpp"
#include "lantian/model/run_output.hpp"

#include <fmt/format.h>

#include <optional>

namespace lantian {

namespace {

/// A cell whose chemistry fails is left in a file that a box replays.
void run_to_end(const Case& configuration, const Communicator& world, Model& model, RunOutput& output,
                Checkpoints& checkpoints) {
  try {
    model.run([&](const HourReport& hour) { output.hour(hour); },
              [&] {
                output.step();
                checkpoints.after_step();
              });
  } catch (const CellFailure& failure) {
    const std::string file = configuration.output.directory + "/failed_cell.toml";
    if (world.rank() == 0) write_text_file(file, failure.box_case());
    throw NumericalError(
        fmt::format("{}. The state of the cell is in {}; lantian box replays it", failure.what(), file));
  }
}

}  // namespace

void command_run(const RunOptions& options) {
  const Communicator world = Communicator::world();
  const Case configuration = read_case(options.which.path, options.which.set);
  if (options.print_only) {
    if (world.rank() == 0) print_page(print_config(configuration));
    return;
  }
  Inputs inputs = Inputs::open(configuration);
  const HorizontalGrid& grid = inputs.weather.grid();
  log_info(fmt::format(
      "{}: {} x {} x {} cells, {} species ({}), {} to {} after {:g} h of spin-up, {} rank(s)",
      configuration.run.name, grid.columns(), grid.rows(), inputs.weather.layers().count(),
      inputs.species.count(), configuration.chemistry.mechanism, to_iso8601(configuration.run.start),
      to_iso8601(configuration.run.end), configuration.run.spin_up_h, world.size()));
  const Needs needs = needs_of(configuration, inputs, world.size());
  log_info(needs_line(configuration, needs, world.size()));
  if (options.check_only) {
    log_info("the case is sound: nothing was run");
    return;
  }
  if (!options.ignore_resources) check_needs(configuration, needs, world);
  catch_interrupts();
  std::optional<FolderLock> results_lock, restart_lock;  // of the first rank: two runs may share neither
  if (world.rank() == 0) {
    results_lock.emplace(configuration.output.directory);
    const bool is_apart = !configuration.restart.directory.empty() &&
                          configuration.restart.directory != configuration.output.directory;
    if (is_apart) restart_lock.emplace(configuration.restart.directory);
  }
  world.barrier();
  if (options.resume && Checkpoints::is_finished(configuration, world)) {
    Checkpoints::remove_after_finish(configuration, world);
    log_info(fmt::format("{}: the run is finished, nothing was run; without --resume it is run anew",
                         configuration.output.directory));
    return;
  }
  const auto provenance = provenance_of(configuration, inputs, world, program_version());
  Model model(configuration, world, inputs);
  RunOutput output(configuration, inputs, model, provenance);
  Checkpoints checkpoints(configuration, model, output, provenance, options.wall);
  if (!options.resume) checkpoints.start_anew();
  if (options.resume && !checkpoints.resume()) {
    log_info(fmt::format("{}: holds no restart; the run begins at its beginning",
                         configuration.restart_directory()));
    checkpoints.start_anew();
  }
  run_to_end(configuration, world, model, output, checkpoints);
  output.finish();
  checkpoints.finish();
}

}  // namespace lantian
