// Cost of the implicit vertical solve: ns per cell and species for a row of columns, one factorisation for
// all, the solution in the place of the right-hand side.
#include "diffusion/implicit_column.hpp"

#include "lantian/field/aligned_vector.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

namespace {

using namespace lantian;

constexpr int layers = 20;

struct Plane {  // [layer][column], one layer more on top
  Plane(int columns, double value)
      : stride(columns), values(static_cast<std::size_t>((layers + 1) * columns), value) {}
  double* operator[](int k) { return values.data() + static_cast<std::ptrdiff_t>(k) * stride; }
  int stride;
  AlignedVector<double> values;
};

void implicit_row(benchmark::State& state) {
  const int columns = static_cast<int>(state.range(0)), species = static_cast<int>(state.range(1));
  Plane mass(columns, 1.0), exchange(columns, 3.0), ratio(columns, 0.0), excess(columns, 0.0),
      inverse(columns, 0.0), rhs(columns, 0.0), uptake(columns, 0.01);
  std::vector<Plane> q(static_cast<std::size_t>(species), Plane(columns, 40.0));
  for (int i = 0; i < columns; ++i) exchange[0][i] = 0.0;
  const auto factor = [&](int k) { return LayerFactor<double>{excess[k], inverse[k], ratio[k]}; };
  for (auto _ : state) {
    for (int k = layers - 1; k >= 0; --k)
      factor_layer_row(mass[k], exchange[k], factor(k + 1), factor(k), columns);
    for (Plane& one : q) {
      for (int k = layers - 1; k >= 0; --k)
        eliminate_layer_row(mass[k], one[k], ratio[k + 1], rhs[k + 1], rhs[k], columns);
      solve_lowest_row(rhs[0], excess[0], uptake[0], rhs[0], columns);
      for (int k = 1; k < layers; ++k)
        substitute_layer_row(rhs[k], exchange[k], inverse[k], rhs[k - 1], rhs[k], columns);
      benchmark::ClobberMemory();
    }
  }
  state.counters["time_per_cell_species"] =
      benchmark::Counter(static_cast<double>(columns) * layers * species,
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(implicit_row)->Args({48, 1})->Args({48, 15})->Args({200, 15});

}  // namespace

BENCHMARK_MAIN();
