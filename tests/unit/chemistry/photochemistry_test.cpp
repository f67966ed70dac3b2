// The solver on the mechanisms that are shipped.
#include "support/mechanism_box.hpp"
#include "support/stiff_problems.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace {

using namespace lantian;
using namespace lantian::testing;
using mechanisms::grs;

MechanismBox<grs> urban_box(double cos_zenith) {
  return GrsProblem::box(cos_zenith);
}

SolverSettings usual() {
  SolverSettings settings;
  settings.relative_tolerance = 1.0e-3;
  settings.absolute_tolerance = 1.0e-6 * per_ppb;
  return settings;
}

template <class Method>
double observed_order() {
  // Ten minutes of relaxation first: the order is that of smooth solutions. Steps of a few seconds resolve
  // the radicals, whose life is 5 s here; with longer ones a stiff method shows a mixture of orders.
  auto relaxed = urban_box(0.8);
  SolverSettings tight = usual();
  tight.relative_tolerance = 1.0e-8;
  relaxed.integrate(600.0, tight);
  relaxed["NO"] += 2.0 * per_ppb;
  const auto after = [&relaxed](double step_s) {
    auto box = relaxed;
    SolverSettings fixed;
    fixed.fixed_step_s = step_s;
    box.template integrate<Method>(64.0, fixed);
    return box;
  };
  auto exact = after(0.0625);
  std::vector<double> errors;
  for (const double step_s : {2.0, 1.0, 0.5}) {
    auto box = after(step_s);
    double worst = 0.0;
    for (const char* name : {"O3", "NO", "NO2", "RP"})
      worst = std::max(worst, std::fabs(box[name] / exact[name] - 1.0));
    errors.push_back(worst);
  }
  return std::log2(errors.front() / errors.back()) / 2.0;
}

TEST(Photochemistry, Ros3WithFixedStepsIsOfThirdOrderOnGrs) {
  EXPECT_NEAR(observed_order<Ros3>(), 3.0, 0.2);
}

TEST(Photochemistry, Rodas3WithFixedStepsIsOfThirdOrderOnGrs) {
  EXPECT_NEAR(observed_order<Rodas3>(), 3.0, 0.2);
}

TEST(Photochemistry, UsualTolerancesGiveOzoneToFiveInTenThousand) {
  auto coarse = urban_box(0.7), fine = urban_box(0.7);
  SolverSettings tight = usual();
  tight.relative_tolerance = 1.0e-9;
  for (int n = 0; n < 12; ++n) {
    coarse.integrate(300.0, usual());
    fine.integrate(300.0, tight);
    EXPECT_NEAR(coarse["O3"] / fine["O3"], 1.0, 5.0e-4);  // ladder C2
    EXPECT_NEAR(coarse["NO2"] / fine["NO2"], 1.0, 1.0e-3);
  }
  EXPECT_GT(fine["O3"], 30.0 * per_ppb);  // an hour of sun on urban air makes ozone
}

/// Ozone [ppb] after six hours of sun on air with these amounts [ppbC, ppb].
double afternoon_ozone_ppb(double roc, double nox) {
  auto box = urban_box(0.7);
  box["ROC"] = roc * per_ppb;
  box["NO"] = 0.8 * nox * per_ppb;
  box["NO2"] = 0.2 * nox * per_ppb;
  for (int n = 0; n < 72; ++n) box.integrate(300.0, usual());
  return box["O3"] / per_ppb;
}

TEST(Photochemistry, CuttingNitrogenOxidesRaisesOzoneWhereOrganicsAreScarceAndLowersItWhereTheyAbound) {
  const double core = afternoon_ozone_ppb(100.0, 80.0), downwind = afternoon_ozone_ppb(400.0, 10.0);
  EXPECT_GT(afternoon_ozone_ppb(100.0, 56.0), core + 5.0);
  EXPECT_LT(afternoon_ozone_ppb(70.0, 80.0), core - 5.0);
  EXPECT_LT(afternoon_ozone_ppb(400.0, 7.0), downwind - 5.0);
  EXPECT_NEAR(afternoon_ozone_ppb(280.0, 10.0), downwind, 5.0);
}

