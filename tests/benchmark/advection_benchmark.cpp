// Cost of one PPM sweep: ns per cell and species, limiter by limiter, for rows that stay in the cache.
#include "advection/ppm.hpp"
#include "advection/ppm_selective.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

namespace {

using namespace lantian;

constexpr std::size_t halo = 3;

/// Moves one row of `state.range(0)` cells, all kernels of a sweep; air mass and fluxes are given.
template <Limiter limiter>
void ppm_sweep(benchmark::State& state) {
  const int cells = static_cast<int>(state.range(0));
  const auto size = static_cast<std::size_t>(cells) + 2 * halo + 2;
  std::vector<double> q(size), per_mass(size, 1.0), face_mass(size, 0.3), courant(size, 0.3), slope(size),
      gamma(size), edge(size), low(size), high(size), face(size);
  for (std::size_t n = 0; n < size; ++n) q[n] = 40.0 + static_cast<double>(n * 7919 % 31);
  double *at = q.data() + halo, *s = slope.data() + halo, *g = gamma.data() + halo, *e = edge.data() + halo,
         *l = low.data() + halo, *h = high.data() + halo;
  for (auto _ : state) {
    ppm_slope_row<limiter>(NeighbourRows<double>{at - 3, at - 2, at - 1}, 0.5, 0.5, s - 2, cells + 4);
    ppm_edge_row(at - 2, at - 1, s - 2, s - 1, e - 1, cells + 3);
    if constexpr (limiter == Limiter::selective) {
      ppm_gamma_row(NeighbourRows<double>{at - 3, at - 2, at - 1}, 1.0, 1.0, g - 2, cells + 4);
      ppm_limit_selectively_row(NeighbourRows<double>{at - 2, at - 1, at},
                                NeighbourRows<double>{g - 2, g - 1, g}, EdgeRows<double>{e - 1, e}, l - 1,
                                h - 1, cells + 2);
    } else {
      ppm_limit_row<limiter>(at - 1, e - 1, e, l - 1, h - 1, cells + 2);
    }
    ppm_face_row(FaceAir<double>{face_mass.data(), courant.data()}, ParabolaRow<double>{at - 1, l - 1, h - 1},
                 ParabolaRow<double>{at, l, h}, face.data(), cells + 1);
    ppm_update_row<limiter != Limiter::unlimited>(FaceFlow<double>{face_mass.data(), face.data()},
                                                  FaceFlow<double>{face_mass.data() + 1, face.data() + 1},
                                                  per_mass.data(), at, cells);
    benchmark::ClobberMemory();
  }
  state.counters["time_per_cell_species"] =
      benchmark::Counter(cells, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(ppm_sweep<Limiter::unlimited>)->Arg(100)->Arg(1000);
BENCHMARK(ppm_sweep<Limiter::positive_definite>)->Arg(100)->Arg(1000);
BENCHMARK(ppm_sweep<Limiter::selective>)->Arg(100)->Arg(1000);
BENCHMARK(ppm_sweep<Limiter::monotone>)->Arg(100)->Arg(1000);

}  // namespace

BENCHMARK_MAIN();
