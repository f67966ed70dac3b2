#include "lantian/apportion/zero_out.hpp"
#include "lantian/base/errors.hpp"
#include "lantian/model/surface_air.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lantian {

KnownSources known_sources(const Emissions& emissions) {
  KnownSources known{.sectors = emissions.sectors(),
                     .districts = emissions.districts(),
                     .enterprises = {},
                     .enterprise_names = {},
                     .natural_sectors = emissions.natural_sectors()};
  for (const SourceGroup& one : emissions.enterprises()) {
    known.enterprises.push_back(one.enterprise_id);
    known.enterprise_names[one.enterprise_id] = one.enterprise_name;
  }
  return known;
}

void check_can_rank(const Case& configuration, const SpeciesTable& species) {
  Problems problems;
  const std::vector<SurfaceQuantity> quantities = surface_quantities(species);
  for (const char* needed : {"PM25", "O3"})
    if (std::ranges::find(quantities, needed, &SurfaceQuantity::name) == quantities.end())
      problems.add(fmt::format(
          R"(chemistry.mechanism: "{}" gives no {}; a ranking needs PM2.5 and O3, which "grs" has)",
          configuration.chemistry.mechanism, needed));
  const long long hours = configuration.run.end.seconds_since(configuration.run.start) / 3600;
  constexpr long long window_h = 8;
  if (hours < window_h)
    problems.add(
        fmt::format("run.end: {} h are reported; the daily maximum 8-h mean of O3 needs at least {} h, "
                    "better whole local "
                    "days",
                    hours, window_h));
  if (!configuration.emissions.enabled)
    problems.add("emissions.enabled: is false; a ranking of sources needs their emission");
  problems.throw_if_any();
}

void survey_natural(Inputs& inputs, const RunConfig& run) {
  if (inputs.emissions.natural_sectors().empty()) return;
  UtcTime hour = run.start.plus_seconds(-std::llround(run.spin_up_h * 3600.0));
  for (; hour < run.end; hour = hour.plus_seconds(3600))
    inputs.emissions.survey_natural(hour, inputs.weather.hour(hour).middle, inputs.weather.surface());
}

std::vector<std::string> drop_idle_cuts(std::vector<Member>& members, const Emissions& emissions,
                                        const RunConfig& run) {
  const UtcTime first = run.start.plus_seconds(-std::llround(run.spin_up_h * 3600.0));
  std::vector<std::string> idle;
  std::erase_if(members, [&](const Member& member) {
    if (member.role != Member::Role::cut ||
        emissions.mean_rate_t_d(member.cut, member.pollutant, first, run.end) > 0.0)
      return false;
    idle.push_back(member.name);
    return true;
  });
  return idle;
}

}  // namespace lantian
