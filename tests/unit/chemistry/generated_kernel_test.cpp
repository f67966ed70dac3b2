// What the generator writes: tendency, Jacobian, factors and solve agree with each other.
#include "mechanisms/cb6r5_core.hpp"
#include "mechanisms/grs.hpp"
#include "mechanisms/pollu.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace {

using namespace lantian;

template <class Mechanism>
struct Sample {
  static constexpr auto species = static_cast<std::size_t>(Mechanism::species_count);
  std::array<double, species> c{};
  std::array<double, static_cast<std::size_t>(Mechanism::reaction_count)> k{};

  explicit Sample(unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> decade(-1.0, 1.0);
    for (double& one : c) one = std::pow(10.0, decade(random));
    for (double& one : k) one = std::pow(10.0, decade(random));
  }

  /// df/dc by forward derivatives of the generated tendency, row by row.
  [[nodiscard]] std::vector<double> dense_jacobian() const {
    using Number = Dual<double, species>;
    std::array<Number, species> at, f;
    std::array<Number, static_cast<std::size_t>(Mechanism::reaction_count)> rate;
    for (std::size_t s = 0; s < species; ++s) at[s] = Number::variable(c[s], s);
    for (std::size_t r = 0; r < k.size(); ++r) rate[r] = k[r];
    Mechanism::tendency(at.data(), rate.data(), f.data());
    std::vector<double> dense(species * species);
    for (std::size_t s = 0; s < species; ++s)
      for (std::size_t by = 0; by < species; ++by) dense[s * species + by] = f[s].derivative[by];
    return dense;
  }
};

/// Gauss elimination with row pivots.
std::vector<double> dense_solve(std::vector<double> a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t p = 0; p < n; ++p) {
    std::size_t best = p;
    for (std::size_t r = p + 1; r < n; ++r)
      if (std::fabs(a[r * n + p]) > std::fabs(a[best * n + p])) best = r;
    for (std::size_t c = 0; c < n; ++c) std::swap(a[p * n + c], a[best * n + c]);
    std::swap(b[p], b[best]);
    for (std::size_t r = p + 1; r < n; ++r) {
      const double factor = a[r * n + p] / a[p * n + p];
      for (std::size_t c = p; c < n; ++c) a[r * n + c] -= factor * a[p * n + c];
      b[r] -= factor * b[p];
    }
  }
  for (std::size_t p = n; p-- > 0;) {
    for (std::size_t c = p + 1; c < n; ++c) b[p] -= a[p * n + c] * b[c];
    b[p] /= a[p * n + p];
  }
  return b;
}

template <class Mechanism>
class GeneratedKernel : public ::testing::Test {};
using Mechanisms = ::testing::Types<mechanisms::pollu, mechanisms::grs, mechanisms::cb6r5_core>;
TYPED_TEST_SUITE(GeneratedKernel, Mechanisms);

TYPED_TEST(GeneratedKernel, SparseFactorsSolveWhatADenseEliminationSolves) {
  using Mechanism = TypeParam;
  constexpr std::size_t n = Sample<Mechanism>::species;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Sample<Mechanism> sample(seed);
    constexpr double shift = 40.0;  // 1 / (h gamma): keeps elimination without pivots well conditioned
    std::vector<double> dense = sample.dense_jacobian(), expected(n);
    for (double& entry : dense) entry = -entry;
    for (std::size_t s = 0; s < n; ++s) {
      dense[s * n + s] += shift;
      expected[s] = 1.0 + static_cast<double>(s);
    }
    std::array<double, n> x{};
    std::copy(expected.begin(), expected.end(), x.begin());
    std::array<double, static_cast<std::size_t>(Mechanism::entry_count)> a{};
    Mechanism::jacobian(sample.c.data(), sample.k.data(), a.data());
    for (double& entry : a) entry = -entry;
    for (const int d : Mechanism::diagonal) a[static_cast<std::size_t>(d)] += shift;
    Mechanism::factorise(a.data());
    Mechanism::solve(a.data(), x.data());
    expected = dense_solve(dense, expected);
    // The Jacobian comes from Dual here and from the generator there: agreement proves both and the pattern.
    // Condition numbers reach some thousand, hence three digits above rounding.
    double size = 0.0;
    for (const double one : expected) size = std::max(size, std::fabs(one));
    for (std::size_t s = 0; s < n; ++s) EXPECT_NEAR(x[s], expected[s], 1.0e-12 * size) << seed << " " << s;
  }
}

