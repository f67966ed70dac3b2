#include "emission_targets.hpp"

namespace lantian {

EmissionTargets targets_of(const ProfileTables& tables, const SourceProfiles& profiles,
                           const std::string& pollutant, const SpeciesTable& species) {
  constexpr double grams_per_tonne = 1.0e6;
  EmissionTargets targets;
  const std::vector<SpeciationPart>* parts = nullptr;
  const auto general = tables.speciation.find("default");
  for (const auto* profile :
       {profiles.speciation, general == tables.speciation.end() ? nullptr : &general->second}) {
    if (profile == nullptr || parts != nullptr) continue;
    if (const auto found = profile->find(pollutant); found != profile->end()) parts = &found->second;
  }
  if (parts != nullptr)
    for (const SpeciationPart& part : *parts)
      if (const auto s = species.find(part.species))
        targets.parts.push_back({*s, part.share, part.mol_per_g * grams_per_tonne});
  if (targets.parts.empty())
    if (const auto s = species.find(pollutant))
      targets.parts.push_back({*s, 1.0, grams_per_tonne / species[*s].molar_mass_g_mol});
  targets.unused_share = 1.0;
  for (const EmissionTargets::Part& part : targets.parts) targets.unused_share -= part.share;
  if (targets.unused_share < 1.0e-12) targets.unused_share = 0.0;
  return targets;
}

MassTableRow& MassTable::row(const std::string& sector, const std::string& pollutant) {
  const auto [found, is_new] = index_.try_emplace({sector, pollutant}, rows_.size());
  if (is_new) rows_.push_back(MassTableRow{.sector = sector, .pollutant = pollutant});
  return rows_[found->second];
}

}  // namespace lantian
