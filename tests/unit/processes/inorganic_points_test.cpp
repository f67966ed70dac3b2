// Equilibria of tables of points, and the water table of the policy isorropia.
#include "lantian/processes/inorganic_points.hpp"

#include "aerosol/isorropia.hpp"
#include "support/temporary_folder.hpp"
#include "unit/aerosol/inorganic_air.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace lantian;
using Points = std::vector<InorganicTotals<double>>;
using Answer = InorganicEquilibrium<double>;

Points air_of_every_kind(std::size_t count) {
  InorganicAir air(11);
  Points points;
  for (std::size_t n = 0; n < count; ++n) points.push_back(air.next());
  return points;
}

bool has_equal_bits(const Answer& a, const Answer& b) {
  using Bits = std::array<std::uint64_t, sizeof(Answer) / sizeof(std::uint64_t)>;
  return std::bit_cast<Bits>(a) == std::bit_cast<Bits>(b);
}

TEST(InorganicPoints, AnswersDependNeitherOnNeighboursNorOnThreads) {
  Points points = air_of_every_kind(1003);
  omp_set_num_threads(1);
  const std::vector<Answer> alone = smooth_equilibria(points);
  omp_set_num_threads(3);
  const std::vector<Answer> shared = smooth_equilibria(points);
  std::reverse(points.begin(), points.end());
  std::vector<Answer> reversed = smooth_equilibria(points);
  std::reverse(reversed.begin(), reversed.end());
  for (std::size_t n = 0; n < points.size(); ++n) {
    ASSERT_TRUE(has_equal_bits(alone[n], shared[n])) << n;
    ASSERT_TRUE(has_equal_bits(alone[n], reversed[n])) << n;
  }
}

TEST(InorganicPoints, EightSideBySideAreTheEightAlone) {
  const Points points = air_of_every_kind(800);
  const std::vector<Answer> found = smooth_equilibria(points);
  for (std::size_t n = 0; n < points.size(); ++n) {
    const Answer expected = solved(points[n]).answer;
    ASSERT_NEAR(found[n].no3, expected.no3, 1.0e-9 * points[n].nitrate) << n;
    ASSERT_NEAR(found[n].nh4, expected.nh4, 1.0e-9 * points[n].ammonia) << n;
    ASSERT_NEAR(found[n].water_kg_m3, expected.water_kg_m3, 1.0e-8 * expected.water_kg_m3) << n;
  }
}

/// A water table made of the smooth fits: the reference's own is not shipped.
std::string made_table() {
  std::string text = "salt,a_w,molality_mol_per_kg\n";
  for (const char* salt : water_salt_names)
    for (int n = 1; n <= 100; ++n) {
      const double activity = std::clamp(0.01 * n, driest_fitted_humidity, most_humid_fitted);
      const auto water = water_per_mole_kg(activity);
      const std::string name = salt;
      Hydrate as = Hydrate::nh4_2so4;
      if (name == "NH4NO3") as = Hydrate::nh4no3;
      if (name == "NH4HSO4") as = Hydrate::nh4hso4;
      if (name == "NaNO3") as = Hydrate::nano3;
      if (name == "NaCl") as = Hydrate::nacl;
      if (name == "H2SO4") as = Hydrate::h2so4;
      text += name + "," + std::to_string(0.01 * n) + "," +
              std::to_string(1.0 / water[static_cast<std::size_t>(as)]) + "\n";
    }
  return text;
}

WaterTable table_of(const std::string& text) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("table.csv")) << text;
  return WaterTable::read(folder.file("table.csv"));
}

