// A small grid, its weather and air for tests of the chemistry process.
#pragma once

#include "lantian/config/case.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/processes/process.hpp"

#include <cmath>
#include <set>
#include <string>

namespace lantian::testing::chemistry {

inline constexpr int columns = 11, rows = 3, layers = 2;

inline HorizontalGrid small_grid() {
  GridConfig config;
  config.projection = "lon_lat";
  config.centre_longitude_deg = 120.4;
  config.centre_latitude_deg = 36.1;
  config.cell_size_deg = 0.03;
  config.columns = columns;
  config.rows = rows;
  return HorizontalGrid::from_config(config);
}

inline WeatherHour mild_weather() {
  WeatherHour hour;
  WeatherSnapshot& w = hour.middle;
  w.temperature_k = w.pressure_pa = w.water_vapour_kg_kg = w.cloud_water_kg_kg =
      Array3<double>(layers, rows, columns);
  w.cloud_fraction = Array2<double>(rows, columns);
  for (int k = 0; k < layers; ++k)
    for (int j = 0; j < rows; ++j)
      for (int i = 0; i < columns; ++i) {
        w.temperature_k(k, j, i) = 283.0 - 3.0 * k + 0.3 * i;
        w.pressure_pa(k, j, i) = 1.0e5 - 5.0e3 * k;
        w.water_vapour_kg_kg(k, j, i) = 5.0e-3;
        w.cloud_water_kg_kg(k, j, i) = k == 1 ? 1.0e-5 * i : 0.0;
        w.cloud_fraction(j, i) = 0.05 * i;
      }
  return hour;
}

/// Radicals of CB6r5 do not come by the ppb, nor coarse salts by the hundred of them.
inline double usual_size_ppb(const std::string& species) {
  static const std::set<std::string> radicals = {
      "O",      "O1D",    "OH",      "HO2",     "NO3",     "C2O3",  "CXO3", "MEO2", "RO2",
      "XO2",    "XO2H",   "XO2N",    "HCO3",    "XPRP",    "XPAR",  "ROR",  "ISO2", "OPO3",
      "EPX2",   "BZO2",   "TO2",     "XLO2",    "CRO",     "SULF",  "PNA",  "N2O5", "BENZRO2",
      "TOLRO2", "XYLRO2", "IVOCRO2", "ISOPRO2", "TERPRO2", "SQTRO2"};
  static const std::set<std::string> coarse_salts = {"PNO3C", "PCLC", "PCO3C"};
  if (coarse_salts.contains(species)) return 0.01;
  return radicals.contains(species) ? 1.0e-5 : 1.0;
}

/// Air that differs from cell to cell, with tendencies of both signs; the values belong to the grid's cells.
inline State made_state(const SpeciesTable& species, const Tile& tile) {
  State state{.tile = tile,
              .species = species,
              .mixing_ratio_ppb = FieldSet<double>(tile, species.count(), layers, 0.0),
              .air_mass_kg = Field<double>(tile, layers, 0.0),
              .mixing_tendency_ppb_s = FieldSet<double>(tile, species.count(), layers, 0.0)};
  for (int k = 0; k < layers; ++k)
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i) {
        const int row = tile.first_row + j, column = tile.first_column + i;
        state.air_mass_kg(k, j, i) = 1.0e9 + 1.0e7 * column;
        for (int s = 0; s < species.count(); ++s) {
          const double q = usual_size_ppb(species[s].name) *
                           (2.0 + s + 1.5 * std::sin(1.0 + column + 2.0 * row + 3.0 * k + 5.0 * s));
          state.mixing_ratio_ppb[s](k, j, i) = q;
          state.mixing_tendency_ppb_s[s](k, j, i) = 0.9 * q / 300.0 * std::sin(2.0 * column + 7.0 * s + k);
        }
      }
  return state;
}

inline Tile whole_grid() {
  return {.first_column = 0,
          .first_row = 0,
          .columns = columns,
          .rows = rows,
          .layers = layers,
          .grid_columns = columns,
          .grid_rows = rows};
}

inline const UtcTime noon = parse_utc("2020-04-04T04:00:00Z"), midnight = parse_utc("2020-04-03T16:00:00Z");

}  // namespace lantian::testing::chemistry
