#pragma once

#include "chemistry/lanes.hpp"
#include "chemistry/rosenbrock_methods.hpp"

#include "lantian/base/scalar.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace lantian {

/// Control of the solver.
struct SolverSettings {
  double relative_tolerance = 1.0e-3;
  double absolute_tolerance = 1.0;  // in the unit of the concentrations
  double fixed_step_s = 0.0;        // > 0: no error control
  double first_step_s = 0.0;        // 0: the whole interval
  double least_step_s = 1.0e-6;     // a lane that needs less, or more steps than the most, has failed
  int most_steps = 10000;
};

/// What a block of cells cost and whether it went well. Amounts in the unit of the concentrations, by lane.
struct SolverOutcome {
  int steps = 0, rejected = 0;               // of the slowest lane
  bool has_failed = false;                   // a lane needed too small or too many steps
  std::array<double, lane_count> clipped{};  // created by lifting negative amounts of no family to zero
  std::array<double, lane_count> shifted{};  // moved within the N or S family for the same reason
};

/// Integrates dc/dt = f(c) + source over an interval, in all lanes of V at once.
///
/// Each lane has its own step and error control: a cell's result does not depend on the cells beside it.
/// The first step tried is the whole interval, so a cell needs no memory of earlier steps: with the sources
/// inside the ODE most cells are near a slow state and accept it or a fifth of it.
/// Invariants that are linear in c are kept to rounding, since the Jacobian is exact; negative amounts are
/// lifted to zero at the cost of the other members of their family (N, S), so these totals stay too.
/// A Dual is carried through the steps that its value chooses: the derivative of the discrete solution.
/// c, k, source: [species or reaction].
/// @see Sandu et al. (1997), Atmos. Environ. 31, 3459, section 3; controller: Hairer & Wanner (1996), IV.8.
template <class Mechanism, class V = Lanes, class Method = Ros3>
class RosenbrockSolver {
 public:
  SolverOutcome integrate(V* c, const V* k, const V* source, double interval_s,
                          const SolverSettings& settings) {
    SolverOutcome outcome;
    Real time{}, step = Real{} + first_step(interval_s, settings);
    Mask active = time < interval_s;
    while (Traits::any(active)) {
      step = Traits::choose(time + step > interval_s, interval_s - time, step);
      step = Traits::choose(active, step, Real{} + interval_s);  // a lane at rest: any finite step
      attempt(c, k, source, step);
      Real error{};
      if (settings.fixed_step_s <= 0.0) find_error(c, settings, error);
      const Mask accepted = (error <= 1.0) & active;
      accept(c, accepted, outcome);
      const Mask is_last = accepted & (time + step >= interval_s * (1.0 - 1.0e-14));
      time = Traits::choose(accepted, time + step, time);
      if (settings.fixed_step_s <= 0.0) adapt(step, error, accepted);
      ++outcome.steps;
      if (Traits::any(active & (accepted == Mask{}))) ++outcome.rejected;
      active = active & (is_last == Mask{});
      const Mask is_stuck =
          active & (step < settings.least_step_s) & (interval_s - time > settings.least_step_s);
      if (outcome.steps > settings.most_steps || Traits::any(is_stuck)) {
        outcome.has_failed = true;
        return outcome;
      }
    }
    return outcome;
  }

 private:
  using Traits = LaneTraits<V>;
  using Real = typename Traits::Real;
  using Mask = typename Traits::Mask;
  using One = typename Traits::One;
  static constexpr auto species = static_cast<std::size_t>(Mechanism::species_count);
  static constexpr std::size_t stages = Method::stages;

  static double first_step(double interval_s, const SolverSettings& settings) {
    if (settings.fixed_step_s > 0.0) return settings.fixed_step_s;
    return settings.first_step_s > 0.0 ? std::min(settings.first_step_s, interval_s) : interval_s;
  }
  [[gnu::always_inline]] static Real magnitude(const Real& x) { return Traits::choose(x < 0.0, -x, x); }

  /// Sum of the weighted stages of a species.
  [[nodiscard, gnu::always_inline]] V weighted(const std::array<double, stages>& weight,
                                               std::size_t s) const {
    V sum = weight[0] * stage_[0][s];
    for (std::size_t i = 1; i < stages; ++i)
      if (weight[i] != 0.0) sum = sum + weight[i] * stage_[i][s];
    return sum;
  }

