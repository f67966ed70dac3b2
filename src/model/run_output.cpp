#include "lantian/model/run_output.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/io/history_writer.hpp"
#include "lantian/io/station_writer.hpp"
#include "lantian/io/text_file.hpp"
#include "lantian/parallel/greatest.hpp"
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

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
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

Array2<double> layer_of(const Array3<double>& field, int k) {
  Array2<double> layer(field.rows(), field.columns());
  const auto size = layer.values().size();
  std::ranges::copy(field.values().subspan(static_cast<std::size_t>(k) * size, size), layer.values().begin());
  return layer;
}

std::vector<Station> stations_of(const std::vector<Receptor>& receptors) {
  std::vector<Station> stations;
  stations.reserve(receptors.size());
  for (const Receptor& one : receptors) stations.push_back({one.name, one.district, one.place});
  return stations;
}

}  // namespace

std::map<std::string, std::string> provenance_of(const Case& configuration, const Inputs& inputs,
                                                 const Communicator& ranks,
                                                 const std::string& program_version) {
  std::string digests, fault;
  try {
    if (ranks.rank() == 0)
      for (const auto& [path, digest] : inputs.digests())
        digests += fmt::format("{}{} {}", digests.empty() ? "" : "; ", digest,
                               std::filesystem::path(path).filename().string());
  } catch (const Error& error) {
    fault = error.what();
  }
  fault = ranks.broadcast(fault, 0);
  if (!fault.empty()) throw MissingFileError(fault);
  return {{"title", configuration.run.name},
          {"source", "Lantian " + program_version},
          {"utc_offset_h", fmt::format("{:g}", configuration.run.utc_offset_h)},
          {"case_digest", configuration.digest},
          {"grid_digest", inputs.weather.grid().identity()},
          {"mechanism", configuration.chemistry.mechanism},
          {"mechanism_digest", mechanism_digest(configuration.chemistry.mechanism)},
          {"input_digests", ranks.broadcast(digests, 0)}};
}

RunOutput::RunOutput(const Case& configuration, const Inputs& inputs, const Model& model,
                     std::map<std::string, std::string> provenance)
    : case_(configuration),
      ranks_(model.ranks()),
      inputs_(inputs),
      model_(model),
      tile_(model.tile()),
      provenance_(std::move(provenance)),
      started_(std::chrono::steady_clock::now()) {
  if (ranks_.rank() == 0) create_directory(case_.output.directory);
  if (ranks_.rank() == 0) create_directory(case_.restart_directory());
  ranks_.barrier();
}

std::string RunOutput::store_path() const {
  return case_.restart_directory() + "/hours.bin";
}

/// The quantities near the ground, then the layers of each species on all layers.
std::size_t RunOutput::planes_per_hour() const {
  return model_.mean().quantities().size() +
         model_.mean().species_3d().size() * static_cast<std::size_t>(tile_.layers);
}

RunOutput::Progress RunOutput::progress_at(UtcTime time) const {
  const auto first = case_.run.start.plus_seconds(-std::llround(case_.run.spin_up_h * 3600.0));
  const auto hours_to = [&](UtcTime end) { return static_cast<double>(end.seconds_since(first)) / 3600.0; };
  Progress progress{.done_h = hours_to(time), .all_h = hours_to(case_.run.end)};
  progress.seconds = seconds_since(started_);
  progress.seconds_left =
      progress.seconds / (progress.done_h - hours_before_) * (progress.all_h - progress.done_h);
  return progress;
}

void RunOutput::step() {
  if (!model_.is_between_hours()) store_nest(model_.now());
  const Progress at = progress_at(model_.now());
  show_progress(at.done_h / at.all_h, fmt::format("hour {:.2f} of {:g}, about {:.0f} s left", at.done_h,
                                                  at.all_h, at.seconds_left));
}

void RunOutput::log_hour(const HourReport& report) {
  const Progress at = progress_at(report.end);
  std::vector<LogFigure> figures = {{"model_time", to_iso8601(report.end)},
                                    {"hour", at.done_h},
                                    {"hours", at.all_h},
                                    {"is_spin_up", report.is_spin_up ? 1.0 : 0.0}};
  std::string means;
  const auto& quantities = report.mean.quantities();
  for (std::size_t n = 0; n < quantities.size(); ++n) {
    const std::string& name = quantities[n].name;
    if (name != "PM25" && name != "O3" && name != "NO2" && quantities.size() > 4) continue;
    const double mean = population_mean(ranks_, tile_, report.mean.surface_ug_m3(n), inputs_.population);
    means += fmt::format(" {} {:.1f}", name, mean);
    figures.push_back({name + "_ug_m3", mean});
  }
  const double residual = report.budget.worst_inert_residual();
  figures.insert(figures.end(), {{"state_xxh64", report.state_hash},
                                 {"budget_residual", residual},
                                 {"wind_adjustment", report.weather.adjustment_rms},
                                 {"seconds", at.seconds},
                                 {"seconds_left", at.seconds_left}});
  log_event(
      "hour",
      fmt::format(
          "{} {:g}/{:g} h{} |{} ug/m3 | state {} | budget {:.0e} | wind mended by {:.2g} % | {:.1f} s, "
          "about {:.0f} s left",
          to_iso8601(report.end), at.done_h, at.all_h, report.is_spin_up ? " spin-up" : "", means,
          report.state_hash, residual, 100.0 * report.weather.adjustment_rms, at.seconds, at.seconds_left),
      figures);
}

