#include "area_plume.hpp"

#include "area_hour.hpp"
#include "deposition_hour.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian::plume {
namespace {

Lanes safe_log(const Lanes& value) {
  return log(maximum(value, Lanes{} + 1e-300));
}

/// Stands for the logarithm of a plume that is out of sight.
Lanes hidden() {
  return Lanes{} + ProfileValues::out_of_sight;
}

/// Parts `first` to `end` of a polygon that deposits, together.
class DepositionProfile {
 public:
  DepositionProfile(const AreaHour& hour, const DepositionHour& deposition, std::size_t first,
                    std::size_t end, bool depletes)
      : hour_(hour), deposition_(deposition), first_(first), end_(end), depletes_(depletes) {}

  /// In the air, and down in dry and in wet ways.
  [[nodiscard]] ProfileValues at(const Lanes& x_m, const ProfileView& view) const {
    const SeenReceptor<Lanes>& seen = view.at;
    Lanes sigma{};
    const PlumeParts<Lanes> plume =
        plume_parts(x_m, seen.height_m, hour_.source(), hour_.air(), [&](const Lanes& sigma_y) {
          sigma = sigma_y;
          return view.in_sight(sigma_y);
        });
    const LaneBits seen_at_all = plume.gaussian_across_m + plume.convective_across_m > 0.0;
    if (!any_of(seen_at_all)) return {log(sigma), {hidden(), hidden(), hidden()}};
    const Depletion& depletion = deposition_.depletion();
    std::vector<Lanes> kept(depletion.parts().size(), Lanes{} + 1.0);
    if (depletes_) depletion.kept(x_m, x_m, seen, kept);
    for (std::size_t p = 0; p < kept.size(); ++p)
      if (p < first_ || p >= end_) kept[p] = Lanes{};
    const Brought brought = deposition_.bring(plume, x_m, seen, kept);
    const auto told = [&](const Lanes& value) { return choose(seen_at_all, safe_log(value), hidden()); };
    return {log(sigma), {told(brought.air), told(brought.dry), told(brought.wet)}};
  }

 private:
  const AreaHour& hour_;
  const DepositionHour& deposition_;
  std::size_t first_, end_;
  bool depletes_;
};

/// Distance whose depletion stands for that of a polygon [m]: a third of the way through it.
/// @see EPA-454/B-24-007 (user's guide): AREADPLT.
double distance_of_depletion_m(std::span<const SeenCorner> ring) {
  const auto [near, far] = std::ranges::minmax_element(ring, {}, &SeenCorner::x_m);
  const double third = near->x_m >= 0.0 ? near->x_m + (far->x_m - near->x_m) / 3.0 : far->x_m / 3.0;
  return std::max(1.0, third);
}

/// Share of a part that one depletion leaves at each receptor.
std::vector<double> kept_of_part(const AreaHour& hour, const Depletion& depletion, std::size_t part,
                                 const Source& source, std::span<const Receptor> receptors) {
  std::vector<double> shares;
  shares.reserve(receptors.size());
  for (const Receptor& receptor : receptors) {
    const std::vector<SeenCorner> ring = hour.corners(receptor);
    double middle_m = 0.0;
    for (const SeenCorner& corner : ring)
      middle_m += corner.x_m / static_cast<double>(source.vertices.size());
    std::vector<Lanes> kept(depletion.parts().size());
    depletion.kept(Lanes{} + distance_of_depletion_m(ring), Lanes{} + std::max(1.0, middle_m),
                   in_lanes(hour.seen(receptor)), kept);
    shares.push_back(kept[part][0]);
  }
  return shares;
}

}  // namespace

void add_area_plume(const Source& source, double emission_ug_s_m2, const AirColumn& air,
                    const Options& options, std::span<const Receptor> receptors,
                    std::span<double> concentration_ug_m3) {
  const AreaHour hour(source, air, options);
  const auto profile = [&](const Lanes& x, const ProfileView& view) {
    Lanes sigma{}, sight{};
    const auto across = [&](const Lanes& sigma_y) {
      sigma = sigma_y;
      const Lanes now = view.in_sight(sigma_y);
      sight = maximum(sight, now);
      return now;
    };
    const Arrival<Lanes> share = arrival(x, view.at, hour.source(), air, across, false);
    return ProfileValues{log(sigma), {choose(sight > 0.0, safe_log(share.share_m3_s), hidden())}};
  };
  const std::vector<double> shares = polygon_shares(hour, receptors, profile, 1)[0];
  for (std::size_t i = 0; i < receptors.size(); ++i) concentration_ug_m3[i] = emission_ug_s_m2 * shares[i];
}

// NOLINTNEXTLINE(readability-function-size): seven parameters, each of its own kind; they meet only here
void add_area_deposition(const Source& source, double emission_ug_s_m2, const AirColumn& air,
                         const WeatherHour& weather, const Options& options,
                         std::span<const Receptor> receptors, const ResultRows& rows) {
  constexpr double seconds_per_hour = 3600.0, grams = 1e-6, fallen = seconds_per_hour * grams;
  const AreaHour hour(source, air, options);
  const Depletion depletion(source, hour.source(), air, options,
                            deposition_parts(source, hour.source(), air, weather, options));
  const bool wants_deposition = !rows.dry_g_m2.empty(), at_once = options.one_depletion_of_area;
  const bool rains = std::ranges::any_of(depletion.parts(),
                                         [](const DepositingPart& part) { return part.scavenging_s > 0.0; });
  const DepositionHour deposition(hour.source(), air, depletion, wants_deposition);
  const std::size_t count = depletion.parts().size(), together = at_once ? 1 : count;
  for (std::size_t first = 0; first < count; first += together) {
    const DepositionProfile profile(hour, deposition, first, first + together, !at_once);
    const auto at = [&](const Lanes& x, const ProfileView& view) { return profile.at(x, view); };
    const std::vector<double> kept = at_once ? kept_of_part(hour, depletion, first, source, receptors)
                                             : std::vector<double>(receptors.size(), 1.0);
    const std::vector<std::vector<double>> shares = polygon_shares(hour, receptors, at,
                                                                   !wants_deposition ? 1
                                                                   : rains           ? 3
                                                                                     : 2);
    for (std::size_t i = 0; i < receptors.size(); ++i) {
      const double left = emission_ug_s_m2 * kept[i];
      rows.concentration_ug_m3[i] += left * shares[0][i];
      if (wants_deposition) rows.dry_g_m2[i] += left * fallen * shares[1][i];
      if (wants_deposition && rains) rows.wet_g_m2[i] += left * fallen * shares[2][i];
    }
  }
}

}  // namespace lantian::plume
