#pragma once

#include "aerosol/cloud_oxidants.hpp"
#include "aerosol/organic_nitrate.hpp"
#include "chemistry/rate_laws.hpp"
#include "fine_particles.hpp"
#include "surroundings_slope.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/processes/process.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// Where stands what cloud drops hold and react with; empty without SO2, O3, PSO4, NH3 and HNO3.
class DropSpecies {
 public:
  [[nodiscard]] static std::optional<DropSpecies> among(const SpeciesTable& species);

  /// Drops of a cell at the beginning of a step. Iron and manganese: 3.5 and 0.06 % of fine particles but
  /// salts, organics and soot (upper crust), 10 and 50 % of them dissolved, of iron a tenth trivalent
  /// in light and nine tenths in the dark.
  /// @see Taylor & McLennan (1995), Rev. Geophys. 33, 241; Alexander et al. (2009), J. Geophys. Res. 114,
  /// D02309.
  /// @param of  amounts [ppb] by species
  template <class Of>
  [[nodiscard]] CloudDrops<> drops(const RateConditions<>& air, double mol_m3_ppb, double mineral_ug_m3,
                                   double pressure_pa, bool is_day, Of&& of) const {
    const auto held = [&](int species) { return species < 0 ? 0.0 : mol_m3_ppb * maximum(of(species), 0.0); };
    CloudDrops<> drops{.temperature_k = air.temperature_k,
                       .pressure_pa = pressure_pa,
                       .cloud_water_g_m3 = air.cloud_water_g_m3,
                       .sulphur_dioxide = held(so2_),
                       .sulphate = held(pso4_) + held(sulf_),
                       .ammonia = held(nh3_) + held(pnh4_),
                       .nitric_acid = held(hno3_) + held(pno3_),
                       .chloride = held(hcl_) + held(pcl_)};
    for (const auto& [species, charge] : cations_) drops.base += charge * held(species);
    drops.iron = iron_mol_m3(mineral_ug_m3, is_day);
    drops.manganese = manganese_mol_m3(mineral_ug_m3);
    return drops;
  }
  template <class T>
  [[nodiscard]] static T iron_mol_m3(const T& mineral_ug_m3, bool is_day) {
    constexpr double iron_g_mol = 55.845;
    return 0.035 * 0.1 * (is_day ? 0.1 : 0.9) * 1.0e-6 * mineral_ug_m3 / iron_g_mol;
  }
  template <class T>
  [[nodiscard]] static T manganese_mol_m3(const T& mineral_ug_m3) {
    constexpr double manganese_g_mol = 54.938;
    return 0.0006 * 0.5 * 1.0e-6 * mineral_ug_m3 / manganese_g_mol;
  }
  /// Calls `visit(ingredient, species, amount_per_ppb)` for what each species adds to drops and to their
  /// oxidants while its amount is not below zero: the slopes of `drops` and `oxidants_per_cm3`.
  template <class Of, class Visit>
  void for_each_share(double mol_m3_ppb, double per_cm3_ppb, Of&& of, Visit&& visit) const {
    const auto give = [&](Ingredient to, int species, double amount) {
      if (species >= 0 && of(species) >= 0.0) visit(static_cast<std::size_t>(to), species, amount);
    };
    using enum Ingredient;
    give(sulphur_dioxide, so2_, mol_m3_ppb);
    for (const int species : {pso4_, sulf_}) give(sulphate, species, mol_m3_ppb);
    for (const int species : {nh3_, pnh4_}) give(ammonia, species, mol_m3_ppb);
    for (const int species : {hno3_, pno3_}) give(nitric_acid, species, mol_m3_ppb);
    for (const int species : {hcl_, pcl_}) give(charge, species, -mol_m3_ppb);
    for (const auto& [species, positive] : cations_) give(charge, species, positive * mol_m3_ppb);
    for (std::size_t j = 0; j < oxidants_.size(); ++j)
      if (oxidants_.at(j) >= 0 && of(oxidants_.at(j)) >= 0.0)
        visit(static_cast<std::size_t>(first_oxidant) + j, oxidants_.at(j), per_cm3_ppb);
  }
  /// Oxidants [molecule cm-3], by amounts [ppb]; none of what the mechanism does not have.
  template <class Of>
  [[nodiscard]] PerOxidant<double> oxidants_per_cm3(double per_cm3_ppb, Of&& of) const {
    PerOxidant<double> all{};
    for (std::size_t j = 0; j < all.size(); ++j)
      if (oxidants_.at(j) >= 0) all.at(j) = per_cm3_ppb * maximum(of(oxidants_.at(j)), 0.0);
    return all;
  }

 private:
  int so2_ = -1, sulf_ = -1, pso4_ = -1, nh3_ = -1, pnh4_ = -1, hno3_ = -1, pno3_ = -1, hcl_ = -1, pcl_ = -1;
  PerOxidant<int> oxidants_{};
  std::vector<std::pair<int, double>> cations_;
};

/// The law that a case names. @throws InternalError for another word: the reader of cases knows them.
[[nodiscard]] NitrogenDioxideLaw nitrogen_dioxide_law(const std::string& name);

