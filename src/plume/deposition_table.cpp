#include "deposition_table.hpp"

#include <algorithm>
#include <cmath>

namespace lantian::plume {
namespace {

constexpr double steps_per_fold = 128.0;  // of distance
constexpr double least = 1e-30;           // what is less counts as nothing

Lanes safe_log(const Lanes& value) {
  return log(maximum(value, Lanes{} + least));
}
Lanes back(const Lanes& logarithm) {
  const Lanes value = exp(logarithm);
  return choose(value < 10.0 * least, Lanes{}, value);
}

}  // namespace

DepositionTable::DepositionTable(const DepositionHour& hour, double height_m, double nearest_m,
                                 double farthest_m)
    // What lies less far along the wind than this share of the nearest receptor's distance lies too far
    // across it.
    : first_step_(std::floor(std::log(std::max(1.0, 0.03 * nearest_m)) * steps_per_fold)) {
  // One step before the first distance and two beyond the farthest receptor: a cubic has four values.
  const auto count = static_cast<std::size_t>(
                         std::ceil(std::log(std::max(farthest_m, 2.0)) * steps_per_fold) - first_step_) +
                     4;
  nodes_.resize((count + lane_count - 1) / lane_count * lane_count);
  const auto groups = static_cast<std::int64_t>(nodes_.size() / lane_count);
#pragma omp parallel for schedule(static)
  for (std::int64_t group = 0; group < groups; ++group)
    fill(static_cast<std::size_t>(group) * lane_count, hour, height_m);
}

void DepositionTable::fill(std::size_t first, const DepositionHour& hour, double height_m) {
  Lanes log_x{};
  for (int lane = 0; lane < lane_count; ++lane)
    log_x[lane] = std::max(0.0, (first_step_ + static_cast<double>(first) + lane - 1.0) / steps_per_fold);
  const Lanes x = exp(log_x), height = Lanes{} + height_m;
  const SeenReceptor<Lanes> at{height, height, Lanes{}, Lanes{}};
  const PlumeParts<Lanes> plume =
      plume_parts(x, height, hour.rising(), hour.air(), [](const Lanes&) { return Lanes{} + 1.0; });
  std::vector<Lanes> kept(hour.depletion().parts().size());
  hour.depletion().kept(x, x, at, kept);
  std::array<Lanes, columns> values{};
  values[0] = plume.random_share;
  const auto lay = [&](std::size_t column, const PlumeParts<Lanes>& part, const Lanes& sigma_m) {
    const Brought brought = hour.bring(part, x, at, kept);
    values.at(column) = log(sigma_m);
    values.at(column + 1) = safe_log(brought.air);
    values.at(column + 2) = safe_log(brought.dry);
    values.at(column + 3) = safe_log(brought.wet);
  };
  PlumeParts<Lanes> part = plume;
  part.gaussian_share = 0.0;
  if (plume.convective_share > 0.0) lay(1, part, plume.convective.sigma_y_m);
  part = plume;
  part.convective_share = 0.0;
  if (plume.gaussian_share > 0.0) lay(5, part, plume.gaussian.sigma_y_m);
  if (plume.convective_share <= 0.0)
    for (std::size_t column = 2; column < 5; ++column) values[column] = Lanes{} + std::log(least);
  if (plume.gaussian_share <= 0.0)
    for (std::size_t column = 6; column < 9; ++column) values[column] = Lanes{} + std::log(least);
  for (int lane = 0; lane < lane_count; ++lane)
    for (std::size_t column = 0; column < columns; ++column)
      nodes_[first + static_cast<std::size_t>(lane)][column] = values[column][lane];
}

DepositionTable::Along DepositionTable::at(const Lanes& x_m) const {
  const Lanes steps = log(x_m) * steps_per_fold - (first_step_ - 1.0);
  const double last = static_cast<double>(nodes_.size() - 3);
  std::array<Lanes, columns> found{};
  for (int lane = 0; lane < lane_count; ++lane) {
    const double below = std::min(std::max(std::floor(steps[lane]), 1.0), last);
    const double f = std::max(0.0, steps[lane] - below), e = f + 1.0, g = f - 1.0, h = f - 2.0;
    const double a = f * g * h * (-1.0 / 6), b = e * g * h * 0.5, c = e * f * h * -0.5,
                 d = e * f * g * (1.0 / 6);
    const auto n = static_cast<std::size_t>(below);
    const Node &p = nodes_[n - 1], &q = nodes_[n], &r = nodes_[n + 1], &s = nodes_[n + 2];
    for (std::size_t column = 0; column < columns; ++column)
      found[column][lane] = a * p[column] + b * q[column] + c * r[column] + d * s[column];
  }
  return {found[0],
          exp(found[1]),
          exp(found[5]),
          {back(found[2]), back(found[3]), back(found[4])},
          {back(found[6]), back(found[7]), back(found[8])}};
}

}  // namespace lantian::plume
