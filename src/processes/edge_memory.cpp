#include "lantian/processes/edge_memory.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>

namespace lantian {

namespace {

using Sides = std::vector<Array2<double>> BoundaryHour::*;
constexpr std::array<Sides, 4> sides = {&BoundaryHour::west, &BoundaryHour::east, &BoundaryHour::south,
                                        &BoundaryHour::north};

/// A face at the edge of the grid that this rank owns, and the cell inside.
struct EdgeFace {
  std::size_t side;  // as in `sides`
  int k, along;      // layer, and row or column of the grid
  int j, i;          // of the cell, in the tile
};

/// Calls `visit` for each of the tile's faces at the edge of the grid, in one order.
template <class Visit>
void for_each_face(const Tile& tile, Visit&& visit) {
  for (int k = 0; k < tile.layers; ++k) {
    for (int j = 0; j < tile.rows; ++j) {
      if (tile.at_west()) visit(EdgeFace{0, k, tile.first_row + j, j, 0});
      if (tile.at_east()) visit(EdgeFace{1, k, tile.first_row + j, j, tile.columns - 1});
    }
    for (int i = 0; i < tile.columns; ++i) {
      if (tile.at_south()) visit(EdgeFace{2, k, tile.first_column + i, 0, i});
      if (tile.at_north()) visit(EdgeFace{3, k, tile.first_column + i, tile.rows - 1, i});
    }
  }
}

bool flows_in(const Tile& tile, const AirFluxes& f, const EdgeFace& at) {
  if (at.side == 0) return f.x_kg_s(at.k, at.along, 0) > 0.0;
  if (at.side == 1) return f.x_kg_s(at.k, at.along, tile.grid_columns) < 0.0;
  if (at.side == 2) return f.y_kg_s(at.k, 0, at.along) > 0.0;
  return f.y_kg_s(at.k, tile.grid_rows, at.along) < 0.0;
}

}  // namespace

EdgeMemory::EdgeMemory(const Tile& tile, int species_count, double memory_s)
    : tile_(tile), memory_s_(memory_s) {
  const auto count = static_cast<std::size_t>(species_count);
  for (std::size_t side = 0; side < sides.size(); ++side) {
    weight_.at(side) = Array2<double>(tile.layers, side < 2 ? tile.grid_rows : tile.grid_columns, 0.0);
    (remembered_ppb_.*sides.at(side)).assign(count, weight_.at(side));
  }
}

BoundaryHour EdgeMemory::take_step(const State& state, const AirFluxes& fluxes, const BoundaryHour& outside,
                                   double length_s) {
  const double whole = std::exp(-length_s / memory_s_), half = std::exp(-0.5 * length_s / memory_s_);
  BoundaryHour entering = outside;
  for_each_face(tile_, [&](const EdgeFace& at) {
    double& weight = weight_.at(at.side)(at.k, at.along);
    const bool comes_back = flows_in(tile_, fluxes, at);
    for (int s = 0; s < state.species.count(); ++s) {
      const auto species = static_cast<std::size_t>(s);
      double& remembered = (remembered_ppb_.*sides.at(at.side))[species](at.k, at.along);
      double& enters = (entering.*sides.at(at.side))[species](at.k, at.along);
      if (comes_back)
        enters += half * weight * (remembered - enters);
      else
        remembered = state.mixing_ratio_ppb[s](at.k, at.j, at.i);
    }
    weight = comes_back ? whole * weight : 1.0;
  });
  return entering;
}

void EdgeMemory::take_step_adjoint(const EdgeMemory& before, const Linearisation& at,
                                   const BoundaryHour& entering_per_ppb, AdjointState& adjoint,
                                   double length_s) {
  const double half = std::exp(-0.5 * length_s / memory_s_);
  for (int s = 0; s < adjoint.species.count(); ++s)
    for (std::size_t n = 0; n < entering_per_ppb.top[static_cast<std::size_t>(s)].values().size(); ++n)
      adjoint.boundary_per_ppb.top[static_cast<std::size_t>(s)].values()[n] +=
          entering_per_ppb.top[static_cast<std::size_t>(s)].values()[n];
  for_each_face(tile_, [&](const EdgeFace& face) {
    const bool comes_back = flows_in(tile_, at.environment.weather->fluxes, face);
    const double share = comes_back ? half * before.weight_.at(face.side)(face.k, face.along) : 0.0;
    const double mol_per_ppb = at.state.air_mass_kg(face.k, face.j, face.i) * 1.0e-9 * mol_air_per_kg;
    for (int s = 0; s < adjoint.species.count(); ++s) {
      const auto species = static_cast<std::size_t>(s);
      const double enters = (entering_per_ppb.*sides.at(face.side))[species](face.k, face.along);
      double& remembered = (remembered_ppb_.*sides.at(face.side))[species](face.k, face.along);
      (adjoint.boundary_per_ppb.*sides.at(face.side))[species](face.k, face.along) += (1.0 - share) * enters;
      if (comes_back) {
        remembered += share * enters;
        continue;
      }
      adjoint.amount_per_mol[s](face.k, face.j, face.i) += remembered / mol_per_ppb;
      remembered = 0.0;
    }
  });
}

std::vector<double> EdgeMemory::numbers() const {
  std::vector<double> all;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    const auto weights = weight_.at(side).values();
    all.insert(all.end(), weights.begin(), weights.end());
    for (const Array2<double>& one : remembered_ppb_.*sides.at(side))
      all.insert(all.end(), one.values().begin(), one.values().end());
  }
  return all;
}

void EdgeMemory::restore(const std::vector<double>& numbers) {
  const std::size_t count = remembered_ppb_.west.size();
  std::array<std::size_t, 4> begin{};
  std::size_t size = 0;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    begin.at(side) = size;
    size += (count + 1) * weight_.at(side).values().size();
  }
  if (numbers.size() != size)
    throw DataError(
        fmt::format("the memory of the edges holds {} numbers, {} are needed", numbers.size(), size));
  for_each_face(tile_, [&](const EdgeFace& at) {
    Array2<double>& weight = weight_.at(at.side);
    const std::size_t plane = weight.values().size(),
                      place = begin.at(at.side) +
                              static_cast<std::size_t>(at.k) * static_cast<std::size_t>(weight.columns()) +
                              static_cast<std::size_t>(at.along);
    weight(at.k, at.along) = numbers[place];
    for (std::size_t s = 0; s < count; ++s)
      (remembered_ppb_.*sides.at(at.side))[s](at.k, at.along) = numbers[place + (s + 1) * plane];
  });
}

}  // namespace lantian
