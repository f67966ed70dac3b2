#include "lantian/steady/steady_inputs.hpp"

#include "ozone_hours.hpp"
#include "plume/gas_deposition.hpp"
#include "steady_parts.hpp"
#include "terrain_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace lantian::steady {

namespace {

std::string counted(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// Water that rain leaves under a column of air, hour by hour. @see ANL/ER/TR-01/003.
class WetGround {
 public:
  /// The ground in an hour; hours follow each other.
  plume::GroundWater hour(const ColumnAir& air) {
    water_mm_ =
        plume::soil_water_mm(water_mm_, rain_1h_ago_mm_, ground_.soil_water_share, air.temperature_2m_k);
    ground_.soil_water_share = plume::soil_water_share(water_mm_);
    ground_.recent_rain_mm = air.rain_mm_h + rain_1h_ago_mm_ + rain_2h_ago_mm_;
    rain_2h_ago_mm_ = rain_1h_ago_mm_;
    rain_1h_ago_mm_ = air.rain_mm_h;
    return ground_;
  }

 private:
  plume::GroundWater ground_;
  double water_mm_ = 180.0, rain_1h_ago_mm_ = 0.0, rain_2h_ago_mm_ = 0.0;
};

/// Reads every hour for its faults, on the first rank; all ranks throw. Of faults after the first hour that
/// has any none is told: a wrong unit stands in each.
/// @param[out] ground  [hour][column] on all ranks, of so many as it holds; empty: not asked for
void check_every_hour(const ColumnWeather& weather, std::size_t hours, const Communicator& ranks,
                      std::vector<plume::GroundWater>& ground) {
  Problems problems;
  const std::size_t columns = ground.size() / hours;
  std::vector<WetGround> wet(columns);
  std::vector<double> numbers(2 * ground.size());
  for (std::size_t n = 0; ranks.rank() == 0 && n < hours && problems.empty(); ++n) {
    const std::vector<ColumnAir> air = weather.hour(n, problems);
    for (std::size_t c = 0; c < std::min(columns, air.size()); ++c) {
      const plume::GroundWater found = wet[c].hour(air[c]);
      numbers[2 * (n * columns + c)] = found.recent_rain_mm;
      numbers[2 * (n * columns + c) + 1] = found.soil_water_share;
    }
  }
  std::string text;
  for (const std::string& sentence : problems.sentences()) text += (text.empty() ? "" : "\n") + sentence;
  text = ranks.broadcast(text, 0);
  if (!text.empty()) throw DataError(text);
  if (!numbers.empty()) ranks.broadcast(numbers, 0);
  for (std::size_t n = 0; n < ground.size(); ++n) ground[n] = {numbers[2 * n], numbers[2 * n + 1]};
}

}  // namespace

CivilTime SteadyInputs::Parts::local_begin(std::size_t n) const {
  return civil_time(configuration.run.start.plus_seconds(3600LL * static_cast<long long>(n)),
                    configuration.run.utc_offset_h);
}

std::vector<double> SteadyInputs::Parts::courses(std::size_t n) {
  const CivilTime local = local_begin(n);
  std::vector<double> factors;
  for (const PlannedSource& source : sources.planned)
    factors.push_back(emitters.course(source.emitter, local));
  return factors;
}

SteadyInputs::SteadyInputs(PlumeCase configuration, const Communicator& ranks) {
  Problems problems;
  const Case shared = configuration.shared_part();
  ColumnWeather weather(shared, problems, !configuration.deposition.is_empty());
  PlumeEmitters emitters(shared, problems);
  if (!weather.has_grid()) problems.throw_if_any();
  ReceptorPlan receptors = receptor_plan(configuration, weather.grid(), problems);
  SourcePlan sources = source_plan(configuration, emitters, weather.grid(), receptors.projection, problems);
  lay_on_terrain(configuration, emitters, receptors, sources, problems);
  std::vector<double> ozone_ug_m3 = ozone_of_hours(configuration, problems);
  problems.throw_if_any();
  weather.choose(sources.columns);
  parts_ = std::make_unique<Parts>(Parts{std::move(configuration),
                                         std::move(weather),
                                         std::move(emitters),
                                         std::move(receptors),
                                         std::move(sources),
                                         std::move(ozone_ug_m3),
                                         {}});
  const auto hours = static_cast<std::size_t>(parts_->configuration.hours());
  if (!parts_->configuration.deposition.gases.empty())
    parts_->ground.resize(hours * parts_->sources.columns.size());
  check_every_hour(parts_->weather, hours, ranks, parts_->ground);
}

SteadyInputs::~SteadyInputs() = default;
SteadyInputs::SteadyInputs(SteadyInputs&&) noexcept = default;
SteadyInputs& SteadyInputs::operator=(SteadyInputs&&) noexcept = default;

const PlumeCase& SteadyInputs::configuration() const {
  return parts_->configuration;
}

std::string SteadyInputs::summary() const {
  const Parts& p = *parts_;
  return fmt::format(
      "{}: {} in the air of {}, told as {}; {}; {}", p.configuration.path,
      counted(p.sources.sources.size(), "plume"), counted(p.sources.columns.size(), "cell"),
      counted(p.sources.rows.size(),
              p.configuration.output.by == "total" ? "sum" : p.configuration.output.by.c_str()),
      counted(p.receptors.receptors.size(), "receptor"),
      counted(static_cast<std::size_t>(p.configuration.hours()), "hour"));
}

double SteadyInputs::value_count() const {
  return static_cast<double>(parts_->sources.sources.size()) *
         static_cast<double>(parts_->receptors.receptors.size()) * parts_->configuration.hours();
}

}  // namespace lantian::steady
