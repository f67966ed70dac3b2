#include "deposition_plume.hpp"

#include "building_wake.hpp"
#include "deposition_hour.hpp"
#include "point_plume.hpp"
#include "wake_deposition.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

namespace lantian::plume {
namespace {

Lanes density_across_m(const Lanes& across_m, const Lanes& sigma_m) {
  const Lanes scale = 1.0 / sigma_m;
  return inverse_root_two_pi * scale * bell(Lanes(across_m * scale));
}

/// The coherent plume and the one that wanders, together, at every receptor.
class DepositionPlume {
 public:
  DepositionPlume(const Source& source, const SourceHour& now, const DepositionHour& hour, bool flat_terrain)
      : source_(source),
        now_(now),
        hour_(hour),
        flat_(flat_terrain),
        nearest_m_(nearest_receptor_m(source)) {}

  /// Marks the ways to a block's receptors on the level of the source's base.
  void mark_ways(const ReceptorBlock& block, std::span<char> wanted) const {
    const LaneBits level = Depletion::on_the_level(seen_from(source_, block, flat_));
    if (!any_of(level)) return;
    const Way way = way_to(source_, now_, block);
    Depletion::mark(radius_m(way), level, wanted);
    const LaneBits ahead = both(level, LaneBits(way.along_m >= 1.0));
    if (any_of(ahead)) Depletion::mark(maximum(way.along_m, Lanes{} + 1.0), ahead, wanted);
  }

  /// The plume and, by their weights, that of the wake of a building.
  /// @param wake  none: nullptr
  /// @param kept  room for one value a part.
  [[nodiscard]] Brought to(const ReceptorBlock& block, const WakeDeposition* wake,
                           std::span<Lanes> kept) const {
    const Way way = way_to(source_, now_, block);
    const SeenReceptor<Lanes> at = seen_from(source_, block, flat_);
    if (wake == nullptr) return plain_to(way, at, kept);
    const WakeFall in_wake = wake->to(way, at, kept);
    if (!any_of(LaneBits(in_wake.weight > 0.0))) return plain_to(way, at, kept);
    Brought sum = scaled(in_wake.brought, in_wake.weight);
    if (any_of(LaneBits(in_wake.weight < 1.0)))
      add_to(sum, scaled(plain_to(way, at, kept), Lanes(1.0 - in_wake.weight)));
    return scaled(sum, choose(distance_m(way) >= nearest_m_, Lanes{} + 1.0, Lanes{}));
  }

 private:
  /// The plume without a building.
  [[nodiscard]] Brought plain_to(const Way& way, const SeenReceptor<Lanes>& at, std::span<Lanes> kept) const {
    const Lanes far = radius_m(way);
    const Lanes around = (0.5 / std::numbers::pi) / far;
    Lanes share{};
    const Brought random = component(
        far, at, [&](const Lanes&) { return around; }, kept, share);
    Brought sum = scaled(random, share);
    const LaneBits ahead = way.along_m >= 1.0;
    if (any_of(ahead)) {
      Lanes unused{};
      const Brought coherent = component(
          maximum(way.along_m, Lanes{} + 1.0), at,
          [&](const Lanes& sigma) { return density_across_m(way.across_m, sigma); }, kept, unused);
      add_to(sum, scaled(coherent, choose(ahead, Lanes(1.0 - share), Lanes{})));
    }
    return scaled(sum, choose(distance_m(way) >= nearest_m_, Lanes{} + 1.0, Lanes{}));
  }
  [[nodiscard]] static Lanes distance_m(const Way& way) {
    return sqrt(Lanes(way.along_m * way.along_m + way.across_m * way.across_m));
  }
  /// Distance at which the plume that wanders is met.
  [[nodiscard]] Lanes radius_m(const Way& way) const {
    return maximum(distance_m(way), Lanes{} + std::max(nearest_m_, 1.0));
  }

  template <class Across>
  [[nodiscard]] Brought component(const Lanes& x_m, const SeenReceptor<Lanes>& at, const Across& across,
                                  std::span<Lanes> kept, Lanes& random_share) const {
    const PlumeParts<Lanes> plume = plume_parts(x_m, at.height_m, hour_.rising(), hour_.air(), across);
    random_share = plume.random_share;
    if (!any_of(LaneBits(plume.gaussian_across_m + plume.convective_across_m > 0.0))) return {};
    hour_.depletion().kept(x_m, x_m, at, kept);
    return hour_.bring(plume, x_m, at, kept);
  }

