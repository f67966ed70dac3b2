#include "commands.hpp"
#include "crash_handler.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/config/case_reader.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/parallel/machine.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <functional>
#include <string>
#include <thread>

namespace {

using namespace lantian;  // NOLINT(google-build-using-namespace): the program's own

constexpr const char* footer =
    "Begin with:\n"
    "  lantian run CASE.toml --check          reads and checks everything, runs nothing\n"
    "  mpirun -n 2 lantian run CASE.toml      runs the case on two ranks\n"
    "  lantian rank CASE.toml                 says which sources to cut, and by how much it helps\n"
    "  lantian diagnose WEATHER.toml          makes weather where there is no WRF output\n"
    "  lantian plume CASE.toml                steady plumes of an enterprise list: who reaches whom\n"
    "  lantian plume DECK.inp                 runs a control deck of AERMOD\n"
    "  lantian box BOX.toml                   runs a chemical mechanism in a box of air\n"
    "  lantian reference                      all keys of a case file\n"
    "Exit codes: 0 done, 64 usage, 65 bad input, 69 missing file, 70 numerical fault, 73 folder in "
    "use, 74 output cannot be written, 85 stopped by SIGTERM, SIGUSR1 or --max-wall with "
    "a "
    "restart (lantian run CASE.toml --resume goes on), 130 the same by SIGINT.";

void add_case_options(CLI::App& command, CaseOptions& options, bool is_required = true) {
  command.add_option("CASE", options.path, "case file (TOML)")->required(is_required);
  command
      .add_option("--set", options.set,
                  "key=value laid over the case file, e.g. --set run.spin_up_h=6; may be repeated")
      ->allow_extra_args(false);
}

void add_safe_read(CLI::App& command, CaseOptions& options) {
  command.add_flag("--safe-read", options.is_read_safely,
                   "first read every netCDF file in a process of its own: one on which the netCDF library "
                   "crashes or hangs is then named (reads them twice)");
}

void add_evaluation_options(CLI::App& command, EvaluationOptions& options, std::string& directory,
                            std::string& stamp, std::vector<std::string>& range) {
  command.add_option("--model", options.model, "receptors.nc of the run")->required();
  command
      .add_option("--observations", options.observations, "CSV station,lon,lat,time,<species>_<unit>[,city]")
      ->required();
  command.add_option("--boundary-only", options.boundary_only,
                     "receptors.nc of the run with emissions.enabled=false");
  command.add_option("--utc-offset", options.utc_offset_h, "zone of the observations' times [h]")
      ->check(CLI::Range(-12.0, 14.0))
      ->capture_default_str();
  command.add_option("--stamp", stamp, "what a time stands for: the end or the begin of its hour")
      ->check(CLI::IsMember({"end", "begin"}))
      ->capture_default_str();
  command.add_option("--exclude", options.excluded, "stations that are not scored")->delimiter(',');
  command
      .add_option(
          "--hours", range,
          "scored hours as FROM/TO in UTC, e.g. 2020-03-30T16:00:00Z/2020-04-05T16:00:00Z; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--output", directory, "folder of the tables")->capture_default_str();
}

void add_thermo_options(CLI::App& command, ThermoOptions& options) {
  command
      .add_option("POINTS", options.points,
                  "CSV T_K,RH,tNa,tSO4,tNH4,tNO3,tCl,tCa,tK,tMg; totals in mol per m3 of air")
      ->required();
  command.add_option("--output", options.output, "CSV of the same rows with gases, water, ions and pH")
      ->required();
  command
      .add_option("--policy", options.policy,
                  "smooth: without jumps, differentiable; isorropia: the choices of ISORROPIA II")
      ->check(CLI::IsMember({"smooth", "isorropia"}))
      ->capture_default_str();
  command.add_option("--water-table", options.water_table,
                     "CSV salt,a_w,molality_mol_per_kg, for --policy isorropia");
}

/// What the command line asks for, to be done once MPI runs.
using Work = std::function<void()>;

/// Whether the launcher calls this process a rank after the first; MPI cannot be asked before it has started.
bool is_later_rank() {
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"})
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs yet
    if (const char* rank = std::getenv(name)) return std::string(rank) != "0";
  return false;
}

/// Work that needs one rank: the others have nothing to do.
Work on_first_rank(const Work& work) {
  return [work] {
    if (Communicator::world().rank() == 0) work();
  };
}

/// The K/N of --part.
RankPart part_of(const std::string& text) {
  const std::vector<std::string> numbers = split(text, '/');
  const auto whole = [&](std::size_t n) {
    const double value = n < numbers.size() ? parse_number(numbers[n]).value_or(0.0) : 0.0;
    return value == std::floor(value) && value < 1e6 ? static_cast<int>(value) : 0;
  };
  const int part = whole(0), parts = whole(1);
  if (numbers.size() != 2 || part < 1 || part > parts)
    throw Error(ExitCode::usage, fmt::format("--part {}: is no K/N with K from 1 to N, as 3/10 is", text));
  return {.part = part, .parts = parts};
}

struct CommandLine {
  CLI::App app{"Lantian: city air pollution from weather and emissions, and which sources to cut.",
               "lantian"};
  RunOptions run;
  RankOptions rank;
  DiagnoseOptions diagnose;
  PlumeOptions plume;
  BoxOptions box;
  EvaluationOptions evaluation;
  ThermoOptions thermo;
  std::vector<std::string> files;
  std::string most_wall, rank_part;
  std::string file, directory = "evaluation", stamp = "end";
  std::vector<std::string> range;
  bool log_is_json = false;
  Work work;

