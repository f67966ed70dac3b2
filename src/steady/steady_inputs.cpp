#include "lantian/steady/steady_inputs.hpp"

#include "steady_parts.hpp"

#include <fmt/format.h>

#include <utility>

namespace lantian::steady {

namespace {

std::string counted(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// Reads every hour for its faults, on the first rank; all ranks throw. Of faults after the first hour that
/// has any none is told: a wrong unit stands in each.
void check_every_hour(const ColumnWeather& weather, std::size_t hours, const Communicator& ranks) {
  Problems problems;
  if (ranks.rank() == 0)
    for (std::size_t n = 0; n < hours && problems.empty(); ++n) static_cast<void>(weather.hour(n, problems));
  std::string text;
  for (const std::string& sentence : problems.sentences()) text += (text.empty() ? "" : "\n") + sentence;
  text = ranks.broadcast(text, 0);
  if (!text.empty()) throw DataError(text);
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
  ColumnWeather weather(shared, problems);
  PlumeEmitters emitters(shared, problems);
  if (!weather.has_grid()) problems.throw_if_any();
  ReceptorPlan receptors = receptor_plan(configuration, weather.grid(), problems);
  SourcePlan sources = source_plan(configuration, emitters, weather.grid(), receptors.projection, problems);
  problems.throw_if_any();
  weather.choose(sources.columns);
  parts_ = std::make_unique<Parts>(Parts{std::move(configuration), std::move(weather), std::move(emitters),
                                         std::move(receptors), std::move(sources)});
  check_every_hour(parts_->weather, static_cast<std::size_t>(parts_->configuration.hours()), ranks);
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
