#include "land_surfaces.hpp"

#include "embedded/deposition_gases.hpp"
#include "embedded/land_use.hpp"
#include "embedded/wesely1989.hpp"

#include "lantian/io/csv_table.hpp"
#include "lantian/sources/leaf_area.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

/// A row of a table whose empty cells mean 0.
struct Row {
  const CsvTable& table;
  std::size_t row;
  Problems& problems;
  [[nodiscard]] std::string text(const std::string& name) const {
    return table.cell(row, table.required_column(name));
  }
  [[nodiscard]] double operator()(const std::string& name) const {
    return table.number(row, table.required_column(name), problems).value_or(0.0);
  }
};

ZhangSurface zhang_surface(const Row& of) {
  const std::string name = of.text("name");
  return {.in_canopy_least = of("in_canopy_least"),
          .in_canopy_most = of("in_canopy_most"),
          .cuticle_o3_dry = of("cuticle_o3_dry"),
          .cuticle_o3_wet = of("cuticle_o3_wet"),
          .ground_o3 = of("ground_o3"),
          .cuticle_so2_dry = of("cuticle_so2_dry"),
          .ground_so2 = of("ground_so2"),
          .stomatal_minimum = of("stomatal_minimum"),
          .stomatal_light_w_m2 = of("stomatal_light_w_m2"),
          .t_min_c = of("t_min_c"),
          .t_max_c = of("t_max_c"),
          .t_opt_c = of("t_opt_c"),
          .vapour_deficit_per_kpa = of("vapour_deficit_per_kpa"),
          .leaf_water_open_mpa = of("leaf_water_open_mpa"),
          .leaf_water_closed_mpa = of("leaf_water_closed_mpa"),
          .snow_most_cm = of("snow_most_cm"),
          .leaf_area_least = of("leaf_area_least"),
          .leaf_area_most = of("leaf_area_most"),
          .is_water = name == "water" || name == "inland_lake",
          .is_ice = name == "ice"};
}

WeselySeason season_named(const std::string& name) {
  if (name == "summer") return WeselySeason::summer;
  if (name == "autumn") return WeselySeason::autumn;
  if (name == "winter_snow") return WeselySeason::winter_snow;
  return name == "spring" ? WeselySeason::spring : WeselySeason::winter_no_snow;
}

void add_wesely(std::vector<LandSurface>& all, Problems& problems) {
  const CsvTable csv = CsvTable::parse("inputs/landuse/wesely1989.csv", std::string(embedded::wesely1989));
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const Row of{csv, row, problems};
    const WeselySurface one{.stomatal_minimum = of("stomatal_minimum"),
                            .leaves = of("leaves"),
                            .in_canopy = of("in_canopy"),
                            .ground_so2 = of("ground_so2"),
                            .ground_o3 = of("ground_o3"),
                            .lower_canopy_so2 = of("lower_canopy_so2"),
                            .lower_canopy_o3 = of("lower_canopy_o3")};
    const auto season = static_cast<std::size_t>(season_named(of.text("season")));
    for (LandSurface& surface : all)
      if (surface.wesely_class == of.text("class")) surface.wesely.at(season) = one;
  }
}

std::vector<LandSurface> read_land_surfaces() {
  const CsvTable csv = CsvTable::parse("inputs/landuse/land_use.csv", std::string(embedded::land_use));
  Problems problems;
  std::vector<LandSurface> all;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const Row of{csv, row, problems};
    LandSurface one{.zhang = zhang_surface(of),
                    .ammonia = {.stomata = of("ammonia_stomata"), .ground = of("ammonia_ground")},
                    .collector = {.alpha = of("particle_alpha"),
                                  .gamma = of("particle_gamma"),
                                  .radius_m = 1.0e-3 * of("collector_radius_mm")},
                    .leaf_area_by_month = {},
                    .wesely_class = of.text("wesely_class"),
                    .wesely = {}};
    for (std::size_t month = 0; month < 12; ++month)
      one.leaf_area_by_month.at(month) = of(fmt::format("leaf_area_{:02d}", month + 1));
    all.push_back(std::move(one));
  }
  add_wesely(all, problems);
  problems.throw_if_any();
  return all;
}

std::map<std::string, DepositingGas> read_gases() {
  const CsvTable csv =
      CsvTable::parse("inputs/deposition/gases.csv", std::string(embedded::deposition_gases));
  Problems problems;
  std::map<std::string, DepositingGas> all;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const Row of{csv, row, problems};
    all[of.text("name")] = {.so2_likeness = of("so2_likeness"),
                            .o3_likeness = of("o3_likeness"),
                            .diffusivity_ratio = of("diffusivity_ratio"),
                            .henry_ph7_m_atm = of("henry_ph7_m_atm"),
                            .reactivity = of("reactivity")};
  }
  problems.throw_if_any();
  return all;
}

std::map<std::string, SolubleGas> read_soluble_gases() {
  const CsvTable csv =
      CsvTable::parse("inputs/deposition/gases.csv", std::string(embedded::deposition_gases));
  Problems problems;
  std::map<std::string, SolubleGas> all;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const Row of{csv, row, problems};
    all[of.text("name")] = {.henry = {of("henry_m_atm"), of("henry_slope_k")},
                            .acid_1 = {of("acid_1_m"), of("acid_1_slope_k")},
                            .acid_2 = {of("acid_2_m"), of("acid_2_slope_k")},
                            .base = {of("base_m"), of("base_slope_k")},
                            .diffusivity_ratio = of("diffusivity_ratio")};
  }
  problems.throw_if_any();
  return all;
}

}  // namespace

const std::vector<LandSurface>& land_surfaces() {
  static const std::vector<LandSurface> all = read_land_surfaces();
  return all;
}

const std::map<std::string, DepositingGas>& depositing_gases() {
  static const std::map<std::string, DepositingGas> all = read_gases();
  return all;
}

const std::map<std::string, SolubleGas>& soluble_gases() {
  static const std::map<std::string, SolubleGas> all = read_soluble_gases();
  return all;
}

double leaf_area_index(const LandSurface& surface, const YearTime& at) {
  return leaf_area_on(surface.leaf_area_by_month, at.time, at.latitude_deg);
}

WeselySeason wesely_season(const YearTime& at, bool has_snow) {
  if (has_snow) return WeselySeason::winter_snow;
  constexpr double tropic_deg = 23.44;
  if (std::abs(at.latitude_deg) < tropic_deg) return WeselySeason::summer;
  const int month = (civil_time(at.time).month - 1 + (at.latitude_deg < 0.0 ? 6 : 0)) % 12 + 1;
  if (month >= 5 && month <= 8) return WeselySeason::summer;
  if (month == 9 || month == 10) return WeselySeason::autumn;
  return month == 3 || month == 4 ? WeselySeason::spring : WeselySeason::winter_no_snow;
}

}  // namespace lantian
