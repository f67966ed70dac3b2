#pragma once

#include "aerosol/particle_surface.hpp"

#include "lantian/field/species.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace lantian {

/// What `FineParticles` tells apart, in its order.
inline constexpr std::size_t particle_kind_count = 6;
/// A number for each of them: changes of their mass, or what it is worth.
using ParticleMasses = std::array<double, particle_kind_count>;

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
  /// Calls `visit(kind, species, ug_m3_per_ppb)` for what each species adds to each kind while its amount is
  /// not below zero: the slopes of `mass`.
  template <class Of, class Visit>
  void for_each_share(double air_mol_m3, Of&& of, Visit&& visit) const {
    const std::array all = {&inorganic_, &nitrate_, &chloride_, &organic_, &other_, &soot_};
    static_assert(all.size() == particle_kind_count);
    for (std::size_t kind = 0; kind < all.size(); ++kind)
      for (const Member& one : *all.at(kind))
        if (of(one.species) >= 0.0) visit(kind, one.species, 1.0e-3 * air_mol_m3 * one.molar_mass_g_mol);
  }

 private:
  struct Member {
    int species;
    double molar_mass_g_mol;
  };
  std::vector<Member> inorganic_, nitrate_, chloride_, organic_, other_, soot_;
};

}  // namespace lantian
