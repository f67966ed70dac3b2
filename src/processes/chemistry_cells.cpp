#include "chemistry_cells.hpp"

#include "chemistry/photolysis_mcm.hpp"
#include "failed_cell.hpp"
#include "meteorology/clear_sky.hpp"
#include "meteorology/solar_position.hpp"
#include "photolysis/optics.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace lantian {

double mol_per_ppb(const State& state, Block block, int i) {
  return 1.0e-9 * state.air_mass_kg(block.layer, block.row, i) * mol_air_per_kg;
}

std::optional<AerosolSpecies> aerosol_species(const SpeciesTable& species) {
  const auto so4 = species.find("PSO4"), hno3 = species.find("HNO3"), no3 = species.find("PNO3"),
             nh3 = species.find("NH3"), nh4 = species.find("PNH4");
  if (!so4 || !hno3 || !no3 || !nh3 || !nh4) return std::nullopt;
  return AerosolSpecies{*so4, *hno3, *no3, *nh3, *nh4};
}

double layer_kg_m2(const WeatherSnapshot& w, int k, int row, int column) {
  const int last = w.pressure_pa.layers() - 1;
  const auto p = [&](int layer) { return w.pressure_pa(layer, row, column); };
  if (last == 0) return 0.0;
  const double below_pa = k == 0 ? p(0) - p(1) : p(k - 1) - p(k),
               above_pa = k == last ? below_pa : p(k) - p(k + 1);
  return 0.5 * (below_pa + above_pa) / gravity_m_s2;
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

double CloudLight::factor(int layer) const {
  if (top < base || layer < base) return below;
  if (layer > top) return above;
  const double share = (layer - base + 1.0) / (top - base + 2.0);
  return below + share * (above - below);
}

PhotolysisRates BlockLight::rates_per_s(int lane, int layer, double pressure_pa) const {
  const auto n = static_cast<std::size_t>(lane);
  PhotolysisRates rates =
      is_by_height ? PhotolysisTable::at_pressure(clear_sky.at(n), pressure_pa) : clear_sky.at(n).front();
  double dimmed = cloud.at(n).factor(layer);
  if (!haze.at(n).empty()) dimmed *= haze.at(n)[static_cast<std::size_t>(layer)];
  for (double& rate : rates) rate *= dimmed;
  return rates;
}

namespace {

/// Where the weather has cloud water, by its optical depth; else by cloud cover alone.
CloudLight cloud_light(const WeatherSnapshot& w, int row, int column, double cosine_zenith) {
  CloudLight light{.base = -1};
  double depth = 0.0;
  for (int k = 0; k < w.cloud_water_kg_kg.layers(); ++k) {
    const double water = w.cloud_water_kg_kg(k, row, column);
    if (water <= 0.0) continue;
    if (light.base < 0) light.base = k;
    light.top = k;
    depth += cloud_optical_depth(water * layer_kg_m2(w, k, row, column));
  }
  const double cover = w.cloud_fraction(row, column);
  if (depth < 0.01) {
    light = CloudLight{};
    light.below = cloud_photolysis_factor(cover);
    return light;
  }
  const CloudFactors factors = cloud_factors(depth, cover > 0.0 ? cover : 1.0, std::max(cosine_zenith, 0.0));
  light.below = factors.below;
  light.above = factors.above;
  return light;
}

}  // namespace

BlockLight light_of(const ChemistryConfig& chemistry, const Array2<LonLat>& place, const Environment& e,
                    const Tile& tile, Block block, Step step) {
  const double middle = static_cast<double>(step.start.unix_seconds()) + 0.5 * step.length_s;
  const SubsolarPoint sun = subsolar_point(middle);
  BlockLight light{.is_by_height = chemistry.photolysis == "two_stream"};
  const double distance = light.is_by_height ? sun_distance_factor(day_angle_rad(middle)) : 1.0;
  for (int lane = 0; lane < lane_count; ++lane) {
    const int row = tile.first_row + block.row, column = tile.first_column + block.column_of(lane);
    const LonLat at = place(row, column);
    const double cosine = cosine_solar_zenith(sun, at.longitude_deg, at.latitude_deg);
    const auto n = static_cast<std::size_t>(lane);
    light.cosine_zenith.at(n) = cosine;
    PhotolysisTable::Profile& clear = light.clear_sky.at(n);
    if (!light.is_by_height) {
      clear.front() = clear_sky_photolysis_per_s(cosine);
      light.cloud.at(n) = {.below = cloud_photolysis_factor(e.weather->middle.cloud_fraction(row, column))};
      continue;
    }
    light.cloud.at(n) = cloud_light(e.weather->middle, row, column, cosine);
    clear = PhotolysisTable::instance().over(cosine, chemistry.ozone_column_du, chemistry.uv_albedo);
    for (PhotolysisRates& rates : clear)
      for (double& rate : rates) rate *= distance;
  }
  return light;
}

std::vector<std::pair<int, double>> factors_by_reaction(const std::map<std::string, double>& factors,
                                                        const std::vector<std::string_view>& reactions) {
  std::vector<std::string> labels;
  labels.reserve(reactions.size());
  for (const std::string_view one : reactions) labels.emplace_back(one.substr(0, one.find(':')));
  std::vector<std::pair<int, double>> all;
  for (const auto& [label, factor] : factors) {
    const auto found = std::ranges::find(labels, label);
    if (found == labels.end())
      throw ConfigError(fmt::format(
          R"(chemistry.rate_factors: the mechanism has no reaction "{}"; labels are those between < and > in its file, as {}.{})",
          label, labels.empty() ? "none" : labels.front(), did_you_mean(label, labels)));
    all.emplace_back(static_cast<int>(found - labels.begin()), factor);
  }
  return all;
}

void throw_first_fault(const Communicator& ranks, const Tile& tile, const std::vector<std::string>& faults) {
  const auto mine = std::ranges::find_if(faults, [](const std::string& fault) { return !fault.empty(); });
  try {
    ranks.throw_together(mine == faults.end() ? "" : *mine, tile.first_row + (mine - faults.begin()));
  } catch (const NumericalError& error) {
    const std::string text = error.what();
    const std::size_t mark = text.find(replay_mark);
    if (mark == std::string::npos) throw;
    throw CellFailure(text.substr(0, mark), text.substr(mark + 1));
  }
}

}  // namespace lantian
