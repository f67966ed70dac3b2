#include "crash_handler.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/closing_file.hpp"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): POSIX' sigaction
#include <unistd.h>

#include <cfenv>
#include <cstring>

namespace lantian {

namespace {

struct sigaction handler_before;

void say(const char* text) {
  if (::write(STDERR_FILENO, text, std::strlen(text)) < 0) return;  // nobody listens
}

/// Only calls what a signal handler may.
void end_as_failed_write(int signal) {
  const char* path = ClosingFile::path();
  if (path == nullptr) {
    ::sigaction(signal, &handler_before, nullptr);  // the crash comes again on return, and is no more ours
    return;
  }
  ::unlink(ClosingFile::temporary());
  say("lantian: error: ");
  say(path);
  say(": cannot write the last values: netCDF crashed when it closed the file, as it does when a write "
      "fails; "
      "free space or choose another place\n");
  ::_exit(static_cast<int>(ExitCode::input_output));
}

}  // namespace

void catch_crashes_of_closing() {
  struct sigaction action {};
  action.sa_handler = end_as_failed_write;
  ::sigaction(SIGSEGV, &action, &handler_before);
}

void trap_bad_numbers() {
#ifdef LANTIAN_TRAP
  ::feenableexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW);
#endif
}

}  // namespace lantian
