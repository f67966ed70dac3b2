#include "lantian/io/units.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

std::string fault_of(const std::string& from, const std::string& to) {
  try {
    static_cast<void>(unit_conversion(from, to));
  } catch (const DataError& error) {
    return error.what();
  }
  return "";
}

TEST(Units, ConvertByFactorAndOffset) {
  EXPECT_NEAR(unit_conversion("degC", "K")(20.0), 293.15, 1.0e-12);
  EXPECT_DOUBLE_EQ(unit_conversion("hPa", "Pa")(1013.25), 101325.0);
  EXPECT_DOUBLE_EQ(unit_conversion("kg m-2 s-1", "g/m2/s").factor, 1000.0);
  EXPECT_DOUBLE_EQ(unit_conversion("mg m-3", "ug m-3").factor, 1000.0);
  EXPECT_DOUBLE_EQ(unit_conversion(" m s-1 ", "km/h").factor, 3.6);
}

TEST(Units, OfDifferentKindsAreRefusedWithTheirSpelling) {
  EXPECT_TRUE(units_are_convertible("t day-1", "kg s-1"));
  EXPECT_FALSE(units_are_convertible("kg", "m"));
  EXPECT_EQ(fault_of("kg", "m"), "cannot convert the unit \"kg\" to \"m\"; they measure different things");
}

TEST(Units, ThatUdunitsDoesNotKnowAreNamed) {
  EXPECT_EQ(fault_of("smoots", "m"),
            "cannot convert the unit \"smoots\" to \"m\"; the first is no unit that UDUNITS knows");
  EXPECT_EQ(fault_of("Deg C", "K"), "cannot convert the unit \"Deg C\" to \"K\"; did you mean \"degC\"?");
}

}  // namespace
}  // namespace lantian
