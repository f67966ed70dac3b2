#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// Dry fine particles in a cubic metre of air [ug m-3].
template <class T = double>
struct FineParticles {
  T inorganic{};  // of which
  T nitrate{}, chloride{};
  T organic{};
  T other{};  // soot, minerals: take up no water; of which
  T soot{};
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

/// Dry fine particles by volume, and the water that they take up [um3 per cm3 of air].
template <class T>
struct ParticleVolumes {
  T salts, organics, others;
  T water_of_salts, water_of_organics;
  [[nodiscard]] T dry() const { return salts + organics + others + T(1.0e-9); }
  [[nodiscard]] T wet() const { return dry() + water_of_salts + water_of_organics; }
};

/// Water by kappa-Koehler theory: kappa 0.6 of inorganic salts, 0.1 of organics; the humidity counts up to
/// 0.95.
/// @see Petters & Kreidenweis (2007), Atmos. Chem. Phys. 7, 1961, eq. 5.
template <Scalar T>
[[nodiscard]] ParticleVolumes<T> particle_volumes(const FineParticles<T>& dry, const T& relative_humidity) {
  constexpr double salt_g_cm3 = 1.75, organic_g_cm3 = 1.4, other_g_cm3 = 2.0;
  constexpr double salt_kappa = 0.6, organic_kappa = 0.1, most_humid = 0.95;
  const T humidity = minimum(relative_humidity, T(most_humid)), grown = humidity / (1.0 - humidity);
  const T salts = dry.inorganic / salt_g_cm3, organics = dry.organic / organic_g_cm3;
  return {.salts = salts,
          .organics = organics,
          .others = dry.other / other_g_cm3,
          .water_of_salts = salt_kappa * salts * grown,
          .water_of_organics = organic_kappa * organics * grown};
}

/// Wet over dry volume of fine particles.
template <Scalar T>
[[nodiscard]] T particle_growth(const FineParticles<T>& dry, const T& relative_humidity) {
  const ParticleVolumes<T> volumes = particle_volumes(dry, relative_humidity);
  return volumes.wet() / volumes.dry();
}

/// Surface and size of humid fine particles.
///
/// Lognormal by volume: dry median 0.33 um, geometric standard deviation 1.8 (Simpson et al. 2012, Atmos.
/// Chem. Phys. 12, 7825), so that the diameter of the same surface per volume is 0.33 exp(-ln^2(1.8)/2) um;
/// it grows with the cube root of the volume.
template <Scalar T>
[[nodiscard]] ParticleSurface<T> particle_surface(const FineParticles<T>& dry, const T& relative_humidity) {
  constexpr double dry_diameter_um = 0.33 * 0.84135;  // exp(-ln^2(1.8)/2)
  constexpr double nitrate_g_mol = 62.0049, chloride_g_mol = 35.453, water_g_mol = 18.01528;
  const ParticleVolumes<T> volumes = particle_volumes(dry, relative_humidity);
  const T diameter_um = dry_diameter_um * pow(T(volumes.wet() / volumes.dry()), 1.0 / 3.0);
  const T solution = volumes.salts + volumes.water_of_salts + T(1.0e-9);
  return {.surface_m2_m3 = 6.0e-6 * volumes.wet() / diameter_um,
          .radius_m = 0.5e-6 * diameter_um,
          .n2o5_uptake = n2o5_uptake_bertram2009(T(1.0e3 / water_g_mol * volumes.water_of_salts / solution),
                                                 T(1.0e3 / nitrate_g_mol * dry.nitrate / solution),
                                                 T(1.0e3 / chloride_g_mol * dry.chloride / solution))};
}

}  // namespace lantian
