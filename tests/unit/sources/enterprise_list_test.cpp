#include "enterprise_list.hpp"

#include "support/case_text.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

/// The stacks of a list; a fault fails the test.
std::vector<StackSource> stacks_of(const std::string& text, int year = 2020) {
  const TemporaryFolder folder;
  write_text(folder.file("list.csv"), text);
  Problems problems;
  std::vector<StackSource> stacks = read_enterprises(folder.file("list.csv"), year, problems);
  for (const std::string& sentence : problems.sentences()) ADD_FAILURE() << sentence;
  return stacks;
}

TEST(EnterpriseList, TakesDefaultsForEmptyCellsAndColumnsThatAreNotThere) {
  const std::vector<StackSource> stacks = stacks_of(
      "enterprise_id,longitude,latitude,sector,height_m,SO2_t_yr\nE1,120.3,36.2,power,,300\n"
      "E2,120.3,36.2,power,80,\n");
  ASSERT_EQ(stacks.size(), 2U);
  EXPECT_EQ(stacks[0].stack.height_m, 30.0);
  EXPECT_EQ(stacks[1].stack.height_m, 80.0);
  EXPECT_EQ(stacks[0].stack.diameter_m, 1.0);
  EXPECT_EQ(stacks[0].stack.exit_temperature_k, 400.0);
  EXPECT_EQ(stacks[0].stack.exit_velocity_m_s, 10.0);
  EXPECT_EQ(stacks[0].fugitive, 0.0);
  EXPECT_EQ(stacks[0].place.longitude_deg, 120.3);  // WGS84
  EXPECT_FALSE(stacks[1].t_yr.contains("SO2"));
}

TEST(EnterpriseList, TakesTheDefaultForATemperatureInCelsiusThatIsNotKnown) {
  const std::vector<StackSource> stacks = stacks_of(
      "enterprise_id,longitude,latitude,sector,temperature_c,SO2_t_yr\nE1,120.3,36.2,power,NA,300\n"
      "E2,120.3,36.2,power,126.85,300\n");
  EXPECT_DOUBLE_EQ(stacks.at(0).stack.exit_temperature_k, 400.0);
  EXPECT_DOUBLE_EQ(stacks.at(1).stack.exit_temperature_k, 400.0);
}

TEST(EnterpriseList, TakesTheHeightOfTheGroundWhereItIsGiven) {
  const std::vector<StackSource> stacks = stacks_of(
      "enterprise_id,longitude,latitude,sector,海拔高度（m）,SO2_t_yr\nE1,120.3,36.2,power,-12.5,300\n"
      "E2,120.3,36.2,power,,300\n");
  EXPECT_EQ(stacks.at(0).base_elevation_m, -12.5);
  EXPECT_FALSE(stacks.at(1).base_elevation_m.has_value());
}

TEST(EnterpriseList, CountsRatesOfADayOverTheDaysOfTheYear) {
  const std::string list =
      "enterprise_id,longitude,latitude,sector,VOC_kg_d,NOx_t_d,CO_kg_h,NH3_kg_yr\nE1,120,36,power,10,2,1,"
      "500\n";
  const StackSource leap = stacks_of(list, 2020).at(0), common = stacks_of(list, 2019).at(0);
  EXPECT_DOUBLE_EQ(leap.t_yr.at("VOC"), 3.66);
  EXPECT_DOUBLE_EQ(common.t_yr.at("VOC"), 3.65);
  EXPECT_DOUBLE_EQ(leap.t_yr.at("NOx"), 732.0);
  EXPECT_DOUBLE_EQ(common.t_yr.at("CO"), 8.76);
  EXPECT_DOUBLE_EQ(leap.t_yr.at("NH3"), 0.5);
}

TEST(EnterpriseList, ReadsChineseHeadersWithWideBrackets) {
  const StackSource stack =
      stacks_of(
          "企业编码,企业名称,经度,纬度,坐标系,排气筒高度（m）,烟气温度（℃）,行业,VOCs（吨/年）,颗粒物"
          "（吨/年）,PM2.5（吨/年）\n"
          "QD1,热电厂,120.3,36.2,GCJ02,120,57,power,12,30,20\n")
          .at(0);
  EXPECT_EQ(stack.enterprise_name, "热电厂");
  EXPECT_EQ(stack.stack.height_m, 120.0);
  EXPECT_DOUBLE_EQ(stack.stack.exit_temperature_k, 330.15);
  EXPECT_EQ(stack.t_yr.at("VOC"), 12.0);
  EXPECT_EQ(stack.t_yr.at("PMC"), 10.0);        // PM10 beyond PM2.5
  EXPECT_LT(stack.place.longitude_deg, 120.3);  // GCJ-02 shifts places of Qingdao to the east
}

}  // namespace
}  // namespace lantian
