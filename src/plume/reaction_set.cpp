#include "nitrogen_hour.hpp"
#include "plume/generic_reaction_set.hpp"
#include "plume/ground_light.hpp"
#include "plume/reaction_steps.hpp"
#include "point_plume.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lantian::plume {
namespace {

constexpr double ozone_ug_m3_per_ppb = 1.96;  // at 25 C (EPA-454/B-24-007)
constexpr double no2_ppb_per_ug_m3 = 0.5319;  // likewise
constexpr double least_sigma_m = 0.01;
constexpr double upwind_m = 0.1;  // nearer than this a receptor lies beside or before the source
constexpr double longest_s = 3600.0;

/// What eight receptors see of one source's plume: sigma_y sigma_z at an instant and of the mean plume; 0:
/// upwind.
struct PlumeAtInstant {
  Lanes instant_m2{}, mean_m2{};
};

/// Spread of the mean plume at a distance, its own part, its wind and its height.
template <class V>
struct MeanPlume {
  V sigma_y_m, sigma_z_m, own_m, wind_m_s, sigma_v_m_s, height_m;
};
MeanPlume<Lanes> mean_plume(const Lanes& x_m, const Lanes& receptor_m, const RisingSource& source,
                            const AirColumn& air) {
  const auto in_sight = [](const Lanes&) { return true; };
  if (!source.convective) {
    const GaussianPlume<Lanes> plume = stable_plume(x_m, receptor_m, source, air, in_sight);
    return {plume.sigma_y_m, plume.sigma_z_m,   plume.own_sigma_m,
            plume.wind_m_s,  plume.sigma_v_m_s, plume.height_m};
  }
  const ConvectiveState<Lanes> plume = convective_plume(x_m, receptor_m, source, air, in_sight);
  const Lanes sigma_z = 0.5 * (plume.direct.sigma_up_m + plume.direct.sigma_down_m);
  return {plume.sigma_y_m, sigma_z, plume.own_sigma_m, plume.wind_m_s, plume.sigma_v_m_s, plume.middle_m};
}

/// A source in the air of an hour.
class SourceAtInstant {
 public:
  SourceAtInstant(const Source& source, const NitrogenHour& hour)
      : source_(source),
        place_(with_one_place(source)),
        air_(hour.air_of(source)),
        flat_(over_flat_ground(source, hour.options)),
        now_(source_hour(place_, air_, hour.options)),
        scale_{air_.layer.friction_velocity_m_s, air_.layer.convective_velocity_m_s,
               air_.layer.mixing_height_m, air_.layer.roughness_length_m, air_.layer.stable} {}

  [[nodiscard]] PlumeAtInstant at(const ReceptorBlock& block) const {
    const Way way = way_to(source_, now_, block);
    if (!any_of(LaneBits(way.along_m > upwind_m))) return {};
    const Lanes r =
        maximum(Lanes(sqrt(Lanes(way.along_m * way.along_m + way.across_m * way.across_m))), Lanes{} + 1.0);
    return sizes(way.along_m, r, seen_from(source_, block, flat_));
  }

  /// Duration [s] of the way from a polygon's middle.
  [[nodiscard]] Lanes duration_s(const ReceptorBlock& block) const {
    const Way way = way_to(place_, now_, block);
    const Lanes x = maximum(way.along_m, Lanes{} + upwind_m);
    const Lanes wind = mean_plume(x, seen_from(place_, block, flat_).height_m, now_.source, air_).wind_m_s;
    return choose(way.along_m > upwind_m, Lanes(x / wind), Lanes{});
  }

  /// sigma_y sigma_z as the plume begins.
  [[nodiscard]] double first_m2() const {
    return std::max(std::hypot(source_.initial_sigma_y_m, half_width_m()), least_sigma_m) *
           std::max(source_.initial_sigma_z_m, least_sigma_m);
  }
  [[nodiscard]] bool is_polygon() const { return source_.shape == SourceShape::area; }

 private:
  /// Half of the width a stack or a polygon gives its plume; of a polygon as AERMOD 24142 has it.
  [[nodiscard]] double half_width_m() const {
    if (!is_polygon()) return 0.5 * source_.stack_diameter_m;
    return 0.5 * (source_.plume_width_m > 0.0 ? source_.plume_width_m
                                              : std::sqrt(whole_emission_g_s(source_, 1.0)));
  }

