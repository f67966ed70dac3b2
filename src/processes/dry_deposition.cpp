#include "lantian/processes/dry_deposition.hpp"

#include "deposition/particle_sizes.hpp"
#include "land_surfaces.hpp"
#include "meteorology/clear_sky.hpp"
#include "meteorology/dyer1974.hpp"
#include "meteorology/solar_position.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

constexpr double greatest_velocity_m_s = 0.3;
// Slower particles stay where the air is: 0.05 mm/s is 4 m a day.
constexpr double slowest_settling_m_s = 5.0e-5, standard_temperature_k = 288.15;

/// Sizes of the particles of a row: Simpson et al. (2012), Atmos. Chem. Phys. 12, 7825, table 6, fine and
/// coarse PM, in the newer numbers of the EMEP model; cut where PM2.5 and PM10 are, at aerodynamic diameters.
ParticleSizes particle_sizes(const Species& one) {
  constexpr double smallest_m = 0.001e-6, pm25_m = 2.5e-6, pm10_m = 10.0e-6;
  const bool is_coarse = one.deposits_as == "particle_coarse";
  const double density = one.density_kg_m3 > 0.0 ? one.density_kg_m3 : is_coarse ? 2200.0 : 1600.0;
  const double median_m = one.mass_median_diameter_m > 0.0 ? one.mass_median_diameter_m
                          : is_coarse                      ? 3.0e-6
                                                           : 0.33e-6;
  const double deviation = one.geometric_deviation > 0.0 ? one.geometric_deviation : is_coarse ? 2.0 : 1.8;
  return {.mass_median_diameter_m = median_m,
          .geometric_deviation = deviation,
          .density_kg_m3 = density,
          .least_diameter_m = is_coarse ? geometric_diameter_m(pm25_m, density) : smallest_m,
          .most_diameter_m = geometric_diameter_m(is_coarse ? pm10_m : pm25_m, density)};
}

bool is_particle(const Species& one) {
  return one.deposits_as.starts_with("particle");
}

/// Particles of one kind: several species may be of it.
struct ParticleKind {
  ParticleSizes sizes;
  SizeClasses classes;
};

/// The kinds of particles among the species, and which each species is of; -1: a gas, or not deposited.
struct ParticleKinds {
  explicit ParticleKinds(const SpeciesTable& species) {
    for (const Species& one : species) {
      of_species.push_back(-1);
      if (!is_particle(one)) continue;
      const ParticleSizes sizes = particle_sizes(one);
      const auto found = std::ranges::find(all, sizes, &ParticleKind::sizes);
      of_species.back() = static_cast<int>(found - all.begin());
      if (found == all.end()) all.push_back({sizes, size_classes(sizes)});
    }
  }
  std::vector<ParticleKind> all;
  std::vector<int> of_species;
};

/// Mean settling velocity of the mass of particles of one kind [m s-1].
double mean_settling_m_s(const ParticleKind& kind, double temperature_k, double pressure_pa) {
  double mean = 0.0;
  for (const SizeClass& one : kind.classes)
    mean += one.share *
            settling_velocity_m_s({one.diameter_m, kind.sizes.density_kg_m3, temperature_k, pressure_pa});
  return mean;
}

/// What all species meet at the ground of a cell, whatever grows there.
struct Ground {
  YearTime when;
  SurfaceWeather weather{};
  double aerodynamic_s_m{}, pressure_pa{}, vapour_deficit_kpa{};
};

/// A land-use class and how much of a cell it covers.
struct LandShare {
  const LandSurface* land;
  double share;
};

}  // namespace

DryDeposition::DryDeposition(const DepositionConfig& config)
    : settles_(config.settling),
      is_wesely_(config.gas == "wesely1989"),
      is_emerson_(config.particles == "emerson2020"),
      is_bidirectional_(config.ammonia == "bidirectional") {
  if (is_bidirectional_ && is_wesely_)
    throw ConfigError(
        R"(deposition.ammonia is "bidirectional" and deposition.gas "wesely1989": compensation points need "zhang2003")");
}

