// Cost of the gas chemistry: ns per cell and species for a step of 300 s, and cell-hours per core-second of
// gas chemistry alone (12 steps an hour), for blocks of eight cells from night to noon.
#include "aerosol/ammonium_nitrate.hpp"
#include "chemistry/photolysis_mcm.hpp"
#include "chemistry/rosenbrock_frozen.hpp"
#include "mechanisms/grs.hpp"
#include "support/mechanism_box.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>

namespace {

using namespace lantian;
using namespace lantian::testing;
using mechanisms::grs;

constexpr double per_ppb = 2.46e10;  // molecules cm-3

/// Urban air with a fresh emission of NO in each lane; the sun stands `cos_zenith` high or a little less.
MechanismBox<grs, Lanes> urban_block(double cos_zenith) {
  MechanismBox<grs, Lanes> block;
  for (int lane = 0; lane < lane_count; ++lane) {
    RateConditions<> air;
    air.temperature_k = 280.0 + lane;
    air.relative_humidity = 0.5;
    air.photolysis_per_s = clear_sky_photolysis_per_s(cos_zenith - 0.01 * lane);
    std::array<double, static_cast<std::size_t>(grs::reaction_count)> k{};
    grs::rates(air, k.data());
    for (std::size_t r = 0; r < k.size(); ++r) block.k[r][lane] = k[r];
    block["ROC"][lane] = (40.0 + 20.0 * lane) * per_ppb;
    block["NO"][lane] = (0.5 + lane) * per_ppb;
    block["NO2"][lane] = (5.0 + 3.0 * lane) * per_ppb;
    block["O3"][lane] = (50.0 - 4.0 * lane) * per_ppb;
    block["SO2"][lane] = 3.0 * per_ppb;
    block.source[MechanismBox<grs>::index("NO")][lane] = 1.0e-3 * lane * per_ppb;
  }
  return block;
}

/// The first step of a run starts with a transient; the second is what a run is made of.
template <class Method>
void grs_step(benchmark::State& state) {
  SolverSettings settings;
  settings.absolute_tolerance = 1.0e-6 * per_ppb;
  auto start = urban_block(0.01 * static_cast<double>(state.range(0)));
  start.template integrate<Method>(300.0, settings);
  double steps = 0.0;
  for (auto _ : state) {
    auto block = start;
    steps = block.template integrate<Method>(300.0, settings).steps;
    benchmark::DoNotOptimize(block.c);
  }
  state.counters["factorisations"] = steps;
  using benchmark::Counter;
  state.counters["time_per_cell_species"] =
      Counter(lane_count * grs::species_count, Counter::kIsIterationInvariantRate | Counter::kInvert);
  state.counters["cell_hours_per_core"] = Counter(lane_count / 12.0, Counter::kIsIterationInvariantRate);
}
BENCHMARK(grs_step<Ros3>)->Arg(-20)->Arg(10)->Arg(80);
BENCHMARK(grs_step<Rodas3>)->Arg(-20)->Arg(10)->Arg(80);

/// A step and what its derivatives need: its record, and changes of all numbers or sensitivities to them.
template <class Method>
struct RecordedStep {
  MechanismBox<grs, Lanes> start, change;
  RosenbrockRecord<grs, Lanes> record;
  SolverSettings settings;

  explicit RecordedStep(const benchmark::State& state) {
    settings.absolute_tolerance = 1.0e-6 * per_ppb;
    start = urban_block(0.01 * static_cast<double>(state.range(0)));
    start.template integrate<Method>(300.0, settings);
    run();
    for (std::size_t s = 0; s < start.c.size(); ++s) change.c[s] = 0.1 * start.c[s];
    for (std::size_t s = 0; s < start.c.size(); ++s) change.source[s] = 1.0e-4 * start.c[s];
    for (std::size_t r = 0; r < start.k.size(); ++r) change.k[r] = 0.1 * start.k[r];
  }
  void run() {
    auto block = start;
    block.template integrate<Method>(300.0, settings, &record);
    benchmark::DoNotOptimize(block.c);
  }
  void report(benchmark::State& state) const {
    state.counters["steps"] = static_cast<double>(record.size());
    state.counters["time_per_cell_step"] = benchmark::Counter(
        lane_count, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  }
};

template <class Method>
void grs_recorded(benchmark::State& state) {
  RecordedStep<Method> step(state);
  for (auto _ : state) step.run();
  step.report(state);
}

/// With `range(1)`: by rate constants too.
template <class Method>
void grs_tangent(benchmark::State& state) {
  RecordedStep<Method> step(state);
  FrozenRosenbrock<grs, Lanes, Method> frozen;
  for (auto _ : state) {
    auto change = step.change;
    frozen.tangent(step.record, step.start.k.data(), step.start.source.data(), change.c.data(),
                   state.range(1) != 0 ? change.k.data() : nullptr, change.source.data());
    benchmark::DoNotOptimize(change.c);
  }
  step.report(state);
}

template <class Method>
void grs_adjoint(benchmark::State& state) {
  RecordedStep<Method> step(state);
  FrozenRosenbrock<grs, Lanes, Method> frozen;
  for (auto _ : state) {
    auto sensitivity = step.change;
    frozen.adjoint(step.record, step.start.k.data(), step.start.source.data(), sensitivity.c.data(),
                   state.range(1) != 0 ? sensitivity.k.data() : nullptr, sensitivity.source.data());
    benchmark::DoNotOptimize(sensitivity);
  }
  step.report(state);
}
BENCHMARK(grs_recorded<Ros3>)->Arg(-20)->Arg(10)->Arg(80);
BENCHMARK(grs_tangent<Ros3>)->ArgsProduct({{-20, 10, 80}, {0, 1}});
BENCHMARK(grs_adjoint<Ros3>)->ArgsProduct({{-20, 10, 80}, {0, 1}});

void grs_rate_constants(benchmark::State& state) {
  RateConditions<> air;
  air.photolysis_per_s = clear_sky_photolysis_per_s(0.7);
  std::array<double, static_cast<std::size_t>(grs::reaction_count)> k{};
  for (auto _ : state) {
    benchmark::DoNotOptimize(air);
    grs::rates(air, k.data());
    benchmark::DoNotOptimize(k);
  }
}
BENCHMARK(grs_rate_constants);

void all_photolysis_rates(benchmark::State& state) {
  double cos_zenith = 0.7;
  for (auto _ : state) {
    benchmark::DoNotOptimize(cos_zenith);
    benchmark::DoNotOptimize(clear_sky_photolysis_per_s(cos_zenith));
  }
}
BENCHMARK(all_photolysis_rates);

void ammonium_nitrate(benchmark::State& state) {
  AmmoniaSystem<double> air{3.0, 2.0, 1.0, 8.0, 2.0};
  double temperature_k = 285.0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(temperature_k);
    benchmark::DoNotOptimize(equilibrate(air, ammonium_nitrate_product_ppb2(temperature_k, 0.7)));
  }
}
BENCHMARK(ammonium_nitrate);

/// With the product of the gases known, as it is where the forward equilibrium has just been found.
void ammonium_nitrate_adjoint(benchmark::State& state) {
  AmmoniaSystem<double> air{3.0, 2.0, 1.0, 8.0, 2.0}, lambda{1.0, 0.5, -0.5, 0.25, 2.0};
  for (auto _ : state) {
    benchmark::DoNotOptimize(air);
    benchmark::DoNotOptimize(lambda);
    benchmark::DoNotOptimize(equilibrate_adjoint(air, 3.0, lambda));
  }
}
BENCHMARK(ammonium_nitrate_adjoint);

}  // namespace

BENCHMARK_MAIN();
