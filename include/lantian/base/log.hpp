#pragma once

#include <string>
#include <variant>
#include <vector>

namespace lantian {

/// The one logger, to standard error. Only rank 0 informs; warnings are counted.
void set_log_rank(int rank);
void log_info(const std::string& line);
void log_warning(const std::string& line);
[[nodiscard]] int warning_count();
/// The end of a program that has failed, or was stopped; whichever rank tells it.
void log_end(const std::string& line, int exit_code, bool is_error);

/// Text: one line as a person reads it. JSON: one object a line with `time` (UTC), `level`, `message` and
/// the figures of an event, for what watches many runs.
enum class LogFormat { text, json };
void set_log_format(LogFormat format);

/// A figure of an event, under its name.
struct LogFigure {
  std::string name;
  std::variant<double, std::string> value;
};
/// Informs of an event; text holds the line alone.
void log_event(const std::string& event, const std::string& line, const std::vector<LogFigure>& figures);

/// Draws a bar on a terminal, below the last line: the part that is done and a few words. Elsewhere (a file,
/// a pipe, JSON) nothing: there the lines of the log tell how far the work is.
void show_progress(double part_done, const std::string& words);
/// Takes the bar away; lines of the log do so too.
void hide_progress();

/// While it lives, nothing is said: for runs of an ensemble that would repeat what the first has said.
class QuietLog {
 public:
  QuietLog();
  ~QuietLog();
  QuietLog(const QuietLog&) = delete;
  QuietLog& operator=(const QuietLog&) = delete;
};

}  // namespace lantian
