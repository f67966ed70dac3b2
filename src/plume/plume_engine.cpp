#include "lantian/plume/plume_engine.hpp"

#include "air_column.hpp"
#include "area_plume.hpp"
#include "deposition_parts.hpp"
#include "deposition_plume.hpp"
#include "nitrogen_dioxide.hpp"
#include "nitrogen_hour.hpp"
#include "pit_plume.hpp"
#include "point_plume.hpp"
#include "road_plume.hpp"

#include "lantian/base/errors.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace lantian::plume {

struct PlumeEngine::Parts {
  std::vector<Source> sources;
  std::shared_ptr<const std::vector<Receptor>> receptors;
  Options options;
  WeatherTraits traits;
  std::shared_ptr<const std::vector<ReceptorBlock>> blocks;
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
  const bool is_road = source.shape == SourceShape::road, deposits_here = deposits(source, options);
  if (deposits_here && is_road) {
    throw ConfigError(
        "source " + source.name +
        ": deposition from roads of RLINE's own dispersion is not part of this engine (nor of AERMOD); "
        "give the road as LINE, or leave out its particles or gas");
  }
  if (options.deposition && !deposits_here) {
    throw ConfigError(
        "source " + source.name +
        ": deposition is asked for, but the source has neither particles nor a gas that deposits; "
        "give their properties, or ask for concentrations alone");
  }
}

void refuse_building(const Source& source) {
  using enum SourceShape;
  if (source.buildings.empty()) return;
  const auto fault = [&](const std::string& what) {
    return ConfigError("source " + source.name + ": " + what);
  };
  if (source.shape != point && source.shape != capped_point && source.shape != horizontal_point) {
    throw fault("only stacks have buildings");
  }
  constexpr std::size_t directions = 36;
  if (source.buildings.size() != directions) {
    throw fault("its building has " + std::to_string(source.buildings.size()) +
                " directions; needed are 36, one for each 10 degrees");
  }
  for (const BuildingSector& one : source.buildings) {
    if ((one.height_m > 0.0) != (one.width_m > 0.0) || (one.height_m > 0.0) != (one.length_m > 0.0)) {
      throw fault(
          "height, width and length of its building are above 0 together, or all 0 where the wind meets "
          "none");
    }
  }
}

void refuse_bad_gas(const Source& source) {
  if (!source.gas) return;
  const DepositingGas& gas = *source.gas;
  const bool is_sound = gas.diffusivity_air_cm2_s > 0.0 && gas.diffusivity_water_cm2_s > 0.0 &&
                        gas.cuticular_resistance_s_cm > 0.0 && gas.henry_pa_m3_mol > 0.0;
  if (!is_sound)
    throw ConfigError("source " + source.name +
                      ": its gas needs diffusivities, a cuticular resistance and a Henry's constant above 0");
}

/// Seasons and land use are given for all months and directions, or for none.
void refuse_gaps(const Options& options) {
  constexpr int seasons = 5, uses = 9;
  const auto has_gap = [](const auto& codes, int most) {
    const bool is_given = std::ranges::any_of(codes, [](int code) { return code != 0; });
    return is_given && std::ranges::any_of(codes, [most](int code) { return code < 1 || code > most; });
  };
  if (has_gap(options.deposition_seasons, seasons))
    throw ConfigError("each of the 12 months needs a season of deposition, 1 to 5");
  if (has_gap(options.deposition_land_use, uses))
    throw ConfigError("each of the 36 directions needs a land use of deposition, 1 to 9");
}

void refuse_chemistry(const Source& source, const Options& options) {
  if (options.no2 != NitrogenDioxide::pvmrm && options.no2 != NitrogenDioxide::grsm) return;
  if (source.shape == SourceShape::pit) {
    throw ConfigError("source " + source.name +
                      ": NO2 of open pits by PVMRM or GRSM is not part of this engine; give the pit as AREA, "
                      "or ask for ARM2 or OLM");
  }
  if (source.shape == SourceShape::road) {
    throw ConfigError("source " + source.name +
                      ": NO2 of roads (RLINE) by PVMRM or GRSM is not part of this engine; give the road "
                      "as LINE, or ask for ARM2 or OLM");
  }
}

