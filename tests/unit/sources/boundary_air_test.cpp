#include "lantian/sources/boundary_air.hpp"

#include "support/case_text.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/grid/layers.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian {
namespace {

constexpr int columns = 6, rows = 4;
const Layers layers({50.0, 150.0, 400.0, 1000.0, 2500.0});  // middles 25, 100, 275, 700, 1750 m
enum Layer { ground, low, middle, high, aloft };

HorizontalGrid grid() {
  GridConfig config;
  config.projection = "lon_lat";
  config.centre_longitude_deg = 120.0;
  config.centre_latitude_deg = 36.0;
  config.cell_size_deg = 0.1;
  config.columns = columns;
  config.rows = rows;
  return HorizontalGrid::from_config(config);
}

SpeciesTable species() {
  return SpeciesTable({{.name = "NO", .molar_mass_g_mol = 30.0061},
                       {.name = "NO2", .molar_mass_g_mol = 46.0055},
                       {.name = "O3", .molar_mass_g_mol = 47.998},
                       {.name = "CO", .molar_mass_g_mol = 28.01},
                       {.name = "SO4", .molar_mass_g_mol = 96.06, .phase = Phase::particle},
                       {.name = "PPM25", .molar_mass_g_mol = 12.0, .phase = Phase::particle},
                       {.name = "PPMC", .molar_mass_g_mol = 12.0, .phase = Phase::particle}});
}
enum Name { NO, NO2, O3, CO, SO4, PPM25, PPMC };

/// Air of 290 K and 1000 hPa with a mixing height of 600 m.
struct Air {
  Surface surface;
  WeatherSnapshot weather;
  Air() {
    const int count = layers.count();
    surface.interface_above_ground_m = Array3<double>(count + 1, rows, columns);
    for (int k = 0; k <= count; ++k)
      for (int j = 0; j < rows; ++j)
        for (int i = 0; i < columns; ++i)
          surface.interface_above_ground_m(k, j, i) = layers.interface_above_ground_m(k, 0.0);
    weather.temperature_k = Array3<double>(count, rows, columns, 290.0);
    weather.pressure_pa = Array3<double>(count, rows, columns, 1.0e5);
    weather.water_vapour_kg_kg = Array3<double>(count, rows, columns, 0.0);
    weather.mixing_height_m = Array2<double>(rows, columns, 600.0);
  }
};

double ppb_of_gas(double ug_m3, double molar_mass_g_mol) {
  return ug_m3 * 1.0e3 * gas_constant_j_mol_k * 298.15 / 101325.0 / molar_mass_g_mol;
}
double ppb_of_particle(double ug_m3, double molar_mass_g_mol) {
  return ug_m3 * 1.0e3 / molar_mass_g_mol / (1.0e5 / (gas_constant_j_mol_k * 290.0));
}

class Boundary : public ::testing::Test {
 protected:
  Boundary() {
    case_.directory = folder_.path();
    case_.run.start = from_civil(2020, 3, 30, 4);  // noon, local time
    case_.run.end = from_civil(2020, 3, 30, 6);
    case_.run.spin_up_h = 0.0;
  }
  BoundaryAirConfig& add(const std::string& kind, const std::string& file = "",
                         const std::string& text = "") {
    if (!text.empty()) write_text(folder_.file(file), text);
    BoundaryAirConfig& entry = case_.boundary.air.emplace_back();
    entry.kind = kind;
    entry.file = file;
    return entry;
  }
  void add_stations(const std::string& csv, const std::string& rules) {
    write_text(folder_.file("rules.toml"), rules);
    add("stations", "stations.csv", csv).rules = "rules.toml";
  }
  BoundaryHour hour(UtcTime at) {
    Problems problems;
    BoundaryAir boundary(case_, grid_, species_, problems);
    problems.throw_if_any();
    return boundary.hour(at, air_.weather, air_.surface);
  }
  BoundaryHour noon() { return hour(case_.run.start); }
  std::string faults() {
    Problems problems;
    const BoundaryAir boundary(case_, grid_, species_, problems);
    std::string all;
    for (std::string fault : problems.sentences()) {
      for (std::size_t at = fault.find(folder_.path() + "/"); at != std::string::npos;
           at = fault.find(folder_.path() + "/"))
        fault.erase(at, folder_.path().size() + 1);
      all += (all.empty() ? "" : "\n") + fault;
    }
    return all;
  }

