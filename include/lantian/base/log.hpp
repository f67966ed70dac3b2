#pragma once

#include <string>

namespace lantian {

/// The one logger, to standard error. Only rank 0 informs; warnings are counted.
void set_log_rank(int rank);
void log_info(const std::string& line);
void log_warning(const std::string& line);
[[nodiscard]] int warning_count();

/// While it lives, nothing is said: for runs of an ensemble that would repeat what the first has said.
class QuietLog {
 public:
  QuietLog();
  ~QuietLog();
  QuietLog(const QuietLog&) = delete;
  QuietLog& operator=(const QuietLog&) = delete;
};

}  // namespace lantian
