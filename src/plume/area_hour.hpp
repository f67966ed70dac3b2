#pragma once

#include "plume/aermod_concentration.hpp"
#include "plume/area_integral.hpp"
#include "source_hour.hpp"

#include <functional>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace lantian::plume {

/// Logarithms of a plume's spread across and of what it brings, at eight distances upwind.
using PlumeProfile = std::function<TableValues(const Lanes& x_m)>;
/// The profile that a receptor sees.
using ProfileMaker = std::function<PlumeProfile(const SeenReceptor<Lanes>& at)>;

/// A polygon in the air of an hour.
class AreaHour {
 public:
  AreaHour(const Source& source, const AirColumn& air, const Options& options);

  /// The ring as a receptor sees it.
  [[nodiscard]] std::vector<SeenCorner> corners(const Receptor& receptor) const;
  /// The receptor as the polygon's base sees it.
  [[nodiscard]] SeenReceptor<double> seen(const Receptor& receptor) const;
  /// The plume at the distances that receptors of a height need.
  [[nodiscard]] PlumeAlongWind plume(const SeenReceptor<double>& at, std::pair<double, double> distances_m,
                                     const PlumeProfile& profile) const;
  [[nodiscard]] const RisingSource& source() const { return now_.source; }
  [[nodiscard]] const AirColumn& air() const { return air_; }
  [[nodiscard]] bool is_flat() const { return flat_; }

 private:
  const Source& source_;
  const AirColumn& air_;
  bool flat_;
  SourceHour now_;
};

[[nodiscard]] SeenReceptor<Lanes> in_lanes(const SeenReceptor<double>& at);

/// What a polygon of an emission of 1 brings to each receptor; over flat land all of a height share one
/// plume.
[[nodiscard]] std::vector<double> polygon_shares(const AreaHour& hour, std::span<const Receptor> receptors,
                                                 const ProfileMaker& profile_of);

/// Least and greatest upwind distance of a ring that counts; the greatest is not the greater where all of it
/// lies downwind.
[[nodiscard]] std::pair<double, double> reach(std::span<const SeenCorner> ring);

}  // namespace lantian::plume
