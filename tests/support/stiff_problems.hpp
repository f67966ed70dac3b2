// The problems that the solver and its derivatives are tried on: initial amounts, rate constants, length and
// tolerances.
#pragma once

#include "chemistry/photolysis_mcm.hpp"
#include "mechanisms/grs.hpp"
#include "mechanisms/hires.hpp"
#include "mechanisms/nox_o3.hpp"
#include "mechanisms/pollu.hpp"
#include "mechanisms/robertson.hpp"
#include "support/mechanism_box.hpp"

#include <array>
#include <cstddef>

namespace lantian::testing {

inline SolverSettings tolerances(double relative, double absolute) {
  SolverSettings settings;
  settings.relative_tolerance = relative;
  settings.absolute_tolerance = absolute;
  settings.first_step_s = 1.0e-4;   // the problems begin with a fast transient,
  settings.least_step_s = 1.0e-15;  // and the shortest life in POLLU is 2e-12 of its minute
  return settings;
}

struct RobertsonProblem {
  using Mechanism = mechanisms::robertson;
  static constexpr double interval_s = 40.0;
  static SolverSettings settings(double relative) { return tolerances(relative, 1.0e-6 * relative); }
  static MechanismBox<Mechanism> box() {
    MechanismBox<Mechanism> box;
    Mechanism::rates(RateConditions<>{}, box.k.data());
    box["Y1"] = 1.0;
    return box;
  }
};

struct HiresProblem {
  using Mechanism = mechanisms::hires;
  static constexpr double interval_s = 321.8122;
  static SolverSettings settings(double relative) { return tolerances(relative, 1.0e-4 * relative); }
  static MechanismBox<Mechanism> box() {
    MechanismBox<Mechanism> box;
    Mechanism::rates(RateConditions<>{}, box.k.data());
    box["Y1"] = 1.0;
    box["Y8"] = 0.0057;
    box.source[0] = 0.0007;  // the problem's inflow of the first species
    return box;
  }
};

struct PolluProblem {
  using Mechanism = mechanisms::pollu;
  static constexpr double interval_s = 60.0;
  static SolverSettings settings(double relative) { return tolerances(relative, 1.0e-8 * relative); }
  static MechanismBox<Mechanism> box() {
    MechanismBox<Mechanism> box;
    Mechanism::rates(RateConditions<>{}, box.k.data());
    box["NO"] = 0.2;
    box["O3"] = 0.04;
    box["HCHO"] = 0.1;
    box["CO"] = 0.3;
    box["ALD"] = 0.01;
    box["SO2"] = 0.007;
    return box;
  }
};

inline constexpr double per_ppb = 2.46e10;  // molecules cm-3

inline SolverSettings air_tolerances(double relative) {
  SolverSettings settings;
  settings.relative_tolerance = relative;
  settings.absolute_tolerance = 1.0e-3 * relative * per_ppb;
  return settings;
}

/// Urban air under a sun that stands `cos_zenith` high.
struct GrsProblem {
  using Mechanism = mechanisms::grs;
  static constexpr double interval_s = 300.0;
  static SolverSettings settings(double relative) { return air_tolerances(relative); }
  static MechanismBox<Mechanism> box(double cos_zenith = 0.7) {
    MechanismBox<Mechanism> box;
    RateConditions<> air;
    air.temperature_k = 298.15;
    air.relative_humidity = 0.6;
    air.photolysis_per_s = clear_sky_photolysis_per_s(cos_zenith);
    Mechanism::rates(air, box.k.data());
    box["ROC"] = 150.0 * per_ppb;
    box["NO"] = 8.0 * per_ppb;
    box["NO2"] = 20.0 * per_ppb;
    box["O3"] = 30.0 * per_ppb;
    box["SO2"] = 5.0 * per_ppb;
    return box;
  }
};

/// Nitrogen oxides and ozone on their way to the photostationary state.
struct NoxO3Problem {
  using Mechanism = mechanisms::nox_o3;
  static constexpr double interval_s = 300.0;
  static SolverSettings settings(double relative) { return air_tolerances(relative); }
  static MechanismBox<Mechanism> box() {
    MechanismBox<Mechanism> box;
    RateConditions<> air;
    air.temperature_k = 290.0;
    air.photolysis_per_s = clear_sky_photolysis_per_s(0.6);
    Mechanism::rates(air, box.k.data());
    box["NO"] = 12.0 * per_ppb;
    box["NO2"] = 15.0 * per_ppb;
    box["O3"] = 35.0 * per_ppb;
    return box;
  }
};

}  // namespace lantian::testing
