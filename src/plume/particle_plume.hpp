#pragma once

#include "plume/distance_table.hpp"
#include "receptor_blocks.hpp"
#include "source_hour.hpp"

#include <span>

namespace lantian::plume {

/// One size of a source's particles in an hour.
struct ParticlePart {
  double mass_share{};
  double deposition_m_s{};  ///< velocity
  double settling_m_s{};
  double scavenging_s{};  ///< by rain [s-1]
};

/// Sizes of a source's particles; empty where it has none.
[[nodiscard]] std::vector<ParticlePart> particle_parts(const Source& source, const AirColumn& air,
                                                       const SurfaceHour& surface);

/// Rows of an hour's result for one source.
struct ResultRows {
  std::span<double> concentration_ug_m3, dry_g_m2, wet_g_m2;  ///< depositions: empty where not asked for
};

/// Writes what the particles of a point or a volume of an emission [ug s-1] bring to every receptor in an
/// hour, and what of them falls there in dry and in wet ways.
/// @see EPA-454/R-03-004, addendum on deposition; Wesely et al. (2002), ANL/ER/TR-01/003.
void add_particle_plume(const Source& source, double emission_ug_s, const AirColumn& air,
                        const SurfaceHour& surface, const Options& options,
                        std::span<const ReceptorBlock> blocks, const ResultRows& rows);

}  // namespace lantian::plume
