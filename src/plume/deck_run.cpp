#include "lantian/plume/deck_run.hpp"

#include "deck_background.hpp"
#include "deck_deposition.hpp"
#include "deck_results.hpp"
#include "varying_factors.hpp"

#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/plume/plume_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace lantian::plume {

namespace {

DeckHour time_of(const WeatherHour& hour) {
  return {hour.year, hour.month, hour.day, hour.hour};
}

std::string name_of(const WeatherHour& hour) {
  return fmt::format("{:04}-{:02}-{:02} hour {}", hour.year, hour.month, hour.day, hour.hour);
}

/// The engine for a stretch of hours: built once when no source varies, else with the stretch's factors, and
/// anew for each hour when HOUREMIS changes more than the emission.
class StretchEngine {
 public:
  StretchEngine(const Deck& deck, const AermetWeather& weather) : deck_(deck), weather_(weather) {
    has_factors_ =
        std::ranges::any_of(deck.courses, [](const SourceCourse& one) { return !one.factor.values.empty(); });
    has_hours_ =
        std::ranges::any_of(deck.courses, [](const SourceCourse& one) { return !one.hourly.empty(); });
    if (!has_factors_ && !has_hours_) engine_.emplace(engine_of(deck.sources));
  }

  /// Before the hours from `first` to `end`.
  void begin(std::size_t first, std::size_t end) {
    first_ = first;
    if (!has_factors_ || has_hours_) return;
    std::vector<Source> sources = deck_.sources;
    for (std::size_t s = 0; s < sources.size(); ++s) {
      const VaryingFactor& factor = deck_.courses[s].factor;
      if (factor.values.empty()) continue;
      for (std::size_t n = first; n < end; ++n)
        sources[s].emission_factors.push_back(
            factor_of(factor, weather_.hours[n], deck_.weather.wind_speed_bounds_m_s));
    }
    engine_.emplace(engine_of(std::move(sources)));
  }

  [[nodiscard]] HourResult hour(std::size_t n) const {
    const WeatherHour& weather = weather_.hours[n];
    if (!has_hours_) return engine_->hour(weather, n - first_);
    std::vector<Source> sources = deck_.sources;
    for (std::size_t s = 0; s < sources.size(); ++s) vary(sources[s], deck_.courses[s], weather);
    return engine_of(std::move(sources)).hour(weather, 0);
  }

 private:
  [[nodiscard]] PlumeEngine engine_of(std::vector<Source> sources) const {
    Options options = deck_.options;
    if (options.no2 == NitrogenDioxide::grsm)
      for (const SourceGroup& group : deck_.groups) options.source_groups.push_back(group.sources);
    return {std::move(sources), deck_.receptors, std::move(options), weather_.traits};
  }

  void vary(Source& source, const SourceCourse& course, const WeatherHour& weather) const {
    if (!course.hourly.empty()) {
      const auto found = course.hourly.find(hour_number(time_of(weather)));
      const HourlyRelease release = found == course.hourly.end() ? HourlyRelease{} : found->second;
      source.emission = release.emission;
      source.gas_temperature_k = release.gas_temperature_k.value_or(source.gas_temperature_k);
      source.gas_velocity_m_s = release.gas_velocity_m_s.value_or(source.gas_velocity_m_s);
      source.release_height_m = release.release_height_m.value_or(source.release_height_m);
      source.initial_sigma_y_m = release.initial_sigma_y_m.value_or(source.initial_sigma_y_m);
      source.initial_sigma_z_m = release.initial_sigma_z_m.value_or(source.initial_sigma_z_m);
    }
    source.emission *= factor_of(course.factor, weather, deck_.weather.wind_speed_bounds_m_s);
  }

