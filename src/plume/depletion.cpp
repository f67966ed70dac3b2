#include "depletion.hpp"

#include <algorithm>
#include <utility>

namespace lantian::plume {
Depletion::Depletion(const Source& source, const RisingSource& rising, const AirColumn& air,
                     const Options& options, std::vector<DepositingPart> parts)
    : rising_(rising),
      air_(air),
      parts_(std::move(parts)),
      lift_m_(reference_height_m(air)),
      base_m_(options.flat_terrain ? 0.0 : source.base_elevation_m),
      is_dry_(options.dry_depletion),
      is_wet_(options.wet_depletion),
      is_romberg_(options.romberg_depletion) {
  rising_.initial_sigma_z_m = 0.0;
}

void Depletion::add_densities(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
                              std::span<const DepositingPart> parts, const Lanes& weight,
                              std::span<Lanes> sums) const {
  const PlumeParts<Lanes> plume =
      plume_parts(x_m, at.height_m, rising_, air_, [](const Lanes&) { return Lanes{} + 1.0; });
  const SeenReceptor<Lanes> seen =
      on_the_way(at, lift_m_, Lanes(x_m / whole_m), base_m_, rising_.gas.height_m);
  FallSeries<Lanes> series;
  const bool fall_apart = parts.size() > 1 && plume.convective_share > 0.0;
  if (fall_apart) series = fall_series(seen, plume.convective, air_.layer.mixing_height_m);
  DividingStreamline<Lanes> streamline(air_);
  PlumeParts<Lanes> low = plume;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    let_fall(low, plume, x_m, parts[p].settling_m_s, rising_, air_);
    sums[p] +=
        weight * share_of_parts_s_m3(low, x_m, seen, gaussian_weight(low, seen, rising_, air_, streamline),
                                     0.0, air_, fall_apart ? &series : nullptr);
  }
}

void Depletion::integrate(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
                          std::span<Lanes> integrals) const {
  if (is_romberg_) {
    const std::span<const DepositingPart> parts = parts_;
    for (std::size_t p = 0; p < parts.size(); ++p)
      integrals[p] = romberg_integral(x_m, [&](const Lanes& x) {
        Lanes density{};
        add_densities(x, whole_m, at, parts.subspan(p, 1), Lanes{} + 1.0, {&density, 1});
        return density;
      });
    return;
  }
  const TwoPoints<Lanes> points(x_m);
  std::ranges::fill(integrals, Lanes{});
  add_densities(points.far_m, whole_m, at, parts_, points.half_length_m, integrals);
  add_densities(points.near_m, whole_m, at, parts_, points.half_length_m, integrals);
}

void Depletion::kept(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
                     std::span<Lanes> shares) const {
  constexpr double most = 50.0;
  if (is_dry_) integrate(x_m, whole_m, at, shares);
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    const DepositingPart& part = parts_[p];
    Lanes lost = is_dry_ ? minimum(Lanes(part.deposition_m_s * shares[p]), Lanes{} + most) : Lanes{};
    if (is_wet_) lost += part.scavenging_s / rising_.gas.wind_m_s * x_m;
    shares[p] = exp(Lanes(-lost));
  }
}

}  // namespace lantian::plume
