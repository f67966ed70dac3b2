#include "lantian/plume/plume_engine.hpp"

#include "air_column.hpp"
#include "area_plume.hpp"
#include "point_plume.hpp"

#include <optional>
#include <span>
#include <utility>

namespace lantian::plume {

struct PlumeEngine::Parts {
  std::vector<Source> sources;
  std::vector<Receptor> receptors;
  Options options;
  WeatherTraits traits;
  std::vector<ReceptorBlock> blocks;
};

namespace {

constexpr double micrograms = 1e6;

double emission_factor(const Source& source, std::size_t hour_of_run) {
  return source.emission_factors.empty() ? 1.0 : source.emission_factors.at(hour_of_run);
}

}  // namespace

PlumeEngine::PlumeEngine(std::vector<Source> sources, std::vector<Receptor> receptors, Options options,
                         WeatherTraits traits)
    : parts_(std::make_unique<Parts>(Parts{std::move(sources), std::move(receptors), options, traits, {}})) {
  parts_->blocks = receptor_blocks(parts_->receptors);
}
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
    const double emission = source.emission * emission_factor(source, hour_of_run) * micrograms;
    const std::span<double> row = std::span(result.concentration_ug_m3).subspan(s * count, count);
    if (emission == 0.0) continue;
    if (source.shape == SourceShape::area) {
      add_area_plume(source, emission, air, run.options, run.receptors, row);
    } else {
      add_point_plume(source, emission, air, run.options, run.blocks, row);
    }
  }
  return result;
}

}  // namespace lantian::plume
