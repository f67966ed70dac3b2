#pragma once

#include "lantian/weather/meteorology.hpp"

namespace lantian {

/// One hour of air as the weather tells it, not yet consistent.
struct HourlyAir {
  // Dry air in the cells at both ends of the hour [kg], [layer][row][column].
  const Array3<double>& begin_kg;
  const Array3<double>& end_kg;
  // Mean horizontal mass fluxes of the hour [kg s-1], positive eastwards and northwards.
  const Array3<double>& x_kg_s;  // [layer][row][column + 1]
  const Array3<double>& y_kg_s;  // [layer][row + 1][column]
  // Upward flux through the model top that the weather prescribes [kg s-1], [row][column].
  const Array2<double>& top_kg_s;
};

struct ConsistentWind {
  AirFluxes fluxes;
  double adjustment_rms = 0.0;  // rms of the horizontal correction over rms of the flux
};

/// Fluxes that carry `begin_kg` exactly into `end_kg`, next to the given ones.
///
/// The residual of each column, of mass tendency, divergence and prescribed top flux, is taken out by the
/// gradient of a potential that is 0 on the lateral boundary; layers share it by their mass. The vertical
/// flux then follows from continuity, 0 at the ground, and meets the prescribed one at the top to rounding.
///
/// Serial and in fixed order: the same bits wherever it runs.
/// @throws NumericalError when the conjugate gradients do not converge (fluxes that are not finite).
/// @see Odman & Russell (2000), Atmos. Environ. 34, 2331, on why W must follow from continuity; Sherman
///      (1978), J. Appl. Meteorol. 17, 312, for the variational form; Hestenes & Stiefel (1952).
[[nodiscard]] ConsistentWind mass_consistent_wind(const HourlyAir& hour, const Surface& surface);

}  // namespace lantian
