#include "lantian/weather/weather.hpp"

#include "weather_domain.hpp"
#include "weather_hours.hpp"
#include "wrf_files.hpp"
#include "wrf_grid.hpp"
#include "wrf_reader.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/log.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <utility>

namespace lantian {

struct Weather::State {
  explicit State(const Case& configuration) : config(configuration.weather) {}

  WeatherConfig config;
  std::optional<WrfFiles> files;
  std::optional<WrfReader> reader;
  std::optional<WeatherDomain> domain;
  std::optional<WeatherHours> hours;

  [[nodiscard]] const WeatherDomain& ready() const {
    if (!domain) throw InternalError("weather: asked for before its faults were reported");
    return *domain;
  }
};

namespace {

std::vector<std::string> absolute_patterns(const Case& configuration) {
  std::vector<std::string> patterns;
  for (const auto& file : configuration.weather.files) patterns.push_back(configuration.resolve(file));
  return patterns;
}

/// Reads all that the case needs, for its faults: a run must not stop for them after days. Both ends tell
/// what all instants have in common, so that of the others only the first faulty one is told.
void check_values(const WrfFiles& files, const WrfReader& reader, Problems& problems) {
  const auto& all = files.instants();
  const std::size_t faults = problems.sentences().size();
  (void)reader.read(all.front(), problems);
  if (all.size() > 1) (void)reader.read(all.back(), problems);
  for (std::size_t n = 1; n + 1 < all.size() && problems.sentences().size() == faults; ++n)
    (void)reader.read(all[n], problems);
}

}  // namespace

std::vector<std::string> weather_files(const Case& configuration) {
  std::vector<std::string> files;
  for (const std::string& pattern : absolute_patterns(configuration))
    for (const std::string& file : expand_pattern(pattern)) files.push_back(file);
  return files;
}

Weather::Weather(const Case& configuration, Problems& problems)
    : state_(std::make_unique<State>(configuration)) {
  State& state = *state_;
  const std::size_t faults = problems.sentences().size();
  const auto is_clean = [&] { return problems.sentences().size() == faults; };
  const UtcTime begin =
      configuration.run.start.plus_seconds(-std::llround(configuration.run.spin_up_h * seconds_per_hour));
  try {
    state.files.emplace(absolute_patterns(configuration), problems);
    if (state.files->empty()) return;
    state.files->check_cover(begin, configuration.run.end, problems);
    state.files->keep_needed(begin, configuration.run.end);
    const WrfInstant first = state.files->instants().front();
    const auto whole = wrf_grid(state.files->file(first.file), first.record, problems);
    if (!whole) return;
    const CellWindow common = place_instants(*state.files, *whole, problems);
    state.reader.emplace(*state.files, CellWindow{0, 0, whole->columns(), whole->rows()}, common,
                         state.config.eddy_diffusivity == "wrf");
    state.reader->check_variables(problems);
    if (!is_clean()) return;
    const HorizontalGrid grid =
        whole->window(common.first_column, common.first_row, common.columns, common.rows);
    auto domain = weather_domain(configuration, *state.files, *state.reader, grid, problems);
    check_values(*state.files, *state.reader, problems);
    if (!domain) return;
    state.domain = std::move(domain);  // with faults elsewhere too: other readers check against the grid
    if (!is_clean()) return;
    warn_of_missing_fields(*state.reader);
    tell_of_mean_fluxes(*state.reader);
    state.hours.emplace(state.config, *state.files, *state.reader, *state.domain);
    log_info(fmt::format(
        "weather: {} files, {} times, {} x {} cells x {} layers{} to {:g} m; K at least {:g} m2/s, {:g} in "
        "cities; "
        "{} cells of the weather's edge are cut (grid.trim)",
        state.files->paths().size(), state.files->instants().size(), state.domain->grid.columns(),
        state.domain->grid.rows(), state.domain->layers.count(),
        state.domain->layers.follow_weather() ? " of the weather" : "", state.domain->layers.model_top_m(),
        state.config.minimum_kz_m2_s, state.config.minimum_kz_urban_m2_s, configuration.grid.trim));
  } catch (const Error& error) {
    problems.add(error);
  }
}

Weather::~Weather() = default;
Weather::Weather(Weather&&) noexcept = default;
Weather& Weather::operator=(Weather&&) noexcept = default;

bool Weather::has_grid() const {
  return state_->domain.has_value();
}

const HorizontalGrid& Weather::grid() const {
  return state_->ready().grid;
}

const Layers& Weather::layers() const {
  return state_->ready().layers;
}

const Surface& Weather::surface() const {
  return state_->ready().surface;
}

WeatherHour Weather::hour(UtcTime start) {
  if (!state_->hours) throw InternalError("weather: an hour is asked for before the faults were reported");
  return state_->hours->hour(start);
}

const std::vector<std::string>& Weather::files() const {
  static const std::vector<std::string> none;
  return state_->files ? state_->files->paths() : none;
}

}  // namespace lantian
