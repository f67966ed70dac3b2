#pragma once

#include "lantian/model/checkpoints.hpp"
#include "lantian/report/evaluation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// A case file and what is laid over it.
struct CaseOptions {
  std::string path;
  std::vector<std::string> set;
  bool is_read_safely = false;
};

/// What `lantian run` was asked for.
struct RunOptions {
  CaseOptions which;
  bool check_only = false;
  bool print_only = false;
  bool resume = false;
  bool ignore_resources = false;
  WallTime wall;
};

/// The part-th of so many parts of the runs of a ranking, from 1 on.
struct RankPart {
  int part = 1, parts = 1;
};

/// What `lantian rank` was asked for.
struct RankOptions {
  CaseOptions which;
  bool check_only = false;
  bool resume = false;
  std::optional<RankPart> part;
};

/// What `lantian diagnose` was asked for.
struct DiagnoseOptions {
  CaseOptions which;
  bool check_only = false;
  bool print_reference = false;
};

/// What `lantian thermo` was asked for.
struct ThermoOptions {
  std::string points, output, policy = "smooth", water_table;
};

/// What `lantian plume` was asked for.
struct PlumeOptions {
  CaseOptions which;  // a control deck, or a plume case
  std::string output;
  bool check_only = false;
  bool print_reference = false;
  bool without_netcdf = false;
  bool areas_as_aermod = false;
};

/// What `lantian box` was asked for.
struct BoxOptions {
  CaseOptions which;
  bool check_only = false;
  bool print_reference = false;
  bool draw_isopleths = false;
};

// Each command does its work and throws an Error when it cannot. Those with MPI are called on all ranks.
void command_run(const RunOptions& options);
void command_rank(const RankOptions& options);
void command_diagnose(const DiagnoseOptions& options);
void command_box(const BoxOptions& options);
void command_plume(const PlumeOptions& options);
void command_plume_case(const PlumeOptions& options);
void command_reference();
void command_info(const std::string& path);
void command_thermo(const ThermoOptions& options);
void command_verify(const std::vector<std::string>& paths);
void command_evaluate(const EvaluationOptions& options, const std::string& directory);

/// Prints a whole page. @throws OutputError when standard output takes it not, as on a full disk.
void print_page(const std::string& text);

/// Version and commit of the program.
[[nodiscard]] std::string program_version();

}  // namespace lantian