/// Least and greatest mixing ratio of each inert tracer: one that is uniform all around must stay so.
void RunOutput::watch_tracers(const State& state) {
  const std::vector<std::string>& names = case_.chemistry.inert_tracers;
  std::vector<double> greatest(names.size(), -std::numeric_limits<double>::max()), negated_least = greatest;
#pragma omp parallel for schedule(static)
  for (std::size_t n = 0; n < names.size(); ++n) {
    const Field<double>& q_ppb = state.mixing_ratio_ppb[state.species.find(names[n]).value()];
    double most = greatest[n], negated_fewest = most;
    for (int k = 0; k < tile_.layers; ++k) {
      for (int j = 0; j < tile_.rows; ++j) {
        const double* row = q_ppb.row(k, j);
#pragma omp simd reduction(max : most, negated_fewest)
        for (int i = 0; i < tile_.columns; ++i) {
          most = std::max(most, row[i]);
          negated_fewest = std::max(negated_fewest, -row[i]);
        }
      }
    }
    greatest[n] = most;
    negated_least[n] = negated_fewest;
  }
  take_greatest(ranks_, greatest);
  take_greatest(ranks_, negated_least);
  for (std::size_t n = 0; n < names.size(); ++n) {
    const double least = -negated_least[n], most = greatest[n];
    auto [range, is_new] = tracer_range_ppb_.try_emplace(names[n], least, most);
    range->second = {std::min(range->second.first, least), std::max(range->second.second, most)};
  }
}

void RunOutput::hour(const HourReport& report) {
  const auto begin = std::chrono::steady_clock::now();
  log_hour(report);
  watch_tracers(report.state);
  hashes_.emplace_back(report.end, report.state_hash);
  if (!report.is_spin_up) keep_hour(report);
  seconds_of_output_ += seconds_since(begin);
}

void RunOutput::keep_hour(const HourReport& report) {
  if (!store_) store_.emplace(store_path(), ranks_, tile_, planes_per_hour());
  store_->begin_hour(report.begin, report.end);
  for (std::size_t n = 0; n < report.mean.quantities().size(); ++n)
    store_->append(report.mean.surface_ug_m3(n));
  for (std::size_t n = 0; n < report.mean.species_3d().size(); ++n) {
    const Array3<double> mean_ppb = report.mean.mean_3d_ppb(n);
    for (int k = 0; k < tile_.layers; ++k) store_->append(layer_of(mean_ppb, k));
  }
  store_->end_hour();
  store_nest(report.end);
}

/// What was put aside may not have changed meanwhile.
void RunOutput::check_store() const {
  for (const auto* store : {&store_, &nest_store_}) {
    if (!store->has_value()) continue;
    const std::size_t sound = ranks_.rank() == 0 ? (*store)->first_damaged_hour() : (*store)->hours();
    if (ranks_.any(sound < (*store)->hours()))
      throw OutputError(fmt::format("{}: a reported hour is damaged; run the case anew, on a sound disk",
                                    store == &store_ ? store_path() : nest_store_path()));
  }
}

std::map<std::string, std::string> RunOutput::residuals() const {
  const Budget& budget = model_.budget();
  std::map<std::string, std::string> all = {
      {"budget_residual_inert", fmt::format("{:.3e}", budget.worst_inert_residual())},
      {"budget_residual_nitrogen_sulphur", fmt::format("{:.3e}", budget.worst_family_residual())},
      {"budget_residual_species", fmt::format("{:.3e}", budget.worst_species_residual())},
      {"final_state_hash", hashes_.empty() ? "" : hashes_.back().second}};
  for (const auto& [name, range] : tracer_range_ppb_)
    all["range_of_" + name + "_ppb"] = fmt::format("{} {}", range.first, range.second);
  return all;
}

