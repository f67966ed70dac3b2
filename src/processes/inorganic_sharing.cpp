#include "inorganic_sharing.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace lantian {

namespace {

/// Totals that evaporate, by their place in `TotalsChange`, and the row of `AnswerChange` that is their gas.
struct Volatile {
  std::size_t total, gas_row;
  double GasShares::*share;
};
constexpr std::array<Volatile, 3> volatiles{
    {{2, 0, &GasShares::ammonia}, {3, 1, &GasShares::nitric_acid}, {4, 2, &GasShares::hydrochloric_acid}}};

}  // namespace

InorganicSharing::InorganicSharing(const SpeciesTable& species) {
  const auto find = [&](const char* name) { return species.find(name).value_or(-1); };
  const auto need = [&](const char* name) {
    const auto found = species.find(name);
    if (!found)
      throw ConfigError(fmt::format(
          R"(chemistry.inorganic_aerosol: "equilibrium" needs the species PSO4, HNO3, PNO3, NH3 and PNH4; {} is not in the )"
          R"(mechanism. Choose another mechanism, as "grs", or "ammonium_nitrate")",
          name));
    return *found;
  };
  total_ = {{{.particle = find("NA")},
             {.particle = need("PSO4")},
             {.gas = need("NH3"), .particle = need("PNH4")},
             {.gas = need("HNO3"), .particle = need("PNO3")},
             {.gas = find("HCL"), .particle = find("PCL")},
             {.particle = find("PCA")},
             {.particle = find("PK")},
             {.particle = find("PMG")}}};
  Total& chloride = total_[4];
  if (chloride.gas < 0 || chloride.particle < 0) chloride = {};  // one alone cannot change its phase
}

std::string InorganicSharing::share(State& state, const Environment& e, Block block, Ledger& ledger) const {
  EightTotals cells{};
  for (int lane = 0; lane < lane_count; ++lane) {
    const int i = block.column_of(lane);
    cells.at(static_cast<std::size_t>(lane)) = totals(air_at(e, state.tile, block, lane), [&](int species) {
      return state.mixing_ratio_ppb[species](block.layer, block.row, i);
    });
  }
  const std::array<GasShares, 8> shares = gas_shares(cells);
  std::string fault;
  for (int lane = 0; lane < block.cells; ++lane) {
    const int i = block.first_column + lane;
    const GasShares& found = shares.at(static_cast<std::size_t>(lane));
    if (!found.has_settled && fault.empty())
      fault = fmt::format("the inorganic equilibrium found no solution in row {}, column {}, layer {}",
                          state.tile.first_row + block.row, state.tile.first_column + i, block.layer + 1);
    const double mol = mol_per_ppb(state, block, i);
    for (const Volatile& one : volatiles) {
      const Total& total = total_.at(one.total);
      if (total.gas < 0) continue;
      double& gas = state.mixing_ratio_ppb[total.gas](block.layer, block.row, i);
      double& particle = state.mixing_ratio_ppb[total.particle](block.layer, block.row, i);
      const double sum = gas + particle, gas_after = found.*(one.share) * sum,
                   particle_after = sum - gas_after;
      ledger.add(MassTerm::chemistry, total.gas, block.row, i, (gas_after - gas) * mol);
      ledger.add(MassTerm::chemistry, total.particle, block.row, i, (particle_after - particle) * mol);
      gas = gas_after;
      particle = particle_after;
    }
  }
  return fault;
}

void InorganicSharing::tangent(const Slopes& slopes, Block block, FieldSet<double>& change) const {
  for (int lane = 0; lane < block.cells; ++lane) {
    const int i = block.first_column + lane;
    const auto of = [&](int species) {
      return species < 0 ? 0.0 : change[species](block.layer, block.row, i);
    };
    TotalsChange total{};
    for (std::size_t n = 0; n < total.size(); ++n)
      total.at(n) = of(total_.at(n).gas) + of(total_.at(n).particle);
    const AnswerChange answer = slopes.at(static_cast<std::size_t>(lane)).tangent(total);
    for (const Volatile& one : volatiles) {
      const Total& at = total_.at(one.total);
      if (at.gas < 0) continue;
      change[at.gas](block.layer, block.row, i) = answer.at(one.gas_row);
      change[at.particle](block.layer, block.row, i) = total.at(one.total) - answer.at(one.gas_row);
    }
  }
}

void InorganicSharing::adjoint(const Slopes& slopes, Block block, FieldSet<double>& lambda) const {
  for (int lane = 0; lane < block.cells; ++lane) {
    const int i = block.first_column + lane;
    const auto of = [&](int species) -> double& { return lambda[species](block.layer, block.row, i); };
    AnswerChange by_answer{};
    TotalsChange by_own{};  // what a total's particle gives by itself
    for (const Volatile& one : volatiles) {
      const Total& at = total_.at(one.total);
      if (at.gas < 0) continue;
      by_answer.at(one.gas_row) = of(at.gas) - of(at.particle);
      by_own.at(one.total) = of(at.particle);
      of(at.gas) = of(at.particle) = 0.0;
    }
    const TotalsChange by_total = slopes.at(static_cast<std::size_t>(lane)).adjoint(by_answer);
    for (std::size_t n = 0; n < by_total.size(); ++n) {
      const double sensitivity = by_total.at(n) + by_own.at(n);
      if (total_.at(n).gas >= 0) of(total_.at(n).gas) += sensitivity;
      if (total_.at(n).particle >= 0) of(total_.at(n).particle) += sensitivity;
    }
  }
}

}  // namespace lantian
