#include "inventory_units.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

constexpr int year = 0;  // a value that stands for the whole year

TEST(InventoryUnits, OfAYearAreThoseOfTheCalendar) {
  EXPECT_DOUBLE_EQ(inventory_conversion("t/yr", "NOx", 2020, year).factor, 1.0);
  EXPECT_DOUBLE_EQ(inventory_conversion("Gg yr-1", "NOx", 2019, year).factor, 1000.0);
  EXPECT_DOUBLE_EQ(inventory_conversion("kg m-2 s-1", "VOC", 2020, year).factor, 1.0e-3 * 86400.0 * 366.0);
  EXPECT_DOUBLE_EQ(inventory_conversion("kg m-2 s-1", "VOC", 2019, year).factor, 1.0e-3 * 86400.0 * 365.0);
}

TEST(InventoryUnits, OfAMonthCountItsDays) {
  EXPECT_DOUBLE_EQ(inventory_conversion("t/month", "SO2", 2020, 2).factor, 1.0);
  EXPECT_DOUBLE_EQ(inventory_conversion("kt/yr", "SO2", 2019, 0).factor, 1000.0);
  EXPECT_DOUBLE_EQ(inventory_conversion("Mg month-1", "SO2", 2019, 2).factor, 1.0);
  EXPECT_DOUBLE_EQ(inventory_conversion("kg m-2 s-1", "SO2", 2020, 2).factor, 1.0e-3 * 86400.0 * 29.0);
  EXPECT_DOUBLE_EQ(inventory_conversion("t/yr", "SO2", 2020, 2).factor, 29.0 / 366.0);
}

TEST(InventoryUnits, TellAreasFromCells) {
  EXPECT_TRUE(inventory_conversion("kg m-2 s-1", "CO", 2020, year).is_per_area);
  EXPECT_FALSE(inventory_conversion("kg s-1", "CO", 2020, year).is_per_area);
  const ToTonnes per_km2 = inventory_conversion("t km-2 yr-1", "CO", 2020, year);
  EXPECT_TRUE(per_km2.is_per_area);
  EXPECT_DOUBLE_EQ(per_km2.factor, 1.0e-6);  // of each m2
}

TEST(InventoryUnits, CountMolesOfNitrogenOxidesAsDioxide) {
  EXPECT_DOUBLE_EQ(inventory_conversion("mol s-1", "NOx", 2019, year).factor, 46.0055e-6 * 86400.0 * 365.0);
}

}  // namespace
}  // namespace lantian
