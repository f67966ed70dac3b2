#pragma once

#include "plume/aermod_concentration.hpp"
#include "plume/area_integral.hpp"
#include "source_hour.hpp"

#include <array>
#include <functional>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace lantian::plume {

/// Logarithms of a plume's spread across and of what it brings - one thing or several - at eight distances
/// upwind.
struct ProfileValues {
  static constexpr std::size_t most = 3;
  /// Stands for what is brought from where nothing of the polygon is in sight.
  static constexpr double out_of_sight = -std::numeric_limits<double>::infinity();
  Lanes sigma{};
  std::array<Lanes, most> brought{};
};
/// Receptors at eight distances of plumes, one and the same or others.
struct ProfileView {
  SeenReceptor<Lanes> at{};
  Lanes least_across_m{};  ///< all of the polygon lies at least so far across the wind

  /// 1 where a plume of such spreads may reach the polygon, else 0: 8 spreads out there is nothing left, and
  /// a table's values a few steps away are looked at for a distance between.
  [[nodiscard]] Lanes in_sight(const Lanes& sigma_y_m) const {
    constexpr double out_of_sight = 12.0;
    return choose(out_of_sight * sigma_y_m >= least_across_m, Lanes{} + 1.0, Lanes{});
  }
};
/// What plumes bring to receptors at distances x upwind.
using PlumeProfile = std::function<ProfileValues(const Lanes& x_m, const ProfileView& view)>;
/// A plume along the wind that is asked for, and what each of several things is like in it.
struct AskedPlume {
  SeenReceptor<double> at{};
  double least_across_m{};
  std::pair<double, double> distances_m{};  ///< nearest and farthest that are needed
  std::vector<PlumeAlongWind> things{};
};

/// A polygon in the air of an hour.
class AreaHour {
 public:
  AreaHour(const Source& source, const AirColumn& air, const Options& options);

  /// The ring as a receptor sees it.
  [[nodiscard]] std::vector<SeenCorner> corners(const Receptor& receptor) const;
  /// The receptor as the polygon's base sees it.
  [[nodiscard]] SeenReceptor<double> seen(const Receptor& receptor) const;
  /// Fills the tables of plumes, `count` things each. Distances of all of them are looked at eight at a time,
  /// whichever plume they belong to.
  void lay(std::span<AskedPlume> plumes, const PlumeProfile& profile, std::size_t count) const;
  [[nodiscard]] const RisingSource& source() const { return now_.source; }
  [[nodiscard]] const AirColumn& air() const { return air_; }
  [[nodiscard]] bool is_flat() const { return flat_; }
  /// Whether the polygon is integrated side by side.
  [[nodiscard]] bool by_sides() const { return by_sides_; }
  /// Values of a table that has a plume at all distances between two.
  [[nodiscard]] std::int64_t steps(std::pair<double, double> distances_m) const;
  /// What the polygon brings [s m-1] with a plume, by the rule that the options ask for.
  [[nodiscard]] double share_s_m(std::span<const SeenCorner> ring, const PlumeAlongWind& plume) const;

 private:
  [[nodiscard]] TableSpacing spacing() const;

  const Source& source_;
  const AirColumn& air_;
  bool flat_, by_sides_, deposits_;
  SourceHour now_;
};

[[nodiscard]] SeenReceptor<Lanes> in_lanes(const SeenReceptor<double>& at);

/// How far across the wind all of a ring lies at least [m]; 0 where it lies on both sides.
[[nodiscard]] double least_across_m(std::span<const SeenCorner> ring);

/// The `count` things that a polygon of an emission of 1 brings to each receptor: [thing][receptor]. Over
/// flat land all receptors of a height share one plume.
[[nodiscard]] std::vector<std::vector<double>> polygon_shares(const AreaHour& hour,
                                                              std::span<const Receptor> receptors,
                                                              const PlumeProfile& profile, std::size_t count);

/// Least and greatest upwind distance of a ring that counts; the greatest is not the greater where all of it
/// lies downwind.
[[nodiscard]] std::pair<double, double> reach(std::span<const SeenCorner> ring);

}  // namespace lantian::plume
