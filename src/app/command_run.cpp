#include "commands.hpp"

#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/config/case_reader.hpp"
#include "lantian/model/model.hpp"
#include "lantian/model/run_output.hpp"

#include <fmt/format.h>

namespace lantian {

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
  if (options.check_only) {
    log_info("the case is sound: nothing was run");
    return;
  }
  catch_interrupts();
  Model model(configuration, world, inputs);
  RunOutput output(configuration, world, inputs, model.tile(), program_version());
  model.run([&output](const HourReport& hour) { output.hour(hour); });
  output.finish();
}

}  // namespace lantian
