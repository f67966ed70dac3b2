// Cost of transport and vertical mixing as the model runs them, for a city's grid on one rank: ns per cell
// and species.
#include "support/made_air.hpp"

#include "lantian/processes/advection.hpp"
#include "lantian/processes/horizontal_diffusion.hpp"
#include "lantian/processes/vertical_mixing.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <string>
#include <vector>

namespace {

using namespace lantian;
using namespace lantian::testing;

constexpr int species_count = 15;
constexpr int many_species = 90;  // among which the work on the air is shared out

/// Time of an iteration over the `count` things that it handles.
benchmark::Counter time_of_one(double count) {
  return {count, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert};
}

SpeciesTable species_of(TransportFamily family, int count) {
  std::vector<Species> all;
  for (int s = 0; s < count; ++s)
    all.push_back({.name = "tracer_" + std::to_string(s), .molar_mass_g_mol = 29.0, .family = family});
  return SpeciesTable(all);
}

/// A city's grid of 64 x 80 columns and 16 layers on one rank, species of one family.
struct City {
  MadeAir air{64, 80, 16};
  Decomposition split{1, 64, 80, 16};
  HaloExchange halo{Communicator::world(), split};
  State state;
  Ledger ledger;

  explicit City(TransportFamily family, int count = species_count) {
    air.set_boundary(count, [](int) { return 30.0; });
    state = air.state(split.tile(0), species_of(family, count), [](int, int k, int row, int column) {
      return made_mixing_ratio_ppb(1, k, row, column);
    });
    ledger = Ledger(state.tile, count);
  }
  [[nodiscard]] static double cells(int count = species_count) { return 64.0 * 80.0 * 16.0 * count; }
};

TransportConfig unlimited() {
  return {.limiter_background = "unlimited", .limiter_plume = "unlimited"};
}

/// A forward and a backward sub-step, so that the air stays what it was: limiter of the background (0), of
/// plumes (1) or none (2), and how many species.
void sub_step_of_a_city(benchmark::State& state) {
  const auto count = static_cast<int>(state.range(1));
  City city(state.range(0) == 0 ? TransportFamily::background : TransportFamily::plume, count);
  const TransportConfig transport = state.range(0) == 2 ? unlimited() : TransportConfig{};
  Advection advection(city.halo, transport, SweepOrder::horizontal_first);
  const Environment environment = city.air.environment();
  for (auto _ : state) {
    advection.advance(city.state, environment, Step{.length_s = 20.0}, city.ledger);
    for (auto* flux :
         {&city.air.hour.fluxes.x_kg_s, &city.air.hour.fluxes.y_kg_s, &city.air.hour.fluxes.vertical_kg_s})
      for (double& value : flux->values()) value = -value;
  }
  state.SetLabel(state.range(0) == 0 ? transport.limiter_background : transport.limiter_plume);
  state.counters["time_per_cell_species_sweep"] = time_of_one(3.0 * City::cells(count));
}
BENCHMARK(sub_step_of_a_city)
    ->ArgsProduct({{0, 1, 2}, {species_count, many_species}})
    ->Unit(benchmark::kMillisecond);

/// Backwards over the sub-step of the unlimited scheme, the air of the sub-step worked out anew.
void sub_step_of_a_city_backwards(benchmark::State& state) {
  City city(TransportFamily::plume);
  Advection advection(city.halo, unlimited(), SweepOrder::horizontal_first);
  const Environment environment = city.air.environment();
  AdjointState adjoint(city.state.tile, city.state.species);
  for (int s = 0; s < species_count; ++s) adjoint.amount_per_mol[s] = city.state.mixing_ratio_ppb[s];
  for (auto _ : state) advection.advance_adjoint({city.state, environment}, adjoint, Step{.length_s = 20.0});
  state.counters["time_per_cell_species_sweep"] = time_of_one(3.0 * City::cells());
}
BENCHMARK(sub_step_of_a_city_backwards)->Unit(benchmark::kMillisecond);

void horizontal_diffusion_of_a_city(benchmark::State& state) {
  City city(TransportFamily::background);
  HorizontalDiffusion diffusion(city.halo, TransportConfig{});
  for (auto _ : state)
    diffusion.advance(city.state, city.air.environment(), Step{.length_s = 300.0}, city.ledger);
  state.counters["time_per_cell_species"] = time_of_one(City::cells());
}
BENCHMARK(horizontal_diffusion_of_a_city)->Unit(benchmark::kMillisecond);

/// All species are emitted in all layers and deposited; forwards (0) and backwards (1).
void vertical_mixing_of_a_city(benchmark::State& state) {
  City city(TransportFamily::background);
  const std::vector<Array3<double>> emission_mol_s(species_count, Array3<double>(16, 80, 64, 0.01));
  const std::vector<Array2<double>> velocity_m_s(species_count, Array2<double>(80, 64, 0.004));
  Environment environment = city.air.environment();
  environment.emission_mol_s = &emission_mol_s;
  environment.deposition_velocity_m_s = &velocity_m_s;
  VerticalMixing mixing;
  AdjointState adjoint;
  if (state.range(0) == 1) adjoint = AdjointState(city.state.tile, city.state.species);
  for (auto _ : state) {
    if (state.range(0) == 0)
      mixing.advance(city.state, environment, Step{.length_s = 300.0}, city.ledger);
    else
      mixing.advance_adjoint({city.state, environment}, adjoint, Step{.length_s = 300.0});
  }
  state.counters["time_per_cell_species"] = time_of_one(City::cells());
}
BENCHMARK(vertical_mixing_of_a_city)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

/// What memory allows: a = b + 0.5 c (McCalpin 1995, STREAM) over as many values as the state has. A sweep
/// reads and writes each value once, 16 of the 24 bytes that one value of the triad moves.
void triad_of_a_city(benchmark::State& state) {
  const auto values = static_cast<std::size_t>(City::cells());
  std::vector<double> a(values), b(values, 1.0), c(values, 2.0);
  for (auto _ : state) {
    for (std::size_t n = 0; n < values; ++n) a[n] = b[n] + 0.5 * c[n];
    benchmark::ClobberMemory();
  }
  state.counters["time_of_16_bytes"] = time_of_one(1.5 * City::cells());
}
BENCHMARK(triad_of_a_city)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  const MpiSession session(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
