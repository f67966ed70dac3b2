#include "lantian/plume/plume_engine.hpp"

#include "air_column.hpp"
#include "plume/aermod_concentration.hpp"
#include "source_hour.hpp"

#include <optional>
#include <utility>

namespace lantian::plume {

struct PlumeEngine::Parts {
  std::vector<Source> sources;
  std::vector<Receptor> receptors;
  Options options;
  WeatherTraits traits;
};

namespace {

constexpr double micrograms = 1e6;

double emission_factor(const Source& source, std::size_t hour_of_run) {
  return source.emission_factors.empty() ? 1.0 : source.emission_factors.at(hour_of_run);
}

}  // namespace

PlumeEngine::PlumeEngine(std::vector<Source> sources, std::vector<Receptor> receptors, Options options,
                         WeatherTraits traits)
    : parts_(std::make_unique<Parts>(Parts{std::move(sources), std::move(receptors), options, traits})) {}
PlumeEngine::~PlumeEngine() = default;
PlumeEngine::PlumeEngine(PlumeEngine&&) noexcept = default;
PlumeEngine& PlumeEngine::operator=(PlumeEngine&&) noexcept = default;

HourResult PlumeEngine::hour(const WeatherHour& weather, std::size_t hour_of_run) const {
  const Parts& run = *parts_;
  const std::size_t count = run.receptors.size();
  HourResult result;
  result.concentration_ug_m3.assign(run.sources.size() * count, 0.0);
  if (weather.state != HourState::valid) return result;
  const AirColumn rural = rural_column(weather, run.traits);
  std::optional<AirColumn> urban;
  if (run.options.urban && is_urban_hour(rural, *run.options.urban)) urban = urban_column(rural, *run.options.urban);
  for (std::size_t s = 0; s < run.sources.size(); ++s) {
    const Source& source = run.sources[s];
    const AirColumn& air = source.urban && urban ? *urban : rural;
    const SourceHour now = source_hour(source, air, run.options);
    const double emission = source.emission * emission_factor(source, hour_of_run) * micrograms;
    const double nearest = 0.99 + 2.15 * now.source.initial_sigma_y_m;
    for (std::size_t i = 0; i < count; ++i) {
      const Receptor& receptor = run.receptors[i];
      const double dx = receptor.place.x_m - source.place.x_m, dy = receptor.place.y_m - source.place.y_m;
      const double x = -(dx * now.sine_from + dy * now.cosine_from), y = dx * now.cosine_from - dy * now.sine_from;
      SeenReceptor<double> at{};
      at.flagpole_m = at.height_m = receptor.flagpole_m;
      if (!run.options.flat_terrain) {
        at.ground_m = receptor.elevation_m - source.base_elevation_m;
        at.height_m = at.ground_m + receptor.flagpole_m;
        at.hill_m = receptor.hill_height_m - source.base_elevation_m;
      }
      result.concentration_ug_m3[s * count + i] =
          emission * concentration_share_m3_s(x, y, nearest, at, now.source, air);
    }
  }
  return result;
}

}  // namespace lantian::plume
