// Every equation of the smooth inorganic equilibrium, written here a second time from its published form:
// pair by pair, in long double, without the solver's unknowns, weights or slopes.
#include "unit/aerosol/inorganic_air.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace {

using namespace lantian;
using Real = long double;
using Pair = std::pair<std::string, std::string>;

struct Species {
  std::string name;
  int charge;
  Real amount;
};

/// q of Kim et al. (1993) and Fountoukis & Nenes (2007).
const std::map<Pair, Real>& parameters() {
  static const std::map<Pair, Real> q{
      {{"Na", "Cl"}, 2.23L},    {{"Na", "SO4"}, -0.19L}, {{"Na", "NO3"}, -0.39L}, {{"NH4", "SO4"}, -0.25L},
      {{"NH4", "NO3"}, -1.15L}, {{"NH4", "Cl"}, 0.82L},  {{"H", "SO4"}, -0.1L},   {{"H", "HSO4"}, 8.0L},
      {{"H", "NO3"}, 2.6L},     {{"H", "Cl"}, 6.0L},     {{"Ca", "NO3"}, 0.93L},  {{"Ca", "Cl"}, 2.4L},
      {{"K", "SO4"}, -0.25L},   {{"K", "NO3"}, -2.33L},  {{"K", "Cl"}, 0.92L},    {{"Mg", "SO4"}, 0.15L},
      {{"Mg", "NO3"}, 2.32L},   {{"Mg", "Cl"}, 2.9L}};
  return q;
}

/// The lesser of an ionic strength and its limit, corner rounded by 2 %.
Real counted(Real strength, Real limit) {
  const Real r = 0.02L;
  return 2.0L * strength * limit /
         (strength + limit + std::sqrt(std::pow(strength - limit, 2.0L) + 4.0L * r * r * strength * limit));
}

Real kusik_meissner_log10(Real q, int charges, Real strength, Real celsius) {
  const Real root = std::sqrt(strength), b = 0.75L - 0.065L * q;
  const Real c = 1.0L + 0.055L * q * std::exp(-0.023L * strength * strength * strength);
  const Real single = std::log10(1.0L + b * (std::pow(1.0L + 0.1L * strength, q) - 1.0L)) -
                      0.5107L * root / (1.0L + c * root);
  return charges *
         ((1.125L - 0.005L * celsius) * single -
          (0.125L - 0.005L * celsius) * (0.039L * std::pow(strength, 0.92L) - 0.41L * root / (1.0L + root)));
}

/// Solution of one answer, with what the published formulas say of it.
class Solution {
 public:
  Solution(const InorganicTotals<double>& t, const InorganicEquilibrium<double>& e)
      : totals_(t),
        water_(e.water_kg_m3),
        cations_{{{"H", 1, e.h},
                  {"NH4", 1, e.nh4},
                  {"Na", 1, e.na},
                  {"K", 1, e.k},
                  {"Mg", 2, e.mg},
                  {"Ca", 2, e.ca}}},
        anions_{{{"SO4", 2, e.so4}, {"HSO4", 1, e.hso4}, {"NO3", 1, e.no3}, {"Cl", 1, e.cl}}} {
    for (const Species& s : cations_) strength_ += 0.5L * s.charge * s.charge * s.amount / water_;
    for (const Species& s : anions_) strength_ += 0.5L * s.charge * s.charge * s.amount / water_;
  }

  /// Bromley (1973): log10 of the mean activity coefficient of a pair.
  [[nodiscard]] Real log10_activity(const std::string& cation, const std::string& anion) const {
    int cation_charge = 0, anion_charge = 0;
    Real of_cation = 0.0L, of_anion = 0.0L;
    for (const Species& c : cations_)
      if (c.name == cation) cation_charge = c.charge;
    for (const Species& a : anions_)
      if (a.name == anion) anion_charge = a.charge;
    for (const Species& a : anions_)
      of_cation += weight(cation_charge, a) * excess(cation, a.name, cation_charge, a.charge);
    for (const Species& c : cations_)
      of_anion += weight(anion_charge, c) * excess(c.name, anion, c.charge, anion_charge);
    return cation_charge * anion_charge *
           ((of_cation / cation_charge + of_anion / anion_charge) / (cation_charge + anion_charge) - debye());
  }

