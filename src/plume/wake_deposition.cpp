#include "wake_deposition.hpp"

#include <algorithm>

namespace lantian::plume {

void WakeDeposition::add_densities(const Lanes& x_m, const Lanes& receptor_m,
                                   std::span<const DepositingPart> parts, const Lanes& weight,
                                   std::span<Lanes> sums) const {
  const WakeMiddle<Lanes> middle = wake_middle(x_m, plume_, hour_.air());
  const Lanes travel_s = x_m * (1.0 / hour_.rising().gas.wind_m_s);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const Lanes height = fallen_height_m(middle.height_m, Lanes(parts[p].settling_m_s * travel_s));
    sums[p] += weight * density_on_way_in_wake_s_m2(height, middle.sigma_z_m, receptor_m, hour_.lift_m(),
                                                    plume_, hour_.air().layer);
  }
}

void WakeDeposition::integrate(const Lanes& x_m, const Lanes& receptor_m, std::span<Lanes> integrals) const {
  const std::span<const DepositingPart> parts = hour_.depletion().parts();
  if (hour_.depletion().is_romberg()) {
    for (std::size_t p = 0; p < parts.size(); ++p)
      integrals[p] = romberg_integral(x_m, [&](const Lanes& x) {
        Lanes density{};
        add_densities(x, receptor_m, parts.subspan(p, 1), Lanes{} + 1.0, {&density, 1});
        return density;
      });
    return;
  }
  const TwoPoints<Lanes> points(x_m);
  std::ranges::fill(integrals, Lanes{});
  add_densities(points.far_m, receptor_m, parts, points.half_length_m, integrals);
  add_densities(points.near_m, receptor_m, parts, points.half_length_m, integrals);
}

void WakeDeposition::kept(const Lanes& x_m, const SeenReceptor<Lanes>& at, std::span<Lanes> shares) const {
  const Depletion& depletion = hour_.depletion();
  const Lanes way_m = maximum(x_m, Lanes{} + 1.0);
  if (depletion.is_dry()) {
    integrate(way_m, at.height_m, shares);
    for (std::size_t p = 0; p < shares.size(); ++p) shares[p] *= depletion.parts()[p].deposition_m_s;
  }
  depletion.leave(way_m, shares);
  const LaneBits is_on_way = x_m > 1.0;
  for (Lanes& share : shares) share = choose(is_on_way, share, Lanes{} + 1.0);
}

void WakeDeposition::add_plume(const WakePlume<Lanes>& plume, const Lanes& x_m, std::span<const Lanes> kept,
                               Brought& sum) const {
  if (!any_of(LaneBits(plume.across_m > 0.0))) return;
  const BoundaryLayer& layer = hour_.air().layer;
  const std::span<const DepositingPart> parts = hour_.depletion().parts();
  const SeenReceptor<Lanes> ground = at_wake_reference(plume.at, hour_.lift_m());
  const Lanes travel_s = x_m * (1.0 / hour_.rising().gas.wind_m_s);
  const Lanes over_wind = plume.across_m * (1.0 / plume_.wind_m_s),
              column = plume.across_m * (1.0 / plume_.about.mean.wind_m_s);
  Lanes air{}, dry{}, height_before{}, fall{};
  Brought all;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const DepositingPart& part = parts[p];
    fall += part.settling_m_s * travel_s;
    const Lanes height = fallen_height_m(plume.height_m, fall);
    if (p == 0 || any_of(LaneBits(height != height_before))) {
      air = settled_density_m(plume, plume.at, height, layer);
      if (hour_.wants_deposition()) dry = settled_density_m(plume, ground, height, layer);
      height_before = height;
    }
    const Lanes left = kept.empty() ? Lanes{} + part.mass_share : Lanes(part.mass_share * kept[p]);
    all.air += left * air;
    all.dry += part.deposition_m_s * left * dry;
    all.wet += part.scavenging_s * left;
  }
  Lanes decayed = over_wind;
  if (plume_.decay_s > 0.0)
    decayed *= kept_share(maximum(x_m, Lanes{}), Lanes{} + plume_.about.mean.wind_m_s, plume_.decay_s);
  add_to(sum, {decayed * all.air, decayed * all.dry, column * all.wet});
}

WakeFall WakeDeposition::to(const Way& way, const SeenReceptor<Lanes>& at, std::span<Lanes> kept) const {
  const BuildingWake& wake = plume_.wake;
  WakeFall found;
  const Lanes weight = wake_weight(Lanes(way.along_m - wake.face_along_m),
                                   Lanes(way.across_m - wake.face_across_m), at.height_m, plume_);
  if (!any_of(LaneBits(weight > 0.0))) return found;
  // A plume that cannot be followed has no number anywhere, for the run to stop at.
  if (!plume_.course.is_sound) return {{Lanes{} + plume_.wind_m_s, Lanes{}, Lanes{}}, weight};
  const WakeSight<Lanes> sight = wake_sight(way.along_m, way.across_m, at, plume_, hour_.air());
  found.weight = choose(sight.counts, weight, Lanes{});
  const WakePlumes<Lanes> plumes = wake_plumes(sight, way.across_m, at, plume_, hour_.air());
  add_plume(plumes.inside, way.along_m, {}, found.brought);
  if (!any_of(LaneBits(plumes.passing.across_m + plumes.outside.across_m > 0.0))) return found;
  this->kept(way.along_m, at, kept);
  add_plume(plumes.passing, way.along_m, kept, found.brought);
  add_plume(plumes.outside, way.along_m, kept, found.brought);
  return found;
}

}  // namespace lantian::plume