TEST(Photochemistry, NitricOxideOzoneAndNitrogenDioxideReachTheClosedPhotostationaryState) {
  auto box = NoxO3Problem::box();
  for (int n = 0; n < 12; ++n) EXPECT_FALSE(box.integrate(300.0, usual()).has_failed);
  // With x = NO2: k (N - x)(X - x) = J x, N = NO + NO2, X = O3 + NO2 (Leighton 1961).
  const double nox = 27.0 * per_ppb, oxidant = 50.0 * per_ppb, ratio = box.k[0] / box.k[1];
  const double b = nox + oxidant + ratio;
  const double no2 = 2.0 * nox * oxidant / (b + std::sqrt(b * b - 4.0 * nox * oxidant));
  EXPECT_NEAR(box["NO2"] / no2, 1.0, 1.0e-10);
  EXPECT_NEAR(box["O3"] / (oxidant - no2), 1.0, 1.0e-10);
  EXPECT_NEAR(box["NO"] / (nox - no2), 1.0, 1.0e-10);
}

TEST(Photochemistry, NightWithFastTitrationKeepsNitrogenAndSulphur) {
  auto box = urban_box(-0.5);
  box["O3"] = 60.0 * per_ppb;
  box.source[MechanismBox<grs>::index("NO")] = 1.0e-4 * per_ppb;
  const double nitrogen = box.total(grs::nitrogen), sulphur = box.total(grs::sulphur);
  double shifted = 0.0, clipped = 0.0;
  for (int n = 0; n < 144; ++n) {
    if (n == 60) box.source = {};  // then NO decays towards nothing, where a method may step below zero
    const SolverOutcome outcome = box.integrate(300.0, usual());
    ASSERT_FALSE(outcome.has_failed);
    shifted += outcome.shifted[0];
    clipped += outcome.clipped[0];
    for (const double amount : box.c) ASSERT_GE(amount, 0.0);
  }
  const double emitted = 60 * 300.0 * 1.0e-4 * per_ppb;
  EXPECT_NEAR(box.total(grs::nitrogen) / (nitrogen + emitted), 1.0, 1.0e-12);
  EXPECT_NEAR(box.total(grs::sulphur) / sulphur, 1.0, 1.0e-12);
  EXPECT_LE(clipped, 1.0e-6 * per_ppb);
  EXPECT_LE(shifted, 1.0e-2 * nitrogen);
}

TEST(Photochemistry, NegativeAmountsAreLiftedWithinTheirFamily) {
  // Steps of 300 s without error control overshoot a titration that takes 15 s.
  auto box = urban_box(-0.5);
  box["O3"] = 200.0 * per_ppb;
  SolverSettings fixed;
  fixed.fixed_step_s = 300.0;
  const double nitrogen = box.total(grs::nitrogen);
  const SolverOutcome outcome = box.integrate(300.0, fixed);
  EXPECT_GT(outcome.shifted[0], 0.0);
  EXPECT_EQ(*std::ranges::min_element(box.c), 0.0);
  EXPECT_NEAR(box.total(grs::nitrogen) / nitrogen, 1.0, 1.0e-14);
}

/// Eight cells, one a lane: from night to noon, clean to polluted.
MechanismBox<grs, Lanes> mixed_block(const std::array<int, lane_count>& cell_of_lane) {
  MechanismBox<grs, Lanes> block;
  for (int lane = 0; lane < lane_count; ++lane) {
    const int cell = cell_of_lane.at(static_cast<std::size_t>(lane));
    auto box = urban_box(0.13 * cell - 0.2);
    box["NO"] *= 0.1 + cell;
    box["ROC"] *= 2.0 / (1.0 + cell);
    box.source[MechanismBox<grs>::index("NO")] = 1.0e-3 * cell * per_ppb;
    for (std::size_t s = 0; s < box.c.size(); ++s) {
      block.c[s][lane] = box.c[s];
      block.source[s][lane] = box.source[s];
    }
    for (std::size_t r = 0; r < box.k.size(); ++r) block.k[r][lane] = box.k[r];
  }
  return block;
}

