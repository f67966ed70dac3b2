#include "area_plume.hpp"

#include "area_hour.hpp"
#include "depletion.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian::plume {
namespace {

Lanes safe_log(const Lanes& value) {
  return log(maximum(value, Lanes{} + 1e-300));
}

/// What is worked out of a polygon that deposits.
enum class Wanted { air, dry, wet };

/// Parts `first` to `end` of a polygon that deposits, together.
class DepositionProfile {
 public:
  DepositionProfile(const AreaHour& hour, const Depletion& depletion, std::size_t first, std::size_t end,
                    bool depletes)
      : hour_(hour), depletion_(depletion), first_(first), end_(end), depletes_(depletes) {}

  /// Logarithms of the spread across, and of what the parts bring to a receptor.
  [[nodiscard]] TableValues at(const Lanes& x_m, const SeenReceptor<Lanes>& seen, Wanted wanted) const {
    const AirColumn& air = hour_.air();
    Lanes sigma{};
    const PlumeParts<Lanes> plume =
        plume_parts(x_m, seen.height_m, hour_.source(), air, [&](const Lanes& sigma_y) {
          sigma = sigma_y;
          return Lanes{} + 1.0;
        });
    std::vector<Lanes> kept(depletion_.parts().size(), Lanes{} + 1.0);
    if (depletes_) depletion_.kept(x_m, x_m, seen, kept);
    Lanes sum{};
    for (std::size_t p = first_; p < end_; ++p) {
      const DepositingPart& part = depletion_.parts()[p];
      sum += part.mass_share * kept[p] * brought(part, plume, x_m, seen, wanted);
    }
    return {log(sigma), safe_log(sum)};
  }

 private:
  [[nodiscard]] Lanes brought(const DepositingPart& part, const PlumeParts<Lanes>& plume, const Lanes& x_m,
                              const SeenReceptor<Lanes>& seen, Wanted wanted) const {
    if (wanted == Wanted::wet) return part.scavenging_s * column_of_parts_s_m2(plume);
    const RisingSource& source = hour_.source();
    const AirColumn& air = hour_.air();
    const PlumeParts<Lanes> low = fallen_parts(plume, x_m, part.settling_m_s, source, air);
    const Lanes weight = gaussian_weight(low, seen, source, air);
    const bool is_dry = wanted == Wanted::dry;
    const SeenReceptor<Lanes> sampled = is_dry ? at_reference(seen, reference_height_m(air)) : seen;
    return (is_dry ? part.deposition_m_s : 1.0) *
           share_of_parts_s_m3(low, x_m, sampled, weight, source.decay_s, air);
  }

  const AreaHour& hour_;
  const Depletion& depletion_;
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
  const std::vector<double> shares = polygon_shares(hour, receptors, [&](const SeenReceptor<Lanes>& seen) {
    return [&hour, &air, seen](const Lanes& x) {
      Lanes sigma{};
      const auto across = [&](const Lanes& sigma_y) {
        sigma = sigma_y;
        return Lanes{} + 1.0;
      };
      const Arrival<Lanes> share = arrival(x, seen, hour.source(), air, across, false);
      return TableValues{log(sigma), safe_log(share.share_m3_s)};
    };
  });
  for (std::size_t i = 0; i < receptors.size(); ++i) concentration_ug_m3[i] = emission_ug_s_m2 * shares[i];
}

void add_area_deposition(const Source& source, double emission_ug_s_m2, const AirColumn& air,
                         const WeatherHour& weather, const Options& options,
                         std::span<const Receptor> receptors, const ResultRows& rows) {
  constexpr double seconds_per_hour = 3600.0, grams = 1e-6;
  const AreaHour hour(source, air, options);
  const Depletion depletion(source, hour.source(), air, options,
                            deposition_parts(source, hour.source(), air, weather, options));
  const std::size_t count = depletion.parts().size();
  const bool at_once = options.one_depletion_of_area;
  const std::size_t parts_together = at_once ? 1 : count;
  for (std::size_t first = 0; first < count; first += parts_together) {
    const DepositionProfile profile(hour, depletion, first, first + parts_together, !at_once);
    const std::vector<double> kept = at_once ? kept_of_part(hour, depletion, first, source, receptors)
                                             : std::vector<double>(receptors.size(), 1.0);
    const auto add = [&](Wanted wanted, std::span<double> row, double factor) {
      if (row.empty()) return;
      const std::vector<double> shares =
          polygon_shares(hour, receptors, [&](const SeenReceptor<Lanes>& seen) {
            return [&profile, seen, wanted](const Lanes& x) { return profile.at(x, seen, wanted); };
          });
      for (std::size_t i = 0; i < row.size(); ++i) row[i] += emission_ug_s_m2 * factor * kept[i] * shares[i];
    };
    add(Wanted::air, rows.concentration_ug_m3, 1.0);
    add(Wanted::dry, rows.dry_g_m2, seconds_per_hour * grams);
    const bool rains = std::ranges::any_of(
        depletion.parts(), [](const DepositingPart& part) { return part.scavenging_s > 0.0; });
    if (rains) add(Wanted::wet, rows.wet_g_m2, seconds_per_hour * grams);
  }
}

}  // namespace lantian::plume
