#include "lantian/weather/surface_records.hpp"

#include "csv_values.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lantian {

namespace {

constexpr double zero_celsius_k = 273.15;

const std::vector<CsvQuantity>& quantities() {
  static const std::vector<CsvQuantity> all = {
      {"longitude", -180.0, 360.0},
      {"latitude", -90.0, 90.0, "It looks like a longitude: are the two columns swapped?", 90.0, 180.0},
      {"temperature_c", -60.0, 60.0, "It looks like kelvin: subtract 273.15.", 200.0, 340.0},
      {"relative_humidity_pct", 0.0, 100.0},
      {"wind_speed_m_s", 0.0, 75.0},
      {"wind_direction_deg", 0.0, 360.0, "It looks like the code of a calm or variable wind.", 900.0, 999.9},
      {"pressure_hpa", 850.0, 1090.0, "It looks like pascal: divide by 100.", 85000.0, 109000.0},
      {"cloud_fraction", 0.0, 1.0, "It looks like tenths, oktas or per cent: give a share of 1.", 1.0, 100.0},
      {"rain_mm_h", 0.0, 200.0}};
  return all;
}

/// One row: its values in the order of `quantities`.
std::optional<std::array<double, 9>> row_values(const CsvTable& table, std::size_t row,
                                                const std::vector<std::size_t>& columns, Problems& problems) {
  std::array<double, 9> values{};
  bool is_whole = true;
  for (std::size_t n = 0; n < values.size(); ++n) {
    const auto value = checked_number(table, row, columns[n], quantities()[n], problems);
    is_whole = is_whole && value.has_value();
    values[n] = value.value_or(0.0);
  }
  return is_whole ? std::optional(values) : std::nullopt;
}

SurfaceRecord record_of(const std::array<double, 9>& values) {
  const EarthWind wind = wind_from(values[4], values[5]);
  return {.temperature_k = values[2] + zero_celsius_k,
          .relative_humidity = values[3] / 100.0,
          .wind_east_m_s = wind.east_m_s,
          .wind_north_m_s = wind.north_m_s,
          .sea_level_pressure_pa = values[6] * 100.0,
          .cloud_fraction = values[7],
          .rain_mm_h = values[8]};
}

SurfaceStation& station_named(std::vector<SurfaceStation>& stations, const std::string& name) {
  const auto found = std::ranges::find(stations, name, &SurfaceStation::name);
  if (found != stations.end()) return *found;
  stations.push_back({.name = name, .place = {}, .is_at_sea = {}, .records = {}});
  return stations.back();
}

std::optional<bool> sea_or_land(const CsvTable& table, std::size_t row, Problems& problems) {
  const auto column = table.column("surface");
  if (!column || table.cell(row, *column).empty()) return std::nullopt;
  const std::string& word = table.cell(row, *column);
  if (word != "sea" && word != "land")
    problems.add(fmt::format("{}: surface is \"{}\"; land and sea are known", table.place(row), word));
  return word == "sea";
}

}  // namespace

SurfaceRecords::SurfaceRecords(const std::string& path, Problems& problems) : path_(path) {
  const CsvTable table = CsvTable::read(path);
  std::vector<std::string> names = {"station", "time"};
  for (const CsvQuantity& one : quantities()) names.push_back(one.column);
  auto columns = required_columns(table, names, problems);
  if (!columns) return;
  const std::vector<std::size_t> numbers(columns->begin() + 2, columns->end());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto values = row_values(table, row, numbers, problems);
    UtcTime time;
    try {
      time = parse_utc(table.cell(row, (*columns)[1]));
    } catch (const DataError& fault) {
      problems.add(fmt::format("{}: time: {}", table.place(row), fault.what()));
      continue;
    }
    SurfaceStation& station = station_named(stations_, table.cell(row, (*columns)[0]));
    if (station.records.empty()) station.is_at_sea = sea_or_land(table, row, problems);
    if (!values) continue;
    if (station.records.empty()) station.place = {(*values)[0], (*values)[1]};
    if (!station.records.emplace(time, record_of(*values)).second)
      problems.add(fmt::format("{}: station {} has {} twice; keep one", table.place(row), station.name,
                               to_iso8601(time)));
  }
  if (table.rows() == 0) problems.add(fmt::format("{}: holds no record", path));
}

UtcTime SurfaceRecords::first() const {
  UtcTime earliest = stations_.front().records.begin()->first;
  for (const SurfaceStation& station : stations_)
    if (!station.records.empty()) earliest = std::min(earliest, station.records.begin()->first);
  return earliest;
}

void SurfaceRecords::check_cover(UtcTime begin, UtcTime end, Problems& problems) const {
  if (stations_.empty()) return;
  std::vector<std::string> missing;
  for (UtcTime time = begin; time <= end; time = time.plus_seconds(3600))
    if (std::ranges::none_of(stations_, [time](const auto& one) { return one.records.contains(time); }))
      missing.push_back(to_iso8601(time));
  if (!missing.empty())
    problems.add(fmt::format("{}: no station has a record of {}; each hour from {} to {} needs one", path_,
                             listed(missing), to_iso8601(begin), to_iso8601(end)));
}

}  // namespace lantian
