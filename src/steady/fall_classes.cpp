#include "fall_classes.hpp"

#include <algorithm>

namespace lantian::steady {

namespace {

bool falls(const FallClass& fall) {
  return !fall.pollutant.empty();
}

/// Code of AERMOD's cards: 1 for the first word.
int code_of(const std::string& word, const std::vector<std::string>& words) {
  return static_cast<int>(std::ranges::find(words, word) - words.begin()) + 1;
}

void set_surface(const PlumeDepositionConfig& config, plume::Options& options) {
  for (std::size_t month = 0; month < config.seasons.size(); ++month)
    options.deposition_seasons.at(month) = code_of(config.seasons[month], deposition_seasons());
  if (config.land_use.empty()) return;
  for (std::size_t n = 0; n < options.deposition_land_use.size(); ++n)
    options.deposition_land_use.at(n) =
        code_of(config.land_use[config.land_use.size() == 1 ? 0 : n], deposition_land_uses());
}

}  // namespace

std::string emitted_as(const std::string& pollutant) {
  return pollutant == "NO2" ? "NOx" : pollutant;
}

std::vector<FallClass> fall_classes(const PlumeCase& configuration) {
  const PlumeDepositionConfig& config = configuration.deposition;
  std::vector<FallClass> classes(1);
  for (const DepositingParticlesConfig& one : config.particles) {
    FallClass& fall = classes.emplace_back();
    fall.pollutant = one.pollutant;
    for (std::size_t n = 0; n < one.diameters_um.size(); ++n)
      fall.particles.push_back({one.diameters_um[n], one.mass_shares[n], one.densities_g_cm3[n]});
  }
  for (const DepositingMeanConfig& one : config.particle_means) {
    FallClass& fall = classes.emplace_back();
    fall.pollutant = one.pollutant;
    fall.particle_mean = plume::ParticleMean{one.fine_share, one.mean_diameter_um};
  }
  for (const DepositingGasConfig& one : config.gases) {
    FallClass& fall = classes.emplace_back();
    fall.pollutant = one.pollutant;
    fall.gas = plume::DepositingGas{one.diffusivity_air_cm2_s, one.diffusivity_water_cm2_s,
                                    one.cuticular_resistance_s_cm, one.henry_pa_m3_mol};
    fall.gas_reactivity = one.reactivity;
  }
  return classes;
}

std::vector<Quantity> quantities_of(const PlumeCase& configuration, const std::vector<std::string>& emitted) {
  const std::vector<FallClass> classes = fall_classes(configuration);
  std::vector<Quantity> quantities;
  for (const std::string& pollutant : configuration.plume.pollutants) {
    const auto n =
        static_cast<std::size_t>(std::ranges::find(emitted, emitted_as(pollutant)) - emitted.begin());
    quantities.push_back({pollutant, Quantity::Kind::air, n});
    if (!configuration.deposition.output ||
        std::ranges::find(classes, pollutant, &FallClass::pollutant) == classes.end())
      continue;
    quantities.push_back({pollutant, Quantity::Kind::dry, n});
    quantities.push_back({pollutant, Quantity::Kind::wet, n});
  }
  return quantities;
}

std::vector<double> rates_in(const SourcePlan& plan, std::size_t fall, std::span<const double> rate_g_s) {
  std::vector<double> rates(rate_g_s.size(), 0.0);
  for (std::size_t p = 0; p < rates.size(); ++p) {
    const auto own = std::ranges::find(plan.classes, plan.pollutants[p], &FallClass::pollutant);
    const auto of_pollutant =
        own == plan.classes.end() ? 0 : static_cast<std::size_t>(own - plan.classes.begin());
    if (of_pollutant == fall) rates[p] = rate_g_s[p];
  }
  return rates;
}

void lay_out_series(const PlumeCase& configuration, SourcePlan& plan) {
  plan.first_series = {0};
  for (std::size_t c = 0; c < plan.columns.size(); ++c) {
    const bool is_told = falls(plan.classes[plan.class_of_column[c]]) && configuration.deposition.output;
    const std::size_t sources = plan.first_of_column[c + 1] - plan.first_of_column[c];
    plan.first_series.push_back(plan.first_series.back() + (is_told ? 3 : 1) * sources);
  }
}

plume::Options options_of(const PlumeCase& configuration, const FallClass& fall) {
  const PlumeDepositionConfig& config = configuration.deposition;
  plume::Options options;
  options.flat_terrain = configuration.terrain.file.empty();
  options.stack_tip_downwash = configuration.plume.stack_tip_downwash;
  if (!falls(fall)) return options;
  options.deposition = config.output;
  options.dry_depletion = config.dry_depletion;
  options.wet_depletion = config.wet_depletion;
  options.romberg_depletion = config.romberg;
  options.gas_reactivity = fall.gas_reactivity;
  options.leaves_in_autumn = config.leaves_in_autumn;
  options.leaves_in_spring = config.leaves_in_spring;
  if (fall.gas) set_surface(config, options);
  return options;
}

}  // namespace lantian::steady
