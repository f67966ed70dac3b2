#include "start.hpp"

#include <numbers>

namespace lantian {

namespace {

std::function<void(Start&)> scaled(const std::vector<std::string>& variables, double factor, double offset) {
  return [=](Start& start) {
    for (const std::string& one : variables) start.weather.scaled[one] = {factor, offset};
  };
}

constexpr double rad_per_deg = std::numbers::pi / 180.0;

std::vector<Row> coordinate_rows() {
  return {
      {"RadiansForDegrees", scaled({"XLAT", "XLONG"}, rad_per_deg, 0.0), 65,
       "wrfout.nc: XLAT, XLONG begin with 0.6297, 2.096: these seem to be radians; degrees are needed"},
      {"RadiansInTheInventory",
       [](Start& start) {
         start.inventory.first_longitude_deg *= rad_per_deg;
         start.inventory.first_latitude_deg *= rad_per_deg;
         start.inventory.spacing_deg *= rad_per_deg;
       },
       65,
       "inventory.nc: NOx: no cell touches the model grid; the file spans lon 2.092649773141201 to "
       "2.1066124071571557, lat 0.6265732014659643 to 0.6370451769779303, the grid's middle is lon 120.32, "
       "lat 36.21: these seem to be radians; degrees are needed\ninventory.nc: SO2: no cell touches the "
       "model grid; the file spans lon 2.092649773141201 to 2.1066124071571557, lat 0.6265732014659643 to "
       "0.6370451769779303, the grid's middle is lon 120.32, lat 36.21: these seem to be radians; degrees "
       "are needed"},
      {"RadiansInTheList", replaced(&Start::enterprises, "120.30,36.20", "2.0996,0.6318"), 65,
       "enterprises.csv:2: longitude 2.0996 and latitude 0.6318 seem to be radians: degrees are needed"},
      {"RadiansOfAReceptor", replaced(&Start::receptors, "120.32,36.18", "2.1000,0.6315"), 65,
       "receptors.csv:2: \"Shinan\" lies at 2.1, 0.6315: these seem to be radians; degrees are needed"},
  };
}

std::vector<Row> weather_value_rows() {
  return {
      {"GramsForKilogramsOfVapour", scaled({"QVAPOR"}, 1000.0, 0.0), 65,
       "wrfout.nc: 2020-03-30T11:00:00Z: QVAPOR is 5.83786 at [k=0][j=0][i=0]; expected -0.0001 to 0.1 kg "
       "kg-1 (the field runs from 0.0699266 to 5.83786). It looks like g kg-1: divide by 1000.\nwrfout.nc: "
       "2020-03-30T14:00:00Z: QVAPOR is 5.83786 at [k=0][j=0][i=0]; expected -0.0001 to 0.1 kg kg-1 (the "
       "field runs from 0.0699266 to 5.83786). It looks like g kg-1: divide by 1000."},
      {"WindInCentimetresASecond", scaled({"U", "V"}, 100.0, 0.0), 65,
       "wrfout.nc: 2020-03-30T11:00:00Z: U is 410.958 at [k=0][j=0][i=0]; expected -150 to 150 m s-1 (the "
       "field runs from 410.958 to 2180.83). It looks like cm s-1: divide by 100.\nwrfout.nc: "
       "2020-03-30T11:00:00Z: V is 153.012 at [k=3][j=0][i=0]; expected -150 to 150 m s-1 (the field runs "
       "from 102.74 to 545.207). It looks like cm s-1: divide by 100.\nwrfout.nc: 2020-03-30T14:00:00Z: U is "
       "410.958 at [k=0][j=0][i=0]; expected -150 to 150 m s-1 (the field runs from 410.958 to 2180.83). It "
       "looks like cm s-1: divide by 100.\nwrfout.nc: 2020-03-30T14:00:00Z: V is 153.012 at [k=3][j=0][i=0]; "
       "expected -150 to 150 m s-1 (the field runs from 102.74 to 545.207). It looks like cm s-1: divide by "
       "100."},
      {"WindInKilometresAnHour",
       [](Start& start) {
         for (const char* name : {"U", "V"}) {
           start.weather.scaled[name] = {3.6, 0.0};
           start.weather.units[name] = "km h-1";
         }
       },
       65,
       "wrfout.nc: U is in \"km h-1\"; \"m s-1\" is needed, in which WRF writes it\nwrfout.nc: V is in \"km "
       "h-1\"; \"m s-1\" is needed, in which WRF writes it"},
      {"PressureThatSaysItsUnit", [](Start& start) { start.weather.units["P"] = "hPa"; }, 65,
       R"(wrfout.nc: P is in "hPa"; "Pa" is needed, in which WRF writes it)"},
      {"MixingHeightInMillimetres", scaled({"PBLH"}, 1000.0, 0.0), 65,
       "wrfout.nc: 2020-03-30T11:00:00Z: PBLH is 250000 at [j=0][i=0]; expected 0 to 6000 m (the field runs "
       "from 250000 to 400000). It looks like mm: divide by 1000.\nwrfout.nc: 2020-03-30T14:00:00Z: PBLH is "
       "250000 at [j=0][i=0]; expected 0 "
       "to 6000 m (the field runs from 250000 to 400000). It looks like mm: divide by 1000."},
      {"LayersUpsideDown", scaled({"PHB"}, -1.0, 0.0), 65,
       "wrfout.nc: 2020-03-30T11:00:00Z: PH + PHB do not rise with bottom_top_stag; layers must be ordered "
       "from the ground up\nwrfout.nc: 2020-03-30T14:00:00Z: PH + PHB do not rise with bottom_top_stag; "
       "layers must be ordered from the ground up"},
      {"FillValueForWind", scaled({"V"}, 0.0, 1.0e20), 65,
       "wrfout.nc: 2020-03-30T11:00:00Z: V is 1e+20 at [k=0][j=0][i=0]; expected -150 to 150 m s-1 (the "
       "field runs from 1e+20 to 1e+20). It looks like a fill value: name it in the variable's _FillValue, "
       "and give every cell a value.\nwrfout.nc: 2020-03-30T14:00:00Z: V is 1e+20 at [k=0][j=0][i=0]; "
       "expected -150 to 150 m s-1 (the field runs from 1e+20 to 1e+20). It looks like a fill value: name it "
       "in the variable's _FillValue, and give every cell a value."},
  };
}

std::vector<Row> time_rows() {
  return {
      {"WeatherOfLocalTime", [](Start& start) { start.weather.start = from_civil(2020, 3, 30, 19); }, 65,
       "weather.files cover 2020-03-30T19:00:00Z to 2020-03-30T22:00:00Z, but the case needs "
       "2020-03-30T11:00:00Z to 2020-03-30T14:00:00Z (run.start less run.spin_up_h, to run.end); should "
       "their times be local time, 8 h ahead: WRF's are UTC"},
      {"LeapDayOfACommonYear",
       rewritten("wrfout.nc",
                 [](const std::string& content) {
                   return with(content, "2020-03-30_12:00:00", "2019-02-29_12:00:00");
                 }),
       65,
       "wrfout.nc: Times is \"2019-02-29_12:00:00\" at [Time=1]; a time such as 2020-03-30_16:00:00 is "
       "needed"},
      {"TimeOfOneRecordTwice",
       rewritten("wrfout.nc",
                 [](const std::string& content) {
                   return with(content, "2020-03-30_12:00:00", "2020-03-30_11:00:00");
                 }),
       65,
       "wrfout.nc: Times: 2020-03-30T11:00:00Z (record 1) follows 2020-03-30T11:00:00Z; times must rise and "
       "none may come twice\nweather.files cover 2020-03-30T11:00:00Z to 2020-03-30T11:00:00Z, but the case "
       "needs 2020-03-30T11:00:00Z to 2020-03-30T14:00:00Z (run.start less run.spin_up_h, to run.end)"},
      {"StackInCentimetres", replaced(&Start::enterprises, ",120,5,", ",12000,5,"), 65,
       "enterprises.csv:2: height_m: 12000 is out of range; allowed are 0 to 500 m; it looks like cm: divide "
       "by 100"},
  };
}

}  // namespace

std::vector<Row> unit_rows() {
  return joined({coordinate_rows(), weather_value_rows(), time_rows()});
}

}  // namespace lantian
