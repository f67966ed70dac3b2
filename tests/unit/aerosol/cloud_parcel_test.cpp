// A closed parcel of cloudy air: what the model's steps make of it, and what an integration of the same rates
// with the drops' acidity followed at every instant does.
#include "aerosol/cloud_oxidants.hpp"
#include "chemistry/rosenbrock_frozen.hpp"
#include "mechanisms/cloud.hpp"
#include "support/mechanism_box.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace {

using namespace lantian;
using namespace lantian::testing;
using Mechanism = mechanisms::cloud;
using Box = MechanismBox<Mechanism>;

constexpr double per_cm3 = CloudParcel<>::per_cm3;
constexpr std::array<std::string_view, drop_oxidant_count> oxidant_names = {"O3", "H2O2", "MHP", "PAA",
                                                                            "NO2"};

/// 8 ug m-3 of sulphate, half a kilogram of water in 1700 m3; metals of some 10 ug m-3 of mineral particles.
CloudDrops<> cloud(double sulphur_dioxide, double ammonia) {
  return {.temperature_k = 283.15,
          .pressure_pa = 9.0e4,
          .cloud_water_g_m3 = 0.3,
          .sulphur_dioxide = sulphur_dioxide,
          .sulphate = 8.0e-8,
          .ammonia = ammonia,
          .nitric_acid = 6.0e-8,
          .chloride = 1.0e-8,
          .base = 1.0e-8,
          .iron = 3.0e-10,
          .manganese = 3.0e-11};
}

/// SO2, sulphate and the oxidants [mol m-3].
using Amounts = std::array<double, 2 + drop_oxidant_count>;

Amounts tendency(const Amounts& y, const CloudDrops<>& drops, NitrogenDioxideLaw law) {
  CloudDrops<> now = drops;
  now.sulphur_dioxide = y[0];
  now.sulphate = y[1];
  const CloudOxidation<> rates = cloud_oxidation(now, law);
  Amounts f{};
  double made = rates.metals_per_s * y[0];
  for (std::size_t j = 0; j < drop_oxidant_count; ++j) {
    const double by_oxidant = rates.oxidants_cm3_s.at(j) * per_cm3 * y[0] * y.at(2 + j);
    f.at(2 + j) = -oxidants_per_sulphate.at(j) * by_oxidant;
    made += by_oxidant;
  }
  f[0] = -made;
  f[1] = made;
  return f;
}

Amounts moved(Amounts y, const Amounts& f, double by) {
  for (std::size_t n = 0; n < y.size(); ++n) y.at(n) += by * f.at(n);
  return y;
}

Amounts runge_kutta(const Amounts& y, double dt_s, const CloudDrops<>& drops, NitrogenDioxideLaw law) {
  const Amounts a = tendency(y, drops, law), b = tendency(moved(y, a, 0.5 * dt_s), drops, law),
                c = tendency(moved(y, b, 0.5 * dt_s), drops, law),
                d = tendency(moved(y, c, dt_s), drops, law);
  return moved(moved(moved(moved(y, a, dt_s / 6.0), b, dt_s / 3.0), c, dt_s / 3.0), d, dt_s / 6.0);
}

/// The classical method with step doubling, to 1e-9 a step.
Amounts reference(Amounts y, double length_s, const CloudDrops<>& drops, NitrogenDioxideLaw law) {
  double step_s = 1.0e-4;
  for (double time_s = 0.0; time_s < length_s * (1.0 - 1.0e-13);) {
    step_s = std::min(step_s, length_s - time_s);
    const Amounts whole = runge_kutta(y, step_s, drops, law);
    const Amounts halves = runge_kutta(runge_kutta(y, 0.5 * step_s, drops, law), 0.5 * step_s, drops, law);
    double error = 1.0e-12;
    for (std::size_t n = 0; n < y.size(); ++n)
      error = std::max(error,
                       std::fabs(whole.at(n) - halves.at(n)) / (1.0e-16 + 1.0e-9 * std::fabs(halves.at(n))));
    if (error < 1.0) {
      time_s += step_s;
      y = halves;
    }
    step_s *= std::clamp(0.9 * std::pow(error, -0.2), 0.2, 3.0);
  }
  return y;
}

