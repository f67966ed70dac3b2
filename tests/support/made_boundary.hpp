#pragma once

#include "support/temporary_folder.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/grid/layers.hpp"
#include "lantian/sources/boundary_air.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

/// A small domain of one air, and boundary air made from the entries that a test adds.
namespace lantian::made_boundary {

constexpr int columns = 6, rows = 4;
inline const Layers layers({50.0, 150.0, 400.0, 1000.0, 2500.0});  // middles 25, 100, 275, 700, 1750 m
enum Layer { ground, low, middle, high, aloft };

inline HorizontalGrid grid() {
  GridConfig config;
  config.projection = "lon_lat";
  config.centre_longitude_deg = 120.0;
  config.centre_latitude_deg = 36.0;
  config.cell_size_deg = 0.1;
  config.columns = columns;
  config.rows = rows;
  return HorizontalGrid::from_config(config);
}

inline SpeciesTable species() {
  return SpeciesTable({{.name = "NO", .molar_mass_g_mol = 30.0061},
                       {.name = "NO2", .molar_mass_g_mol = 46.0055},
                       {.name = "O3", .molar_mass_g_mol = 47.998},
                       {.name = "CO", .molar_mass_g_mol = 28.01},
                       {.name = "SO4", .molar_mass_g_mol = 96.06, .phase = Phase::particle},
                       {.name = "PPM25", .molar_mass_g_mol = 12.0, .phase = Phase::particle},
                       {.name = "PPMC", .molar_mass_g_mol = 12.0, .phase = Phase::particle}});
}
// NOLINTNEXTLINE(readability-identifier-naming): molecules are written as chemists write them
enum Name { NO, NO2, O3, CO, SO4, PPM25, PPMC };

/// Air of 290 K and 1000 hPa with a mixing height of 600 m.
struct Air {
  Surface surface;
  WeatherSnapshot weather;
  Air() {
    const int count = layers.count();
    surface.interface_above_ground_m = Array3<double>(count + 1, rows, columns);
    for (int k = 0; k <= count; ++k)
      for (int j = 0; j < rows; ++j)
        for (int i = 0; i < columns; ++i)
          surface.interface_above_ground_m(k, j, i) = layers.interface_above_ground_m(k, 0.0);
    weather.temperature_k = Array3<double>(count, rows, columns, 290.0);
    weather.pressure_pa = Array3<double>(count, rows, columns, 1.0e5);
    weather.water_vapour_kg_kg = Array3<double>(count, rows, columns, 0.0);
    weather.mixing_height_m = Array2<double>(rows, columns, 600.0);
  }
};

inline double ppb_of_gas(double ug_m3, double molar_mass_g_mol) {
  return ug_m3 * 1.0e3 * gas_constant_j_mol_k * 298.15 / 101325.0 / molar_mass_g_mol;
}
inline double ppb_of_particle(double ug_m3, double molar_mass_g_mol) {
  return ug_m3 * 1.0e3 / molar_mass_g_mol / (1.0e5 / (gas_constant_j_mol_k * 290.0));
}

class Boundary : public ::testing::Test {
 protected:
  Boundary() {
    case_.directory = folder_.path();
    case_.run.start = from_civil(2020, 3, 30, 4);  // noon, local time
    case_.run.end = from_civil(2020, 3, 30, 6);
    case_.run.spin_up_h = 0.0;
  }
  BoundaryAirConfig& add(const std::string& kind, const std::string& file = "",
                         const std::string& text = "") {
    if (!text.empty()) write_text(folder_.file(file), text);
    BoundaryAirConfig& entry = case_.boundary.air.emplace_back();
    entry.kind = kind;
    entry.file = file;
    return entry;
  }
  void add_stations(const std::string& csv, const std::string& rules) {
    write_text(folder_.file("rules.toml"), rules);
    add("stations", "stations.csv", csv).rules = "rules.toml";
  }
  BoundaryHour hour(UtcTime at) {
    Problems problems;
    BoundaryAir boundary(case_, grid_, species_, problems);
    problems.throw_if_any();
    return boundary.hour(at, air_.weather, air_.surface);
  }
  BoundaryHour noon() { return hour(case_.run.start); }
  std::string faults() {
    Problems problems;
    const BoundaryAir boundary(case_, grid_, species_, problems);
    std::string all;
    for (std::string fault : problems.sentences()) {
      for (std::size_t at = fault.find(folder_.path() + "/"); at != std::string::npos;
           at = fault.find(folder_.path() + "/"))
        fault.erase(at, folder_.path().size() + 1);
      all += (all.empty() ? "" : "\n") + fault;
    }
    return all;
  }

  TemporaryFolder folder_;
  Case case_;
  HorizontalGrid grid_ = grid();
  SpeciesTable species_ = species();
  Air air_;
};

constexpr double rounding = 1.0e-14;  // relative: a handful of multiplications
inline void expect_near(double found, double expected) {
  EXPECT_NEAR(found, expected, rounding * std::max(std::fabs(expected), 1.0));
}

}  // namespace lantian::made_boundary
