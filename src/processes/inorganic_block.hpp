#pragma once

#include "aerosol/inorganic_sensitivity.hpp"
#include "aerosol/inorganic_system.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// Eight cells whose inorganic particles are solved side by side.
using EightTotals = std::array<InorganicTotals<double>, 8>;

/// What part of each total is gas, and whether the equations were solved.
struct GasShares {
  double ammonia, nitric_acid, hydrochloric_acid;
  bool has_settled;
};
[[nodiscard]] std::array<GasShares, 8> gas_shares(const EightTotals& totals);

/// Answers of one cell to its totals.
[[nodiscard]] InorganicSensitivity inorganic_sensitivity(const InorganicTotals<double>& totals);

}  // namespace lantian
