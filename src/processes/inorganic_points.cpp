#include "lantian/processes/inorganic_points.hpp"

#include "aerosol/isorropia.hpp"
#include "aerosol/smooth_equilibrium.hpp"
#include "inorganic_lanes.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

constexpr auto at_once = static_cast<std::size_t>(lane_count);
using Points = std::vector<InorganicTotals<double>>;
using Answers = std::vector<InorganicEquilibrium<double>>;

/// Eight points side by side; the last one stands where there are no more.
InorganicTotals<Lanes> gathered(const Points& points, std::size_t first) {
  return totals_side_by_side([&](std::size_t lane) -> const InorganicTotals<double>& {
    return points[std::min(first + lane, points.size() - 1)];
  });
}

void scatter(const InorganicEquilibrium<Lanes>& from, std::size_t first, Answers& answers) {
  for (std::size_t lane = 0; lane < std::min(at_once, answers.size() - first); ++lane) {
    const auto of = [lane](const Lanes& x) { return x[lane]; };
    answers[first + lane] = {of(from.ammonia_gas),
                             of(from.nitric_acid_gas),
                             of(from.hydrochloric_acid_gas),
                             of(from.water_kg_m3),
                             of(from.h),
                             of(from.nh4),
                             of(from.na),
                             of(from.ca),
                             of(from.k),
                             of(from.mg),
                             of(from.so4),
                             of(from.hso4),
                             of(from.no3),
                             of(from.cl),
                             of(from.oh),
                             of(from.calcium_sulphate),
                             of(from.residual)};
  }
}

/// Blocks of eight are the same for any number of threads.
template <class Solve>
Answers solved(const Points& points, const Solve& solve) {
  Answers answers(points.size());
  const auto blocks = static_cast<std::ptrdiff_t>((points.size() + at_once - 1) / at_once);
#pragma omp parallel for schedule(dynamic, 16)
  for (std::ptrdiff_t block = 0; block < blocks; ++block) {
    const std::size_t first = static_cast<std::size_t>(block) * at_once;
    scatter(solve(gathered(points, first)), first, answers);
  }
  return answers;
}

}  // namespace

Answers smooth_equilibria(const Points& points) {
  constexpr double tolerance = 1.0e-8;  // of the residual before the last step, which squares it
  return solved(points,
                [](const InorganicTotals<Lanes>& totals) { return smooth_equilibrium(totals, tolerance); });
}

Answers isorropia_equilibria(const Points& points, const WaterTable& table) {
  return solved(points, [&table](const InorganicTotals<Lanes>& totals) {
    WaterMolalities<Lanes> molalities{};
    for (std::size_t salt = 0; salt < water_salt_count; ++salt)
      for (std::size_t lane = 0; lane < at_once; ++lane)
        molalities[salt][lane] = table.molality(salt, totals.relative_humidity[lane]);
    return isorropia_equilibrium(totals, molalities);
  });
}

}  // namespace lantian
