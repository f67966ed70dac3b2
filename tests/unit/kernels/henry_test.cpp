#include "deposition/henry.hpp"

#include "deposition/wet_scavenging.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian {
namespace {

// Hand values: worked step by step from the formulas with double precision, apart from this code.
constexpr double hand = 1.0e-10;  // relative

constexpr SolubleGas sulphur_dioxide{{1.4, 2900.0}, {1.23e-2, 1960.0}, {6.61e-8, 1500.0}, {0.0, 0.0}, 1.9},
    ammonia{{61.0, 4200.0}, {0.0, 0.0}, {0.0, 0.0}, {1.75e-5, -450.0}, 1.0},
    nitric_acid{{2.1e5, 8700.0}, {15.4, 8700.0}, {0.0, 0.0}, {0.0, 0.0}, 1.9};
constexpr RainyAir rain{.temperature_k = 285.0,
                        .pressure_pa = 9.5e4,
                        .rain_kg_m2_s = 2.0 / 3600.0,
                        .thickness_m = 500.0,
                        .cloud_water_m3_m3 = 0.0};

void expect_close(double value, double expected) {
  EXPECT_NEAR(value / expected, 1.0, hand);
}

TEST(Henry, HasTheEffectiveConstantsWorkedByHand) {
  expect_close(effective_henry_m_atm(sulphur_dioxide, 285.0, 1.0e-5), 3685.830291605079);
  expect_close(effective_henry_m_atm(ammonia, 285.0, 1.0e-5), 5387511.735192304);
  expect_close(effective_henry_m_atm(nitric_acid, 285.0, 1.0e-5), 4777323500836.314);
}

TEST(Henry, DissolvesAcidsMoreAndBasesLessInLessAcidWater) {
  EXPECT_GT(effective_henry_m_atm(sulphur_dioxide, 285.0, 1.0e-6),
            5.0 * effective_henry_m_atm(sulphur_dioxide, 285.0, 1.0e-5));
  EXPECT_LT(effective_henry_m_atm(ammonia, 285.0, 1.0e-6),
            0.2 * effective_henry_m_atm(ammonia, 285.0, 1.0e-5));
}

TEST(Henry, HasTheExchangeWithRainWorkedByHand) {
  expect_close(transfer_rate_per_s(sulphur_dioxide, rain), 0.00014271737396163986);
  const RainExchange below = rain_exchange(sulphur_dioxide, rain);
  expect_close(below.exchanged, 0.7746561516661296);
  expect_close(below.rate_per_s, 7.419289108966504e-05);
  RainyAir cloud = rain;
  cloud.cloud_water_m3_m3 = 3.0e-7;
  expect_close(rain_exchange(sulphur_dioxide, cloud).rate_per_s, 9.048334028200314e-05);
}

TEST(Henry, LetsRainTakeAVerySolubleGasAsFastAsItReachesTheDropsAndKeepIt) {
  const RainExchange acid = rain_exchange(nitric_acid, rain);
  // half of what it exchanges is missing: 1 - exp(-x) = x (1 - x/2)
  EXPECT_NEAR(acid.rate_per_s / transfer_rate_per_s(nitric_acid, rain), 1.0, acid.exchanged);
  EXPECT_LT(acid.exchanged, 1.0e-8);
}

TEST(Henry, LeavesAirInEquilibriumWithItsRainAsItIs) {
  // Rain that enters with what the layer would give it in equilibrium, phi m dt, takes as much as it gives
  // back.
  const double dt_s = 300.0, amount = 7.0;
  const RainExchange exchange = rain_exchange(sulphur_dioxide, rain);
  const double balance_per_s = exchange.rate_per_s / exchange.exchanged;
  const WetLayer layer = wet_layer(exchange.rate_per_s, dt_s, 0.0, exchange.exchanged);
  expect_close(layer.left * amount + layer.returned * balance_per_s * amount * dt_s, amount);
}

TEST(Henry, CarriesNoMoreThanEquilibriumOutOfADeepColumn) {
  RainyAir deep = rain;
  for (deep.thickness_m = 10.0; deep.thickness_m < 1.0e6; deep.thickness_m *= 10.0) {
    const RainExchange exchange = rain_exchange(sulphur_dioxide, deep);
    const double ratio = water_air_ratio(effective_henry_m_atm(sulphur_dioxide, 285.0, rain_h_mol_l), 285.0);
    EXPECT_LE(exchange.rate_per_s, deep.rain_kg_m2_s * ratio / (1000.0 * deep.thickness_m) * (1.0 + 1.0e-14));
    EXPECT_LE(exchange.rate_per_s, transfer_rate_per_s(sulphur_dioxide, deep));
  }
}

}  // namespace
}  // namespace lantian
