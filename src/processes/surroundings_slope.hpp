// How what surrounds the gases of a cell changes with its composition.
#pragma once

#include "aerosol/cloud_oxidants.hpp"
#include "aerosol/particle_surface.hpp"
#include "fine_particles.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// What rate constants ask of a cell's surroundings.
enum class Surrounding {
  particle_surface,
  particle_radius,
  n2o5_uptake,
  organic_nitrate,
  aqueous_ozone,
  aqueous_peroxide,
  aqueous_methyl_hydroperoxide,
  aqueous_peroxyacetic_acid,
  aqueous_nitrogen_dioxide,
  aqueous_metals,
  log_light,  // logarithm of what the column's particles leave of the light
  count
};
inline constexpr std::size_t surrounding_count = static_cast<std::size_t>(Surrounding::count);
/// Changes of them, or what these are worth.
using Surroundings = std::array<double, surrounding_count>;

/// What they follow from: after the kinds of fine particles [ug m-3], the contents of drops [mol m-3] and
/// their oxidants [molecule cm-3].
enum class Ingredient {
  sulphur_dioxide = particle_kind_count,
  sulphate,
  ammonia,
  nitric_acid,
  charge,  // of cations less chloride
  first_oxidant
};
inline constexpr std::size_t ingredient_count =
    static_cast<std::size_t>(Ingredient::first_oxidant) + drop_oxidant_count;
/// Changes of them, or what these are worth.
using Ingredients = std::array<double, ingredient_count>;

/// Slopes of surroundings, all but light, by ingredients. Exact: by numbers that carry derivatives.
class SurroundingsSlope {
 public:
  void add_particles(const FineParticles<>& dry, double relative_humidity);
  /// @param metals_per_mineral  iron and manganese of a ug of mineral particles [mol]
  void add_drops(const CloudDrops<>& drops, const PerOxidant<double>& oxidants_per_cm3,
                 const std::array<double, 2>& metals_per_mineral, double dt_s, NitrogenDioxideLaw law);
  /// Light comes out unchanged.
  [[nodiscard]] Surroundings tangent(const Ingredients& change) const;
  [[nodiscard]] Ingredients adjoint(const Surroundings& worth) const;

 private:
  std::array<Ingredients, surrounding_count - 1> by_ingredient_{};
};

}  // namespace lantian
