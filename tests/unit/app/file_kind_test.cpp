#include "file_kind.hpp"

#include "support/temporary_folder.hpp"
#include "support/tiny_wrf.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

using Lines = std::vector<std::string>;

FileKind kind_of_wrf(const TinyWrf& wrf) {
  const TemporaryFolder folder;
  write_tiny_wrf(folder.file("wrfout"), wrf);
  return kind_of(NetcdfReader(folder.file("wrfout")));
}

/// A file of 2 x 3 cells with the given variables and their units, on axes named `y` and `x`.
struct MadeFile {
  std::string y = "lat", x = "lon";
  std::vector<std::pair<std::string, std::string>> variables;
  std::vector<std::pair<std::string, std::size_t>> extra_dimensions{};
  std::map<std::string, std::string> texts{};  // global attributes
  std::map<std::string, double> numbers{};
};

FileKind kind_of_made(const MadeFile& made) {
  const TemporaryFolder folder;
  NetcdfWriter file(folder.file("made.nc"));
  file.dimension(made.y, 2);
  file.dimension(made.x, 3);
  std::vector<std::string> dimensions;
  for (const auto& [name, length] : made.extra_dimensions) {
    file.dimension(name, length);
    dimensions.push_back(name);
  }
  dimensions.insert(dimensions.end(), {made.y, made.x});
  file.variable(made.y, NetcdfWriter::Type::real64, {made.y});
  file.variable(made.x, NetcdfWriter::Type::real64, {made.x});
  for (const auto& [name, unit] : made.variables) {
    file.variable(name, NetcdfWriter::Type::real32, dimensions);
    if (!unit.empty()) file.attribute(name, "units", unit);
  }
  for (const auto& [name, text] : made.texts) file.attribute("", name, text);
  for (const auto& [name, number] : made.numbers) file.attribute("", name, number);
  file.finish();
  return kind_of(NetcdfReader(folder.file("made.nc")));
}

TEST(FileKind, KnowsWrfOutputAndItsTimes) {
  const FileKind kind = kind_of_wrf({});
  EXPECT_EQ(kind.what, "WRF output");
  EXPECT_EQ(kind.use, "weather.files");
  EXPECT_EQ(kind.missing, Lines{});
  EXPECT_EQ(kind.remarks, Lines{"4 times, 2020-03-30_12:00:00 to 2020-03-30_15:00:00"});
}

TEST(FileKind, SaysWhatOfWrfOutputIsMissingAndWhatIsReplaced) {
  TinyWrf wrf;
  wrf.without = {"QVAPOR", "PBLH", "LU_INDEX"};
  const FileKind kind = kind_of_wrf(wrf);
  EXPECT_EQ(kind.what, "WRF output");
  EXPECT_EQ(kind.missing, Lines{"QVAPOR, the humidity"});
  ASSERT_EQ(kind.remarks.size(), 3U);
  EXPECT_EQ(kind.remarks[0], "PBLH is absent; it will be taken from the bulk Richardson number");
  EXPECT_EQ(kind.remarks[1], "LU_INDEX is absent; it will be taken from the case key grid.land_use");
}

TEST(FileKind, KnowsWeatherOfItsOwnMaking) {
  TinyWrf wrf;
  wrf.attributes["LANTIAN_DIAGNOSED_WIND"] = 1.0;
  EXPECT_EQ(kind_of_wrf(wrf).what, "weather made by lantian diagnose");
}

TEST(FileKind, KnowsContributionsOfPlumesAndWhatDrawsThem) {
  const FileKind kind =
      kind_of_made({.y = "y", .x = "x", .variables = {{"source_id", ""}, {"SO2", "ug m-3"}}});
  EXPECT_EQ(kind.what, "contributions of sources, from lantian plume");
  EXPECT_EQ(kind.use, "scripts/plot_plume.py");
}

TEST(FileKind, TellsInputsOfWrfFromItsOutput) {
  const FileKind kind = kind_of_made({.variables = {{"XLAT_M", ""}, {"XLONG_M", ""}, {"PRES", "Pa"}}});
  EXPECT_EQ(kind.what, "met_em file of metgrid, an input of WRF");
  EXPECT_EQ(kind.use, "");
  EXPECT_EQ(kind.remarks, Lines{"run WRF with it; Lantian reads WRF's output (wrfout)"});
}

