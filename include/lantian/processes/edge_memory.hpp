#pragma once

#include "lantian/processes/differentiable.hpp"

#include <array>
#include <vector>

namespace lantian {

/// The air that left through the sides of the grid, for it may come back.
///
/// While air flows out through a face, the mixing ratio of the cell inside is remembered, with a weight of 1.
/// While air flows in, what enters is (1 - w) outside + w remembered, and w dies away as exp(-t/memory_s),
/// taken at the middle of each step. Where nothing has left, what is outside enters unchanged, to the last
/// bit; nothing enters that is not between the two. The weights depend on the flow alone, so a step is linear
/// in mixing ratios: taken on changes of them, it is its own tangent. The model top has no memory.
/// Equations: kernels/advection/README.md.
class EdgeMemory {
 public:
  /// @param memory_s  positive
  EdgeMemory(const Tile& tile, int species_count, double memory_s);

  /// Mixing ratios [ppb] that enter in a step of the state that begins it, in place of `outside`; those of
  /// this rank's faces. Afterwards the memory is that of the step's end.
  [[nodiscard]] BoundaryHour take_step(const State& state, const AirFluxes& fluxes,
                                       const BoundaryHour& outside, double length_s);

  /// The adjoint of `take_step`. What is remembered here are the sensitivities to what the memory holds after
  /// the step, then to what it holds before it; those to the cells inside and to the air outside are added to
  /// `adjoint`.
  /// @param before            the memory before the step
  /// @param entering_per_ppb  sensitivities to what enters in the step
  void take_step_adjoint(const EdgeMemory& before, const Linearisation& at,
                         const BoundaryHour& entering_per_ppb, AdjointState& adjoint, double length_s);

  /// Everything, of this rank's faces; zero elsewhere, so that the sum over ranks is that of the grid.
  [[nodiscard]] std::vector<double> numbers() const;
  /// Takes its own faces from the numbers of the whole grid, as many as `numbers` gives.
  void restore(const std::vector<double>& numbers);

  [[nodiscard]] BoundaryHour& remembered_ppb() { return remembered_ppb_; }
  [[nodiscard]] const BoundaryHour& remembered_ppb() const { return remembered_ppb_; }

 private:
  Tile tile_;
  double memory_s_;
  BoundaryHour remembered_ppb_;             // sides alone
  std::array<Array2<double>, 4> weight_{};  // west, east, south, north: [layer][cell along the side]
};

}  // namespace lantian