/// What surrounds the gases of a cell and takes part in their reactions: particles, cloud drops, the ground.
/// It is taken as it is at the beginning of a step, drops as they turn acid in it.
class CellSurroundings {
 public:
  /// @param cloud_nitrogen_dioxide  off, constant or lee_schwartz
  CellSurroundings(const SpeciesTable& species, const std::string& cloud_nitrogen_dioxide)
      : particles_(species),
        drops_(DropSpecies::among(species)),
        nitrogen_dioxide_law_(nitrogen_dioxide_law(cloud_nitrogen_dioxide)) {}
  [[nodiscard]] const FineParticleSpecies& particles() const { return particles_; }

  /// Fills in surface, size and uptake of fine particles, and what organic ones hold of organic nitrates.
  template <class Of>
  void add_particles(double air_mol_m3, Of&& of, RateConditions<>& rates) const {
    const FineParticles<> dry = particles_.mass(air_mol_m3, of);
    const ParticleSurface<> surface = particle_surface(dry, rates.relative_humidity);
    rates.particle_surface_m2_m3 = surface.surface_m2_m3;
    rates.particle_radius_m = surface.radius_m;
    rates.n2o5_uptake = surface.n2o5_uptake;
    rates.organic_nitrate_share = organic_nitrate_share(dry.organic);
  }

  /// Fills in what cloud drops do to SO2.
  template <class Of>
  void add_drops(double air_mol_m3, double pressure_pa, bool is_day, double dt_s, Of&& of,
                 RateConditions<>& rates) const {
    if (!drops_ || rates.cloud_water_g_m3 <= 0.0) return;
    const DropsOfStep at = drops_of_step(air_mol_m3, pressure_pa, is_day, of, rates);
    const CloudOxidation<> oxidation =
        cloud_oxidation_over(at.drops, at.oxidants_per_cm3, dt_s, nitrogen_dioxide_law_);
    using enum DropOxidant;
    rates.aqueous_ozone_cm3_s = oxidation.by(ozone);
    rates.aqueous_peroxide_cm3_s = oxidation.by(hydrogen_peroxide);
    rates.aqueous_methyl_hydroperoxide_cm3_s = oxidation.by(methyl_hydroperoxide);
    rates.aqueous_peroxyacetic_acid_cm3_s = oxidation.by(peroxyacetic_acid);
    rates.aqueous_nitrogen_dioxide_cm3_s = oxidation.by(nitrogen_dioxide);
    rates.aqueous_metals_per_s = oxidation.metals_per_s;
  }

  /// Slopes of what `add_particles` fills in, by ingredients.
  template <class Of>
  void add_particle_slopes(double air_mol_m3, Of&& of, double relative_humidity,
                           SurroundingsSlope& slope) const {
    slope.add_particles(particles_.mass(air_mol_m3, of), relative_humidity);
  }
  /// Slopes of what `add_drops` fills in.
  template <class Of>
  // NOLINTNEXTLINE(readability-function-size): as add_drops
  void add_drop_slopes(double air_mol_m3, double pressure_pa, bool is_day, double dt_s, Of&& of,
                       const RateConditions<>& rates, SurroundingsSlope& slope) const {
    if (!drops_ || rates.cloud_water_g_m3 <= 0.0) return;
    const DropsOfStep at = drops_of_step(air_mol_m3, pressure_pa, is_day, of, rates);
    using Metals = std::array<double, 2>;
    const Metals per_mineral = {DropSpecies::iron_mol_m3(1.0, is_day), DropSpecies::manganese_mol_m3(1.0)};
    slope.add_drops(at.drops, at.oxidants_per_cm3, per_mineral, dt_s, nitrogen_dioxide_law_);
  }
  /// Calls `visit(ingredient, species, amount_per_ppb)` for what each species adds to each ingredient.
  template <class Of, class Visit>
  void for_each_share(double air_mol_m3, Of&& of, Visit&& visit) const {
    particles_.for_each_share(air_mol_m3, of, visit);
    if (drops_) drops_->for_each_share(1.0e-9 * air_mol_m3, per_cm3_ppb(air_mol_m3), of, visit);
  }

 private:
  struct DropsOfStep {
    CloudDrops<> drops;
    PerOxidant<double> oxidants_per_cm3;
  };
  static double per_cm3_ppb(double air_mol_m3) { return 1.0e-15 * air_mol_m3 * avogadro_per_mol; }
  template <class Of>
  [[nodiscard]] DropsOfStep drops_of_step(double air_mol_m3, double pressure_pa, bool is_day, Of&& of,
                                          const RateConditions<>& rates) const {
    const FineParticles<> dry = particles_.mass(air_mol_m3, of);
    return {drops_->drops(rates, 1.0e-9 * air_mol_m3, dry.other - dry.soot, pressure_pa, is_day, of),
            drops_->oxidants_per_cm3(per_cm3_ppb(air_mol_m3), of)};
  }

  FineParticleSpecies particles_;
  std::optional<DropSpecies> drops_;
  NitrogenDioxideLaw nitrogen_dioxide_law_;
};

/// Surface of leaves (both sides) and buildings over the volume of the lowest layer [m2 m-3]: 2 LAI and, in
/// towns, 2 m2 over a m2 of ground, which is 0.2 m-1 in the lowest ten metres. 0 without a surface.
/// @see Sarwar et al. (2008), Atmos. Environ. 42, 5760; Svensson et al. (1987), Environ. Sci. Technol. 21,
/// 1067.
[[nodiscard]] double ground_surface_m2_m3(const Environment& e, UtcTime time, int row, int column);

}  // namespace lantian
