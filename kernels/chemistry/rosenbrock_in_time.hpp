#pragma once

#include "chemistry/family_lift.hpp"
#include "chemistry/rosenbrock.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace lantian {

/// What drives a box of air at an instant.
template <class Mechanism>
struct Forcing {
  std::array<double, static_cast<std::size_t>(Mechanism::reaction_count)> k{};      // rate constants
  std::array<double, static_cast<std::size_t>(Mechanism::species_count)> source{};  // per second
};

/// Integrates dc/dt = f(c; k(t)) + source(t) - loss c for one box, with rate constants that follow the time
/// within each step.
///
/// The forcing is differentiated by a central difference over a second either way: sunlight is smooth on that
/// scale, and an error in df/dt only lowers the order of what it multiplies.
/// @see Hairer & Wanner (1996), IV.7, eq. 7.4 (non-autonomous problems); step control as `RosenbrockSolver`.
template <class Mechanism, class Method>
class RosenbrockInTime {
 public:
  static constexpr auto species = static_cast<std::size_t>(Mechanism::species_count);
  using Amounts = std::array<double, species>;

  explicit RosenbrockInTime(const Amounts& loss_per_s) : loss_per_s_(loss_per_s) {}

  /// `forcing(t)`: the Forcing at an instant; `step_s`: first step tried, and the next one to try at return.
  template <class Force>
  // NOLINTNEXTLINE(readability-function-size): an interval, what forces it, and how it is solved
  SolverOutcome integrate(Amounts& c, double from_s, double to_s, Force&& forcing,
                          const SolverSettings& settings, double longest_step_s, double& step_s) {
    SolverOutcome outcome;
    double time_s = from_s;
    while (time_s < to_s) {
      const double left_s = to_s - time_s;
      const double h = step_s >= left_s * (1.0 - 1.0e-12) ? left_s : std::min(step_s, 0.5 * left_s);
      attempt(c, time_s, h, forcing);
      const double error = error_of(c, settings);
      ++outcome.steps;
      const double factor =
          error < 1.0e30 ? std::clamp(0.9 / std::cbrt(std::max(error, 1.0e-10)), 0.2, 6.0) : 0.2;
      if (error <= 1.0) {
        for (std::size_t s = 0; s < species; ++s) c[s] += weighted(Method::m, s);
        const Lifted lifted = lift_negatives<Mechanism>(c);
        outcome.clipped[0] += lifted.clipped;
        outcome.shifted[0] += lifted.shifted;
        time_s = h == left_s ? to_s : time_s + h;
        step_s = std::min(std::max(h * factor, h == left_s ? step_s : 0.0), longest_step_s);
      } else {
        ++outcome.rejected;
        step_s = h * std::min(factor, 1.0);
      }
      if (step_s < settings.least_step_s || outcome.steps > settings.most_steps) {
        outcome.has_failed = true;
        return outcome;
      }
    }
    return outcome;
  }

 private:
  template <class Force>
  void attempt(const Amounts& c, double time_s, double h, Force&& forcing) {
    const Forcing<Mechanism> now = forcing(time_s);
    find_time_derivative(c, forcing(time_s - 1.0), forcing(time_s + 1.0));
    Mechanism::jacobian(c.data(), now.k.data(), matrix_.data());
    for (double& entry : matrix_) entry = -entry;
    for (std::size_t s = 0; s < species; ++s)
      matrix_[static_cast<std::size_t>(Mechanism::diagonal[s])] += 1.0 / (h * Method::gamma) + loss_per_s_[s];
    Mechanism::factorise(matrix_.data());
    for (std::size_t i = 0; i < Method::stages; ++i) {
      if (Method::is_new[i]) {
        Amounts argument = c;
        for (std::size_t j = 0; j < i; ++j)
          for (std::size_t s = 0; s < species; ++s) argument[s] += Method::a[i][j] * stage_[j][s];
        find_tendency(argument, Method::alpha[i] == 0.0 ? now : forcing(time_s + Method::alpha[i] * h));
      }
      for (std::size_t s = 0; s < species; ++s)
        stage_[i][s] = tendency_[s] + (Method::gamma_sum[i] * h) * by_time_[s];
      for (std::size_t j = 0; j < i; ++j)
        for (std::size_t s = 0; s < species; ++s) stage_[i][s] += Method::c[i][j] / h * stage_[j][s];
      Mechanism::solve(matrix_.data(), stage_[i].data());
    }
  }

  void find_tendency(const Amounts& c, const Forcing<Mechanism>& by) {
    Mechanism::tendency(c.data(), by.k.data(), tendency_.data());
    for (std::size_t s = 0; s < species; ++s) tendency_[s] += by.source[s] - loss_per_s_[s] * c[s];
  }

  /// f is linear in k and in the source.
  void find_time_derivative(const Amounts& c, const Forcing<Mechanism>& before,
                            const Forcing<Mechanism>& after) {
    auto slope = before.k;
    for (std::size_t r = 0; r < slope.size(); ++r) slope[r] = 0.5 * (after.k[r] - before.k[r]);
    Mechanism::tendency(c.data(), slope.data(), by_time_.data());
    for (std::size_t s = 0; s < species; ++s) by_time_[s] += 0.5 * (after.source[s] - before.source[s]);
  }

  [[nodiscard]] double weighted(const std::array<double, Method::stages>& weight, std::size_t s) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < Method::stages; ++i) sum += weight[i] * stage_[i][s];
    return sum;
  }

  /// Largest local error of a species over the tolerated one. A mean over species, as blocks of cells have
  /// it, would let one of 79 err nine times more.
  [[nodiscard]] double error_of(const Amounts& c, const SolverSettings& settings) const {
    double worst = 0.0;
    for (std::size_t s = 0; s < species; ++s) {
      const double size = std::max(std::fabs(c[s]), std::fabs(c[s] + weighted(Method::m, s)));
      const double error = std::fabs(weighted(Method::e, s)) /
                           (settings.absolute_tolerance + settings.relative_tolerance * size);
      if (!(error <= worst)) worst = error;
    }
    return worst;
  }

  Amounts loss_per_s_{}, tendency_{}, by_time_{};
  std::array<double, static_cast<std::size_t>(Mechanism::entry_count)> matrix_{};
  std::array<Amounts, Method::stages> stage_{};
};

}  // namespace lantian
