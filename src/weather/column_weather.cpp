#include "lantian/weather/column_weather.hpp"

#include "meteorology/clear_sky.hpp"
#include "meteorology/dyer1974.hpp"
#include "missing_fields.hpp"
#include "weather_domain.hpp"
#include "wrf_files.hpp"
#include "wrf_grid.hpp"
#include "wrf_reader.hpp"

#include "lantian/base/constants.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

namespace lantian {

struct ColumnWeather::State {
  std::optional<WrfFiles> files;
  std::optional<WrfReader> reader;
  std::optional<WeatherDomain> domain;
  std::vector<std::size_t> instant_of_hour;
  std::optional<std::size_t> instant_of_start;  // with rain
  std::vector<HorizontalGrid::Cell> cells;      // in the window
  Surface surface;                              // of the window: what missing fields are made with
  CellPlaces places;
  std::vector<double> convergence_rad;  // of the chosen cells

  [[nodiscard]] std::optional<std::size_t> find(UtcTime at) const;
  void find_hours(const Case& configuration, Problems& problems);
  void find_start(const Case& configuration, Problems& problems);
  [[nodiscard]] Array2<double> rain_mm(std::size_t hour, const Array2<double>& at_end,
                                       Problems& problems) const;
};

namespace {

std::vector<std::string> absolute_patterns(const Case& configuration) {
  std::vector<std::string> patterns;
  for (const auto& file : configuration.weather.files) patterns.push_back(configuration.resolve(file));
  return patterns;
}

Array2<double> cut(const Array2<double>& plane, CellWindow window) {
  Array2<double> part(window.rows, window.columns);
  for (int j = 0; j < window.rows; ++j)
    for (int i = 0; i < window.columns; ++i)
      part(j, i) = plane(window.first_row + j, window.first_column + i);
  return part;
}

/// The least block of cells that holds all of these.
CellWindow window_of(std::span<const HorizontalGrid::Cell> cells) {
  const auto [south, north] = std::ranges::minmax(cells, {}, &HorizontalGrid::Cell::row);
  const auto [west, east] = std::ranges::minmax(cells, {}, &HorizontalGrid::Cell::column);
  return {west.column, south.row, east.column - west.column + 1, north.row - south.row + 1};
}

/// A wind along the grid's axes turned to east and north.
struct EarthWind {
  double east_m_s, north_m_s;
};
EarthWind to_earth(double x_m_s, double y_m_s, double convergence_rad) {
  const double c = std::cos(convergence_rad), s = std::sin(convergence_rad);
  return {x_m_s * c + y_m_s * s, y_m_s * c - x_m_s * s};
}

double potential_k(double temperature_k, double pressure_pa) {
  return temperature_k *
         std::pow(1.0e5 / pressure_pa, dry_air_gas_constant_j_kg_k / air_heat_capacity_j_kg_k);
}

/// Share of saturation that the lowest layer's vapour makes at 2 m.
double relative_humidity(const MetFields& f, HorizontalGrid::Cell at) {
  constexpr double ratio = dry_air_gas_constant_j_kg_k / water_vapour_gas_constant_j_kg_k;
  const double vapour = f.water_vapour_kg_kg(0, at.row, at.column),
               pressure_pa = f.surface_pressure_pa(at.row, at.column),
               vapour_pa = pressure_pa * vapour / (ratio + vapour);
  return std::clamp(vapour_pa / saturation_vapour_pressure_pa(f.temperature_2m_k(at.row, at.column)), 0.0,
                    1.0);
}

ColumnAir column_of(const MetFields& f, HorizontalGrid::Cell at, double roughness_m, double convergence_rad) {
  const int j = at.row, i = at.column;
  constexpr double least_friction_m_s = 0.01;  // what models write in still air would make L vanish
  ColumnAir air{};
  air.friction_velocity_m_s = std::max(f.friction_velocity_m_s(j, i), least_friction_m_s);
  air.sensible_heat_flux_w_m2 = f.sensible_heat_flux_w_m2(j, i);
  air.mixing_height_m = f.mixing_height_m(j, i);
  air.roughness_length_m = roughness_m;
  air.temperature_2m_k = f.temperature_2m_k(j, i);
  air.surface_pressure_pa = f.surface_pressure_pa(j, i);
  const double density = air.surface_pressure_pa / (dry_air_gas_constant_j_kg_k * air.temperature_2m_k);
  air.inverse_obukhov_length_per_m = inverse_obukhov_length_per_m(
      air.friction_velocity_m_s, air.sensible_heat_flux_w_m2 / (density * air_heat_capacity_j_kg_k),
      air.temperature_2m_k);
  const EarthWind low = to_earth(f.wind_x_10m_m_s(j, i), f.wind_y_10m_m_s(j, i), convergence_rad);
  air.wind_east_10m_m_s = low.east_m_s;
  air.wind_north_10m_m_s = low.north_m_s;
  air.relative_humidity = relative_humidity(f, at);
  for (int k = 0; k < f.layers(); ++k)
    air.cloud_fraction = std::max(air.cloud_fraction, f.cloud_fraction(k, j, i));
  air.short_wave_w_m2 = std::max(0.0, f.short_wave_w_m2(j, i));
  for (int k = 0; k < f.layers(); ++k) {
    const EarthWind wind =
        to_earth(0.5 * (f.wind_x_m_s(k, j, i) + f.wind_x_m_s(k, j, i + 1)),
                 0.5 * (f.wind_y_m_s(k, j, i) + f.wind_y_m_s(k, j + 1, i)), convergence_rad);
    air.levels.push_back(
        {.height_m = 0.5 * (f.interface_above_ground_m(k, j, i) + f.interface_above_ground_m(k + 1, j, i)),
         .wind_east_m_s = wind.east_m_s,
         .wind_north_m_s = wind.north_m_s,
         .temperature_k = f.temperature_k(k, j, i),
         .potential_temperature_k = potential_k(f.temperature_k(k, j, i), f.pressure_pa(k, j, i))});
  }
  return air;
}

}  // namespace

/// Adaptive time steps make WRF write some seconds late.
std::optional<std::size_t> ColumnWeather::State::find(UtcTime at) const {
  constexpr long long most_off_s = 300;
  const auto& instants = files->instants();
  const auto found = std::ranges::lower_bound(instants, at.plus_seconds(-most_off_s), {}, &WrfInstant::time);
  if (found == instants.end() || std::llabs(found->time.seconds_since(at)) > most_off_s) return std::nullopt;
  return static_cast<std::size_t>(found - instants.begin());
}

/// The instant at the end of each hour.
void ColumnWeather::State::find_hours(const Case& configuration, Problems& problems) {
  const auto& instants = files->instants();
  std::vector<std::string> missing;
  std::size_t missing_count = 0;
  constexpr std::size_t most_told = 6;
  for (UtcTime end = configuration.run.start.plus_seconds(3600); end <= configuration.run.end;
       end = end.plus_seconds(3600)) {
    if (const auto found = find(end)) {
      instant_of_hour.push_back(*found);
      continue;
    }
    if (missing_count++ < most_told) missing.push_back(to_iso8601(end));
  }
  if (missing_count == 0) return;
  problems.add(fmt::format(
      "weather.files have no weather for {} of {} hours: {}{} (they cover {} to {}; an hour takes the air of "
      "the instant at its end, so that weather is needed every hour from one hour after run.start)",
      missing_count, missing_count + instant_of_hour.size(), fmt::join(missing, ", "),
      missing_count > most_told ? fmt::format(" and {} more", missing_count - most_told) : "",
      to_iso8601(instants.front().time), to_iso8601(instants.back().time)));
}

void ColumnWeather::State::find_start(const Case& configuration, Problems& problems) {
  instant_of_start = find(configuration.run.start);
  if (!instant_of_start)
    problems.add(
        fmt::format("weather.files have no weather for {}, run.start: deposition takes the rain of the first "
                    "hour from what "
                    "fell between its beginning and its end; begin the run an hour later, or add the file",
                    to_iso8601(configuration.run.start)));
}

/// What fell in an hour [mm]. A sum that falls was set to 0 in between (restart, bucket): what it holds fell
/// since.
Array2<double> ColumnWeather::State::rain_mm(std::size_t hour, const Array2<double>& at_end,
                                             Problems& problems) const {
  const std::size_t before = hour > 0 ? instant_of_hour.at(hour - 1) : instant_of_start.value();
  const Array2<double> at_begin = reader->rain_mm(files->instants()[before], problems);
  Array2<double> fallen = at_end;
  constexpr double rounding_mm = 1.0e-3;
  for (std::size_t n = 0; n < fallen.values().size(); ++n)
    if (fallen.values()[n] >= at_begin.values()[n] - rounding_mm)
      fallen.values()[n] = std::max(0.0, fallen.values()[n] - at_begin.values()[n]);
  return fallen;
}

ColumnWeather::ColumnWeather(const Case& configuration, Problems& problems, bool with_rain)
    : state_(std::make_unique<State>()) {
  State& state = *state_;
  const std::size_t faults = problems.sentences().size();
  const auto is_clean = [&] { return problems.sentences().size() == faults; };
  try {
    state.files.emplace(absolute_patterns(configuration), problems);
    if (state.files->empty()) return;
    state.files->keep_needed(configuration.run.start.plus_seconds(with_rain ? 0 : 3600),
                             configuration.run.end);
    state.find_hours(configuration, problems);
    if (with_rain) state.find_start(configuration, problems);
    const WrfInstant first = state.files->instants().front();
    const auto whole = wrf_grid(state.files->file(first.file), first.record, problems);
    if (!whole) return;
    const CellWindow common = place_instants(*state.files, *whole, problems);
    state.reader.emplace(*state.files, CellWindow{0, 0, whole->columns(), whole->rows()}, common, false);
    state.reader->check_variables(problems);
    if (with_rain && !state.reader->has_rain())
      problems.add(fmt::format("{}: has none of RAINC, RAINNC and RAINSH; deposition needs the rain",
                               state.files->file(first.file).path()));
    if (!is_clean()) return;
    const HorizontalGrid grid =
        whole->window(common.first_column, common.first_row, common.columns, common.rows);
    auto domain = weather_domain(configuration, *state.files, *state.reader, grid, problems);
    if (!domain) return;
    state.domain = std::move(domain);
    warn_of_missing_fields(*state.reader);
  } catch (const Error& error) {
    problems.add(error);
  }
}

ColumnWeather::~ColumnWeather() = default;
ColumnWeather::ColumnWeather(ColumnWeather&&) noexcept = default;
ColumnWeather& ColumnWeather::operator=(ColumnWeather&&) noexcept = default;

bool ColumnWeather::has_grid() const {
  return state_->domain.has_value();
}

const HorizontalGrid& ColumnWeather::grid() const {
  if (!has_grid()) throw InternalError("weather: its grid is asked for before its faults were reported");
  return state_->domain->grid;
}

const std::vector<std::string>& ColumnWeather::files() const {
  static const std::vector<std::string> none;
  return state_->files ? state_->files->paths() : none;
}

void ColumnWeather::choose(std::span<const HorizontalGrid::Cell> cells) {
  State& state = *state_;
  state.cells.assign(cells.begin(), cells.end());
  state.convergence_rad.clear();
  if (cells.empty()) return;
  const CellWindow window = window_of(cells);
  const WeatherDomain& domain = *state.domain;
  state.reader->set_window(window);
  state.surface.roughness_length_m = cut(domain.surface.roughness_length_m, window);
  state.places = {cut(domain.places.longitude_deg, window), cut(domain.places.latitude_deg, window)};
  for (HorizontalGrid::Cell& cell : state.cells) {
    state.convergence_rad.push_back(
        domain.grid.projection().grid_convergence_rad(domain.grid.centre(cell.row, cell.column)));
    cell.row -= window.first_row;
    cell.column -= window.first_column;
  }
}

std::vector<ColumnAir> ColumnWeather::hour(std::size_t n, Problems& problems) const {
  const State& state = *state_;
  const std::size_t faults = problems.sentences().size();
  MetFields fields = state.reader->read(state.files->instants()[state.instant_of_hour.at(n)], problems);
  if (problems.sentences().size() > faults) return {};
  make_missing_fields(fields, state.surface, state.places);
  const bool has_rain = state.instant_of_start.has_value();
  const Array2<double> rain_mm = has_rain ? state.rain_mm(n, fields.rain_mm, problems) : Array2<double>{};
  if (problems.sentences().size() > faults) return {};
  std::vector<ColumnAir> columns;
  for (std::size_t c = 0; c < state.cells.size(); ++c) {
    const HorizontalGrid::Cell& cell = state.cells[c];
    columns.push_back(column_of(fields, cell, state.surface.roughness_length_m(cell.row, cell.column),
                                state.convergence_rad[c]));
    if (has_rain) columns.back().rain_mm_h = rain_mm(cell.row, cell.column);
  }
  return columns;
}

}  // namespace lantian
