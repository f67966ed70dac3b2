// Rates of cloud drops differentiated by what the drops hold: acidity by the implicit function theorem, and
// the parcel that turns acid in a step.
#include "aerosol/cloud_oxidants.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace {

using namespace lantian;

constexpr std::size_t contents = 8, directions = contents + drop_oxidant_count;
constexpr double step_s = 300.0;

/// SO2, sulphate, ammonia, nitric acid, chloride, bases, iron, manganese [mol m-3], oxidants [molecule cm-3].
template <class T>
using Contents = std::array<T, directions>;

template <class T>
CloudDrops<T> drops_of(const Contents<T>& x, const CloudDrops<>& weather) {
  return {.temperature_k = weather.temperature_k,
          .pressure_pa = weather.pressure_pa,
          .cloud_water_g_m3 = weather.cloud_water_g_m3,
          .sulphur_dioxide = x[0],
          .sulphate = x[1],
          .ammonia = x[2],
          .nitric_acid = x[3],
          .chloride = x[4],
          .base = x[5],
          .iron = x[6],
          .manganese = x[7]};
}

template <class T>
CloudOxidation<T> rates_of(const Contents<T>& x, const CloudDrops<>& weather, NitrogenDioxideLaw law) {
  PerOxidant<T> oxidants{};
  std::copy(x.begin() + contents, x.end(), oxidants.begin());
  return cloud_oxidation_over(drops_of(x, weather), oxidants, step_s, law);
}

/// Rates of each oxidant and of metals, of the size of one.
template <class T>
std::vector<T> outputs(const CloudOxidation<T>& rates) {
  std::vector<T> all;
  for (const T& k : rates.oxidants_cm3_s) all.push_back(1.0e16 * k);
  all.push_back(1.0e5 * rates.metals_per_s);
  return all;
}

struct Cloud {
  CloudDrops<> weather;
  Contents<double> contents{};
};

/// Haze to clean air, warm and supercooled.
std::vector<Cloud> clouds() {
  std::mt19937_64 random(11);
  const auto between = [&](double least, double most) {
    return least * std::pow(most / least, static_cast<double>(random() >> 11U) * 0x1.0p-53);
  };
  std::vector<Cloud> all(40);
  for (Cloud& one : all) {
    one.weather.temperature_k = between(258.0, 298.0);
    one.weather.pressure_pa = between(6.0e4, 1.0e5);
    one.weather.cloud_water_g_m3 = between(0.05, 1.0);
    for (std::size_t n = 0; n < 6; ++n) one.contents[n] = between(1.0e-8, 3.0e-7);
    one.contents[4] *= 0.1;
    one.contents[6] = between(1.0e-11, 1.0e-9);
    one.contents[7] = between(1.0e-12, 1.0e-10);
    for (std::size_t n = contents; n < directions; ++n) one.contents[n] = between(1.0e9, 3.0e11);
  }
  return all;
}

constexpr std::array<NitrogenDioxideLaw, 3> laws = {NitrogenDioxideLaw::off, NitrogenDioxideLaw::constant,
                                                    NitrogenDioxideLaw::lee_schwartz};

/// A change of each content of a size with it, of either sign.
Contents<double> change_of(const Contents<double>& x) {
  Contents<double> change = x;
  for (std::size_t n = 0; n < x.size(); ++n) change[n] *= std::cos(1.0 + 2.0 * static_cast<double>(n));
  return change;
}
Contents<double> moved(Contents<double> x, const Contents<double>& by, double size) {
  for (std::size_t n = 0; n < x.size(); ++n) x[n] += size * by[n];
  return x;
}
Contents<Dual<double, 1>> along(const Contents<double>& x, const Contents<double>& change) {
  Contents<Dual<double, 1>> all{};
  for (std::size_t n = 0; n < x.size(); ++n) {
    all[n] = x[n];
    all[n].derivative[0] = change[n];
  }
  return all;
}

TEST(CloudDerivative, AcidityChangesByTheImplicitFunctionAsItsDifferenceQuotient) {
  for (const Cloud& cloud : clouds()) {
    const Contents<double> change = change_of(cloud.contents);
    const DropConstants k(cloud.weather.temperature_k);
    const auto log_hydrogen = [&](double size) {
      return std::log(drop_hydrogen_mol_l(drops_of(moved(cloud.contents, change, size), cloud.weather), k));
    };
    const auto at = drop_hydrogen_mol_l(drops_of(along(cloud.contents, change), cloud.weather), k);
    constexpr double h = 1.0e-4;
    const double quotient =
        (8.0 * (log_hydrogen(h) - log_hydrogen(-h)) - log_hydrogen(2.0 * h) + log_hydrogen(-2.0 * h)) /
        (12.0 * h);
    EXPECT_EQ(at.value, drop_hydrogen_mol_l(drops_of(cloud.contents, cloud.weather), k));
    // the root is found to 1e-12 of ln h, the quotient to that over h
    EXPECT_NEAR(at.derivative[0] / at.value, quotient, 1.0e-8 + 1.0e-7 * std::fabs(quotient));
  }
}