  CommandLine() {
    app.set_version_flag("--version", "lantian " + program_version());
    app.require_subcommand(1);
    app.footer(footer);
    app.fallthrough();
    app.add_flag("--log-json", log_is_json,
                 "one JSON object a line to standard error: time, level, message, figures of hours and ends");
    add_run();
    add_rank();
    add_scores_and_weather();
    add_plume();
    add_single_cells();
    add_files();
  }

  void add_run() {
    CLI::App* command = app.add_subcommand("run", "run a case: hourly fields, receptors, budgets");
    command->footer("Example:\n  mpirun -n 2 lantian run CASE.toml --set output.directory=output/today");
    add_case_options(*command, run.which);
    add_safe_read(*command, run.which);
    command->add_flag("--check", run.check_only, "check all inputs and stop");
    command->add_flag("--print-config", run.print_only, "print the effective case and stop");
    command->add_flag("--resume", run.resume, "go on from the last restart of the run, if there is one");
    command->add_flag("--ignore-resources", run.ignore_resources,
                      "begin although memory or disk seem too small for the run");
    command->add_option(
        "--max-wall", most_wall,
        "time by the clock, as 3600 (s) or 02:30:00: before it is over the run writes a restart "
        "and stops with exit code 85");
    command->callback([this] { work = [this] { run_as_asked(); }; });
  }

  void add_rank() {
    CLI::App* command = app.add_subcommand("rank", "rank sources by cutting each in a run of its own");
    command->footer("Example:\n  mpirun -n 4 lantian rank CASE.toml --set ranking.by=district");
    add_case_options(*command, rank.which);
    add_safe_read(*command, rank.which);
    command->add_flag("--check", rank.check_only, "check all inputs, list the runs and stop");
    command->add_flag("--resume", rank.resume, "take the runs that are done already, and run the others");
    command->add_option("--part", rank_part,
                        "K/N: run the K-th of N parts of the runs and keep their results, as in a job array; "
                        "a last lantian rank CASE.toml --resume makes the ranking");
    command->callback([this] { work = [this] { rank_as_asked(); }; });
  }

  void add_scores_and_weather() {
    CLI::App* command = app.add_subcommand("evaluate", "score a run against station data");
    command->footer(
        "Example:\n  lantian evaluate --model output/today/receptors.nc --observations stations.csv");
    add_evaluation_options(*command, evaluation, directory, stamp, range);
    command->callback([this] { work = on_first_rank([this] { evaluate_as_asked(); }); });

    command = app.add_subcommand(
        "diagnose", "make three-dimensional weather from surface records, a profile and terrain");
    command->footer("Example:\n  lantian diagnose WEATHER.toml --check");
    add_case_options(*command, diagnose.which, false);
    command->add_flag("--check", diagnose.check_only, "check all inputs and stop");
    command->add_flag("--reference", diagnose.print_reference, "print all keys of its file and stop");
    command->callback([this] { work = [this] { command_diagnose(diagnose); }; });
  }