TEST(FileKind, KnowsAnalysesOnPressureLevels) {
  const FileKind kind = kind_of_made(
      {.variables = {{"u", "m s**-1"}, {"v", "m s**-1"}, {"t", "K"}}, .extra_dimensions = {{"level", 5}}});
  EXPECT_EQ(kind.what, "analysis on pressure levels");
  EXPECT_EQ(kind.use, "");
}

TEST(FileKind, KnowsFilesOfCmaq) {
  const MadeFile grid{.variables = {{"TFLAG", ""}, {"LAT", ""}, {"LON", ""}, {"MSFX2", ""}},
                      .numbers = {{"FTYPE", 1.0}}};
  EXPECT_EQ(kind_of_made(grid).what, "GRIDCRO2D file (I/O API): the grid of MCIP for CMAQ");
  const MadeFile emissions{.variables = {{"TFLAG", ""}, {"NO", "moles/s"}}, .numbers = {{"FTYPE", 1.0}}};
  EXPECT_EQ(kind_of_made(emissions).what, "I/O API file of CMAQ or SMOKE");
}

TEST(FileKind, WritesTheKeyOfAnInventory) {
  const FileKind kind =
      kind_of_made({.variables = {{"emi_nox", "kg m-2 s-1"}, {"emi_nmvoc", "t/yr"}, {"area", "m2"}}});
  EXPECT_EQ(kind.what, "gridded emission inventory");
  EXPECT_EQ(kind.use, "[[emissions.inventory]] file");
  EXPECT_EQ(kind.missing, Lines{});
  EXPECT_EQ(kind.remarks, Lines{"its key: variables = { NOx = \"emi_nox\", VOC = \"emi_nmvoc\" }"});
}

TEST(FileKind, TakesMegagramsForTonnesButNotMilligramsAsTheReaderDoes) {
  EXPECT_EQ(kind_of_made({.variables = {{"nox", "Mg/yr"}}}).missing, Lines{});
  EXPECT_EQ(kind_of_made({.variables = {{"nox", "kt/yr"}}}).missing, Lines{});
  EXPECT_EQ(kind_of_made({.variables = {{"nox", "mg/yr"}}}).missing,
            Lines{"a unit of nox that is known; \"mg/yr\" is not: set units in the case file"});
}

TEST(FileKind, SaysWhatAnInventoryLacks) {
  const FileKind kind = kind_of_made({.y = "row",
                                      .x = "column",
                                      .variables = {{"nox", "t yr-1 per cell"}},
                                      .extra_dimensions = {{"sector", 4}}});
  EXPECT_EQ(kind.missing,
            (Lines{"a unit of nox that is known; \"t yr-1 per cell\" is not: set units in the case file",
                   "a variable for each pollutant on two axes (times 12 months); nox also has sector",
                   "axes lon and lat, or x and y with a projection"}));
}

TEST(FileKind, KnowsAnInventoryWithoutUnitsByTheNamesOfPollutantsAndAsksForUnits) {
  const FileKind kind = kind_of_made({.variables = {{"nox_transport", ""}}});
  EXPECT_EQ(kind.what, "gridded emission inventory");
  EXPECT_EQ(kind.missing,
            Lines{"a unit of nox_transport that is known; \"\" is not: set units in the case file"});
}

TEST(FileKind, KnowsWhatACaseFileCanName) {
  EXPECT_EQ(kind_of_made({.variables = {{"population", "1"}}}).use, "receptors.population");
  EXPECT_EQ(kind_of_made({.variables = {{"district", ""}}}).use, "emissions.districts");
  EXPECT_EQ(kind_of_made({.variables = {{"terrain_m", "m"}, {"land_fraction", "1"}}}).use,
            "inputs.terrain of the file of lantian diagnose");
  EXPECT_EQ(kind_of_made({.variables = {{"O3", "ppb"}}}).use,
            "[[boundary.air]] file, with kind = \"netcdf\"");
  EXPECT_EQ(kind_of_made({.variables = {{"PM25", "ug m-3"}}, .texts = {{"source", "Lantian 0.1.0"}}}).what,
            "hourly fields from lantian run");
}

TEST(FileKind, SaysSoWhenItKnowsNothingOfAFile) {
  const FileKind kind = kind_of_made({.variables = {{"chlorophyll", "mg m-3 d-1"}}});
  EXPECT_EQ(kind.what, "a netCDF file of no kind that Lantian knows");
  EXPECT_EQ(kind.use, "");
}

}  // namespace
}  // namespace lantian