TYPED_TEST(GeneratedKernel, FillsFarLessThanTheDenseMatrix) {
  EXPECT_LT(TypeParam::entry_count, TypeParam::species_count * TypeParam::species_count / 2);
}

TEST(GeneratedKernel, ReactionsMakeNeitherNitrogenNorSulphur) {
  const Sample<mechanisms::grs> sample(7);
  std::array<double, Sample<mechanisms::grs>::species> f{};
  mechanisms::grs::tendency(sample.c.data(), sample.k.data(), f.data());
  double nitrogen = 0.0, sulphur = 0.0, size = 0.0;
  for (std::size_t s = 0; s < f.size(); ++s) {
    nitrogen += mechanisms::grs::nitrogen[s] * f[s];
    sulphur += mechanisms::grs::sulphur[s] * f[s];
    size = std::max(size, std::fabs(f[s]));
  }
  EXPECT_NEAR(nitrogen, 0.0, 1.0e-14 * size);
  EXPECT_NEAR(sulphur, 0.0, 1.0e-14 * size);
}

TEST(GeneratedKernel, RateConstantsFollowTemperatureAsTheirDerivativesSay) {
  using Number = Dual<double, 1>;
  using Grs = mechanisms::grs;
  const auto at = [](auto temperature_k) {
    RateConditions<decltype(temperature_k)> air;
    air.temperature_k = temperature_k;
    air.relative_humidity = 0.7;
    air.cloud_water_g_m3 = 0.2;
    air.photolysis_per_s[static_cast<std::size_t>(Photolysis::NO2)] = 8.0e-3;
    return air;
  };
  std::array<Number, static_cast<std::size_t>(Grs::reaction_count)> k;
  std::array<double, static_cast<std::size_t>(Grs::reaction_count)> above{}, below{};
  constexpr double step_k = 1.0e-3;
  Grs::rates(at(Number::variable(285.0)), k.data());
  Grs::rates(at(285.0 + step_k), above.data());
  Grs::rates(at(285.0 - step_k), below.data());
  for (std::size_t r = 0; r < k.size(); ++r) {
    const double quotient = (above[r] - below[r]) / (2.0 * step_k);
    EXPECT_NEAR(k[r].derivative[0], quotient, 1.0e-8 * k[r].value)
        << Grs::reactions[r];  // h2 of the quotient
  }
}

TEST(GeneratedImbalances, AreTheAtomsThatTheTendencyMakesAndTheirDerivative) {
  using Cb6 = mechanisms::cb6r5_core;
  EXPECT_TRUE(Cb6::makes_atoms);
  EXPECT_FALSE(mechanisms::grs::makes_atoms);
  const Sample<Cb6> at(5), direction(6);
  std::array<double, Sample<Cb6>::species> f{}, change{};
  std::array<double, 2> made{}, made_by_change{};
  Cb6::tendency(at.c.data(), at.k.data(), f.data());
  Cb6::jacobian_times(at.c.data(), at.k.data(), direction.c.data(), change.data());
  Cb6::atoms_made(at.c.data(), at.k.data(), made.data());
  Cb6::atoms_made_times(at.c.data(), at.k.data(), direction.c.data(), made_by_change.data());
  double nitrogen = 0.0, by_change = 0.0, turnover = 0.0;
  for (std::size_t s = 0; s < f.size(); ++s) {
    nitrogen += Cb6::nitrogen.at(s) * f.at(s);
    by_change += Cb6::nitrogen.at(s) * change.at(s);
    turnover += Cb6::nitrogen.at(s) * (std::fabs(f.at(s)) + std::fabs(change.at(s)));
  }
  EXPECT_NE(made[0], 0.0);
  EXPECT_NEAR(made[0], nitrogen, 1.0e-13 * turnover);
  EXPECT_NEAR(made_by_change[0], by_change, 1.0e-13 * turnover);
  EXPECT_EQ(made[1], 0.0);
}

}  // namespace
