#pragma once

#include "deposition/ammonia_exchange.hpp"
#include "deposition/henry.hpp"
#include "deposition/wesely1989.hpp"
#include "deposition/zhang2001.hpp"
#include "deposition/zhang2003.hpp"

#include "lantian/base/time.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace lantian {

/// Where a place stands in the year.
struct YearTime {
  UtcTime time{};
  double latitude_deg = 0.0;
};

/// One land-use class: what it does to gases and particles.
struct LandSurface {
  ZhangSurface zhang;
  AmmoniaPotential ammonia;
  Collector collector;
  std::array<double, 12> leaf_area_by_month;  // middle of the month, northern hemisphere
  std::string wesely_class;
  std::array<WeselySurface, 5> wesely;  // by WeselySeason
};

enum class WeselySeason { summer, autumn, winter_no_snow, winter_snow, spring };

/// The land-use classes of inputs/landuse, class n at n - 1. @throws DataError
[[nodiscard]] const std::vector<LandSurface>& land_surfaces();

/// Gases of inputs/deposition/gases.csv by name. @throws DataError
[[nodiscard]] const std::map<std::string, DepositingGas>& depositing_gases();

/// The same gases as water dissolves them. @throws DataError
[[nodiscard]] const std::map<std::string, SolubleGas>& soluble_gases();

/// Leaf area index, linear between the middles of months; half a year later south of the equator.
[[nodiscard]] double leaf_area_index(const LandSurface& surface, const YearTime& at);

/// Wesely's season: summer May to August, autumn September and October, spring March and April, else winter,
/// half a year later south of the equator; within the tropics always summer. Snow makes it winter with snow.
[[nodiscard]] WeselySeason wesely_season(const YearTime& at, bool has_snow);

}  // namespace lantian
