#include "lantian/io/safe_read.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/sanitizer.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <filesystem>
#include <functional>
#include <numeric>
#include <system_error>
#include <vector>

namespace lantian {

namespace {

/// About as many values of a variable are read at once.
constexpr std::size_t part_values = 1U << 20;

void read_whole_variable(const NetcdfReader& file, const std::string& name) {
  std::vector<std::size_t> start, count;
  for (const auto& one : file.shape(name)) {
    start.push_back(0);
    count.push_back(one.length);
  }
  if (count.empty()) {
    (void)file.read(name);
    return;
  }
  const std::size_t steps = count[0];
  const std::size_t step_values =
      std::accumulate(count.begin() + 1, count.end(), std::size_t{1}, std::multiplies<>());
  const std::size_t at_once = std::max<std::size_t>(1, part_values / std::max<std::size_t>(1, step_values));
  for (start[0] = 0; start[0] < steps; start[0] += at_once) {
    count[0] = std::min(at_once, steps - start[0]);
    (void)file.read(name, start, count);
  }
}

/// Variables that cannot be read do not keep the others from being read.
void read_whole_file(const std::string& path) {
  const NetcdfReader file(path);
  const auto attempt = [](const std::function<void()>& part) {
    try {
      part();
    } catch (const std::exception&) {  // told by who reads it in earnest
    }
  };
  attempt([&] { (void)file.attributes(""); });
  attempt([&] { (void)file.dimensions(); });
  for (const std::string& name : file.variables()) {
    attempt([&] { (void)file.attributes(name); });
    attempt([&] { (void)file.read_texts(name); });
    attempt([&] { read_whole_variable(file, name); });
  }
}

/// A limit that is lower already stays: the read in earnest has it too.
void lower_limit(decltype(RLIMIT_AS) which, rlim_t most) {
  rlimit limit{};
  ::getrlimit(which, &limit);
  limit = {std::min(limit.rlim_cur, most), std::min(limit.rlim_max, most)};
  ::setrlimit(which, &limit);
}

/// What the child does; it ends with 0 whenever it comes to its end.
[[noreturn]] void read_and_end(const std::string& path, unsigned most_s) {
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM}) std::signal(signal, SIG_DFL);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);  // the C library prints of damaged memory
  if (nowhere >= 0) ::dup2(nowhere, STDOUT_FILENO);
  lower_limit(RLIMIT_CORE, 0);
  if constexpr (!is_sanitized)
    lower_limit(RLIMIT_AS, static_cast<rlim_t>(::sysconf(_SC_PHYS_PAGES)) *
                               static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)));
  ::alarm(most_s);
  try {
    read_whole_file(path);
  } catch (const std::exception&) {  // told by who reads it in earnest
  }
  ::_exit(0);
}

}  // namespace

std::string crash_of_reading(const std::string& path) {
  std::error_code fault;
  const std::uintmax_t bytes = std::filesystem::file_size(path, fault);
  if (fault) return "";
  const auto most_s = static_cast<unsigned>(10 + bytes / 10'000'000);
  const pid_t child = ::fork();
  if (child < 0)
    throw Error(ExitCode::missing_resource,
                fmt::format("--safe-read: no process can be started: {}; run without it",
                            std::generic_category().message(errno)));
  if (child == 0) read_and_end(path, most_s);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFSIGNALED(status)) return "";
  if (WTERMSIG(status) == SIGALRM)
    return fmt::format("{}: cut short or damaged: reading it takes longer than {} s; copy it again", path,
                       most_s);
  const char* signal =
      ::strsignal(WTERMSIG(status));  // NOLINT(concurrency-mt-unsafe): files are read by one thread
  return fmt::format("{}: cut short or damaged: reading it crashes the netCDF library ({}); copy it again",
                     path, signal);
}

}  // namespace lantian
