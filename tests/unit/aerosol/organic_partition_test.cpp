// Organics between gas and particle: the equilibrium holds, limits, derivatives.
#include "aerosol/organic_partition.hpp"

#include "lantian/base/dual.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

using namespace lantian;

Condensables<> saturation_at(double temperature_k) {
  Condensables<> all{};
  for (std::size_t i = 0; i < condensable_count; ++i)
    all[i] = saturation_ug_m3(condensables[i], temperature_k);
  return all;
}

std::vector<OrganicTotals<>> many_totals() {
  std::vector<OrganicTotals<>> all;
  for (const double scale : {0.0, 1.0e-3, 0.1, 1.0, 30.0, 1000.0})
    for (const double absorbing : {0.0, 0.01, 2.0, 80.0})
      all.push_back({{1.3 * scale, 0.4 * scale, 0.9 * scale, 0.2 * scale}, absorbing});
  return all;
}

TEST(OrganicPartition, MassOfParticlesIsTheSumOfWhatAbsorbsAndWhatHasCondensed) {
  for (const double temperature_k : {255.0, 285.0, 310.0})
    for (const OrganicTotals<>& totals : many_totals()) {
      const Condensables<> saturation = saturation_at(temperature_k);
      const double mass = organic_particle_mass(totals, saturation);
      const Condensables<> shares = particle_shares(mass, saturation);
      double sum = totals.absorbing + 1.0e-3;
      for (std::size_t i = 0; i < condensable_count; ++i) {
        EXPECT_GE(shares[i], 0.0);
        EXPECT_LE(shares[i], 1.0);
        sum += shares[i] * totals.condensable[i];
      }
      EXPECT_NEAR(sum, mass, 1.0e-13 * mass);
    }
}

TEST(OrganicPartition, ColdAndMoreAbsorbingMassCondenseMore) {
  const OrganicTotals<> little{{1.0, 1.0, 1.0, 1.0}, 1.0}, much{{1.0, 1.0, 1.0, 1.0}, 20.0};
  const auto share = [](const OrganicTotals<>& totals, double temperature_k, std::size_t i) {
    const Condensables<> saturation = saturation_at(temperature_k);
    return particle_shares(organic_particle_mass(totals, saturation), saturation)[i];
  };
  for (std::size_t i = 0; i < condensable_count; ++i) {
    EXPECT_GT(share(little, 270.0, i), share(little, 300.0, i));
    EXPECT_GT(share(much, 290.0, i), share(little, 290.0, i));
  }
  EXPECT_GT(share(little, 300.0, 1), share(little, 300.0, 0));  // the less volatile one
}

TEST(OrganicPartition, SaturationIsThatOfTheTableAt300KelvinAndFollowsClausiusAndClapeyron) {
  EXPECT_DOUBLE_EQ(saturation_ug_m3(condensables[0], 300.0), 14.0);
  // ln(C T) falls by H/R over 1/T: 116 kJ mol-1 between 300 and 285 K
  const double slope = std::log(saturation_ug_m3(condensables[0], 300.0) * 300.0 /
                                (saturation_ug_m3(condensables[0], 285.0) * 285.0)) /
                       (1.0 / 285.0 - 1.0 / 300.0);
  EXPECT_NEAR(slope * 8.314462618e-3, 116.0, 1.0e-9);
}

TEST(OrganicPartition, SensitivitiesAreThoseOfADualNumberAndTheAdjointIsTheTangentsMate) {
  using Number = Dual<double, 5>;
  for (const OrganicTotals<>& totals : many_totals()) {
    const Condensables<> saturation = saturation_at(288.0);
    OrganicTotals<Number> dual;
    for (std::size_t i = 0; i < condensable_count; ++i)
      dual.condensable[i] = Number::variable(totals.condensable[i], static_cast<int>(i));
    dual.absorbing = Number::variable(totals.absorbing, 4);
    Condensables<Number> constants{};
    for (std::size_t i = 0; i < condensable_count; ++i) constants[i] = Number(saturation[i]);
    const Condensables<Number> shares = particle_shares(organic_particle_mass(dual, constants), constants);
    const OrganicSensitivity sensitivity(totals, saturation);
    Condensables<> weights{0.7, -1.1, 0.4, 2.0};
    const OrganicTotals<> by = sensitivity.adjoint(weights);
    for (std::size_t input = 0; input < 5; ++input) {
      OrganicTotals<> change;
      (input < 4 ? change.condensable[input] : change.absorbing) = 1.0;
      const Condensables<> answer = sensitivity.tangent(change);
      double weighted = 0.0;
      for (std::size_t i = 0; i < condensable_count; ++i) {
        const Number particle = shares[i] * dual.condensable[i];
        EXPECT_NEAR(answer[i], particle.derivative.at(input), 1.0e-9) << input << " " << i;
        weighted += weights[i] * answer[i];
      }
      EXPECT_NEAR(weighted, input < 4 ? by.condensable[input] : by.absorbing, 1.0e-12);
    }
  }
}

}  // namespace
