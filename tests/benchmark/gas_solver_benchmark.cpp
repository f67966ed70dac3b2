// Speed of the gas solver at equal error: cells of six regimes, mixed, over an hour of twelve steps, against
// a tight solution. The data are not part of the repository: LANTIAN_DATA/reference/chemistry/bench, unpacked
// by xz.
//
// Timed is what a model does in a step: cells go into the solver's lanes in file order, and come out of them.
// Rate constants are given. A chain of products timed in the same run tells how fast the machine was.
#include "chemistry/rosenbrock.hpp"
#include "mechanisms/cb6r5_core.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace lantian;
using Cb6 = mechanisms::cb6r5_core;
constexpr auto species = static_cast<std::size_t>(Cb6::species_count);
constexpr auto reactions = static_cast<std::size_t>(Cb6::reaction_count);

double cpu_s() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1.0e-9 * static_cast<double>(now.tv_nsec);
}

/// Reads a packed file in the order of its numbers.
class Unpacked {
 public:
  explicit Unpacked(const std::string& path) : pipe_(popen(("xz -dc '" + path + "'").c_str(), "r")) {}
  ~Unpacked() { pclose(pipe_); }
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;
  template <class Number>
  std::vector<Number> take(std::size_t count) {
    std::vector<Number> numbers(count);
    if (std::fread(numbers.data(), sizeof(Number), count, pipe_) != count) {
      std::fputs("error: the benchmark's data end too early, or xz is missing\n", stderr);
      std::exit(65);
    }
    return numbers;
  }

 private:
  std::FILE* pipe_;
};

struct Workload {
  std::size_t cells = 0, steps = 0;
  double interval_s = 0.0;
  std::vector<double> air, start, emission, k, reference;
  std::array<std::size_t, reactions> place{};  // in the data, of each reaction of the mechanism

  explicit Workload(const std::string& folder) {
    Unpacked file(folder + "/bench300.bin.xz");
    const auto sizes = file.take<std::int32_t>(5);
    cells = static_cast<std::size_t>(sizes[0]);
    steps = static_cast<std::size_t>(sizes[1]);
    interval_s = sizes[4];
    air = file.take<double>(4 * cells);  // M, T, p, H2O
    start = file.take<double>(cells * species);
    emission = file.take<double>(cells * species);
    k = file.take<double>(steps * cells * reactions);
    Unpacked solution(folder + "/ref300.bin.xz");
    reference = solution.take<double>(steps * cells * species);
    find_places(folder + "/reactions.txt");
  }

  /// The data's order of reactions: a label and the number of its variable reactants a line.
  void find_places(const std::string& path) {
    std::ifstream list(path);
    std::map<std::string, std::size_t> places;
    std::string label, reactants;
    while (list >> label >> reactants) places.emplace(label, places.size());
    for (std::size_t r = 0; r < reactions; ++r)
      place[r] = places.at(std::string(Cb6::reactions[r].substr(0, Cb6::reactions[r].find(':'))));
  }
};

/// Products and sums of eight doubles in eight independent chains, in 1e9 a second.
double machine_speed() {
  std::array<Lanes, 8> chain{};
  const double begin = cpu_s();
  constexpr int rounds = 5000000;
  for (int n = 0; n < rounds; ++n)
    for (Lanes& one : chain) one = one * 0.999999 + 1.0e-6;
  const double seconds = cpu_s() - begin;
  volatile double kept = 0.0;
  for (const Lanes& one : chain) kept = kept + one[0];
  return 8.0 * rounds / seconds * 1.0e-9;
}

struct Result {
  double cells_per_s = 0.0, attempts = 0.0, median = 0.0, p99 = 0.0;
};

void find_errors(const Workload& work, const std::vector<double>& c, Result& result) {
  const std::span<const double> reference = std::span(work.reference).last(work.cells * species);
  std::vector<double> errors;
  for (std::size_t n = 0; n < work.cells; ++n)
    for (std::size_t s = 0; s < species; ++s) {
      const double truth = reference[n * species + s];
      if (truth * 1.0e9 / work.air[n] > 1.0e-4)
        errors.push_back(std::fabs(c[n * species + s] - truth) / truth);
    }
  std::ranges::sort(errors);
  result.median = errors[errors.size() / 2];
  result.p99 = errors[errors.size() * 99 / 100];
}

/// Hands the cells of a step to the solver in file order.
struct Cells {
  const Workload* work = nullptr;
  std::vector<double>* c = nullptr;
  std::vector<double>* first_step_s = nullptr;
  Lanes* warm = nullptr;
  std::size_t step = 0, next = 0, end = 0;
  std::array<std::size_t, lane_count> cell{};
  long long attempts = 0;

