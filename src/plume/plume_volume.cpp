#include "nitrogen_hour.hpp"
#include "plume/plume_volume_ratio.hpp"
#include "point_plume.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace lantian::plume {
namespace {

constexpr double nearest_m = 1.0;
constexpr double major_share = 0.5;  // of the dominant source's concentration and emission
constexpr std::size_t node_count = 64;

/// Distances [m] at which the spread of a plume is worked out: 10, 20, ... 100, 120, ... 200, 250, ... 500
/// and so on by the decade.
const std::array<double, node_count>& nodes_m() {
  static const auto nodes = [] {
    std::array<double, node_count> x{};
    double decade = 100.0;
    x[0] = 10.0;
    for (std::size_t k = 1; k < node_count; ++k) {
      const double before = x[k - 1];
      if (before >= 10.0 * decade) decade *= 10.0;
      const double step = before < decade         ? 0.1
                          : before < 2.0 * decade ? 0.2
                          : before < 5.0 * decade ? 0.5
                                                  : 1.0;
      x[k] = before + step * decade;
    }
    return x;
  }();
  return nodes;
}

/// Spreads [m] of a plume at the nodes: of the part below a convective lid, or the whole, and of the part
/// above; with what says how a stable plume wanders.
struct Spreads {
  std::array<double, node_count> below_m{}, above_m{}, wind_m_s{}, sigma_v_m_s{}, sigma_y_m{};
};

/// Middle, wind and position of a plume as a receptor sees it.
struct SeenPlume {
  double along_m{}, across_m{}, wind_m_s{}, height_m{};
};

/// A source in the air of an hour.
class SourceVolume {
 public:
  SourceVolume(const Source& source, const NitrogenHour& hour)
      : place_(with_one_place(source)),
        air_(hour.air_of(source)),
        flat_(hour.options.flat_terrain),
        now_(source_hour(place_, air_, hour.options)) {}

  [[nodiscard]] double share_above() const { return now_.source.through.share; }
  [[nodiscard]] const AirColumn& air() const { return air_; }

  [[nodiscard]] std::array<SeenPlume, lane_count> seen(const ReceptorBlock& block) const {
    const Way way = way_to(place_, now_, block);
    const Lanes r = maximum(Lanes(sqrt(Lanes(way.along_m * way.along_m + way.across_m * way.across_m))),
                            Lanes{} + nearest_m);
    const Lanes z = seen_from(place_, block, flat_).height_m;
    Lanes wind{}, height{};
    if (now_.source.convective) {
      const ConvectiveState<Lanes> plume = convective_plume(r, z, now_.source, air_, everywhere_in_sight);
      wind = plume.wind_m_s, height = plume.middle_m;
    } else {
      const GaussianPlume<Lanes> plume = stable_plume(r, z, now_.source, air_, everywhere_in_sight);
      wind = plume.wind_m_s, height = plume.height_m;
    }
    std::array<SeenPlume, lane_count> found{};
    for (int lane = 0; lane < lane_count; ++lane)
      found[static_cast<std::size_t>(lane)] = {way.along_m[lane], way.across_m[lane], wind[lane],
                                               height[lane]};
    return found;
  }

  /// Height [m] of a receptor above the source's base.
  [[nodiscard]] double height_of(const Receptor& receptor) const {
    return flat_ ? receptor.flagpole_m : receptor.elevation_m - place_.base_elevation_m + receptor.flagpole_m;
  }

  [[nodiscard]] Spreads spreads(double receptor_m) const {
    Spreads found;
    const Lanes z = Lanes{} + receptor_m;
    for (std::size_t first = 0; first < node_count; first += lane_count) {
      Lanes x{};
      for (int lane = 0; lane < lane_count; ++lane)
        x[lane] = nodes_m()[first + static_cast<std::size_t>(lane)];
      const Lanes above = share_above() > 0.0 ? penetrated_spread(x, z) : Lanes{};
      const Lanes below = is_convective() ? convective_spread(x, z) : Lanes{};
      GaussianPlume<Lanes> stable{};
      if (!is_convective()) stable = stable_plume(x, z, now_.source, air_, everywhere_in_sight);
      const Lanes whole = is_convective() ? below : Lanes(sqrt(Lanes(stable.sigma_y_m * stable.sigma_z_m)));
      for (int lane = 0; lane < lane_count; ++lane) {
        const std::size_t k = first + static_cast<std::size_t>(lane);
        found.below_m[k] = whole[lane];
        found.above_m[k] = above[lane];
        found.wind_m_s[k] = stable.wind_m_s[lane];
        found.sigma_v_m_s[k] = stable.sigma_v_m_s[lane];
        found.sigma_y_m[k] = stable.sigma_y_m[lane];
      }
    }
    return found;
  }
  [[nodiscard]] bool is_convective() const { return now_.source.convective; }
  [[nodiscard]] bool wanders() const { return place_.shape != SourceShape::area; }