  /// All stages of one step from c.
  void attempt(const V* c, const V* k, const V* source, const Real& step) {
    Mechanism::jacobian(c, k, matrix_.data());
    for (V& entry : matrix_) entry = -entry;
    const Real diagonal = 1.0 / (step * Method::gamma);
    for (const int d : Mechanism::diagonal) {
      V& entry = matrix_[static_cast<std::size_t>(d)];
      entry = entry + diagonal;
    }
    Mechanism::factorise(matrix_.data());
    for (std::size_t i = 0; i < stages; ++i) {
      if (Method::is_new[i]) {
        for (std::size_t s = 0; s < species; ++s) inner_[s] = c[s];
        for (std::size_t j = 0; j < i; ++j) {
          if (Method::a[i][j] == 0.0) continue;
          for (std::size_t s = 0; s < species; ++s) inner_[s] = inner_[s] + Method::a[i][j] * stage_[j][s];
        }
        Mechanism::tendency(inner_.data(), k, tendency_.data());
        for (std::size_t s = 0; s < species; ++s) tendency_[s] = tendency_[s] + source[s];
      }
      stage_[i] = tendency_;
      for (std::size_t j = 0; j < i; ++j) {
        if (Method::c[i][j] == 0.0) continue;
        const Real factor = Method::c[i][j] / step;
        for (std::size_t s = 0; s < species; ++s) stage_[i][s] = stage_[i][s] + factor * stage_[j][s];
      }
      Mechanism::solve(matrix_.data(), stage_[i].data());
    }
  }

  /// Root mean square of the local error over the tolerated one.
  void find_error(const V* c, const SolverSettings& settings, Real& sum) const {
    for (std::size_t s = 0; s < species; ++s) {
      const Real before = magnitude(Traits::plain(c[s]));
      const V updated = c[s] + weighted(Method::m, s);
      const Real after = magnitude(Traits::plain(updated));
      const Real size = Traits::choose(after > before, after, before);
      const V local = weighted(Method::e, s);
      const Real error =
          Traits::plain(local) / (settings.absolute_tolerance + settings.relative_tolerance * size);
      sum = sum + error * error;
    }
    for (int lane = 0; lane < Traits::lanes; ++lane) {
      const double mean = LaneTraits<Real>::get(sum, lane) / static_cast<double>(species);
      LaneTraits<Real>::set(sum, lane, std::sqrt(mean));
    }
  }

  void accept(V* c, const Mask& accepted, SolverOutcome& outcome) const {
    Mask is_negative{};
    for (std::size_t s = 0; s < species; ++s) {
      const V updated = c[s] + weighted(Method::m, s);
      c[s] = Traits::choose(accepted, updated, c[s]);
      is_negative = is_negative | ((Traits::plain(c[s]) < 0.0) & accepted);
    }
    if (!Traits::any(is_negative)) return;
    for (int lane = 0; lane < Traits::lanes; ++lane)
      if (Traits::holds(is_negative, lane)) lift_negatives(c, lane, outcome);
  }

  /// Sets negative amounts of a lane to zero; the members of an N or S family pay for each other.
  static void lift_negatives(V* c, int lane, SolverOutcome& outcome) {
    const auto at = static_cast<std::size_t>(lane);
    outcome.shifted[at] += lift_family(c, lane, Mechanism::nitrogen);
    outcome.shifted[at] += lift_family(c, lane, Mechanism::sulphur);
    for (std::size_t s = 0; s < species; ++s) {
      const One amount = Traits::get(c[s], lane);
      if (amount < One(0.0)) {
        outcome.clipped[at] -= value_of(amount);
        Traits::set(c[s], lane, One(0.0));
      }
    }
  }

  /// @return atoms that the positive members have given; 0 when there is nothing to give.
  static double lift_family(V* c, int lane, const std::array<double, species>& atoms) {
    One total(0.0), positive(0.0);
    for (std::size_t s = 0; s < species; ++s) {
      if (atoms[s] == 0.0) continue;
      const One held = atoms[s] * Traits::get(c[s], lane);
      total = total + held;
      if (held > One(0.0)) positive = positive + held;
    }
    if (!(total < positive) || !(total > One(0.0))) return 0.0;
    const One share = total / positive;
    for (std::size_t s = 0; s < species; ++s) {
      if (atoms[s] == 0.0) continue;
      const One amount = Traits::get(c[s], lane);
      Traits::set(c[s], lane, amount > One(0.0) ? One(amount * share) : One(0.0));
    }
    return value_of(positive) - value_of(total);
  }

  /// The next step of each lane.
  static void adapt(Real& step, const Real& error, const Mask& accepted) {
    for (int lane = 0; lane < Traits::lanes; ++lane) {
      const double size = LaneTraits<Real>::get(error, lane);
      double factor = size < 1.0e30 ? std::clamp(0.9 / std::cbrt(std::max(size, 1.0e-10)), 0.2, 6.0) : 0.2;
      if (!Traits::holds(accepted, lane)) factor = std::min(factor, 1.0);
      LaneTraits<Real>::set(step, lane, LaneTraits<Real>::get(step, lane) * factor);
    }
  }

  std::array<V, static_cast<std::size_t>(Mechanism::entry_count)> matrix_{};
  std::array<std::array<V, species>, stages> stage_{};
  std::array<V, species> inner_{}, tendency_{};
};

}  // namespace lantian
