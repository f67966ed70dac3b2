#include "plume/plume_volume_ratio.hpp"
#include "source_volume.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <optional>

namespace lantian::plume {
namespace {

constexpr double nearest_m = 1.0;
constexpr double major_share = 0.5;  // of what the dominant source brings
constexpr double nox_g_mol = 46.0;   // emissions count as NO2

/// A source's plume at one receptor.
struct Plume {
  double nox_ug_m3{}, emission_g_s{}, stack_share{};
  double along_m{}, across_m{};  ///< along the dominant source's wind, at least 1 m
  double height_m{}, share_above{}, height_above_m{};
  /// How much lower the receptor stands to this source than to the dominant one.
  double lower_m{};
};

/// From the least to the greatest of what was taken in; holds nothing at first.
class Range {
 public:
  void take(double value) {
    low_ = std::min(low_, value);
    high_ = std::max(high_, value);
  }
  [[nodiscard]] bool holds(double value) const {
    constexpr double hair_m = 1e-5;
    return value >= low_ - hair_m && value <= high_ + hair_m;
  }
  [[nodiscard]] double length() const { return std::max(high_ - low_, 0.0); }

 private:
  double low_ = HUGE_VAL, high_ = -HUGE_VAL;
};

/// The space that the middles of the major plumes span.
struct Space {
  Range along, across, height;

  void take(const Plume& plume, double height_m) {
    along.take(plume.along_m);
    across.take(plume.across_m);
    height.take(height_m);
  }
  [[nodiscard]] bool holds(const Plume& plume, double height_m) const {
    return along.holds(plume.along_m) && across.holds(plume.across_m) && height.holds(height_m);
  }
  /// Part of a plume that counts in the space: of what follows the ground by its height above that, of what
  /// keeps its level by its height above the receptor. @param level_share  of the dominant source's plume.
  [[nodiscard]] double part_of(const Plume& plume, double height_m, double level_share) const {
    const bool followed = holds(plume, height_m), level = holds(plume, height_m + plume.lower_m);
    if (followed == level) return followed ? 1.0 : 0.0;
    return level ? level_share : 1.0 - level_share;
  }
};

/// Emission in a space and how much of it is NO2.
struct Emission {
  double nox_g_s{}, no2_g_s{};

  void add(double nox, double stack_share) {
    nox_g_s += nox;
    no2_g_s += nox * stack_share;
  }
  [[nodiscard]] double no_g_s() const { return nox_g_s - no2_g_s; }
  [[nodiscard]] double stack_share() const { return nox_g_s > 0.0 ? no2_g_s / nox_g_s : 0.0; }
};

/// The plumes that share a volume with the dominant one: what brings at least half of what it does spans the
/// space, and what has its middle in that counts. @see code of AERMOD 24142.
struct MergedPlumes {
  VolumeBox box;
  Emission below, above;
};
MergedPlumes merged(const std::vector<Plume>& plumes, const Plume& dominant, double level_share,
                    bool is_mixed) {
  Space below, above;
  for (const Plume& plume : plumes) {
    if (plume.nox_ug_m3 < major_share * dominant.nox_ug_m3) continue;
    below.take(plume, plume.height_m);
    if (plume.share_above > 0.0) above.take(plume, plume.height_above_m);
  }
  MergedPlumes found;
  found.box.wide_m = below.across.length();
  found.box.high_m = is_mixed ? 0.0 : below.height.length();
  if (dominant.share_above > 0.0) {
    found.box.wide_above_m = above.across.length();
    found.box.high_above_m = above.height.length();
  }
  for (const Plume& plume : plumes) {
    const double part = below.part_of(plume, plume.height_m, level_share),
                 part_above = above.part_of(plume, plume.height_above_m, level_share);
    found.below.add(part * plume.emission_g_s * (1.0 - plume.share_above), plume.stack_share);
    found.above.add(part_above * plume.emission_g_s * plume.share_above, plume.stack_share);
  }
  return found;
}

class Converter {
 public:
  explicit Converter(const NitrogenHour& hour) : hour_(hour) {
    for (const Source& source : hour.sources) volumes_.emplace_back(source, hour);
    for (const SourceVolume& volume : volumes_)
      grounds_differ_ = grounds_differ_ || volume.is_flat() != volumes_.front().is_flat() ||
                        volume.base_elevation_m() != volumes_.front().base_elevation_m();
    shared_.resize(hour.sources.size());
    // Over flat land all receptors of a height share the tables.
    for (std::size_t s = 0; s < volumes_.size(); ++s) {
      if (!volumes_[s].is_flat()) continue;
      for (const Receptor& receptor : hour.receptors)
        if (!shared_[s].contains(receptor.flagpole_m))
          shared_[s][receptor.flagpole_m] = volumes_[s].spreads(receptor.flagpole_m);
    }
  }

