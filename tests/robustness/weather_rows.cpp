#include "start.hpp"

#include <filesystem>

namespace lantian {

namespace {

std::function<void(Start&)> without(const std::string& variable) {
  return [=](Start& start) { start.weather.without.insert(variable); };
}

std::function<void(Start&)> scaled(const std::string& variable, double factor, double offset) {
  return [=](Start& start) { start.weather.scaled[variable] = {factor, offset}; };
}

std::function<void(Start&)> with_attribute(const std::string& name, double value) {
  return [=](Start& start) { start.weather.attributes[name] = value; };
}

/// A met_em file in place of WRF's output, as far as it takes to know one.
void write_input_of_wrf(const std::string& folder) {
  NetcdfWriter file(folder + "/wrfout.nc");
  file.dimension("Time", 1);
  file.dimension("DateStrLen", 19);
  file.dimension("south_north", 10);
  file.dimension("west_east", 12);
  file.variable("Times", NetcdfWriter::Type::text, {"Time", "DateStrLen"});
  for (const char* name : {"XLAT_M", "XLONG_M"})
    file.variable(name, NetcdfWriter::Type::real32, {"Time", "south_north", "west_east"});
  file.write_text("Times", {0, 0}, "2020-03-30_11:00:00");
  file.finish();
}

std::vector<Row> content_rows() {
  return {
      {"MissingFile", replaced(&Start::case_text, "wrfout.nc", "wrfout_d01_*"), 69,
       "weather.files: there is no file wrfout_d01_*"},
      {"MissingVariable", without("QVAPOR"), 65, "wrfout.nc: has no variable QVAPOR; it gives the humidity"},
      {"MissingPositions", without("XLAT"), 65,
       "wrfout.nc: has no variable XLAT; it places the grid on the map"},
      {"CelsiusForKelvin", scaled("T2", 1.0, -273.15), 65,
       "wrfout.nc: 2020-03-30T11:00:00Z: T2 is 14.987 at [j=0][i=0]; expected 180 to 340 K (the field runs "
       "from 14.987 to 14.987). It looks like degrees Celsius: add 273.15.\nwrfout.nc: 2020-03-30T14:00:00Z: "
       "T2 is 14.987 at [j=0][i=0]; expected 180 to 340 K (the field runs from 14.987 to 14.987). It looks "
       "like degrees Celsius: add 273.15."},
      {"HectopascalForPascal", scaled("PSFC", 0.01, 0.0), 65,
       "wrfout.nc: 2020-03-30T11:00:00Z: PSFC is 1013.25 at [j=0][i=0]; expected 30000 to 110000 Pa (the "
       "field runs from 1013.25 to 1013.25). It looks like hPa: multiply by 100.\nwrfout.nc: "
       "2020-03-30T14:00:00Z: PSFC is 1013.25 at [j=0][i=0]; expected 30000 to 110000 Pa (the field runs "
       "from 1013.25 to 1013.25). It looks like hPa: multiply by 100."},
  };
}

std::vector<Row> axis_rows() {
  return {
      {"SwappedPositions", [](Start& start) { start.weather.swaps_longitude_and_latitude = true; }, 65,
       "wrfout.nc: XLAT and XLONG look swapped: XLAT begins with 120.1118, XLONG with 36.0763; latitude runs "
       "from -90 to 90 and rises with south_north"},
      {"UnknownProjection", with_attribute("MAP_PROJ", 9.0), 65,
       "wrfout.nc: MAP_PROJ = 9 is not known; known are 1 (Lambert), 2 (polar stereographic), 3 (Mercator), "
       "6 (latitude-longitude)"},
      {"WrongProjection", with_attribute("STAND_LON", 90.0), 65,
       "wrfout.nc: XLAT, XLONG at [j=9][i=11] lie 15.88 km from where MAP_PROJ, TRUELAT1/2, STAND_LON and "
       "DX, DY place that cell from the first one; at most 0.03 km are allowed. The projection's attributes "
       "do not belong to these coordinates (+proj=lcc +lat_1=30 +lat_2=60 +lat_0=36.2 +lon_0=90 +R=6370000 "
       "+units=m +no_defs)."},
      {"SwappedAxesOfASquareGrid",
       [](Start& start) {
         start.weather.columns = start.weather.rows = 12;
         start.weather.transposed.insert("T");
       },
       65,
       "wrfout.nc: T has the axes Time, bottom_top, west_east, south_north; expected Time, bottom_top, "
       "south_north, west_east in this order"},
      {"InputOfWrfForItsOutput", [](Start& start) { start.after_writing = write_input_of_wrf; }, 65,
       "wrfout.nc: is an input of WRF (met_em of metgrid or geo_em of geogrid), not its output; run WRF with "
       "it and name its wrfout files in weather.files"},
  };
}

std::vector<Row> hour_rows() {
  return {
      {"AnalysisForWrf", without("Times"), 65,
       "wrfout.nc: has no variable Times (nor XTIME with units \"minutes since ...\"); is it WRF output? "
       "Times says which hours the file holds."},
      {"UnwrittenTimes",
       rewritten("wrfout.nc",
                 [](const std::string& content) {
                   return with(content, "2020-03-30_12:00:00", std::string(19, '\0'));
                 }),
       65, "wrfout.nc: Times is \"\" at [Time=1]; a time such as 2020-03-30_16:00:00 is needed"},
      {"SpinUpNotCovered", replaced(&Start::case_text, "spin_up_h = 1", "spin_up_h = 24"), 65,
       "weather.files cover 2020-03-30T11:00:00Z to 2020-03-30T14:00:00Z, but the case needs "
       "2020-03-29T12:00:00Z to 2020-03-30T14:00:00Z (run.start less run.spin_up_h, to run.end)"},
      {"GapInTime",
       [](Start& start) {
         start.weather.missing_records.insert(1);
         start.weather.records = 8;
       },
       65, "weather.files: of the times every 1 h, 1 are missing: 2020-03-30T12:00:00Z"},
      {"TooShort", [](Start& start) { start.weather.records = 2; }, 65,
       "weather.files cover 2020-03-30T11:00:00Z to 2020-03-30T12:00:00Z, but the case needs "
       "2020-03-30T11:00:00Z to 2020-03-30T14:00:00Z (run.start less run.spin_up_h, to run.end)"},
  };
}

std::vector<Row> file_rows() {
  return {
      {"NotANumber", [](Start& start) { start.weather.with_nan.insert("U"); }, 65,
       "wrfout.nc: 2020-03-30T11:00:00Z: U holds no number at [k=0][j=0][i=0] (NaN or fill value); every "
       "cell needs one.\nwrfout.nc: 2020-03-30T14:00:00Z: U holds no number at [k=0][j=0][i=0] (NaN or fill "
       "value); every cell needs one."},
      {"CutFile",
       rewritten("wrfout.nc",
                 [](const std::string& content) { return content.substr(0, content.size() / 2); }),
       65, "wrfout.nc: cut short or damaged: NetCDF: HDF error; copy it again"},
      {"HeaderOfMoreVariablesThanTheFileHolds",
       [](Start& start) {
         start.inventory.format = NetcdfWriter::Format::classic;
         rewritten("inventory.nc", [](std::string content) {
           const std::string mark_of_variables = {0, 0, 0, 0x0b, 0, 0, 0};
           content.at(content.find(mark_of_variables) + 4) = 0x10;
           return content;
         })(start);
       },
       65,
       "inventory.nc: cut short or damaged: its header speaks of 268435460 variables, more than the file has "
       "bytes for; copy it again"},
      {"FileThatHangsTheLibrary",
       [](Start& start) {
         start.arguments.emplace_back("--safe-read");
         rewritten("inventory.nc", [](std::string content) {
           content.at(content.find("GCOL") + 16) = 0;  // the first object of HDF5's heap is free space
           return content;
         })(start);
       },
       65, "inventory.nc: cut short or damaged: reading it takes longer than 10 s; copy it again"},
      {"EmptyFile", rewritten("wrfout.nc", [](const std::string&) { return ""; }), 65,
       "wrfout.nc: cut short or damaged: it is empty; copy it again"},
      {"TextForNetcdf",
       rewritten("wrfout.nc", [](const std::string&) { return "<html>404 not found</html>"; }), 65,
       "wrfout.nc: is not netCDF (NetCDF: Unknown file format)"},
      {"WindowBeyondTheGrid", replaced(&Start::case_text, "[grid]", "[grid]\nwindow = [4, 1, 10, 8]"), 65,
       "grid.window = [4, 1, 10, 8] does not lie in the weather's 12 x 10 cells (grid.trim = 0)"},
      {"TimesTwice",
       [](Start& start) {
         start.case_text = with(start.case_text, R"(["wrfout.nc"])", R"(["wrfout.nc", "copy.nc"])");
         start.after_writing = [](const std::string& folder) {
           std::filesystem::copy_file(folder + "/wrfout.nc", folder + "/copy.nc");
         };
       },
       65,
       "copy.nc: 2020-03-30T11:00:00Z also stands in wrfout.nc, which starts at the same time; name one of "
       "the two files\ncopy.nc: 2020-03-30T12:00:00Z also stands in wrfout.nc, which starts at the same "
       "time; name one of the two files\ncopy.nc: 2020-03-30T13:00:00Z also stands in wrfout.nc, which "
       "starts at the same time; name one of the two files\ncopy.nc: 2020-03-30T14:00:00Z also stands in "
       "wrfout.nc, which starts at the same time; name one of the two files"},
  };
}

}  // namespace

std::vector<Row> weather_rows() {
  return joined({content_rows(), axis_rows(), hour_rows(), file_rows()});
}

}  // namespace lantian
