#pragma once

#include "plume/boundary_layer.hpp"
#include "receptor_blocks.hpp"

#include "lantian/plume/plume_case.hpp"

#include <optional>
#include <span>
#include <vector>

namespace lantian::plume {

/// An hour as the chemistry of NO2 sees it.
struct NitrogenHour {
  const std::vector<Source>& sources;
  const std::vector<Receptor>& receptors;
  std::span<const ReceptorBlock> blocks;
  const Options& options;
  const WeatherHour& weather;
  const AirColumn& rural;
  std::span<const std::optional<AirColumn>> urban;  ///< by area; none: the city does not change the hour
  std::vector<double> emission_g_s;                 ///< of each source as a whole, in this hour
  /// What each source brings times how long it was on its way, [source][receptor]; for the reaction set, not
  /// of polygons.
  std::vector<double> travel_s_ug_m3;
  /// Share of that which the cavity of a building had caught, likewise; empty: no source has a building.
  std::vector<double> from_cavity;

  [[nodiscard]] const AirColumn& air_of(const Source& source) const {
    return source.urban_area && urban[*source.urban_area] ? *urban[*source.urban_area] : rural;
  }
};

/// Makes NO2 of the NOx (as NO2) that every source brings, [source][receptor] in ug m-3, by the generic
/// reaction set: NO with ozone and NO2 with light in the air of the plumes at an instant, for as long as the
/// NOx travelled.
///
/// A receptor's NOx of all sources decides; each source keeps its part. Without ozone in an hour all is NO2.
/// @return NO2 of the options' groups of sources, [group][receptor], each as if its sources were alone
[[nodiscard]] std::vector<double> convert_by_reaction_set(const NitrogenHour& hour,
                                                          std::span<double> concentration_ug_m3);

/// The same by the ratio of ozone to NOx in the volume of the plumes.
void convert_by_plume_volume(const NitrogenHour& hour, std::span<double> concentration_ug_m3);

/// The source as its chemistry sees it: a polygon by its middle.
[[nodiscard]] Source with_one_place(const Source& source);

/// Emission [g s-1] of a source as a whole. @param emission  per whole source, or per area of a polygon.
[[nodiscard]] double whole_emission_g_s(const Source& source, double emission);

}  // namespace lantian::plume
