#pragma once

#include "building_wake.hpp"
#include "nitrogen_hour.hpp"
#include "point_plume.hpp"

#include <array>
#include <limits>
#include <optional>

namespace lantian::plume {

inline constexpr std::size_t volume_node_count = 59;

/// Distances [m] at which the spread of a plume is worked out: 10, 20, ... 100, 120, ... 200, 250, ... 500
/// and so on by the decade up to 100 km, then 500 km.
[[nodiscard]] const std::array<double, volume_node_count>& volume_nodes_m();

/// A plume's spread [m] at a distance, of its part below a convective lid, or of the whole, and of the part
/// above; with what says how a stable plume wanders, and by which the depth of the next node's air is
/// guessed.
template <class V>
struct VolumeSpread {
  V below_m{}, above_m{}, wind_m_s{}, sigma_v_m_s{}, sigma_y_m{}, sigma_w_m_s{};
};
/// Those at the nodes, eight side by side; beyond the last node they are those of the last.
using VolumeSpreads = std::array<VolumeSpread<Lanes>, (volume_node_count + lane_count - 1) / lane_count>;

/// What the middles of plumes that share a volume span across and up [m], below and above a convective lid.
struct VolumeBox {
  double wide_m{}, high_m{}, wide_above_m{}, high_above_m{};
};

/// A plume as a receptor sees it: height of its middle, its wind, the receptor's distance, and the weight of
/// what keeps its level against what follows the ground.
struct SeenVolume {
  double height_m{}, wind_m_s{}, distance_m{}, level_share = 0.5;
};

/// The plume of a source in the air of an hour by its volume.
///
/// The volume is that of the plume without a building, as in AERMOD: the least there is. In stable air a
/// receptor sees the plume by the wake of its building: at the height it has there, in the mean wind about
/// the wake, at any distance behind the stack. In convective air it sees the plain plume.
/// @see Hanrahan (1999), J. Air Waste Manage. Assoc. 49, 1324-1331; code of AERMOD 24142.
class SourceVolume {
 public:
  SourceVolume(const Source& source, const NitrogenHour& hour);

  [[nodiscard]] const AirColumn& air() const { return air_; }
  [[nodiscard]] bool is_flat() const { return flat_; }
  [[nodiscard]] double base_elevation_m() const { return flat_ ? 0.0 : place_.base_elevation_m; }
  /// Height [m] of a receptor above the source's base.
  [[nodiscard]] double height_of(const Receptor& receptor) const;
  /// Share of the plume that went through the lid, and the height of its middle [m].
  [[nodiscard]] double share_above() const {
    return now_.source.convective ? now_.source.through.share : 0.0;
  }
  [[nodiscard]] double height_above_m() const;
  /// Whether plumes at a distance are mixed through a convective layer.
  [[nodiscard]] bool is_mixed_at(double x_m) const;

  /// Way from this source to a receptor along and across another's wind [m].
  struct LevelWay {
    double along_m{}, across_m{};
  };
  [[nodiscard]] LevelWay way_along(const SourceVolume& wind, const Receptor& receptor) const;
  /// @param wants_level  whether the weight of the level plume is asked for; it stays one half otherwise.
  [[nodiscard]] std::array<SeenVolume, lane_count> seen(const ReceptorBlock& block, bool wants_level) const;

  /// Spreads at all nodes for receptors so high above the source's base.
  [[nodiscard]] VolumeSpreads spreads(double receptor_m) const;
  /// Spreads at eight receptors. @param nodes  of each of them; none: its spreads are not asked for.
  [[nodiscard]] VolumeSpread<Lanes> spreads_at(
      const ReceptorBlock& block, const std::array<const VolumeSpreads*, lane_count>& nodes) const;
  /// Width [m] of the source that its plume alone counts. @param sigma_y_m  at the receptor.
  [[nodiscard]] double own_width_m(double sigma_y_m) const;

  /// Volumes [m3] of two boxes from the source to a distance. @param distance_m  of the receptor.
  [[nodiscard]] std::array<double, 2> volumes_m3(double x_m, double distance_m, const VolumeSpreads& nodes,
                                                 const VolumeSpread<double>& end,
                                                 const std::array<VolumeBox, 2>& boxes) const;

 private:
  [[nodiscard]] VolumeSpread<Lanes> eight_spreads(const Lanes& x, const Lanes& z,
                                                  const Lanes& first_sigma_w) const;
  [[nodiscard]] double lid_m() const;

  Source place_;
  const AirColumn& air_;
  bool flat_;
  SourceHour now_;
  std::optional<Downwash> wake_;  ///< of a stack's building, in air that is not convective
};

}  // namespace lantian::plume
