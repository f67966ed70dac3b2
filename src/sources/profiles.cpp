#include "profiles.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace lantian {

namespace {

int days_since_1970(int year, int month, int day) {
  return static_cast<int>(from_civil(year, month, day).unix_seconds() / 86400);
}

}  // namespace

TemporalProfile::TemporalProfile(std::vector<double> month, std::vector<double> weekday,
                                 std::vector<double> hour, std::shared_ptr<const Holidays> holidays)
    : month_(std::move(month)),
      weekday_(std::move(weekday)),
      hour_(std::move(hour)),
      holidays_(std::move(holidays)) {}

double TemporalProfile::raw(int year, int month, int day, int hour) const {
  const int date = days_since_1970(year, month, day);
  int weekday = (date + 3) % 7;  // 1970-01-01 was a Thursday
  if (holidays_)
    if (const auto found = holidays_->find(date); found != holidays_->end()) weekday = found->second;
  return month_[static_cast<std::size_t>(month - 1)] * weekday_[static_cast<std::size_t>(weekday)] *
         hour_[static_cast<std::size_t>(hour)];
}

double TemporalProfile::mean(int year, int first_month, int last_month) const {
  double sum = 0.0;
  int hours = 0;
  for (int month = first_month; month <= last_month; ++month) {
    for (int day = 1; day <= days_in_month(year, month); ++day) {
      for (int hour = 0; hour < 24; ++hour) sum += raw(year, month, day, hour);
      hours += 24;
    }
  }
  return sum / hours;
}

double TemporalProfile::of_month(const CivilTime& local) {
  auto [found, is_new] = month_mean_.try_emplace({local.year, local.month}, 0.0);
  if (is_new) found->second = mean(local.year, local.month, local.month);
  if (found->second <= 0.0) return 1.0;  // a month without weight of its own: evenly
  return raw(local.year, local.month, local.day, local.hour) / found->second;
}

double TemporalProfile::of_year(const CivilTime& local) {
  auto [found, is_new] = year_mean_.try_emplace(local.year, 0.0);
  if (is_new) found->second = mean(local.year, 1, 12);
  return raw(local.year, local.month, local.day, local.hour) / found->second;
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

}  // namespace

void ProfileTables::load_temporal(const CsvTable& table, const Holidays& holidays, Problems& problems) {
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
      if (std::ranges::all_of(values, [](double value) { return value == 0.0; }))
        problems.add(fmt::format("{}: all weights are 0; at least one must be greater", table.place(row)));
      if (!lists[id].try_emplace(kind, values).second)
        problems.add(fmt::format("{}: \"{}\" has its {} a second time", table.place(row), id, kind));
    }
  }
  const auto shared = std::make_shared<const Holidays>(holidays);
  for (auto& [id, kinds] : lists) {
    for (const auto& [kind, count] : length) kinds.try_emplace(kind, std::vector<double>(count, 1.0));
    temporal.emplace(id, TemporalProfile(kinds["month"], kinds["weekday"], kinds["hour"], shared));
  }
}

namespace {

void check_sum(const std::string& place, const std::string& what, double sum, Problems& problems) {
  if (std::fabs(sum - 1.0) > 1.0e-6)
    problems.add(
        fmt::format("{}: the shares of {} add up to {:.8g}; they must add up to 1", place, what, sum));
}

}  // namespace

void ProfileTables::load_vertical(const CsvTable& table, Problems& problems) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string id = table.cell(row, table.required_column("id"));
    VerticalProfile profile{numbers_in(table, row, "tops_m", problems),
                            numbers_in(table, row, "shares", problems)};
    if (profile.top_m.size() != profile.share.size() || profile.top_m.empty()) {
      problems.add(fmt::format("{}: \"{}\" has {} tops and {} shares", table.place(row), id,
                               profile.top_m.size(), profile.share.size()));
      continue;
    }
    if (!std::ranges::is_sorted(profile.top_m) || profile.top_m.front() <= 0.0)
      problems.add(fmt::format("{}: \"{}\": tops_m must rise from above 0", table.place(row), id));
    const double sum = std::accumulate(profile.share.begin(), profile.share.end(), 0.0);
    check_sum(table.place(row), id, sum, problems);
    for (double& share : profile.share) share /= sum;
    vertical[id] = profile;
  }
}

void ProfileTables::load_speciation(const CsvTable& table, Problems& problems) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto text = [&](const std::string& name) { return table.cell(row, table.required_column(name)); };
    const auto needed = [&](const std::string& column) {
      const std::size_t faults = problems.sentences().size();
      const auto value = table.number(row, table.required_column(column), problems);
      if (!value && problems.sentences().size() == faults)
        problems.add(fmt::format("{}: {} is empty; a number is needed", table.place(row), column));
      return value;
    };
    const auto share = needed("share"), mol_per_g = needed("mol_per_g");
    for (const auto& value : {share, mol_per_g})
      if (value && *value < 0.0) problems.add(fmt::format("{}: {} is negative", table.place(row), *value));
    speciation[text("profile")][text("pollutant")].push_back(
        {text("species"), share.value_or(0.0), mol_per_g.value_or(0.0)});
  }
  for (auto& [profile, pollutants] : speciation) {
    for (auto& [pollutant, parts] : pollutants) {
      double sum = 0.0;
      for (const SpeciationPart& part : parts) sum += part.share;
      check_sum(table.path(), fmt::format("{} {}", profile, pollutant), sum, problems);
      for (SpeciationPart& part : parts) part.share /= sum;
    }
  }
}

Holidays read_holidays(const CsvTable& table, Problems& problems) {
  static const std::vector<std::string> names = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                 "Friday", "Saturday", "Sunday"};
  Holidays holidays;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& date = table.cell(row, table.required_column("date"));
    const std::string& counts_as = table.cell(row, table.required_column("counts_as"));
    const auto found = std::ranges::find(names, counts_as);
    if (found == names.end()) {
      problems.add(fmt::format("{}: counts_as \"{}\" is no day of the week; known are {}.{}",
                               table.place(row), counts_as, fmt::join(names, ", "),
                               did_you_mean(counts_as, names)));
      continue;
    }
    try {
      const UtcTime day = parse_utc(date + " 00:00:00");
      holidays[static_cast<int>(day.unix_seconds() / 86400)] = static_cast<int>(found - names.begin());
    } catch (const DataError&) {
      problems.add(fmt::format("{}: \"{}\" is no date; 2020-04-04 is one", table.place(row), date));
    }
  }
  return holidays;
}

}  // namespace lantian
