#include "depletion.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian::plume {
namespace {

constexpr double steps_per_fold = 128.0;  // of distance, in the table

}  // namespace

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

Depletion::OnTheWay Depletion::on_way(const Lanes& x_m, const Lanes& whole_m,
                                      const SeenReceptor<Lanes>& at) const {
  return {x_m, plume_parts(x_m, at.height_m, rising_, air_, [](const Lanes&) { return Lanes{} + 1.0; }),
          on_the_way(at, lift_m_, Lanes(x_m / whole_m), base_m_, rising_.gas.height_m)};
}

Lanes Depletion::density_s_m2(const OnTheWay& way, double settling_m_s) const {
  const PlumeParts<Lanes> low = fallen_parts(way.plume, way.x_m, settling_m_s, rising_, air_);
  return share_of_parts_s_m3(low, way.x_m, way.at, gaussian_weight(low, way.at, rising_, air_), 0.0, air_);
}

void Depletion::tabulate(double height_m, double farthest_m) {
  if (!is_dry_ || is_romberg_) return;
  const auto count =
      static_cast<std::size_t>(std::ceil(std::log(std::max(farthest_m, 1.0)) * steps_per_fold)) + 2;
  const auto groups = static_cast<std::int64_t>((count + lane_count - 1) / lane_count);
  const Lanes height = Lanes{} + height_m;
  const SeenReceptor<Lanes> at{height, height, Lanes{}, Lanes{}};
  std::vector<std::vector<double>> table(parts_.size(),
                                         std::vector<double>(static_cast<std::size_t>(groups) * lane_count));
#pragma omp parallel for schedule(static)
  for (std::int64_t group = 0; group < groups; ++group) {
    const auto first = static_cast<std::size_t>(group) * lane_count;
    Lanes log_x{};
    for (int lane = 0; lane < lane_count; ++lane)
      log_x[lane] = (static_cast<double>(first) + lane) / steps_per_fold;
    const Lanes x = exp(log_x);
    const OnTheWay way = on_way(x, x, at);
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const Lanes density = density_s_m2(way, parts_[p].settling_m_s);
      const Lanes values = log(maximum(density, Lanes{} + 1e-300));
      for (int lane = 0; lane < lane_count; ++lane)
        table[p][first + static_cast<std::size_t>(lane)] = values[lane];
    }
  }
  log_density_ = std::move(table);
}

/// Linear in the logarithms, which keeps the steps that the plume has where it leaves the lowest air.
Lanes Depletion::tabulated_s_m2(std::size_t part, const Lanes& x_m) const {
  const std::vector<double>& table = log_density_[part];
  const Lanes steps = log(x_m) * steps_per_fold;
  const double last = static_cast<double>(table.size() - 2);
  Lanes below{}, above{}, rest{};
  for (int lane = 0; lane < lane_count; ++lane) {
    const double floor = std::min(std::max(std::floor(steps[lane]), 0.0), last);
    const auto n = static_cast<std::size_t>(floor);
    below[lane] = table[n];
    above[lane] = table[n + 1];
    rest[lane] = steps[lane] - floor;
  }
  return exp(Lanes(below + rest * (above - below)));
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
  if (!log_density_.empty()) {
    for (std::size_t p = 0; p < parts_.size(); ++p)
      integrals[p] =
          points.half_length_m * (tabulated_s_m2(p, points.far_m) + tabulated_s_m2(p, points.near_m));
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
