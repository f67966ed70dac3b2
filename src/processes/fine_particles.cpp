#include "fine_particles.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace lantian {

namespace {

constexpr std::array<std::string_view, 5> salts = {"PSO4", "PNO3", "PNH4", "PCL", "NA"};
constexpr std::array<std::string_view, 7> organics = {"POA", "SOA1", "SOA2", "SOA3", "SOA4", "SOPA", "SOPB"};

}  // namespace

FineParticleSpecies::FineParticleSpecies(const SpeciesTable& species) {
  for (int s = 0; s < species.count(); ++s) {
    const Species& one = species[s];
    if (one.phase != Phase::particle || one.deposits_as != "particle_fine") continue;
    const Member member{.species = s, .molar_mass_g_mol = one.molar_mass_g_mol};
    if (std::ranges::find(salts, one.name) != salts.end())
      inorganic_.push_back(member);
    else if (std::ranges::find(organics, one.name) != organics.end())
      organic_.push_back(member);
    else
      other_.push_back(member);
    if (one.name == "PNO3") nitrate_.push_back(member);
    if (one.name == "PEC") soot_.push_back(member);
    if (one.name == "PCL") chloride_.push_back(member);
  }
}

}  // namespace lantian
