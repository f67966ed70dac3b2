#include "inorganic_block.hpp"

#include "aerosol/smooth_derivative.hpp"
#include "inorganic_lanes.hpp"

namespace lantian {

namespace {

constexpr double tolerance = 1.0e-8;  // of the residual before the last step, which squares it

}  // namespace

std::array<GasShares, 8> gas_shares(const EightTotals& totals) {
  const SmoothSystem<Lanes> system = smooth_system(
      totals_side_by_side([&](std::size_t lane) -> const InorganicTotals<double>& { return totals[lane]; }));
  SmoothState<Lanes> state = cold_start(system);
  solve_smooth(system, tolerance, state);
  const WorkingConstants<Lanes> constants = working_constants(system, state.y);
  const Lanes h = neutral_state(system, constants, state.h).h;
  const Lanes ammonia = 1.0 / (1.0 + constants.a4 * h), nitric_acid = h / (constants.a5 + h);
  const Lanes hydrochloric_acid = h / (constants.a6 + h);
  std::array<GasShares, 8> shares{};
  for (std::size_t lane = 0; lane < shares.size(); ++lane)
    shares[lane] = {ammonia[lane], nitric_acid[lane], hydrochloric_acid[lane],
                    state.residual[lane] <= tolerance};
  return shares;
}

InorganicSensitivity inorganic_sensitivity(const InorganicTotals<double>& totals) {
  const SmoothSystem<double> system = smooth_system(totals);
  SmoothState<double> state = cold_start(system);
  solve_smooth(system, tolerance, state);
  // One step more: the derivative is exact where the residual vanishes.
  solve_smooth(system, 1.0e-12, state);
  return smooth_sensitivity(totals, state);
}

}  // namespace lantian
