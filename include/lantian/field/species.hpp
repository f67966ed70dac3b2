#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lantian {

enum class Phase { gas, particle };

/// Which limiter carries a species: what has a background, or what is a plume. A chemical family keeps
/// together.
enum class TransportFamily { background, plume };

/// One transported species. Amounts are mixing ratios in ppb = 1e-9 mol per mol of dry air; a particle has
/// the molar mass that its table states, so that mass is amount times molar mass.
struct Species {
  std::string name;
  double molar_mass_g_mol = 0.0;
  Phase phase = Phase::gas;
  TransportFamily family = TransportFamily::background;
  std::string deposits_as{};   // row of the deposition table, empty: not deposited
  std::string scavenged_as{};  // row of the scavenging table, empty: not scavenged
  int nitrogen_atoms = 0, sulphur_atoms = 0;
  // Of particles; 0: that of `deposits_as`.
  double mass_median_diameter_m = 0.0, geometric_deviation = 0.0, density_kg_m3 = 0.0;
};

/// The species of a run in their order; looked up by name once, at set-up.
class SpeciesTable {
 public:
  SpeciesTable() = default;
  explicit SpeciesTable(std::vector<Species> species) : species_(std::move(species)) {}
  [[nodiscard]] int count() const { return static_cast<int>(species_.size()); }
  [[nodiscard]] const Species& operator[](int s) const { return species_[static_cast<std::size_t>(s)]; }
  [[nodiscard]] std::optional<int> find(std::string_view name) const {
    for (int s = 0; s < count(); ++s)
      if (species_[static_cast<std::size_t>(s)].name == name) return s;
    return std::nullopt;
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const Species& one : species_) all.push_back(one.name);
    return all;
  }
  [[nodiscard]] auto begin() const { return species_.begin(); }
  [[nodiscard]] auto end() const { return species_.end(); }

 private:
  std::vector<Species> species_;
};

}  // namespace lantian
