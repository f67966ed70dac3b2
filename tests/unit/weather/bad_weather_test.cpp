#include "made_weather.hpp"

#include "lantian/weather/weather.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace lantian {
namespace {

using Change = std::function<void(const std::string&, int, std::vector<double>&)>;

/// All faults of a case, one a line.
std::string faults(const Case& configuration) {
  Problems problems;
  const Weather weather(configuration, problems);
  std::string all;
  for (const auto& sentence : problems.sentences()) all += sentence + "\n";
  return all;
}

std::string faults(const MadeWeather& made, const std::function<void(Case&)>& edit = {}) {
  const TestFolder folder;
  made.write(folder.path("wrfout"));
  Case configuration = two_hours({folder.path("wrfout")});
  if (edit) edit(configuration);
  return faults(configuration);
}

/// Weather in which one field is changed by a function of its values.
std::string faults_of(const std::string& field, const std::function<double(double)>& f) {
  MadeWeather made;
  made.change = [&](const std::string& name, int, std::vector<double>& values) {
    if (name == field) std::ranges::transform(values, values.begin(), f);
  };
  return faults(made);
}

#define EXPECT_SAYS(text, part) EXPECT_NE((text).find(part), std::string::npos) << (text)

TEST(BadWeather, CelsiusForKelvinIsRecognised) {
  const auto said = faults_of("T2", [](double k) { return k - 273.15; });
  EXPECT_SAYS(said, "wrfout: 2020-04-01T00:00:00Z: T2 is ");
  EXPECT_SAYS(said, "expected 180 to 340 K");
  EXPECT_SAYS(said, "It looks like degrees Celsius");
}

TEST(BadWeather, HectopascalForPascalIsRecognised) {
  EXPECT_SAYS(faults_of("PSFC", [](double p) { return p / 100.0; }), "PSFC is ");
  EXPECT_SAYS(faults_of("PSFC", [](double p) { return p / 100.0; }), "It looks like hPa: multiply by 100.");
  EXPECT_SAYS(faults_of("PB", [](double p) { return p / 100.0; }), "It looks like hPa");
}

TEST(BadWeather, GramPerKilogramIsRecognised) {
  EXPECT_SAYS(faults_of("QVAPOR", [](double q) { return 1000.0 * q; }),
              "It looks like g kg-1: divide by 1000.");
}

TEST(BadWeather, FullPotentialTemperatureForThePerturbationIsRefused) {
  EXPECT_SAYS(faults_of("T", [](double t) { return t + 300.0; }), "the temperature from T, P and PB is ");
}

TEST(BadWeather, WindsBeyondAnyStormAreRefused) {
  EXPECT_SAYS(faults_of("U", [](double u) { return 100.0 * u; }), "expected -150 to 150 m s-1");
}

TEST(BadWeather, MixingHeightsBeyondTheTroposphereAreRefused) {
  EXPECT_SAYS(faults_of("PBLH", [](double h) { return 10.0 * h; }),
              "PBLH is 8000 at [j=0][i=0]; expected 0 to 6000 m");
}

TEST(BadWeather, NaNIsNamedWithItsCell) {
  MadeWeather made;
  made.change = [](const std::string& name, int record, std::vector<double>& values) {
    // 12 columns, 10 rows: layer 2, row 3, column 4
    if (name == "QVAPOR" && record == 2)
      values[2 * 120 + 3 * 12 + 4] = std::numeric_limits<double>::quiet_NaN();
  };
  EXPECT_SAYS(faults(made), "2020-04-01T02:00:00Z: QVAPOR holds no number at [k=2][j=3][i=4]");
  // A window is counted in the file's cells too: that is where the fault is to be looked for.
  const TestFolder folder;
  made.write(folder.path("wrfout"));
  Case configuration = two_hours({folder.path("wrfout")});
  configuration.grid.window = {2, 1, 8, 8};
  EXPECT_SAYS(faults(configuration), "QVAPOR holds no number at [k=2][j=3][i=4]");
}

TEST(BadWeather, NaNBetweenTheEndsIsFoundBeforeTheFirstStep) {
  MadeWeather made;
  made.change = [](const std::string& name, int record, std::vector<double>& values) {
    if (name == "V" && record == 1) values[7] = std::numeric_limits<double>::quiet_NaN();
  };
  EXPECT_SAYS(faults(made), "2020-04-01T01:00:00Z: V holds no number at [k=0][j=0][i=7]");
}

TEST(BadWeather, SwappedAxesAreRecognised) {
  MadeWeather made;
  made.change = [&](const std::string& name, int record, std::vector<double>& values) {
    if (name != "XLAT" && name != "XLONG") return;
    (void)record;
    std::size_t n = 0;
    for (int j = 0; j < made.rows; ++j)
      for (int i = 0; i < made.columns; ++i)
        values[n++] = name == "XLAT" ? made.centre(j, i).longitude_deg : made.centre(j, i).latitude_deg;
  };
  EXPECT_SAYS(faults(made), "XLAT and XLONG look swapped");
}

TEST(BadWeather, ProjectionThatDoesNotFitTheCoordinatesIsRefusedWithCellAndDistance) {
  MadeWeather made;
  made.attributes["STAND_LON"] = 105.0;
  const auto said = faults(made);
  EXPECT_SAYS(said, "XLAT, XLONG at [j=");
  EXPECT_SAYS(said, "km from where MAP_PROJ");
}

TEST(BadWeather, SpacingThatDoesNotFitTheCoordinatesIsRefused) {
  MadeWeather made;
  made.attributes["DX"] = 4500.0;
  EXPECT_SAYS(faults(made), "The projection's attributes do not belong to these coordinates");
}

TEST(BadWeather, UnknownProjectionIsRefused) {
  MadeWeather made;
  made.attributes["MAP_PROJ"] = 4.0;
  EXPECT_SAYS(faults(made), "MAP_PROJ = 4 is not known; known are 1 (Lambert)");
}

TEST(BadWeather, RotatedLatitudeLongitudeIsRefused) {
  MadeWeather made;
  made.map_projection = 6;
  made.attributes["POLE_LAT"] = 40.0;
  EXPECT_SAYS(faults(made), "rotated grid");
}

TEST(BadWeather, MissingVariablesAreAllNamedWithWhatTheyAreFor) {
  MadeWeather made;
  made.without = {"QVAPOR", "PHB", "T2"};
  const auto said = faults(made);
  EXPECT_SAYS(said, "has no variable QVAPOR; it gives the humidity");
  EXPECT_SAYS(said, "has no variable PHB; it gives the height of the layers");
  EXPECT_SAYS(said, "has no variable T2; it gives the temperature at 2 m");
}

TEST(BadWeather, FileWithoutTimesIsRefused) {
  MadeWeather made;
  made.without = {"Times"};
  EXPECT_SAYS(faults(made), "has no variable Times");
}

TEST(BadWeather, MissingAttributeIsNamed) {
  MadeWeather made;
  made.without = {"DX"};
  EXPECT_SAYS(faults(made), "has no global attribute DX; it says how wide the cells are");
}

TEST(BadWeather, GapsInTimeAreListed) {
  const TestFolder folder;
  MadeWeather part;
  part.records = 2;
  part.write(folder.path("a"));  // 00, 01
  part.start = "2020-04-01T04:00:00Z";
  part.write(folder.path("b"));  // 04, 05
  Case configuration = two_hours({folder.path("?")});
  configuration.run.end = parse_utc("2020-04-01T05:00:00Z");
  const auto said = faults(configuration);
  EXPECT_SAYS(said, "2 are missing: 2020-04-01T02:00:00Z, 2020-04-01T03:00:00Z");
}

TEST(BadWeather, TimesThatDoNotReachAreRefusedWithBothRanges) {
  MadeWeather made;
  const auto said = faults(made, [](Case& c) { c.run.spin_up_h = 24.0; });
  EXPECT_SAYS(said,
              "weather.files cover 2020-04-01T00:00:00Z to 2020-04-01T02:00:00Z, but the case needs "
              "2020-03-31T00:00:00Z to 2020-04-01T02:00:00Z");
}

TEST(BadWeather, TheSameTimesInTwoFilesThatStartTogetherAreRefused) {
  const TestFolder folder;
  MadeWeather made;
  made.write(folder.path("a"));
  made.write(folder.path("b"));
  EXPECT_SAYS(faults(two_hours({folder.path("?")})),
              "which starts at the same time; name one of the two files");
}

TEST(BadWeather, TimeThatComesTwiceInAFileIsRefused) {
  MadeWeather made;
  made.interval_s = 0;
  EXPECT_SAYS(faults(made), "times must rise and none may come twice");
}

TEST(BadWeather, MissingFilesAreAMissingResource) {
  Problems problems;
  const Weather weather(two_hours({"/nowhere/wrfout_d01_*", "/nowhere/else"}), problems);
  ASSERT_EQ(problems.sentences().size(), 2U);
  EXPECT_SAYS(problems.sentences()[0], "weather.files: there is no file /nowhere/wrfout_d01_*");
  try {
    problems.throw_if_any();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::missing_resource);
  }
}

