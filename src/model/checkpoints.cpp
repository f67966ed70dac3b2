#include "lantian/model/checkpoints.hpp"

#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/config/case_difference.hpp"
#include "lantian/config/case_reader.hpp"
#include "lantian/io/text_file.hpp"
#include "lantian/model/resources.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace lantian {

namespace {

/// Changes when what a set holds is named or ordered in another way.
constexpr const char* layout = "1";

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string run_record_path(const Case& configuration) {
  return configuration.output.directory + "/run.json";
}

/// Names of inputs whose content is not the same; digests as "<xxh64> <file>; ...".
std::string changed_inputs(const std::string& there, const std::string& here) {
  const std::vector<std::string> before = split(there, ';'), now = split(here, ';');
  std::vector<std::string> changed;
  for (const auto* lists : {&now, &before})
    for (const std::string& one : *lists) {
      const auto& others = lists == &now ? before : now;
      const auto same = [&](const std::string& other) { return trimmed(other) == trimmed(one); };
      const std::string name(trimmed(one).substr(std::min<std::size_t>(trimmed(one).size(), 17)));
      if (std::ranges::none_of(others, same) && std::ranges::find(changed, name) == changed.end())
        changed.push_back(name);
    }
  return fmt::format("{}", fmt::join(changed, ", "));
}

}  // namespace

Checkpoints::Checkpoints(const Case& configuration, Model& model, RunOutput& output,
                         std::map<std::string, std::string> provenance, WallTime wall)
    : case_(configuration),
      model_(model),
      output_(output),
      ranks_(model.ranks()),
      provenance_(std::move(provenance)),
      wall_(wall),
      step_begin_(std::chrono::steady_clock::now()) {}

Checkpoints::Facts Checkpoints::facts() const {
  std::vector<std::string> species;
  for (const Species& one : model_.state().species) species.push_back(one.name);
  const Tile& tile = model_.tile();
  return {{"layout", layout},
          {"program", provenance_.at("source")},
          {"time", to_iso8601(model_.now())},
          {"inputs", provenance_.at("input_digests")},
          {"grid", fmt::format("{} of {} x {} x {} cells", provenance_.at("grid_digest"), tile.grid_columns,
                               tile.grid_rows, tile.layers)},
          {"mechanism", provenance_.at("mechanism_digest")},
          {"species", fmt::format("{}", fmt::join(species, " "))},
          {"case", results_text(case_)}};
}

std::vector<std::string> Checkpoints::manifests() const {
  const std::string all =
      ranks_.rank() == 0 ? fmt::format("{}", fmt::join(restart_manifests(case_.restart_directory()), "\n"))
                         : "";
  const std::string said = ranks_.broadcast(all, 0);
  return said.empty() ? std::vector<std::string>{} : split(said, '\n');
}

/// Files that a killed process was writing, and restart files that belong to none of the named sets.
void Checkpoints::remove_leftovers(const std::vector<std::string>& kept_manifests) const {
  if (ranks_.rank() == 0) {
    remove_restart_files(case_.restart_directory(), kept_manifests);
    std::vector<std::filesystem::path> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(case_.output.directory, ignored)) {
      const std::string name = entry.path().filename().string();
      const std::size_t mark = name.find(".tmp.");
      if (mark == std::string::npos) continue;
      for (const char* own :
           {"history.nc", "receptors.nc", "mass_table.csv", "budget.csv", "state_hashes.csv", "run.json"})
        if (name.substr(0, mark) == own) found.push_back(entry.path());
    }
    for (const auto& path : found) std::filesystem::remove(path, ignored);
  }
  ranks_.barrier();
}

