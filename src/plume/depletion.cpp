#include "depletion.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian::plume {

Depletion::Depletion(const Source& source, const RisingSource& rising, const AirColumn& air,
                     const Options& options, std::vector<DepositingPart> parts)
    : rising_(rising),
      air_(air),
      parts_(std::move(parts)),
      lift_m_(reference_height_m(air)),
      base_m_(source.base_elevation_m),
      is_dry_(options.dry_depletion),
      is_wet_(options.wet_depletion),
      is_romberg_(options.romberg_depletion) {
  rising_.initial_sigma_z_m = 0.0;
}

Depletion::OnTheWay Depletion::on_way(const Lanes& x_m, const Lanes& whole_m,
                                      const SeenReceptor<Lanes>& at) const {
  return {x_m, plume_parts(x_m, at.height_m, rising_, air_, [](const Lanes&) { return Lanes{} + 1.0; }),
          on_the_way(at, lift_m_, Lanes(x_m / whole_m), base_m_, rising_.gas.height_m)};
}

Lanes Depletion::density_s_m2(const OnTheWay& way, double settling_m_s) const {
  const PlumeParts<Lanes> low = fallen_parts(way.plume, way.x_m, settling_m_s, rising_, air_);
  return share_of_parts_s_m3(low, way.x_m, way.at, gaussian_weight(low, way.at, rising_, air_), 0.0, air_);
}

void Depletion::integrate(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
                          std::span<Lanes> integrals) const {
  const TwoPoints<Lanes> points(x_m);
  if (is_romberg_) {
    for (std::size_t p = 0; p < parts_.size(); ++p)
      integrals[p] = romberg_integral(
          x_m, [&](const Lanes& x) { return density_s_m2(on_way(x, whole_m, at), parts_[p].settling_m_s); });
    return;
  }
  const OnTheWay near = on_way(points.near_m, whole_m, at), far = on_way(points.far_m, whole_m, at);
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    const double settling = parts_[p].settling_m_s;
    integrals[p] = points.half_length_m * (density_s_m2(far, settling) + density_s_m2(near, settling));
  }
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