  const Deck& deck_;
  const AermetWeather& weather_;
  bool has_factors_ = false, has_hours_ = false;
  std::size_t first_ = 0;
  std::optional<PlumeEngine> engine_;
};

/// What a type of result counts of an hour: one field or the sum of two.
struct CountedFields {
  std::span<const double> one, other;
  [[nodiscard]] double at(std::size_t n) const { return other.empty() ? one[n] : one[n] + other[n]; }
};
CountedFields counted_fields(const std::string& code, const HourResult& result) {
  if (code == "CONC") return {result.concentration_ug_m3, {}};
  if (code == "DDEP") return {result.dry_deposition_g_m2, {}};
  if (code == "WDEP") return {result.wet_deposition_g_m2, {}};
  return {result.dry_deposition_g_m2, result.wet_deposition_g_m2};
}

/// Adds the background to the concentrations of the groups that have it.
void add_background(const Deck& deck, const WeatherHour& hour, const ValueLayout& layout,
                    std::span<double> values) {
  const std::optional<double> level_ug_m3 = background_ug_m3(deck, hour);
  if (!level_ug_m3) return;
  constexpr double micrograms_per_gram = 1.0e6;
  const double level = *level_ug_m3 * deck.emission_unit_factor / micrograms_per_gram;
  const std::vector<ResultType> types = result_types(deck);
  for (std::size_t type = 0; type < types.size(); ++type)
    for (std::size_t group = 0; group < layout.groups; ++group) {
      if (types[type].is_deposition || deck.groups[group].background != SourceGroup::Background::wanted)
        continue;
      for (double& value : values.subspan(layout.row(type, group) * layout.receptors, layout.receptors))
        value += level;
    }
}

/// Sums over the sources of each group, in the deck's units. @return what is wrong with them, or nothing.
std::string add_groups(const Deck& deck, const HourResult& result, const ValueLayout& layout,
                       std::span<double> values) {
  const std::vector<ResultType> types = result_types(deck);
  const std::size_t receptors = layout.receptors;
  constexpr double micrograms_per_gram = 1.0e6;
  for (std::size_t type = 0; type < types.size(); ++type) {
    const std::string& code = types[type].code;
    const CountedFields fields = counted_fields(code, result);
    const double factor = types[type].is_deposition ? deck.deposition_unit_factor
                                                    : deck.emission_unit_factor / micrograms_per_gram;
    for (std::size_t group = 0; group < layout.groups; ++group) {
      const std::span<double> row = values.subspan(layout.row(type, group) * receptors, receptors);
      if (code == "CONC" && !result.group_no2_ug_m3.empty()) {  // of sources that react with one another
        for (std::size_t n = 0; n < receptors; ++n) {
          row[n] = factor * result.group_no2_ug_m3[group * receptors + n];
          if (!std::isfinite(row[n]))
            return fmt::format("group {} at receptor {}: {} is not finite", deck.groups[group].name, n + 1,
                               code);
        }
        continue;
      }
      for (const std::size_t source : deck.groups[group].sources)
        for (std::size_t n = 0; n < receptors; ++n) {
          const double value = fields.at(source * receptors + n);
          if (!std::isfinite(value))
            return fmt::format("source {} at receptor {} ({:g}, {:g}): {} is not finite",
                               deck.sources[source].name, n + 1, deck.receptors[n].place.x_m,
                               deck.receptors[n].place.y_m, code);
          row[n] += factor * value;
        }
    }
  }
  return "";
}

double free_bytes(const std::string& path) {
  std::error_code fault;
  std::filesystem::path folder = std::filesystem::absolute(path, fault).parent_path();
  while (!folder.empty() && !std::filesystem::exists(folder, fault) && folder != folder.root_path())
    folder = folder.parent_path();
  const std::filesystem::space_info space = std::filesystem::space(folder, fault);
  return fault ? HUGE_VAL : static_cast<double>(space.available);
}

void check_space(const Deck& deck, std::size_t hours, const DeckRunOptions& options) {
  const double needed = expected_bytes(deck, hours, options.with_netcdf);
  const double left = free_bytes(deck.outputs.printed_path);
  constexpr double margin = 0.9;
  if (needed > margin * left)
    throw OutputError(
        fmt::format("{}: the files of the run take some {:.2g} GB, and {:.2g} GB are free; free space, "
                    "choose another --output, or "
                    "do without hourly values: --no-netcdf, fewer POSTFILE",
                    deck.outputs.printed_path, needed / 1.0e9, left / 1.0e9));
}

void check_years(const Deck& deck, const AermetWeather& weather, Problems& problems) {
  const bool is_annual = std::ranges::find(deck.averages, AveragingTime::Kind::annual,
                                           &AveragingTime::kind) != deck.averages.end();
  constexpr std::size_t hours_of_short_year = 8760;
  if (is_annual && weather.hours.size() < hours_of_short_year)
    problems.add(fmt::format(
        "{}: CO AVERTIME ANNUAL needs a year of weather; there are {} hours; PERIOD averages over "
        "what there is",
        deck.path, weather.hours.size()));
}

void check_events(const Deck& deck, const AermetWeather& weather, Problems& problems) {
  for (const Event& event : deck.events)
    if (std::ranges::none_of(weather.hours, [&](const WeatherHour& hour) {
          return hour_number(time_of(hour)) == hour_number(event.end);
        }))
      problems.add(fmt::format("{}: EV EVENTPER: the weather has no hour with which event {} ends", deck.path,
                               event.name));
}

}  // namespace

