#pragma once

#include "chemistry/lanes_math.hpp"

#include "lantian/base/dual.hpp"
#include "lantian/base/scalar.hpp"

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <numbers>
#include <string_view>
#include <type_traits>

namespace lantian {

/// Photolysis reactions that mechanisms may name.
// NOLINTBEGIN(readability-identifier-naming): molecules are written as chemists write them
enum class Photolysis {
  O3_O1D,
  O3_O3P,
  H2O2,
  NO2,
  NO3_NO,
  NO3_NO2,
  HONO,
  HNO3,
  HCHO_H,
  HCHO_H2,
  N2O5,
  PNA,
  PAN,
  MEPX,
  NTR,
  ALD2,
  ALDX,
  GLYD,
  GLY,
  MGLY,
  KET,
  ACET,
  ISPD,
  HPALD,
  count
};
// NOLINTEND(readability-identifier-naming)
inline constexpr std::size_t photolysis_count = static_cast<std::size_t>(Photolysis::count);
/// Their names in mechanism files and cases.
inline constexpr std::array<std::string_view, photolysis_count> photolysis_names = {
    "O3_O1D", "O3_O3P",  "H2O2", "NO2",  "NO3_NO", "NO3_NO2", "HONO", "HNO3",
    "HCHO_H", "HCHO_H2", "N2O5", "PNA",  "PAN",    "MEPX",    "NTR",  "ALD2",
    "ALDX",   "GLYD",    "GLY",  "MGLY", "KET",    "ACET",    "ISPD", "HPALD"};

/// A number, or what is of the type already, as T.
template <class T, class From>
[[nodiscard, gnu::always_inline]] inline T as(const From& x) {
  if constexpr (std::is_same_v<T, Lanes> && std::is_arithmetic_v<From>)
    return Lanes{} + x;
  else
    return T(x);
}

/// What rate constants depend on.
template <class T = double>
struct RateConditions {
  T temperature_k = as<T>(298.15);
  T air_per_cm3 = as<T>(2.46e19);         // M
  T water_per_cm3 = as<T>(0.0);           // H2O
  T relative_humidity = as<T>(0.0);       // RH, 0-1
  T cloud_water_g_m3 = as<T>(0.0);        // LWC, liquid water of cloud
  T particle_surface_m2_m3 = as<T>(0.0);  // SURFACE, of fine particles
  T particle_radius_m = as<T>(1.0e-7);
  T n2o5_uptake = as<T>(0.0);             // GAMMA_N2O5, share of its collisions that react
  T organic_nitrate_share = as<T>(0.0);   // ORGANIC_NITRATE, share of organic nitrates that is in particles
  T aqueous_ozone_cm3_s = as<T>(0.0);     // AQUEOUS_O3, S(IV) and ozone in cloud drops
  T aqueous_peroxide_cm3_s = as<T>(0.0);  // AQUEOUS_H2O2, and hydrogen peroxide
  T aqueous_methyl_hydroperoxide_cm3_s = as<T>(0.0);  // AQUEOUS_MHP
  T aqueous_peroxyacetic_acid_cm3_s = as<T>(0.0);     // AQUEOUS_PAA
  T aqueous_nitrogen_dioxide_cm3_s = as<T>(0.0);      // AQUEOUS_NO2
  T aqueous_metals_per_s = as<T>(0.0);                // AQUEOUS_METALS, S(IV) and oxygen there
  T ground_surface_m2_m3 = as<T>(0.0);  // GROUND_SURFACE, of leaves and buildings in the lowest layer
  std::array<T, photolysis_count> photolysis_per_s{};
};

/// Copies all conditions but light of one cell into a lane of eight.
inline void set_lane(RateConditions<Lanes>& eight, int lane, const RateConditions<>& one) {
  eight.temperature_k[lane] = one.temperature_k;
  eight.air_per_cm3[lane] = one.air_per_cm3;
  eight.water_per_cm3[lane] = one.water_per_cm3;
  eight.relative_humidity[lane] = one.relative_humidity;
  eight.cloud_water_g_m3[lane] = one.cloud_water_g_m3;
  eight.particle_surface_m2_m3[lane] = one.particle_surface_m2_m3;
  eight.particle_radius_m[lane] = one.particle_radius_m;
  eight.n2o5_uptake[lane] = one.n2o5_uptake;
  eight.organic_nitrate_share[lane] = one.organic_nitrate_share;
  eight.aqueous_ozone_cm3_s[lane] = one.aqueous_ozone_cm3_s;
  eight.aqueous_peroxide_cm3_s[lane] = one.aqueous_peroxide_cm3_s;
  eight.aqueous_methyl_hydroperoxide_cm3_s[lane] = one.aqueous_methyl_hydroperoxide_cm3_s;
  eight.aqueous_peroxyacetic_acid_cm3_s[lane] = one.aqueous_peroxyacetic_acid_cm3_s;
  eight.aqueous_nitrogen_dioxide_cm3_s[lane] = one.aqueous_nitrogen_dioxide_cm3_s;
  eight.aqueous_metals_per_s[lane] = one.aqueous_metals_per_s;
  eight.ground_surface_m2_m3[lane] = one.ground_surface_m2_m3;
}

/// The words of a rate law in a mechanism file, for every number type.
namespace rate_words {

using enum Photolysis;
using lantian::as, lantian::exp, lantian::log, lantian::pow, lantian::sqrt;

template <class T>
[[nodiscard, gnu::always_inline]] inline T log10(const T& x) {
  return log(x) * (1.0 / std::numbers::ln10);
}
template <class T>
[[nodiscard]] T max(const T& a, double b) {
  return maximum(a, as<T>(b));
}
template <class T>
[[nodiscard]] T min(const T& a, double b) {
  return minimum(a, as<T>(b));
}

/// What all Arrhenius laws of a cell share.
template <class T>
struct Warmth {
  explicit Warmth(const T& t) : temperature_k(t) {}
  T temperature_k;
};

/// A (T/300)^n exp(-E/T).
template <class T>
[[nodiscard]] T arrhenius(double a, double n, double e, const Warmth<T>& at) {
  const T exponential = a * exp(-e / at.temperature_k);
  return n == 0.0 ? exponential : T(exponential * pow(at.temperature_k / 300.0, n));
}

/// For eight cells the power goes into the exponent: A exp(n log(T/300) - E/T).
template <>
struct Warmth<Lanes> {
  explicit Warmth(const Lanes& t) : inverse_per_k(1.0 / t), log_ratio(log(t / 300.0)) {}
  Lanes inverse_per_k, log_ratio;
};
[[nodiscard, gnu::always_inline]] inline Lanes arrhenius(double a, double n, double e,
                                                         const Warmth<Lanes>& at) {
  if (n == 0.0) return e == 0.0 ? Lanes{} + a : a * exp(-e * at.inverse_per_k);
  return a * exp(e == 0.0 ? n * at.log_ratio : n * at.log_ratio - e * at.inverse_per_k);
}

/// Fall-off between k0 M and k_infinity. @see Troe (1983), Ber. Bunsenges. 87, 161; form of IUPAC.
template <class T>
[[nodiscard, gnu::always_inline]] inline T troe(const T& k0_m, const T& k_infinity, double broadening,
                                                double width = 1.0) {
  const T ratio = k0_m / k_infinity, log_ratio = log10(ratio) / width;
  return k0_m / (1.0 + ratio) * exp(std::log(broadening) / (1.0 + log_ratio * log_ratio));
}

/// What holds a gas back from the particles that take it up [s m-1]: R/D + 4/(c gamma), c the mean speed of
/// its molecules. Diffusivity D = 1e-5 m2 s-1 (298.15 K, 1 atm) for every gas, by pressure and T^1.75.
/// @see Schwartz (1986), in: Chemistry of Multiphase Atmospheric Systems, NATO ASI G6, 415; Fuller et al.
/// (1966), Ind. Eng. Chem. 58, 18.
template <class T>
[[nodiscard]] T uptake_resistance_s_m(const RateConditions<T>& at, const T& radius_m, const T& gamma,
                                      double molar_mass_g_mol) {
  constexpr double speed_m_s = 145.5;  // sqrt(8 R / (pi M)) of 1 g mol-1 at 1 K
  constexpr double air_at_reference_per_cm3 = 2.4615e19;
  const T speed = (speed_m_s / std::sqrt(molar_mass_g_mol)) * sqrt(at.temperature_k);
  const T diffusivity_m2_s =
      1.0e-5 * (air_at_reference_per_cm3 / at.air_per_cm3) * pow(T(at.temperature_k / 298.15), 0.75);
  constexpr double least_gamma = 1.0e-30;  // takes nothing up
  return radius_m / diffusivity_m2_s + 4.0 / (speed * (gamma + least_gamma));
}

/// What fine particles take up of a gas [s-1]: their surface over the resistance.
template <class T>
[[nodiscard]] T particle_uptake(const RateConditions<T>& at, const T& gamma, double molar_mass_g_mol) {
  return at.particle_surface_m2_m3 / uptake_resistance_s_m(at, at.particle_radius_m, gamma, molar_mass_g_mol);
}

/// Coarse matter that binds an acid: mass of it with a mole of base, and how it takes up water.
struct CoarseBase {
  double matter_g_mol, kappa;
};
/// Sea salt whose base is its chloride, 0.5504 of the mass. @see Millero (1974), Annu. Rev. Earth Planet.
/// Sci. 2, 101.
inline constexpr CoarseBase coarse_sea_salt{.matter_g_mol = 35.453 / 0.5504, .kappa = 1.1};
/// Dust of the upper crust, 0.030 of it calcium, as carbonate (half a mole of CaCO3 binds one of acid).
/// @see Taylor & McLennan (1995), Rev. Geophys. 33, 241.
inline constexpr CoarseBase coarse_dust{.matter_g_mol = 20.039 / 0.030, .kappa = 0.0};

/// What a molecule of base on coarse particles takes up of an acid gas [cm3 molecule-1 s-1], so that
/// k [gas] [base] is the uptake by those particles that have base left.
///
/// Surface of the mass that belongs to the base, for particles of 2.2 g cm-3 and a mass lognormal of 3 um and
/// deviation 2 cut at 1.685 and 6.742 um (PM2.5 and PM10 by aerodynamic diameter): their mean diameter of
/// volume over surface is 3.04 um. It grows with water, V/V_dry = 1 + kappa RH/(1 - RH), RH up to 0.95.
/// @see Schwartz (1986); Petters & Kreidenweis (2007), Atmos. Chem. Phys. 7, 1961, eq. 5; sizes: Simpson et
/// al. (2012), Atmos. Chem. Phys. 12, 7825, table 6.
template <class T>
[[nodiscard]] T coarse_uptake_cm3_s(const RateConditions<T>& at, const CoarseBase& base, const T& gamma,
                                    double molar_mass_g_mol) {
  constexpr double density_g_cm3 = 2.2, dry_diameter_m = 3.04e-6, most_humid = 0.95;
  constexpr double molecules_per_mol = 6.02214076e23;
  const T humidity = min(at.relative_humidity, most_humid);
  const T growth = 1.0 + base.kappa * humidity / (1.0 - humidity);
  const T diameter_m = dry_diameter_m * pow(growth, 1.0 / 3.0);
  const T surface_m2_mol = (6.0e-6 * base.matter_g_mol / density_g_cm3) * growth / diameter_m;
  const T radius_m = 0.5 * diameter_m;
  return (1.0e6 / molecules_per_mol) * surface_m2_mol /
         uptake_resistance_s_m(at, radius_m, gamma, molar_mass_g_mol);
}

/// Laws by the names and in the order of arguments that KPP gives them; temperatures as in exp(-C/T), but
/// ARR2 has exp(B/T). @see KPP manual, "Rate functions".
template <class T>
struct KppLaws {
  const Warmth<T>& warmth;
  const T& air_per_cm3;

  // NOLINTBEGIN(readability-identifier-naming): KPP's names
  [[nodiscard]] T ARR2(double a, double b) const { return arrhenius(a, 0.0, -b, warmth); }
  [[nodiscard]] T EP2(double a0, double c0, double a2, double c2, double a3, double c3) const {
    const T k3_m = arrhenius(a3, 0.0, c3, warmth) * air_per_cm3;
    return arrhenius(a0, 0.0, c0, warmth) + k3_m / (1.0 + k3_m / arrhenius(a2, 0.0, c2, warmth));
  }
  [[nodiscard]] T EP3(double a1, double c1, double a2, double c2) const {
    return arrhenius(a1, 0.0, c1, warmth) + arrhenius(a2, 0.0, c2, warmth) * air_per_cm3;
  }
  // NOLINTNEXTLINE(readability-function-size): its seven numbers stand in mechanism files
  [[nodiscard]] T FALL(double a0, double b0, double c0, double a1, double b1, double c1, double cf) const {
    return troe(T(arrhenius(a0, c0, b0, warmth) * air_per_cm3), T(arrhenius(a1, c1, b1, warmth)), cf);
  }
  // NOLINTEND(readability-identifier-naming)
};

}  // namespace rate_words

}  // namespace lantian