  [[nodiscard]] PlumeAtInstant sizes(const Lanes& along_m, const Lanes& r,
                                     const SeenReceptor<Lanes>& seen) const {
    const Lanes x = maximum(along_m, Lanes{} + upwind_m), least = Lanes{} + least_sigma_m;
    const MeanPlume<Lanes> mean = mean_plume(x, seen.height_m, now_.source, air_);
    const double width = half_width_m(), y0 = source_.initial_sigma_y_m, z0 = source_.initial_sigma_z_m;
    const Lanes y = maximum(joined(mean.sigma_y_m, Lanes{}, width), least),
                z = maximum(mean.sigma_z_m, least);
    const Lanes own_y = maximum(joined(mean.own_m, Lanes{} + y0, width), least);
    const Lanes own_z = maximum(joined(mean.own_m, Lanes{}, z0), least);
    const Lanes time = x / mean.wind_m_s;
    const Lanes dissipation = plume_dissipation_m2_s3(mean.height_m, scale_);
    const Lanes random = random_share(r, mean.wind_m_s, mean.sigma_v_m_s);
    const Lanes mean_y = 1.0 / (random / (root_two_pi * x) + (1.0 - random) / y);
    const Lanes instant =
        instant_sigma_m(y, own_y, dissipation, time) * instant_sigma_m(z, own_z, dissipation, time);
    const auto here = along_m > upwind_m;
    PlumeAtInstant found{};
    found.instant_m2 = choose(here, instant, Lanes{});
    found.mean_m2 = choose(here, Lanes(mean_y * z), Lanes{});
    return found;
  }

  const Source& source_;
  Source place_;
  const AirColumn& air_;
  bool flat_;
  SourceHour now_;
  DissipationScale scale_;
};

/// All plumes at one receptor.
struct PlumeShare {
  double nox_ppb{}, no2_share{}, travel_s_ppb{}, instant_m2{}, mean_m2{}, first_m2{};
  double from_cavity{};  ///< share of the NOx that a building's cavity had caught
};

/// The air of plumes as they meet, and how long it reacts.
struct MixedAir {
  NitrogenAir air;
  double time_s{};
};
/// @see Carruthers et al. (2017), J. Air Waste Manage. Assoc.
MixedAir mixed_air(std::span<const PlumeShare> plumes, double ozone_ppb) {
  constexpr double least_other = 0.25, most_other = 0.75, major = 0.5;
  double sum = 0.0, greatest = 0.0, travel = 0.0;
  for (const PlumeShare& plume : plumes) {
    sum += plume.nox_ppb;
    travel += plume.travel_s_ppb;
    greatest = std::max(greatest, plume.nox_ppb);
  }
  if (!(sum > 0.0)) return {};
  const double others = 1.0 - greatest / sum;
  const double merged = std::clamp((others - least_other) / (most_other - least_other), 0.0, 1.0);
  NitrogenAir air;
  double densest = 0.0;
  const auto seen = [&](const PlumeShare& plume) {  // instant size, denser by, ozone that came in
    if (plume.mean_m2 <= 0.0) return std::pair(1.0, ozone_ppb);
    const double instant = std::min(plume.instant_m2, plume.mean_m2),
                 first = std::min(plume.first_m2, instant);
    const double stirred = stirred_size_m2(instant, plume.mean_m2, plume.from_cavity);
    const double size = stirred + merged * (plume.mean_m2 - stirred);
    return std::pair(plume.mean_m2 / size, (1.0 - first / size) * ozone_ppb);
  };
  for (const PlumeShare& plume : plumes) {
    const double nox = plume.nox_ppb * seen(plume).first;
    air.no2_ppb += plume.no2_share * nox;
    air.no_ppb += (1.0 - plume.no2_share) * nox;
    densest = std::max(densest, nox);
  }
  air.o3_ppb = ozone_ppb;
  for (const PlumeShare& plume : plumes) {
    const auto [denser, ozone] = seen(plume);
    if (plume.nox_ppb * denser > major * densest) air.o3_ppb = std::min(air.o3_ppb, ozone);
  }
  return {air, std::min(travel / sum, longest_s)};
}

NitrogenRates rates_of(const WeatherHour& weather, const AirColumn& air) {
  constexpr double screen_m = 1.2;
  const SurfaceHour& surface = weather.surface;
  const double temperature =
      surface.temperature_height_m == screen_m
          ? surface.temperature_k
          : air.theta_k.at_height(screen_m) - dry_lapse_k_m * (screen_m + air.layer.base_elevation_m);
  const double light = air.layer.stable ? 0.0
                                        : solar_irradiance_w_m2(
                                              surface.sensible_heat_w_m2, surface.bowen_ratio, surface.albedo,
                                              surface.temperature_k, surface.cloud_cover_tenths);
  return nitrogen_rates(temperature, light);
}

/// Ozone of the background [ppb]; by day in its photostationary state with the background's NOx.
double background_ozone_ppb(const WeatherHour& weather, const NitrogenRates& rates) {
  const double ozone = weather.ozone_ug_m3.value_or(0.0) / ozone_ug_m3_per_ppb;
  if (rates.photolysis_s <= 0.0) return ozone;
  const double nox = weather.nox_ug_m3.value_or(0.0) * no2_ppb_per_ug_m3;
  return photostationary({nox, 0.0, ozone}, rates).o3_ppb;
}

/// An hour's plumes and what they react in.
class ReactingPlumes {
 public:
  explicit ReactingPlumes(const NitrogenHour& hour)
      : hour_(hour),
        has_ozone_(hour.weather.ozone_ug_m3.has_value()),
        rates_(rates_of(hour.weather, hour.rural)),
        ozone_ppb_(background_ozone_ppb(hour.weather, rates_)) {
    plumes_.reserve(hour.sources.size());
    for (const Source& source : hour.sources) plumes_.emplace_back(source, hour);
  }