void check_deck_run(const Deck& deck, const AermetWeather& weather, Problems& problems) {
  check_years(deck, weather, problems);
  check_events(deck, weather, problems);
  check_deposition_weather(deck, weather, problems);
  check_background(deck, weather, problems);
  for (std::size_t s = 0; s < deck.sources.size(); ++s) {
    const std::map<long long, HourlyRelease>& hourly = deck.courses[s].hourly;
    if (hourly.empty()) continue;
    const auto lacking = std::ranges::find_if(
        weather.hours, [&](const WeatherHour& hour) { return !hourly.contains(hour_number(time_of(hour))); });
    if (lacking != weather.hours.end())
      problems.add(fmt::format("{}: SO HOUREMIS has no {} of source {}", deck.path, name_of(*lacking),
                               deck.sources[s].name));
  }
  try {
    static_cast<void>(PlumeEngine(deck.sources, {}, deck.options, weather.traits));
  } catch (const Error& error) {  // what the engine cannot do
    problems.add(fmt::format("{}: {}", deck.path, error.what()), error.exit_code());
  }
  const NitrogenDioxide method = deck.options.no2;
  const bool needs_ozone =
      method == NitrogenDioxide::olm || method == NitrogenDioxide::pvmrm || method == NitrogenDioxide::grsm;
  // Without a wind there is no sector, nor are such hours worked out.
  const auto counts = [](const SectorBackground& background, const WeatherHour& hour) {
    return background.sectors_deg.empty() || hour.state == HourState::valid;
  };
  const auto lacking = std::ranges::find_if(weather.hours, [&](const WeatherHour& hour) {
    return counts(deck.background.ozone, hour) && !hour.ozone_ug_m3;
  });
  const bool has_some = std::ranges::any_of(
      weather.hours, [](const WeatherHour& hour) { return hour.ozone_ug_m3.has_value(); });
  if (needs_ozone && lacking != weather.hours.end() && !has_some)  // some: read_aermet tells of the others
    problems.add(fmt::format("{}: CO OZONEFIL has no ozone of {}; OZONEVAL or O3VALUES fill gaps", deck.path,
                             name_of(*lacking)));
  const auto without_nox = std::ranges::find_if(weather.hours, [&](const WeatherHour& hour) {
    return counts(deck.background.nox, hour) && !hour.nox_ug_m3;
  });
  if (method == NitrogenDioxide::grsm && without_nox != weather.hours.end())
    problems.add(fmt::format("{}: CO NOX_FILE has no NOx of {}; NOXVALUE or NOX_VALS fill gaps", deck.path,
                             name_of(*without_nox)));
}

namespace {

/// Which hours of a stretch each rank works out; the values of a rank lie together, in the order of its
/// hours.
class StretchShares {
 public:
  /// @param of_first  hours of the first rank, spread evenly; the others take turns.
  StretchShares(std::size_t count, std::size_t of_first, std::size_t ranks) : hours_(ranks), place_(count) {
    std::size_t turn = 0;
    for (std::size_t n = 0; n < count; ++n) {
      const bool is_first = ranks == 1 || (n + 1) * of_first / count > n * of_first / count;
      hours_[is_first ? 0 : 1 + turn++ % (ranks - 1)].push_back(n);
    }
    std::size_t at = 0;
    for (const std::vector<std::size_t>& of_rank : hours_) {
      for (const std::size_t n : of_rank) place_[n] = at++;
      ends_.push_back(at);
    }
  }
  [[nodiscard]] const std::vector<std::size_t>& hours_of(std::size_t rank) const { return hours_[rank]; }
  /// Of an hour, among those of all ranks.
  [[nodiscard]] std::size_t place_of(std::size_t hour) const { return place_[hour]; }
  /// Where each rank's values end, `size` an hour.
  [[nodiscard]] std::vector<std::size_t> ends(std::size_t size) const {
    std::vector<std::size_t> ends = ends_;
    for (std::size_t& end : ends) end *= size;
    return ends;
  }

 private:
  std::vector<std::vector<std::size_t>> hours_;
  std::vector<std::size_t> place_, ends_;
};

/// How many hours of the next stretch the first rank works out: fewer than the others, as it adds up the
/// results and writes files. By what both took it so far; the results do not depend on it.
class FirstRanksHours {
 public:
  void took(std::size_t hours, double work_s, double adding_s) {
    if (hours > 0) hour_s_ = work_s / static_cast<double>(hours);
    adding_s_ = adding_s;
  }
  /// The same on all ranks.
  [[nodiscard]] std::size_t of(std::size_t count, const Communicator& ranks) const {
    const auto size = static_cast<double>(ranks.size()), all = static_cast<double>(count);
    double hours = all / size;
    if (hour_s_ > 0.0) hours -= (size - 1.0) * adding_s_ / (size * hour_s_);
    hours = std::clamp(std::round(hours), 1.0, all);
    ranks.broadcast({&hours, 1}, 0);
    return static_cast<std::size_t>(hours);
  }