 private:
  static bool everywhere_in_sight(const Lanes&) { return true; }

  [[nodiscard]] Lanes memory_s(const Lanes& sigma_w) const {
    return 0.46 * air_.layer.mixing_height_m / sigma_w;
  }
  [[nodiscard]] double first_spread_m() const {
    return std::sqrt(place_.initial_sigma_y_m * place_.initial_sigma_z_m);
  }
  [[nodiscard]] Lanes convective_spread(const Lanes& x, const Lanes& z) const {
    const ConvectiveState<Lanes> plume = convective_plume(x, z, now_.source, air_, everywhere_in_sight);
    return relative_sigma_m(Lanes(x / plume.wind_m_s), plume.dissipation_m2_s3, memory_s(plume.sigma_w_m_s),
                            plume.own_sigma_m, first_spread_m());
  }
  [[nodiscard]] Lanes penetrated_spread(const Lanes& x, const Lanes& z) const {
    const GaussianPlume<Lanes> plume = penetrated_plume(x, z, now_.source, air_);
    return relative_sigma_m(Lanes(x / plume.wind_m_s), plume.dissipation_m2_s3, memory_s(plume.sigma_w_m_s),
                            plume.own_sigma_m, 0.0);
  }

  Source place_;
  const AirColumn& air_;
  bool flat_;
  SourceHour now_;
};

/// The cross sections of a plume along its way, as one receptor counts them.
class Sections {
 public:
  Sections(const Spreads& spreads, const SourceVolume& source, double receptor_m, double wide_m,
           double high_m)
      : spreads_(spreads),
        source_(source),
        receptor_m_(receptor_m),
        wide_m_(wide_m),
        high_m_(high_m),
        half_depth_m_(0.5 * source.air().layer.mixing_height_m) {}

  /// Volume [m3] from the source to a distance: the mean spread of two nodes holds between them.
  [[nodiscard]] double volume_m3(double x_m) const {
    double sum = 0.0;
    Spread before{};
    double from_m = 0.0;
    for (std::size_t k = 0; k < node_count && from_m < x_m; ++k) {
      const bool is_last = nodes_m()[k] >= x_m || k == node_count - 1;
      const double to_m = is_last ? x_m : nodes_m()[k];
      const Spread here = is_last ? at(x_m, k) : node(k);
      sum +=
          (to_m - from_m) *
          section_m2({0.5 * (before.below_m + here.below_m), 0.5 * (before.above_m + here.above_m)}, k == 0);
      before = here;
      from_m = to_m;
    }
    return sum;
  }

 private:
  struct Spread {  // convective: [m]; stable: times the number of spreads that count
    double below_m{}, above_m{};
  };
  [[nodiscard]] Spread node(std::size_t k) const {
    const double sigma = spreads_.below_m[k];
    if (source_.is_convective()) return {sigma, spreads_.above_m[k]};
    const double random =
        source_.wanders() ? random_share(receptor_m_, spreads_.wind_m_s[k], spreads_.sigma_v_m_s[k]) : 0.0;
    return {sigma * stable_spreads(nodes_m()[k], spreads_.sigma_y_m[k], random), 0.0};
  }
  /// Between the node before `k` and it, as a power of the distance.
  [[nodiscard]] Spread at(double x_m, std::size_t k) const {
    const std::size_t from = k == 0 ? 0 : k - 1, to = k == 0 ? 1 : k;
    const Spread a = node(from), b = node(to);
    const double part = std::log(x_m / nodes_m()[from]) / std::log(nodes_m()[to] / nodes_m()[from]);
    const auto between = [&](double one, double other) {
      return one > 0.0 && other > 0.0 ? one * std::pow(other / one, part) : 0.0;
    };
    return {between(a.below_m, b.below_m), between(a.above_m, b.above_m)};
  }
  [[nodiscard]] double section_m2(const Spread& spread, bool is_first) const {
    if (!source_.is_convective()) {
      const double radius = std::max(spread.below_m, spreads_stable * least_spread_stable_m);
      return merged_section_m2(radius, radius, wide_m_, high_m_);
    }
    const double below = spreads_convective * std::max(spread.below_m, least_spread_convective_m);
    const double above = spreads_convective * std::max(spread.above_m, least_spread_convective_m);
    const double share = is_first ? 0.0 : source_.share_above();
    const double radius = std::sqrt(1.0 - share) * below;
    return (1.0 - share) * (merged_section_m2(radius, std::min(radius, half_depth_m_), wide_m_, high_m_) +
                            share * std::numbers::pi * above * above);
  }

