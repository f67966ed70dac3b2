#pragma once

#include "plume/aermod_concentration.hpp"
#include "receptor_blocks.hpp"
#include "source_hour.hpp"

#include <span>

namespace lantian::plume {

/// Way from a source to eight receptors [m].
struct Way {
  Lanes along_m, across_m;
};
[[nodiscard]] Way way_to(const Source& source, const SourceHour& now, const ReceptorBlock& block);

/// Eight receptors as a source sees them.
[[nodiscard]] SeenReceptor<Lanes> seen_from(const Source& source, const ReceptorBlock& block,
                                            bool flat_terrain);

/// Receptors nearer than this to a point or a volume get nothing [m].
[[nodiscard]] double nearest_receptor_m(const Source& source);

/// What chemistry asks of a point's or a volume's plume at every receptor; empty: not asked for.
struct WayRows {
  std::span<double> travel_s_ug_m3;  ///< what it brings times how long that was on its way
  std::span<double> from_cavity;     ///< share of it that the cavity of a building had caught
};

/// Writes what a point or a volume of an emission [ug s-1] brings to every receptor in an hour [ug m-3].
void add_point_plume(const Source& source, double emission_ug_s, const AirColumn& air, const Options& options,
                     std::span<const ReceptorBlock> blocks, std::span<double> concentration_ug_m3,
                     const WayRows& way_rows);

}  // namespace lantian::plume
