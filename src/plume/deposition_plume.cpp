#include "deposition_plume.hpp"

#include "depletion.hpp"
#include "point_plume.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace lantian::plume {
namespace {

/// What an emission of 1 brings to eight receptors: in the air [s m-3], down in dry and in wet ways [m-2].
struct Brought {
  Lanes air{}, dry{}, wet{};
};

class DepositionHour {
 public:
  DepositionHour(const Source& source, const SourceHour& now, const AirColumn& air, const Options& options,
                 const Depletion& depletion, bool wants_deposition)
      : source_(source),
        now_(now),
        air_(air),
        flat_(options.flat_terrain),
        wants_deposition_(wants_deposition),
        nearest_m_(nearest_receptor_m(source)),
        lift_m_(reference_height_m(air)),
        depletion_(depletion) {}

  [[nodiscard]] Brought to(const ReceptorBlock& block) const {
    const Way way = way_to(source_, now_, block);
    const SeenReceptor<Lanes> at = seen_from(source_, block, flat_);
    const Lanes r = sqrt(Lanes(way.along_m * way.along_m + way.across_m * way.across_m));
    const Lanes far = maximum(r, Lanes{} + std::max(nearest_m_, 1.0)),
                around = (0.5 / std::numbers::pi) / far;
    Lanes share{};
    const Brought random = component(
        far, at, [&](const Lanes&) { return around; }, share);
    Brought sum{share * random.air, share * random.dry, share * random.wet};
    const LaneBits ahead = way.along_m >= 1.0;
    if (any_of(ahead)) add_coherent(way, at, ahead, share, sum);
    const LaneBits seen = r >= nearest_m_;
    return {choose(seen, sum.air, Lanes{}), choose(seen, sum.dry, Lanes{}), choose(seen, sum.wet, Lanes{})};
  }

 private:
  void add_coherent(const Way& way, const SeenReceptor<Lanes>& at, const LaneBits& ahead,
                    const Lanes& random_share, Brought& sum) const {
    const auto across = [&](const Lanes& sigma) {
      const Lanes scale = 1.0 / sigma;
      return Lanes(inverse_root_two_pi * scale * bell(Lanes(way.across_m * scale)));
    };
    Lanes unused{};
    const Brought coherent = component(maximum(way.along_m, Lanes{} + 1.0), at, across, unused);
    const Lanes share = choose(ahead, Lanes(1.0 - random_share), Lanes{});
    sum.air += share * coherent.air;
    sum.dry += share * coherent.dry;
    sum.wet += share * coherent.wet;
  }

  template <class Across>
  [[nodiscard]] Brought component(const Lanes& x_m, const SeenReceptor<Lanes>& at, const Across& across,
                                  Lanes& random_share) const {
    const RisingSource& rising = now_.source;
    const PlumeParts<Lanes> plume = plume_parts(x_m, at.height_m, rising, air_, across);
    random_share = plume.random_share;
    Brought sum;
    if (!any_of(LaneBits(plume.gaussian_across_m + plume.convective_across_m > 0.0))) return sum;
    const std::span<const DepositingPart> parts = depletion_.parts();
    std::vector<Lanes> kept(parts.size());
    depletion_.kept(x_m, x_m, at, kept);
    const SeenReceptor<Lanes> ground = at_reference(at, lift_m_);
    for (std::size_t p = 0; p < parts.size(); ++p) {
      const DepositingPart& part = parts[p];
      const PlumeParts<Lanes> low = fallen_parts(plume, x_m, part.settling_m_s, rising, air_);
      const Lanes weight = gaussian_weight(low, at, rising, air_), left = part.mass_share * kept[p];
      sum.air += left * share_of_parts_s_m3(low, x_m, at, weight, rising.decay_s, air_);
      if (!wants_deposition_) continue;
      sum.dry +=
          part.deposition_m_s * left * share_of_parts_s_m3(low, x_m, ground, weight, rising.decay_s, air_);
      if (part.scavenging_s > 0.0) sum.wet += part.scavenging_s * left * column_of_parts_s_m2(low);
    }
    return sum;
  }

  const Source& source_;
  const SourceHour& now_;
  const AirColumn& air_;
  bool flat_, wants_deposition_;
  double nearest_m_, lift_m_;
  const Depletion& depletion_;
};

/// From this many receptors on, flat land's depletion is taken from a table.
constexpr std::size_t receptors_for_table = 1024;

/// Where all receptors stand equally high on flat land, and are many, they share a table.
void tabulate(Depletion& depletion, const Source& source, std::span<const ReceptorBlock> blocks,
              bool flat_terrain) {
  if (!flat_terrain || blocks.size() * lane_count < receptors_for_table) return;
  const double height = blocks.front().flagpole_m[0];
  double farthest = 1.0;
  for (const ReceptorBlock& block : blocks) {
    if (any_of(LaneBits(block.flagpole_m != height))) return;
    for (int lane = 0; lane < block.count; ++lane)
      farthest = std::max(farthest,
                          std::hypot(block.x_m[lane] - source.place.x_m, block.y_m[lane] - source.place.y_m));
  }
  depletion.tabulate(height, farthest);
}

}  // namespace

void add_deposition_plume(const Source& source, double emission_ug_s, const AirColumn& air,
                          const WeatherHour& weather, const Options& options,
                          std::span<const ReceptorBlock> blocks, const ResultRows& rows) {
  constexpr double seconds_per_hour = 3600.0, grams = 1e-6, fallen_g_m2 = seconds_per_hour * grams;
  const SourceHour now = source_hour(source, air, options);
  Depletion depletion(source, now.source, air, options,
                      deposition_parts(source, now.source, air, weather, options));
  tabulate(depletion, source, blocks, options.flat_terrain);
  const DepositionHour hour(source, now, air, options, depletion, !rows.dry_g_m2.empty());
  const auto count = static_cast<std::int64_t>(blocks.size());
#pragma omp parallel for schedule(dynamic, 8)
  for (std::int64_t b = 0; b < count; ++b) {
    const ReceptorBlock& block = blocks[static_cast<std::size_t>(b)];
    const Brought brought = hour.to(block);
    for (int lane = 0; lane < block.count; ++lane) {
      const std::size_t at = block.first + static_cast<std::size_t>(lane);
      rows.concentration_ug_m3[at] = emission_ug_s * brought.air[lane];
      if (rows.dry_g_m2.empty()) continue;
      rows.dry_g_m2[at] = emission_ug_s * fallen_g_m2 * brought.dry[lane];
      rows.wet_g_m2[at] = emission_ug_s * fallen_g_m2 * brought.wet[lane];
    }
  }
}

}  // namespace lantian::plume
