#pragma once

#include "lantian/processes/process.hpp"

#include <vector>

namespace lantian {

/// What a process is linearised about: the state before it, and the hour.
///
/// The air mass of the state is always read. Its mixing ratios are read by what is not linear in them alone
/// (here: sensitivities to deposition velocities), so a state that holds nothing but air serves the rest.
struct Linearisation {
  const State& state;
  const Environment& environment;
};

/// What is varied together with the state: changes of boundary air (never null; zeros when it is not varied),
/// of emissions, deposition velocities and releases of the ground (null: not varied), and of rate factors.
/// Its weather and surface are not read.
struct Variation : Environment {
  Variation() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a direction in which rate factors do not vary
  Variation(const Environment& given) : Environment(given) {}
  /// Changes of what the rate constants of the mechanism's reactions are multiplied by, in the order of
  /// `GasChemistry::reaction_labels`; null: not varied.
  const std::vector<double>* rate_factor = nullptr;
};

/// Sensitivities of a functional J of the tile's state, on their way backwards through the steps.
///
/// They belong to *amounts*: dJ/d(mol of a species in a cell) = dJ/dq / (air mass x moles of air a kg x
/// 1e-9). In amounts the transport of mass has a plain dual: what J is worth everywhere alike (its adjoint is
/// uniform) keeps its worth wherever the air takes it, and mixing, diffusion and washing are their own
/// adjoints.
struct AdjointState {
  Tile tile;
  SpeciesTable species;
  FieldSet<double> amount_per_mol;    // dJ/d(amount in the cell)
  FieldSet<double> source_s_per_mol;  // dJ/d(rate at which the cell gains by its mixing tendency), mode S

  // Sensitivities to what is given from outside, added up over the steps that were gone through.
  std::vector<Array3<double>> emission_s_per_mol;   // dJ/d(emission rate), the tile's cells, one a species
  BoundaryHour boundary_per_ppb;                    // dJ/d(air outside), places as in Environment::boundary
  std::vector<Array2<double>> deposition_s_per_m;   // dJ/d(deposition velocity), the tile's cells; empty:
                                                    // not asked for
  std::vector<Array2<double>> release_s_per_ppb_m;  // dJ/d(release of the ground), the tile's cells
  std::vector<Array2<double>> rate_factor;  // dJ/d(factor of a reaction in a column), one a reaction, the
                                            // tile's cells; empty: not asked for

  AdjointState() = default;
  AdjointState(const Tile& of, SpeciesTable table);
  /// Asks for sensitivities to deposition velocities; the linearisation then needs mixing ratios.
  void ask_for_deposition();
  /// Asks for sensitivities to the factors of so many reactions, all that the mechanism has.
  void ask_for_rate_factors(int reactions);
};

/// A process with a tangent-linear and an adjoint operator, written by hand and exact for its discrete step.
///
/// Weather and air mass are not differentiated.
class DifferentiableProcess : public Process {
 public:
  /// Takes `tangent`, a change of the state before the process, to the change after it.
  ///
  /// The tangent's air mass becomes that after the process.
  virtual void advance_tangent(const Linearisation& at, State& tangent, const Variation& direction,
                               Step step) = 0;

  /// Takes the sensitivities to the state after the process to those before it, and adds those to what the
  /// process takes from outside.
  virtual void advance_adjoint(const Linearisation& at, AdjointState& adjoint, Step step) = 0;
};

}  // namespace lantian