TEST(Photochemistry, ACellsResultHasTheSameBitsInAnyCompany) {
  std::array<int, lane_count> straight{};
  for (int n = 0; n < lane_count; ++n) straight[static_cast<std::size_t>(n)] = n;
  auto reference = mixed_block(straight);
  reference.integrate(300.0, usual());
  std::mt19937 random(20200404);
  for (int trial = 0; trial < 30; ++trial) {
    std::array<int, lane_count> order = straight;
    if (trial < 20)
      std::ranges::shuffle(order, random);
    else
      for (int& cell : order) cell = static_cast<int>(random() % lane_count);  // some missing, some twice
    auto block = mixed_block(order);
    block.integrate(300.0, usual());
    for (std::size_t s = 0; s < block.c.size(); ++s)
      for (int lane = 0; lane < lane_count; ++lane)
        ASSERT_EQ(
            std::bit_cast<std::uint64_t>(double{block.c[s][lane]}),
            std::bit_cast<std::uint64_t>(double{reference.c[s][order.at(static_cast<std::size_t>(lane))]}))
            << grs::species[s];
  }
}

TEST(Photochemistry, ALaneIsTheScalarSolution) {
  std::array<int, lane_count> order = {0, 1, 2, 3, 4, 5, 6, 7};
  auto block = mixed_block(order);
  const auto start = block;
  block.integrate(300.0, usual());
  for (int lane = 0; lane < lane_count; ++lane) {
    MechanismBox<grs> box;
    for (std::size_t s = 0; s < box.c.size(); ++s) {
      box.c[s] = start.c[s][lane];
      box.source[s] = start.source[s][lane];
    }
    for (std::size_t r = 0; r < box.k.size(); ++r) box.k[r] = start.k[r][lane];
    box.integrate(300.0, usual());
    // Not bit by bit: compilers may order sums of scalars and of vectors differently.
    for (std::size_t s = 0; s < box.c.size(); ++s)
      EXPECT_NEAR(box.c[s], block.c[s][lane], 1.0e-10 * box.c[s] + 1.0e-10) << grs::species[s];
  }
}

TEST(Photochemistry, DerivativeOfOzoneToEmissionIsThatOfTheDiscreteSolution) {
  using Number = Dual<double, 1>;
  SolverSettings fixed;
  fixed.fixed_step_s = 20.0;  // the same steps for both sides of the difference quotient
  const auto ozone_after = [&fixed](double emission) {
    auto box = urban_box(0.8);
    box.source[MechanismBox<grs>::index("NO")] = emission;
    box.integrate(600.0, fixed);
    return box["O3"];
  };
  const double emission = 2.0e-3 * per_ppb, step = 1.0e-4 * emission;
  auto box = urban_box(0.8).as<Number>();
  box.source[MechanismBox<grs>::index("NO")] = Number::variable(emission);
  box.integrate(600.0, fixed);
  const double quotient = (ozone_after(emission + step) - ozone_after(emission - step)) / (2.0 * step);
  EXPECT_LT(quotient, 0.0);                                      // fresh NO eats ozone
  EXPECT_NEAR(box["O3"].derivative[0] / quotient, 1.0, 1.0e-6);  // rounding and curvature of the quotient
  EXPECT_NEAR(box["O3"].value / ozone_after(emission), 1.0, 1.0e-12);
}

TEST(Photochemistry, ARateThatIsNoNumberIsReportedAsFailure) {
  auto box = urban_box(0.5);
  box.k[3] = std::nan("");
  EXPECT_TRUE(box.integrate(300.0, usual()).has_failed);
}

TEST(Photolysis, NitrogenDioxideFollowsThePublishedFit) {
  const auto zenith = clear_sky_photolysis_per_s(1.0);
  // 1.165e-2 exp(-0.267), worked by hand.
  EXPECT_NEAR(zenith[static_cast<std::size_t>(Photolysis::NO2)], 8.9201e-3, 1.0e-6);
  const auto half = clear_sky_photolysis_per_s(0.5);
  EXPECT_NEAR(half[static_cast<std::size_t>(Photolysis::NO2)],
              1.165e-2 * std::pow(0.5, 0.244) * std::exp(-0.534), 1.0e-12);
}

TEST(Photolysis, EndsWhenTheSunIsDown) {
  for (const double rate : clear_sky_photolysis_per_s(0.0)) EXPECT_EQ(rate, 0.0);
  for (const double rate : clear_sky_photolysis_per_s(-0.7)) EXPECT_EQ(rate, 0.0);
}

TEST(Photolysis, CloudTakesPartOfIt) {
  EXPECT_EQ(cloud_photolysis_factor(0.0), 1.0);
  EXPECT_EQ(cloud_photolysis_factor(1.0), 0.5);
  EXPECT_GT(cloud_photolysis_factor(0.4), cloud_photolysis_factor(0.6));
}

}  // namespace