std::string particle_size_fault(const Species& one) {
  if (!is_particle(one)) return "";
  const ParticleSizes sizes = particle_sizes(one);
  if (sizes.geometric_deviation <= 1.0 || inside_limits(sizes) >= 0.01) return "";
  return fmt::format(
      "of the lognormal of {:g} um and deviation {:g} less than 1 % lies between {:.3g} and {:.3g} um, the "
      "limits of "
      "{} at {:g} kg m-3; choose another median or another deposits_as",
      1.0e6 * sizes.mass_median_diameter_m, sizes.geometric_deviation, 1.0e6 * sizes.least_diameter_m,
      1.0e6 * sizes.most_diameter_m, one.deposits_as, sizes.density_kg_m3);
}

const std::vector<std::string>& deposition_rows() {
  static const std::vector<std::string> rows = [] {
    std::vector<std::string> all = {"particle_fine", "particle_coarse"};
    for (const auto& [name, gas] : depositing_gases()) all.push_back(name);
    return all;
  }();
  return rows;
}

namespace {

/// The sun's place in the sky at an instant, worked out once.
struct Sky {
  UtcTime time;
  SubsolarPoint sun{};
};

Ground ground_of(const WeatherSnapshot& w, const Surface& surface, const Sky& sky, int row, int column) {
  const double ustar = std::max(w.friction_velocity_m_s(row, column), 0.02);
  const double temperature_k = w.temperature_2m_k(row, column), vapour = w.water_vapour_kg_kg(0, row, column);
  const double saturation_pa = saturation_vapour_pressure_pa(temperature_k);
  const double humidity =
      std::clamp(vapour * w.pressure_pa(0, row, column) / ((0.622 + vapour) * saturation_pa), 0.0, 1.0);
  const double height_m = 0.5 * surface.interface_above_ground_m(1, row, column);
  const double roughness_m = std::min(surface.roughness_length_m(row, column), 0.3 * height_m);
  const double latitude_deg = surface.latitude_deg(row, column), celsius = temperature_k - 273.15;
  const double deficit_pa = (1.0 - humidity) * saturation_pa;
  constexpr double least_rain_mm_h = 0.2;  // Zhang, Brook & Vet (2003)
  const bool is_rain = celsius > 0.0 && w.rain_rate_mm_h(row, column) > least_rain_mm_h;
  return {
      .when = {sky.time, latitude_deg},
      .weather = {.ustar = ustar,
                  .temperature_c = celsius,
                  .relative_humidity = humidity,
                  .short_wave_w_m2 = w.short_wave_w_m2(row, column),
                  .cosine_zenith =
                      cosine_solar_zenith(sky.sun, surface.longitude_deg(row, column), latitude_deg),
                  .snow_depth_cm = w.snow_depth_m.empty() ? 0.0 : 100.0 * w.snow_depth_m(row, column),
                  .is_rain = is_rain,
                  .is_dew = !is_rain && has_dew(ustar, celsius, deficit_pa, w.cloud_fraction(row, column))},
      .aerodynamic_s_m = surface_layer_resistance_s_m(height_m, roughness_m, ustar,
                                                      w.inverse_obukhov_length_per_m(row, column)),
      .pressure_pa = w.surface_pressure_pa(row, column),
      .vapour_deficit_kpa = 1.0e-3 * deficit_pa};
}

/// What covers a cell, in the order of the classes.
void fill_shares(const Surface& surface, int row, int column, std::vector<LandShare>& shares) {
  const std::vector<LandSurface>& all = land_surfaces();
  shares.clear();
  if (surface.land_use_share.empty()) {
    shares.push_back({&all[static_cast<std::size_t>(surface.land_use(row, column) - 1)], 1.0});
    return;
  }
  for (std::size_t n = 0; n < all.size(); ++n) {
    const double share = surface.land_use_share(static_cast<int>(n), row, column);
    if (share > 0.0) shares.push_back({&all[n], share});
  }
}

double particle_velocity_m_s(const ParticleKind& kind, const Ground& at, const Collector& collector,
                             const CollectionEfficiencies& catches) {
  double mean = 0.0;
  for (const SizeClass& one : kind.classes) {
    const ParticleInAir particle{one.diameter_m, kind.sizes.density_kg_m3, at.weather.temperature_c + 273.15,
                                 at.pressure_pa};
    mean += one.share * particle_deposition_velocity_m_s(particle, collector,
                                                         {at.weather.ustar, at.aerodynamic_s_m}, catches);
  }
  return mean;
}

/// A land-use class in the weather of a cell, as gases find it.
class GasSurface {
 public:
  GasSurface(bool is_wesely, const LandSurface& land, const Ground& at) : at_(at) {
    if (is_wesely) {
      // WRF's lakes and seas may carry no snow; a centimetre hides low ground.
      const bool has_snow = !land.zhang.is_water && at.weather.snow_depth_cm > 1.0;
      wesely_ = &land.wesely.at(static_cast<std::size_t>(wesely_season(at.when, has_snow)));
    } else {
      paths_ = zhang_paths(land.zhang, at.weather, leaf_area_index(land, at.when), at.vapour_deficit_kpa);
    }
  }
  /// What it holds of ammonia in equilibrium with itself [ug m-3].
  [[nodiscard]] double ammonia_ug_m3(const DepositingGas& gas, const AmmoniaPotential& potential) const {
    return surface_ammonia_ug_m3(paths_, gas, potential, at_.weather.temperature_c + 273.15);
  }
  [[nodiscard]] double velocity_m_s(const DepositingGas& gas) const {
    const double conductance = wesely_ != nullptr ? surface_conductance_m_s(*wesely_, at_.weather, gas)
                                                  : surface_conductance_m_s(paths_, gas);
    return gas_deposition_velocity_m_s(
        at_.aerodynamic_s_m, sublayer_resistance_s_m(at_.weather.ustar, gas.diffusivity_ratio), conductance);
  }

