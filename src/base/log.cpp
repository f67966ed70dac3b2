#include "lantian/base/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace lantian {

namespace {

int log_rank = 0;
int warnings = 0;
int quiet = 0;

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_color_mt("lantian");
    made->set_pattern("%H:%M:%S %^%l%$ %v");
    return made;
  }();
  return *instance;
}

}  // namespace

void set_log_rank(int rank) {
  log_rank = rank;
}

void log_info(const std::string& line) {
  if (log_rank == 0 && quiet == 0) logger().info(line);
}

void log_warning(const std::string& line) {
  if (quiet > 0) return;
  ++warnings;
  if (log_rank == 0) logger().warn(line);
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
