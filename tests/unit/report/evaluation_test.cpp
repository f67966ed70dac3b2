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

/// Faults of an observation table with these lines.
std::string faults_of_table(const std::string& lines) {
  EvaluationOptions options;
  options.observations = testing::TempDir() + "faulty.csv";
  std::ofstream(options.observations) << "station,lon,lat,time,O3_ug_m3\n" << lines;
  try {
    (void)read_observations(options);
  } catch (const Error& error) {
    std::string faults = error.what();
    for (auto at = faults.find(testing::TempDir()); at != std::string::npos;
         at = faults.find(testing::TempDir()))
      faults.erase(at, testing::TempDir().size());
    return faults;
  }
  return "";
}

TEST(Evaluation, RefusesDoubledHoursPartsOfHoursAndWhatIsNoTime) {
  EXPECT_EQ(faults_of_table("qd,120,36,2020-03-31 01:00,80\nqd,120,36,2020-03-31 01:00,81\n"
                            "qd,120,36,2020-03-31 01:30,80\n,120,36,2020-03-31 02:00,80\n"),
            "faulty.csv:3: station \"qd\" has the hour 2020-03-31 01:00 in line 2 already\n"
            "faulty.csv:4: \"2020-03-31 01:30\" is no whole hour in UTC; hourly means are scored\n"
            "faulty.csv:5: station is empty");
}

TEST(Evaluation, TakesNegativeObservationsForGaps) {
  EvaluationOptions options;
  options.observations = testing::TempDir() + "negative.csv";
  std::ofstream(options.observations) << "station,lon,lat,time,O3_ug_m3\nqd,120,36,2020-03-31 01:00,-999\n"
                                         "qd,120,36,2020-03-31 02:00,80\n";
  EXPECT_EQ(read_observations(options).at(0).species.at("O3").size(), 1U);
}

TEST(Evaluation, SaysWhyNothingCanBeScored) {
  EvaluationOptions options;
  options.model = "receptors.nc";
  options.observations = "stations.csv";
  options.boundary_only = "boundary.nc";
  options.excluded = {"Laoshn"};
  const std::vector<StationSeries> observed = {station("Laoshan", {80.0})};
  std::vector<StationSeries> later = {station("Laoshan", {80.0})};
  later[0].species["O3"] = {{first.plus_seconds(7200), 70.0}};
  Problems problems;
  check_evaluation(options, observed, later, {station("a", {1.0})}, problems);
  EXPECT_EQ(
      problems.sentences(),
      (std::vector<std::string>{
          "--exclude Laoshn: stations.csv has no such station. Did you mean \"Laoshan\"?",
          "receptors.nc: the model has no scored hour in common with stations.csv; its hours begin "
          "2020-03-30T18:00:00Z to 2020-03-30T18:00:00Z, those of the observations 2020-03-30T16:00:00Z to "
          "2020-03-30T16:00:00Z (UTC): check --utc-offset, --stamp and --hours",
          "boundary.nc: the boundary-only run has no station of stations.csv; it has a, the observations "
          "have Laoshan"}));
}

TEST(Evaluation, ListsConventionsExclusionsAndStationsWithoutAReceptor) {
  EvaluationOptions options;
  options.stamp_is_end = false;
  options.excluded = {"b"};
  const std::string page = evaluation_page(options, {"c"}, {});
  EXPECT_NE(page.find("UTC+8 where they carry no Z, the beginning of the averaging hour\n"),
            std::string::npos);
  EXPECT_NE(page.find("Excluded stations: b\nStations without a receptor in the model: c\n"),
            std::string::npos);
}

}  // namespace
}  // namespace lantian
