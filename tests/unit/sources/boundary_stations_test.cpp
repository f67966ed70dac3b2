#include "support/case_text.hpp"
#include "support/made_boundary.hpp"

#include <cmath>
#include <functional>

namespace lantian::made_boundary {
namespace {

const std::string south_rules = "[[sector]]\nname = \"south\"\nazimuth_deg = 180\nstations = [\"S\"]\n";

/// O3 of 100 plus the local hour that ends, over two days from midnight; without the hours that `skips`
/// names.
std::string two_days(const std::function<bool(int)>& skips) {
  std::string csv = "station,time,O3_ug_m3\n";
  for (int n = 1; n <= 48; ++n) {
    if (skips(n)) continue;
    const UtcTime end = from_civil(2020, 3, 29, 16).plus_seconds(3600LL * n);
    csv += "S," + to_iso8601(end) + "," + std::to_string(100 + n) + "\n";
  }
  return csv;
}

TEST_F(Boundary, OfStationsTakesTheHourThatATimeEnds) {
  add_stations(two_days([](int) { return false; }), south_rules);
  // Noon to one o'clock, local: the thirteenth hour of the first day.
  expect_near(noon().south[O3](ground, 0), ppb_of_gas(113.0, 47.998));
  write_text(folder_.file("rules.toml"), "stamp = \"begin\"\n" + south_rules);
  expect_near(noon().south[O3](ground, 0), ppb_of_gas(112.0, 47.998));
}

TEST_F(Boundary, OfStationsReadsTimesWithoutAZoneInThatOfTheRules) {
  add_stations("station,time,O3_ug_m3\nS,2020-03-30 12:00,7\nS,2020-03-30 13:00,8\nS,2020-03-30 14:00,9\n",
               "utc_offset_h = 8\n" + south_rules);
  expect_near(noon().south[O3](ground, 0), ppb_of_gas(8.0, 47.998));
}

TEST_F(Boundary, OfStationsBridgesShortGapsLinearly) {
  add_stations(two_days([](int n) { return n >= 12 && n <= 14; }), south_rules);
  expect_near(noon().south[O3](ground, 0), ppb_of_gas(113.0, 47.998));
}

TEST_F(Boundary, OfStationsFillsLongGapsWithTheDaysShape) {
  add_stations(two_days([](int n) { return n >= 11 && n <= 14; }), south_rules);
  // Before: 110 at hour 10, after: 115 at hour 15. Shape: hours 10 and 15 are means of both days (122, 127),
  // hour 13 is that of the second day alone (137).
  const double t = 3.0 / 5.0, expected = 137.0 * ((1.0 - t) * 110.0 / 122.0 + t * 115.0 / 127.0);
  EXPECT_NEAR(noon().south[O3](ground, 0), ppb_of_gas(expected, 47.998), 1.0e-12);
}

/// O3 over two days from midnight: 100 in the first afternoon, 11 to 18 h, 200 in the second, 40 at all other
/// hours.
std::string two_afternoons() {
  std::string csv = "station,time,O3_ug_m3\n";
  for (int n = 1; n <= 48; ++n) {
    const int local_end_h = (n - 1) % 24 + 1;
    const bool is_afternoon = local_end_h > 11 && local_end_h <= 18;
    csv += "S," + to_iso8601(from_civil(2020, 3, 29, 16).plus_seconds(3600LL * n)) +
           (!is_afternoon ? ",40\n"
            : n <= 24     ? ",100\n"
                          : ",200\n");
  }
  return csv;
}

TEST_F(Boundary, OfStationsFillsTheMixedLayerOfItsHourByDayAndAtNight) {
  case_.run.end = from_civil(2020, 3, 31, 16);
  add("constant").values_ppb = {{"O3", 77.0}};
  add_stations(two_afternoons(), south_rules);
  const UtcTime night = from_civil(2020, 3, 30, 15);  // 23 to 24 h
  EXPECT_EQ(air_.weather.mixing_height_m(0, 0), 600.0);
  expect_near(noon().south[O3](middle, 0), ppb_of_gas(100.0, 47.998));
  expect_near(hour(night).south[O3](middle, 0), ppb_of_gas(40.0, 47.998));
  air_.weather.mixing_height_m = Array2<double>(rows, columns, 50.0);
  const BoundaryHour air = hour(night);
  expect_near(air.south[O3](low, 0), ppb_of_gas(40.0, 47.998));  // night_depth_m: at least 120 m
  EXPECT_GT(air.south[O3](middle, 0), ppb_of_gas(100.0, 47.998));
}

TEST_F(Boundary, OfStationsPassesFromAfternoonToAfternoonAboveItsLayer) {
  case_.run.end = from_civil(2020, 3, 31, 16);
  add("constant").values_ppb = {{"O3", 77.0}};
  add_stations(two_afternoons(), south_rules);
  const auto above = [&](UtcTime when) { return hour(when).south[O3](high, 0); };  // 700 m, over 600 m
  expect_near(above(from_civil(2020, 3, 29, 20)), ppb_of_gas(100.0, 47.998));      // before the first
  expect_near(above(from_civil(2020, 3, 30, 6)), ppb_of_gas(100.0, 47.998));       // 14 to 15 h, its middle
  expect_near(above(from_civil(2020, 3, 30, 15)), ppb_of_gas(100.0 + 100.0 * 9.0 / 24.0, 47.998));
  expect_near(above(from_civil(2020, 3, 31, 6)), ppb_of_gas(200.0, 47.998));
  expect_near(above(from_civil(2020, 3, 31, 14)), ppb_of_gas(200.0, 47.998));  // after the last
  expect_near(hour(from_civil(2020, 3, 30, 15)).south[O3](aloft, 0), 77.0);
}

TEST_F(Boundary, OfStationsReachesByDayAsHighAsTheMixedLayerWhereTheStationsStand) {
  add("constant").values_ppb = {{"O3", 77.0}};
  add_stations(two_days([](int) { return false; }), "day_depth_m = 1200.0\n" + south_rules);
  const BoundaryHour air = noon();  // the edge's own mixing height is 600 m
  expect_near(air.south[O3](high, 0), ppb_of_gas(113.0, 47.998));
  expect_near(air.south[O3](aloft, 0), 77.0);
}

TEST_F(Boundary, OfStationsPassesFromSectorToSector) {
  add_stations(
      "station,time,O3_ug_m3\n"
      "S,2020-03-30T05:00:00Z,80\nS,2020-03-30T06:00:00Z,80\n"
      "N,2020-03-30T05:00:00Z,120\nN,2020-03-30T06:00:00Z,120\n",
      south_rules + "[[sector]]\nname = \"north\"\nazimuth_deg = 0\nstations = [\"N\"]\n");
  const BoundaryHour air = noon();
  for (int i = 0; i < columns; ++i) EXPECT_LT(air.south[O3](ground, i), air.north[O3](ground, i));
  for (const auto* side : {&air.west, &air.east, &air.south, &air.north}) {
    EXPECT_GE((*side)[O3](ground, 1), ppb_of_gas(80.0, 47.998));
    EXPECT_LE((*side)[O3](ground, 1), ppb_of_gas(120.0, 47.998));
  }
}

TEST_F(Boundary, OfStationsSharesParticlesAndNitrogenOutByTheRules) {
  add_stations(
      "station,time,PM25_ug_m3,PM10_ug_m3,NO2_ug_m3,CO_mg_m3\n"
      "S,2020-03-30T05:00:00Z,50,80,40,0.5\nS,2020-03-30T06:00:00Z,50,80,40,0.5\n",
      "pm25_split = { SO4 = 0.3, PPM25 = 0.7 }\nno_per_no2 = 0.1\n" + south_rules);
  const BoundaryHour air = noon();
  expect_near(air.south[SO4](ground, 0), ppb_of_particle(15.0, 96.06));
  expect_near(air.south[PPM25](ground, 0), ppb_of_particle(35.0, 12.0));
  expect_near(air.south[PPMC](ground, 0), ppb_of_particle(30.0, 12.0));
  expect_near(air.south[NO2](ground, 0), ppb_of_gas(40.0, 46.0055));
  expect_near(air.south[NO](ground, 0), 0.1 * ppb_of_gas(40.0, 46.0055));
  expect_near(air.south[CO](ground, 0), ppb_of_gas(500.0, 28.01));
}

TEST_F(Boundary, OfStationsThinsOutUpwardsWhatLivesForHours) {
  const std::string csv =
      "station,time,NO2_ug_m3,O3_ug_m3\nS,2020-03-30T05:00:00Z,40,80\nS,2020-03-30T06:00:00Z,40,80\n";
  add_stations(csv, "no_per_no2 = 0.1\nscale_height_m = { NO2 = 300.0 }\n" + south_rules);
  const BoundaryHour air = noon();
  for (const int layer : {ground, low, middle}) {  // below the mixing height
    const double bottom = air_.surface.interface_above_ground_m(layer, 0, 0),
                 top = air_.surface.interface_above_ground_m(layer + 1, 0, 0);
    const double mean = (std::exp(-bottom / 300.0) - std::exp(-top / 300.0)) * 300.0 / (top - bottom);
    expect_near(air.south[NO2](layer, 0), mean * ppb_of_gas(40.0, 46.0055));
    expect_near(air.south[NO](layer, 0), 0.1 * mean * ppb_of_gas(40.0, 46.0055));
    expect_near(air.south[O3](layer, 0), ppb_of_gas(80.0, 47.998));
  }
  write_text(folder_.file("rules.toml"), "scale_height_m = { NOX = 300.0 }\n" + south_rules);
  EXPECT_EQ(faults().substr(0, 33), "rules.toml: scale_height_m: stati") << faults();
}

TEST_F(Boundary, OfStationsTakesNegativeValuesForGaps) {
  add_stations(
      "station,time,O3_ug_m3\nS,2020-03-30T04:00:00Z,80\nS,2020-03-30T05:00:00Z,-999\n"
      "S,2020-03-30T06:00:00Z,90\n",
      south_rules);
  expect_near(noon().south[O3](ground, 0), ppb_of_gas(85.0, 47.998));
}

TEST_F(Boundary, OfStationsMustCoverTheRunWhereNothingElseDoes) {
  add_stations("station,time,O3_ug_m3\nS,2020-03-30T05:00:00Z,80\n", south_rules);
  EXPECT_EQ(faults(),
            "boundary.air: 1 of the 2 hours of the run have no O3, the first 2020-03-30T05:00:00Z, the last "
            "2020-03-30T05:00:00Z; give a constant or a profile for them in an entry before");
  add("constant").values_ppb = {{"O3", 40.0}};
  EXPECT_EQ(faults(), "");
}

TEST_F(Boundary, OfStationsMustSplitParticlesIntoSpeciesOfTheRun) {
  add_stations("station,time,PM25_ug_m3\nS,2020-03-30T05:00:00Z,50\nS,2020-03-30T06:00:00Z,50\n",
               "pm25_split = { PPM2 = 1.0 }\n" + south_rules);
  EXPECT_EQ(
      faults(),
      "rules.toml: pm25_split: \"PPM2\" is no species of this run; known are NO, NO2, O3, CO, SO4, PPM25, "
      "PPMC. Did you mean \"PPM25\"?");
}

TEST_F(Boundary, NamesItsFilesForTheDigests) {
  add_stations(two_days([](int) { return false; }), south_rules);
  Problems problems;
  const BoundaryAir boundary(case_, grid_, species_, problems);
  EXPECT_EQ(boundary.files(),
            (std::vector<std::string>{folder_.file("stations.csv"), folder_.file("rules.toml")}));
}

}  // namespace
}  // namespace lantian::made_boundary