 private:
  const Ground& at_;
  const WeselySurface* wesely_ = nullptr;
  ZhangPaths paths_;
};

/// The gas of each species; null: a particle, or not deposited.
std::vector<const DepositingGas*> gases_of(const SpeciesTable& species) {
  std::vector<const DepositingGas*> all;
  for (const Species& one : species)
    all.push_back(one.deposits_as.empty() || is_particle(one) ? nullptr
                                                              : &depositing_gases().at(one.deposits_as));
  return all;
}

}  // namespace

std::vector<Array2<double>> DryDeposition::velocities_m_s(const State& state, const WeatherSnapshot& weather,
                                                          const Surface& surface) const {
  const Tile& tile = state.tile;
  const ParticleKinds kinds(state.species);
  const std::vector<const DepositingGas*> gases = gases_of(state.species);
  const CollectionEfficiencies& catches = is_emerson_ ? emerson2020 : zhang2001;
  const Sky sky{weather.time, subsolar_point(static_cast<double>(weather.time.unix_seconds()))};
  std::vector<Array2<double>> velocities(gases.size());
  for (std::size_t s = 0; s < gases.size(); ++s)
    if (gases[s] != nullptr || kinds.of_species[s] >= 0)
      velocities[s] = Array2<double>(tile.rows, tile.columns, 0.0);
  (void)land_surfaces();  // read before threads share it
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j) {
    std::vector<double> of_kind(kinds.all.size());
    std::vector<LandShare> shares;
    for (int i = 0; i < tile.columns; ++i) {
      const int row = tile.first_row + j, column = tile.first_column + i;
      const Ground ground = ground_of(weather, surface, sky, row, column);
      fill_shares(surface, row, column, shares);
      for (const LandShare& part : shares) {
        const GasSurface taking(is_wesely_, *part.land, ground);
        for (std::size_t n = 0; n < of_kind.size(); ++n)
          of_kind[n] = particle_velocity_m_s(kinds.all[n], ground, part.land->collector, catches);
        for (std::size_t s = 0; s < gases.size(); ++s) {
          if (velocities[s].empty()) continue;
          const double velocity = gases[s] != nullptr
                                      ? taking.velocity_m_s(*gases[s])
                                      : of_kind[static_cast<std::size_t>(kinds.of_species[s])];
          velocities[s](j, i) += part.share * std::min(velocity, greatest_velocity_m_s);
        }
      }
    }
  }
  return velocities;
}