  /// Zdanovskii-Stokes-Robinson: shares of salts from 0 to 1 over the neutralised part of sulphate, corner
  /// rounded.
  [[nodiscard]] Real water_asked_for() const {
    Real charge = 0.0L, water = least_water_kg_m3;
    std::map<std::string, Real> share;
    for (const Species& c : cations_) charge += c.charge * c.amount;
    const Real all = charge + anions_[1].amount;  // a bisulphate's hydrogen is one of the cations
    for (const Species& c : cations_) share[c.name] = c.charge * c.amount / all;
    share["H"] = (cations_[0].amount + anions_[1].amount) / all;
    for (const auto& [cation, x] : share) {
      water += anions_[2].amount * x * per_charge(cation, "NO3") +
               anions_[3].amount * x * per_charge(cation, "Cl");
    }
    const Real sulphate = anions_[0].amount + anions_[1].amount, d = 1.0L - 2.0L * share["H"];
    const auto ramp = [](Real x) { return 0.5L * (x + 1.0L - std::sqrt(1.01L) + std::sqrt(x * x + 0.01L)); };
    const Real neutral = ramp(d), acid = ramp(-d), metals = 1.0L - share["H"];
    for (const auto& [cation, x] : share)
      if (cation != "H" && x > 0.0L)
        water += sulphate * x / metals *
                 (neutral * of_sulphate(cation, cation) + (1.0L - neutral - acid) * of_sulphate(cation, "H"));
    water += sulphate * acid * of_sulphate("H", "H");
    return water;
  }

  [[nodiscard]] Real constant(Real k0, Real a, Real b) const {
    const Real ratio = 298.15L / totals_.temperature_k;
    return k0 * std::exp(a * (ratio - 1.0L) + b * (1.0L + std::log(ratio) - ratio));
  }
  [[nodiscard]] Real molality(const std::string& name) const {
    for (const Species& s : cations_)
      if (s.name == name) return s.amount / water_;
    for (const Species& s : anions_)
      if (s.name == name) return s.amount / water_;
    return 0.0L;
  }
  [[nodiscard]] Real pressure_atm(Real gas_mol_m3) const {
    return gas_mol_m3 * 82.0567e-6L * totals_.temperature_k;
  }

 private:
  [[nodiscard]] Real weight(int own_charge, const Species& other) const {
    return 0.25L * std::pow(own_charge + other.charge, 2) * other.amount / water_ / strength_;
  }
  [[nodiscard]] Real debye() const {
    const Real root = std::sqrt(counted(strength_, 100.0L));
    return 0.511L * std::pow(298.0L / totals_.temperature_k, 1.5L) * root / (1.0L + root);
  }
  [[nodiscard]] Real binary(const Pair& pair, Real limit) const {
    const int charges = (pair.first == "Mg" || pair.first == "Ca" ? 2 : 1) * (pair.second == "SO4" ? 2 : 1);
    return kusik_meissner_log10(parameters().at(pair), charges, counted(strength_, limit),
                                totals_.temperature_k - 273.15L);
  }
  /// log10 g0 + z+z- Dh, 0 for pairs without a parameter.
  [[nodiscard]] Real excess(const std::string& cation, const std::string& anion, int zc, int za) const {
    if (anion == "HSO4" && (cation == "NH4" || cation == "Na" || cation == "K"))
      return binary({cation, "Cl"}, 100.0L) + binary({"H", "HSO4"}, 1.0L) - binary({"H", "Cl"}, 1.0L) +
             debye();
    if (!parameters().contains({cation, anion})) return 0.0L;
    return binary({cation, anion}, anion == "HSO4" ? 1.0L : 100.0L) + zc * za * debye();
  }
  /// Water of a mole of an anion's charge paired with a cation [kg mol-1].
  [[nodiscard]] Real per_charge(const std::string& cation, const std::string& anion) const {
    static const std::map<Pair, std::pair<Hydrate, Real>> salts{
        {{"NH4", "NO3"}, {Hydrate::nh4no3, 1.0L}},  {{"NH4", "Cl"}, {Hydrate::nh4cl, 1.0L}},
        {{"Na", "NO3"}, {Hydrate::nano3, 1.0L}},    {{"Na", "Cl"}, {Hydrate::nacl, 1.0L}},
        {{"K", "NO3"}, {Hydrate::kno3, 1.0L}},      {{"K", "Cl"}, {Hydrate::kcl, 1.0L}},
        {{"Mg", "NO3"}, {Hydrate::mg_no3_2, 0.5L}}, {{"Mg", "Cl"}, {Hydrate::mgcl2, 0.5L}},
        {{"Ca", "NO3"}, {Hydrate::ca_no3_2, 0.5L}}, {{"Ca", "Cl"}, {Hydrate::cacl2, 0.5L}}};
    const auto found = salts.find({cation, anion});
    return found == salts.end() ? 0.0L : found->second.second * of(found->second.first);
  }
  [[nodiscard]] Real of(Hydrate salt) const {
    return water_per_mole_kg(totals_.relative_humidity)[static_cast<std::size_t>(salt)];
  }
  /// Water of a sulphate whose two charges met these cations.
  [[nodiscard]] Real of_sulphate(const std::string& a, const std::string& b) const {
    static const std::map<std::string, Hydrate> neutral{{"NH4", Hydrate::nh4_2so4}, {"Na", Hydrate::na2so4},
                                                        {"K", Hydrate::k2so4},      {"Mg", Hydrate::mgso4},
                                                        {"Ca", Hydrate::mgso4},     {"H", Hydrate::h2so4}};
    static const std::map<std::string, Hydrate> acid{
        {"NH4", Hydrate::nh4hso4}, {"Na", Hydrate::nahso4}, {"K", Hydrate::nahso4}};
    const std::string& metal = a == "H" ? b : a;
    if ((a == "H") != (b == "H") && acid.contains(metal)) return of(acid.at(metal));
    return 0.5L * (of(neutral.at(a)) + of(neutral.at(b)));
  }

