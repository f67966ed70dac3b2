#pragma once

#include "advection/ppm_adjoint.hpp"
#include "advection/ppm_layers.hpp"

#include "lantian/processes/differentiable.hpp"

namespace lantian {

/// What the adjoint of a sweep works on. `air_mass_kg`: before the forward sweep, with the halo that it had.
struct AdjointSweep {
  AdjointState& adjoint;
  const AirFluxes& fluxes;
  const Field<double>& air_mass_kg;
  double dt_s;
};

/// Takes the adjoints of amounts back over a sweep of unlimited PPM, and adds to those of the boundary air.
/// The halo of the adjoint in the sweep's direction must be filled, but for the outside of the grid.
void sweep_x_adjoint(const AdjointSweep& sweep);
void sweep_y_adjoint(const AdjointSweep& sweep);
void sweep_z_adjoint(const AdjointSweep& sweep, const LayerCoefficients& layers);

/// Moles in a kilogram of air at a ppb.
inline constexpr double mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;

/// The adjoint of a face through which air flows in goes to the boundary air; the face then holds zero.
inline void give_inflow_adjoint(double& face, double& boundary_per_ppb) {
  boundary_per_ppb += face * mol_per_kg_ppb;
  face = 0.0;
}

/// Adjoints of the two cells beyond an edge that the faces and slopes inside depend on.
struct OutsideAdjoint {
  double first, second;
};

/// The adjoint of the cells beyond an edge of the grid: where air flows in they have the boundary's mixing
/// ratio, else they lie on the line through the two cells inside, first + n (first - second).
inline void give_outside_adjoint(bool flows_in, const OutsideAdjoint& outside, double& boundary_per_ppb,
                                 double& at_edge, double& inside) {
  if (flows_in) {
    boundary_per_ppb += (outside.first + outside.second) * mol_per_kg_ppb;
    return;
  }
  at_edge += 2.0 * outside.first + 3.0 * outside.second;
  inside -= outside.first + 2.0 * outside.second;
}

}  // namespace lantian
