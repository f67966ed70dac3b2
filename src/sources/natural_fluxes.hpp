#pragma once

#include "emission_targets.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/time.hpp"
#include "lantian/config/case.hpp"
#include "lantian/field/species.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace lantian {

/// The ground of a cell and the air over it, in one hour.
struct NaturalGround {
  std::size_t land_use{};  // class of inputs/landuse/land_use.csv, from 0
  double temperature_k{}, short_wave_w_m2{}, rain_mm_h{};
  double friction_velocity_m_s{}, wind_10m_m_s{}, air_density_kg_m3{};
  double snow_cover{};  // share of the ground
  UtcTime time;
  double latitude_deg{};
};

/// A part of what a natural source gives off.
struct NaturalCompound {
  std::string name, pollutant;  // the pollutant is that of the mass table and of cuts
  EmissionTargets targets;
};

/// A source that the weather decides.
struct NaturalSource {
  std::string name;    // of its sector and its key
  double scale = 1.0;  // of the case
  std::string detail;  // what the log says of it
  std::vector<NaturalCompound> compounds;
  /// Flux of each compound out of the ground [kg m-2 s-1].
  std::function<void(const NaturalGround&, std::span<double>)> flux;
};

/// The natural sources that are on, and the names of those that are off. A source that the case asks for and
/// that the run has no species for is a fault.
struct NaturalChoice {
  std::vector<NaturalSource> on;
  std::vector<std::string> off;
};
[[nodiscard]] NaturalChoice natural_choice(const NaturalConfig& config, const SpeciesTable& species,
                                           Problems& problems);

}  // namespace lantian