  InorganicTotals<double> totals_;
  Real water_, strength_ = 0.0L;
  std::array<Species, 6> cations_;
  std::array<Species, 4> anions_;
};

/// Residuals of the equilibria, as logarithms.
std::array<Real, 4> equilibrium_residuals(const Solution& s, const InorganicTotals<double>& t,
                                          const InorganicEquilibrium<double>& e) {
  const Real h = std::log(s.molality("H")), ten = std::log(10.0L);
  const Real water = s.constant(1.010e-14L, -22.52L, 26.92L);
  const Real ammonia = s.constant(57.639L, 13.79L, -5.393L) * s.constant(1.805e-5L, -1.50L, 26.92L) / water;
  const auto g = [&](const char* cation, const char* anion) { return ten * s.log10_activity(cation, anion); };
  const auto left = [](double total, double part) { return total > 0.0 && part > 0.0; };
  std::array<Real, 4> residual{};
  if (left(t.nitrate, e.nitric_acid_gas))
    residual[0] = h + std::log(s.molality("NO3")) + 2.0L * g("H", "NO3") -
                  std::log(s.constant(2.511e6L, 29.17L, 16.83L) * s.pressure_atm(e.nitric_acid_gas));
  if (left(t.chloride, e.hydrochloric_acid_gas))
    residual[1] = h + std::log(s.molality("Cl")) + 2.0L * g("H", "Cl") -
                  std::log(s.constant(1.971e6L, 30.20L, 19.91L) * s.pressure_atm(e.hydrochloric_acid_gas));
  if (left(t.ammonia, e.ammonia_gas))
    residual[2] = std::log(s.molality("NH4")) + 2.0L * g("NH4", "NO3") - h - 2.0L * g("H", "NO3") -
                  std::log(ammonia * s.pressure_atm(e.ammonia_gas));
  if (left(t.sulphate, e.so4))
    residual[3] = h + std::log(s.molality("SO4")) + 3.0L * g("H", "SO4") - std::log(s.molality("HSO4")) -
                  2.0L * g("H", "HSO4") - std::log(s.constant(1.015e-2L, 8.85L, 25.14L));
  return residual;
}

TEST(InorganicEquations, EachHoldsToTenDigitsInAirOfEveryKind) {
  // Residuals are those of logarithms, that is relative; amounts are rounded to 1e-16 of themselves, but SO4
  // and H+ may be differences of larger ones.
  constexpr Real tolerance = 1.0e-10L;
  InorganicAir air(1993);
  for (int n = 0; n < 3000; ++n) {
    const InorganicTotals<double> t = air.next();
    const InorganicEquilibrium<double> e = solved(t).answer;
    const Solution s(t, e);
    for (const Real residual : equilibrium_residuals(s, t, e)) ASSERT_LT(std::fabs(residual), tolerance) << n;
    ASSERT_NEAR(static_cast<double>(s.water_asked_for() / e.water_kg_m3), 1.0, 1.0e-10) << n;
  }
}

TEST(InorganicEquations, ChargesBalance) {
  InorganicAir air(2007);
  for (int n = 0; n < 5000; ++n) {
    const InorganicEquilibrium<double> e = solved(air.next()).answer;
    const double positive = e.h + e.nh4 + e.na + e.k + 2.0 * (e.mg + e.ca);
    const double negative = e.oh + e.no3 + e.cl + e.hso4 + 2.0 * e.so4;
    ASSERT_NEAR(positive, negative, 1.0e-14 * (positive + negative)) << n;
  }
}

TEST(InorganicEquations, NitrogenSulphurAndChlorineStay) {
  InorganicAir air(1998);
  for (int n = 0; n < 5000; ++n) {
    const InorganicTotals<double> t = air.next();
    const InorganicEquilibrium<double> e = solved(t).answer;
    ASSERT_NEAR(e.ammonia_gas + e.nh4, t.ammonia, 1.0e-14 * t.ammonia) << n;
    ASSERT_NEAR(e.nitric_acid_gas + e.no3, t.nitrate, 1.0e-14 * t.nitrate) << n;
    ASSERT_NEAR(e.hydrochloric_acid_gas + e.cl, t.chloride, 1.0e-14 * t.chloride) << n;
    ASSERT_NEAR(e.so4 + e.hso4 + e.calcium_sulphate, t.sulphate, 1.0e-14 * t.sulphate) << n;
  }
}

}  // namespace
