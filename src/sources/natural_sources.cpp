#include "natural_sources.hpp"

#include "compensated_sum.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/log.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace lantian {

namespace {

NaturalGround ground_of(UtcTime time, const WeatherSnapshot& weather, const Surface& surface, int j, int i) {
  const double temperature_k = weather.temperature_2m_k(j, i);
  return {
      .land_use = static_cast<std::size_t>(surface.land_use(j, i) - 1),
      .temperature_k = temperature_k,
      .short_wave_w_m2 = weather.short_wave_w_m2(j, i),
      .rain_mm_h = weather.rain_rate_mm_h(j, i),
      .friction_velocity_m_s = weather.friction_velocity_m_s(j, i),
      .wind_10m_m_s = weather.wind_speed_10m_m_s(j, i),
      .air_density_kg_m3 = weather.surface_pressure_pa(j, i) / (dry_air_gas_constant_j_kg_k * temperature_k),
      .snow_cover = weather.snow_cover.empty() ? 0.0 : weather.snow_cover(j, i),
      .time = time,
      .latitude_deg = surface.latitude_deg(j, i)};
}

/// Mass of each compound of a source in an hour [t], cell by cell.
std::vector<Array2<double>> hour_t(const NaturalSource& source, UtcTime time, const WeatherSnapshot& weather,
                                   const Surface& surface) {
  if (surface.land_use.empty())
    throw DataError(
        fmt::format("emissions.natural.{}: the weather gives no land use of the cells, which decides it; set "
                    "its enabled to false, or give the weather a land use",
                    source.name));
  const int rows = surface.land_use.rows(), columns = surface.land_use.columns();
  std::vector<Array2<double>> mass(source.compounds.size(), Array2<double>(rows, columns));
  constexpr double kg_per_t = 1000.0;
#pragma omp parallel for schedule(static)
  for (int j = 0; j < rows; ++j) {
    std::vector<double> kg_m2_s(source.compounds.size());
    for (int i = 0; i < columns; ++i) {
      source.flux(ground_of(time, weather, surface, j, i), kg_m2_s);
      const double t_per_flux = source.scale * surface.cell_area_m2(j, i) * seconds_per_hour / kg_per_t;
      for (std::size_t n = 0; n < mass.size(); ++n) mass[n](j, i) = kg_m2_s[n] * t_per_flux;
    }
  }
  return mass;
}

double sum_of(const Array2<double>& field) {
  CompensatedSum sum;
  for (const double value : field.values()) sum.add(value);
  return sum.value();
}

/// Adds a part of a compound's mass to the rates of its species and returns the mass that went in [t].
double inject(const Array2<double>& hour_t, double share, double mol_per_t, Array3<double>& rate) {
  CompensatedSum injected;
  for (int j = 0; j < hour_t.rows(); ++j) {
    for (int i = 0; i < hour_t.columns(); ++i) {
      const double part_t = hour_t(j, i) * share;
      rate(0, j, i) += part_t * mol_per_t / seconds_per_hour;
      injected.add(part_t);
    }
  }
  return injected.value();
}

SourceAttributes attributes(const NaturalSource& source, const NaturalCompound& compound) {
  return {.sector = source.name, .district = "", .enterprise_id = "", .pollutant = compound.pollutant};
}

void tell(const NaturalChoice& choice) {
  std::vector<std::string> on;
  for (const NaturalSource& one : choice.on)
    on.push_back(fmt::format("{} (times {}; {})", one.name, one.scale, one.detail));
  log_info(fmt::format("natural emissions that are on: {}; off: {}",
                       on.empty() ? "none" : fmt::format("{}", fmt::join(on, ", ")),
                       choice.off.empty() ? "none" : fmt::format("{}", fmt::join(choice.off, ", "))));
}

}  // namespace

NaturalSources::NaturalSources(const EmissionsConfig& config, const SpeciesTable& species, Problems& problems)
    : scaling_(config.scaling) {
  if (!config.enabled) return;
  NaturalChoice choice = natural_choice(config.natural, species, problems);
  tell(choice);
  sources_ = std::move(choice.on);
}

std::vector<std::string> NaturalSources::sectors() const {
  std::vector<std::string> names;
  for (const NaturalSource& source : sources_) names.push_back(source.name);
  return names;
}

std::vector<std::string> NaturalSources::unused() const {
  std::vector<std::string> names;
  for (const NaturalSource& source : sources_)
    for (const NaturalCompound& compound : source.compounds)
      if (compound.targets.unused_share > 0.0) names.push_back(compound.name);
  return names;
}

double NaturalSources::cut_factor(const NaturalSource& source, const NaturalCompound& compound) const {
  return scaling_of(scaling_, attributes(source, compound));
}

void NaturalSources::add_hour(UtcTime start, const WeatherSnapshot& weather, const Surface& surface,
                              std::vector<Array3<double>>& rates, MassTable& table) const {
  const Array3<double>& like = weather.temperature_k;
  for (const NaturalSource& source : sources_) {
    const std::vector<Array2<double>> mass_t = hour_t(source, start, weather, surface);
    for (std::size_t n = 0; n < mass_t.size(); ++n) {
      const NaturalCompound& compound = source.compounds[n];
      const double factor = cut_factor(source, compound), whole_t = sum_of(mass_t[n]);
      double injected_t = 0.0;
      for (const EmissionTargets::Part& part : compound.targets.parts) {
        Array3<double>& rate = rates[static_cast<std::size_t>(part.species)];
        if (rate.empty()) rate = Array3<double>(like.layers(), like.rows(), like.columns(), 0.0);
        injected_t += inject(mass_t[n], factor * part.share, part.mol_per_t, rate);
      }
      MassTableRow& row = table.row(source.name, compound.pollutant);
      row.inventory_t += whole_t;
      row.cut_t += (1.0 - factor) * whole_t;
      row.unused_t += factor * whole_t * compound.targets.unused_share;
      row.injected_t += injected_t;
    }
  }
}

void NaturalSources::survey(UtcTime start, const WeatherSnapshot& weather, const Surface& surface) {
  std::vector<double> kept_t;
  for (const NaturalSource& source : sources_) {
    const std::vector<Array2<double>> mass_t = hour_t(source, start, weather, surface);
    for (std::size_t n = 0; n < mass_t.size(); ++n)
      kept_t.push_back(cut_factor(source, source.compounds[n]) * sum_of(mass_t[n]));
  }
  surveyed_t_[start] = std::move(kept_t);
}

double NaturalSources::selected_t(const ScalingConfig& selection, const std::string& group, UtcTime from,
                                  UtcTime to) const {
  double sum_t = 0.0;
  for (const auto& [start, kept_t] : surveyed_t_) {
    if (start < from || start >= to) continue;
    std::size_t n = 0;
    for (const NaturalSource& source : sources_)
      for (const NaturalCompound& compound : source.compounds) {
        const double compound_t = kept_t[n++];
        if ((group == "all" || pollutant_group(compound.pollutant) == group) &&
            is_meant(selection, attributes(source, compound)))
          sum_t += compound_t;
      }
  }
  return sum_t;
}

}  // namespace lantian
