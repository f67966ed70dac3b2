#include "commands.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/config/plume_case.hpp"
#include "lantian/io/text_file.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/plume/deck_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace lantian {

namespace {

/// "1 source" or "2 sources".
std::string counted(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

void tell_plan(const plume::Deck& deck, const plume::AermetWeather& weather) {
  for (const std::string& note : deck.notes) log_warning(note);
  const auto calm = std::ranges::count(weather.hours, plume::HourState::calm, &plume::WeatherHour::state);
  const auto missing =
      std::ranges::count(weather.hours, plume::HourState::missing, &plume::WeatherHour::state);
  log_info(fmt::format("{}: {}, {}, {}; {}, {} of them calm, {} missing", deck.path,
                       counted(deck.sources.size(), "source"), counted(deck.groups.size(), "group"),
                       counted(deck.receptors.size(), "receptor"), counted(weather.hours.size(), "hour"),
                       calm, missing));
}

/// A plume case is TOML: named so, or beginning with a table or a key. All else is a control deck.
bool is_plume_case(const std::string& path) {
  if (path.ends_with(".toml")) return true;
  if (path.ends_with(".inp")) return false;
  for (const std::string& line : split(read_text_file(path), '\n')) {
    const std::string_view text = trimmed(line);
    if (text.empty() || text.front() == '#') continue;
    return text.front() == '[' || text.find('=') != std::string_view::npos;
  }
  return false;
}

}  // namespace

void command_plume(const PlumeOptions& options) {
  const Communicator world = Communicator::world();
  if (options.print_reference) {
    if (world.rank() == 0) print_page(plume_reference_page());
    return;
  }
  if (options.which.path.empty())
    throw ConfigError(
        "lantian plume wants a control deck or a plume case, for example "
        "inputs/cases/qingdao_spring/plume.toml");
  if (is_plume_case(options.which.path)) return command_plume_case(options);
  if (!options.which.set.empty())
    throw Error(ExitCode::usage, "--set lays keys over a plume case; a control deck has none");
  Problems problems;
  plume::Deck deck = plume::read_aermod_deck(options.which.path, options.output, problems);
  deck.options.areas_by_sides = options.areas_as_aermod;
  const plume::AermetWeather weather = plume::read_aermet(deck, problems);
  deck.notes.insert(deck.notes.end(), weather.notes.begin(), weather.notes.end());
  if (problems.empty()) plume::check_deck_run(deck, weather, problems);
  problems.throw_if_any();
  tell_plan(deck, weather);
  if (options.check_only || !deck.is_run) {
    if (world.rank() == 0)
      print_page(fmt::format("{}: all inputs are in order; nothing was run{}\n", deck.path,
                             options.check_only ? "" : " (RUNORNOT NOT)"));
    return;
  }
  catch_interrupts();
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<std::string> files =
      plume::run_deck(deck, weather, {"LANTIAN " + program_version(), !options.without_netcdf}, world);
  const double took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (world.rank() != 0) return;
  const double values = static_cast<double>(weather.hours.size() * deck.sources.size()) *
                        static_cast<double>(deck.receptors.size());
  log_event("end",
            fmt::format("{} in {:.2f} s: {:.3g} values of a source at a receptor a second",
                        counted(weather.hours.size(), "hour"), took_s, values / took_s),
            {{"wall_s", took_s}, {"values_per_s", values / took_s}});
  std::string page;
  for (const std::string& file : files) page += file + " written\n";
  print_page(page);
}

}  // namespace lantian
