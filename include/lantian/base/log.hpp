#pragma once

#include <string>

namespace lantian {

/// The one logger, to standard error. Only rank 0 informs; warnings are counted.
void set_log_rank(int rank);
void log_info(const std::string& line);
void log_warning(const std::string& line);
[[nodiscard]] int warning_count();

}  // namespace lantian
