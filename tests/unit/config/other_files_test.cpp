#include "faults_of.hpp"

#include "lantian/config/diagnose_case.hpp"
#include "lantian/config/station_rules.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

const std::string sound_weather = R"(output = "weather_{date}.nc"
[period]
start = 2020-03-30T00:00:00Z
end = 2020-03-30T02:00:00Z
[grid]
projection = "lambert"
columns = 10
rows = 10
layer_tops_m = [50, 500, 2000]
[inputs]
surface = "surface.csv"
terrain = "static.nc"
[sea_breeze]
days = ["2020-03-30"]
)";

std::string weather_faults(const std::string& old, const std::string& fresh) {
  return faults_of("weather.toml", with(sound_weather, old, fresh),
                   [](const std::string& path) { return read_diagnose_case(path); });
}

TEST(DiagnoseCase, IsReadWithTheSameCare) {
  EXPECT_EQ(weather_faults("2020-03-30T00", "2020-03-30T00"), "");
  EXPECT_EQ(weather_faults("surface = ", "surfaces = "),
            "weather.toml: inputs.surface: is missing: CSV of hourly surface records: station, longitude, "
            "latitude, "
            "time (UTC), temperature_c, relative_humidity_pct, wind_speed_m_s, wind_direction_deg, "
            "pressure_hpa (at "
            "sea level), cloud_fraction, rain_mm_h; optional surface (land | sea)\n"
            "weather.toml:11: inputs.surfaces: there is no such key. Did you mean \"surface\"?");
}

TEST(DiagnoseCase, ChecksKeysAgainstEachOther) {
  EXPECT_EQ(
      weather_faults("end = 2020-03-30T02", "end = 2020-03-29T02"),
      "weather.toml:4: period.end: 2020-03-29T02:00:00Z lies before period.start, 2020-03-30T00:00:00Z");
  EXPECT_EQ(weather_faults("T02:00", "T02:10"),
            "weather.toml:4: period.end: 2020-03-30T02:10:00Z is no whole hour");
  EXPECT_EQ(weather_faults("\"2020-03-30\"", "\"30 March\""),
            "weather.toml:14: sea_breeze.days: \"30 March\" is no date such as 2020-03-31");
  EXPECT_EQ(weather_faults("days = [\"2020-03-30\"]", "onset_h = 16"),
            "weather.toml: sea_breeze: onset_h 16, peak_h 15, end_h 20 must rise");
  EXPECT_EQ(weather_faults("[sea_breeze]", "[air]\nsea_layer_most_m = 30\n[sea_breeze]"),
            "weather.toml:14: air.sea_layer_most_m: 30 lies below air.sea_layer_least_m, 80");
}

const std::string sound_rules = R"(stamp = "end"
pm25_split = { PPM25 = 0.6, SO4 = 0.4 }
[[sector]]
name = "south"
azimuth_deg = 180
stations = ["Rizhao"]
)";

std::string rule_faults(const std::string& text) {
  return faults_of("rules.toml", text, [](const std::string& path) { return read_station_rules(path); });
}

TEST(StationRules, ReplaceTheDefaultSplit) {
  const TemporaryFolder folder;
  write_text(folder.file("rules.toml"), sound_rules);
  const StationRules rules = read_station_rules(folder.file("rules.toml"));
  EXPECT_EQ(rules.pm25_split, (std::map<std::string, double>{{"PPM25", 0.6}, {"SO4", 0.4}}));
  EXPECT_EQ(rules.sector.at(0).stations, std::vector<std::string>{"Rizhao"});
}

TEST(StationRules, MustShareOutAllOfTheParticles) {
  EXPECT_EQ(rule_faults(with(sound_rules, "0.4", "0.3")),
            "rules.toml:2: pm25_split: its shares add up to 0.8999999999999999; they must add up to 1");
}

TEST(StationRules, NeedADayThatEndsAfterItBegins) {
  EXPECT_EQ(rule_faults("day_begin_h = 18\nday_end_h = 11\n" + sound_rules),
            "rules.toml:2: day_end_h: 11 does not lie after day_begin_h, 18");
}

TEST(StationRules, NeedASector) {
  EXPECT_EQ(rule_faults("stamp = \"end\"\n"), "rules.toml: sector: at least one [[sector]] is needed");
  EXPECT_EQ(rule_faults(with(sound_rules, "azimuth_deg = 180", "azimuth_deg = 400")),
            "rules.toml:5: sector.0.azimuth_deg: 400 is out of range; allowed is 0 to 360 deg");
}

}  // namespace
}  // namespace lantian
