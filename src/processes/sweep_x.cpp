#include "lane_rows.hpp"
#include "sweep.hpp"
#include "sweep_lines.hpp"

#include "lantian/field/aligned_vector.hpp"
#include "lantian/processes/column_process.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

/// Air of a row, the same for all species: mass through each face in the step, the share of the upwind cell
/// that it is, and 1 / new air mass of the cells.
struct AirRow {
  double *mass_kg, *courant, *per_new_mass;
};

/// That of eight rows side by side: element 8 i + r belongs to face or cell i of row r.
struct AirOfEight {
  explicit AirOfEight(int columns) {
    for (auto* all : {&mass_kg, &courant, &per_new_mass})
      all->resize(static_cast<std::size_t>(columns + 1) * lane_count);
  }
  AlignedVector<double> mass_kg, courant, per_new_mass;
};

/// Eight rows of one layer, or those that are left of a block.
struct Octet {
  int k, first_row, rows;
  /// Row of lane r; lanes that are left over repeat the last row.
  [[nodiscard]] int row(int r) const { return first_row + std::min(r, rows - 1); }
};

/// Work space of one thread.
struct Scratch {
  explicit Scratch(int columns)
      : q(static_cast<std::size_t>(columns + 2 * halo_width) * lane_count),
        row_length(columns + 1),
        air(3 * static_cast<std::size_t>(lane_count * row_length)) {}
  /// Room for the air of lane r's row.
  AirRow air_row(int r) {
    double* first = air.data() + static_cast<std::ptrdiff_t>(3 * r) * row_length;
    return {first, first + row_length, first + static_cast<std::ptrdiff_t>(2) * row_length};
  }
  AlignedVector<double> q;  // element 8 (i + 3) + r: cell i of row r
  int row_length;
  std::vector<double> air;
  std::array<double, lane_count> west{}, east{};  // mixing ratios that cross the edges of the grid
};

void air_of_row(const SweepContext& c, int k, int j, double* new_air, AirRow faces) {
  const Tile& tile = c.state.tile;
  double* air = c.state.air_mass_kg.row(k, j);
  if (tile.at_west()) air[-1] = air[0];
  if (tile.at_east()) air[tile.columns] = air[tile.columns - 1];
  const double* flux = &c.environment.weather->fluxes.x_kg_s(k, tile.first_row + j, tile.first_column);
  for (int i = 0; i <= tile.columns; ++i) {
    const double mass = c.dt_s * flux[i];
    faces.mass_kg[i] = mass;
    faces.courant[i] = std::fabs(mass) / (mass > 0.0 ? air[i - 1] : air[i]);
  }
  for (int i = 0; i < tile.columns; ++i) {
    new_air[i] = air[i] - (faces.mass_kg[i + 1] - faces.mass_kg[i]);
    faces.per_new_mass[i] = 1.0 / new_air[i];
  }
}

void air_of_octet(const SweepContext& c, const Octet& at, Field<double>& new_air, Scratch& scratch,
                  AirOfEight& air) {
  EightRows<const double> mass_kg{}, courant{}, per_new_mass{};
  for (int r = 0; r < lane_count; ++r) {
    const auto lane = static_cast<std::size_t>(r);
    const AirRow row = scratch.air_row(std::min(r, at.rows - 1));
    if (r < at.rows) air_of_row(c, at.k, at.row(r), new_air.row(at.k, at.row(r)), row);
    mass_kg[lane] = row.mass_kg;
    courant[lane] = row.courant;
    per_new_mass[lane] = row.per_new_mass;
  }
  const int columns = c.state.tile.columns;
  to_lanes(mass_kg, columns + 1, air.mass_kg.data());
  to_lanes(courant, columns + 1, air.courant.data());
  to_lanes(per_new_mass, columns, air.per_new_mass.data());
}

/// Air outside the grid: what flows in has the boundary's mixing ratio; what flows out goes on as it is
/// inside. `west_kg`, `east_kg`: air that enters the row there in the step.
void fill_outside(const SweepContext& c, int s, int k, int j, double west_kg, double east_kg) {
  const Tile& tile = c.state.tile;
  double* q = c.state.mixing_ratio_ppb[s].row(k, j);
  const int row = tile.first_row + j, last = tile.columns - 1;
  const auto species = static_cast<std::size_t>(s);
  if (tile.at_west()) {
    const double outside = c.environment.boundary->west[species](k, row);
    for (int n = 1; n <= halo_width; ++n) q[-n] = west_kg > 0.0 ? outside : beyond_outflow(q[0], q[1], n);
  }
  if (tile.at_east()) {
    const double outside = c.environment.boundary->east[species](k, row);
    for (int n = 1; n <= halo_width; ++n)
      q[last + n] = east_kg > 0.0 ? outside : beyond_outflow(q[last], q[last - 1], n);
  }
}