void Checkpoints::start_anew() {
  const std::vector<std::string> left = manifests();
  if (!left.empty())
    log_warning(
        fmt::format("{}: the run begins anew and removes the restart that an earlier one has left here; "
                    "--resume would have gone on from it",
                    left.front()));
  remove_leftovers({});
  std::string fault;
  try {
    std::error_code ignored;
    if (ranks_.rank() == 0) {
      std::filesystem::remove(run_record_path(case_), ignored);
      create_directory(case_.restart_directory());
    }
  } catch (const OutputError& error) {
    fault = error.what();
  }
  fault = ranks_.broadcast(fault, 0);
  if (!fault.empty()) throw OutputError(fault);
}

void Checkpoints::refuse_other_run(const RestartManifest& manifest) const {
  const auto refuse = [&](const std::string& difference) {
    throw ConfigError(fmt::format(
        "{}: this restart belongs to another run: {}; resume with what it was begun with, or run without "
        "--resume to begin anew",
        manifest.path, difference));
  };
  const Facts own = facts();
  const auto here = [&](const std::string& key) {
    return std::ranges::find(own, key, [](const auto& one) { return one.first; })->second;
  };
  const auto differs = [&](const std::string& key) { return manifest.fact(key) != here(key); };
  if (differs("layout"))
    refuse(fmt::format("its layout is {}, this build reads {}", manifest.fact("layout"), here("layout")));
  if (differs("case")) {
    std::vector<std::string> keys = case_differences(manifest.fact("case"), here("case"));
    const std::size_t count = keys.size();
    constexpr std::size_t most_keys = 5;
    keys.resize(std::min(count, most_keys));
    refuse(fmt::format("its case differs in {}{}", fmt::join(keys, "; "),
                       count > most_keys ? "; and more" : ""));
  }
  if (differs("inputs"))
    refuse(fmt::format("the content of {} has changed",
                       changed_inputs(manifest.fact("inputs"), here("inputs"))));
  for (const char* key : {"grid", "mechanism", "species"})
    if (differs(key)) refuse(fmt::format("its {} is {}, here it is {}", key, manifest.fact(key), here(key)));
  if (differs("program"))
    log_warning(fmt::format("{}: was written by {}, this is {}: what follows may differ in its last bits",
                            manifest.path, manifest.fact("program"), here("program")));
}

void Checkpoints::load_from(const std::string& manifest) {
  RestartManifest read;
  std::string fault;
  try {
    read = RestartManifest::read(manifest);
  } catch (const Error& error) {
    fault = error.what();
  }
  const int faulty = ranks_.max_of(fault.empty() ? -1 : ranks_.rank());
  if (faulty >= 0) throw DataError(ranks_.broadcast(fault, faulty));
  refuse_other_run(read);
  const RestartReader set(std::move(read), ranks_);
  model_.load(set);
  output_.load(set);
}

bool Checkpoints::resume() {
  const std::vector<std::string> all = manifests();
  std::vector<std::string> faults;
  for (const std::string& manifest : all) {
    try {
      load_from(manifest);
    } catch (const DataError& fault) {
      faults.emplace_back(fault.what());
      continue;
    }
    if (!faults.empty())
      log_warning(
          fmt::format("{}; the run goes on from the previous set, {}", fmt::join(faults, "; "), manifest));
    latest_ = manifest;
    remove_leftovers(all);
    log_info(
        fmt::format("{}: the run goes on at {} of the model's time", manifest, to_iso8601(model_.now())));
    return true;
  }
  if (!faults.empty())
    throw DataError(fmt::format("{}; no restart set is sound: run without --resume to begin anew",
                                fmt::join(faults, "; ")));
  return false;
}

/// The wall time must hold another step and a set, each with room for one twice as slow as any so far.
Checkpoints::Stop Checkpoints::stop_of_any() {
  longest_step_s_ = std::max(longest_step_s_, seconds_since(step_begin_));
  const double needed_s = 2.0 * (longest_step_s_ + longest_set_s_);
  Stop stop = seconds_since(wall_.begin) + needed_s > wall_.most_s ? Stop::by_wall_time : Stop::no;
  if (stop_request() == StopRequest::by_system) stop = Stop::by_system;
  if (stop_request() == StopRequest::by_user) stop = Stop::by_user;
  return static_cast<Stop>(ranks_.max_of(static_cast<int>(stop)));
}

