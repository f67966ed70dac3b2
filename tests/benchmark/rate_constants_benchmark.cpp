// Cost of the rate constants of a step, per cell: eight columns of sixteen layers, as chemistry takes them.
// With the look-up of photolysis, and without.
#include "mechanisms/cb6r5.hpp"
#include "photolysis_table.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstddef>

namespace {

using namespace lantian;
using Cb6 = mechanisms::cb6r5;

constexpr int layers = 16;
constexpr double ozone_du = 330.0, albedo = 0.05;

/// Humid spring air over a city, with particles and a little cloud; colder and thinner from layer to layer.
RateConditions<Lanes> air_of_layer(int layer) {
  RateConditions<Lanes> eight;
  for (int lane = 0; lane < lane_count; ++lane) {
    RateConditions<> one;
    one.temperature_k = 290.0 - 2.0 * layer + 0.3 * lane;
    one.air_per_cm3 = 2.5e19 * std::exp(-0.03 * layer);
    one.water_per_cm3 = 0.01 * one.air_per_cm3;
    one.relative_humidity = 0.6;
    one.cloud_water_g_m3 = layer == 8 ? 0.1 : 0.0;
    one.particle_surface_m2_m3 = 1.0e-3;
    one.n2o5_uptake = 0.01;
    set_lane(eight, lane, one);
  }
  return eight;
}

void look_up(const std::array<PhotolysisTable::Profile, lane_count>& columns, int layer,
             RateConditions<Lanes>& eight) {
  const double pressure_pa = 101325.0 * std::exp(-0.03 * layer);
  for (int lane = 0; lane < lane_count; ++lane) {
    const PhotolysisRates rates =
        PhotolysisTable::at_pressure(columns[static_cast<std::size_t>(lane)], pressure_pa);
    for (std::size_t p = 0; p < rates.size(); ++p) eight.photolysis_per_s[p][lane] = rates[p];
  }
}

void rate_constants(benchmark::State& state, bool has_look_up) {
  const PhotolysisTable& table = PhotolysisTable::instance();
  std::array<RateConditions<Lanes>, layers> air;
  for (int layer = 0; layer < layers; ++layer) air[static_cast<std::size_t>(layer)] = air_of_layer(layer);
  std::array<PhotolysisTable::Profile, lane_count> columns{};
  std::array<Lanes, static_cast<std::size_t>(Cb6::reaction_count)> k{};
  for (auto _ : state) {
    for (int lane = 0; lane < lane_count && has_look_up; ++lane)
      columns[static_cast<std::size_t>(lane)] = table.over(0.5 + 0.001 * lane, ozone_du, albedo);
    for (int layer = 0; layer < layers; ++layer) {
      RateConditions<Lanes>& here = air[static_cast<std::size_t>(layer)];
      if (has_look_up) look_up(columns, layer, here);
      benchmark::DoNotOptimize(here);
      Cb6::rates(here, k.data());
      benchmark::DoNotOptimize(k);
    }
  }
  state.counters["time_per_cell"] = benchmark::Counter(
      layers * lane_count, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK_CAPTURE(rate_constants, with_photolysis, true);
BENCHMARK_CAPTURE(rate_constants, alone, false);

}  // namespace

BENCHMARK_MAIN();