/// The model's way: constant rates of a step, then the mechanism by its solver.
class Parcel {
 public:
  Parcel(const CloudDrops<>& drops, const Amounts& begin, NitrogenDioxideLaw law) : drops_(drops), law_(law) {
    box_["SO2"] = begin[0] * per_cm3;
    box_["PSO4"] = begin[1] * per_cm3;
    for (std::size_t j = 0; j < drop_oxidant_count; ++j)
      box_[oxidant_names.at(j)] = begin.at(2 + j) * per_cm3;
  }
  void step(double dt_s, RosenbrockRecord<Mechanism, double>* record = nullptr) {
    drops_.sulphur_dioxide = box_["SO2"] / per_cm3;
    drops_.sulphate = box_["PSO4"] / per_cm3;
    PerOxidant<double> oxidants{};
    for (std::size_t j = 0; j < drop_oxidant_count; ++j) oxidants.at(j) = box_[oxidant_names.at(j)];
    const CloudOxidation<> rates = cloud_oxidation_over(drops_, oxidants, dt_s, law_);
    RateConditions<> air;
    air.aqueous_ozone_cm3_s = rates.by(DropOxidant::ozone);
    air.aqueous_peroxide_cm3_s = rates.by(DropOxidant::hydrogen_peroxide);
    air.aqueous_methyl_hydroperoxide_cm3_s = rates.by(DropOxidant::methyl_hydroperoxide);
    air.aqueous_peroxyacetic_acid_cm3_s = rates.by(DropOxidant::peroxyacetic_acid);
    air.aqueous_nitrogen_dioxide_cm3_s = rates.by(DropOxidant::nitrogen_dioxide);
    air.aqueous_metals_per_s = rates.metals_per_s;
    Mechanism::rates(air, box_.k.data());
    SolverSettings settings;
    // A case has 1e-3; among a hundred species some radical always shortens the steps. Here, with eight, a
    // first step of 300 s may look right by chance: its error, a few per cent, is the solver's and not the
    // rates'.
    settings.relative_tolerance = 1.0e-4;
    settings.absolute_tolerance = 2.5e4;  // 1e-6 ppb
    ASSERT_FALSE(box_.integrate(dt_s, settings, record).has_failed);
  }
  [[nodiscard]] Box& box() { return box_; }
  [[nodiscard]] double sulphate_mol_m3() { return box_["PSO4"] / per_cm3; }

 private:
  CloudDrops<> drops_;
  NitrogenDioxideLaw law_;
  Box box_;
};

/// From alkaline to acid drops, from little to much peroxide, from 0.5 to 25 ppb of SO2.
struct Air {
  CloudDrops<> drops;
  Amounts begin;
};
std::vector<Air> kinds_of_air() {
  std::vector<Air> all;
  for (const double ammonia : {5.0e-8, 3.0e-7, 6.0e-7})
    for (const double peroxide : {4.0e-9, 4.0e-8, 4.0e-7})
      for (const double sulphur_dioxide : {2.0e-8, 2.0e-7, 1.0e-6})
        all.push_back({cloud(sulphur_dioxide, ammonia),
                       {sulphur_dioxide, 8.0e-8, 1.6e-6, peroxide, 2.0e-8, 4.0e-9, 6.0e-7}});
  return all;
}

TEST(CloudParcel, MakesTheSulphateOfATightIntegrationWithinAPercentInEachStepOfAnHour) {
  for (const NitrogenDioxideLaw law :
       {NitrogenDioxideLaw::off, NitrogenDioxideLaw::constant, NitrogenDioxideLaw::lee_schwartz})
    for (const double dt_s : {300.0, 600.0})
      for (const Air& air : kinds_of_air()) {
        Parcel parcel(air.drops, air.begin, law);
        Amounts exact = air.begin;
        for (double time_s = 0.0; time_s < 3600.0; time_s += dt_s) {
          parcel.step(dt_s);
          exact = reference(exact, dt_s, air.drops, law);
          EXPECT_NEAR(parcel.sulphate_mol_m3() / exact[1], 1.0, 0.01)
              << "SO2 " << air.begin[0] << ", NH3 " << air.drops.ammonia << ", H2O2 " << air.begin[3]
              << ", after " << time_s + dt_s << " s";
        }
      }
}