bool Checkpoints::is_due() const {
  if (case_.restart.every_h == 0 || !model_.is_between_hours()) return false;
  const UtcTime first = case_.run.start.plus_seconds(-std::llround(case_.run.spin_up_h * 3600.0));
  return model_.now().seconds_since(first) / 3600 % case_.restart.every_h == 0;
}

void Checkpoints::write_set() {
  const auto begin = std::chrono::steady_clock::now();
  const Tile& tile = model_.tile();
  const auto columns = static_cast<std::size_t>(tile.grid_rows) * static_cast<std::size_t>(tile.grid_columns);
  RestartWriter set(
      case_.restart_directory(), model_.now(), ranks_,
      restart_bytes(case_, model_.state().species, columns, static_cast<std::size_t>(tile.layers)));
  model_.save(set);
  output_.save(set);
  const std::string manifest = ranks_.broadcast(set.finish(facts()), 0);
  if (ranks_.rank() == 0) {
    std::vector<std::string> kept = {manifest};
    if (!latest_.empty()) kept.push_back(latest_);
    remove_restart_files(case_.restart_directory(), kept);
  }
  latest_ = manifest;
  longest_set_s_ = std::max(longest_set_s_, seconds_since(begin));
  log_info(fmt::format("restart {} written in {:.2f} s", manifest, seconds_since(begin)));
}

void Checkpoints::stop(Stop why) const {
  const char* reason = why == Stop::by_user     ? "SIGINT"
                       : why == Stop::by_system ? "SIGTERM or SIGUSR1"
                                                : "the end of --max-wall";
  const ExitCode code = why == Stop::by_user ? ExitCode::interrupted : ExitCode::stopped;
  note_end("stopped", static_cast<int>(code));
  throw Interruption(
      fmt::format("stopped by {} at {} of the model's time; the restart is {}. Go on with the same "
                  "command and --resume: lantian run {} --resume",
                  reason, to_iso8601(model_.now()), latest_, case_.path),
      code);
}

void Checkpoints::after_step() {
  const Stop why = stop_of_any();
  if (why != Stop::no || is_due()) write_set();
  if (why != Stop::no) stop(why);
  step_begin_ = std::chrono::steady_clock::now();
}

/// run.json: how the run ended, for scripts.
void Checkpoints::note_end(const std::string& state, int exit_code) const {
  if (ranks_.rank() != 0) return;
  const nlohmann::ordered_json record = {{"state", state},
                                         {"exit_code", exit_code},
                                         {"case", case_.run.name},
                                         {"case_digest", case_.digest},
                                         {"program", provenance_.at("source")},
                                         {"model_time", to_iso8601(model_.now())},
                                         {"restart", state == "finished" ? "" : latest_},
                                         {"ranks", ranks_.size()},
                                         {"wall_s", std::round(seconds_since(wall_.begin))}};
  write_text_file(run_record_path(case_), record.dump(2) + "\n");
}

void Checkpoints::finish() {
  ranks_.barrier();
  note_end("finished", 0);
  remove_leftovers({});
}

bool Checkpoints::is_finished(const Case& configuration, const Communicator& ranks) {
  bool is_whole = false;
  if (ranks.rank() == 0) {
    std::ifstream file(run_record_path(configuration));
    const auto record = nlohmann::json::parse(file, nullptr, false);
    is_whole = record.is_object() && record.value("state", "") == "finished" &&
               record.value("case_digest", "") == configuration.digest;
  }
  return ranks.any(is_whole);
}

void Checkpoints::remove_after_finish(const Case& configuration, const Communicator& ranks) {
  if (ranks.rank() == 0) remove_restart_files(configuration.restart_directory(), {});
  ranks.barrier();
}

}  // namespace lantian
