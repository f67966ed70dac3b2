#include "lantian/plume/plume_engine.hpp"

#include "air_column.hpp"
#include "area_plume.hpp"
#include "nitrogen_dioxide.hpp"
#include "nitrogen_hour.hpp"
#include "particle_plume.hpp"
#include "point_plume.hpp"
#include "road_plume.hpp"

#include "lantian/base/errors.hpp"

#include <optional>
#include <span>
#include <string>
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
  if (source.emission_factors.empty()) return 1.0;
  if (hour_of_run < source.emission_factors.size()) return source.emission_factors[hour_of_run];
  throw DataError("source " + source.name + ": it has emission factors for " +
                  std::to_string(source.emission_factors.size()) + " hours, hour " +
                  std::to_string(hour_of_run + 1) + " of the run was asked for; give one for each hour");
}

void refuse_deposition(const Source& source, const Options& options) {
  const bool has_particles = !source.particles.empty() || source.particle_mean;
  const bool is_long = source.shape == SourceShape::area || source.shape == SourceShape::road;
  if (source.gas) {
    throw ConfigError("source " + source.name +
                      ": deposition of gases is not part of this engine; leave out its "
                      "properties to run it without");
  }
  if (has_particles && is_long) {
    throw ConfigError("source " + source.name +
                      ": deposition from areas and roads is not part of this engine; leave out "
                      "its particles to run it without");
  }
  if (options.deposition && !has_particles) {
    throw ConfigError("source " + source.name +
                      ": deposition is asked for, but the source has no particles; give their "
                      "sizes, or ask for concentrations alone");
  }
}

/// Rain on particles that are known by their mean alone.
void refuse_rain(const Source& source, const Options& options, const SurfaceHour& surface) {
  if (!source.particle_mean || surface.precipitation_mm_h <= 0.0) return;
  if (!options.deposition && !options.wet_depletion) return;
  throw ConfigError("source " + source.name +
                    ": rain on particles given by a mean diameter is not part of this engine; "
                    "give their sizes, or ask for neither deposition nor wet depletion");
}

/// What the engine cannot work out is refused, not left out.
void refuse_what_is_not_done(const std::vector<Source>& sources, const Options& options) {
  const bool follows_plumes = options.no2 == NitrogenDioxide::pvmrm || options.no2 == NitrogenDioxide::grsm;
  for (const Source& source : sources) {
    refuse_deposition(source, options);
    if (follows_plumes && source.shape == SourceShape::road) {
      throw ConfigError("source " + source.name +
                        ": NO2 of roads (RLINE) by PVMRM or GRSM is not part of this engine; give the road "
                        "as LINE, or ask for ARM2 or OLM");
    }
    if (!source.buildings.empty()) {
      throw ConfigError("source " + source.name +
                        ": wakes of buildings (PRIME) are not part of this engine; leave out "
                        "the building's sizes to run it without");
    }
    const std::size_t corners = source.vertices.size();
    if (source.shape == SourceShape::area && corners < 3) {
      throw ConfigError("source " + source.name + ": an area has at least 3 corners, found " +
                        std::to_string(corners));
    }
    if (source.shape == SourceShape::road && corners != 2) {
      throw ConfigError("source " + source.name + ": a road has two ends, found " + std::to_string(corners));
    }
  }
}

}  // namespace

PlumeEngine::PlumeEngine(std::vector<Source> sources, std::vector<Receptor> receptors, Options options,
                         WeatherTraits traits)
    : parts_(std::make_unique<Parts>(Parts{std::move(sources), std::move(receptors), options, traits, {}})) {
  refuse_what_is_not_done(parts_->sources, parts_->options);
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
  if (run.options.deposition) {
    result.dry_deposition_g_m2.assign(result.concentration_ug_m3.size(), 0.0);
    result.wet_deposition_g_m2.assign(result.concentration_ug_m3.size(), 0.0);
  }
  if (weather.state != HourState::valid) return result;
  const AirColumn rural = rural_column(weather, run.traits);
  std::optional<AirColumn> urban;
  if (run.options.urban && is_urban_hour(rural, *run.options.urban))
    urban = urban_column(rural, *run.options.urban);
  for (std::size_t s = 0; s < run.sources.size(); ++s) {
    const Source& source = run.sources[s];
    const AirColumn& air = source.urban && urban ? *urban : rural;
    const double emission = source.emission * emission_factor(source, hour_of_run) * micrograms;
    const std::span<double> row = std::span(result.concentration_ug_m3).subspan(s * count, count);
    if (emission == 0.0) continue;
    if (!source.particles.empty() || source.particle_mean) {
      refuse_rain(source, run.options, weather.surface);
      const auto part = [&](std::vector<double>& all) {
        return all.empty() ? std::span<double>{} : std::span(all).subspan(s * count, count);
      };
      add_particle_plume(source, emission, air, weather.surface, run.options, run.blocks,
                         {row, part(result.dry_deposition_g_m2), part(result.wet_deposition_g_m2)});
    } else if (source.shape == SourceShape::road) {
      add_road_plume(source, emission, air, weather, run.options, run.receptors, row);
    } else if (source.shape == SourceShape::area) {
      add_area_plume(source, emission, air, run.options, run.receptors, row);
    } else {
      add_point_plume(source, emission, air, run.options, run.blocks, row);
    }
  }
  convert_to_nitrogen_dioxide(run.sources, run.options, weather.ozone_ug_m3, result.concentration_ug_m3);
  if (run.options.no2 == NitrogenDioxide::pvmrm || run.options.no2 == NitrogenDioxide::grsm) {
    NitrogenHour chemistry{
        run.sources, run.receptors, run.blocks, run.options, weather, rural, urban ? &*urban : nullptr, {}};
    for (const Source& source : run.sources)
      chemistry.emission_g_s.push_back(
          whole_emission_g_s(source, source.emission * emission_factor(source, hour_of_run)));
    const auto convert =
        run.options.no2 == NitrogenDioxide::pvmrm ? convert_by_plume_volume : convert_by_reaction_set;
    convert(chemistry, result.concentration_ug_m3);
  }
  return result;
}

}  // namespace lantian::plume
