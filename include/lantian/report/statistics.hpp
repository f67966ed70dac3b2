#pragma once

#include <span>

namespace lantian {

/// How well a model meets observations.
///
/// @see Emery et al. (2017), J. Air Waste Manage. Assoc. 67, 582, table 1; IOA: Willmott (1981), Phys. Geogr.
/// 2, 184,
///      eq. 6; FAC2: Chang & Hanna (2004), Meteorol. Atmos. Phys. 87, 167; MFB and MFE: Boylan & Russell
///      (2006), Atmos. Environ. 40, 4946, table 1.
struct Statistics {
  int n = 0;
  double mean_observed = 0.0, mean_model = 0.0;
  double bias = 0.0;  // model minus observed
  double nmb = 0.0;   // sum of differences over sum of observations
  double nme = 0.0;   // sum of absolute differences over sum of observations
  double rmse = 0.0;
  double r = 0.0;     // Pearson's correlation; NaN when one does not vary
  double fac2 = 0.0;  // share of pairs with 0.5 <= model / observed <= 2
  double ioa = 0.0;   // index of agreement
  double mfb = 0.0;   // mean fractional bias, -2 to 2: of differences over means of both; 0 where both are 0
  double mfe = 0.0;   // mean fractional error, 0 to 2
};

/// @pre both have the same length. All figures are NaN when there is no pair.
[[nodiscard]] Statistics statistics_of(std::span<const double> observed, std::span<const double> model);

}  // namespace lantian
