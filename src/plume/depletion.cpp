#include "depletion.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lantian::plume {
namespace {

constexpr double tolerance = 1e-6;  // of an exponent, about

}  // namespace

Depletion::Depletion(const Source& source, const RisingSource& rising, const AirColumn& air,
                     const Options& options, std::vector<DepositingPart> parts)
    : rising_(rising),
      air_(air),
      parts_(std::move(parts)),
      lift_m_(reference_height_m(air)),
      base_m_(over_flat_ground(source, options) ? 0.0 : source.base_elevation_m),
      is_dry_(options.dry_depletion),
      is_wet_(options.wet_depletion),
      is_romberg_(options.romberg_depletion),
      pieces_(parts_.size(), tolerance) {
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

void Depletion::mark(const Lanes& x_m, const LaneBits& which, std::span<char> wanted) {
  const TwoPoints<Lanes> points(x_m);
  const LaneBits near = DistanceKeys::of(points.near_m), far = DistanceKeys::of(points.far_m);
  for (int lane = 0; lane < lane_count; ++lane) {
    if (which[lane] == 0) continue;
    wanted[static_cast<std::size_t>(near[lane])] = wanted[static_cast<std::size_t>(far[lane])] = 1;
  }
}

void Depletion::lay(std::span<const char> wanted) {
  const auto taken = [&](const Lanes& x_m, std::span<Lanes> values) {
    add_densities(x_m, x_m, SeenReceptor<Lanes>{}, parts_, x_m, values);
    for (std::size_t p = 0; p < parts_.size(); ++p) values[p] *= parts_[p].deposition_m_s;
  };
  std::array<std::vector<DistancePieces::Piece>, DistanceKeys::doublings> pieces;
#pragma omp parallel for schedule(dynamic, 1)
  for (int n = 0; n < DistanceKeys::doublings; ++n)
    pieces[static_cast<std::size_t>(n)] = pieces_.of_doubling(n, wanted, taken);
  for (const std::vector<DistancePieces::Piece>& of_doubling : pieces) pieces_.lay(of_doubling);
}

void Depletion::used_up_on_the_level(const Lanes& x_m, std::span<Lanes> exponents) const {
  const TwoPoints<Lanes> points(x_m);
  std::ranges::fill(exponents, Lanes{});
  pieces_.add_at(points.far_m, Lanes(points.half_length_m / points.far_m), exponents);
  pieces_.add_at(points.near_m, Lanes(points.half_length_m / points.near_m), exponents);
}

void Depletion::used_up(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
                        std::span<Lanes> exponents) const {
  const LaneBits level = on_the_level(at), raised = opposite(level);
  const bool is_laid = pieces_.count() > 0;
  if (is_laid && !any_of(raised)) return used_up_on_the_level(x_m, exponents);
  integrate(x_m, whole_m, at, exponents);
  for (std::size_t p = 0; p < parts_.size(); ++p) exponents[p] *= parts_[p].deposition_m_s;
  if (!is_laid || !any_of(level)) return;
  std::vector<Lanes> of_level(parts_.size());
  used_up_on_the_level(x_m, of_level);
  for (std::size_t p = 0; p < parts_.size(); ++p) exponents[p] = choose(level, of_level[p], exponents[p]);
}

void Depletion::leave(const Lanes& x_m, std::span<Lanes> exponents) const {
  constexpr double most = 50.0;
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    Lanes lost = is_dry_ ? minimum(maximum(exponents[p], Lanes{}), Lanes{} + most) : Lanes{};
    if (is_wet_) lost += parts_[p].wet_loss_s / rising_.gas.wind_m_s * x_m;
    exponents[p] = exp(Lanes(-lost));
  }
}

void Depletion::kept(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
                     std::span<Lanes> shares) const {
  if (is_dry_) used_up(x_m, whole_m, at, shares);
  leave(x_m, shares);
}

}  // namespace lantian::plume