  void convert(const ReceptorBlock& block, std::span<double> concentration_ug_m3) const {
    const std::size_t count = hour_.receptors.size(), sources = volumes_.size();
    const auto lanes = static_cast<std::size_t>(block.count);
    Sight sight;
    sight.seen.resize(sources);
    sight.spreads.resize(sources);
    for (std::size_t s = 0; s < sources; ++s)
      if (hour_.emission_g_s[s] > 0.0) sight.seen[s] = volumes_[s].seen(block, grounds_differ_);
    std::vector<double> all_nox(lanes * sources);
    const auto nox_of = [&](std::size_t lane) { return std::span(all_nox).subspan(lane * sources, sources); };
    Dominants dominants{};
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const std::span<double> nox = nox_of(lane);
      for (std::size_t s = 0; s < sources; ++s) nox[s] = concentration_ug_m3[s * count + block.first + lane];
      const auto most = std::ranges::max_element(nox);
      if (*most > 0.0) dominants[lane] = static_cast<std::size_t>(most - nox.begin());
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      if (!dominants[lane]) continue;
      auto& spreads = sight.spreads[*dominants[lane]];
      if (!spreads) spreads = spreads_at(block, *dominants[lane], dominants);
      const double ratio = ratio_at(block, lane, *dominants[lane], nox_of(lane), sight);
      for (std::size_t s = 0; s < sources; ++s) concentration_ug_m3[s * count + block.first + lane] *= ratio;
    }
  }

 private:
  using Seen = std::array<SeenVolume, lane_count>;
  /// The source that brings most to each of eight receptors; none: no NOx.
  using Dominants = std::array<std::optional<std::size_t>, lane_count>;
  /// Spreads of a source's plume for eight receptors: at the nodes and at each of them.
  struct BlockSpreads {
    std::vector<VolumeSpreads> own;  ///< of each lane over hills; on flat land they are shared
    std::array<const VolumeSpreads*, lane_count> nodes{};
    VolumeSpread<Lanes> ends{};
  };
  struct Sight {
    std::vector<Seen> seen;
    std::vector<std::unique_ptr<const BlockSpreads>> spreads;
  };

  /// Spreads of a source's plume where it dominates.
  [[nodiscard]] std::unique_ptr<const BlockSpreads> spreads_at(const ReceptorBlock& block, std::size_t s,
                                                               const Dominants& dominants) const {
    auto found = std::make_unique<BlockSpreads>();
    if (!volumes_[s].is_flat()) found->own.resize(lane_count);
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(block.count); ++lane) {
      if (dominants[lane] != s) continue;
      const Receptor& receptor = hour_.receptors[block.first + lane];
      if (volumes_[s].is_flat()) {
        found->nodes[lane] = &shared_[s].at(receptor.flagpole_m);
        continue;
      }
      found->own[lane] = volumes_[s].spreads(volumes_[s].height_of(receptor));
      found->nodes[lane] = &found->own[lane];
    }
    found->ends = volumes_[s].spreads_at(block, found->nodes);
    return found;
  }

