// A made city for tests of tangents and adjoints: uneven air that is mass-consistent, emissions, deposition,
// rain and boundary air of three species; random changes of all of these; scalar products. The same numbers
// on every rank.
#pragma once

#include "support/made_air.hpp"

#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/parallel/halo_exchange.hpp"
#include "lantian/parallel/reproducible_sum.hpp"
#include "lantian/parallel/state_hash.hpp"
#include "lantian/processes/differentiable.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lantian::testing {

inline constexpr int city_columns = 17, city_rows = 14, city_layers = 7, city_species = 3;
inline constexpr double mol_per_ppb_kg = 1.0e-9 * mol_air_per_kg;

inline TransportConfig unlimited_transport() {
  return {.limiter_background = "unlimited", .limiter_plume = "unlimited"};
}

/// One species nothing happens to but transport, an acid, coarse particles.
inline SpeciesTable city_species_table() {
  return SpeciesTable({{.name = "CO", .molar_mass_g_mol = 28.0, .family = TransportFamily::plume},
                       {.name = "HNO3", .molar_mass_g_mol = 63.0, .scavenged_as = "HNO3"},
                       {.name = "PPMC", .molar_mass_g_mol = 12.0, .scavenged_as = "particle_coarse"}});
}

/// A number in -1..1 that depends on its arguments alone.
inline double made_number(int seed, int s, int k, int row, int column) {
  std::uint64_t bits = 0x9e3779b97f4a7c15U;
  for (const int part : {seed, s, k, row, column}) {
    bits ^= static_cast<std::uint64_t>(part + 1000);
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
    bits ^= bits >> 31;
  }
  return static_cast<double>(bits >> 11) * 0x1.0p-52 - 1.0;
}

/// Everything that a run of the city may be differentiated by: air inside and outside, emission, deposition.
struct Given {
  State state;
  BoundaryHour boundary;
  std::vector<Array3<double>> emission_mol_s;
  std::vector<Array2<double>> velocity_m_s;     // the tile's cells
  std::vector<Array3<double>> settling_m_s;     // the tile's cells; of the coarse particles; it is not varied
  std::vector<Array2<double>> release_ppb_m_s;  // the tile's cells; by the ground, of species 1

  [[nodiscard]] Environment environment(const MadeAir& air) const {
    Environment all = air.environment();
    all.boundary = &boundary;
    all.emission_mol_s = &emission_mol_s;
    all.deposition_velocity_m_s = &velocity_m_s;
    all.settling_velocity_m_s = &settling_m_s;
    all.ground_release_ppb_m_s = &release_ppb_m_s;
    return all;
  }
};

/// What is given is value(seed, s, k, row, column), each kind of it with a seed of its own.
template <class Value>
Given given_of(const MadeAir& air, const Tile& tile, Value&& value,
               const SpeciesTable& species = city_species_table()) {
  Given all;
  all.state = air.state(tile, species,
                        [&](int s, int k, int row, int column) { return value(0, s, k, row, column); });
  all.settling_m_s.resize(city_species);
  all.settling_m_s.back() = Array3<double>(city_layers, tile.rows, tile.columns);
  for (int k = 0; k < city_layers; ++k)
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i)
        all.settling_m_s.back()(k, j, i) =
            0.02 + 0.01 * made_number(8, 2, k, tile.first_row + j, tile.first_column + i);
  all.release_ppb_m_s.resize(city_species);
  all.release_ppb_m_s[1] = Array2<double>(tile.rows, tile.columns);
  for (int j = 0; j < tile.rows; ++j)
    for (int i = 0; i < tile.columns; ++i)
      all.release_ppb_m_s[1](j, i) = value(9, 1, 0, tile.first_row + j, tile.first_column + i);
  for (int s = 0; s < city_species; ++s) {
    const auto side = [&](int seed, int height, int width) {
      Array2<double> filled(height, width);
      for (int j = 0; j < height; ++j)
        for (int i = 0; i < width; ++i) filled(j, i) = value(seed, s, 0, j, i);
      return filled;
    };
    all.boundary.west.push_back(side(1, city_layers, city_rows));
    all.boundary.east.push_back(side(2, city_layers, city_rows));
    all.boundary.south.push_back(side(3, city_layers, city_columns));
    all.boundary.north.push_back(side(4, city_layers, city_columns));
    all.boundary.top.push_back(side(5, city_rows, city_columns));
    all.emission_mol_s.emplace_back(city_layers, city_rows, city_columns);
    for (int k = 0; k < city_layers; ++k)
      for (int j = 0; j < city_rows; ++j)
        for (int i = 0; i < city_columns; ++i) all.emission_mol_s.back()(k, j, i) = value(6, s, k, j, i);
    all.velocity_m_s.emplace_back(tile.rows, tile.columns);
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i)
        all.velocity_m_s.back()(j, i) = value(7, s, 0, tile.first_row + j, tile.first_column + i);
  }
  return all;
}

