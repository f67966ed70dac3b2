#include "lantian/parallel/machine.hpp"

#include <omp.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <string>

namespace lantian {

namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

/// A figure in kB of a file of lines "name: 123 kB", in bytes.
double kilobytes_in(const std::string& path, const std::string& name) {
  std::ifstream file(path);
  std::string word;
  double value = 0.0;
  while (file >> word)
    if (word == name + ":" && file >> value) return 1024.0 * value;
  return unlimited;
}

/// The number a file begins with; "max", as control groups write it, or no file: unlimited.
double number_in(const std::string& path) {
  std::ifstream file(path);
  double value = unlimited;
  return file >> value ? value : unlimited;  // NOLINT(bugprone-narrowing-conversions): both are double
}

/// The memory limit of this process's control groups, of version 2 or 1, and of those above them.
double control_group_limit() {
  std::ifstream file("/proc/self/cgroup");
  double least = unlimited;
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const bool is_second_version = controllers.empty();
    if (!is_second_version && controllers != "memory") continue;
    const std::string root = is_second_version ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
    const std::string name = is_second_version ? "/memory.max" : "/memory.limit_in_bytes";
    std::string group = line.substr(second + 1);
    while (!group.empty()) {
      least = std::min(least, number_in(std::string(root).append(group).append(name)));
      group.resize(group.find_last_of('/') == std::string::npos ? 0 : group.find_last_of('/'));
    }
  }
  return least;
}

double address_space_limit() {
  rlimit limit{};
  const bool is_limited = ::getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
  return is_limited ? static_cast<double>(limit.rlim_cur) : unlimited;
}

}  // namespace

MachineMemory machine_memory() {
  const double used = kilobytes_in("/proc/self/status", "VmRSS");
  const double mapped = kilobytes_in("/proc/self/status", "VmSize");
  return {.used_bytes = used == unlimited ? 0.0 : used,
          .available_bytes = std::min({kilobytes_in("/proc/meminfo", "MemAvailable"), control_group_limit(),
                                       address_space_limit() - mapped})};
}

void share_cores(const Communicator& world) {
  const int ranks = world.split_by_machine().size();  // on all ranks: those may differ in what they are told
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs yet
  if (std::getenv("OMP_NUM_THREADS") != nullptr) return;
  const int own = omp_get_num_procs();
  const bool is_bound = own < ::sysconf(_SC_NPROCESSORS_ONLN);
  if (!is_bound) omp_set_num_threads(std::max(1, own / ranks));
}

}  // namespace lantian
