#pragma once

#include "lantian/plume/plume_case.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace lantian::plume {

/// Steady Gaussian plumes of AERMOD's kind, hour by hour.
///
/// Sources are points (also capped and horizontal), volumes, areas, lines and roads. An hour's values depend
/// on that hour alone, and each on its own source and receptor, not on the number of threads.
///
/// @see EPA-454/R-03-004, AERMOD: Description of Model Formulation; Cimorelli et al. (2005), J. Appl.
/// Meteorol. 44, 682-693. Equations: kernels/plume/README.md.
class PlumeEngine {
 public:
  PlumeEngine(std::vector<Source> sources, std::vector<Receptor> receptors, Options options,
              WeatherTraits traits);
  ~PlumeEngine();
  PlumeEngine(PlumeEngine&&) noexcept;
  PlumeEngine& operator=(PlumeEngine&&) noexcept;
  PlumeEngine(const PlumeEngine&) = delete;
  PlumeEngine& operator=(const PlumeEngine&) = delete;

  /// An engine of other sources at the same receptors, which both share.
  [[nodiscard]] PlumeEngine with_sources(std::vector<Source> sources) const;

  /// Concentration (and deposition when asked) of every source at every receptor for one hour;
  /// [source][receptor]. Calm and missing hours give zeros.
  [[nodiscard]] HourResult hour(const WeatherHour& weather, std::size_t hour_of_run) const;

 private:
  struct Parts;
  explicit PlumeEngine(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace lantian::plume
