// Source-receptor-hours per second of the steady plume engine, by kind of source.
#include "lantian/plume/plume_engine.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <utility>

namespace {

using namespace lantian::plume;

WeatherHour hour_of(double obukhov_m, double ustar, double wstar, double convective_m, double mechanical_m,
                    double wind_m_s) {
  WeatherHour hour;
  hour.month = 6;
  hour.surface = {.friction_velocity_m_s = ustar,
                  .convective_velocity_m_s = wstar,
                  .lapse_above_k_m = 0.008,
                  .convective_mixing_height_m = convective_m,
                  .mechanical_mixing_height_m = mechanical_m,
                  .obukhov_length_m = obukhov_m,
                  .roughness_length_m = 0.1,
                  .reference_wind_speed_m_s = wind_m_s,
                  .reference_wind_from_deg = 250.0,
                  .reference_wind_height_m = 10.0,
                  .temperature_k = 285.0,
                  .temperature_height_m = 2.0};
  ProfileLevel level;
  level.height_m = 10.0;
  level.wind_from_deg = 250.0;
  level.wind_speed_m_s = wind_m_s;
  hour.levels = {level};
  return hour;
}

/// Two stable nights, a neutral hour and two of convection.
std::vector<WeatherHour> day() {
  return {hour_of(8.0, 0.087, -9.0, -999.0, 59.0, 2.0), hour_of(147.0, 0.404, -9.0, -999.0, 591.0, 5.0),
          hour_of(-2500.0, 1.0, 1.26, 1760.0, 2460.0, 12.0), hour_of(-28.0, 0.354, 1.31, 560.0, 484.0, 3.5),
          hour_of(-2.9, 0.207, 2.2, 1400.0, 216.0, 1.5)};
}

std::vector<Receptor> grid_of_receptors(bool hilly) {
  std::vector<Receptor> receptors;
  for (int j = -25; j < 25; ++j) {
    for (int i = -25; i < 25; ++i) {
      Receptor receptor;
      receptor.place = {200.0 * i + 100.0, 200.0 * j + 100.0};
      if (hilly) {
        const double r2 = std::pow(receptor.place.x_m - 1500.0, 2) + std::pow(receptor.place.y_m, 2);
        receptor.elevation_m = 200.0 * std::exp(-r2 / 5.0e5);
        receptor.hill_height_m = 200.0;
      }
      receptors.push_back(receptor);
    }
  }
  return receptors;
}

Source stack() {
  Source source;
  source.emission = 100.0;
  source.release_height_m = 60.0;
  source.gas_temperature_k = 400.0;
  source.gas_velocity_m_s = 15.0;
  source.stack_diameter_m = 2.5;
  return source;
}

void run(benchmark::State& state, const Source& source, const std::vector<Receptor>& receptors,
         const Options& options) {
  const auto hours = day();
  const PlumeEngine engine({source}, receptors, options, {});
  std::size_t done = 0;
  for ([[maybe_unused]] auto _ : state) {
    for (std::size_t h = 0; h < hours.size(); ++h) benchmark::DoNotOptimize(engine.hour(hours[h], h));
    done += hours.size() * receptors.size();
  }
  state.counters["source_receptor_hours"] =
      benchmark::Counter(static_cast<double>(done), benchmark::Counter::kIsRate);
}

void run(benchmark::State& state, const Source& source, bool hilly, bool deposits = false,
         bool by_sides = false) {
  Options options;
  options.areas_by_sides = by_sides;
  options.flat_terrain = !hilly;
  options.deposition = deposits;
  if (deposits) {
    options.deposition_seasons.fill(1);
    options.deposition_land_use.fill(2);
  }
  run(state, source, grid_of_receptors(hilly), options);
}

void point_flat(benchmark::State& state) {
  run(state, stack(), false);
}
void point_terrain(benchmark::State& state) {
  run(state, stack(), true);
}
/// A vent on the roof of a building of 40 x 30 x 20 m.
Source vent() {
  Source source;
  source.emission = 10.0;
  source.release_height_m = 25.0;
  source.gas_temperature_k = 400.0;
  source.gas_velocity_m_s = 12.0;
  source.stack_diameter_m = 1.5;
  source.buildings.assign(36, {20.0, 41.872, 47.848, -33.321, -3.42});
  return source;
}
void point_downwash(benchmark::State& state) {
  run(state, vent(), false);
}
/// The same without its building: what the wake costs.
void point_without_its_building(benchmark::State& state) {
  Source source = vent();
  source.buildings.clear();
  run(state, source, false);
}
void point_downwash_terrain(benchmark::State& state) {
  run(state, vent(), true);
}
/// What each hour of a wake takes before the first receptor.
void downwash_course(benchmark::State& state) {
  Receptor receptor;
  receptor.place = {300.0, 50.0};
  const auto hours = day();
  Options options;
  options.flat_terrain = true;
  const PlumeEngine engine({vent()}, {receptor}, options, {});
  for ([[maybe_unused]] auto _ : state) {
    for (std::size_t h = 0; h < hours.size(); ++h) benchmark::DoNotOptimize(engine.hour(hours[h], h));
  }
  state.counters["source_hours"] =
      benchmark::Counter(static_cast<double>(hours.size()) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
}
void volume(benchmark::State& state) {
  Source source;
  source.shape = SourceShape::volume;
  source.emission = 1.0;
  source.release_height_m = 5.0;
  source.initial_sigma_y_m = 7.0;
  source.initial_sigma_z_m = 4.65;
  run(state, source, false);
}
Source polygon(std::vector<Position> ring) {
  Source source;
  source.shape = SourceShape::area;
  source.emission = 1e-4;
  source.release_height_m = 1.5;
  source.initial_sigma_z_m = 2.0;
  source.vertices = std::move(ring);
  return source;
}
Source yard() {
  return polygon({{-50.0, -25.0}, {-41.0, 22.0}, {52.0, 5.0}, {43.0, -42.0}});
}
Source dusty_yard() {
  Source source = yard();
  source.particles = {{1.0, 0.4, 1.5}, {2.5, 0.4, 1.5}, {10.0, 0.2, 1.5}};
  return source;
}
Source strip() {
  return polygon({{-202.0, -95.5}, {198.0, 104.5}, {202.0, 95.5}, {-198.0, -104.5}});
}
void area_flat(benchmark::State& state) {
  run(state, yard(), false);
}
void area_terrain(benchmark::State& state) {
  run(state, yard(), true);
}
void line(benchmark::State& state) {
  run(state, strip(), false);
}
/// A polygon summed side by side, with AERMOD's digits.
void area_as_aermod(benchmark::State& state, const Source& source, bool hilly) {
  run(state, source, hilly, !source.particles.empty(), true);
}
void road(benchmark::State& state) {
  Source source = polygon({{-200.0, -100.0}, {200.0, 100.0}});
  source.shape = SourceShape::road;
  source.release_height_m = 0.6;
  source.initial_sigma_z_m = 0.6;
  source.road_width_m = 10.0;
  run(state, source, false);
}
/// A vent of particles of three sizes, with their deposition, over flat land and over hills.
void run_vent(benchmark::State& state, bool hilly) {
  Source source = stack();
  source.release_height_m = 10.0;
  source.gas_temperature_k = 0.0;
  source.particles = {{1.0, 0.4, 1.5}, {2.5, 0.4, 1.5}, {10.0, 0.2, 1.5}};
  run(state, source, hilly, true);
}
void particles_flat(benchmark::State& state) {
  run_vent(state, false);
}
void particles_terrain(benchmark::State& state) {
  run_vent(state, true);
}
/// The vent on a roof, with particles of the same sizes.
void run_vent_in_wake(benchmark::State& state, bool hilly) {
  Source source = vent();
  source.particles = {{1.0, 0.4, 1.5}, {2.5, 0.4, 1.5}, {10.0, 0.2, 1.5}};
  run(state, source, hilly, true);
}
void particles_downwash(benchmark::State& state) {
  run_vent_in_wake(state, false);
}
void particles_downwash_terrain(benchmark::State& state) {
  run_vent_in_wake(state, true);
}
/// The vent of 10 m at a row of eight receptors, where what all receptors share counts most.
void particles_at_eight(benchmark::State& state) {
  Source source = stack();
  source.release_height_m = 10.0;
  source.gas_temperature_k = 0.0;
  source.particles = {{1.0, 0.4, 1.5}, {2.5, 0.4, 1.5}, {10.0, 0.2, 1.5}};
  std::vector<Receptor> receptors(8);
  for (std::size_t i = 0; i < receptors.size(); ++i)
    receptors[i].place = {400.0 + 300.0 * static_cast<double>(i), 250.0 + 100.0 * static_cast<double>(i)};
  Options options;
  options.flat_terrain = options.deposition = true;
  run(state, source, receptors, options);
}
/// A stack of a gas that deposits.
void gas_flat(benchmark::State& state) {
  Source source = stack();
  source.gas = DepositingGas{0.1089, 1.83e-5, 73.2, 72.0};
  run(state, source, false, true);
}
void area_particles_flat(benchmark::State& state) {
  run(state, dusty_yard(), false, true);
}
void area_particles_terrain(benchmark::State& state) {
  run(state, dusty_yard(), true, true);
}
BENCHMARK(area_particles_flat);
BENCHMARK(area_particles_terrain);
BENCHMARK(particles_flat);
BENCHMARK(particles_terrain);
BENCHMARK(particles_at_eight);
BENCHMARK(particles_downwash);
BENCHMARK(particles_downwash_terrain);
BENCHMARK(gas_flat);
void nitrogen_dioxide(benchmark::State& state, NitrogenDioxide method, const Source& source) {
  const auto receptors = grid_of_receptors(false);
  auto hours = day();
  for (WeatherHour& hour : hours) hour.ozone_ug_m3 = 80.0, hour.nox_ug_m3 = 20.0;
  Options options;
  options.flat_terrain = true;
  options.no2 = method;
  Source other = source;
  other.place = {150.0, 30.0};
  const PlumeEngine engine({source, other}, receptors, options, {});
  std::size_t done = 0;
  for ([[maybe_unused]] auto _ : state) {
    for (std::size_t h = 0; h < hours.size(); ++h) benchmark::DoNotOptimize(engine.hour(hours[h], h));
    done += 2 * hours.size() * receptors.size();
  }
  state.counters["source_receptor_hours"] =
      benchmark::Counter(static_cast<double>(done), benchmark::Counter::kIsRate);
}
void point_pvmrm(benchmark::State& state) {
  nitrogen_dioxide(state, NitrogenDioxide::pvmrm, stack());
}
void point_grsm(benchmark::State& state) {
  nitrogen_dioxide(state, NitrogenDioxide::grsm, stack());
}
void downwash_pvmrm(benchmark::State& state) {
  nitrogen_dioxide(state, NitrogenDioxide::pvmrm, vent());
}
void downwash_grsm(benchmark::State& state) {
  nitrogen_dioxide(state, NitrogenDioxide::grsm, vent());
}
/// The same without their buildings.
void vent_pvmrm(benchmark::State& state) {
  Source source = vent();
  source.buildings.clear();
  nitrogen_dioxide(state, NitrogenDioxide::pvmrm, source);
}
void vent_grsm(benchmark::State& state) {
  Source source = vent();
  source.buildings.clear();
  nitrogen_dioxide(state, NitrogenDioxide::grsm, source);
}
BENCHMARK(point_pvmrm);
BENCHMARK(point_grsm);
BENCHMARK(downwash_pvmrm);
BENCHMARK(downwash_grsm);
BENCHMARK(vent_pvmrm);
BENCHMARK(vent_grsm);
BENCHMARK(road);
BENCHMARK(area_flat);
BENCHMARK(area_terrain);
BENCHMARK(line);
BENCHMARK_CAPTURE(area_as_aermod, flat, yard(), false);
BENCHMARK_CAPTURE(area_as_aermod, terrain, yard(), true);
BENCHMARK_CAPTURE(area_as_aermod, line, strip(), false);
BENCHMARK_CAPTURE(area_as_aermod, particles_flat, dusty_yard(), false);
BENCHMARK_CAPTURE(area_as_aermod, particles_terrain, dusty_yard(), true);
BENCHMARK(point_flat);
BENCHMARK(point_terrain);
BENCHMARK(point_downwash);
BENCHMARK(point_without_its_building);
BENCHMARK(point_downwash_terrain);
BENCHMARK(downwash_course);
BENCHMARK(volume);

}  // namespace

BENCHMARK_MAIN();
