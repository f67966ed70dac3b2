#include "nitrogen_hour.hpp"
#include "point_plume.hpp"

#include "plume/plume_volume_ratio.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace lantian::plume {
namespace {

constexpr double first_m = 10.0;  // up to here a plume counts with its section there
constexpr double nearest_m = 1.0;
constexpr double major_share = 0.5;  // of the greatest source at the receptor
constexpr std::size_t node_count = 64;

/// Distances [m] at which the section of a plume is worked out: 10 m to 80 km.
const std::array<double, node_count>& nodes_m() {
  static const auto nodes = [] {
    std::array<double, node_count> x{};
    for (std::size_t k = 0; k < node_count; ++k)
      x[k] = first_m * std::pow(8000.0, static_cast<double>(k) / static_cast<double>(node_count - 1));
    return x;
  }();
  return nodes;
}

/// Radii [m] of a plume at the nodes: of the part below a convective lid, or the whole, and of the part above.
struct Radii {
  std::array<double, node_count> below{}, above{};
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
      found[static_cast<std::size_t>(lane)] = {way.along_m[lane], way.across_m[lane], wind[lane], height[lane]};
    return found;
  }

  /// Height [m] of a receptor above the source's base.
  [[nodiscard]] double height_of(const Receptor& receptor) const {
    return flat_ ? receptor.flagpole_m : receptor.elevation_m - place_.base_elevation_m + receptor.flagpole_m;
  }

  [[nodiscard]] Radii radii(double receptor_m) const {
    Radii found;
    const Lanes z = Lanes{} + receptor_m;
    for (std::size_t first = 0; first < node_count; first += lane_count) {
      Lanes x{};
      for (int lane = 0; lane < lane_count; ++lane) x[lane] = nodes_m()[first + static_cast<std::size_t>(lane)];
      const Lanes below = now_.source.convective ? convective_radius(x, z) : stable_radius(x, z);
      const Lanes above = share_above() > 0.0 ? penetrated_radius(x, z) : Lanes{};
      for (int lane = 0; lane < lane_count; ++lane) {
        found.below[first + static_cast<std::size_t>(lane)] = below[lane];
        found.above[first + static_cast<std::size_t>(lane)] = above[lane];
      }
    }
    return found;
  }

 private:
  static bool everywhere_in_sight(const Lanes&) { return true; }

  [[nodiscard]] Lanes memory_s(const Lanes& sigma_w) const {
    return 0.46 * air_.layer.mixing_height_m / sigma_w;
  }
  [[nodiscard]] double first_spread_m() const {
    return std::sqrt(place_.initial_sigma_y_m * place_.initial_sigma_z_m);
  }
  [[nodiscard]] Lanes convective_radius(const Lanes& x, const Lanes& z) const {
    const ConvectiveState<Lanes> plume = convective_plume(x, z, now_.source, air_, everywhere_in_sight);
    const Lanes sigma = relative_sigma_m(Lanes(x / plume.wind_m_s), plume.dissipation_m2_s3,
                                         memory_s(plume.sigma_w_m_s), plume.own_sigma_m, first_spread_m());
    return spreads_convective * maximum(sigma, Lanes{} + least_spread_convective_m);
  }
  [[nodiscard]] Lanes penetrated_radius(const Lanes& x, const Lanes& z) const {
    const GaussianPlume<Lanes> plume = penetrated_plume(x, z, now_.source, air_);
    return spreads_convective * relative_sigma_m(Lanes(x / plume.wind_m_s), plume.dissipation_m2_s3,
                                                 memory_s(plume.sigma_w_m_s), plume.own_sigma_m, 0.0);
  }
  [[nodiscard]] Lanes stable_radius(const Lanes& x, const Lanes& z) const {
    const GaussianPlume<Lanes> plume = stable_plume(x, z, now_.source, air_, everywhere_in_sight);
    const Lanes random =
        place_.shape == SourceShape::area ? Lanes{} : random_share(x, plume.wind_m_s, plume.sigma_v_m_s);
    const Lanes sigma_y = wandering_sigma_y_m(x, plume.sigma_y_m, random);
    return spreads_stable *
           maximum(Lanes(sqrt(Lanes(sigma_y * plume.sigma_z_m))), Lanes{} + least_spread_stable_m);
  }

  Source place_;
  const AirColumn& air_;
  bool flat_;
  SourceHour now_;
};

/// Volume [m3] of merged plumes from the source to a distance.
double volume_m3(double x_m, const Radii& radii, double share_above, double wide_m, double high_m) {
  const auto section = [&](double below_m, double above_m) {
    return (1.0 - share_above) * merged_section_m2(below_m, wide_m, high_m) +
           share_above * std::numbers::pi * above_m * above_m;
  };
  double sum = merged_section_m2(radii.below.front(), wide_m, high_m) * std::min(x_m, first_m);
  for (std::size_t k = 1; k < node_count && nodes_m()[k - 1] < x_m; ++k) {
    const double from = nodes_m()[k - 1], to = nodes_m()[k], end = std::min(to, x_m);
    const double part = (end - from) / (to - from);
    const double below = radii.below[k - 1] + part * (radii.below[k] - radii.below[k - 1]);
    const double above = radii.above[k - 1] + part * (radii.above[k] - radii.above[k - 1]);
    sum += 0.5 * (end - from) * (section(radii.below[k - 1], radii.above[k - 1]) + section(below, above));
  }
  return sum;
}

/// The major sources at a receptor.
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
          shared_[s][receptor.flagpole_m] = volumes_[s].radii(receptor.flagpole_m);
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
  [[nodiscard]] MajorSources major(const std::vector<double>& nox, const std::vector<SeenPlume>& plumes) const {
    MajorSources found;
    found.dominant = static_cast<std::size_t>(std::ranges::max_element(nox) - nox.begin());
    const double least = major_share * nox[found.dominant];
    double sum = 0.0, left = HUGE_VAL, right = -HUGE_VAL, low = HUGE_VAL, high = -HUGE_VAL;
    for (std::size_t s = 0; s < nox.size(); ++s) {
      if (nox[s] < least) continue;
      sum += nox[s];
      found.emission_g_s += hour_.emission_g_s[s];
      found.stack_share += nox[s] * hour_.sources[s].no2_share_of_nox;
      left = std::min(left, plumes[s].across_m);
      right = std::max(right, plumes[s].across_m);
      low = std::min(low, plumes[s].height_m);
      high = std::max(high, plumes[s].height_m);
    }
    found.stack_share /= sum;
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
    const double volume =
        hour_.options.flat_terrain
            ? volume_m3(x, shared_[all.dominant].at(receptor.flagpole_m), source.share_above(), all.wide_m,
                        all.high_m)
            : volume_m3(x, source.radii(at_m), source.share_above(), all.wide_m, all.high_m);
    const AirColumn& air = source.air();
    const double temperature = air.theta_K.at_height(plume.height_m) -
                               dry_lapse_K_m * (plume.height_m + air.layer.base_elevation_m);
    const double ozone =
        volume * ozone_mol_m3(hour_.weather.ozone_ug_m3.value_or(0.0), plume.height_m, temperature);
    const double mol = all.emission_g_s / nox_g_mol * x / plume.wind_m_s;
    return volume_ratio(ozone / mol, all.stack_share, hour_.options.no2_equilibrium_ratio);
  }

  const NitrogenHour& hour_;
  std::vector<SourceVolume> volumes_;
  std::vector<std::map<double, Radii>> shared_;
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