TEST(CloudDerivative, TheNeutralityOfDropsHoldsAlongEveryDirection) {
  for (const Cloud& cloud : clouds()) {
    Contents<Dual<double, directions>> x{};
    for (std::size_t n = 0; n < directions; ++n)
      x[n] = Dual<double, directions>::variable(cloud.contents[n], n);
    const DropConstants k(cloud.weather.temperature_k);
    const auto drops = drops_of(x, cloud.weather);
    const auto h = drop_hydrogen_mol_l(drops, k);
    const auto charge = drop_charge(drops, k, h.value);
    for (std::size_t n = 0; n < directions; ++n)
      EXPECT_NEAR(charge.mol_l.derivative[n] + charge.slope_mol_l.value * h.derivative[n] / h.value, 0.0,
                  1.0e-13 * std::fabs(charge.mol_l.derivative[n]));
  }
}

TEST(CloudDerivative, AcidityAtTheLimitsOfPhDoesNotChange) {
  Cloud alkaline = clouds().front();
  alkaline.contents = {};
  alkaline.contents[5] = 1.0e-4;  // bases alone
  const DropConstants k(alkaline.weather.temperature_k);
  const auto h =
      drop_hydrogen_mol_l(drops_of(along(alkaline.contents, alkaline.contents), alkaline.weather), k);
  EXPECT_NEAR(h.value / least_hydrogen_mol_l, 1.0, 1.0e-9);
  EXPECT_EQ(h.derivative[0], 0.0);
}

TEST(CloudDerivative, RatesOfAStepLeaveARemainderThatFallsWithTheSquareOfTheChange) {
  int compared = 0, all = 0;
  for (const Cloud& cloud : clouds())
    for (const NitrogenDioxideLaw law : laws) {
      const Contents<double> change = change_of(cloud.contents);
      const auto tangent = outputs(rates_of(along(cloud.contents, change), cloud.weather, law));
      const auto here = outputs(rates_of(cloud.contents, cloud.weather, law));
      const auto remainder = [&](double h) {
        const auto there = outputs(rates_of(moved(cloud.contents, change, h), cloud.weather, law));
        std::vector<double> left;
        for (std::size_t n = 0; n < here.size(); ++n)
          left.push_back(std::fabs(there[n] - here[n] - h * tangent[n].derivative[0]));
        return left;
      };
      const auto large = remainder(1.0e-3), middle = remainder(1.0e-4), small = remainder(1.0e-5);
      for (std::size_t n = 0; n < here.size(); ++n) {
        EXPECT_EQ(tangent[n].value, here[n]);
        if (here[n] == 0.0) continue;  // the reaction is off
        ++all;
        // Where two laws cross, or all SO2 is used up within the step, the rate has a kink.
        const double smallest = 1.0e-11 * std::fabs(here[n]);
        if (middle[n] < smallest) continue;
        const double first = std::log10(large[n] / middle[n]), second = std::log10(middle[n] / small[n]);
        if (std::fabs(first - 2.0) < 0.1 && (small[n] < smallest || std::fabs(second - 2.0) < 0.1))
          ++compared;
      }
    }
  EXPECT_GT(compared, 9 * all / 10) << compared << " of " << all;
}

TEST(CloudDerivative, AllDirectionsTogetherAreEachByItself) {
  for (const Cloud& cloud : clouds()) {
    Contents<Dual<double, directions>> x{};
    for (std::size_t n = 0; n < directions; ++n)
      x[n] = Dual<double, directions>::variable(cloud.contents[n], n);
    const Contents<double> change = change_of(cloud.contents);
    const auto together = outputs(rates_of(x, cloud.weather, NitrogenDioxideLaw::lee_schwartz));
    const auto one =
        outputs(rates_of(along(cloud.contents, change), cloud.weather, NitrogenDioxideLaw::lee_schwartz));
    for (std::size_t m = 0; m < one.size(); ++m) {
      double sum = 0.0, size = 0.0;
      for (std::size_t n = 0; n < directions; ++n) {
        sum += together[m].derivative[n] * change[n];
        size += std::fabs(together[m].derivative[n] * change[n]);
      }
      // Where oxidants exceed SO2, what is left of it is a small difference: 9e-12 measured.
      EXPECT_NEAR(sum, one[m].derivative[0], 2.0e-11 * size);
    }
  }
}

TEST(CloudDerivative, DropsWithoutSulphateHaveFiniteSlopes) {
  Cloud cloud = clouds().front();
  cloud.contents[1] = 0.0;
  Contents<double> change{};
  change[1] = 1.0e-9;
  for (const auto& rate :
       outputs(rates_of(along(cloud.contents, change), cloud.weather, NitrogenDioxideLaw::constant)))
    EXPECT_TRUE(std::isfinite(rate.derivative[0]));
}

}  // namespace
