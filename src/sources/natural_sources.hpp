#pragma once

#include "natural_fluxes.hpp"

#include "lantian/base/time.hpp"
#include "lantian/field/array.hpp"
#include "lantian/weather/meteorology.hpp"

#include <map>
#include <string>
#include <vector>

namespace lantian {

/// The natural sources of a case. Each is a sector, without district and enterprise; what it emits in an hour
/// depends on the weather alone and enters the lowest layer.
class NaturalSources {
 public:
  NaturalSources() = default;
  /// Says in the log which sources are on. Faults go to `problems`.
  NaturalSources(const EmissionsConfig& config, const SpeciesTable& species, Problems& problems);

  [[nodiscard]] std::vector<std::string> sectors() const;
  /// What the run has no species for, or for a part of it.
  [[nodiscard]] std::vector<std::string> unused() const;

  /// Adds the rates [mol s-1] of the hour that begins at `start`, with the weather of its middle, and books
  /// its mass.
  /// @throws DataError when the surface has no land use
  void add_hour(UtcTime start, const WeatherSnapshot& weather, const Surface& surface,
                std::vector<Array3<double>>& rates, MassTable& table) const;

  /// Remembers what the hour that begins at `start` emits, for `selected_t`.
  void survey(UtcTime start, const WeatherSnapshot& weather, const Surface& surface);
  /// Mass [t] of the pollutants of a group ("all" of them) that a selection means, in the surveyed hours from
  /// `from` to `to`.
  [[nodiscard]] double selected_t(const ScalingConfig& selection, const std::string& group, UtcTime from,
                                  UtcTime to) const;

 private:
  [[nodiscard]] double cut_factor(const NaturalSource& source, const NaturalCompound& compound) const;

  std::vector<NaturalSource> sources_;
  std::vector<ScalingConfig> scaling_;
  std::map<UtcTime, std::vector<double>> surveyed_t_;  // after cuts, by compound of all sources
};

}  // namespace lantian
