#include "lantian/base/errors.hpp"
#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/report/evaluation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <optional>
#include <utility>

namespace lantian {

namespace {

/// A column "PM25_ug_m3": species and the factor that gives ug m-3.
struct SpeciesColumn {
  std::size_t column;
  std::string species;
  double factor;
};

std::vector<SpeciesColumn> species_columns(const CsvTable& table) {
  std::vector<SpeciesColumn> columns;
  for (std::size_t c = 0; c < table.header().size(); ++c) {
    const std::string& title = table.header()[c];
    for (const auto& [suffix, factor] :
         {std::pair{std::string("_ug_m3"), 1.0}, std::pair{std::string("_mg_m3"), 1000.0}})
      if (title.ends_with(suffix))
        columns.push_back({c, title.substr(0, title.size() - suffix.size()), factor});
  }
  if (columns.empty())
    throw DataError(
        fmt::format("{}:1: no column of concentrations; name them PM25_ug_m3, O3_ug_m3, CO_mg_m3; found {}",
                    table.path(), fmt::join(table.header(), ", ")));
  return columns;
}

std::optional<UtcTime> hour_begin(const EvaluationOptions& options, const std::string& stamp,
                                  const std::string& place, Problems& problems) {
  try {
    const bool is_utc = stamp.ends_with('Z');
    const UtcTime written = parse_utc(stamp);
    const long long shift_s = is_utc ? 0 : std::llround(options.utc_offset_h * 3600.0);
    const UtcTime begin = written.plus_seconds(-shift_s - (options.stamp_is_end ? 3600 : 0));
    if (begin.unix_seconds() % 3600 == 0) return begin;
    problems.add(fmt::format("{}: \"{}\" is no whole hour in UTC; hourly means are scored", place, stamp));
  } catch (const DataError& error) {
    problems.add(fmt::format("{}: {}", place, error.what()));
  }
  return std::nullopt;
}

}  // namespace

std::vector<StationSeries> read_observations(const EvaluationOptions& options) {
  const CsvTable table = CsvTable::read(options.observations);
  const std::size_t name = table.required_column("station"), time = table.required_column("time");
  const auto city = table.column("city");
  const std::vector<SpeciesColumn> columns = species_columns(table);
  std::map<std::string, StationSeries> by_name;
  std::map<std::pair<std::string, UtcTime>, int> line_of;
  int negative = 0;
  Problems problems;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    StationSeries& station = by_name[table.cell(row, name)];
    station.station = table.cell(row, name);
    if (city) station.city = table.cell(row, *city);
    const auto begin = hour_begin(options, table.cell(row, time), table.place(row), problems);
    if (!begin) continue;
    if (station.station.empty()) problems.add(fmt::format("{}: station is empty", table.place(row)));
    if (const auto [first, is_new] = line_of.try_emplace({station.station, *begin}, table.line(row)); !is_new)
      problems.add(fmt::format("{}: station \"{}\" has the hour {} in line {} already", table.place(row),
                               station.station, table.cell(row, time), first->second));
    for (const SpeciesColumn& column : columns) {
      const auto value = table.number(row, column.column, problems);
      if (value && *value < 0.0) ++negative;
      if (value && *value >= 0.0) station.species[column.species][*begin] = *value * column.factor;
    }
  }
  problems.throw_if_any();
  if (negative > 0)
    log_warning(fmt::format("{}: {} values are negative and count as gaps", options.observations, negative));
  std::vector<StationSeries> all;
  all.reserve(by_name.size());
  for (auto& [key, station] : by_name) all.push_back(std::move(station));
  return all;
}

std::vector<StationSeries> read_model_stations(const std::string& path) {
  const NetcdfReader file(path);
  if (!file.has_variable("station_name") || !file.has_variable("time"))
    throw DataError(fmt::format("{}: is no receptors.nc of a run: it holds no station_name and time", path));
  const std::vector<std::string> names = file.read_texts("station_name");
  const std::vector<double> end_s = file.read("time");
  std::vector<StationSeries> stations;
  stations.reserve(names.size());
  for (const std::string& name : names) stations.push_back({.station = name, .city = "", .species = {}});
  const UtcTime epoch{};
  for (const std::string& variable : file.variables()) {
    const auto shape = file.shape(variable);
    if (shape.size() != 2 || shape[0].name != "time" || shape[1].name != "station") continue;
    const std::vector<double> values = file.read(variable);
    for (std::size_t n = 0; n < names.size(); ++n)
      for (std::size_t t = 0; t < end_s.size(); ++t)
        stations[n].species[variable][epoch.plus_seconds(std::llround(end_s[t]) - 3600)] =
            values[t * names.size() + n];
  }
  return stations;
}

