#include "surroundings_slope.hpp"

#include "aerosol/organic_nitrate.hpp"

#include "lantian/base/dual.hpp"

#include <algorithm>

namespace lantian {

namespace {

constexpr std::size_t place(Surrounding one) {
  return static_cast<std::size_t>(one);
}

// Directions of drops: their five contents and oxidants as in `Ingredient`, and mineral particles.
constexpr std::size_t mineral = ingredient_count - particle_kind_count, drop_directions = mineral + 1;
using InDrops = Dual<double, drop_directions>;

InDrops varied(double value, Ingredient along) {
  return InDrops::variable(value, static_cast<std::size_t>(along) - particle_kind_count);
}

}  // namespace

void SurroundingsSlope::add_particles(const FineParticles<>& dry, double relative_humidity) {
  using InParticles = Dual<double, particle_kind_count>;
  const auto varied_kind = [](double value, std::size_t kind) { return InParticles::variable(value, kind); };
  const FineParticles<InParticles> all = {.inorganic = varied_kind(dry.inorganic, 0),
                                          .nitrate = varied_kind(dry.nitrate, 1),
                                          .chloride = varied_kind(dry.chloride, 2),
                                          .organic = varied_kind(dry.organic, 3),
                                          .other = varied_kind(dry.other, 4),
                                          .soot = varied_kind(dry.soot, 5)};
  const ParticleSurface<InParticles> surface = particle_surface(all, InParticles(relative_humidity));
  const auto keep = [&](Surrounding which, const InParticles& found) {
    std::ranges::copy(found.derivative, by_ingredient_.at(place(which)).begin());
  };
  keep(Surrounding::particle_surface, surface.surface_m2_m3);
  keep(Surrounding::particle_radius, surface.radius_m);
  keep(Surrounding::n2o5_uptake, surface.n2o5_uptake);
  keep(Surrounding::organic_nitrate, organic_nitrate_share(all.organic));
}

void SurroundingsSlope::add_drops(const CloudDrops<>& drops, const PerOxidant<double>& oxidants_per_cm3,
                                  const std::array<double, 2>& metals_per_mineral, double dt_s,
                                  NitrogenDioxideLaw law) {
  InDrops iron(drops.iron), manganese(drops.manganese);
  iron.derivative[mineral] = metals_per_mineral[0];
  manganese.derivative[mineral] = metals_per_mineral[1];
  const CloudDrops<InDrops> varying = {
      .temperature_k = drops.temperature_k,
      .pressure_pa = drops.pressure_pa,
      .cloud_water_g_m3 = drops.cloud_water_g_m3,
      .sulphur_dioxide = varied(drops.sulphur_dioxide, Ingredient::sulphur_dioxide),
      .sulphate = varied(drops.sulphate, Ingredient::sulphate),
      .ammonia = varied(drops.ammonia, Ingredient::ammonia),
      .nitric_acid = varied(drops.nitric_acid, Ingredient::nitric_acid),
      .chloride = drops.chloride,
      .base = varied(drops.base, Ingredient::charge),
      .iron = iron,
      .manganese = manganese};
  PerOxidant<InDrops> oxidants{};
  for (std::size_t j = 0; j < oxidants.size(); ++j)
    oxidants.at(j) =
        InDrops::variable(oxidants_per_cm3.at(j),
                          static_cast<std::size_t>(Ingredient::first_oxidant) - particle_kind_count + j);
  const CloudOxidation<InDrops> found = cloud_oxidation_over(varying, oxidants, dt_s, law);
  constexpr std::size_t other = 4, soot = 5;  // mineral particles are other ones but soot
  const auto keep = [&](Surrounding which, const InDrops& rate) {
    Ingredients& slopes = by_ingredient_.at(place(which));
    std::copy_n(rate.derivative.begin(), mineral, slopes.begin() + particle_kind_count);
    slopes.at(other) = rate.derivative[mineral];
    slopes.at(soot) = -rate.derivative[mineral];
  };
  using enum DropOxidant;
  keep(Surrounding::aqueous_ozone, found.by(ozone));
  keep(Surrounding::aqueous_peroxide, found.by(hydrogen_peroxide));
  keep(Surrounding::aqueous_methyl_hydroperoxide, found.by(methyl_hydroperoxide));
  keep(Surrounding::aqueous_peroxyacetic_acid, found.by(peroxyacetic_acid));
  keep(Surrounding::aqueous_nitrogen_dioxide, found.by(nitrogen_dioxide));
  keep(Surrounding::aqueous_metals, found.metals_per_s);
}

Surroundings SurroundingsSlope::tangent(const Ingredients& change) const {
  Surroundings all{};
  for (std::size_t n = 0; n < by_ingredient_.size(); ++n)
    for (std::size_t m = 0; m < ingredient_count; ++m) all.at(n) += by_ingredient_.at(n).at(m) * change.at(m);
  return all;
}

Ingredients SurroundingsSlope::adjoint(const Surroundings& worth) const {
  Ingredients all{};
  for (std::size_t n = 0; n < by_ingredient_.size(); ++n)
    for (std::size_t m = 0; m < ingredient_count; ++m) all.at(m) += by_ingredient_.at(n).at(m) * worth.at(n);
  return all;
}

}  // namespace lantian