  /// What each source brings to a block's receptors, [lane][source].
  [[nodiscard]] std::vector<PlumeShare> seen_from(const ReceptorBlock& block,
                                                  std::span<const double> concentration_ug_m3) const {
    const std::size_t sources = plumes_.size(), count = hour_.receptors.size();
    std::vector<PlumeShare> seen(sources * static_cast<std::size_t>(lane_count));
    for (std::size_t s = 0; s < sources; ++s) {
      if (hour_.emission_g_s[s] == 0.0) continue;
      const PlumeAtInstant at = plumes_[s].at(block);
      const bool is_polygon = plumes_[s].is_polygon();
      const Lanes duration = is_polygon ? plumes_[s].duration_s(block) : Lanes{};
      for (int lane = 0; lane < block.count; ++lane) {
        const std::size_t place = s * count + block.first + static_cast<std::size_t>(lane);
        const double nox = concentration_ug_m3[place];
        const double travel = is_polygon ? nox * duration[lane] : hour_.travel_s_ug_m3[place];
        seen[static_cast<std::size_t>(lane) * sources + s] = {
            nox * no2_ppb_per_ug_m3,
            hour_.sources[s].no2_share_of_nox,
            travel * no2_ppb_per_ug_m3,
            at.instant_m2[lane],
            at.mean_m2[lane],
            plumes_[s].first_m2(),
            hour_.from_cavity.empty() ? 0.0 : hour_.from_cavity[place]};
      }
    }
    return seen;
  }

  /// Share of each receptor's NOx that is NO2 after the way. @param seen  [lane][source], of `count` lanes.
  [[nodiscard]] Lanes no2_shares(std::span<const PlumeShare> seen, int count) const {
    if (!has_ozone_) return Lanes{} + 1.0;
    const std::size_t sources = seen.size() / static_cast<std::size_t>(lane_count);
    NitrogenAirOf<Lanes> air;
    Lanes time_s{};
    for (int lane = 0; lane < count; ++lane) {
      const MixedAir mixed =
          mixed_air(seen.subspan(static_cast<std::size_t>(lane) * sources, sources), ozone_ppb_);
      air.no_ppb[lane] = mixed.air.no_ppb;
      air.no2_ppb[lane] = mixed.air.no2_ppb;
      air.o3_ppb[lane] = mixed.air.o3_ppb;
      time_s[lane] = mixed.time_s;
    }
    const NitrogenAirOf<Lanes> after = reacted(air, rates_, time_s);
    const Lanes nox = after.no2_ppb + after.no_ppb;  // a trace may be nothing to the steps
    return choose(nox > 0.0, Lanes(after.no2_ppb / nox), Lanes{});
  }
  /// The same of a group of sources alone.
  [[nodiscard]] Lanes no2_shares_of(std::span<const std::size_t> group, std::span<const PlumeShare> seen,
                                    int count) const {
    const std::size_t sources = seen.size() / static_cast<std::size_t>(lane_count);
    std::vector<PlumeShare> own;
    own.reserve(group.size() * static_cast<std::size_t>(lane_count));
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(lane_count); ++lane)
      for (const std::size_t s : group) own.push_back(seen[lane * sources + s]);
    return no2_shares(own, count);
  }

 private:
  const NitrogenHour& hour_;
  bool has_ozone_;
  NitrogenRates rates_;
  double ozone_ppb_;
  std::vector<SourceAtInstant> plumes_;
};

}  // namespace

std::vector<double> convert_by_reaction_set(const NitrogenHour& hour, std::span<double> concentration_ug_m3) {
  const std::size_t count = hour.receptors.size(), sources = hour.sources.size();
  const std::vector<std::vector<std::size_t>>& groups = hour.options.source_groups;
  std::vector<double> group_no2(groups.size() * count);
  const ReactingPlumes plumes(hour);
  const auto blocks = static_cast<std::int64_t>(hour.blocks.size());
#pragma omp parallel for schedule(dynamic, 8)
  for (std::int64_t b = 0; b < blocks; ++b) {
    const ReceptorBlock& block = hour.blocks[static_cast<std::size_t>(b)];
    const std::vector<PlumeShare> seen = plumes.seen_from(block, concentration_ug_m3);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const Lanes share = plumes.no2_shares_of(groups[g], seen, block.count);
      for (int lane = 0; lane < block.count; ++lane) {
        const std::size_t at = block.first + static_cast<std::size_t>(lane);
        for (const std::size_t s : groups[g])
          group_no2[g * count + at] += concentration_ug_m3[s * count + at] * share[lane];
      }
    }
    const Lanes share = plumes.no2_shares(seen, block.count);
    for (std::size_t s = 0; s < sources; ++s)
      for (int lane = 0; lane < block.count; ++lane)
        concentration_ug_m3[s * count + block.first + static_cast<std::size_t>(lane)] *= share[lane];
  }
  return group_no2;
}

}  // namespace lantian::plume
