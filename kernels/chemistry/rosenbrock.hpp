#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace lantian {

/// Eight cells side by side: arithmetic works on each of them alone.
inline constexpr int lane_count = 8;
using Lanes = double __attribute__((vector_size(lane_count * sizeof(double))));
using LaneMask = long long __attribute__((vector_size(lane_count * sizeof(long long))));

/// Control of the solver.
struct SolverSettings {
  double relative_tolerance = 1.0e-3;
  double absolute_tolerance = 1.0;  // in the unit of the concentrations
  double fixed_step_s = 0.0;        // > 0: no error control
  double first_step_s = 0.0;        // 0: the whole interval
};

/// What a block of cells cost and whether it went well.
struct SolverOutcome {
  int steps = 0, rejected = 0;               // of the slowest lane
  bool has_failed = false;                   // a lane needed steps below 1e-6 s, or more than 10,000
  std::array<double, lane_count> clipped{};  // sum of what was lifted to zero, by lane
};

/// ROS3: three stages, two function values, third order, L-stable.
/// @see Sandu et al. (1997), Atmos. Environ. 31, 3459, table 4, in the form of Hairer & Wanner (1996), IV.7.
struct Ros3 {
  static constexpr double gamma = 0.43586652150845899941601945119356;
  static constexpr double c21 = -1.0156171083877702091975600115545;
  static constexpr double c31 = 4.0759956452537699824805835358067;
  static constexpr double c32 = 9.2076794298330791242156818474003;
  static constexpr double m2 = 6.1697947043828245592553615689730;
  static constexpr double m3 = -0.42772256543218573326238373806514;
  static constexpr double e1 = 0.5;
  static constexpr double e2 = -2.9079558716805469821718236208017;
  static constexpr double e3 = 0.22354069897811569627360909276199;
};

/// Integrates dc/dt = f(c) + source over `interval_s` in eight cells at once.
///
/// Each lane has its own step and error control: a cell's result does not depend on the cells beside it.
/// Invariants that are linear in c are kept to rounding, since the Jacobian is exact. c, k, source: [species
/// or reaction] of lanes.
/// @see Sandu et al. (1997), section 3; controller: Hairer & Wanner (1996), Solving ODEs II, 2nd ed., IV.8.
template <class Mechanism>
class RosenbrockSolver {
 public:
  SolverOutcome integrate(Lanes* c, const Lanes* k, const Lanes* source, double interval_s,
                          const SolverSettings& settings) {
    SolverOutcome outcome;
    Lanes time{}, step = Lanes{} + first_step(interval_s, settings);
    LaneMask active = time < interval_s;
    while (any(active)) {
      step = select_lanes(time + step > interval_s, interval_s - time, step);
      attempt(c, k, source, step);
      const Lanes error = settings.fixed_step_s > 0.0 ? Lanes{} : error_norm(c, settings);
      const LaneMask accepted = (error <= 1.0) & active;
      accept(c, accepted, outcome);
      const LaneMask is_last = accepted & (time + step >= interval_s * (1.0 - 1.0e-14));
      time = select_lanes(accepted, time + step, time);
      if (settings.fixed_step_s <= 0.0) step = next_step(step, error, accepted);
      active = active & ~is_last;
      ++outcome.steps;
      if (any(active & ~accepted)) ++outcome.rejected;
      if (outcome.steps > 10000 || any(active & (step < 1.0e-6) & (interval_s - time > 1.0e-6))) {
        outcome.has_failed = true;
        return outcome;
      }
    }
    return outcome;
  }

 private:
  static constexpr std::size_t species = static_cast<std::size_t>(Mechanism::species_count);

  static bool any(LaneMask mask) {
    long long found = 0;
    for (int lane = 0; lane < lane_count; ++lane) found |= mask[lane];
    return found != 0;
  }
  static Lanes select_lanes(LaneMask mask, Lanes yes, Lanes no) { return mask ? yes : no; }
  static double first_step(double interval_s, const SolverSettings& settings) {
    if (settings.fixed_step_s > 0.0) return settings.fixed_step_s;
    return settings.first_step_s > 0.0 ? std::min(settings.first_step_s, interval_s) : interval_s;
  }

