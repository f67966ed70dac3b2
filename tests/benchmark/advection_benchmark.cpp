// Cost of one PPM sweep: ns per cell and species, limiter by limiter, for lines that stay in the cache, in
// fields that ask more or less of the limiters.
#include "advection/ppm_march.hpp"

#include "lantian/base/lane_math.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <random>
#include <vector>

namespace {

using namespace lantian;

constexpr int halo = 3;

enum Kind : int { smooth, mixed, rough, bare, kinds };
constexpr std::array<const char*, kinds> names{"smooth", "mixed", "rough", "rough to zero, winds that turn"};

/// A line of `cells` cells and three more on both sides, eight of them side by side.
struct Lines {
  std::vector<Lanes> q, mass_kg, courant, per_new_mass;

  Lines(int cells, int kind) {
    const std::size_t size = static_cast<std::size_t>(cells) + 2 * static_cast<std::size_t>(halo);
    q.resize(size);
    mass_kg.assign(size, Lanes{} + 0.3);
    courant.assign(size, Lanes{} + 0.3);
    per_new_mass.assign(size, Lanes{} + 1.0);
    std::mt19937_64 numbers(5);
    std::uniform_real_distribution<double> random(0.0, 1.0);
    for (std::size_t n = 0; n < size; ++n) {
      for (int lane = 0; lane < lane_count; ++lane) {
        const double wave = 40.0 + 20.0 * std::sin(0.1 * static_cast<double>(n) + lane);
        const bool in_plume = n % 37 < 9;
        if (kind == smooth) q[n][lane] = wave;
        if (kind == mixed) q[n][lane] = wave + (in_plume ? 30.0 * random(numbers) : 0.0);
        if (kind == rough) q[n][lane] = 40.0 + 20.0 * random(numbers);
        if (kind == bare) {
          q[n][lane] = 40.0 * random(numbers);
          mass_kg[n][lane] = random(numbers) - 0.5;
        }
      }
    }
  }
};

/// Moves lines of `state.range(0)` cells; what comes out is written elsewhere, so that the field stays as
/// rough as it is.
template <Limiter limiter>
void ppm_sweep(benchmark::State& state) {
  const int cells = static_cast<int>(state.range(0));
  const Lines lines(cells, static_cast<int>(state.range(1)));
  std::vector<Lanes> after(lines.q.size());
  for (auto _ : state) {
    PpmMarch<limiter, Lanes> march;
    for (std::size_t n = 0; n < halo + 2; ++n) march.take(lines.q[n]);
    for (std::size_t f = 0; f <= static_cast<std::size_t>(cells); ++f) {
      march.take(lines.q[f + halo + 2]);
      const FaceFlow<Lanes> flow = march.crossing(lines.mass_kg[f], lines.courant[f]);
      if (f > 0) after[f - 1] = march.updated(flow, lines.per_new_mass[f - 1]);
      march.leave(flow);
    }
    benchmark::ClobberMemory();
  }
  state.SetLabel(names[static_cast<std::size_t>(state.range(1))]);
  state.counters["time_per_cell_species"] = benchmark::Counter(
      cells * lane_count, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(ppm_sweep<Limiter::unlimited>)->ArgsProduct({{100, 1000}, {smooth, mixed, rough, bare}});
BENCHMARK(ppm_sweep<Limiter::positive_definite>)->ArgsProduct({{100, 1000}, {smooth, mixed, rough, bare}});
BENCHMARK(ppm_sweep<Limiter::selective>)->ArgsProduct({{100, 1000}, {smooth, mixed, rough, bare}});
BENCHMARK(ppm_sweep<Limiter::monotone>)->ArgsProduct({{100, 1000}, {smooth, mixed, rough, bare}});

}  // namespace

BENCHMARK_MAIN();
