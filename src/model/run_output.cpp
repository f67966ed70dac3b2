#include "lantian/model/run_output.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/io/folder_lock.hpp"
#include "lantian/io/history_writer.hpp"
#include "lantian/io/station_writer.hpp"
#include "lantian/io/text_file.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <optional>

namespace lantian {

namespace {

/// CF standard names of what has one.
std::string standard_name_of(const std::string& quantity) {
  static const std::map<std::string, std::string> names = {
      {"PM25", "mass_concentration_of_pm2p5_ambient_aerosol_particles_in_air"},
      {"PM10", "mass_concentration_of_pm10_ambient_aerosol_particles_in_air"},
      {"O3", "mass_concentration_of_ozone_in_air"},
      {"NO2", "mass_concentration_of_nitrogen_dioxide_in_air"},
      {"NO", "mass_concentration_of_nitrogen_monoxide_in_air"},
      {"SO2", "mass_concentration_of_sulfur_dioxide_in_air"},
      {"CO", "mass_concentration_of_carbon_monoxide_in_air"},
      {"NH3", "mass_concentration_of_ammonia_in_air"}};
  const auto found = names.find(quantity);
  return found == names.end() ? "" : found->second;
}

std::vector<OutputVariable> surface_variables(const HourlyMean& mean) {
  std::vector<OutputVariable> variables;
  for (const SurfaceQuantity& one : mean.quantities())
    variables.push_back(
        {.name = one.name,
         .long_name = one.long_name + (one.is_particle ? ", lowest layer, ambient conditions"
                                                       : ", lowest layer, at 298.15 K and 1013.25 hPa"),
         .units = "ug m-3",
         .standard_name = standard_name_of(one.name)});
  return variables;
}

std::vector<OutputVariable> history_variables(const HourlyMean& mean, const SpeciesTable& species) {
  std::vector<OutputVariable> variables = surface_variables(mean);
  for (const int s : mean.species_3d())
    variables.push_back({.name = species[s].name + "_3d",
                         .long_name = species[s].name + ", mole fraction in dry air",
                         .units = "1e-9",
                         .standard_name = "",
                         .cell_methods = "time: mean",
                         .extent = OutputVariable::Extent::layers});
  return variables;
}

std::vector<Station> stations_of(const std::vector<Receptor>& receptors) {
  std::vector<Station> stations;
  for (const Receptor& one : receptors) stations.push_back({one.name, one.district, one.place});
  return stations;
}

}  // namespace

struct RunOutput::Files {
  std::optional<FolderLock> lock;  // of the first rank; the last to go
  std::optional<HistoryWriter> history;
  std::optional<StationWriter> stations;
};

RunOutput::RunOutput(const Case& configuration, const Communicator& ranks, const Inputs& inputs,
                     const Tile& tile, std::string program_version)
    : case_(configuration),
      ranks_(ranks),
      inputs_(inputs),
      tile_(tile),
      program_version_(std::move(program_version)),
      files_(std::make_unique<Files>()),
      started_(std::chrono::steady_clock::now()) {
  if (ranks_.rank() == 0) files_->lock.emplace(case_.output.directory);
  ranks_.barrier();
}

RunOutput::~RunOutput() = default;

std::map<std::string, std::string> RunOutput::provenance() const {
  std::map<std::string, std::string> all = {
      {"title", case_.run.name},
      {"source", "Lantian " + program_version_},
      {"utc_offset_h", fmt::format("{:g}", case_.run.utc_offset_h)},
      {"case_digest", case_.digest},
      {"grid_digest", inputs_.weather.grid().identity()},
      {"mechanism", case_.chemistry.mechanism},
      {"mechanism_digest", mechanism_digest(case_.chemistry.mechanism)}};
  std::string digests;
  for (const auto& [path, digest] : inputs_.digests())
    digests += fmt::format("{}{} {}", digests.empty() ? "" : "; ", digest,
                           std::filesystem::path(path).filename().string());
  all["input_digests"] = digests;
  return all;
}

void RunOutput::open(const HourReport& report) {
  const std::map<std::string, std::string> attributes = provenance();
  const HistoryLayout layout{.grid = inputs_.weather.grid(),
                             .layers = inputs_.weather.layers(),
                             .tile = tile_,
                             .terrain_m = inputs_.weather.surface().terrain_m,
                             .variables = history_variables(report.mean, report.state.species),
                             .attributes = attributes};
  files_->history.emplace(case_.output.directory + "/history.nc", ranks_, layout);
  if (ranks_.rank() == 0 && !inputs_.receptors.empty())
    files_->stations.emplace(case_.output.directory + "/receptors.nc", stations_of(inputs_.receptors),
                             surface_variables(report.mean), attributes);
}

void RunOutput::log_hour(const HourReport& report) {
  std::string means;
  const auto& quantities = report.mean.quantities();
  for (std::size_t n = 0; n < quantities.size(); ++n) {
    const std::string& name = quantities[n].name;
    if (name != "PM25" && name != "O3" && name != "NO2" && quantities.size() > 4) continue;
    means += fmt::format(" {} {:.1f}", name,
                         population_mean(ranks_, tile_, report.mean.surface_ug_m3(n), inputs_.population));
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  const auto first = case_.run.start.plus_seconds(-std::llround(case_.run.spin_up_h * 3600.0));
  const long long done_h = report.end.seconds_since(first) / 3600,
                  all_h = case_.run.end.seconds_since(first) / 3600;
  log_info(fmt::format(
      "{} {}/{} h{} |{} ug/m3 | state {} | budget {:.0e} | wind mended by {:.2g} % | {:.1f} s, about {:.0f} "
      "s left",
      to_iso8601(report.end), done_h, all_h, report.is_spin_up ? " spin-up" : "", means, report.state_hash,
      report.budget.worst_inert_residual(), 100.0 * report.weather.adjustment_rms, seconds,
      seconds / static_cast<double>(done_h) * static_cast<double>(all_h - done_h)));
}

/// Least and greatest mixing ratio of each inert tracer: one that is uniform all around must stay so.
void RunOutput::watch_tracers(const State& state) {
  for (const std::string& name : case_.chemistry.inert_tracers) {
    const Field<double>& q_ppb = state.mixing_ratio_ppb[state.species.find(name).value()];
    double greatest = -std::numeric_limits<double>::max(), negated_least = greatest;
    for (int k = 0; k < tile_.layers; ++k) {
      for (int j = 0; j < tile_.rows; ++j) {
        for (int i = 0; i < tile_.columns; ++i) {
          greatest = std::max(greatest, q_ppb(k, j, i));
          negated_least = std::max(negated_least, -q_ppb(k, j, i));
        }
      }
    }
    const double least = -ranks_.max_of(negated_least);
    greatest = ranks_.max_of(greatest);
    auto [range, is_new] = tracer_range_ppb_.try_emplace(name, least, greatest);
    range->second = {std::min(range->second.first, least), std::max(range->second.second, greatest)};
  }
}

void RunOutput::hour(const HourReport& report) {
  log_hour(report);
  watch_tracers(report.state);
  hashes_.emplace_back(report.end, report.state_hash);
  budget_ = report.budget.run();
  worst_inert_ = report.budget.worst_inert_residual();
  worst_family_ = report.budget.worst_family_residual();
  worst_species_ = report.budget.worst_species_residual();
  if (report.is_spin_up) return;
  if (!files_->history) open(report);
  files_->history->append_hour(report.begin, report.end);
  if (files_->stations) files_->stations->append_hour(report.begin, report.end);
  for (std::size_t n = 0; n < report.mean.quantities().size(); ++n) {
    const std::string& name = report.mean.quantities()[n].name;
    const Array2<double> field = report.mean.surface_ug_m3(n);
    files_->history->write_2d(name, field);
    const std::vector<double> values = at_receptors(ranks_, tile_, field, inputs_.receptors);
    if (files_->stations) files_->stations->write(name, values);
  }
  for (std::size_t n = 0; n < report.mean.species_3d().size(); ++n)
    files_->history->write_3d(report.state.species[report.mean.species_3d()[n]].name + "_3d",
                              report.mean.mean_3d_ppb(n));
}

void RunOutput::write_tables() const {
  std::string mass = "sector,pollutant,inventory_t,outside_domain_t,cut_t,unused_t,injected_t,residual\n";
  for (const MassTableRow& row : inputs_.emissions.mass_table())
    mass += fmt::format("{},{},{:.9g},{:.9g},{:.9g},{:.9g},{:.9g},{:.2e}\n", csv_cell(row.sector),
                        row.pollutant, row.inventory_t, row.outside_domain_t, row.cut_t, row.unused_t,
                        row.injected_t, row.residual());
  write_text_file(case_.output.directory + "/mass_table.csv", mass);

  std::string budget = "species,begin_mol,end_mol";
  for (std::size_t t = 0; t < mass_term_count; ++t)
    budget += fmt::format(",{}_mol", name_of(static_cast<MassTerm>(t)));
  budget += ",residual\n";
  for (const BudgetLine& line : budget_) {
    budget += fmt::format("{},{:.12g},{:.12g}", line.name, line.begin_mol, line.end_mol);
    for (const double term : line.term_mol) budget += fmt::format(",{:.12g}", term);
    budget += fmt::format(",{:.2e}\n", line.residual());
  }
  write_text_file(case_.output.directory + "/budget.csv", budget);

  std::string hashes = "hour_end_utc,state_xxh64\n";
  for (const auto& [end, hash] : hashes_) hashes += fmt::format("{},{}\n", to_iso8601(end), hash);
  write_text_file(case_.output.directory + "/state_hashes.csv", hashes);
}

void RunOutput::finish() {
  std::map<std::string, std::string> residuals = {
      {"budget_residual_inert", fmt::format("{:.3e}", worst_inert_)},
      {"budget_residual_nitrogen_sulphur", fmt::format("{:.3e}", worst_family_)},
      {"budget_residual_species", fmt::format("{:.3e}", worst_species_)},
      {"final_state_hash", hashes_.empty() ? "" : hashes_.back().second}};
  for (const auto& [name, range] : tracer_range_ppb_)
    residuals["range_of_" + name + "_ppb"] = fmt::format("{} {}", range.first, range.second);
  if (files_->history) files_->history->finish(residuals);
  if (files_->stations) files_->stations->finish(residuals);
  if (ranks_.rank() == 0) write_tables();
  ranks_.barrier();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  const double cell_hours =
      static_cast<double>(hashes_.size()) * tile_.grid_columns * tile_.grid_rows * tile_.layers;
  log_info(fmt::format(
      "done in {:.1f} s on {} rank(s): {:.0f} cell-hours, {:.0f} a second of each rank; results in {}",
      seconds, ranks_.size(), cell_hours, cell_hours / seconds / ranks_.size(), case_.output.directory));
  log_info(fmt::format("budgets close to {:.1e} (inert species), {:.1e} (N and S), {:.1e} (all species)",
                       worst_inert_, worst_family_, worst_species_));
}

}  // namespace lantian