std::string evaluation_csv(const std::vector<EvaluationRow>& rows) {
  std::string text =
      "species,predictor,station,city,n,mean_observed_ug_m3,mean_predicted_ug_m3,bias_ug_m3,nmb,nme,rmse_ug_"
      "m3,r,fac2,ioa,mfb,mfe\n";
  for (const EvaluationRow& row : rows) {
    const Statistics& s = row.statistics;
    text += fmt::format(
        "{},{},{},{},{},{:.3f},{:.3f},{:.3f},{:.4f},{:.4f},{:.3f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f}\n",
        row.species, row.predictor, csv_cell(row.station), csv_cell(row.city), s.n, s.mean_observed,
        s.mean_model, s.bias, s.nmb, s.nme, s.rmse, s.r, s.fac2, s.ioa, s.mfb, s.mfe);
  }
  return text;
}

std::string pairs_csv(const EvaluationOptions& options, const std::vector<StationSeries>& observed,
                      const std::vector<StationSeries>& model,
                      const std::vector<StationSeries>& boundary_only) {
  const auto value = [](const std::vector<StationSeries>& run, const std::string& station,
                        const std::string& species, UtcTime hour) {
    for (const StationSeries& one : run) {
      if (one.station != station || !one.species.contains(species)) continue;
      const auto found = one.species.at(species).find(hour);
      if (found != one.species.at(species).end()) return fmt::format("{:.3f}", found->second);
    }
    return std::string();
  };
  std::string text = "species,station,hour_begin_utc,observed_ug_m3,model_ug_m3,boundary_only_ug_m3\n";
  for (const StationSeries& station : observed) {
    for (const auto& [species, series] : station.species) {
      for (const auto& [hour, measured] : series) {
        const std::string modelled = value(model, station.station, species, hour);
        if (modelled.empty() || !is_scored(options, hour)) continue;
        text += fmt::format("{},{},{},{:.3f},{},{}\n", species, csv_cell(station.station), to_iso8601(hour),
                            measured, modelled, value(boundary_only, station.station, species, hour));
      }
    }
  }
  return text;
}

std::string evaluation_page(const EvaluationOptions& options, const std::vector<std::string>& without_model,
                            const std::vector<EvaluationRow>& rows) {
  const auto listed = [](const std::vector<std::string>& names) {
    return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
  };
  std::vector<std::string> intervals;
  for (const EvaluationOptions::Interval& one : options.scored)
    intervals.push_back(to_iso8601(one.from) + " to " + to_iso8601(one.to));
  std::string page = fmt::format(
      "{} against {}\n"
      "Times of the observations: UTC{:+g} where they carry no Z, {} of the averaging hour\n"
      "Scored: {}, on the hours where the observation and every predictor have a value\n"
      "Excluded stations: {}\nStations without a receptor in the model: {}\n"
      "Units: ug m-3 (n, r, FAC2 and IOA have none); NMB, NME, MFB and MFE in %\n\n",
      options.model, options.observations, options.utc_offset_h,
      options.stamp_is_end ? "the end" : "the beginning",
      intervals.empty() ? "all hours of the model" : fmt::format("{}", fmt::join(intervals, ", ")),
      listed(options.excluded), listed(without_model));
  page +=
      fmt::format("{:<6} {:<20} {:>6} {:>9} {:>9} {:>8} {:>8} {:>8} {:>8} {:>6} {:>6} {:>6} {:>7} {:>7}\n",
                  "", "all stations", "n", "observed", "predicted", "bias", "NMB %", "NME %", "RMSE", "r",
                  "FAC2", "IOA", "MFB %", "MFE %");
  for (const EvaluationRow& row : rows) {
    if (row.station != "all stations") continue;
    const Statistics& s = row.statistics;
    page += fmt::format(
        "{:<6} {:<20} {:>6} {:>9.1f} {:>9.1f} {:>+8.1f} {:>+8.1f} {:>8.1f} {:>8.1f} {:>6.2f} {:>6.2f} "
        "{:>6.2f} {:>+7.1f} {:>7.1f}\n",
        row.species, row.predictor, s.n, s.mean_observed, s.mean_model, s.bias, 100.0 * s.nmb, 100.0 * s.nme,
        s.rmse, s.r, s.fac2, s.ioa, 100.0 * s.mfb, 100.0 * s.mfe);
  }
  return page;
}

}  // namespace lantian
