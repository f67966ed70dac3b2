#include "../../../src/weather/land_use.hpp"

#include "made_weather.hpp"

#include "lantian/weather/weather.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian {
namespace {

std::string class_of(const std::string& table, int category) {
  const auto number = zhang_class(table, category);
  return number ? land_use_class(*number).name : "none";
}

TEST(LandUse, ReadsUsgsAndModisCategories) {
  EXPECT_EQ(class_of("USGS", 1), "urban");
  EXPECT_EQ(class_of("USGS", 7), "short_grass_forbs");
  EXPECT_EQ(class_of("USGS", 14), "evergreen_needleleaf");
  EXPECT_EQ(class_of("USGS", 16), "water");
  EXPECT_EQ(class_of("USGS", 24), "ice");
  EXPECT_EQ(class_of("USGS", 28), "inland_lake");
  EXPECT_EQ(class_of("USGS", 33), "urban");
  EXPECT_EQ(class_of("MODIS", 1), "evergreen_needleleaf");
  EXPECT_EQ(class_of("MODIS", 12), "crops");
  EXPECT_EQ(class_of("MODIS", 13), "urban");
  EXPECT_EQ(class_of("MODIS", 17), "water");
  EXPECT_EQ(class_of("MODIS", 21), "inland_lake");
  EXPECT_EQ(class_of("MODIS", 52), "urban");
}

TEST(LandUse, RefusesCategoriesThatTheTablesDoNotHave) {
  EXPECT_EQ(class_of("USGS", 0), "none");
  EXPECT_EQ(class_of("USGS", 29), "none");
  EXPECT_EQ(class_of("USGS", 34), "none");
  EXPECT_EQ(class_of("MODIS", 25), "none");
  EXPECT_EQ(class_of("SiB", 1), "none");
}

TEST(LandUse, KnowsTheTableByItsNameOrByTheNumberOfCategories) {
  EXPECT_EQ(land_use_table("USGS", 24), "USGS");
  EXPECT_EQ(land_use_table("MODIFIED_IGBP_MODIS_NOAH", 21), "MODIS");
  EXPECT_EQ(land_use_table("", 33), "USGS");
  EXPECT_EQ(land_use_table("", 20), "MODIS");
  EXPECT_EQ(land_use_table("OLD", 13), "");
}

TEST(LandUse, EveryClassHasANameAndARoughness) {
  for (int number = 1; number <= land_use_class_count; ++number) {
    EXPECT_EQ(land_use_number(land_use_class(number).name), number);
    EXPECT_GT(land_use_class(number).roughness_length_m, 0.0);
    EXPECT_LE(land_use_class(number).roughness_length_m, 2.5);
  }
  EXPECT_STREQ(land_use_class(land_use_urban).name, "urban");
  EXPECT_STREQ(land_use_class(land_use_water).name, "water");
  EXPECT_EQ(land_use_number("town"), std::nullopt);
}

Weather opened(const MadeWeather& made, const TestFolder& folder) {
  made.write(folder.path("wrfout"));
  Problems problems;
  Weather weather(two_hours({folder.path("wrfout")}), problems);
  problems.throw_if_any();
  return weather;
}

TEST(LandUse, TakesTheSharesOfSeveralClassesFromLandusefWhereTheFilesHaveIt) {
  const TestFolder folder;
  MadeWeather made;
  made.has_land_use_shares = true;
  const Weather weather = opened(made, folder);
  const auto& shares = weather.surface().land_use_share;
  for (int n = 1; n <= 26; ++n) {
    EXPECT_DOUBLE_EQ(shares(n - 1, 5, 7), n == 21 ? 0.25 : n == 15 ? 0.75 : 0.0) << n;  // town, crops
    EXPECT_EQ(shares(n - 1, 0, 0), n == 1 ? 1.0 : 0.0) << n;
  }
  const TestFolder other;
  EXPECT_TRUE(opened(MadeWeather(), other).surface().land_use_share.empty());
}

TEST(LandUse, RefusesSharesThatDoNotCoverTheirCell) {
  const auto fault_of = [](double factor) {
    MadeWeather made;
    made.has_land_use_shares = true;
    made.change = [&](const std::string& name, int, std::vector<double>& values) {
      if (name != "LANDUSEF") return;
      for (double& value : values) value *= factor;
    };
    const TestFolder folder;
    try {
      (void)opened(made, folder);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("taken");
  };
  EXPECT_NE(fault_of(0.9).find("LANDUSEF are 0.9 together at [j=0][i=0]; they must be 1"), std::string::npos)
      << fault_of(0.9);
  EXPECT_NE(fault_of(1.3).find("it must be 0 to 1"), std::string::npos) << fault_of(1.3);
  EXPECT_NE(fault_of(std::nan("")).find("LANDUSEF is nan"), std::string::npos);
}

TEST(LandUse, SnowLiesBetweenTheDepthsOfTheTimes) {
  const TestFolder folder, other;
  MadeWeather made;
  made.snow_m = 0.2;
  Weather weather = opened(made, folder), bare = opened(MadeWeather(), other);
  EXPECT_NEAR(weather.hour(parse_utc(made.start)).middle.snow_depth_m(4, 4), 0.3, 1.0e-7);  // of 0.2 and 0.4
  EXPECT_TRUE(bare.hour(parse_utc(made.start)).middle.snow_depth_m.empty());
}

}  // namespace
}  // namespace lantian
