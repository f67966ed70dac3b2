#include "lantian/model/surface_air.hpp"

#include "support/made_air.hpp"

#include "lantian/base/constants.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace lantian {
namespace {

constexpr int columns = 9, rows = 8, layers = 3;

SpeciesTable species() {
  return SpeciesTable(
      {{.name = "O3", .molar_mass_g_mol = 47.998},
       {.name = "SO4", .molar_mass_g_mol = 96.0, .phase = Phase::particle, .deposits_as = "particle_fine"},
       {.name = "PPM25", .molar_mass_g_mol = 12.0, .phase = Phase::particle, .deposits_as = "particle_fine"},
       {.name = "PPMC",
        .molar_mass_g_mol = 12.0,
        .phase = Phase::particle,
        .deposits_as = "particle_coarse"}});
}

class SurfaceAir : public ::testing::Test {
 protected:
  std::size_t index(const std::string& name) const {
    const auto& all = mean_.quantities();
    const auto found = std::ranges::find(all, name, &SurfaceQuantity::name);
    return static_cast<std::size_t>(found - all.begin());
  }
  Tile tile_{.columns = columns, .rows = rows, .layers = layers, .grid_columns = columns, .grid_rows = rows};
  testing::MadeAir air_{columns, rows, layers};
  State state_ = air_.state(tile_, species(), [](int s, int, int, int) { return 1.0 + s; });
  HourlyMean mean_{tile_, state_.species, {0}};
};

TEST(GasConversion, IsThatOfTheStandardAt25Degrees) {
  // 47.998 g mol-1 over 8.314462618 * 298.15 / 101325 = 24.46541 L mol-1.
  EXPECT_NEAR(gas_ug_m3_per_ppb(47.998), 1.9619, 5.0e-5);
  EXPECT_NEAR(gas_ug_m3_per_ppb(46.0055), 1.8804, 5.0e-5);
  EXPECT_NEAR(gas_ug_m3_per_ppb(64.064), 2.6186, 5.0e-5);
}

TEST_F(SurfaceAir, NamesWhatIsReported) {
  std::vector<std::string> names;
  for (const SurfaceQuantity& one : mean_.quantities()) names.push_back(one.name);
  EXPECT_EQ(names, (std::vector<std::string>{"PM25", "PM10", "O3", "SO4", "PPM25", "PPMC"}));
}

TEST_F(SurfaceAir, CountsGasesAtReferenceConditionsWhateverTheAir) {
  mean_.add(state_, air_.surface, 300.0);
  const Array2<double> ozone = mean_.surface_ug_m3(index("O3"));
  for (const double value : ozone.values()) EXPECT_NEAR(value / gas_ug_m3_per_ppb(47.998), 1.0, 1.0e-15);
}

TEST_F(SurfaceAir, CountsParticlesInTheCellsOwnAir) {
  mean_.add(state_, air_.surface, 300.0);
  const Array2<double> sulphate = mean_.surface_ug_m3(index("SO4"));
  for (int j = 0; j < rows; ++j) {
    for (int i = 0; i < columns; ++i) {
      const double volume_m3 =
          air_.surface.cell_area_m2(j, i) * air_.surface.interface_above_ground_m(1, j, i);
      const double air_mol = air_.hour.begin.air_mass_kg(0, j, i) * 1000.0 / air_molar_mass_g_mol;
      EXPECT_NEAR(sulphate(j, i) / (2.0e-9 * air_mol * 96.0e6 / volume_m3), 1.0, 1.0e-14);
    }
  }
}

TEST_F(SurfaceAir, AddsTheFinePartsToPm25AndAllToPm10) {
  mean_.add(state_, air_.surface, 300.0);
  const auto value = [&](const char* name) { return mean_.surface_ug_m3(index(name))(3, 4); };
  EXPECT_NEAR(value("PM25"), value("SO4") + value("PPM25"), 1.0e-12 * value("PM25"));
  EXPECT_NEAR(value("PM10"), value("PM25") + value("PPMC"), 1.0e-12 * value("PM10"));
}

TEST_F(SurfaceAir, IsAMeanWeightedWithTime) {
  mean_.add(state_, air_.surface, 100.0);
  state_ = air_.state(tile_, species(), [](int, int, int, int) { return 5.0; });
  mean_.add(state_, air_.surface, 300.0);
  EXPECT_NEAR(mean_.surface_ug_m3(index("O3"))(0, 0), 4.0 * gas_ug_m3_per_ppb(47.998), 1.0e-13);
  EXPECT_NEAR(mean_.mean_3d_ppb(0)(2, 7, 8), 4.0, 1.0e-14);
  mean_.clear();
  mean_.add(state_, air_.surface, 300.0);
  EXPECT_NEAR(mean_.mean_3d_ppb(0)(2, 7, 8), 5.0, 1.0e-14) << "clear forgets what was before";
}

}  // namespace
}  // namespace lantian