  const Source& source_;
  const SourceHour& now_;
  const DepositionHour& hour_;
  bool flat_;
  double nearest_m_;
};

}  // namespace

Brought DepositionHour::bring(const PlumeParts<Lanes>& plume, const Lanes& x_m, const SeenReceptor<Lanes>& at,
                              std::span<const Lanes> kept) const {
  const SeenReceptor<Lanes> ground = at_reference(at, lift_m_);
  const double decay = rising_.decay_s;
  FallSeries<Lanes> in_air, at_ground;
  const bool fall_apart = kept.size() > 1 && any_of(LaneBits(plume.convective_across_m > 0.0));
  if (fall_apart) {
    in_air = fall_series(at, plume.convective, air_.layer.mixing_height_m);
    if (wants_deposition_) at_ground = fall_series(ground, plume.convective, air_.layer.mixing_height_m);
  }
  DividingStreamline<Lanes> streamline(air_);
  PlumeParts<Lanes> low = plume;
  Brought sum;
  for (std::size_t p = 0; p < kept.size(); ++p) {
    const DepositingPart& part = depletion_.parts()[p];
    let_fall(low, plume, x_m, part.settling_m_s, rising_, air_);
    const Lanes weight = gaussian_weight(low, at, rising_, air_, streamline),
                left = part.mass_share * kept[p];
    sum.air += left * share_of_parts_s_m3(low, x_m, at, weight, decay, air_, fall_apart ? &in_air : nullptr);
    if (!wants_deposition_) continue;
    sum.dry += part.deposition_m_s * left *
               share_of_parts_s_m3(low, x_m, ground, weight, decay, air_, fall_apart ? &at_ground : nullptr);
    if (part.scavenging_s > 0.0) sum.wet += part.scavenging_s * left * column_of_parts_s_m2(low);
  }
  return sum;
}

// NOLINTNEXTLINE(readability-function-size): seven parameters, each of its own kind; they meet only here
void add_deposition_plume(const Source& source, double emission_ug_s, const AirColumn& air,
                          const WeatherHour& weather, const Options& options,
                          std::span<const ReceptorBlock> blocks, const ResultRows& rows) {
  constexpr double seconds_per_hour = 3600.0, grams = 1e-6, fallen_g_m2 = seconds_per_hour * grams;
  const SourceHour now = source_hour(source, air, options);
  Depletion depletion(source, now.source, air, options,
                      deposition_parts(source, now.source, air, weather, options));
  const DepositionHour hour(now.source, air, depletion, !rows.dry_g_m2.empty());
  const DepositionPlume plume(source, now, hour, over_flat_ground(source, options));
  const std::optional<Downwash> downwash = wake_of_building(source, now.source, air);
  std::optional<WakeDeposition> wake;
  if (downwash) wake.emplace(*downwash, hour);
  if (depletion.can_be_laid()) {
    std::vector<char> wanted(DistanceKeys::count, 0);
    for (const ReceptorBlock& block : blocks) plume.mark_ways(block, wanted);
    depletion.lay(wanted);
  }
  const auto count = static_cast<std::int64_t>(blocks.size());
#pragma omp parallel
  {
    std::vector<Lanes> kept(depletion.parts().size());
#pragma omp for schedule(dynamic, 8)
    for (std::int64_t b = 0; b < count; ++b) {
      const ReceptorBlock& block = blocks[static_cast<std::size_t>(b)];
      const Brought brought = plume.to(block, wake ? &*wake : nullptr, kept);
      for (int lane = 0; lane < block.count; ++lane) {
        const std::size_t at = block.first + static_cast<std::size_t>(lane);
        rows.concentration_ug_m3[at] = emission_ug_s * brought.air[lane];
        if (rows.dry_g_m2.empty()) continue;
        rows.dry_g_m2[at] = emission_ug_s * fallen_g_m2 * brought.dry[lane];
        rows.wet_g_m2[at] = emission_ug_s * fallen_g_m2 * brought.wet[lane];
      }
    }
  }
}

}  // namespace lantian::plume
