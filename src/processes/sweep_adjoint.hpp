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

/// The adjoint of the cells beyond an edge of the grid: where air flows in they have the boundary's mixing
/// ratio, else they repeat the cell inside.
inline void give_outside_adjoint(bool flows_in, double outside, double& boundary_per_ppb, double& inside) {
  if (flows_in)
    boundary_per_ppb += outside * mol_per_kg_ppb;
  else
    inside += outside;
}

}  // namespace lantian