void refuse_shape(const Source& source) {
  const std::size_t corners = source.vertices.size();
  const auto fault = [&](const std::string& what) {
    return ConfigError("source " + source.name + ": " + what + ", found " + std::to_string(corners));
  };
  if (source.shape == SourceShape::area && corners < 3) throw fault("an area has at least 3 corners");
  if (source.shape == SourceShape::road && corners != 2) throw fault("a road has two ends");
  if (source.shape != SourceShape::pit) return;
  if (corners != 4) throw fault("a pit has 4 corners");
  if (!(source.pit_depth_m > 0.0) || source.release_height_m > source.pit_depth_m)
    throw ConfigError("source " + source.name +
                      ": a pit has a depth above 0, and emits at no more than that above its floor");
}

/// What the engine cannot work out is refused, not left out.
void refuse_what_is_not_done(const std::vector<Source>& sources, const Options& options) {
  refuse_gaps(options);
  for (const std::vector<std::size_t>& group : options.source_groups)
    if (std::ranges::any_of(group, [&](std::size_t source) { return source >= sources.size(); }))
      throw ConfigError("a group names a source beyond the last of " + std::to_string(sources.size()));
  for (const Source& source : sources) {
    if (source.urban_area && *source.urban_area >= options.urban_areas.size())
      throw ConfigError("source " + source.name + " stands in an urban area that is not given");
    refuse_deposition(source, options);
    refuse_building(source);
    refuse_bad_gas(source);
    refuse_chemistry(source, options);
    refuse_shape(source);
  }
}

/// Where plumes are looked at, and by which options.
struct Sight {
  const Options& options;
  const std::vector<Receptor>& receptors;
  std::span<const ReceptorBlock> blocks;
};

/// Writes what a source of an emission [ug s-1, per area or length where it has one] brings to every
/// receptor.
/// @param way_rows  what chemistry asks besides of points and volumes.
// NOLINTNEXTLINE(readability-function-size): seven parameters, each of its own kind; they meet only here
void add_source(const Source& source, double emission, const AirColumn& air, const WeatherHour& weather,
                const Sight& sight, const ResultRows& rows, const WayRows& way_rows) {
  const std::span<double> row = rows.concentration_ug_m3;
  const bool is_area = source.shape == SourceShape::area;
  if (source.shape == SourceShape::pit)
    return add_pit_plume(source, emission, air, weather, sight.options, sight.receptors, rows);
  if (deposits(source, sight.options)) {
    if (is_area)
      return add_area_deposition(source, emission, air, weather, sight.options, sight.receptors, rows);
    // Chemistry counts the way of a plume of which nothing has fallen.
    if (!way_rows.travel_s_ug_m3.empty())
      add_point_plume(source, emission, air, sight.options, sight.blocks, row, way_rows);
    return add_deposition_plume(source, emission, air, weather, sight.options, sight.blocks, rows);
  }
  if (source.shape == SourceShape::road)
    return add_road_plume(source, emission, air, weather, sight.options, sight.blocks, row);
  if (is_area) return add_area_plume(source, emission, air, sight.options, sight.receptors, row);
  add_point_plume(source, emission, air, sight.options, sight.blocks, row, way_rows);
}

}  // namespace

