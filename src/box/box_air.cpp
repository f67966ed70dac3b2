#include "box_mechanism.hpp"
#include "meteorology/clear_sky.hpp"

namespace lantian {

RateConditions<> air_of(const BoxAirConfig& air) {
  RateConditions<> rates;
  rates.temperature_k = air.temperature_k;
  rates.relative_humidity = air.relative_humidity;
  rates.cloud_water_g_m3 = air.cloud_water_g_m3;
  rates.particle_surface_m2_m3 = air.particle_surface_m2_m3;
  rates.particle_radius_m = air.particle_radius_m;
  rates.n2o5_uptake = air.n2o5_uptake;
  rates.organic_nitrate_share = air.organic_nitrate_share;
  rates.aqueous_ozone_cm3_s = air.aqueous_ozone_cm3_s;
  rates.aqueous_peroxide_cm3_s = air.aqueous_peroxide_cm3_s;
  rates.aqueous_methyl_hydroperoxide_cm3_s = air.aqueous_methyl_hydroperoxide_cm3_s;
  rates.aqueous_peroxyacetic_acid_cm3_s = air.aqueous_peroxyacetic_acid_cm3_s;
  rates.aqueous_nitrogen_dioxide_cm3_s = air.aqueous_nitrogen_dioxide_cm3_s;
  rates.aqueous_metals_per_s = air.aqueous_metals_per_s;
  rates.ground_surface_m2_m3 = air.ground_surface_m2_m3;
  const double per_cm3_pa = 1.0e-6 / (boltzmann_j_k * air.temperature_k);
  rates.air_per_cm3 = air.air_per_cm3 > 0.0 ? air.air_per_cm3 : 100.0 * air.pressure_hpa * per_cm3_pa;
  const double vapour_pa = air.relative_humidity * saturation_vapour_pressure_pa(air.temperature_k);
  rates.water_per_cm3 = air.water_per_cm3 > 0.0 ? air.water_per_cm3 : vapour_pa * per_cm3_pa;
  return rates;
}

double cosine_of_zenith(const BoxCase& c, double time_s) {
  constexpr double radian = std::numbers::pi / 180.0;
  const double latitude = c.sun.latitude_deg * radian, declination = c.sun.declination_deg * radian;
  const double hour_angle = (time_s / 3600.0 + c.run.begin_h - 12.0) * (std::numbers::pi / 12.0);
  return std::sin(latitude) * std::sin(declination) +
         std::cos(latitude) * std::cos(declination) * std::cos(hour_angle);
}

std::array<double, photolysis_count> photolysis_of(const BoxCase& c, double cos_zenith) {
  std::array<double, photolysis_count> rates{};
  if (cos_zenith <= 0.0) return rates;
  if (c.photolysis.empty()) rates = clear_sky_photolysis_per_s(cos_zenith);
  for (const BoxPhotolysisConfig& one : c.photolysis) {
    const auto process =
        static_cast<std::size_t>(std::ranges::find(photolysis_names, one.process) - photolysis_names.begin());
    rates.at(process) = one.l * std::pow(cos_zenith, one.m) * std::exp(-one.n / cos_zenith);
  }
  for (double& rate : rates) rate *= c.sun.factor;
  return rates;
}

}  // namespace lantian