TEST(BadWeather, TruncatedFileIsRefused) {
  const TestFolder folder;
  MadeWeather().write(folder.path("wrfout"));
  std::filesystem::resize_file(folder.path("wrfout"), std::filesystem::file_size(folder.path("wrfout")) / 2);
  EXPECT_SAYS(faults(two_hours({folder.path("wrfout")})), "wrfout");
}

TEST(BadWeather, FilesOfTwoDomainsAreRefused) {
  const TestFolder folder;
  MadeWeather a, b;
  b.start = "2020-04-01T03:00:00Z";
  b.columns = 14;
  a.write(folder.path("a"));
  b.write(folder.path("b"));
  Case configuration = two_hours({folder.path("?")});
  configuration.run.end = parse_utc("2020-04-01T04:00:00Z");
  EXPECT_SAYS(faults(configuration),
              "has 14 x 10 cells, the first file 12 x 10; all files must be of one domain");
}

TEST(BadWeather, ModelTopAboveTheWeathersTopNamesTheHighestAllowed) {
  MadeWeather made;
  made.top_m = 5500.0;
  EXPECT_SAYS(faults(made), "the highest top allowed is 5500 m");
}

TEST(BadWeather, ModelTopInTheMountainsIsRefused) {
  MadeWeather made;
  made.hill_m = 3000.0;
  const auto said = faults(made, [](Case& c) { c.grid.layer_tops_m = {500.0, 3500.0}; });
  EXPECT_SAYS(said, "leaves less than 1000 m over the highest ground");
}

