#include "lantian/grid/layers.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace lantian {
namespace {

TEST(Layers, FollowTheTerrainBelowAFlatTop) {
  const Layers layers({100.0, 1000.0, 6000.0});
  EXPECT_EQ(layers.interface_above_ground_m(3, 0.0), 6000.0);
  EXPECT_EQ(layers.interface_above_ground_m(3, 600.0), 5400.0);  // top stays at 6000 m above the sea
  EXPECT_DOUBLE_EQ(layers.thickness_m(0, 600.0), 90.0);
}

TEST(Layers, RefuseTopsThatDoNotRise) {
  EXPECT_THROW(Layers({100.0, 100.0}), ConfigError);
  EXPECT_THROW(Layers({100.0, std::numeric_limits<double>::quiet_NaN()}), ConfigError);
  EXPECT_THROW(Layers({100.0}), ConfigError);
}

}  // namespace
}  // namespace lantian
