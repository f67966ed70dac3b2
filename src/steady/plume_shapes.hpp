#pragma once

#include "lantian/config/plume_case.hpp"
#include "lantian/grid/projection.hpp"
#include "lantian/plume/plume_case.hpp"
#include "lantian/sources/plume_emitters.hpp"

#include <vector>

namespace lantian::steady {

/// A piece of a line or an area, and where its air is taken from.
struct PlacedShape {
  plume::Source source;
  LonLat middle{};
};

/// Makes plume sources of emitters on a map in metres. All parts of an emitter together emit 1 g s-1, but a
/// stack and its fugitive part, which emit that each.
class PlumeShapes {
 public:
  PlumeShapes(const Projection& map, const PlumePhysicsConfig& config) : map_(map), config_(config) {}

  /// @param buildings  none, or what the wind of each of 36 directions meets.
  [[nodiscard]] plume::Source stack(const PlumeEmitter& emitter,
                                    std::vector<plume::BuildingSector> buildings = {}) const;
  /// The fugitive share as a volume on the ground: sigma_y is its side / 4.3, sigma_z its height / 2.15.
  /// @see AERMOD user's guide (EPA-454/B-24-007), table 3-2
  [[nodiscard]] plume::Source fugitive(const PlumeEmitter& emitter) const;
  /// One road a straight piece at the ground; aloft, and of what falls, a strip of the road's width.
  [[nodiscard]] std::vector<PlacedShape> lines(const PlumeEmitter& emitter, bool falls = false) const;
  /// One polygon a ring.
  [[nodiscard]] std::vector<PlacedShape> areas(const PlumeEmitter& emitter) const;

 private:
  /// Height and first spread: those of the vertical profile, or of a layer at the ground, released in its
  /// middle. @see EPA-420-B-21-037, Transportation Conformity Guidance, appendix J.3.2
  void set_height(plume::Source& source, const PlumeEmitter& emitter) const;
  [[nodiscard]] plume::Position on_map(LonLat place) const;

  const Projection& map_;
  const PlumePhysicsConfig& config_;
};

}  // namespace lantian::steady
