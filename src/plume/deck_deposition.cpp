#include "deck_deposition.hpp"

#include "deck_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace lantian::plume {

namespace {

bool has_word(const Card& card, const char* word) {
  return std::ranges::find(card.fields, word) != card.fields.end();
}

bool has_particles(const Source& source) {
  return !source.particles.empty() || source.particle_mean;
}

bool knows_surface(const Options& options) {
  return options.deposition_seasons.front() > 0 && options.deposition_land_use.front() > 0;
}

/// What GASDEPVD, the velocity of all gases, goes together with.
void check_given_velocity(const Deck& deck, Problems& problems) {
  if (std::ranges::any_of(deck.sources, [](const Source& source) { return source.gas.has_value(); }))
    problems.add(
        fmt::format("{}: CO GASDEPVD gives all gases one deposition velocity, and SO GASDEPOS works it out: "
                    "give one of them",
                    deck.path));
  const bool washes_particles =
      deck.options.wet_depletion && std::ranges::any_of(deck.sources, has_particles);
  if (deck.with_wet || deck.with_deposition || washes_particles)
    problems.add(
        fmt::format("{}: CO GASDEPVD knows of no wet deposition: leave out WDEP and DEPOS of MODELOPT{}",
                    deck.path, washes_particles ? ", and add NOWETDPLT for the particles" : ""));
}

}  // namespace

void read_gas_velocity(const Card& card, Deck& deck, Problems& problems) {
  if (has_fields(card, 1, 1, "the deposition velocity of all gases [m/s]", problems))
    deck.options.gas_velocity_m_s = number_at(card, 0, "deposition velocity", {1.0e-9, 1.0, "m/s"}, problems);
}

void read_gas_defaults(const Card& card, Deck& deck, Problems& problems) {
  if (!has_fields(card, 3, 4,
                  "reactivity, leaves in autumn and in spring over those in summer (, a pollutant)",
                  problems))
    return;
  Options& options = deck.options;
  options.gas_reactivity = number_at(card, 0, "reactivity", {0.0, 1.0, ""}, problems);
  options.leaves_in_autumn = number_at(card, 1, "leaves in autumn", {0.01, 1.0, ""}, problems);
  options.leaves_in_spring = number_at(card, 2, "leaves in spring", {0.01, 1.0, ""}, problems);
}

void read_depletion_options(const Card& card, Deck& deck, Problems& problems) {
  Options& options = deck.options;
  options.dry_depletion = !has_word(card, "NODRYDPLT");
  options.wet_depletion = !has_word(card, "NOWETDPLT");
  options.romberg_depletion = has_word(card, "ROMBERG");
  options.one_depletion_of_area = has_word(card, "AREADPLT");
  for (const char* word : {"DRYDPLT", "ROMBERG", "AREADPLT"})
    if (!options.dry_depletion && has_word(card, word))
      refuse(card, fmt::format("{} and NODRYDPLT exclude each other", word), problems);
  if (!options.wet_depletion && has_word(card, "WETDPLT"))
    refuse(card, "WETDPLT and NOWETDPLT exclude each other", problems);
  if (has_word(card, "DFAULT") && options.one_depletion_of_area)
    refuse(card, "DFAULT excludes AREADPLT", problems);
}

void check_deposition(const Deck& deck, Problems& problems) {
  const Options& options = deck.options;
  const bool has_season = options.deposition_seasons.front() > 0,
             has_land_use = options.deposition_land_use.front() > 0;
  if (has_season != has_land_use)
    problems.add(fmt::format("{}: CO {} is given without {}; dry deposition of gases needs both", deck.path,
                             has_season ? "GDSEASON" : "GDLANUSE", has_season ? "GDLANUSE" : "GDSEASON"));
  if (options.gas_velocity_m_s) check_given_velocity(deck, problems);
  for (const Source& source : deck.sources) {
    if (options.deposition && !has_particles(source) && !source.gas && !options.gas_velocity_m_s)
      problems.add(fmt::format(
          "{}: SO LOCATION: deposition is asked for, but source {} has none of PARTDIAM, METHOD_2 and "
          "GASDEPOS (nor has CO GASDEPVD)",
          deck.path, source.name));
    if (source.gas && (deck.with_dry || deck.with_deposition) && !knows_surface(options))
      problems.add(
          fmt::format("{}: CO MODELOPT asks for dry deposition, and SO GASDEPOS gives source {} a gas: CO "
                      "needs GDSEASON, the season "
                      "of each month, and GDLANUSE, the land use by direction",
                      deck.path, source.name));
  }
}

void check_deposition_weather(const Deck& deck, const AermetWeather& weather, Problems& problems) {
  const bool has_gas =
      std::ranges::any_of(deck.sources, [](const Source& source) { return source.gas.has_value(); });
  if (!has_gas && std::ranges::none_of(deck.sources, has_particles)) return;
  constexpr double no_pressure_hPa = 9999.0, no_humidity_percent = 900.0, no_cloud_tenths = 90.0;
  const auto tell = [&](const auto& lacks, const char* what) {
    const auto found = std::ranges::find_if(weather.hours, [&](const WeatherHour& hour) {
      return hour.state == HourState::valid && lacks(hour.surface);
    });
    if (found != weather.hours.end())
      problems.add(
          fmt::format("{}: hour {:04}-{:02}-{:02} {:02} has no {}, which deposition needs; take a file of "
                      "AERMET with all its 25 columns, or leave out the particles and gases of SO",
                      deck.weather.surface, found->year, found->month, found->day, found->hour, what));
  };
  tell([](const SurfaceHour& s) { return s.pressure_hPa >= no_pressure_hPa || s.pressure_hPa <= 0.0; },
       "pressure (column 24)");
  if (!has_gas) return;
  tell([](const SurfaceHour& s) { return s.relative_humidity_percent >= no_humidity_percent; },
       "relative humidity (column 23)");
  tell([](const SurfaceHour& s) { return s.cloud_cover_tenths >= no_cloud_tenths; },
       "cloud cover (column 25)");
}

}  // namespace lantian::plume