  void add_plume() {
    CLI::App* command = app.add_subcommand(
        "plume", "steady plumes of stacks, roads and areas: a plume case or a deck of AERMOD");
    command->footer(
        "A plume case (TOML) takes the enterprise list of the grid model and hourly weather from lantian "
        "diagnose "
        "or WRF, each source in the air of its own place, and writes concentrations, the contribution of "
        "each "
        "enterprise and their ranking into output.directory; over terrain, in wakes of buildings and with "
        "deposition when it names them. A control deck is read as it stands (pathways "
        "CO SO "
        "RE ME OU, files of AERMET): what its OU pathway asks for goes, in AERMOD's columns, into DECK.out "
        "and the "
        "files it names, hourly values of all groups and receptors also into DECK.nc; RUNORNOT NOT only "
        "checks.\n"
        "Names of files are taken from the folder of FILE.\nExamples:\n  mpirun -n 2 lantian plume CASE.toml "
        "--set "
        "output.by=sector\n  lantian plume aermod.inp --check\n  mpirun -n 4 lantian plume aermod.inp "
        "--output "
        "output/today");
    command->add_option("FILE", plume.which.path, "plume case (*.toml) or control deck (aermod.inp)");
    command->add_option("--set", plume.which.set, "plume case: key=value laid over the file; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--output", plume.output,
                        "folder of the results; unless given output.directory of a case, and beside a deck");
    command->add_flag("--check", plume.check_only, "check FILE and all files it names, and stop");
    command->add_flag("--reference", plume.print_reference, "print all keys of a plume case and stop");
    command->add_flag("--no-netcdf", plume.without_netcdf, "deck: write no netCDF file of the hourly values");
    command->add_flag("--aermod-areas", plume.areas_as_aermod,
                      "deck: AERMOD's digits for areas and lines, each side within 1 %, not the integral itself");
    command->callback([this] { work = [this] { command_plume(plume); }; });
  }

  void add_single_cells() {
    CLI::App* command = app.add_subcommand("box", "run a chemical mechanism in a box of air");
    command->footer("Example:\n  lantian box inputs/cases/box_urban/case.toml");
    add_case_options(*command, box.which, false);
    command->add_flag("--check", box.check_only, "check all inputs and stop");
    command->add_flag("--ekma", box.draw_isopleths,
                      "run the grid of emissions of [ekma] and write the highest ozone of each run");
    command->add_flag("--reference", box.print_reference, "print all keys of its file and stop");
    command->callback([this] { work = on_first_rank([this] { command_box(box); }); });

    command = app.add_subcommand("reference", "print all keys of a case file");
    command->footer("Example:\n  lantian reference | less");
    command->callback([this] { work = on_first_rank([] { command_reference(); }); });

    command = app.add_subcommand("thermo", "inorganic equilibrium of a table of points");
    command->footer("Example:\n  lantian thermo points.csv --output equilibrium.csv");
    add_thermo_options(*command, thermo);
    command->callback([this] { work = on_first_rank([this] { command_thermo(thermo); }); });
  }

  void add_files() {
    CLI::App* command =
        app.add_subcommand("verify", "work out the digests of results and restart sets again");
    command->footer("Example:\n  lantian verify output/today/history.nc output/today/restart/*.manifest");
    command->add_option("FILE", files, "history.nc, receptors.nc, or the .manifest or .h5 of a restart set")
        ->required();
    command->callback([this] { work = on_first_rank([this] { command_verify(files); }); });

    command =
        app.add_subcommand("info", "say what a netCDF or GeoJSON file is and what it would be used for");
    command->footer("Example:\n  lantian info wrfout_d01_2020-04-01_00:00:00");
    command->add_option("FILE", file, "netCDF or GeoJSON file")->required();
    command->callback([this] { work = on_first_rank([this] { command_info(file); }); });
  }

  /// What is done before MPI starts.
  void read_safely_if_asked() const {
    for (const CaseOptions* which : {&run.which, &rank.which})
      if (which->is_read_safely && !is_later_rank()) read_safely(read_case(which->path, which->set));
  }

  void run_as_asked() {
    if (!most_wall.empty()) run.wall.most_s = duration_s(most_wall, "--max-wall");
    command_run(run);
  }

  void rank_as_asked() {
    if (!rank_part.empty()) rank.part = part_of(rank_part);
    command_rank(rank);
  }

