#include "lantian/base/log.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace lantian {

namespace {

int log_rank = 0;
int warnings = 0;
int quiet = 0;
LogFormat log_format = LogFormat::text;
bool has_bar = false;

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_color_mt("lantian");
    made->set_pattern("%H:%M:%S %^%l%$ %v");
    return made;
  }();
  return *instance;
}

using Json = nlohmann::ordered_json;

/// Bytes that are no UTF-8 (a file name may hold them) are replaced.
std::string as_text(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The members of an object that the logger puts after time and level.
std::string members_of(const Json& object) {
  const std::string whole = as_text(object);
  return whole.substr(1, whole.size() - 2) + "}";
}

void say(spdlog::level::level_enum level, const std::string& line, Json figures = Json::object()) {
  hide_progress();
  if (log_format == LogFormat::text) return logger().log(level, "{}", line);
  figures["message"] = line;
  logger().log(level, "{}", members_of(figures));
}

}  // namespace

void set_log_rank(int rank) {
  log_rank = rank;
}

void set_log_format(LogFormat format) {
  log_format = format;
  if (format == LogFormat::json)
    logger().set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v)",
                         spdlog::pattern_time_type::utc);
}

void log_info(const std::string& line) {
  if (log_rank == 0 && quiet == 0) say(spdlog::level::info, line);
}

void log_warning(const std::string& line) {
  if (quiet > 0) return;
  ++warnings;
  if (log_rank == 0) say(spdlog::level::warn, line);
}

void log_event(const std::string& event, const std::string& line, const std::vector<LogFigure>& figures) {
  if (log_rank != 0 || quiet > 0) return;
  Json all = {{"event", event}};
  for (const LogFigure& one : figures)
    std::visit([&](const auto& value) { all[one.name] = value; }, one.value);
  say(spdlog::level::info, line, all);
}

void log_end(const std::string& line, int exit_code, bool is_error) {
  hide_progress();
  if (log_format == LogFormat::json) {
    say(is_error ? spdlog::level::err : spdlog::level::warn, line,
        {{"event", "end"}, {"exit_code", exit_code}});
  } else {
    fmt::print(stderr, "lantian: {}{}\n", is_error ? "error: " : "", line);
  }
  std::fflush(stderr);
}

void show_progress(double part_done, const std::string& words) {
  static const bool is_terminal = ::isatty(STDERR_FILENO) == 1;
  if (!is_terminal || log_format == LogFormat::json || log_rank != 0 || quiet > 0) return;
  constexpr int width = 24;
  const double part = std::clamp(part_done, 0.0, 1.0);
  const int full = static_cast<int>(std::floor(part * width));
  fmt::print(stderr, "\r\033[K[{:#<{}}{:.<{}}] {:3.0f} % {}", "", full, "", width - full, 100.0 * part,
             words);
  std::fflush(stderr);
  has_bar = true;
}

void hide_progress() {
  if (!has_bar) return;
  fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
  has_bar = false;
}

QuietLog::QuietLog() {
  ++quiet;
}

QuietLog::~QuietLog() {
  --quiet;
}

int warning_count() {
  return warnings;
}

}  // namespace lantian
