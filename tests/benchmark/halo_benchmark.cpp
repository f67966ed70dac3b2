// Share of the halo exchange in a sub-step of transport, for a city's grid split over the ranks it is started
// on: mpirun -n 2 halo_benchmark. Every rank works all the time; rank 0 prints the fastest of the repeats.
#include "support/made_air.hpp"

#include "lantian/processes/advection.hpp"

#include <mpi.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace lantian;
using namespace lantian::testing;

constexpr int columns = 60, rows = 60, layers = 16, species_count = 90, repeats = 25;

/// Seconds of the fastest call, on the rank that is slowest in it.
template <class Work>
double fastest_s(Work&& work) {
  double least_s = 1.0e9;
  for (int n = 0; n < repeats; ++n) {
    MPI_Barrier(MPI_COMM_WORLD);
    const double begin_s = MPI_Wtime();
    work();
    double own_s = MPI_Wtime() - begin_s, slowest_s = 0.0;
    MPI_Allreduce(&own_s, &slowest_s, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    least_s = std::min(least_s, slowest_s);
  }
  return least_s;
}

SpeciesTable tracers() {
  std::vector<Species> all;
  for (int s = 0; s < species_count; ++s)
    all.push_back({.name = "tracer_" + std::to_string(s), .molar_mass_g_mol = 29.0});
  return SpeciesTable(all);
}

void measure() {
  const Communicator& ranks = Communicator::world();
  MadeAir air(columns, rows, layers);
  air.set_boundary(species_count, [](int) { return 30.0; });
  const Decomposition split(ranks.size(), columns, rows, layers);
  const HaloExchange halo(ranks, split);
  State state = air.state(split.tile(ranks.rank()), tracers(), [](int, int k, int row, int column) {
    return made_mixing_ratio_ppb(1, k, row, column);
  });
  Ledger ledger(state.tile, species_count);
  Advection advection(halo, TransportConfig{}, SweepOrder::horizontal_first);
  std::vector<Field<double>*> moved = {&state.air_mass_kg};
  for (int s = 0; s < species_count; ++s) moved.push_back(&state.mixing_ratio_ppb[s]);

  const double exchange_s = fastest_s([&] {
    halo.exchange_west_east(moved);
    halo.exchange_south_north(moved);
  });
  const double sub_step_s =
      fastest_s([&] { advection.advance(state, air.environment(), Step{.length_s = 0.1}, ledger); });
  if (ranks.rank() == 0)
    std::printf("%d rank(s), %d x %d x %d x %d: sub-step %.2f ms, its two exchanges %.2f ms, %.1f %%\n",
                ranks.size(), columns, rows, layers, species_count, 1.0e3 * sub_step_s, 1.0e3 * exchange_s,
                100.0 * exchange_s / sub_step_s);
}

}  // namespace

int main(int argc, char** argv) {
  const MpiSession session(argc, argv);
  measure();
  return 0;
}
