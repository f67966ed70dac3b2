#include "lantian/report/evaluation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace lantian {
namespace {

const UtcTime first = parse_utc("2020-03-30T16:00:00Z");

StationSeries station(const std::string& name, const std::vector<double>& o3) {
  StationSeries made{.station = name, .city = "", .species = {}};
  for (std::size_t n = 0; n < o3.size(); ++n)
    made.species["O3"][first.plus_seconds(3600 * static_cast<long long>(n))] = o3[n];
  return made;
}

const EvaluationRow& row_of(const std::vector<EvaluationRow>& rows, const std::string& predictor,
                            const std::string& at) {
  return *std::ranges::find_if(
      rows, [&](const EvaluationRow& r) { return r.predictor == predictor && r.station == at; });
}

TEST(Evaluation, LeavesTheStationItselfOutOfTheRegionalMean) {
  const std::vector<StationSeries> observed = {station("a", {10.0}), station("b", {20.0}),
                                               station("c", {60.0})};
  const auto rows = evaluate({}, observed, observed, {});
  EXPECT_EQ(row_of(rows, "regional_mean", "a").statistics.mean_model, 40.0);
  EXPECT_EQ(row_of(rows, "regional_mean", "c").statistics.mean_model, 15.0);
}

TEST(Evaluation, ScoresAllPredictorsOnTheSameHours) {
  // The boundary-only run lacks the second hour, so nobody is scored there.
  const std::vector<StationSeries> observed = {station("a", {10.0, 20.0}), station("b", {20.0, 30.0})};
  const std::vector<StationSeries> short_run = {station("a", {5.0}), station("b", {5.0})};
  for (const EvaluationRow& row : evaluate({}, observed, observed, short_run))
    EXPECT_EQ(row.statistics.n, row.station == "all stations" ? 2 : 1) << row.predictor;
}

TEST(Evaluation, LeavesOutExcludedStationsButLetsThemInformTheRegion) {
  EvaluationOptions options;
  options.excluded = {"b"};
  const std::vector<StationSeries> observed = {station("a", {10.0}), station("b", {20.0})};
  const auto rows = evaluate(options, observed, observed, {});
  EXPECT_EQ(row_of(rows, "model", "all stations").statistics.n, 1);
  EXPECT_EQ(row_of(rows, "regional_mean", "a").statistics.mean_model, 20.0);
}

TEST(Evaluation, ReadsAnEndStampInLocalTimeAsTheHourBefore) {
  const std::string path = testing::TempDir() + "observations.csv";
  std::ofstream(path) << "station,lon,lat,time,O3_ug_m3,CO_mg_m3\nqd,120,36,2020-03-31 01:00:00,80,0.5\n";
  EvaluationOptions options;
  options.observations = path;
  const std::vector<StationSeries> observed = read_observations(options);
  ASSERT_EQ(observed.size(), 1U);
  EXPECT_EQ(observed[0].species.at("O3").begin()->first, first);
  EXPECT_EQ(observed[0].species.at("CO").begin()->second, 500.0);  // mg to ug
}

}  // namespace
}  // namespace lantian
