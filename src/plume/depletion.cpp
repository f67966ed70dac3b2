#include "depletion.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian::plume {

Depletion::Depletion(const Source& source, const RisingSource& rising, const AirColumn& air,
                     const Options& options, std::vector<DepositingPart> parts,
                     std::optional<double> shared_height_m, double farthest_m)
    : rising_(rising),
      air_(air),
      parts_(std::move(parts)),
      lift_m_(reference_height_m(air)),
      base_m_(source.base_elevation_m),
      is_dry_(options.dry_depletion),
      is_wet_(options.wet_depletion),
      is_romberg_(options.romberg_depletion) {
  rising_.initial_sigma_z_m = 0.0;
  if (is_dry_ && shared_height_m) fill_tables(*shared_height_m, farthest_m);
}

PlumeParts<Lanes> Depletion::parts_at(const Lanes& x_m, const Lanes& height_m) const {
  return plume_parts(x_m, height_m, rising_, air_, [](const Lanes&) { return Lanes{} + 1.0; });
}

Lanes Depletion::density_s_m2(const PlumeParts<Lanes>& parts, const Lanes& x_m, double settling_m_s,
                              const SeenReceptor<Lanes>& at) const {
  const PlumeParts<Lanes> low = fallen_parts(parts, x_m, settling_m_s, rising_, air_);
  return share_of_parts_s_m3(low, x_m, at, gaussian_weight(low, at, rising_, air_), 0.0, air_);
}

void Depletion::fill_tables(double height_m, double farthest_m) {
  const std::int64_t first = -1, last = DistanceTable::step_of(std::max(farthest_m, 2.0)) + 3;
  const Lanes height = Lanes{} + height_m;
  const SeenReceptor<Lanes> at{height + lift_m_, Lanes{} + lift_m_, Lanes{}, Lanes{}};
  for (std::size_t p = 0; p < parts_.size(); p += 2) {
    tables_.push_back(table_of(first, last, [&](const Lanes& x) {
      const PlumeParts<Lanes> plume = parts_at(x, height);
      const auto log_density = [&](std::size_t part) {
        const Lanes density = density_s_m2(plume, x, parts_[part].settling_m_s, at);
        return Lanes(log(maximum(density, Lanes{} + 1e-300)));
      };
      return TableValues{log_density(p), p + 1 < parts_.size() ? log_density(p + 1) : Lanes{}};
    }));
  }
}

void Depletion::integrate(const Lanes& x_m, const SeenReceptor<Lanes>& at, std::span<Lanes> integrals) const {
  const auto over = [&](const auto& density) {
    return is_romberg_ ? romberg_integral(x_m, density) : two_point_integral(x_m, density);
  };
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    if (!tables_.empty()) {
      integrals[p] = over([&](const Lanes& x) {
        const TableValues values = values_at(log(x), tables_[p / 2]);
        return exp(p % 2 == 0 ? values.one : values.other);
      });
      continue;
    }
    integrals[p] = over([&](const Lanes& x) {
      const SeenReceptor<Lanes> between =
          on_the_way(at, lift_m_, Lanes(x / x_m), base_m_, rising_.gas.height_m);
      return density_s_m2(parts_at(x, at.height_m), x, parts_[p].settling_m_s, between);
    });
  }
}

void Depletion::kept(const Lanes& x_m, const SeenReceptor<Lanes>& at, std::span<Lanes> shares) const {
  constexpr double most = 50.0;
  if (is_dry_) integrate(x_m, at, shares);
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    const DepositingPart& part = parts_[p];
    Lanes lost = is_dry_ ? minimum(Lanes(part.deposition_m_s * shares[p]), Lanes{} + most) : Lanes{};
    if (is_wet_) lost += part.scavenging_s / rising_.gas.wind_m_s * x_m;
    shares[p] = exp(Lanes(-lost));
  }
}

}  // namespace lantian::plume
