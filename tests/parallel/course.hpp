// A run as `lantian run` makes it, ended before its time where a test asks for it.
#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/base/log.hpp"
#include "lantian/model/checkpoints.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/model/model.hpp"
#include "lantian/model/run_output.hpp"

#include <limits>
#include <optional>
#include <utility>

namespace lantian::testing {

/// Stands for what ends a run without warning.
struct Killed {};

/// How a run is begun and ended.
struct Course {
  bool resumes = false;
  int steps = -1;  // after which it is killed; -1: it runs to its end
  double most_wall_s = std::numeric_limits<double>::infinity();
};

/// What `lantian run` does, without its lock.
inline void run(const Case& configuration, const Communicator& ranks, Course course) {
  std::optional<QuietLog> quiet(std::in_place);
  Inputs inputs = Inputs::open(configuration);
  const auto provenance = provenance_of(configuration, inputs, ranks, "test");
  Model model(configuration, ranks, inputs);
  RunOutput output(configuration, inputs, model, provenance);
  WallTime wall;
  wall.most_s = course.most_wall_s;
  Checkpoints checkpoints(configuration, model, output, provenance, wall);
  quiet.reset();  // what resuming says is counted
  if (!course.resumes || !checkpoints.resume()) checkpoints.start_anew();
  quiet.emplace();
  int steps = 0;
  model.run([&](const HourReport& hour) { output.hour(hour); },
            [&] {
              output.step();
              checkpoints.after_step();
              if (++steps == course.steps) throw Killed();
            });
  output.finish();
  checkpoints.finish();
}

/// How a run ended that some of the ranks took part in.
struct Ending {
  bool takes_part = false, is_killed = false;
  std::optional<ExitCode> stopped;  // by itself, with this code
};

/// Runs on the first `ranks` ranks of the world; the others wait for them.
inline Ending run_on_first(int ranks, const Case& configuration, Course course) {
  const Communicator world = Communicator::world();
  Ending ending;
  ending.takes_part = world.rank() < ranks;
  const Communicator group = world.split(ending.takes_part ? 0 : 1);
  try {
    if (ending.takes_part) run(configuration, group, course);
  } catch (const Killed&) {
    ending.is_killed = true;
  } catch (const Interruption& stop) {
    ending.stopped = stop.exit_code();
  }
  world.barrier();
  return ending;
}

}  // namespace lantian::testing
