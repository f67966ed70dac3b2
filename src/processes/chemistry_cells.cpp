#include "chemistry_cells.hpp"

#include "chemistry/photolysis_mcm.hpp"
#include "meteorology/clear_sky.hpp"
#include "meteorology/solar_position.hpp"

#include "lantian/base/constants.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace lantian {

double mol_per_ppb(const State& state, Block block, int i) {
  return 1.0e-9 * state.air_mass_kg(block.layer, block.row, i) * mol_air_per_kg;
}

std::optional<AerosolSpecies> aerosol_species(const SpeciesTable& species) {
  const auto so4 = species.find("SO4"), hno3 = species.find("HNO3"), no3 = species.find("NO3"),
             nh3 = species.find("NH3"), nh4 = species.find("NH4");
  if (!so4 || !hno3 || !no3 || !nh3 || !nh4) return std::nullopt;
  return AerosolSpecies{*so4, *hno3, *no3, *nh3, *nh4};
}

CellAir air_of_cell(const WeatherSnapshot& w, int k, int row, int column) {
  const double temperature_k = w.temperature_k(k, row, column), pressure_pa = w.pressure_pa(k, row, column);
  const double vapour = w.water_vapour_kg_kg(k, row, column);
  constexpr double dry_over_water_mass = air_molar_mass_g_mol / 18.01528;
  const double vapour_per_dry = vapour * dry_over_water_mass;  // molecules
  const double air_per_cm3 = 1.0e-6 * pressure_pa / (boltzmann_j_k * temperature_k);
  const double vapour_pa = pressure_pa * vapour_per_dry / (1.0 + vapour_per_dry);
  CellAir air{.rates = {}, .dry_air_per_cm3 = air_per_cm3 / (1.0 + vapour_per_dry)};
  air.rates.temperature_k = temperature_k;
  air.rates.air_per_cm3 = air_per_cm3;
  air.rates.water_per_cm3 = air_per_cm3 - air.dry_air_per_cm3;
  air.rates.relative_humidity =
      std::clamp(vapour_pa / saturation_vapour_pressure_pa(temperature_k), 0.0, 1.0);
  if (!w.cloud_water_kg_kg.empty()) {
    const double dry_air_g_m3 = 1.0e6 * air.dry_air_per_cm3 * air_molar_mass_g_mol / avogadro_per_mol;
    air.rates.cloud_water_g_m3 = w.cloud_water_kg_kg(k, row, column) * dry_air_g_m3;
  }
  return air;
}

double nitrate_product_ppb2(const CellAir& air) {
  const double dry_air_bar = 1.0e-5 * air.dry_air_per_cm3 * 1.0e6 * boltzmann_j_k * air.rates.temperature_k;
  return ammonium_nitrate_product_ppb2(air.rates.temperature_k, air.rates.relative_humidity) /
         (dry_air_bar * dry_air_bar);
}

BlockLight light_of(const Array2<LonLat>& place, const Environment& e, const Tile& tile, Block block,
                    Step step) {
  const double middle = static_cast<double>(step.start.unix_seconds()) + 0.5 * step.length_s;
  const SubsolarPoint sun = subsolar_point(middle);
  BlockLight light{};
  for (int lane = 0; lane < lane_count; ++lane) {
    const int row = tile.first_row + block.row, column = tile.first_column + block.column_of(lane);
    const LonLat at = place(row, column);
    auto& rates = light.at(static_cast<std::size_t>(lane));
    rates = clear_sky_photolysis_per_s(cosine_solar_zenith(sun, at.longitude_deg, at.latitude_deg));
    const double cloud = cloud_photolysis_factor(e.weather->middle.cloud_fraction(row, column));
    for (double& rate : rates) rate *= cloud;
  }
  return light;
}

std::string failure_sentence(const Tile& tile, Block block, Step step) {
  const int first = tile.first_column + block.first_column;
  return fmt::format(
      "chemistry at {}: the solver found no step that keeps its tolerance in row {}, columns {} to {}, layer "
      "{}; look at the emissions and the weather there",
      to_iso8601(step.start), tile.first_row + block.row, first, first + block.cells - 1, block.layer + 1);
}

void throw_first_fault(const Communicator& ranks, const Tile& tile, const std::vector<std::string>& faults) {
  for (std::size_t j = 0; j < faults.size(); ++j) {
    if (faults[j].empty()) continue;
    ranks.throw_together(faults[j], tile.first_row + static_cast<std::int64_t>(j));
    return;
  }
  ranks.throw_together("", 0);
}

}  // namespace lantian
