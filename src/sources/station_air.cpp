#include "station_air.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace lantian {

namespace {

struct Column {
  std::size_t index;
  std::string pollutant;
  double factor;
};

std::vector<Column> pollutant_columns(const CsvTable& table) {
  std::vector<Column> columns;
  for (std::size_t c = 0; c < table.header().size(); ++c)
    for (const auto& [suffix, factor] :
         {std::pair{std::string("_ug_m3"), 1.0}, std::pair{std::string("_mg_m3"), 1000.0}})
      if (table.header()[c].ends_with(suffix))
        columns.push_back({c, table.header()[c].substr(0, table.header()[c].size() - suffix.size()), factor});
  if (columns.empty())
    throw DataError(fmt::format("{}:1: no column of concentrations; name them O3_ug_m3, CO_mg_m3; found {}",
                                table.path(), fmt::join(table.header(), ", ")));
  return columns;
}

/// PM10 becomes PMC, what it holds beyond PM2.5.
void make_coarse(std::map<std::string, std::map<UtcTime, double>>& series) {
  if (!series.contains("PM10") || !series.contains("PM25")) return;
  for (const auto& [hour, pm10] : series["PM10"]) {
    const auto fine = series["PM25"].find(hour);
    if (fine != series["PM25"].end()) series["PMC"][hour] = std::max(pm10 - fine->second, 0.0);
  }
  series.erase("PM10");
}

}  // namespace

StationAir::StationAir(const std::string& csv, const std::string& rules)
    : rules_(read_station_rules(rules)), sectors_(rules_.sector.size()), afternoons_(rules_.sector.size()) {
  const CsvTable table = CsvTable::read(csv);
  const std::size_t name = table.required_column("station"), time = table.required_column("time");
  const std::vector<Column> columns = pollutant_columns(table);
  std::map<std::string, std::map<std::string, Series>> by_station;
  std::map<std::pair<std::string, UtcTime>, int> line_of;
  Problems problems;
  int negative = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& stamp = table.cell(row, time);
    UtcTime hour{};
    try {
      hour = parse_utc(stamp).plus_seconds(
          (stamp.ends_with('Z') ? 0 : -std::llround(rules_.utc_offset_h * 3600.0)) -
          (rules_.stamp == "end" ? 3600 : 0));
    } catch (const DataError& error) {
      problems.add(fmt::format("{}: {}", table.place(row), error.what()));
      continue;
    }
    if (const auto [first, is_new] = line_of.try_emplace({table.cell(row, name), hour}, table.line(row));
        !is_new)
      problems.add(fmt::format("{}: station \"{}\" has the hour {} in line {} already", table.place(row),
                               table.cell(row, name), stamp, first->second));
    for (const Column& column : columns) {
      const auto value = table.number(row, column.index, problems);
      if (value && *value >= 0.0)
        by_station[table.cell(row, name)][column.pollutant][hour] = *value * column.factor;
      if (value && *value < 0.0) ++negative;
    }
  }
  problems.throw_if_any();
  if (negative > 0) log_warning(fmt::format("{}: {} values are negative and count as gaps", csv, negative));
  std::vector<std::string> known;
  known.reserve(by_station.size());
  for (const auto& [station, series] : by_station) known.push_back(station);
  for (std::size_t s = 0; s < rules_.sector.size(); ++s) {
    std::map<std::string, std::map<UtcTime, std::vector<double>>> all;
    for (const std::string& station : rules_.sector[s].stations) {
      if (!by_station.contains(station))
        throw DataError(fmt::format("{}: sector {}: there is no station \"{}\" in {}.{}", rules,
                                    rules_.sector[s].name, station, csv, did_you_mean(station, known)));
      make_coarse(by_station[station]);
      for (const auto& [pollutant, series] : by_station[station])
        for (const auto& [hour, value] : series) all[pollutant][hour].push_back(value);
    }
    for (const auto& [pollutant, hours] : all) {
      Series& mean = sectors_[s][pollutant];
      for (const auto& [hour, values] : hours) {
        double sum = 0.0;
        for (const double value : values) sum += value;
        mean[hour] = sum / static_cast<double>(values.size());
      }
      fill_gaps(mean);
      afternoons_[s][pollutant] = afternoons_of(mean);
    }
  }
}