/// Plausible air of the city: 1..60 ppb inside and outside, a gram or so a second from each cell, 0..2 cm/s,
/// as much given back by the ground as that takes from 5 ppb.
inline double plausible(int seed, int s, int k, int row, int column) {
  const double number = 1.0 + made_number(seed, s, k, row, column);
  if (seed == 6) return 0.03 * number;
  if (seed == 7) return s == 0 ? 0.0 : 0.01 * number;
  if (seed == 9) return 0.05 * number;
  return 1.0 + 30.0 * number;
}

/// Changes of either sign, of the size of what is plausible; deposition velocities only where
/// `with_deposition`.
inline Given random_change(const MadeAir& air, const Tile& tile, int first_seed, bool with_deposition,
                           const SpeciesTable& species = city_species_table()) {
  const auto value = [&](int seed, int s, int k, int row, int column) {
    const double number = made_number(first_seed + seed, s, k, row, column);
    if (seed == 6) return 0.03 * number;
    if (seed == 7) return with_deposition ? 0.01 * number : 0.0;
    if (seed == 9) return 0.05 * number;
    return 30.0 * number;
  };
  return given_of(air, tile, value, species);
}

/// Where the city lies, for what asks for the sun.
inline HorizontalGrid city_grid() {
  GridConfig config;
  config.projection = "lon_lat";
  config.centre_longitude_deg = 120.4;
  config.centre_latitude_deg = 36.1;
  config.cell_size_deg = 0.03;
  config.columns = city_columns;
  config.rows = city_rows;
  return HorizontalGrid::from_config(config);
}

struct City {
  MadeAir air{city_columns, city_rows, city_layers};
  Communicator ranks;
  Decomposition split;
  HaloExchange halo;
  Tile tile;
  Given given;

  explicit City(Communicator group, const SpeciesTable& species = city_species_table())
      : ranks(std::move(group)),
        split(ranks.size(), city_columns, city_rows, city_layers),
        halo(ranks, split),
        tile(split.tile(ranks.rank())),
        given(given_of(air, tile, plausible, species)) {
    air.make_convective();
    air.hour.middle.rain_rate_mm_h = Array2<double>(city_rows, city_columns, 0.0);
    for (int j = 0; j < city_rows; ++j)  // a shower over the eastern half
      for (int i = city_columns / 2; i < city_columns; ++i) air.hour.middle.rain_rate_mm_h(j, i) = 3.0;
  }
  City(const City&) = delete;
  City& operator=(const City&) = delete;
  [[nodiscard]] Environment environment() const { return given.environment(air); }

  /// A vortex and the random up- and downdraughts inside; nothing passes the edges of the grid nor the model
  /// top.
  void close() {
    AirFluxes& f = air.hour.fluxes;
    const auto stream = [](int j, int i) {
      using std::numbers::pi;
      return 25.0 * std::sin(pi * j / city_rows) * std::sin(pi * i / city_columns);
    };
    const auto is_edge = [](int face, int faces) { return face == 0 || face == faces; };
    for (int k = 0; k < city_layers; ++k) {
      const double kg_s = air.hour.begin.air_mass_kg(k, city_rows / 2, city_columns / 2) / 3600.0;
      for (int j = 0; j < city_rows; ++j)
        for (int i = 0; i <= city_columns; ++i)
          f.x_kg_s(k, j, i) = is_edge(i, city_columns) ? 0.0 : kg_s * (stream(j + 1, i) - stream(j, i));
      for (int j = 0; j <= city_rows; ++j)
        for (int i = 0; i < city_columns; ++i)
          f.y_kg_s(k, j, i) = is_edge(j, city_rows) ? 0.0 : kg_s * (stream(j, i) - stream(j, i + 1));
    }
    for (int j = 0; j < city_rows; ++j)
      for (int i = 0; i < city_columns; ++i) f.vertical_kg_s(city_layers, j, i) = 0.0;
  }
};

/// An adjoint whose amounts, and sources when asked, are random.
inline AdjointState random_adjoint(const Tile& tile, int seed, bool with_sources,
                                   const SpeciesTable& species = city_species_table()) {
  AdjointState adjoint(tile, species);
  for (int s = 0; s < city_species; ++s) {
    for (int k = 0; k < city_layers; ++k) {
      for (int j = 0; j < tile.rows; ++j) {
        for (int i = 0; i < tile.columns; ++i) {
          const int row = tile.first_row + j, column = tile.first_column + i;
          adjoint.amount_per_mol[s](k, j, i) = made_number(seed, s, k, row, column);
          if (with_sources)
            adjoint.source_s_per_mol[s](k, j, i) = 300.0 * made_number(seed + 1, s, k, row, column);
        }
      }
    }
  }
  return adjoint;
}