std::vector<Array2<double>> DryDeposition::releases_ppb_m_s(const State& state,
                                                            const WeatherSnapshot& weather,
                                                            const Surface& surface) const {
  std::vector<Array2<double>> releases(static_cast<std::size_t>(state.species.count()));
  const auto ammonia = state.species.find("NH3");
  if (!is_bidirectional_ || !ammonia || state.species[*ammonia].deposits_as.empty()) return releases;
  const DepositingGas& gas = depositing_gases().at(state.species[*ammonia].deposits_as);
  const double g_mol = state.species[*ammonia].molar_mass_g_mol;
  const Tile& tile = state.tile;
  Array2<double>& release = releases[static_cast<std::size_t>(*ammonia)];
  release = Array2<double>(tile.rows, tile.columns, 0.0);
  const Sky sky{weather.time, subsolar_point(static_cast<double>(weather.time.unix_seconds()))};
  (void)land_surfaces();  // read before threads share it
#pragma omp parallel for schedule(static)
  for (int j = 0; j < tile.rows; ++j) {
    std::vector<LandShare> shares;
    for (int i = 0; i < tile.columns; ++i) {
      const int row = tile.first_row + j, column = tile.first_column + i;
      const Ground ground = ground_of(weather, surface, sky, row, column);
      fill_shares(surface, row, column, shares);
      const double vapour_mol_mol =
          weather.water_vapour_kg_kg(0, row, column) * air_molar_mass_g_mol / 18.01528;
      const double air_mol_m3 = ground.pressure_pa /
                                (gas_constant_j_mol_k * weather.temperature_2m_k(row, column)) /
                                (1.0 + vapour_mol_mol);
      const double ppb_per_ug_m3 = 1.0e3 / (g_mol * air_mol_m3);
      for (const LandShare& part : shares) {
        const GasSurface giving(false, *part.land, ground);
        release(j, i) += part.share * ppb_per_ug_m3 * giving.ammonia_ug_m3(gas, part.land->ammonia) *
                         std::min(giving.velocity_m_s(gas), greatest_velocity_m_s);
      }
    }
  }
  return releases;
}

std::vector<Array3<double>> DryDeposition::settling_m_s(const State& state,
                                                        const WeatherSnapshot& weather) const {
  const Tile& tile = state.tile;
  std::vector<Array3<double>> velocities(static_cast<std::size_t>(state.species.count()));
  if (!settles_) return velocities;
  const ParticleKinds kinds(state.species);
  std::vector<Array3<double>> of_kind(kinds.all.size());
  for (std::size_t n = 0; n < of_kind.size(); ++n) {
    const ParticleKind& kind = kinds.all[n];
    if (mean_settling_m_s(kind, standard_temperature_k, standard_pressure_pa) < slowest_settling_m_s)
      continue;
    of_kind[n] = Array3<double>(tile.layers, tile.rows, tile.columns);
#pragma omp parallel for schedule(static)
    for (int j = 0; j < tile.rows; ++j)
      for (int k = 0; k < tile.layers; ++k)
        for (int i = 0; i < tile.columns; ++i) {
          const int row = tile.first_row + j, column = tile.first_column + i;
          of_kind[n](k, j, i) = mean_settling_m_s(kind, weather.temperature_k(k, row, column),
                                                  weather.pressure_pa(k, row, column));
        }
  }
  for (int s = 0; s < state.species.count(); ++s) {
    const int kind = kinds.of_species[static_cast<std::size_t>(s)];
    if (kind >= 0) velocities[static_cast<std::size_t>(s)] = of_kind[static_cast<std::size_t>(kind)];
  }
  return velocities;
}

}  // namespace lantian
