#include "../../../src/weather/land_use.hpp"

#include <gtest/gtest.h>

#include <string>

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

}  // namespace
}  // namespace lantian