  /// Stages k1, k2, k3 of one step from c.
  void attempt(const Lanes* c, const Lanes* k, const Lanes* source, Lanes step) {
    Mechanism::jacobian(c, k, matrix_.data());
    for (Lanes& entry : matrix_) entry = -entry;
    const Lanes diagonal = 1.0 / (step * Ros3::gamma);
    for (const int d : Mechanism::diagonal) matrix_[static_cast<std::size_t>(d)] += diagonal;
    Mechanism::factorise(matrix_.data());

    Mechanism::tendency(c, k, k1_.data());
    for (std::size_t s = 0; s < species; ++s) k1_[s] += source[s];
    Mechanism::solve(matrix_.data(), k1_.data());

    for (std::size_t s = 0; s < species; ++s) inner_[s] = c[s] + k1_[s];
    Mechanism::tendency(inner_.data(), k, tendency_.data());
    for (std::size_t s = 0; s < species; ++s) {
      tendency_[s] += source[s];
      k2_[s] = tendency_[s] + (Ros3::c21 / step) * k1_[s];
    }
    Mechanism::solve(matrix_.data(), k2_.data());

    for (std::size_t s = 0; s < species; ++s)
      k3_[s] = tendency_[s] + (Ros3::c31 / step) * k1_[s] + (Ros3::c32 / step) * k2_[s];
    Mechanism::solve(matrix_.data(), k3_.data());
  }

  /// Root mean square of the local error over the tolerated one.
  Lanes error_norm(const Lanes* c, const SolverSettings& settings) {
    Lanes sum{};
    for (std::size_t s = 0; s < species; ++s) {
      const Lanes updated = c[s] + k1_[s] + Ros3::m2 * k2_[s] + Ros3::m3 * k3_[s];
      const Lanes size =
          select_lanes(magnitude(updated) > magnitude(c[s]), magnitude(updated), magnitude(c[s]));
      const Lanes error = (Ros3::e1 * k1_[s] + Ros3::e2 * k2_[s] + Ros3::e3 * k3_[s]) /
                          (settings.absolute_tolerance + settings.relative_tolerance * size);
      sum += error * error;
    }
    Lanes norm{};
    for (int lane = 0; lane < lane_count; ++lane)
      norm[lane] = std::sqrt(sum[lane] / static_cast<double>(species));
    return norm;
  }
  static Lanes magnitude(Lanes x) { return select_lanes(x < 0.0, -x, x); }

  void accept(Lanes* c, LaneMask accepted, SolverOutcome& outcome) {
    for (std::size_t s = 0; s < species; ++s) {
      const Lanes updated = c[s] + k1_[s] + Ros3::m2 * k2_[s] + Ros3::m3 * k3_[s];
      const LaneMask is_negative = (updated < 0.0) & accepted;
      if (any(is_negative))
        for (int lane = 0; lane < lane_count; ++lane)
          if (is_negative[lane] != 0) outcome.clipped[static_cast<std::size_t>(lane)] -= updated[lane];
      c[s] = select_lanes(accepted, select_lanes(is_negative, Lanes{}, updated), c[s]);
    }
  }

  static Lanes next_step(Lanes step, Lanes error, LaneMask accepted) {
    for (int lane = 0; lane < lane_count; ++lane) {
      const double factor = std::clamp(0.9 / std::cbrt(std::max(error[lane], 1.0e-10)), 0.2, 6.0);
      step[lane] *= accepted[lane] != 0 ? factor : std::min(factor, 1.0);
    }
    return step;
  }

  std::array<Lanes, static_cast<std::size_t>(Mechanism::entry_count)> matrix_;
  std::array<Lanes, species> k1_, k2_, k3_, inner_, tendency_;
};

}  // namespace lantian