PlumeEngine::PlumeEngine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {
  refuse_what_is_not_done(parts_->sources, parts_->options);
}
PlumeEngine::PlumeEngine(std::vector<Source> sources, std::vector<Receptor> receptors, Options options,
                         WeatherTraits traits)
    : PlumeEngine(std::make_unique<Parts>(
          Parts{std::move(sources), std::make_shared<const std::vector<Receptor>>(std::move(receptors)),
                std::move(options), traits, nullptr})) {
  parts_->blocks = std::make_shared<const std::vector<ReceptorBlock>>(receptor_blocks(*parts_->receptors));
}
PlumeEngine::~PlumeEngine() = default;
PlumeEngine::PlumeEngine(PlumeEngine&&) noexcept = default;
PlumeEngine& PlumeEngine::operator=(PlumeEngine&&) noexcept = default;

PlumeEngine PlumeEngine::with_sources(std::vector<Source> sources) const {
  Parts parts = *parts_;
  parts.sources = std::move(sources);
  return PlumeEngine(std::make_unique<Parts>(std::move(parts)));
}

HourResult PlumeEngine::hour(const WeatherHour& weather, std::size_t hour_of_run) const {
  const Parts& run = *parts_;
  const std::size_t count = run.receptors->size();
  HourResult result;
  result.concentration_ug_m3.assign(run.sources.size() * count, 0.0);
  if (run.options.deposition) {
    result.dry_deposition_g_m2.assign(result.concentration_ug_m3.size(), 0.0);
    result.wet_deposition_g_m2.assign(result.concentration_ug_m3.size(), 0.0);
  }
  result.group_no2_ug_m3.assign(run.options.source_groups.size() * count, 0.0);
  if (weather.state != HourState::valid) return result;
  const AirColumn rural = rural_column(weather, run.traits);
  std::vector<std::optional<AirColumn>> urban;  // one an area
  const bool may_be_urban = rural.layer.stable || run.options.urban_mornings;
  for (const UrbanArea& area : run.options.urban_areas)
    urban.push_back(may_be_urban && is_urban_hour(rural, area) ? std::optional(urban_column(rural, area))
                                                               : std::nullopt);
  const Sight sight{run.options, *run.receptors, *run.blocks};
  std::vector<double> travel, from_cavity;
  if (run.options.no2 == NitrogenDioxide::grsm) {
    travel.assign(result.concentration_ug_m3.size(), 0.0);
    if (std::ranges::any_of(run.sources, [](const Source& source) { return !source.buildings.empty(); }))
      from_cavity.assign(travel.size(), 0.0);
  }
  for (std::size_t s = 0; s < run.sources.size(); ++s) {
    const Source& source = run.sources[s];
    const AirColumn& air =
        source.urban_area && urban[*source.urban_area] ? *urban[*source.urban_area] : rural;
    const double emission = source.emission * emission_factor(source, hour_of_run) * micrograms;
    if (emission == 0.0) continue;
    const auto part = [&](std::vector<double>& all) {
      return all.empty() ? std::span<double>{} : std::span(all).subspan(s * count, count);
    };
    const ResultRows rows{part(result.concentration_ug_m3), part(result.dry_deposition_g_m2),
                          part(result.wet_deposition_g_m2)};
    add_source(source, emission, air, weather, sight, rows, {part(travel), part(from_cavity)});
  }
  convert_to_nitrogen_dioxide(run.sources, run.options, weather.ozone_ug_m3, result.concentration_ug_m3);
  if (run.options.no2 == NitrogenDioxide::pvmrm || run.options.no2 == NitrogenDioxide::grsm) {
    NitrogenHour chemistry{
        run.sources, *run.receptors, *run.blocks, run.options,       weather,
        rural,       urban,          {},          std::move(travel), std::move(from_cavity)};
    for (const Source& source : run.sources)
      chemistry.emission_g_s.push_back(
          whole_emission_g_s(source, source.emission * emission_factor(source, hour_of_run)));
    if (run.options.no2 == NitrogenDioxide::pvmrm)
      convert_by_plume_volume(chemistry, result.concentration_ug_m3);
    else
      result.group_no2_ug_m3 = convert_by_reaction_set(chemistry, result.concentration_ug_m3);
  }
  return result;
}

}  // namespace lantian::plume