void RunOutput::write_history() const {
  const HourlyMean& mean = model_.mean();
  const SpeciesTable& species = inputs_.species;
  const HistoryLayout layout{.grid = inputs_.weather.grid(),
                             .layers = inputs_.weather.layers(),
                             .tile = tile_,
                             .terrain_m = inputs_.weather.surface().terrain_m,
                             .variables = history_variables(mean, species),
                             .attributes = provenance_};
  HistoryWriter history(case_.output.directory + "/history.nc", ranks_, layout);
  for (std::size_t hour = 0; hour < store_->hours(); ++hour) {
    const auto [begin, end] = store_->times(hour);
    history.append_hour(begin, end);
    std::size_t plane = 0;
    for (const SurfaceQuantity& one : mean.quantities())
      history.write_2d(one.name, store_->read(hour, plane++));
    for (const int s : mean.species_3d()) {
      Array3<double> layers(tile_.layers, tile_.rows, tile_.columns);
      double* to = layers.values().data();
      for (int k = 0; k < tile_.layers; ++k) {
        const Array2<double> layer = store_->read(hour, plane++);
        to = std::ranges::copy(layer.values(), to).out;
      }
      history.write_3d(species[s].name + "_3d", layers);
    }
  }
  history.finish(residuals());
}

void RunOutput::write_stations() const {
  if (inputs_.receptors.empty()) return;
  const HourlyMean& mean = model_.mean();
  std::optional<StationWriter> stations;
  if (ranks_.rank() == 0)
    stations.emplace(case_.output.directory + "/receptors.nc", stations_of(inputs_.receptors),
                     surface_variables(mean), provenance_);
  for (std::size_t hour = 0; hour < store_->hours(); ++hour) {
    const auto [begin, end] = store_->times(hour);
    if (stations) stations->append_hour(begin, end);
    for (std::size_t n = 0; n < mean.quantities().size(); ++n) {
      const auto values = at_receptors(ranks_, tile_, store_->read(hour, n), inputs_.receptors);
      if (stations) stations->write(mean.quantities()[n].name, values);
    }
  }
  if (stations) stations->finish(residuals());
}

void RunOutput::save(RestartWriter& set) const {
  if (store_) store_->sync();
  set.numbers("output.hours", {store_ ? static_cast<double>(store_->hours()) : 0.0});
  save_nest(set);
  std::string hashes, names;
  for (const auto& [end, hash] : hashes_) hashes += fmt::format("{} {}\n", to_iso8601(end), hash);
  set.text("output.state_hashes", hashes);
  std::vector<double> ranges;
  for (const auto& [name, range] : tracer_range_ppb_) {
    names += name + "\n";
    ranges.insert(ranges.end(), {range.first, range.second});
  }
  set.text("output.tracer_names", names);
  set.numbers("output.tracer_ranges_ppb", ranges);
}

void RunOutput::load(const RestartReader& set) {
  const auto hours = static_cast<std::size_t>(set.numbers("output.hours").at(0));
  store_.reset();
  if (hours > 0) store_ = HourStore::resume(store_path(), ranks_, tile_, planes_per_hour(), hours);
  load_nest(set);
  hashes_.clear();
  for (const std::string& line : split(set.text("output.state_hashes"), '\n')) {
    if (line.empty()) continue;
    const std::vector<std::string> words = split(line, ' ');
    hashes_.emplace_back(parse_utc(words.at(0)), words.at(1));
  }
  hours_before_ = progress_at(model_.now()).done_h;
  tracer_range_ppb_.clear();
  const std::vector<std::string> names = split(set.text("output.tracer_names"), '\n');
  const std::vector<double> ranges = set.numbers("output.tracer_ranges_ppb");
  for (std::size_t n = 0; 2 * n + 1 < ranges.size(); ++n)
    tracer_range_ppb_[names.at(n)] = {ranges[2 * n], ranges[2 * n + 1]};
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
  std::vector<BudgetLine> lines = model_.budget().run();
  for (const AtomFamily family : {AtomFamily::nitrogen, AtomFamily::sulphur}) {
    lines.push_back(model_.budget().run(family));
    lines.back().name.insert(0, "atoms of ");
  }
  for (const BudgetLine& line : lines) {
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
  const auto begin = std::chrono::steady_clock::now();
  check_store();
  write_history();
  write_nest();
  write_stations();
  if (ranks_.rank() == 0) write_tables();
  ranks_.barrier();
  const double seconds = seconds_since(started_);
  seconds_of_output_ += seconds_since(begin);
  const double cell_hours = (progress_at(case_.run.end).all_h - hours_before_) * tile_.grid_columns *
                            tile_.grid_rows * tile_.layers;
  log_info(fmt::format(
      "done in {:.1f} s on {} rank(s): {:.0f} cell-hours, {:.0f} a second of each rank; results in {}",
      seconds, ranks_.size(), cell_hours, cell_hours / seconds / ranks_.size(), case_.output.directory));
  log_info(fmt::format("{:.2f} s of them, {:.1f} %, went into hourly output and the files of results",
                       seconds_of_output_, 100.0 * seconds_of_output_ / seconds));
  log_info(fmt::format("of the hours, as this rank saw them: {}", model_.clock().shares()));
  const Budget& budget = model_.budget();
  log_info(fmt::format("budgets close to {:.1e} (inert species), {:.1e} (N and S), {:.1e} (all species)",
                       budget.worst_inert_residual(), budget.worst_family_residual(),
                       budget.worst_species_residual()));
}

}  // namespace lantian