StationAir::Series StationAir::afternoons_of(const Series& hours) const {
  std::map<UtcTime, std::pair<double, int>> days;  // by the instant of an afternoon's middle
  const long long half_s = 1800LL * (rules_.day_end_h - rules_.day_begin_h);
  for (const auto& [hour, value] : hours) {
    const CivilTime local = civil_time(hour, rules_.utc_offset_h);
    if (local.hour < rules_.day_begin_h || local.hour >= rules_.day_end_h) continue;
    auto& [sum, count] = days[hour.plus_seconds(3600LL * (rules_.day_begin_h - local.hour) + half_s)];
    sum += value;
    ++count;
  }
  Series means;
  for (const auto& [middle, day] : days) means[middle] = day.first / day.second;
  return means;
}

void StationAir::fill_gaps(Series& series) const {
  constexpr long long bridged_h = 3;
  std::array<double, 24> sum{}, count{};
  for (const auto& [hour, value] : series) {
    const auto h = static_cast<std::size_t>(civil_time(hour, rules_.utc_offset_h).hour);
    sum[h] += value;
    count[h] += 1.0;
  }
  const auto shape = [&](UtcTime hour) {
    const auto h = static_cast<std::size_t>(civil_time(hour, rules_.utc_offset_h).hour);
    return count[h] > 0.0 ? std::max(sum[h] / count[h], 1.0e-6) : 0.0;
  };
  Series filled;
  for (auto before = series.begin(); before != series.end(); ++before) {
    const auto after = std::next(before);
    if (after == series.end()) break;
    const long long gap_h = after->first.seconds_since(before->first) / 3600;
    for (long long h = 1; h < gap_h; ++h) {
      const double t = static_cast<double>(h) / static_cast<double>(gap_h);
      const UtcTime hour = before->first.plus_seconds(3600 * h);
      double value = (1.0 - t) * before->second + t * after->second;
      if (gap_h - 1 > bridged_h && shape(hour) > 0.0)
        value = shape(hour) *
                ((1.0 - t) * before->second / shape(before->first) + t * after->second / shape(after->first));
      filled[hour] = value;
    }
  }
  series.merge(filled);
}

std::vector<std::string> StationAir::pollutants() const {
  std::set<std::string> names;
  for (const auto& sector : sectors_)
    for (const auto& [pollutant, series] : sector) names.insert(pollutant);
  return {names.begin(), names.end()};
}

template <class Value>
std::optional<double> StationAir::between_sectors(double azimuth_deg, const Value& value) const {
  double sum = 0.0, weights = 0.0;
  for (std::size_t s = 0; s < rules_.sector.size(); ++s) {
    const auto found = value(s);
    if (!found) continue;
    const double apart_deg = std::fabs(std::remainder(azimuth_deg - rules_.sector[s].azimuth_deg, 360.0));
    const double weight =
        1.0 / (100.0 + apart_deg * apart_deg);  // inverse square of the angle, 10 degrees wide
    sum += weight * weight * *found;
    weights += weight * weight;
  }
  return weights > 0.0 ? std::optional(sum / weights) : std::nullopt;
}

std::optional<double> StationAir::at(const std::string& pollutant, UtcTime hour, double azimuth_deg) const {
  return between_sectors(azimuth_deg, [&](std::size_t s) -> std::optional<double> {
    const auto series = sectors_[s].find(pollutant);
    if (series == sectors_[s].end()) return std::nullopt;
    const auto found = series->second.find(hour);
    return found == series->second.end() ? std::nullopt : std::optional(found->second);
  });
}

std::optional<double> StationAir::between_afternoons(const std::string& pollutant, UtcTime hour,
                                                     double azimuth_deg) const {
  const UtcTime middle = hour.plus_seconds(1800);
  return between_sectors(azimuth_deg, [&](std::size_t s) -> std::optional<double> {
    const auto series = afternoons_[s].find(pollutant);
    if (series == afternoons_[s].end() || series->second.empty()) return std::nullopt;
    const auto after = series->second.lower_bound(middle);
    if (after == series->second.begin()) return after->second;
    const auto before = std::prev(after);
    if (after == series->second.end()) return before->second;
    const double t = static_cast<double>(middle.seconds_since(before->first)) /
                     static_cast<double>(after->first.seconds_since(before->first));
    return (1.0 - t) * before->second + t * after->second;
  });
}

}  // namespace lantian
