#include "gridded_sector.hpp"

#include "compensated_sum.hpp"

#include "lantian/base/constants.hpp"

#include <utility>

namespace lantian {

namespace {

/// A map of the factor that the cuts leave of a sector's pollutant.
Array2<double> factor_map(const PollutantMap& map, const std::vector<double>& by_district,
                          const DistrictMap& districts) {
  Array2<double> factor(map.inside_t[0].rows(), map.inside_t[0].columns(), by_district[0]);
  if (districts.number.empty()) return factor;
  for (std::size_t n = 0; n < factor.values().size(); ++n)
    factor.values()[n] = by_district[static_cast<std::size_t>(districts.number.values()[n])];
  return factor;
}

std::vector<SourceAttributes> attributes_by_district(const std::string& sector, const std::string& pollutant,
                                                     const DistrictMap& districts) {
  std::vector<SourceAttributes> all = {
      {.sector = sector, .district = "", .enterprise_id = "", .pollutant = pollutant}};
  for (const std::string& name : districts.names)
    all.push_back({.sector = sector, .district = name, .enterprise_id = "", .pollutant = pollutant});
  return all;
}

/// What a species gets of a year's or month's tonnes of a pollutant in an hour.
struct HourShare {
  double of_period, mol_s_per_t;
};

/// Adds an hour's tonnes in each layer to the rate [mol s-1] of a species and to what was injected [t].
void add_layers(const Array2<double>& kept_t, const ProfileShares& by_layer, const HourShare& share,
                Array3<double>& rate, CompensatedSum& injected) {
  for (int k = 0; k < by_layer.layers; ++k) {
    for (int j = 0; j < kept_t.rows(); ++j) {
      for (int i = 0; i < kept_t.columns(); ++i) {
        const double hour_t = kept_t(j, i) * by_layer.share(k, j, i) * share.of_period;
        rate(k, j, i) += hour_t * share.mol_s_per_t;
        injected.add(hour_t);
      }
    }
  }
}

}  // namespace

void GriddedSector::prepare(const ProfileTables& tables, const SpeciesTable& species,
                            const DistrictMap& of_cells, const std::vector<ScalingConfig>& scaling) {
  if (!district().empty() && !inventory_.pollutants.empty()) {
    const Array2<double>& like = inventory_.pollutants.begin()->second.inside_t[0];
    own_district_ = DistrictMap{Array2<int>(like.rows(), like.columns(), 1), {district()}};
  }
  const DistrictMap& districts = districts_of(of_cells);
  for (const auto& [name, map] : inventory_.pollutants) {
    Pollutant& pollutant = pollutants_[name];
    pollutant.targets = targets_of(tables, profiles_, name, species);
    std::vector<double> by_district;
    for (const SourceAttributes& source : attributes_by_district(this->name(), name, districts))
      by_district.push_back(scaling_of(scaling, source));
    const Array2<double> factor = factor_map(map, by_district, districts);
    for (Array2<double> kept : map.inside_t) {
      CompensatedSum cut, sum;
      for (std::size_t n = 0; n < kept.values().size(); ++n) {
        double& value = kept.values()[n];
        const double before = value;
        value *= factor.values()[n];
        cut.add(before - value);
        sum.add(value);
      }
      pollutant.kept_t.push_back(std::move(kept));
      pollutant.cut_t.push_back(cut.value());
      pollutant.kept_sum_t.push_back(sum.value());
    }
  }
}

const DistrictMap& GriddedSector::districts_of(const DistrictMap& districts) const {
  return own_district_ ? *own_district_ : districts;
}

std::vector<std::string> GriddedSector::unused() const {
  std::vector<std::string> names;
  for (const auto& [name, pollutant] : pollutants_)
    if (pollutant.targets.unused_share > 0.0) names.push_back(name);
  return names;
}

GriddedSector::HourPart GriddedSector::part_of(const PollutantMap& map, const CivilTime& local) const {
  if (map.inside_t.size() == 12)
    return {static_cast<std::size_t>(local.month - 1),
            profiles_.temporal->of_month(local) / (24.0 * days_in_month(local.year, local.month))};
  return {0, profiles_.temporal->of_year(local) / (24.0 * days_in_year(local.year))};
}

void GriddedSector::add_hour(const CivilTime& local, const ProfileShares& by_layer,
                             std::vector<Array3<double>>& rates, MassTable& table) {
  for (const auto& [name, pollutant] : pollutants_) {
    const PollutantMap& map = inventory_.pollutants.at(name);
    const auto [period, share] = part_of(map, local);
    MassTableRow& row = table.row(this->name(), name);
    row.inventory_t += share * map.whole_t[period];
    row.outside_domain_t += share * map.outside_t[period];
    row.cut_t += share * pollutant.cut_t[period];
    row.unused_t += share * pollutant.targets.unused_share * pollutant.kept_sum_t[period];
    const Array2<double>& kept_t = pollutant.kept_t[period];
    CompensatedSum injected;
    for (const EmissionTargets::Part& part : pollutant.targets.parts) {
      Array3<double>& rate = rates[static_cast<std::size_t>(part.species)];
      if (rate.empty()) rate = Array3<double>(by_layer.share.layers(), kept_t.rows(), kept_t.columns(), 0.0);
      add_layers(kept_t, by_layer, {share * part.share, part.mol_per_t / seconds_per_hour}, rate, injected);
    }
    row.injected_t += injected.value();
  }
}

double GriddedSector::selected_t(const ScalingConfig& selection, const std::string& group,
                                 const std::vector<CivilTime>& hours, const DistrictMap& of_cells) {
  const DistrictMap& districts = districts_of(of_cells);
  CompensatedSum sum;
  for (const auto& [name, pollutant] : pollutants_) {
    if (group != "all" && pollutant_group(name) != group) continue;
    const std::vector<SourceAttributes> sources = attributes_by_district(this->name(), name, districts);
    std::vector<bool> is_wanted;
    is_wanted.reserve(sources.size());
    for (const SourceAttributes& source : sources) is_wanted.push_back(is_meant(selection, source));
    std::vector<double> weight(pollutant.kept_t.size(), 0.0);
    for (const CivilTime& local : hours) {
      const auto [period, share] = part_of(inventory_.pollutants.at(name), local);
      weight[period] += share;
    }
    for (std::size_t p = 0; p < weight.size(); ++p) {
      if (weight[p] == 0.0) continue;
      const auto values = pollutant.kept_t[p].values();
      for (std::size_t n = 0; n < values.size(); ++n) {
        const int district = districts.number.empty() ? 0 : districts.number.values()[n];
        if (is_wanted[static_cast<std::size_t>(district)]) sum.add(weight[p] * values[n]);
      }
    }
  }
  return sum.value();
}

}  // namespace lantian
