#include "profiles.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <utility>

namespace lantian {

TemporalProfile::TemporalProfile(std::vector<double> month, std::vector<double> weekday,
                                 std::vector<double> hour)
    : month_(std::move(month)), weekday_(std::move(weekday)), hour_(std::move(hour)) {}

double TemporalProfile::raw(int month, int weekday, int hour) const {
  return month_[static_cast<std::size_t>(month - 1)] * weekday_[static_cast<std::size_t>(weekday)] *
         hour_[static_cast<std::size_t>(hour)];
}

double TemporalProfile::of_month(const CivilTime& local) {
  auto [found, is_new] = month_mean_.try_emplace({local.year, local.month}, 0.0);
  if (is_new) {
    const int days = days_in_month(local.year, local.month);
    double sum = 0.0;
    for (int day = 1; day <= days; ++day) {
      const int weekday = civil_time(from_civil(local.year, local.month, day)).weekday;
      for (int hour = 0; hour < 24; ++hour) sum += raw(local.month, weekday, hour);
    }
    found->second = sum / (24.0 * days);
  }
  return raw(local.month, local.weekday, local.hour) / found->second;
}

double TemporalProfile::of_year(const CivilTime& local) {
  auto [found, is_new] = year_mean_.try_emplace(local.year, 0.0);
  if (is_new) {
    const int days = days_in_year(local.year);
    double sum = 0.0;
    for (int day = 0; day < days; ++day) {
      const CivilTime date = civil_time(from_civil(local.year, 1, 1).plus_seconds(86400LL * day));
      for (int hour = 0; hour < 24; ++hour) sum += raw(date.month, date.weekday, hour);
    }
    found->second = sum / (24.0 * days);
  }
  return raw(local.month, local.weekday, local.hour) / found->second;
}

namespace {

std::vector<double> numbers_in(const CsvTable& table, std::size_t row, const std::string& column,
                               Problems& problems) {
  std::vector<double> numbers;
  for (const std::string& word : split(table.cell(row, table.required_column(column)), ' ')) {
    if (trimmed(word).empty()) continue;
    const auto value = parse_number(word);
    if (!value || *value < 0.0)
      problems.add(fmt::format("{}: {}: \"{}\" is no number of 0 or more", table.place(row), column, word));
    numbers.push_back(value.value_or(1.0));
  }
  return numbers;
}

void load_temporal(const CsvTable& table, ProfileTables& tables, Problems& problems) {
  std::map<std::string, std::map<std::string, std::vector<double>>> lists;
  const std::map<std::string, std::size_t> length = {{"month", 12}, {"weekday", 7}, {"hour", 24}};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string id = table.cell(row, table.required_column("id")),
                      kind = table.cell(row, table.required_column("kind"));
    const std::vector<double> values = numbers_in(table, row, "values", problems);
    if (!length.contains(kind)) {
      problems.add(
          fmt::format("{}: kind \"{}\" is unknown; known are month, weekday, hour", table.place(row), kind));
    } else if (values.size() != length.at(kind)) {
      problems.add(fmt::format("{}: {} has {} values; {} are needed", table.place(row), kind, values.size(),
                               length.at(kind)));
    } else {
      lists[id][kind] = values;
    }
  }
  for (auto& [id, kinds] : lists) {
    for (const auto& [kind, count] : length) kinds.try_emplace(kind, std::vector<double>(count, 1.0));
    tables.temporal.emplace(id, TemporalProfile(kinds["month"], kinds["weekday"], kinds["hour"]));
  }
}

void check_sum(const std::string& place, const std::string& what, double sum, Problems& problems) {
  if (std::fabs(sum - 1.0) > 1.0e-6)
    problems.add(
        fmt::format("{}: the shares of {} add up to {:.8g}; they must add up to 1", place, what, sum));
}

void load_vertical(const CsvTable& table, ProfileTables& tables, Problems& problems) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string id = table.cell(row, table.required_column("id"));
    VerticalProfile profile{numbers_in(table, row, "tops_m", problems),
                            numbers_in(table, row, "shares", problems)};
    if (profile.top_m.size() != profile.share.size() || profile.top_m.empty()) {
      problems.add(fmt::format("{}: \"{}\" has {} tops and {} shares", table.place(row), id,
                               profile.top_m.size(), profile.share.size()));
      continue;
    }
    const double sum = std::accumulate(profile.share.begin(), profile.share.end(), 0.0);
    check_sum(table.place(row), id, sum, problems);
    for (double& share : profile.share) share /= sum;
    tables.vertical[id] = profile;
  }
}

void load_speciation(const CsvTable& table, ProfileTables& tables, Problems& problems) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto text = [&](const std::string& name) { return table.cell(row, table.required_column(name)); };
    const auto share = table.number(row, table.required_column("share"), problems),
               mol_per_g = table.number(row, table.required_column("mol_per_g"), problems);
    tables.speciation[text("profile")][text("pollutant")].push_back(
        {text("species"), share.value_or(0.0), mol_per_g.value_or(0.0)});
  }
  for (auto& [profile, pollutants] : tables.speciation) {
    for (auto& [pollutant, parts] : pollutants) {
      double sum = 0.0;
      for (const SpeciationPart& part : parts) sum += part.share;
      check_sum(table.path(), profile + " " + pollutant, sum, problems);
      for (SpeciationPart& part : parts) part.share /= sum;
    }
  }
}

}  // namespace

ProfileTables ProfileTables::load(const CsvTable& temporal, const CsvTable& vertical,
                                  const CsvTable& speciation, Problems& problems) {
  ProfileTables tables;
  load_temporal(temporal, tables, problems);
  load_vertical(vertical, tables, problems);
  load_speciation(speciation, tables, problems);
  return tables;
}

}  // namespace lantian