  [[nodiscard]] std::vector<Plume> plumes_at(const ReceptorBlock& block, std::size_t lane,
                                             std::size_t dominant, std::span<const double> nox,
                                             const Sight& sight) const {
    std::vector<Plume> plumes(volumes_.size());
    for (std::size_t s = 0; s < plumes.size(); ++s) {
      const Source& source = hour_.sources[s];
      const Receptor& receptor = hour_.receptors[block.first + lane];
      const auto way = volumes_[s].way_along(volumes_[dominant], receptor);
      // A polygon that does not reach the receptor has no height there.
      const bool has_height = nox[s] > 0.0 || source.shape != SourceShape::area;
      plumes[s] = {nox[s],
                   hour_.emission_g_s[s],
                   source.no2_share_of_nox,
                   std::max(way.along_m, nearest_m),
                   way.across_m,
                   has_height ? sight.seen[s][lane].height_m : 0.0,
                   volumes_[s].share_above(),
                   volumes_[s].height_above_m(),
                   volumes_[dominant].height_of(receptor) - volumes_[s].height_of(receptor)};
    }
    return plumes;
  }

  [[nodiscard]] double ratio_at(const ReceptorBlock& block, std::size_t lane, std::size_t dominant,
                                std::span<const double> nox, const Sight& sight) const {
    const SourceVolume& source = volumes_[dominant];
    const SeenVolume& seen = sight.seen[dominant][lane];
    const std::vector<Plume> plumes = plumes_at(block, lane, dominant, nox, sight);
    const Plume& plume = plumes[dominant];
    const double x = plume.along_m;
    const MergedPlumes all = merged(plumes, plume, seen.level_share, source.is_mixed_at(x));
    const VolumeSpread<Lanes>& ends = sight.spreads[dominant]->ends;
    const auto at = static_cast<int>(lane);
    const VolumeSpread<double> end{ends.below_m[at],     ends.above_m[at],   ends.wind_m_s[at],
                                   ends.sigma_v_m_s[at], ends.sigma_y_m[at], ends.sigma_w_m_s[at]};
    const VolumeSpreads& nodes = *sight.spreads[dominant]->nodes[lane];
    const VolumeBox alone{.wide_m = source.own_width_m(end.sigma_y_m)}, &box = all.box;
    const bool has_box =
        box.wide_m > 0.0 || box.high_m > 0.0 || box.wide_above_m > 0.0 || box.high_above_m > 0.0;
    const auto [alone_m3, merged_m3] =
        source.volumes_m3(x, seen.distance_m, nodes, end, {alone, has_box ? box : alone});
    const double height = source.base_elevation_m() + plume.height_m;
    const double temperature = source.air().theta_k.at_height(height) - dry_lapse_k_m * height;
    const double ozone = ozone_mol_m3(hour_.weather.ozone_ug_m3.value_or(0.0), height, temperature);
    const double mol_of = x / (seen.wind_m_s * nox_g_mol);  // of an emission of 1 g s-1
    return volume_ratio(
        {ozone * alone_m3, plume.emission_g_s * (1.0 - plume.stack_share) * mol_of, plume.stack_share},
        {ozone * merged_m3, (all.below.no_g_s() + all.above.no_g_s()) * mol_of, all.below.stack_share()},
        hour_.options.no2_equilibrium_ratio);
  }

  const NitrogenHour& hour_;
  std::vector<SourceVolume> volumes_;
  bool grounds_differ_ = false;  ///< not all sources stand on one level
  std::vector<std::map<double, VolumeSpreads>> shared_;
};

}  // namespace

void convert_by_plume_volume(const NitrogenHour& hour, std::span<double> concentration_ug_m3) {
  if (hour.sources.empty()) return;
  const double greatest = hour.options.no2_equilibrium_ratio;
  if (!hour.weather.ozone_ug_m3) {
    for (double& nox : concentration_ug_m3) nox *= greatest;
    return;
  }
  const Converter converter(hour);
  const auto count = static_cast<std::int64_t>(hour.blocks.size());
#pragma omp parallel for schedule(dynamic, 8)
  for (std::int64_t b = 0; b < count; ++b)
    converter.convert(hour.blocks[static_cast<std::size_t>(b)], concentration_ug_m3);
}

}  // namespace lantian::plume
