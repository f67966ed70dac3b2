// A small piece of atmosphere for tests of transport: uneven cells, random winds that are mass-consistent
// with the air at both ends of the hour, and the state of one tile of it. The same numbers on every rank.
#pragma once

#include "lantian/parallel/decomposition.hpp"
#include "lantian/processes/process.hpp"

#include <cmath>
#include <cstddef>
#include <random>
#include <span>
#include <vector>

namespace lantian::testing {

struct MadeAir {
  int columns, rows, layers;
  Surface surface;
  WeatherHour hour;
  BoundaryHour boundary;

  /// Air of `columns` x `rows` columns over uneven ground and cells of uneven width.
  MadeAir(int grid_columns, int grid_rows, int layer_count)
      : columns(grid_columns), rows(grid_rows), layers(layer_count) {
    make_surface();
    make_air();
    make_fluxes();
    make_end();
  }

  [[nodiscard]] Environment environment() const {
    Environment all;
    all.weather = &hour;
    all.surface = &surface;
    all.boundary = &boundary;
    return all;
  }

  /// A convective afternoon: a mixed layer of 900 to 1500 m, warmest at the ground; neutral in every fifth
  /// column.
  void make_convective() {
    WeatherSnapshot& at = hour.middle;
    at.mixing_height_m = at.inverse_obukhov_length_per_m = Array2<double>(rows, columns);
    at.temperature_k = Array3<double>(layers, rows, columns, 295.0);
    at.pressure_pa = Array3<double>(layers, rows, columns, 1.0e5);
    at.water_vapour_kg_kg = Array3<double>(layers, rows, columns, 0.008);
    for (int j = 0; j < rows; ++j) {
      for (int i = 0; i < columns; ++i) {
        at.mixing_height_m(j, i) = 900.0 + 100.0 * ((i + 2 * j) % 7);
        at.inverse_obukhov_length_per_m(j, i) = (i + j) % 5 == 0 ? 0.0 : -0.002 * (1 + i % 4);
        at.temperature_k(0, j, i) = 296.0;
      }
    }
  }

  /// Air outside: `inside(species)` everywhere.
  template <class Value>
  void set_boundary(int species_count, Value&& value) {
    for (int s = 0; s < species_count; ++s) {
      boundary.west.emplace_back(layers, rows, value(s));
      boundary.east.emplace_back(layers, rows, value(s));
      boundary.south.emplace_back(layers, columns, value(s));
      boundary.north.emplace_back(layers, columns, value(s));
      boundary.top.emplace_back(rows, columns, value(s));
    }
  }

  /// The tile's state at the beginning of the hour; `value(s, k, row, column)` gives the mixing ratios [ppb].
  template <class Value>
  [[nodiscard]] State state(const Tile& tile, const SpeciesTable& species, Value&& value) const {
    State all{.tile = tile,
              .species = species,
              .mixing_ratio_ppb = FieldSet<double>(tile, species.count(), layers),
              .air_mass_kg = Field<double>(tile, layers),
              .mixing_tendency_ppb_s = FieldSet<double>(tile, species.count(), layers)};
    for (int k = 0; k < layers; ++k) {
      for (int j = 0; j < tile.rows; ++j) {
        for (int i = 0; i < tile.columns; ++i) {
          const int row = tile.first_row + j, column = tile.first_column + i;
          all.air_mass_kg(k, j, i) = hour.begin.air_mass_kg(k, row, column);
          for (int s = 0; s < species.count(); ++s)
            all.mixing_ratio_ppb[s](k, j, i) = value(s, k, row, column);
        }
      }
    }
    return all;
  }

