#include "particle_plume.hpp"

#include "plume/aermod_concentration.hpp"
#include "plume/particle_deposition.hpp"
#include "point_plume.hpp"

#include <algorithm>
#include <cmath>

namespace lantian::plume {
namespace {

constexpr double seconds_per_hour = 3600.0, grams = 1e-6;

/// Height above the ground at which deposition takes its concentration [m].
double reference_height_m(const AirColumn& air) {
  return air.layer.roughness_length_m + 1.0;
}

/// Integral of the plume's density over the wind at the reference height, from near the source to a distance
/// [s m-1]: what a deposition velocity is multiplied with for the logarithm of the share that is lost.
/// @see EPA-454/R-03-004, addendum; Horst (1977): source depletion.
class DepletionIntegral {
 public:
  DepletionIntegral(const RisingSource& source, const AirColumn& air, double farthest_m) {
    const Lanes height = Lanes{} + reference_height_m(air);
    const SeenReceptor<Lanes> at{height, height, Lanes{}, Lanes{}};
    const std::int64_t first = -1, last = DistanceTable::step_of(std::max(farthest_m, 2.0)) + 4;
    table_ = table_of(first, last, [&](const Lanes& x) {
      const Arrival<Lanes> share = arrival(
          x, at, source, air, [](const Lanes&) { return Lanes{} + 1.0; }, false);
      return TableValues{Lanes(share.share_m3_s * x), Lanes{}};
    });
    // Cubic through four values, integrated over each step.
    const std::vector<double> f = table_.one;
    table_.one[0] = table_.one[1] = 0.0;
    for (std::size_t i = 1; i + 2 < f.size(); ++i) {
      const double step = (13.0 * (f[i] + f[i + 1]) - f[i - 1] - f[i + 2]) / (24.0 * DistanceTable::steps);
      table_.one[i + 1] = table_.one[i] + step;
    }
    table_.one.back() = table_.one[table_.one.size() - 2];
  }
  [[nodiscard]] Lanes up_to(const Lanes& x) const {
    return values_at(log(maximum(x, Lanes{} + 1.0)), table_).one;
  }

 private:
  DistanceTable table_;
};

double farthest_m(const Source& source, std::span<const ReceptorBlock> blocks) {
  double farthest = 1.0;
  for (const ReceptorBlock& block : blocks) {
    for (int lane = 0; lane < block.count; ++lane) {
      farthest = std::max(farthest,
                          std::hypot(block.x_m[lane] - source.place.x_m, block.y_m[lane] - source.place.y_m));
    }
  }
  return farthest;
}

}  // namespace

std::vector<ParticlePart> particle_parts(const Source& source, const AirColumn& air,
                                         const SurfaceHour& surface) {
  constexpr double kPa_per_hPa = 0.1;
  const DepositionAir at_ground{air.layer, kPa_per_hPa * surface.pressure_hPa};
  std::vector<ParticlePart> parts;
  for (const ParticleClass& size : source.particles) {
    const SettlingParticle particle{size.diameter_um, size.density_g_cm3};
    parts.push_back({size.mass_fraction, particle_velocity_m_s(particle, at_ground),
                     settling_speed_m_s(particle),
                     scavenging_rate_s(particle, surface.precipitation_mm_h, at_ground)});
  }
  if (source.particle_mean) {
    constexpr double density_g_cm3 = 1.0;
    const SettlingParticle mean{source.particle_mean->mean_diameter_um, density_g_cm3};
    parts.push_back({1.0, mean_particle_velocity_m_s(source.particle_mean->fine_mass_fraction, air.layer),
                     settling_speed_m_s(mean), 0.0});
  }
  return parts;
}

void add_particle_plume(const Source& source, double emission_ug_s, const AirColumn& air,
                        const SurfaceHour& surface, const Options& options,
                        std::span<const ReceptorBlock> blocks, const ResultRows& rows) {
  const SourceHour now = source_hour(source, air, options);
  const double nearest = nearest_receptor_m(source), farthest = farthest_m(source, blocks);
  for (const ParticlePart& part : particle_parts(source, air, surface)) {
    RisingSource plume = now.source;
    plume.settling_slope = part.settling_m_s / plume.gas.wind_m_s;
    const DepletionIntegral lost(plume, air, farthest);
    const double rate = options.dry_depletion ? part.deposition_m_s : 0.0;
    const double washed = options.wet_depletion ? part.scavenging_s / plume.gas.wind_m_s : 0.0;
    const auto kept = [&](const Lanes& x) { return Lanes(exp(Lanes(-rate * lost.up_to(x) - washed * x))); };
    const double emitted = emission_ug_s * part.mass_share;
    const auto count = static_cast<std::int64_t>(blocks.size());
#pragma omp parallel for schedule(dynamic, 8)
    for (std::int64_t b = 0; b < count; ++b) {
      const ReceptorBlock& block = blocks[static_cast<std::size_t>(b)];
      const Way way = way_to(source, now, block);
      SeenReceptor<Lanes> at = seen_from(source, block, options.flat_terrain);
      const auto share = [&] {
        return concentration_share_m3_s(way.along_m, way.across_m, nearest, at, plume, air, kept);
      };
      const auto add = [&](std::span<double> row, double factor, const Lanes& values) {
        for (int lane = 0; lane < block.count; ++lane) {
          row[block.first + static_cast<std::size_t>(lane)] += factor * values[lane];
        }
      };
      add(rows.concentration_ug_m3, emitted, share());
      if (rows.dry_g_m2.empty()) continue;
      at.lift_m = Lanes{} + reference_height_m(air);
      add(rows.dry_g_m2, emitted * part.deposition_m_s * seconds_per_hour * grams, share());
      if (part.scavenging_s <= 0.0) continue;
      at.whole_column = true;
      add(rows.wet_g_m2, emitted * part.scavenging_s * seconds_per_hour * grams, share());
    }
  }
}

}  // namespace lantian::plume
