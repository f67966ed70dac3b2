// Equilibria per second on one core: air of every kind over a city, eight cells side by side, in file order.
#include "aerosol/isorropia.hpp"
#include "aerosol/smooth_derivative.hpp"
#include "unit/aerosol/inorganic_air.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace {

using namespace lantian;

/// Totals as in the reference of the peers' figures: 255-311 K, 10-98 % humidity, medians of 8 ug m-3 SO4, 10
/// NO3, 12 NH4, 0.4 Na, 1.5 Cl and, with crustal cations, 0.6 Ca, 0.6 K, 0.12 Mg; a fifth has no sea salt.
std::vector<InorganicTotals<Lanes>> city_air(bool has_crustal) {
  constexpr std::size_t blocks = 1000;
  std::mt19937 random(2007);
  std::uniform_real_distribution<double> share(0.0, 1.0);
  std::normal_distribution<double> spread(0.0, 0.9);
  const auto amount = [&](double median_ug_m3, double molar_mass_g) {
    return median_ug_m3 * 1.0e-6 / molar_mass_g * std::exp(spread(random));
  };
  std::vector<InorganicTotals<Lanes>> all(blocks);
  for (InorganicTotals<Lanes>& t : all)
    for (int lane = 0; lane < 8; ++lane) {
      const bool has_salt = share(random) > 0.2;
      t.temperature_k[lane] = 255.0 + 56.0 * share(random);
      t.relative_humidity[lane] = 0.10 + 0.88 * share(random);
      t.sulphate[lane] = amount(8.0, 96.06);
      t.nitrate[lane] = amount(10.0, 62.0);
      t.ammonia[lane] = amount(12.0, 18.04);
      t.sodium[lane] = has_salt ? amount(0.4, 22.99) : 0.0;
      t.chloride[lane] = has_salt ? amount(1.5, 35.45) : 0.0;
      t.calcium[lane] = has_crustal ? amount(0.6, 40.08) : 0.0;
      t.potassium[lane] = has_crustal ? amount(0.6, 39.10) : 0.0;
      t.magnesium[lane] = has_crustal ? amount(0.12, 24.31) : 0.0;
    }
  return all;
}

void report(benchmark::State& state, std::size_t blocks) {
  state.counters["calls_per_s"] =
      benchmark::Counter(8.0 * static_cast<double>(blocks), benchmark::Counter::kIsIterationInvariantRate);
}

/// From totals alone to gases and ions.
void smooth_from_totals(benchmark::State& state) {
  const auto air = city_air(state.range(0) != 0);
  constexpr double tolerance = 1.0e-6;
  double worst = 0.0;
  for (auto _ : state)
    for (const InorganicTotals<Lanes>& t : air) {
      InorganicEquilibrium<Lanes> e = smooth_equilibrium(t, tolerance);
      benchmark::DoNotOptimize(e);
      for (int lane = 0; lane < 8; ++lane) worst = std::max(worst, e.residual[lane]);
    }
  state.counters["worst_residual"] = worst;
  report(state, air.size());
}
BENCHMARK(smooth_from_totals)->ArgName("crustal")->Arg(0)->Arg(1);

/// As a model that keeps water and activities from step to step: totals have moved by 2 %, temperature by 0.1
/// K.
void smooth_warm(benchmark::State& state) {
  auto air = city_air(state.range(0) != 0);
  std::vector<SmoothState<Lanes>> kept(air.size());
  for (std::size_t n = 0; n < air.size(); ++n) {
    const SmoothSystem<Lanes> s = smooth_system(air[n]);
    kept[n] = cold_start(s);
    solve_smooth(s, 1.0e-10, kept[n]);
    air[n].nitrate = 1.02 * air[n].nitrate;
    air[n].ammonia = 0.98 * air[n].ammonia;
    air[n].temperature_k = air[n].temperature_k + 0.1;
  }
  constexpr double tolerance = 1.0e-6;
  for (auto _ : state)
    for (std::size_t n = 0; n < air.size(); ++n) {
      const SmoothSystem<Lanes> s = smooth_system(air[n]);
      SmoothState<Lanes> from = kept[n];
      solve_smooth(s, tolerance, from);
      InorganicEquilibrium<Lanes> e = smooth_answer(s, from);
      benchmark::DoNotOptimize(e);
    }
  report(state, air.size());
}
BENCHMARK(smooth_warm)->ArgName("crustal")->Arg(0)->Arg(1);

/// One evaluation of all equations and their slopes.
void smooth_equations(benchmark::State& state) {
  const auto air = city_air(true);
  std::vector<SmoothSystem<Lanes>> systems;
  std::vector<SmoothState<Lanes>> roots;
  for (const InorganicTotals<Lanes>& t : air) {
    systems.push_back(smooth_system(t));
    roots.push_back(cold_start(systems.back()));
    solve_smooth(systems.back(), 1.0e-10, roots.back());
  }
  for (auto _ : state)
    for (std::size_t n = 0; n < air.size(); ++n) {
      SmoothResidual<Lanes> r = smooth_residual(systems[n], roots[n].y, roots[n].h);
      benchmark::DoNotOptimize(r);
    }
  report(state, air.size());
}
BENCHMARK(smooth_equations);

/// Tangent and adjoint: the matrix of answers by totals at a root, one cell at a time.
void smooth_sensitivities(benchmark::State& state) {
  InorganicAir air(9);
  std::vector<InorganicTotals<double>> points;
  std::vector<SmoothState<double>> roots;
  for (int n = 0; n < 1000; ++n) {
    points.push_back(air.next());
    roots.push_back(solved(points.back()).state);
  }
  for (auto _ : state)
    for (std::size_t n = 0; n < points.size(); ++n) {
      InorganicSensitivity slopes = smooth_sensitivity(points[n], roots[n]);
      benchmark::DoNotOptimize(slopes);
    }
  state.counters["calls_per_s"] = benchmark::Counter(1000.0, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(smooth_sensitivities);

/// The policy of comparison, with water molalities of the smooth fits.
void isorropia_from_totals(benchmark::State& state) {
  const auto air = city_air(state.range(0) != 0);
  std::vector<WaterMolalities<Lanes>> molalities(air.size());
  for (std::size_t n = 0; n < air.size(); ++n)
    for (Lanes& m : molalities[n])
      m = 1.0 / water_per_mole_kg(air[n].relative_humidity)[static_cast<std::size_t>(Hydrate::nh4no3)];
  for (auto _ : state)
    for (std::size_t n = 0; n < air.size(); ++n) {
      InorganicEquilibrium<Lanes> e = isorropia_equilibrium(air[n], molalities[n]);
      benchmark::DoNotOptimize(e);
    }
  report(state, air.size());
}
BENCHMARK(isorropia_from_totals)->ArgName("crustal")->Arg(0)->Arg(1);

}  // namespace

BENCHMARK_MAIN();