/// Books what enters through the edge of the grid.
void book_edge(const SweepContext& c, int s, int row, int column, double entering_kg, double q) {
  constexpr double mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;
  const double in = entering_kg * q * mol_per_kg_ppb;
  c.ledger.add(in > 0.0 ? MassTerm::inflow : MassTerm::outflow, s, row, column, in);
}

template <Limiter limiter>
void move_octet(const SweepContext& c, int s, const Octet& at, const AirOfEight& air, const double* ahead,
                Scratch& scratch) {
  const Tile& tile = c.state.tile;
  const double* west_kg = air.mass_kg.data();
  const double* east_kg = air.mass_kg.data() + static_cast<std::ptrdiff_t>(tile.columns) * lane_count;
  EightRows<double> own{};
  EightRows<const double> all{};
  for (int r = 0; r < lane_count; ++r) {
    const auto lane = static_cast<std::size_t>(r);
    if (r < at.rows) fill_outside(c, s, at.k, at.row(r), west_kg[r], -east_kg[r]);
    own[lane] = c.state.mixing_ratio_ppb[s].row(at.k, at.row(r));
    all[lane] = own[lane] - halo_width;
  }
  double* q = scratch.q.data() + static_cast<std::ptrdiff_t>(halo_width) * lane_count;
  to_lanes(all, tile.columns + 2 * halo_width, scratch.q.data());
  const LinesOfCells rows{.q = q,
                          .q_step = lane_count,
                          .mass_kg = air.mass_kg.data(),
                          .courant = air.courant.data(),
                          .per_new_mass = air.per_new_mass.data(),
                          .air_step = lane_count,
                          .cells = tile.columns,
                          .low_face = tile.at_west() ? scratch.west.data() : nullptr,
                          .high_face = tile.at_east() ? scratch.east.data() : nullptr,
                          .ahead = ahead};
  move_lines<limiter, Lanes>(rows, 0);
  from_lanes(q, tile.columns, own, at.rows);
  for (int r = 0; r < at.rows; ++r) {
    const auto lane = static_cast<std::size_t>(r);
    if (tile.at_west()) book_edge(c, s, at.row(r), 0, west_kg[r], scratch.west[lane]);
    if (tile.at_east()) book_edge(c, s, at.row(r), tile.columns - 1, -east_kg[r], scratch.east[lane]);
  }
}

/// All species of a block of rows in layer k, then the air itself.
void sweep_block(const SweepContext& c, int k, RowBand block, Field<double>& new_air,
                 std::vector<AirOfEight>& air, Scratch& scratch) {
  const int end = block.first + block.count, octets = (block.count + lane_count - 1) / lane_count;
  const auto octet = [&](int n) {
    const int first = block.first + n * lane_count;
    return Octet{.k = k, .first_row = first, .rows = std::min(lane_count, end - first)};
  };
  for (int n = 0; n < octets; ++n)
    air_of_octet(c, octet(n), new_air, scratch, air[static_cast<std::size_t>(n)]);
  for (int s = 0; s < c.state.species.count(); ++s) {
    with_limiter(c.limiter[static_cast<std::size_t>(s)], [&]<Limiter limiter>() {
      const int next = std::min(s + 1, c.state.species.count() - 1);
      for (int n = 0; n < octets; ++n) {
        const bool is_last = n + 1 == octets;
        const double* ahead =
            c.state.mixing_ratio_ppb[is_last ? next : s].row(k, octet(is_last ? 0 : n + 1).first_row);
        move_octet<limiter>(c, s, octet(n), air[static_cast<std::size_t>(n)], ahead - halo_width, scratch);
      }
    });
  }
  for (int j = block.first; j < end; ++j)
    std::copy_n(new_air.row(k, j), c.state.tile.columns, c.state.air_mass_kg.row(k, j));
}

}  // namespace

void sweep_x(const SweepContext& c, Field<double>& new_air) {
  const Tile& tile = c.state.tile;
  const RowBlocks blocks(tile.rows, 3 * sizeof(double) * static_cast<std::size_t>(tile.columns + 1));
#pragma omp parallel
  {
    Scratch scratch(tile.columns);
    std::vector<AirOfEight> air(static_cast<std::size_t>((blocks.most_rows() + lane_count - 1) / lane_count),
                                AirOfEight(tile.columns));
#pragma omp for schedule(static)
    for (int block = 0; block < blocks.count(); ++block) {
      const int first = blocks.first_row(block);
      for (int k = 0; k < tile.layers; ++k)
        sweep_block(c, k, {.first = first, .count = blocks.first_row(block + 1) - first}, new_air, air,
                    scratch);
    }
  }
}

}  // namespace lantian