  bool load(Lanes* block, Lanes* k, Lanes* source, int lane) {
    if (next == end) return false;
    const std::size_t n = next++;
    cell[static_cast<std::size_t>(lane)] = n;
    (*warm)[lane] = (*first_step_s)[n];
    for (std::size_t s = 0; s < species; ++s) {
      block[s][lane] = (*c)[n * species + s] + work->emission[n * species + s] * work->interval_s;
      source[s][lane] = 0.0;
    }
    const double* constants = &work->k[(step * work->cells + n) * reactions];
    for (std::size_t r = 0; r < reactions; ++r) k[r][lane] = constants[work->place[r]];
    return true;
  }
  void unload(const Lanes* block, int lane, const SolverOutcome& outcome) {
    const std::size_t n = cell[static_cast<std::size_t>(lane)];
    (*first_step_s)[n] = (*warm)[lane];
    for (std::size_t s = 0; s < species; ++s) (*c)[n * species + s] = block[s][lane];
    attempts += outcome.steps;
  }
};

/// @param block  cells that are handed to the solver at a time
template <class Method>
Result run(const Workload& work, double relative_tolerance, std::size_t block) {
  SolverSettings settings;
  settings.relative_tolerance = relative_tolerance;
  settings.absolute_tolerance = 1.0e3;
  RosenbrockSolver<Cb6, Lanes, Method> solver;
  std::vector<double> c = work.start, first_step_s(work.cells, work.interval_s);
  Lanes warm{};
  solver.warm_start(&warm);
  double attempts = 0.0;
  const double begin = cpu_s();
  for (std::size_t step = 0; step < work.steps; ++step) {
    for (std::size_t first = 0; first < work.cells; first += block) {
      Cells cells{.work = &work,
                  .c = &c,
                  .first_step_s = &first_step_s,
                  .warm = &warm,
                  .step = step,
                  .next = first,
                  .end = std::min(first + block, work.cells)};
      solver.integrate_queue(cells, work.interval_s, settings);
      attempts += static_cast<double>(cells.attempts);
    }
  }
  const double seconds = cpu_s() - begin;
  const auto cell_steps = static_cast<double>(work.cells * work.steps);
  Result result{.cells_per_s = cell_steps / seconds, .attempts = attempts / cell_steps};
  find_errors(work, c, result);
  return result;
}

template <class Method>
Result best_of_three(const Workload& work, double tolerance, std::size_t block) {
  Result best;
  for (int attempt = 0; attempt < 3; ++attempt) {
    const Result one = run<Method>(work, tolerance, block);
    if (one.cells_per_s > best.cells_per_s) best = one;
  }
  return best;
}

template <class Method>
void table(const Workload& work, const char* name) {
  for (const double tolerance : {1.0e-3, 1.0e-2, 2.0e-2, 5.0e-2, 1.0e-1}) {
    const Result best = best_of_three<Method>(work, tolerance, work.cells);
    const double speed = machine_speed();
    fmt::print("{:<7} {:>7.0e} {:>9.1f} {:>9.2f} {:>9.2f} {:>10.1e} {:>9.1e} {:>9.2f}\n", name, tolerance,
               1.0e-3 * best.cells_per_s, best.attempts, 1.0e6 / best.cells_per_s / best.attempts,
               best.median, best.p99, speed);
  }
}

/// A run hands over a row of the grid, or a part of one: lanes that are done early find less to go on with.
void table_of_blocks(const Workload& work) {
  fmt::print("\ncells at a time, ros3 at 5e-02: k cells/s\n");
  for (std::size_t block = lane_count; block <= work.cells; block *= 2)
    fmt::print("{:>15} {:>9.1f}\n", block, 1.0e-3 * best_of_three<Ros3>(work, 5.0e-2, block).cells_per_s);
}

}  // namespace

int main() {
  const char* data = std::getenv("LANTIAN_DATA");
  const std::string folder = std::string(data != nullptr ? data : "../shared") + "/reference/chemistry/bench";
  std::FILE* probe = std::fopen((folder + "/bench300.bin.xz").c_str(), "rb");
  if (probe == nullptr) {
    fmt::print("SKIP: {} is not there; set LANTIAN_DATA to the folder that holds reference/\n", folder);
    return 0;
  }
  std::fclose(probe);
  const Workload work(folder);
  fmt::print("{} cells, {} steps of {:g} s; best of three\n", work.cells, work.steps, work.interval_s);
  fmt::print("method     rtol k cells/s  attempts us/attempt err median   err p99 G sums/s\n");
  table<Rodas3>(work, "rodas3");
  table<Ros3>(work, "ros3");
  table_of_blocks(work);
  return 0;
}
