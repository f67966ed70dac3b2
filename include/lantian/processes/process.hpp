#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/time.hpp"
#include "lantian/field/field.hpp"
#include "lantian/field/species.hpp"
#include "lantian/sources/boundary_air.hpp"
#include "lantian/weather/meteorology.hpp"

#include <string_view>
#include <vector>

namespace lantian {

/// What happens to mass; a budget has one term each.
enum class MassTerm { emission, dry_deposition, wet_deposition, chemistry, inflow, outflow, count };

/// Atoms that chemistry may turn from one species into another, but not make, unless its mechanism declares
/// that a reaction does.
enum class AtomFamily { nitrogen, sulphur, count };

/// Mass that each process moved since the last closing, by species and column: amounts in mol (positive =
/// gained by the air inside; outflow and depositions are negative), and the atoms that reactions declared
/// unbalanced made. Columns are summed by `model`, reproducibly.
class Ledger {
 public:
  Ledger() = default;
  Ledger(const Tile& tile, int species_count)
      : terms_(static_cast<std::size_t>(MassTerm::count),
               std::vector<Array2<double>>(static_cast<std::size_t>(species_count),
                                           Array2<double>(tile.rows, tile.columns, 0.0))),
        declared_(static_cast<std::size_t>(AtomFamily::count), Array2<double>(tile.rows, tile.columns, 0.0)) {
  }
  /// One cell has one owner thread at a time, so plain additions are safe and their order is fixed.
  void add(MassTerm term, int species, int j, int i, double mol) { columns(term, species)(j, i) += mol; }
  /// Books atoms by the rates of declared reactions, never by what is missing: a leak stays visible.
  void declare(AtomFamily family, int j, int i, double mol) { declared(family)(j, i) += mol; }
  [[nodiscard]] Array2<double>& declared(AtomFamily family) {
    return declared_[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] const Array2<double>& declared(AtomFamily family) const {
    return declared_[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] Array2<double>& columns(MassTerm term, int species) {
    return terms_[static_cast<std::size_t>(term)][static_cast<std::size_t>(species)];
  }
  [[nodiscard]] const Array2<double>& columns(MassTerm term, int species) const {
    return terms_[static_cast<std::size_t>(term)][static_cast<std::size_t>(species)];
  }

 private:
  std::vector<std::vector<Array2<double>>> terms_;
  std::vector<Array2<double>> declared_;
};

/// The weather and sources of the current hour on this rank's tile. Weather arrays are those of the whole
/// grid: cell (j, i) of the tile is cell (tile.first_row + j, tile.first_column + i) there.
struct Environment {
  const WeatherHour* weather = nullptr;
  const Surface* surface = nullptr;
  const BoundaryHour* boundary = nullptr;
  const std::vector<Array3<double>>* emission_mol_s = nullptr;  // whole grid; an empty array: not emitted
  const std::vector<Array2<double>>* deposition_velocity_m_s =
      nullptr;  // tile's cells, one a species; empty: none
  const std::vector<Array2<double>>* ground_release_ppb_m_s =
      nullptr;  // what the ground gives back, tile's cells, one a species; empty: nothing
  const std::vector<Array3<double>>* settling_velocity_m_s =
      nullptr;  // tile's cells [layer][row][column], one a species; empty: does not settle
};

/// What the processes work on: this rank's columns.
struct State {
  Tile tile;
  SpeciesTable species;
  FieldSet<double> mixing_ratio_ppb;  // relative to dry air
  Field<double> air_mass_kg;          // dry air carried with the tracers
  FieldSet<double>
      mixing_tendency_ppb_s;  // mode S: what emission, mixing and deposition would do; chemistry's source
};

/// A step: when it begins and how long it is.
struct Step {
  UtcTime start{};
  double length_s = 0.0;
  double seconds_into_hour = 0.0;
  long long index = 0;  // counted from the first step of the run; alternates the order of sweeps
};

/// A part of the split step.
class Process {
 public:
  Process() = default;
  virtual ~Process() = default;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  [[nodiscard]] virtual std::string_view name() const = 0;
  virtual void advance(State& state, const Environment& environment, Step step, Ledger& ledger) = 0;
};

/// Moles of dry air in a kilogram; ppb times air mass times this times 1e-9 is mol.
inline constexpr double mol_air_per_kg = 1000.0 / air_molar_mass_g_mol;

}  // namespace lantian
