#include "wrf_files.hpp"

#include "lantian/base/log.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string_view>

namespace lantian {

namespace {

constexpr long long longest_interval_s = 6LL * 3600;

bool matches(std::string_view name, std::string_view pattern) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() == '*')
    return matches(name, pattern.substr(1)) || (!name.empty() && matches(name.substr(1), pattern));
  return !name.empty() && (pattern.front() == '?' || pattern.front() == name.front()) &&
         matches(name.substr(1), pattern.substr(1));
}

/// Start of "minutes since 2005-08-28 00:00:00".
std::optional<UtcTime> minutes_since(const NetcdfReader& reader) {
  const std::string units = reader.text_attribute("XTIME", "units").value_or("");
  constexpr std::string_view prefix = "minutes since ";
  if (!units.starts_with(prefix)) return std::nullopt;
  return parse_utc(units.substr(prefix.size()));
}

UtcTime time_of(const NetcdfReader& reader, std::size_t record, const std::string& text) {
  try {
    return parse_utc(text);
  } catch (const Error&) {
    throw DataError(
        fmt::format("{}: Times is \"{}\" at [Time={}]; a time such as 2020-03-30_16:00:00 is needed",
                    reader.path(), text, record));
  }
}

std::vector<UtcTime> times_of(const NetcdfReader& reader) {
  if (reader.has_variable("XLAT_M"))
    throw DataError(
        fmt::format("{}: is an input of WRF (met_em of metgrid or geo_em of geogrid), not its output; run "
                    "WRF with it and name its wrfout files in weather.files",
                    reader.path()));
  std::vector<UtcTime> times;
  if (reader.has_variable("Times")) {
    for (const auto& text : reader.read_texts("Times")) times.push_back(time_of(reader, times.size(), text));
    return times;
  }
  const auto origin = reader.has_variable("XTIME") ? minutes_since(reader) : std::nullopt;
  if (!origin)
    throw DataError(
        fmt::format("{}: has no variable Times (nor XTIME with units \"minutes since ...\"); is it WRF "
                    "output? Times says "
                    "which hours the file holds.",
                    reader.path()));
  for (const double minutes : reader.read("XTIME"))
    times.push_back(origin->plus_seconds(std::llround(minutes * 60.0)));
  return times;
}

/// The difference between neighbours that is most frequent, the shorter one at a tie.
long long usual_interval_s(const std::vector<WrfInstant>& instants) {
  std::map<long long, int> counts;
  for (std::size_t n = 1; n < instants.size(); ++n)
    ++counts[instants[n].time.seconds_since(instants[n - 1].time)];
  long long usual = longest_interval_s;
  int most = 0;
  for (const auto& [seconds, count] : counts)
    if (count > most) most = count, usual = seconds;
  return usual;
}

/// Weather that would cover the run were it some hours earlier may have been stamped in a zone east of
/// Greenwich.
std::string local_time_hint(UtcTime first, UtcTime last, UtcTime begin, UtcTime end) {
  constexpr long long most_h = 14;  // of all zones
  for (long long hours = 1; hours <= most_h; ++hours)
    if (first.plus_seconds(-3600 * hours) <= begin && last.plus_seconds(-3600 * hours) >= end)
      return fmt::format("; should their times be local time, {} h ahead: WRF's are UTC", hours);
  return "";
}

}  // namespace

std::vector<std::string> expand_pattern(const std::string& pattern) {
  namespace fs = std::filesystem;
  const fs::path whole(pattern);
  const std::string last = whole.filename().string();
  std::error_code ignored;
  if (fs::exists(whole, ignored)) return {pattern};
  std::vector<std::string> found;
  if (last.find_first_of("*?") == std::string::npos) return found;
  const fs::path folder = whole.has_parent_path() ? whole.parent_path() : fs::path(".");
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (matches(entry.path().filename().string(), last)) found.push_back(entry.path().string());
  std::sort(found.begin(), found.end());
  return found;
}

std::optional<std::string> axis_order_fault(const NetcdfReader& file, const std::string& variable) {
  constexpr std::string_view order[] = {"Time", "bottom_top", "south_north", "west_east"};
  std::vector<std::string> names;
  std::size_t last = 0;
  bool is_ordered = true;
  for (const auto& dimension : file.shape(variable)) {
    names.push_back(dimension.name);
    for (std::size_t n = 0; n < std::size(order); ++n) {
      if (!dimension.name.starts_with(order[n])) continue;
      is_ordered = is_ordered && n >= last;
      last = n;
    }
  }
  if (is_ordered) return std::nullopt;
  return fmt::format(
      "{}: {} has the axes {}; expected Time, bottom_top, south_north, west_east in this order", file.path(),
      variable, fmt::join(names, ", "));
}

WrfFiles::WrfFiles(const std::vector<std::string>& patterns, Problems& problems) {
  if (patterns.empty())
    problems.add("weather.files names no file; it wants paths of WRF output, for example \"wrfout_d01_*\"");
  for (const auto& pattern : patterns) {
    const auto found = expand_pattern(pattern);
    if (found.empty())
      problems.add(fmt::format("weather.files: there is no file {}", pattern), ExitCode::missing_resource);
    for (const auto& path : found)
      if (std::find(paths_.begin(), paths_.end(), path) == paths_.end()) paths_.push_back(path);
  }
  for (std::size_t n = 0; n < paths_.size(); ++n) {
    try {
      const NetcdfReader reader(paths_[n]);
      read_times(static_cast<int>(n), reader, problems);
    } catch (const Error& error) {
      problems.add(error);
    }
  }
  drop_repeated_times(problems);
}

