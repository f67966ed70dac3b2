#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

// Explicit diffusion in flux form: a cell of air mass M exchanges g of air with each of its neighbours in a
// step,
//   q' = q + [g_w (q_w - q) - g_e (q - q_e) + g_s (q_s - q) - g_n (q - q_n)] / M.
// A uniform q stays uniform and mass is kept. Both cells of a face have the same g, so in amounts the scheme
// is its own adjoint: with a = dJ/d(M q) the same formula takes a' to a.

/// Air that each cell of a row exchanges in a step through its four faces [kg].
struct ExchangedAir {
  const double *west, *east, *south, *north;
};

/// A row and its neighbours; elements -1 and count of `here` are read too.
template <Scalar T>
struct RowAndNeighbours {
  const T *here, *south, *north;
};

/// What the cells of a row hold after the step. `keeps_sign`: what rounding leaves below zero becomes zero.
template <bool keeps_sign, Scalar T>
void exchange_row(const ExchangedAir& air, const RowAndNeighbours<T>& q, const double* mass_kg, T* after,
                  int count) {
#pragma omp simd
  for (int i = 0; i < count; ++i) {
    const T from_west = air.west[i] * (q.here[i - 1] - q.here[i]);
    const T to_east = air.east[i] * (q.here[i] - q.here[i + 1]);
    const T from_south = air.south[i] * (q.south[i] - q.here[i]);
    const T to_north = air.north[i] * (q.here[i] - q.north[i]);
    const T updated = q.here[i] + ((from_west - to_east) + (from_south - to_north)) / mass_kg[i];
    after[i] = keeps_sign ? maximum(updated, T(0.0)) : updated;
  }
}

}  // namespace lantian