std::string fault_of(const std::string& text) {
  try {
    (void)table_of(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(IsorropiaPolicy, ChargesAndTotalsOfVolatileSpeciesBalance) {
  const WaterTable table = table_of(made_table());
  const Points points = air_of_every_kind(2000);
  const std::vector<Answer> answers = isorropia_equilibria(points, table);
  constexpr double floor = 1.0e-10 * (1.0 + 1.0e-12);  // of ammonia and chloride in the reference
  for (std::size_t n = 0; n < points.size(); ++n) {
    const Answer& e = answers[n];
    const double positive = e.h + e.nh4 + e.na + e.k + 2.0 * (e.mg + e.ca);
    const double negative = e.oh + e.no3 + e.cl + e.hso4 + 2.0 * e.so4;
    ASSERT_NEAR(positive, negative, 1.0e-10 * (positive + negative)) << n;
    ASSERT_NEAR(e.nitric_acid_gas + e.no3, points[n].nitrate, 1.0e-12 * points[n].nitrate + 1.0e-19) << n;
    ASSERT_NEAR(e.hydrochloric_acid_gas + e.cl, points[n].chloride, floor) << n;
  }
}

TEST(IsorropiaPolicy, AgreesWithTheSmoothOneWhereNitrateIsScarceAndAirHumid) {
  // Sulphate poor, no crustal cations, no dead band, whole per cent: both policies then hold the same
  // equations but for bisulphate, which is scarce.
  InorganicTotals<double> t{.temperature_k = 285.0, .relative_humidity = 0.80};
  t.sulphate = 1.0e-7;
  t.ammonia = 5.0e-7;
  t.nitrate = 1.5e-7;
  const Answer smooth = smooth_equilibria({t}).front();
  const Answer reference = isorropia_equilibria({t}, table_of(made_table())).front();
  EXPECT_NEAR(smooth.no3, reference.no3, 0.01 * t.nitrate);
  EXPECT_NEAR(smooth.nh4, reference.nh4, 0.01 * t.ammonia);
  EXPECT_NEAR(smooth.water_kg_m3, reference.water_kg_m3, 0.02 * reference.water_kg_m3);
}

TEST(IsorropiaPolicy, JumpsWhereTheSmoothOneDoesNot) {
  // Bisulphate is left out of the sulphate-poor solution: crossing a ratio of 2 changes what is solved.
  InorganicTotals<double> t{.temperature_k = 285.0, .relative_humidity = 0.50};
  t.sulphate = 1.0e-7;
  t.nitrate = 1.5e-7;
  InorganicTotals<double> below = t, above = t;
  below.ammonia = 2.0e-7 * (1.0 - 1.0e-7);
  above.ammonia = 2.0e-7 * (1.0 + 1.0e-7);
  const WaterTable table = table_of(made_table());
  const std::vector<Answer> reference = isorropia_equilibria({below, above}, table);
  const std::vector<Answer> smooth = smooth_equilibria({below, above});
  EXPECT_GT(std::fabs(reference[1].no3 - reference[0].no3), 1.0e-3 * t.nitrate);
  EXPECT_LT(std::fabs(smooth[1].no3 - smooth[0].no3), 1.0e-6 * t.nitrate);
}

TEST(WaterTable, NamesAnUnknownSaltAndItsLine) {
  EXPECT_NE(fault_of("salt,a_w,molality_mol_per_kg\nNaBr,0.5,3.0\n")
                .find("table.csv:2: salt: \"NaBr\" is not known"),
            std::string::npos);
}

TEST(WaterTable, RefusesOddActivitiesAndValuesWithoutMeaning) {
  const std::string header = "salt,a_w,molality_mol_per_kg\n";
  EXPECT_NE(fault_of(header + "NaCl,0.505,3.0\n").find(":2: a_w: found 0.505; 0.01, 0.02, ... 1.00"),
            std::string::npos);
  EXPECT_NE(fault_of(header + "NaCl,0.50,-3\n").find("found -3; a number above 0"), std::string::npos);
  EXPECT_NE(fault_of(header + "NaCl,0.50,3\nNaCl,0.50,3\n").find(":3: NaCl at a_w 0.50 comes twice"),
            std::string::npos);
}

TEST(WaterTable, TellsWhichSaltHasAGap) {
  std::string text = made_table();
  const std::size_t from = text.find("KCl,0.4");
  text.erase(from, text.find('\n', from) + 1 - from);
  EXPECT_NE(fault_of(text).find("KCl has no molality at a_w 0.40"), std::string::npos);
}

}  // namespace