  void evaluate_as_asked() {
    evaluation.stamp_is_end = stamp == "end";
    for (const std::string& one : range) {
      const std::vector<std::string> ends = split(one, '/');
      const auto refuse = [&one](const std::string& why) {
        throw Error(ExitCode::usage, fmt::format("--hours {}: {}", one, why));
      };
      if (ends.size() != 2) refuse("is no FROM/TO, as 2020-03-30T16:00:00Z/2020-04-05T16:00:00Z is");
      try {
        evaluation.scored.push_back({parse_utc(ends[0]), parse_utc(ends[1])});
      } catch (const DataError& error) {
        refuse(error.what());
      }
      if (evaluation.scored.back().to <= evaluation.scored.back().from)
        refuse("its end does not lie after its beginning");
    }
    command_evaluate(evaluation, directory);
  }
};

/// What is wrong with the command line.
std::string usage_fault(const CLI::App& app, const CLI::ParseError& fault, const std::string& first_word) {
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    commands.push_back(command->get_name());
  const bool is_command = std::ranges::find(commands, first_word) != commands.end();
  if (is_command || first_word.empty() || first_word.starts_with('-'))
    return fmt::format("{}. lantian --help shows what is known", fault.what());
  return fmt::format("\"{}\" is no command; known are {}.{}", first_word, fmt::join(commands, ", "),
                     did_you_mean(first_word, commands));
}

/// How the work of a rank ended.
struct Outcome {
  ExitCode code = ExitCode::ok;
  std::string sentences;  // faults, one a line
};

Outcome outcome_of(const Work& work) {
  try {
    work();
    return {};
  } catch (const Error& error) {
    return {error.exit_code(), error.what()};
  } catch (const std::bad_alloc&) {
    return {ExitCode::internal, "memory is exhausted; use more machines or a smaller grid"};
  } catch (const std::exception& error) {
    return {ExitCode::internal, fmt::format("internal fault: {}; please report it", error.what())};
  }
}

void tell_end(const Outcome& outcome, const std::string& who = "") {
  using enum ExitCode;
  const bool is_wished = outcome.code == stopped || outcome.code == interrupted;
  for (const std::string& line : split(outcome.sentences, '\n'))
    log_end(who + line, static_cast<int>(outcome.code), !is_wished);
}

/// Tells the faults of a rank, once. All ranks read the same inputs, meet the same faults and stop together;
/// later faults are mostly thrown on all ranks together. A rank that is alone with its fault must not leave
/// the others waiting: it gives rank 0 time to speak for all, and when that has not happened, says its own
/// and ends all ranks.
int end_after(const Outcome& outcome, const Communicator& world) {
  const auto exit_code = static_cast<int>(outcome.code);
  using enum ExitCode;
  if (world.rank() == 0) tell_end(outcome);
  constexpr std::array of_all = {bad_input, missing_resource, stopped, interrupted};
  const bool is_of_all = std::ranges::find(of_all, outcome.code) != of_all.end();
  if (is_of_all) return exit_code;
  // A file whose writing has failed is still open in HDF5, which would write it again in MPI_Finalize and
  // crash.
  if (world.size() == 1) std::_Exit(exit_code);
  if (world.rank() != 0) {
    constexpr std::chrono::seconds time_to_speak{2};
    std::this_thread::sleep_for(time_to_speak);
    tell_end(outcome, fmt::format("rank {}: ", world.rank()));
  }
  Communicator::abort_all(exit_code);
}

}  // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): what may escape is no memory for the command line itself
int main(int argc, char** argv) {
  CommandLine line;
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    if (fault.get_exit_code() == 0) return line.app.exit(fault);  // --help, --version
    log_end(usage_fault(line.app, fault, argc > 1 ? argv[1] : ""), static_cast<int>(ExitCode::usage), true);
    return static_cast<int>(ExitCode::usage);
  }
  if (line.log_is_json) set_log_format(LogFormat::json);
  const Outcome before = outcome_of([&line] { line.read_safely_if_asked(); });
  if (before.code != ExitCode::ok) {
    tell_end(before);
    return static_cast<int>(before.code);
  }
  const MpiSession session(argc, argv);
  catch_crashes_of_closing();
  trap_bad_numbers();
  const Communicator world = Communicator::world();
  set_log_rank(world.rank());
  share_cores(world);
  const Outcome outcome = outcome_of(line.work);
  return outcome.code == ExitCode::ok ? 0 : end_after(outcome, world);
}
