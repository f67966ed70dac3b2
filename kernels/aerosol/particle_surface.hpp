#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// Dry fine particles in a cubic metre of air [ug m-3].
template <class T = double>
struct FineParticles {
  T inorganic{};  // of which
  T nitrate{}, chloride{};
  T organic{};
  T other{};  // soot, minerals: take up no water
};

/// What gases meet on fine particles.
template <class T = double>
struct ParticleSurface {
  T surface_m2_m3{};
  T radius_m{};
  T n2o5_uptake{};  // share of collisions of N2O5 with particles that end in reaction
};

/// Share of collisions of N2O5 that react: k = 1.15e6 (1 - exp(-0.13 W)), gamma = 3.2e-8 k (1 - 1/(0.06 W/N +
/// 1 + 29 Cl/N)), with water W, nitrate N and chloride Cl in mol per litre of solution; at most 0.1.
/// @see Bertram & Thornton (2009), Atmos. Chem. Phys. 9, 8351, eqs. 10-12.
template <Scalar T>
[[nodiscard]] T n2o5_uptake_bertram2009(const T& water_mol_l, const T& nitrate_mol_l,
                                        const T& chloride_mol_l) {
  const T k_per_s = 1.15e6 * (1.0 - exp(-0.13 * water_mol_l));
  const T held_back =
      nitrate_mol_l / (0.06 * water_mol_l + nitrate_mol_l + 29.0 * chloride_mol_l + T(1.0e-30));
  return minimum(T(3.2e-8 * k_per_s * (1.0 - held_back)), T(0.1));
}

/// Surface and size of humid fine particles.
///
/// Lognormal by volume: dry median 0.33 um, geometric standard deviation 1.8 (Simpson et al. 2012, Atmos.
/// Chem. Phys. 12, 7825), so that the diameter of the same surface per volume is 0.33 exp(-ln^2(1.8)/2) um;
/// it grows with the cube root of the volume. Water by kappa-Koehler theory (Petters & Kreidenweis 2007,
/// Atmos. Chem. Phys. 7, 1961, eq. 5): kappa 0.6 of inorganic salts, 0.1 of organics; the humidity counts up
/// to 0.95.
template <Scalar T>
[[nodiscard]] ParticleSurface<T> particle_surface(const FineParticles<T>& dry, const T& relative_humidity) {
  constexpr double inorganic_g_cm3 = 1.75, organic_g_cm3 = 1.4, other_g_cm3 = 2.0;
  constexpr double inorganic_kappa = 0.6, organic_kappa = 0.1;
  constexpr double dry_diameter_um = 0.33 * 0.84135;  // exp(-ln^2(1.8)/2)
  constexpr double nitrate_g_mol = 62.0049, chloride_g_mol = 35.453, water_g_mol = 18.01528;
  const T humidity = minimum(relative_humidity, T(0.95)), grown = humidity / (1.0 - humidity);
  // volumes in um3 per cm3 of air
  const T inorganic = dry.inorganic / inorganic_g_cm3, organic = dry.organic / organic_g_cm3;
  const T dry_volume = inorganic + organic + dry.other / other_g_cm3 + T(1.0e-9);
  const T salt_water = inorganic_kappa * inorganic * grown;
  const T volume = dry_volume + salt_water + organic_kappa * organic * grown;
  const T diameter_um = dry_diameter_um * pow(T(volume / dry_volume), T(1.0 / 3.0));
  const T solution = inorganic + salt_water + T(1.0e-9);
  return {.surface_m2_m3 = 6.0e-6 * volume / diameter_um,
          .radius_m = 0.5e-6 * diameter_um,
          .n2o5_uptake = n2o5_uptake_bertram2009(T(1.0e3 / water_g_mol * salt_water / solution),
                                                 T(1.0e3 / nitrate_g_mol * dry.nitrate / solution),
                                                 T(1.0e3 / chloride_g_mol * dry.chloride / solution))};
}

}  // namespace lantian
