#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/base/time.hpp"
#include "lantian/report/statistics.hpp"

#include <map>
#include <string>
#include <vector>

namespace lantian {

/// How a station table is to be read and what is scored.
struct EvaluationOptions {
  std::string model;                  // receptors.nc of a run
  std::string boundary_only;          // receptors.nc of the run without emissions; empty: none
  std::string observations;           // CSV station,lon,lat,time,<species>_<unit>[,city]
  double utc_offset_h = 8.0;          // zone of the table's time stamps
  bool stamp_is_end = true;           // the stamp ends the averaging hour; else it begins it
  std::vector<std::string> excluded;  // stations left out, listed in every table
  struct Interval {
    UtcTime from{}, to{};
  };
  std::vector<Interval> scored;  // hours that are scored, [from, to); none: those of the model
};

/// Hourly values by station and hour (the hour's beginning).
using HourlySeries = std::map<UtcTime, double>;
struct StationSeries {
  std::string station, city;
  std::map<std::string, HourlySeries> species;  // ug m-3
};

/// One line of the result: a predictor at a station ("all stations": pooled).
struct EvaluationRow {
  std::string species, predictor, station, city;
  Statistics statistics;
};

/// Whether an hour is to be scored.
[[nodiscard]] bool is_scored(const EvaluationOptions& options, UtcTime hour);

/// Reads a station table; gases and particles in ug m-3 (mg m-3 is converted).
/// @throws DataError, MissingFileError
[[nodiscard]] std::vector<StationSeries> read_observations(const EvaluationOptions& options);

/// Reads the stations of a receptors file that a run has written.
[[nodiscard]] std::vector<StationSeries> read_model_stations(const std::string& path);

/// What is wrong with a comparison that would leave its tables empty or short without a word: excluded
/// stations that are not there, no station or no hour in common.
void check_evaluation(const EvaluationOptions& options, const std::vector<StationSeries>& observed,
                      const std::vector<StationSeries>& model,
                      const std::vector<StationSeries>& boundary_only, Problems& problems);

/// Stations with observations that the model has no receptor for.
[[nodiscard]] std::vector<std::string> stations_without_model(const std::vector<StationSeries>& observed,
                                                              const std::vector<StationSeries>& model);

/// Scores the model, and beside it the boundary-only run, the regional mean (all other stations of the table
/// in that hour) and the mean diurnal cycle (of that station over the scored days), on the same hours for
/// all.
[[nodiscard]] std::vector<EvaluationRow> evaluate(const EvaluationOptions& options,
                                                  const std::vector<StationSeries>& observed,
                                                  const std::vector<StationSeries>& model,
                                                  const std::vector<StationSeries>& boundary_only);

[[nodiscard]] std::string evaluation_csv(const std::vector<EvaluationRow>& rows);
/// Pairs of hour, station, observed and modelled values, for plots.
[[nodiscard]] std::string pairs_csv(const EvaluationOptions& options,
                                    const std::vector<StationSeries>& observed,
                                    const std::vector<StationSeries>& model,
                                    const std::vector<StationSeries>& boundary_only);
/// The pooled lines as a terminal table, below the conventions and what is left out.
[[nodiscard]] std::string evaluation_page(const EvaluationOptions& options,
                                          const std::vector<std::string>& without_model,
                                          const std::vector<EvaluationRow>& rows);

}  // namespace lantian