 private:
  double hour_s_ = 0.0, adding_s_ = 0.0;
};

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

struct StretchFault {
  std::string sentence;  // empty: none
  std::size_t hour = 0;
};

/// Works out hours of a stretch that begins at `first` into `values`, [hour][type][group][receptor].
/// @return the fault of the earliest hour that has one
// NOLINTNEXTLINE(readability-function-size): a deck, its hours, how they are worked out, and where values go
StretchFault work_out(const Deck& deck, const AermetWeather& weather, const StretchEngine& engine,
                      std::size_t first, const std::vector<std::size_t>& hours, const ValueLayout& layout,
                      std::span<double> values) {
  std::vector<std::string> faults(hours.size());
  const auto count = static_cast<long>(hours.size());
#pragma omp parallel for schedule(dynamic, 1)
  for (long n = 0; n < count; ++n) {
    const auto at = static_cast<std::size_t>(n);
    const std::size_t hour = first + hours[at];
    if (weather.hours[hour].state != HourState::valid) continue;
    try {
      const std::span<double> of_hour = values.subspan(at * layout.size(), layout.size());
      faults[at] = add_groups(deck, engine.hour(hour), layout, of_hour);
      add_background(deck, weather.hours[hour], layout, of_hour);
    } catch (const std::exception& error) {
      faults[at] = error.what();
    }
  }
  const auto bad = std::ranges::find_if(faults, [](const std::string& one) { return !one.empty(); });
  if (bad == faults.end()) return {};
  const std::size_t hour = first + hours[static_cast<std::size_t>(bad - faults.begin())];
  return {fmt::format("{}: {}", name_of(weather.hours[hour]), *bad), hour};
}

void stop_if_asked(const Communicator& ranks) {
  const bool is_by_user = ranks.any(stop_request() == StopRequest::by_user);
  if (is_by_user || ranks.any(stop_request() != StopRequest::none))
    throw Interruption("stopped before the last hour; no file was written, run it again",
                       is_by_user ? ExitCode::interrupted : ExitCode::stopped);
}

}  // namespace

std::vector<std::string> run_deck(const Deck& deck, const AermetWeather& weather,
                                  const DeckRunOptions& options, const Communicator& ranks) {
  const ValueLayout layout = layout_of(deck);
  const std::size_t hours = weather.hours.size();
  check_space(deck, hours, options);
  const auto size = static_cast<std::size_t>(ranks.size()), rank = static_cast<std::size_t>(ranks.rank());
  std::optional<DeckResults> results;
  if (rank == 0)
    results.emplace(deck, TableOrigin{options.program, weather.version}, weather.hours,
                    options.with_netcdf ? deck.outputs.netcdf_path : "");
  // So many hours at once that each rank has work and the values of all groups stay below some 64 MB.
  constexpr std::size_t most_values = 8'000'000, longest = 48;
  const std::size_t stretch = std::clamp(most_values / layout.size(), size, std::max(longest, size));
  StretchEngine engine(deck, weather);
  FirstRanksHours of_first;
  std::vector<double> values;  // of all ranks on the first, elsewhere of this one
  for (std::size_t first = 0; first < hours; first += stretch) {
    const std::size_t end = std::min(first + stretch, hours);
    const StretchShares shares(end - first, of_first.of(end - first, ranks), size);
    const std::vector<std::size_t>& own = shares.hours_of(rank);
    auto begin = std::chrono::steady_clock::now();
    engine.begin(first, end);
    values.assign((rank == 0 ? end - first : own.size()) * layout.size(), 0.0);
    const StretchFault fault = work_out(deck, weather, engine, first, own, layout, values);
    const double work_s = seconds_since(begin);
    ranks.throw_together(fault.sentence, static_cast<std::int64_t>(fault.hour));
    ranks.collect(values, values, shares.ends(layout.size()));
    stop_if_asked(ranks);  // before the first rank adds up, so that the others need not wait for it
    begin = std::chrono::steady_clock::now();
    for (std::size_t n = first; results && n < end; ++n)
      results->add(n, std::span(values).subspan(shares.place_of(n - first) * layout.size(), layout.size()));
    of_first.took(own.size(), work_s, seconds_since(begin));
    show_progress(static_cast<double>(end) / static_cast<double>(hours),
                  fmt::format("hour {} of {}", end, hours));
    if (end * 10 / hours != first * 10 / hours && end < hours)
      log_event("hour", fmt::format("hour {} of {} done", end, hours),
                {{"hour", static_cast<double>(end)}, {"hours", static_cast<double>(hours)}});
  }
  hide_progress();
  return results ? results->finish() : std::vector<std::string>{};
}

}  // namespace lantian::plume
