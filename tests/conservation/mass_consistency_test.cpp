#include "support/made_air.hpp"
#include "support/rough_weather.hpp"

#include "lantian/processes/advection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace lantian::testing {
namespace {

constexpr int hours = 24, steps_per_hour = 12, layers = RoughWeather::layers;

/// A day of transport in winds that were made consistent hour by hour, and the worst that was seen of it.
struct ConsistentDay {
  RoughWeather weather{20200331};
  double tracer_deviation = 0.0;  // of a mixing ratio of 1, after any step
  double air_mismatch = 0.0;      // of the carried air against the weather's, at the end of any hour
  double top_mismatch =
      0.0;  // of the flux through the model top against the prescribed, over the greatest flux

  ConsistentDay() {
    const Communicator alone = Communicator::world().split(Communicator::world().rank());
    const Decomposition whole(1, RoughWeather::columns, RoughWeather::rows, layers);
    const HaloExchange halo(alone, whole);
    Advection first(halo, TransportConfig{}, SweepOrder::horizontal_first),
        second(halo, TransportConfig{}, SweepOrder::vertical_first);
    start(whole.tile(0));
    for (int hour = 0; hour < hours; ++hour) {
      if (hour > 0) weather.go_on();
      air_.fluxes = mass_consistent_wind(weather.hour(), weather.surface).fluxes;
      Environment environment;
      environment.weather = &air_;
      environment.surface = &weather.surface;
      environment.boundary = &outside_;
      for (int n = 0; n < steps_per_hour; ++n) {
        const Step step{.length_s = 150.0, .index = hour * steps_per_hour + n};
        first.advance(state_, environment, step, ledger_);
        second.advance(state_, environment, step, ledger_);
        watch_tracer();
      }
      watch_air();
    }
  }

 private:
  void start(const Tile& tile) {
    const SpeciesTable species(
        {{.name = "background", .molar_mass_g_mol = 29.0},
         {.name = "plume", .molar_mass_g_mol = 29.0, .family = TransportFamily::plume}});
    state_ = {.tile = tile,
              .species = species,
              .mixing_ratio_ppb = FieldSet<double>(tile, species.count(), layers),
              .air_mass_kg = Field<double>(tile, layers),
              .mixing_tendency_ppb_s = {}};
    ledger_ = Ledger(tile, species.count());
    for (int s = 0; s < species.count(); ++s) {
      for (auto* side : {&outside_.west, &outside_.east}) side->emplace_back(layers, tile.rows, 1.0);
      for (auto* side : {&outside_.south, &outside_.north}) side->emplace_back(layers, tile.columns, 1.0);
      outside_.top.emplace_back(tile.rows, tile.columns, 1.0);
    }
    for (int k = 0; k < layers; ++k) {
      for (int j = 0; j < tile.rows; ++j) {
        for (int i = 0; i < tile.columns; ++i) {
          state_.air_mass_kg(k, j, i) = weather.begin_kg(k, j, i);
          for (int s = 0; s < species.count(); ++s) state_.mixing_ratio_ppb[s](k, j, i) = 1.0;
        }
      }
    }
  }
  void watch_tracer() {
    for (int s = 0; s < state_.species.count(); ++s)
      for (int k = 0; k < layers; ++k)
        for (int j = 0; j < RoughWeather::rows; ++j)
          for (int i = 0; i < RoughWeather::columns; ++i)
            tracer_deviation =
                std::fmax(tracer_deviation, std::fabs(state_.mixing_ratio_ppb[s](k, j, i) - 1.0));
  }
  void watch_air() {
    const auto& upward = air_.fluxes.vertical_kg_s;
    double greatest_flux = 0.0;
    for (const double flux : upward.values()) greatest_flux = std::fmax(greatest_flux, std::fabs(flux));
    for (int j = 0; j < RoughWeather::rows; ++j) {
      for (int i = 0; i < RoughWeather::columns; ++i) {
        const double off = std::fabs(upward(layers, j, i) - weather.top_kg_s(j, i));
        top_mismatch = std::fmax(top_mismatch, off / greatest_flux);
        for (int k = 0; k < layers; ++k)
          air_mismatch =
              std::fmax(air_mismatch, std::fabs(state_.air_mass_kg(k, j, i) / weather.end_kg(k, j, i) - 1.0));
      }
    }
  }
  WeatherHour air_;
  BoundaryHour outside_;
  State state_;
  Ledger ledger_;
};

TEST(MassConsistency, KeepsAUniformTracerUniformForADayOfRandomDivergentWindsOverAHill) {
  const ConsistentDay day;
  EXPECT_LE(day.tracer_deviation, 1.0e-12);
  // a day of some thousand roundings of each cell's air, which is never reset to the weather's
  EXPECT_LE(day.air_mismatch, 1.0e-12);
  EXPECT_LE(day.top_mismatch, 1.0e-12);
}

}  // namespace
}  // namespace lantian::testing