/// Products of two fields [.][.][.] or [.][.] of whole arrays, element by element.
inline void append_products(std::span<const double> a, std::span<const double> b, std::vector<double>& to) {
  for (std::size_t n = 0; n < a.size(); ++n) to.push_back(a[n] * b[n]);
}

/// Sum over the state's cells of all ranks of what its amounts and tendencies are worth.
inline double worth_of_state(const Communicator& ranks, const AdjointState& adjoint, const State& state) {
  std::vector<double> terms;
  for (int s = 0; s < city_species; ++s)
    for (int k = 0; k < city_layers; ++k)
      for (int j = 0; j < state.tile.rows; ++j)
        for (int i = 0; i < state.tile.columns; ++i) {
          const double mol_per_ppb = state.air_mass_kg(k, j, i) * mol_per_ppb_kg;
          terms.push_back(adjoint.amount_per_mol[s](k, j, i) * state.mixing_ratio_ppb[s](k, j, i) *
                          mol_per_ppb);
          terms.push_back(adjoint.source_s_per_mol[s](k, j, i) * state.mixing_tendency_ppb_s[s](k, j, i) *
                          mol_per_ppb);
        }
  return reproducible_sum(ranks, terms);
}

/// The worth of all that is given, by the adjoint that came back: air inside, outside, emission, deposition,
/// release.
inline double worth_of_given(const Communicator& ranks, const AdjointState& adjoint, const Given& given) {
  const double of_state = worth_of_state(ranks, adjoint, given.state);  // of all ranks
  std::vector<double> terms = {ranks.rank() == 0 ? of_state : 0.0};
  const Tile& tile = adjoint.tile;
  for (std::size_t s = 0; s < city_species; ++s) {
    append_products(adjoint.boundary_per_ppb.west[s].values(), given.boundary.west[s].values(), terms);
    append_products(adjoint.boundary_per_ppb.east[s].values(), given.boundary.east[s].values(), terms);
    append_products(adjoint.boundary_per_ppb.south[s].values(), given.boundary.south[s].values(), terms);
    append_products(adjoint.boundary_per_ppb.north[s].values(), given.boundary.north[s].values(), terms);
    append_products(adjoint.boundary_per_ppb.top[s].values(), given.boundary.top[s].values(), terms);
    for (int k = 0; k < city_layers; ++k)
      for (int j = 0; j < tile.rows; ++j)
        for (int i = 0; i < tile.columns; ++i)
          terms.push_back(adjoint.emission_s_per_mol[s](k, j, i) *
                          given.emission_mol_s[s](k, tile.first_row + j, tile.first_column + i));
    if (!adjoint.deposition_s_per_m.empty())
      append_products(adjoint.deposition_s_per_m[s].values(), given.velocity_m_s[s].values(), terms);
    if (!given.release_ppb_m_s[s].empty())
      append_products(adjoint.release_s_per_ppb_m[s].values(), given.release_ppb_m_s[s].values(), terms);
  }
  return reproducible_sum(ranks, terms);
}

/// Digest of all fields of an adjoint, the same on all ranks.
inline std::string hash_of(const Communicator& ranks, const AdjointState& adjoint) {
  const Tile& tile = adjoint.tile;
  std::string hash =
      state_hash(ranks, tile, adjoint.amount_per_mol) + state_hash(ranks, tile, adjoint.source_s_per_mol);
  FieldSet<double> given(tile, city_species, city_layers + 2);
  for (int s = 0; s < city_species; ++s) {
    const auto species = static_cast<std::size_t>(s);
    for (int j = 0; j < tile.rows; ++j) {
      for (int i = 0; i < tile.columns; ++i) {
        for (int k = 0; k < city_layers; ++k)
          given[s](k, j, i) = adjoint.emission_s_per_mol[species](k, j, i);
        given[s](city_layers + 1, j, i) = adjoint.release_s_per_ppb_m[species](j, i);
        if (!adjoint.deposition_s_per_m.empty())
          given[s](city_layers, j, i) = adjoint.deposition_s_per_m[species](j, i);
      }
    }
  }
  hash += state_hash(ranks, tile, given);
  for (const auto* side :
       {&adjoint.boundary_per_ppb.west, &adjoint.boundary_per_ppb.east, &adjoint.boundary_per_ppb.south,
        &adjoint.boundary_per_ppb.north, &adjoint.boundary_per_ppb.top}) {
    for (Array2<double> whole : *side) {  // a place at the edge has one rank
      ranks.sum_disjoint(whole.values());
      std::uint64_t digest = 0;
      for (const double value : whole.values())
        digest = digest * 0x100000001b3U + std::bit_cast<std::uint64_t>(value);
      hash += std::to_string(digest);
    }
  }
  return hash;
}

}  // namespace lantian::testing