 private:
  double random(double low, double high) {  // not std::uniform_real_distribution: its bits vary by library
    return low + (high - low) * static_cast<double>(numbers_() >> 11) * 0x1.0p-53;
  }
  void make_surface() {
    surface.terrain_m = Array2<double>(rows, columns, 0.0);
    surface.roughness_length_m = Array2<double>(rows, columns, 0.3);
    surface.land_use = Array2<int>(rows, columns, 21);
    surface.longitude_deg = Array2<double>(rows, columns, 120.0);
    surface.latitude_deg = Array2<double>(rows, columns, 36.0);
    surface.cell_area_m2 = surface.cell_width_m = surface.cell_depth_m = Array2<double>(rows, columns);
    surface.interface_above_ground_m = Array3<double>(layers + 1, rows, columns, 0.0);
    for (int j = 0; j < rows; ++j) {
      for (int i = 0; i < columns; ++i) {
        surface.cell_width_m(j, i) = 1000.0 * (1.0 + 0.2 * std::sin(0.7 * i));
        surface.cell_depth_m(j, i) = 1000.0 * (1.0 + 0.2 * std::cos(0.5 * j));
        surface.cell_area_m2(j, i) = surface.cell_width_m(j, i) * surface.cell_depth_m(j, i);
        surface.terrain_m(j, i) = 300.0 * (1.0 + std::sin(0.4 * i) * std::cos(0.3 * j));
        const double squeezed = 1.0 - surface.terrain_m(j, i) / 3000.0;
        for (int k = 1; k <= layers; ++k)
          surface.interface_above_ground_m(k, j, i) = squeezed * 40.0 * (std::pow(1.6, k) - 1.0) / 0.6;
      }
    }
  }
  void make_air() {
    WeatherSnapshot& begin = hour.begin;
    begin.air_mass_kg = Array3<double>(layers, rows, columns);
    begin.wind_x_m_s = begin.wind_y_m_s = begin.air_mass_kg;
    begin.eddy_diffusivity_m2_s = Array3<double>(layers + 1, rows, columns, 0.0);
    const auto& z = surface.interface_above_ground_m;
    for (int k = 0; k < layers; ++k) {
      for (int j = 0; j < rows; ++j) {
        for (int i = 0; i < columns; ++i) {
          begin.air_mass_kg(k, j, i) =
              random(1.1, 1.2) * surface.cell_area_m2(j, i) * (z(k + 1, j, i) - z(k, j, i));
          begin.wind_x_m_s(k, j, i) = random(-8.0, 8.0);
          begin.wind_y_m_s(k, j, i) = random(-8.0, 8.0);
          if (k > 0) begin.eddy_diffusivity_m2_s(k, j, i) = random(0.1, 80.0);
        }
      }
    }
    hour.middle = begin;
  }
  /// A mean wind that crosses several cells in the hour, and random fluxes of the size of a tenth of the air.
  void make_fluxes() {
    AirFluxes& f = hour.fluxes;
    f.x_kg_s = Array3<double>(layers, rows, columns + 1);
    f.y_kg_s = Array3<double>(layers, rows + 1, columns);
    f.vertical_kg_s = Array3<double>(layers + 1, rows, columns, 0.0);
    for (int k = 0; k < layers; ++k) {
      const double per_s = hour.begin.air_mass_kg(k, rows / 2, columns / 2) / 3600.0;
      const double shear = 1.0 - 0.4 * k;  // the wind turns round with height
      for (double& flux : layer(f.x_kg_s, k)) flux = per_s * (6.0 * shear + random(-0.05, 0.05));
      for (double& flux : layer(f.y_kg_s, k)) flux = per_s * (-4.0 * shear + random(-0.05, 0.05));
      for (double& flux : layer(f.vertical_kg_s, k + 1)) flux = per_s * random(-0.05, 0.05);
    }
  }
  void make_end() {
    const AirFluxes& f = hour.fluxes;
    hour.end = hour.begin;
    for (int k = 0; k < layers; ++k)
      for (int j = 0; j < rows; ++j)
        for (int i = 0; i < columns; ++i)
          hour.end.air_mass_kg(k, j, i) -=
              3600.0 *
              ((f.x_kg_s(k, j, i + 1) - f.x_kg_s(k, j, i)) + (f.y_kg_s(k, j + 1, i) - f.y_kg_s(k, j, i)) +
               (f.vertical_kg_s(k + 1, j, i) - f.vertical_kg_s(k, j, i)));
  }
  static std::span<double> layer(Array3<double>& field, int k) {
    const auto size = static_cast<std::size_t>(field.rows()) * static_cast<std::size_t>(field.columns());
    return field.values().subspan(static_cast<std::size_t>(k) * size, size);
  }
  std::mt19937_64 numbers_{20240807};
};

/// A species for each family, and one more: uniform, background, plume.
inline SpeciesTable transported_species() {
  return SpeciesTable({{.name = "uniform", .molar_mass_g_mol = 29.0, .deposits_as = "", .scavenged_as = ""},
                       {.name = "ozone", .molar_mass_g_mol = 48.0, .deposits_as = "", .scavenged_as = ""},
                       {.name = "smoke",
                        .molar_mass_g_mol = 12.0,
                        .family = TransportFamily::plume,
                        .deposits_as = "",
                        .scavenged_as = ""}});
}

inline constexpr double uniform_ppb = 41.7;

/// Species 0 the same everywhere, 1 with steep edges over a background, 2 a few cells in clean air.
inline double made_mixing_ratio_ppb(int s, int k, int row, int column) {
  if (s == 0) return uniform_ppb;
  if (s == 1) return (row / 3 + column / 4) % 2 == 0 ? 50.0 + k : 20.0;
  return row % 7 == 3 && column % 6 == 2 ? 100.0 : 0.0;
}

}  // namespace lantian::testing
