#pragma once

#include "aerosol/particle_surface.hpp"

#include "lantian/field/species.hpp"

#include <vector>

namespace lantian {

/// Where the fine particles stand in the species table, by what they do to humid particles.
class FineParticleSpecies {
 public:
  explicit FineParticleSpecies(const SpeciesTable& species);
  [[nodiscard]] bool has_any() const { return !inorganic_.empty() || !organic_.empty() || !other_.empty(); }

  /// Their mass in a cell with so many mol of dry air per cubic metre; `of(species)` in ppb.
  template <class Of>
  [[nodiscard]] FineParticles<> mass(double air_mol_m3, Of&& of) const {
    const auto sum_ug_m3 = [&](const std::vector<Member>& members) {
      double sum = 0.0;
      for (const Member& one : members) sum += maximum(of(one.species), 0.0) * one.molar_mass_g_mol;
      return 1.0e-3 * air_mol_m3 * sum;  // 1e-9 mol/mol times 1e6 ug/g
    };
    return {.inorganic = sum_ug_m3(inorganic_),
            .nitrate = sum_ug_m3(nitrate_),
            .chloride = sum_ug_m3(chloride_),
            .organic = sum_ug_m3(organic_),
            .other = sum_ug_m3(other_),
            .soot = sum_ug_m3(soot_)};
  }

 private:
  struct Member {
    int species;
    double molar_mass_g_mol;
  };
  std::vector<Member> inorganic_, nitrate_, chloride_, organic_, other_, soot_;
};

}  // namespace lantian