  TemporaryFolder folder_;
  Case case_;
  HorizontalGrid grid_ = grid();
  SpeciesTable species_ = species();
  Air air_;
};

constexpr double rounding = 1.0e-14;  // relative: a handful of multiplications
void expect_near(double found, double expected) {
  EXPECT_NEAR(found, expected, rounding * std::max(std::fabs(expected), 1.0));
}

TEST_F(Boundary, OfConstantsIsTheSameEverywhere) {
  BoundaryAirConfig& entry = add("constant");
  entry.values_ppb = {{"O3", 40.0}};
  entry.values_ug_m3 = {{"SO4", 5.0}, {"NO2", 10.0}};
  const BoundaryHour air = noon();
  for (const auto* side : {&air.west, &air.east, &air.south, &air.north, &air.top})
    for (const double value : (*side)[O3].values()) EXPECT_EQ(value, 40.0);
  expect_near(air.west[NO2](ground, 0), ppb_of_gas(10.0, 46.0055));
  expect_near(air.west[SO4](ground, 0), ppb_of_particle(5.0, 96.06));
  EXPECT_EQ(air.west[CO](ground, 0), 0.0) << "what no entry gives is not there";
}

TEST_F(Boundary, CountsParticlesInDryAirOnly) {
  add("constant").values_ug_m3 = {{"SO4", 5.0}};
  air_.weather.water_vapour_kg_kg = Array3<double>(layers.count(), rows, columns, 0.01);
  expect_near(noon().west[SO4](ground, 0),
              ppb_of_particle(5.0, 96.06) * (1.0 + 0.01 * air_molar_mass_g_mol / 18.01528));
}

TEST_F(Boundary, LaterEntriesOverrideEarlierOnesForTheirSpecies) {
  add("constant").values_ppb = {{"O3", 40.0}, {"CO", 200.0}};
  BoundaryAirConfig& later = add("constant");
  later.values_ppb = {{"O3", 50.0}, {"CO", 300.0}};
  later.species = {"O3"};
  EXPECT_EQ(noon().west[O3](ground, 0), 50.0);
  EXPECT_EQ(noon().west[CO](ground, 0), 200.0);
}

TEST_F(Boundary, FillsTheDomainAtTheFirstInstant) {
  add("profile", "aloft.csv", "height_m,O3_ppb\n0,30\n1000,50\n");
  Problems problems;
  BoundaryAir boundary(case_, grid_, species_, problems);
  const auto inside = boundary.initial_ppb(case_.run.start, air_.weather, air_.surface);
  for (int i = 0; i < columns; ++i) expect_near(inside[O3](low, 2, i), 32.0);
}

TEST_F(Boundary, OfAProfileIsLinearBetweenHeightsAndConstantBeyond) {
  add("profile", "aloft.csv", "height_m,O3_ppb,PPM25_ug_m3\n100,30,12\n300,50,8\n1000,60,1\n");
  const BoundaryHour air = noon();
  const std::vector<double> expected = {30.0, 30.0, 30.0 + 20.0 * 175.0 / 200.0, 50.0 + 10.0 * 400.0 / 700.0,
                                        60.0};
  for (int k = 0; k < layers.count(); ++k)
    expect_near(air.north[O3](k, 3), expected[static_cast<std::size_t>(k)]);
  expect_near(air.top[O3](2, 2), 60.0);
  expect_near(air.north[PPM25](low, 0), ppb_of_particle(12.0, 12.0));
}

TEST_F(Boundary, OfAProfileIsRefusedWhereItIsUnsound) {
  add("profile", "aloft.csv", "height_m,O3_ppb,Ozone_ppb\n100,30,1\n50,,1\n200,-3,x\n");
  EXPECT_EQ(faults(),
            "aloft.csv:1: column \"Ozone_ppb\" is no <species>_ppb or <species>_ug_m3 of this run's species, "
            "NO, NO2, O3, CO, SO4, PPM25, PPMC.\n"
            "aloft.csv:3: O3_ppb: is empty; a number of 0 or more is needed\n"
            "aloft.csv:4: O3_ppb: -3 is negative; a number of 0 or more is needed\n"
            "aloft.csv:4: Ozone_ppb: \"x\" is no number\n"
            "aloft.csv:3: height_m 50 does not lie above the 100 before it; heights must rise");
}

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

TEST_F(Boundary, OfASourceMustHaveWhatItsEntryNames) {
  add("profile", "aloft.csv", "height_m,O3_ppb\n0,30\n").species = {"CO"};
  EXPECT_EQ(faults(), "boundary.air.0: its source has no CO in the hours of the run");
}

/// O3 on two times, three heights, two latitudes and two longitudes.
struct MadeAirFile {
  std::vector<std::string> shape = {"time", "height", "lat", "lon"};
  std::string unit = "ppb";
  double first_hour = 3.0, spoiled = 0.0;
  std::vector<double> heights_m = {0.0, 200.0, 1000.0}, longitudes_deg = {119.0, 121.0};

