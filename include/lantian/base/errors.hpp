#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace lantian {

/// Exit codes of the program.
enum class ExitCode {
  ok = 0,
  usage = 64,
  bad_input = 65,         // ConfigError, DataError
  missing_resource = 69,  // a named file or directory is not there
  internal = 70,          // NumericalError, InternalError
  locked = 73,
  input_output = 74,  // disk full, write failed
  stopped = 85,       // SIGTERM, SIGUSR1 or --max-wall; a restart was written
  interrupted = 130,  // SIGINT
};

/// Root of everything Lantian throws. `what()` is a sentence: where, what was found, what is allowed, how to
/// mend.
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& sentence) : std::runtime_error(sentence), code_(code) {}
  [[nodiscard]] ExitCode exit_code() const noexcept { return code_; }

 private:
  ExitCode code_;
};

/// The user can mend it: a case file, an option.
class ConfigError : public Error {
 public:
  explicit ConfigError(const std::string& sentence) : Error(ExitCode::bad_input, sentence) {}
};

/// A file is not what it promises.
class DataError : public Error {
 public:
  explicit DataError(const std::string& sentence) : Error(ExitCode::bad_input, sentence) {}
};

/// A file or directory that was named is not there.
class MissingFileError : public Error {
 public:
  explicit MissingFileError(const std::string& sentence) : Error(ExitCode::missing_resource, sentence) {}
};

/// Writing failed: disk full, no permission.
class OutputError : public Error {
 public:
  explicit OutputError(const std::string& sentence) : Error(ExitCode::input_output, sentence) {}
};

/// The user or the system asked the program to stop.
class Interruption : public Error {
 public:
  explicit Interruption(const std::string& sentence, ExitCode code = ExitCode::interrupted)
      : Error(code, sentence) {}
};

/// A solver failed on valid input; the sentence names species, cell and time.
class NumericalError : public Error {
 public:
  explicit NumericalError(const std::string& sentence) : Error(ExitCode::internal, sentence) {}
};

/// A cell's equations could not be solved. Holds a case of `lantian box` that begins in its state.
class CellFailure : public NumericalError {
 public:
  CellFailure(const std::string& sentence, std::string box_case)
      : NumericalError(sentence), box_case_(std::move(box_case)) {}
  [[nodiscard]] const std::string& box_case() const noexcept { return box_case_; }

 private:
  std::string box_case_;
};

/// A broken invariant of ours.
class InternalError : public Error {
 public:
  explicit InternalError(const std::string& sentence) : Error(ExitCode::internal, sentence) {}
};

/// Collects every fault of one start, so that the user reads them all at once.
///
/// Readers append sentences and go on with a safe value; the program calls `throw_if_any` after the last
/// check.
class Problems {
 public:
  /// Adds one fault. The exit code is `missing_resource` when every fault is, else `bad_input`.
  void add(const std::string& sentence, ExitCode code = ExitCode::bad_input);
  void add(const Error& error) { add(error.what(), error.exit_code()); }

  [[nodiscard]] bool empty() const noexcept { return sentences_.empty(); }
  [[nodiscard]] const std::vector<std::string>& sentences() const noexcept { return sentences_; }

  /// @throws Error with all sentences (50 at most), one a line, when there is any.
  void throw_if_any() const;

 private:
  std::vector<std::string> sentences_;
  bool all_missing_ = true;
};

}  // namespace lantian
