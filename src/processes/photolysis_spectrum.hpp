#pragma once

#include "chemistry/rate_laws.hpp"

#include <array>
#include <vector>

namespace lantian {

/// One step of the spectrum: how much light there is, what ozone takes of it, what it does.
struct SpectralStep {
  double wavelength_nm = 0.0, photons_per_cm2_s = 0.0;  // of the sun, outside the atmosphere
  double ozone_warm_cm2 = 0.0, ozone_cold_cm2 = 0.0;    // at 295 and 218 K
  int band = 0;                                         // of bands.csv, from 0 on
  [[nodiscard]] double ozone_cm2(double temperature_k) const;
};

/// The tables of inputs/photolysis.
class PhotolysisSpectrum {
 public:
  PhotolysisSpectrum();
  [[nodiscard]] const std::vector<SpectralStep>& steps() const { return steps_; }
  /// Cross section times quantum yield [cm2] of all reactions in a step.
  [[nodiscard]] std::array<double, photolysis_count> yields_cm2(const SpectralStep& step,
                                                                double temperature_k) const;
  /// Ozone [molecules cm-3] of the standard profile, not scaled.
  [[nodiscard]] double ozone_per_cm3(double height_km) const;

 private:
  struct Row {
    double temperature_k;
    std::array<double, 7> yield_cm2;
  };
  void read_steps();
  void read_yields();
  void read_profile();

  std::vector<SpectralStep> steps_;
  std::array<std::vector<Row>, photolysis_count> yields_;  // by reaction, temperature rising; empty: O1D
  std::vector<double> profile_km_, profile_per_cm3_;
};

}  // namespace lantian