  const Spreads& spreads_;
  const SourceVolume& source_;
  double receptor_m_, wide_m_, high_m_, half_depth_m_;
};

/// The major sources at a receptor: the one that brings most, and those that bring and emit at least half of
/// what it does.
struct MajorSources {
  std::size_t dominant{};
  double emission_g_s{}, stack_share{}, wide_m{}, high_m{};
};

class Converter {
 public:
  explicit Converter(const NitrogenHour& hour) : hour_(hour) {
    for (const Source& source : hour.sources) volumes_.emplace_back(source, hour);
    shared_.resize(hour.sources.size());
    if (!hour.options.flat_terrain) return;
    // Over flat land all receptors of a height share the tables.
    for (std::size_t s = 0; s < volumes_.size(); ++s)
      for (const Receptor& receptor : hour.receptors)
        if (!shared_[s].contains(receptor.flagpole_m))
          shared_[s][receptor.flagpole_m] = volumes_[s].spreads(receptor.flagpole_m);
  }

  void convert(const ReceptorBlock& block, std::span<double> concentration_ug_m3) const {
    const std::size_t count = hour_.receptors.size(), sources = volumes_.size();
    std::vector<std::array<SeenPlume, lane_count>> seen(sources);
    for (std::size_t s = 0; s < sources; ++s)
      if (hour_.emission_g_s[s] > 0.0) seen[s] = volumes_[s].seen(block);
    std::vector<double> nox(sources);
    std::vector<SeenPlume> plumes(sources);
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(block.count); ++lane) {
      const std::size_t i = block.first + lane;
      for (std::size_t s = 0; s < sources; ++s) {
        nox[s] = concentration_ug_m3[s * count + i];
        plumes[s] = seen[s][lane];
      }
      if (std::ranges::none_of(nox, [](double c) { return c > 0.0; })) continue;
      const double ratio = ratio_at(hour_.receptors[i], nox, plumes);
      for (std::size_t s = 0; s < sources; ++s) concentration_ug_m3[s * count + i] *= ratio;
    }
  }

 private:
  [[nodiscard]] MajorSources major(const std::vector<double>& nox,
                                   const std::vector<SeenPlume>& plumes) const {
    MajorSources found;
    found.dominant = static_cast<std::size_t>(std::ranges::max_element(nox) - nox.begin());
    const double least = major_share * nox[found.dominant];
    const double least_emission = major_share * hour_.emission_g_s[found.dominant];
    double left = HUGE_VAL, right = -HUGE_VAL, low = HUGE_VAL, high = -HUGE_VAL;
    for (std::size_t s = 0; s < nox.size(); ++s) {
      const double emission = hour_.emission_g_s[s];
      if (nox[s] < least || emission < least_emission) continue;
      found.emission_g_s += emission;
      found.stack_share += emission * hour_.sources[s].no2_share_of_nox;
      left = std::min(left, plumes[s].across_m);
      right = std::max(right, plumes[s].across_m);
      low = std::min(low, plumes[s].height_m);
      high = std::max(high, plumes[s].height_m);
    }
    found.stack_share /= found.emission_g_s;
    found.wide_m = right - left;
    found.high_m = high - low;
    return found;
  }

  [[nodiscard]] double ratio_at(const Receptor& receptor, const std::vector<double>& nox,
                                const std::vector<SeenPlume>& plumes) const {
    constexpr double nox_g_mol = 46.0;
    const MajorSources all = major(nox, plumes);
    const SourceVolume& source = volumes_[all.dominant];
    const SeenPlume& plume = plumes[all.dominant];
    const double x = std::max(plume.along_m, nearest_m);
    const double at_m = source.height_of(receptor);
    const double r = std::max(std::hypot(plume.along_m, plume.across_m), nearest_m);
    const auto volume_of = [&](const Spreads& spreads) {
      return Sections(spreads, source, r, all.wide_m, all.high_m).volume_m3(x);
    };
    const double volume = hour_.options.flat_terrain
                              ? volume_of(shared_[all.dominant].at(receptor.flagpole_m))
                              : volume_of(source.spreads(at_m));
    const AirColumn& air = source.air();
    const double temperature =
        air.theta_K.at_height(plume.height_m) - dry_lapse_K_m * (plume.height_m + air.layer.base_elevation_m);
    const double ozone =
        volume * ozone_mol_m3(hour_.weather.ozone_ug_m3.value_or(0.0), plume.height_m, temperature);
    const double mol = all.emission_g_s / nox_g_mol * x / plume.wind_m_s;
    return volume_ratio(ozone / mol, all.stack_share, hour_.options.no2_equilibrium_ratio);
  }

  const NitrogenHour& hour_;
  std::vector<SourceVolume> volumes_;
  std::vector<std::map<double, Spreads>> shared_;
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
