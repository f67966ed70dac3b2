#include "placed_stack.hpp"

#include "compensated_sum.hpp"
#include "release_height.hpp"

#include "lantian/base/constants.hpp"

namespace lantian {

namespace {

SourceAttributes attributes(const StackSource& source, const std::string& pollutant) {
  return {.sector = source.sector,
          .district = source.district,
          .enterprise_id = source.enterprise_id,
          .pollutant = pollutant};
}

}  // namespace

void PlacedStack::prepare(const ProfileTables& tables, const SpeciesTable& species,
                          const std::vector<ScalingConfig>& scaling) {
  for (const auto& [name, t_yr] : source_.t_yr)
    pollutants_[name] = {targets_of(tables, profiles_, name, species),
                         scaling_of(scaling, attributes(source_, name))};
}

std::vector<std::string> PlacedStack::unused() const {
  std::vector<std::string> names;
  for (const auto& [name, pollutant] : pollutants_)
    if (pollutant.targets.unused_share > 0.0 && source_.t_yr.at(name) > 0.0) names.push_back(name);
  return names;
}

double PlacedStack::hour_share(const CivilTime& local) const {
  return profiles_.temporal->of_year(local) / (24.0 * days_in_year(local.year));
}

void PlacedStack::add_hour(const CivilTime& local, const WeatherSnapshot& weather, const Surface& surface,
                           std::vector<Array3<double>>& rates, MassTable& table) {
  const double share = hour_share(local);
  std::vector<double> by_layer;
  if (cell_) {
    by_layer = plume_layer_shares(source_.stack, weather, surface, cell_->row, cell_->column);
    for (double& part : by_layer) part *= 1.0 - source_.fugitive;
    by_layer[0] += source_.fugitive;
  }
  for (const auto& [name, pollutant] : pollutants_) {
    MassTableRow& row = table.row(source_.sector, name);
    const double hour_t = source_.t_yr.at(name) * share, kept_t = hour_t * pollutant.factor;
    row.inventory_t += hour_t;
    if (!cell_) {
      row.outside_domain_t += hour_t;
      continue;
    }
    row.cut_t += hour_t - kept_t;
    row.unused_t += kept_t * pollutant.targets.unused_share;
    CompensatedSum injected;
    for (const EmissionTargets::Part& part : pollutant.targets.parts) {
      Array3<double>& rate = rates[static_cast<std::size_t>(part.species)];
      const Array3<double>& like = weather.temperature_k;
      if (rate.empty()) rate = Array3<double>(like.layers(), like.rows(), like.columns(), 0.0);
      for (int k = 0; k < rate.layers(); ++k) {
        const double part_t = kept_t * part.share * by_layer[static_cast<std::size_t>(k)];
        rate(k, cell_->row, cell_->column) += part_t * part.mol_per_t / seconds_per_hour;
        injected.add(part_t);
      }
    }
    row.injected_t += injected.value();
  }
}

double PlacedStack::selected_t(const ScalingConfig& selection, const std::string& group,
                               const std::vector<CivilTime>& hours) {
  double wanted_t_yr = 0.0;
  for (const auto& [name, pollutant] : pollutants_)
    if ((group == "all" || pollutant_group(name) == group) && is_meant(selection, attributes(source_, name)))
      wanted_t_yr += source_.t_yr.at(name) * pollutant.factor;
  if (!cell_ || wanted_t_yr == 0.0) return 0.0;
  double share = 0.0;
  for (const CivilTime& local : hours) share += hour_share(local);
  return wanted_t_yr * share;
}

}  // namespace lantian
