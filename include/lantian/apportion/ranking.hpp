#pragma once

#include "lantian/apportion/zero_out.hpp"

#include <string>
#include <vector>

namespace lantian {

/// Where a metric comes from [ug m-3]: the parts add up to the base run's value.
struct ControllableShare {
  double base = 0.0, own_city = 0.0, neighbours = 0.0, boundary = 0.0, initial_air = 0.0;
};

/// The effect of one cut on one metric. Negative is cleaner.
struct RankedEffect {
  std::string metric;  // "PM25" or "O3_MDA8"
  std::string group, pollutant;
  double removed_t_d = 0.0;
  Metric change_ug_m3;           // cut minus base
  double per_tonne_ug_m3 = 0.0;  // change of the population mean for each t d-1 removed
};

enum class Regime { voc_limited, nox_limited, transition, none };
[[nodiscard]] std::string name_of(Regime regime);

/// What limits ozone: the 30 % cut that lowers it more; within 20 % of each other: transition.
[[nodiscard]] Regime ozone_regime(double change_by_voc, double change_by_nox);

struct RankingResult {
  ControllableShare pm25, o3;         // of the population mean
  std::vector<RankedEffect> effects;  // for each metric, best cut first
  bool has_regime = false;            // what limits O3 was asked for
  std::vector<Regime> receptor_regime;
  Regime city_regime = Regime::none;
  Metric o3_by_voc, o3_by_nox;  // change [ug m-3] by the 30 % cuts that tell the regime
  Metric base_pm25, base_o3;
  std::string base_state_hash;
};

[[nodiscard]] RankingResult ranking_of(const std::vector<Member>& members,
                                       const std::vector<MemberResult>& results);

}  // namespace lantian