  void write(const std::string& path) const {
    NetcdfWriter file(path);
    const auto axis = [&](const char* name, const std::vector<double>& values) {
      file.dimension(name, values.size());
      file.variable(name, NetcdfWriter::Type::real64, {name});
      file.write(name, values);
    };
    axis("time", {first_hour, first_hour + 3.0});
    file.attribute("time", "units", "hours since 2020-03-30 00:00:00");
    axis("height", heights_m);
    axis("lat", {35.5, 36.5});
    axis("lon", longitudes_deg);
    file.variable("O3", NetcdfWriter::Type::real64, shape);
    file.attribute("O3", "units", unit);
    std::vector<double> values;
    for (int t = 0; t < 2; ++t)
      for (int k = 0; k < 3; ++k)
        for (int n = 0; n < 4; ++n) values.push_back(1000.0 * t + 100.0 * k + n);
    if (spoiled != 0.0) values[5] = spoiled;
    file.write("O3", values);
    file.finish();
  }
};

TEST_F(Boundary, OfAFieldTakesTheNearestColumnAndIsLinearInHeight) {
  MadeAirFile().write(folder_.file("air.nc"));
  add("netcdf", "air.nc");
  const BoundaryHour air = noon();                     // 4 h: still the field of 3 h
  expect_near(air.west[O3](low, 0), 50.0);             // south-west column
  expect_near(air.east[O3](low, rows - 1), 50.0 + 3);  // north-east column
  expect_near(air.west[O3](high, 0), 100.0 + 100.0 * 500.0 / 800.0);
  expect_near(air.west[O3](aloft, 0), 200.0);
  case_.run.end = from_civil(2020, 3, 30, 8);
  expect_near(hour(from_civil(2020, 3, 30, 6)).west[O3](low, 0), 1050.0);
}

TEST_F(Boundary, OfAFieldReadsOtherUnitsAndLongitudesOfAFullCircle) {
  MadeAirFile made;
  made.unit = "ppm";
  made.longitudes_deg = {-241.0, -239.0};
  made.write(folder_.file("air.nc"));
  add("netcdf", "air.nc");
  expect_near(noon().east[O3](low, 0), 51000.0);
  made.unit = "ug m-3";
  made.write(folder_.file("air.nc"));
  expect_near(noon().east[O3](low, 0), ppb_of_gas(51.0, 47.998));
}

TEST_F(Boundary, OfAFieldIsRefusedWhereItIsUnsound) {
  add("netcdf", "air.nc");
  const auto faults_of = [&](const std::function<void(MadeAirFile&)>& spoil) {
    MadeAirFile made;
    spoil(made);
    made.write(folder_.file("air.nc"));
    return faults();
  };
  EXPECT_EQ(faults_of([](MadeAirFile& made) { made.unit = "kg/kg"; }),
            "air.nc: O3: the unit \"kg/kg\" is no amount in air; known are ppb, ppm, mol mol-1, ug m-3");
  EXPECT_EQ(faults_of([](MadeAirFile& made) {
              made.shape = {"time", "height", "lon", "lat"};
            }),
            "air.nc: O3: lies on (time, height, lon, lat); (time, height, lat, lon) is needed");
  EXPECT_EQ(faults_of([](MadeAirFile& made) { made.spoiled = -1.0; }),
            "air.nc: O3: value 5 is -1; every cell needs a number of 0 or more");
  EXPECT_EQ(faults_of([](MadeAirFile& made) { made.spoiled = std::nan(""); }),
            "air.nc: O3: value 5 is nan; every cell needs a number of 0 or more");
  EXPECT_EQ(faults_of([](MadeAirFile& made) {
              made.heights_m = {1000.0, 200.0, 0.0};
            }),
            "air.nc: height: value 1 is 200 after 1000; it must rise");
  EXPECT_EQ(faults_of([](MadeAirFile& made) { made.first_hour = 5.0; }),
            "boundary.air: 1 of the 2 hours of the run have no O3, the first 2020-03-30T04:00:00Z, the last "
            "2020-03-30T04:00:00Z; give a constant or a profile for them in an entry before");
  EXPECT_EQ(faults_of([](MadeAirFile& made) {
              made.longitudes_deg = {100.0, 101.0};
            }),
            "air.nc: its columns, longitude 100 to 101 and latitude 35.5 to 36.5, do not reach the domain at "
            "longitude 119.7, latitude 35.8");
}

TEST_F(Boundary, NamesItsFilesForTheDigests) {
  add_stations(two_days([](int) { return false; }), south_rules);
  Problems problems;
  const BoundaryAir boundary(case_, grid_, species_, problems);
  EXPECT_EQ(boundary.files(),
            (std::vector<std::string>{folder_.file("stations.csv"), folder_.file("rules.toml")}));
}

}  // namespace
}  // namespace lantian