TEST(CloudParcel, KeepsSulphurAndNitrogen) {
  for (const Air& air : kinds_of_air()) {
    Parcel parcel(air.drops, air.begin, NitrogenDioxideLaw::constant);
    const double sulphur = parcel.box().total(Mechanism::sulphur),
                 nitrogen = parcel.box().total(Mechanism::nitrogen);
    for (int n = 0; n < 12; ++n) parcel.step(300.0);
    EXPECT_NEAR(parcel.box().total(Mechanism::sulphur) / sulphur, 1.0, 1.0e-13);
    EXPECT_NEAR(parcel.box().total(Mechanism::nitrogen) / nitrogen, 1.0, 1.0e-13);
    for (const double amount : parcel.box().c) EXPECT_GE(amount, 0.0);
  }
}

TEST(CloudParcel, AShortStepHasTheRatesOfItsBeginning) {
  for (const Air& air : kinds_of_air()) {
    PerOxidant<double> oxidants{};
    for (std::size_t j = 0; j < drop_oxidant_count; ++j) oxidants.at(j) = air.begin.at(2 + j) * per_cm3;
    const CloudOxidation<> first = cloud_oxidation(air.drops, NitrogenDioxideLaw::constant);
    const CloudOxidation<> over =
        cloud_oxidation_over(air.drops, oxidants, 1.0e-6, NitrogenDioxideLaw::constant);
    for (std::size_t j = 0; j < drop_oxidant_count; ++j)
      EXPECT_NEAR(over.oxidants_cm3_s.at(j) / first.oxidants_cm3_s.at(j), 1.0, 1.0e-4);
    EXPECT_NEAR(over.metals_per_s / first.metals_per_s, 1.0, 1.0e-4);
  }
}

TEST(CloudParcel, HasARateForAnOxidantThatIsNotThereYet) {
  CloudDrops<> drops = cloud(2.0e-7, 3.0e-7);
  const CloudOxidation<> over =
      cloud_oxidation_over(drops, {4.0e11, 0.0, 0.0, 0.0, 0.0}, 300.0, NitrogenDioxideLaw::constant);
  for (const double rate : over.oxidants_cm3_s) EXPECT_GT(rate, 0.0);
  EXPECT_GT(over.hydrogen_mol_l, cloud_oxidation(drops, NitrogenDioxideLaw::constant).hydrogen_mol_l)
      << "drops turn acid by ozone";
}

TEST(CloudParcel, TangentAndAdjointOfItsStepAreTransposed) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> any(-1.0, 1.0);
  for (const Air& air : kinds_of_air()) {
    Parcel parcel(air.drops, air.begin, NitrogenDioxideLaw::constant);
    RosenbrockRecord<Mechanism, double> record;
    const Box start = parcel.box();
    parcel.step(300.0, &record);
    const Box& end = parcel.box();
    Box tangent, adjoint;
    for (std::size_t s = 0; s < start.c.size(); ++s) {
      tangent.c[s] = any(random) * start.c[s];
      adjoint.c[s] = any(random) / (end.c[s] + 1.0e6);
    }
    const Box dc = tangent, lambda = adjoint;
    FrozenRosenbrock<Mechanism, double, Ros3> frozen;
    frozen.tangent(record, end.k.data(), end.source.data(), tangent.c.data(), tangent.k.data(),
                   tangent.source.data());
    frozen.adjoint(record, end.k.data(), end.source.data(), adjoint.c.data(), adjoint.k.data(),
                   adjoint.source.data());
    double forward = 0.0, backward = 0.0, size = 0.0;
    for (std::size_t s = 0; s < start.c.size(); ++s) {
      forward += lambda.c[s] * tangent.c[s];
      backward += adjoint.c[s] * dc.c[s];
      size += std::fabs(lambda.c[s] * tangent.c[s]) + std::fabs(adjoint.c[s] * dc.c[s]);
    }
    EXPECT_NEAR(forward, backward, 1.0e-12 * size);
  }
}

}  // namespace
