#include "lantian/io/station_writer.hpp"

#include "support/temporary_folder.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

const std::vector<Station> stations = {{.name = "市南区东部", .district = "Shinan", .place = {120.41, 36.07}},
                                       {.name = "Laoshan", .district = "", .place = {120.46, 36.09}}};

void write_two_hours(const std::string& path) {
  StationWriter file(path, stations,
                     {{.name = "O3", .long_name = "ozone", .units = "ug m-3"},
                      {.name = "PM25", .long_name = "fine particles", .units = "ug m-3"}},
                     {{"case_name", "test"}});
  const UtcTime start = parse_utc("2020-03-30T16:00:00Z");
  for (int hour = 0; hour < 2; ++hour) {
    file.append_hour(start.plus_seconds(3600LL * hour), start.plus_seconds(3600LL * (hour + 1)));
    file.write("O3", {10.0 + hour, 20.0 + hour});
    file.write("PM25", {30.0 + hour, 40.0 + hour});
  }
  file.finish({{"budget_residual", "0"}});
}

TEST(StationWriter, GivesBackEveryStationAndHour) {
  const TemporaryFolder folder;
  write_two_hours(folder.file("receptors.nc"));
  const NetcdfReader file(folder.file("receptors.nc"));
  EXPECT_EQ(file.read_texts("station_name"), (std::vector<std::string>{"市南区东部", "Laoshan"}));
  EXPECT_EQ(file.read_texts("district"), (std::vector<std::string>{"Shinan", ""}));
  EXPECT_EQ(file.read("lon"), (std::vector<double>{120.41, 120.46}));
  EXPECT_EQ(file.read("O3"), (std::vector<double>{10.0, 20.0, 11.0, 21.0}));  // (time, station)
  EXPECT_EQ(file.read("PM25"), (std::vector<double>{30.0, 40.0, 31.0, 41.0}));
  const auto start = static_cast<double>(parse_utc("2020-03-30T16:00:00Z").unix_seconds());
  EXPECT_EQ(file.read("time"), (std::vector<double>{start + 3600.0, start + 7200.0}));
  EXPECT_EQ(file.text_attribute("", "budget_residual"), "0");
}

TEST(StationWriter, SaysThatItHoldsTimeSeriesAsCfDoes) {
  const TemporaryFolder folder;
  write_two_hours(folder.file("receptors.nc"));
  const NetcdfReader file(folder.file("receptors.nc"));
  EXPECT_EQ(file.text_attribute("", "featureType"), "timeSeries");
  EXPECT_EQ(file.text_attribute("", "Conventions"), "CF-1.8");
  EXPECT_EQ(file.text_attribute("station_name", "cf_role"), "timeseries_id");
  EXPECT_EQ(file.text_attribute("time", "bounds"), "time_bnds");
  EXPECT_EQ(file.text_attribute("O3", "coordinates"), "time lat lon station_name");
}

TEST(StationWriter, RefusesValuesThatAreNotOneAStation) {
  const TemporaryFolder folder;
  StationWriter file(folder.file("receptors.nc"), stations,
                     {{.name = "O3", .long_name = "ozone", .units = "ug m-3"}}, {});
  EXPECT_THROW(file.write("O3", {1.0, 2.0}), InternalError);  // no hour yet
  file.append_hour(parse_utc("2020-03-30T16:00:00Z"), parse_utc("2020-03-30T17:00:00Z"));
  EXPECT_THROW(file.write("O3", {1.0}), InternalError);
}

}  // namespace
}  // namespace lantian
