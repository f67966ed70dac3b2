#pragma once

#include "lantian/config/case.hpp"
#include "lantian/model/model.hpp"
#include "lantian/model/run_output.hpp"

#include <chrono>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// When a run was begun by the clock on the wall, and how long it may take.
struct WallTime {
  std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
  double most_s = std::numeric_limits<double>::infinity();
};

/// The restart sets of a run: when they are written, which are kept, and from which the run goes on.
///
/// The last two sets are kept, so that one remains when the other is damaged. All calls are collective.
class Checkpoints {
 public:
  Checkpoints(const Case& configuration, Model& model, RunOutput& output,
              std::map<std::string, std::string> provenance, WallTime wall);

  /// Forgets what an earlier run has left, and says so when it could have been resumed.
  void start_anew();
  /// Lets model and output stand where the latest sound set was saved. @return false when there is no set
  /// @throws ConfigError when the set belongs to another case, grid, input or build, and says what differs;
  /// DataError when no set is sound.
  bool resume();
  /// Writes a set when one is due, or when the run is asked to stop, which it then does.
  /// @throws Interruption, OutputError
  void after_step();
  /// All results have their names: notes it and removes what a resumed run would need.
  void finish();

  /// Whether the results in output.directory are those of this case, whole.
  [[nodiscard]] static bool is_finished(const Case& configuration, const Communicator& ranks);
  /// Removes the restart files of a finished run that was killed before it could do so itself.
  static void remove_after_finish(const Case& configuration, const Communicator& ranks);

 private:
  using Facts = std::vector<std::pair<std::string, std::string>>;
  enum class Stop { no, by_wall_time, by_system, by_user };
  [[nodiscard]] Facts facts() const;
  [[nodiscard]] Stop stop_of_any();
  [[nodiscard]] bool is_due() const;
  void write_set();
  [[noreturn]] void stop(Stop why) const;
  void load_from(const std::string& manifest);
  void refuse_other_run(const RestartManifest& manifest) const;
  void note_end(const std::string& state, int exit_code) const;
  void remove_leftovers(const std::vector<std::string>& kept_manifests) const;
  [[nodiscard]] std::vector<std::string> manifests() const;

  const Case& case_;
  Model& model_;
  RunOutput& output_;
  Communicator ranks_;
  std::map<std::string, std::string> provenance_;
  WallTime wall_;
  std::chrono::steady_clock::time_point step_begin_;
  double longest_step_s_ = 0.0, longest_set_s_ = 0.0;
  std::string latest_;  // manifest written or loaded last
};

}  // namespace lantian
