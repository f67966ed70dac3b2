#include "support/case_text.hpp"
#include "support/made_boundary.hpp"

#include "lantian/io/netcdf_file.hpp"

namespace lantian::made_boundary {
namespace {

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
  const Tile tile{.first_column = 1,
                  .first_row = 2,
                  .columns = columns - 1,
                  .rows = rows - 2,
                  .layers = layers.count(),
                  .grid_columns = columns,
                  .grid_rows = rows};
  FieldSet<double> inside_ppb(tile, species_.count(), tile.layers);
  boundary.fill_initial(case_.run.start, air_.weather, air_.surface, tile, inside_ppb);
  for (int i = 0; i < tile.columns; ++i) expect_near(inside_ppb[O3](low, 0, i), 32.0);
}

TEST_F(Boundary, OfATileIsThatOfTheGridThere) {
  add("profile", "aloft.csv", "height_m,O3_ppb\n0,30\n1000,50\n");
  add("constant").values_ppb = {{"CO", 200.0}};
  Problems problems;
  BoundaryAir boundary(case_, grid_, species_, problems);
  const BoundaryHour whole = boundary.hour(case_.run.start, air_.weather, air_.surface);
  const Tile north_west{.first_row = 1,
                        .columns = columns - 2,
                        .rows = rows - 1,
                        .layers = layers.count(),
                        .grid_columns = columns,
                        .grid_rows = rows};
  boundary.restrict_to(north_west);
  const BoundaryHour own = boundary.hour(case_.run.start, air_.weather, air_.surface);
  for (const Name name : {O3, CO}) {
    for (int k = 0; k < layers.count(); ++k) {
      for (int j = 1; j < rows; ++j) EXPECT_EQ(own.west[name](k, j), whole.west[name](k, j));
      for (int i = 0; i < columns - 2; ++i) EXPECT_EQ(own.north[name](k, i), whole.north[name](k, i));
      EXPECT_EQ(own.east[name](k, 1), 0.0);
      EXPECT_EQ(own.south[name](k, 0), 0.0);
      EXPECT_EQ(own.north[name](k, columns - 1), 0.0);
    }
    EXPECT_EQ(own.top[name](1, columns - 3), whole.top[name](1, columns - 3));
    EXPECT_EQ(own.top[name](0, 0), 0.0);
  }
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

}  // namespace
}  // namespace lantian::made_boundary