TEST(BadWeather, UnknownLandUseCategoryIsRefused) {
  EXPECT_SAYS(faults_of("LU_INDEX", [](double) { return 29.0; }),
              "LU_INDEX is 29 at [j=0][i=0], which is no category of the USGS table");
}

TEST(BadWeather, WindowOutsideTheWeatherIsRefused) {
  EXPECT_SAYS(faults(MadeWeather(),
                     [](Case& c) {
                       c.grid.window = {4, 0, 10, 10};
                     }),
              "grid.window = [4, 0, 10, 10] does not lie in the weather's 12 x 10 cells");
  EXPECT_SAYS(faults(MadeWeather(), [](Case& c) { c.grid.trim = 2; }), "at least 8 x 8 are needed");
}

TEST(BadWeather, LayersFromTheTopDownAreRefused) {
  MadeWeather made;
  made.change = [&](const std::string& name, int, std::vector<double>& values) {
    if (name == "PHB") std::ranges::reverse(values);
  };
  const std::string said = faults(made);
  EXPECT_SAYS(said, "PH + PHB do not rise with bottom_top_stag");
  EXPECT_EQ(said.find("grid.layer_tops_m"), std::string::npos) << said;  // the case is not at fault
}

TEST(BadWeather, ProjectionThatIsNoneIsNamedWithItsFile) {
  MadeWeather made;
  made.attributes = {{"TRUELAT1", 0.0}, {"TRUELAT2", 0.0}};
  EXPECT_SAYS(faults(made), "wrfout: MAP_PROJ, TRUELAT1, TRUELAT2 and STAND_LON make no map projection (");
}

TEST(BadWeather, RowsFromTheNorthAreRecognised) {
  MadeWeather made;
  made.change = [&](const std::string& name, int, std::vector<double>& values) {
    if (name == "XLAT") std::ranges::reverse(values);
  };
  EXPECT_SAYS(faults(made), "rows must run from south to north");
}

TEST(BadWeather, KeepsAGridForOtherReadersWhenOnlyValuesAreAtFault) {
  const TestFolder folder;
  MadeWeather made;
  made.change = [](const std::string& name, int, std::vector<double>& values) {
    if (name == "T2") std::ranges::fill(values, 15.0);
  };
  made.write(folder.path("wrfout"));
  Problems values, none;
  const Weather weather(two_hours({folder.path("wrfout")}), values);
  EXPECT_FALSE(values.empty());
  ASSERT_TRUE(weather.has_grid());
  EXPECT_EQ(weather.grid().columns(), made.columns);
  EXPECT_FALSE(Weather(two_hours({folder.path("nothing")}), none).has_grid());
}

TEST(BadWeather, AllFaultsOfOneStartAreListedTogether) {
  MadeWeather made;
  made.change = [](const std::string& name, int, std::vector<double>& values) {
    if (name == "T2") std::ranges::fill(values, 15.0);
    if (name == "UST") std::ranges::fill(values, -1.0);
  };
  const auto said = faults(made);
  EXPECT_SAYS(said, "T2 is 15");
  EXPECT_SAYS(said, "UST is -1");
}

}  // namespace
}  // namespace lantian