void WrfFiles::read_times(int index, const NetcdfReader& reader, Problems& problems) {
  const auto times = times_of(reader);
  if (times.empty()) problems.add(fmt::format("{}: holds no time", reader.path()));
  for (std::size_t n = 0; n < times.size(); ++n) {
    if (n > 0 && times[n] <= times[n - 1]) {
      problems.add(
          fmt::format("{}: Times: {} (record {}) follows {}; times must rise and none may come twice",
                      reader.path(), to_iso8601(times[n]), n, to_iso8601(times[n - 1])));
      return;
    }
    instants_.push_back({times[n], index, n});
  }
}

void WrfFiles::drop_repeated_times(Problems& problems) {
  std::vector<UtcTime> starts(paths_.size());
  for (const auto& instant : instants_)
    if (instant.record == 0) starts[static_cast<std::size_t>(instant.file)] = instant.time;
  const auto start = [&](const WrfInstant& a) { return starts[static_cast<std::size_t>(a.file)]; };
  std::sort(instants_.begin(), instants_.end(), [&](const WrfInstant& a, const WrfInstant& b) {
    if (a.time != b.time) return a.time < b.time;
    if (start(a) != start(b)) return start(a) < start(b);
    return a.file < b.file;
  });
  std::vector<WrfInstant> kept;
  std::size_t repeated = 0;
  const WrfInstant* example = nullptr;
  for (const auto& instant : instants_) {
    if (kept.empty() || kept.back().time != instant.time) {
      kept.push_back(instant);
      continue;
    }
    if (repeated++ == 0) example = &instant;
    const auto& other = kept.back();
    if (start(other) == start(instant))
      problems.add(
          fmt::format("{}: {} also stands in {}, which starts at the same time; name one of the two files",
                      paths_[static_cast<std::size_t>(instant.file)], to_iso8601(instant.time),
                      paths_[static_cast<std::size_t>(other.file)]));
  }
  if (repeated > 0)
    log_warning(fmt::format(
        "weather: {} times stand in two files (the first: {} in {}); the file that starts earlier is used",
        repeated, to_iso8601(example->time), paths_[static_cast<std::size_t>(example->file)]));
  instants_ = std::move(kept);
}

std::string WrfFiles::place(const WrfInstant& instant) const {
  return paths_[static_cast<std::size_t>(instant.file)] + ": " + to_iso8601(instant.time);
}

void WrfFiles::check_cover(UtcTime begin, UtcTime end, Problems& problems) const {
  if (instants_.empty()) return;
  const UtcTime first = instants_.front().time, last = instants_.back().time;
  if (first > begin || last < end)
    problems.add(
        fmt::format("weather.files cover {} to {}, but the case needs {} to {} (run.start less "
                    "run.spin_up_h, to run.end){}",
                    to_iso8601(first), to_iso8601(last), to_iso8601(begin), to_iso8601(end),
                    local_time_hint(first, last, begin, end)));
  const long long interval_s = usual_interval_s(instants_);
  std::vector<UtcTime> missing;
  for (std::size_t n = 1; n < instants_.size(); ++n) {
    const UtcTime from = instants_[n - 1].time, to = instants_[n].time;
    if (to <= begin || from >= end) continue;
    if (interval_s > longest_interval_s) {
      problems.add(fmt::format("weather.files: {} h lie between {} and {}; at most 6 h may",
                               static_cast<double>(interval_s) / 3600.0, to_iso8601(from), to_iso8601(to)));
      return;
    }
    // Half an interval of slack: WRF with an adaptive time step writes some seconds late.
    for (UtcTime t = from.plus_seconds(interval_s); t.plus_seconds(interval_s / 2) < to;
         t = t.plus_seconds(interval_s))
      missing.push_back(t);
  }
  if (missing.empty()) return;
  constexpr std::size_t most = 6;
  std::string list;
  for (std::size_t n = 0; n < std::min(most, missing.size()); ++n)
    list += (n > 0 ? ", " : "") + to_iso8601(missing[n]);
  if (missing.size() > most) list += fmt::format(" and {} more", missing.size() - most);
  problems.add(fmt::format("weather.files: of the times every {:g} h, {} are missing: {}",
                           static_cast<double>(interval_s) / 3600.0, missing.size(), list));
}

void WrfFiles::keep_needed(UtcTime begin, UtcTime end) {
  std::vector<WrfInstant> kept;
  for (std::size_t n = 0; n < instants_.size(); ++n) {
    const bool ends_too_early = n + 1 < instants_.size() && instants_[n + 1].time <= begin;
    const bool starts_too_late = n > 0 && instants_[n - 1].time >= end;
    if (!ends_too_early && !starts_too_late) kept.push_back(instants_[n]);
  }
  instants_ = std::move(kept);
}

const NetcdfReader& WrfFiles::file(int index) const {
  constexpr std::size_t most_open = 4;
  const auto found = open_.find(index);
  if (found != open_.end()) return found->second;
  if (open_.size() >= most_open) open_.erase(open_.begin());
  return open_.emplace(index, NetcdfReader(paths_[static_cast<std::size_t>(index)])).first->second;
}

}  // namespace lantian
