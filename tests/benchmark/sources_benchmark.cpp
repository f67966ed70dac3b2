// Cost of an hour of emissions and of boundary air on the grid of the spring case, 66 x 82 x 16 cells, 14
// sectors, stations around the domain. Run it in the root of the repository.
#include "support/made_sources.hpp"

#include "lantian/config/case_reader.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/sources/boundary_air.hpp"
#include "lantian/sources/emissions.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace lantian;

SpeciesTable grs_species() {
  const CsvTable table = CsvTable::read("inputs/mechanisms/grs/species.csv");
  std::vector<Species> list;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Problems problems;
    Species one;
    one.name = table.cell(row, table.required_column("name"));
    one.molar_mass_g_mol = *table.number(row, table.required_column("molar_mass_g_mol"), problems);
    if (table.cell(row, table.required_column("phase")) == "particle") one.phase = Phase::particle;
    list.push_back(one);
  }
  return SpeciesTable(list);
}

struct City {
  Case configuration = read_case("inputs/cases/qingdao_spring/case_grs.toml", {});
  HorizontalGrid grid = HorizontalGrid::from_config([] {
    GridConfig config = testing::grid_config("lambert", 66, 82, 3000.0);
    config.central_meridian_deg = 120.3;
    return config;
  }());
  Layers layers{configuration.grid.layer_tops_m};
  Surface surface = testing::flat_surface(grid, layers);
  WeatherSnapshot weather = testing::plain_weather(grid, layers);
  SpeciesTable species = grs_species();
  Problems problems;
};

void reading_the_emissions(benchmark::State& state) {
  City city;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        Emissions(city.configuration, city.grid, city.layers, city.species, city.problems));
}
BENCHMARK(reading_the_emissions)->Unit(benchmark::kMillisecond);

void an_hour_of_emissions(benchmark::State& state) {
  City city;
  Emissions emissions(city.configuration, city.grid, city.layers, city.species, city.problems);
  UtcTime hour = city.configuration.run.start;
  for (auto _ : state) {
    benchmark::DoNotOptimize(emissions.rates_mol_s(hour, city.weather, city.surface));
    hour = hour.plus_seconds(3600);
  }
}
BENCHMARK(an_hour_of_emissions)->Unit(benchmark::kMillisecond);

void mean_rate_of_a_cut(benchmark::State& state) {
  City city;
  const Emissions emissions(city.configuration, city.grid, city.layers, city.species, city.problems);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        emissions.mean_rate_t_d({}, "NOx", city.configuration.run.start, city.configuration.run.end));
}
BENCHMARK(mean_rate_of_a_cut)->Unit(benchmark::kMillisecond);

void an_hour_of_boundary_air(benchmark::State& state) {
  City city;
  BoundaryAir boundary(city.configuration, city.grid, city.species, city.problems);
  UtcTime hour = city.configuration.run.start;
  for (auto _ : state) {
    benchmark::DoNotOptimize(boundary.hour(hour, city.weather, city.surface));
    hour = hour.plus_seconds(3600);
  }
}
BENCHMARK(an_hour_of_boundary_air)->Unit(benchmark::kMillisecond)->Iterations(5);

void initial_air(benchmark::State& state) {
  City city;
  BoundaryAir boundary(city.configuration, city.grid, city.species, city.problems);
  const int columns = city.grid.columns(), rows = city.grid.rows();
  const Tile tile{.columns = columns,
                  .rows = rows,
                  .layers = city.weather.temperature_k.layers(),
                  .grid_columns = columns,
                  .grid_rows = rows};
  FieldSet<double> inside_ppb(tile, city.species.count(), tile.layers);
  for (auto _ : state) {
    boundary.fill_initial(city.configuration.run.start, city.weather, city.surface, tile, inside_ppb);
    benchmark::DoNotOptimize(inside_ppb[0].row(0, 0));
  }
}
BENCHMARK(initial_air)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
