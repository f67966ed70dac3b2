#pragma once

#include "chemistry/family_lift.hpp"
#include "chemistry/lanes.hpp"
#include "chemistry/rosenbrock_methods.hpp"
#include "chemistry/rosenbrock_record.hpp"
#include "chemistry/rosenbrock_stages.hpp"

#include "lantian/base/scalar.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace lantian {

/// Control of the solver.
struct SolverSettings {
  double relative_tolerance = 1.0e-3;
  double absolute_tolerance = 1.0;  // in the unit of the concentrations
  double fixed_step_s = 0.0;        // > 0: no error control
  double first_step_s = 0.0;        // 0: the whole interval
  double least_step_s = 1.0e-11;    // a lane that needs less, or more steps than the most, has failed
  int most_steps = 10000;
};

/// What a block of cells cost and whether it went well. Amounts in the unit of the concentrations, by lane.
struct SolverOutcome {
  int steps = 0, rejected = 0;               // of the slowest lane
  bool has_failed = false;                   // a lane needed too small or too many steps
  int failed_lane = 0, failed_species = 0;   // then: the first such lane, and what was least well known in it
  std::array<double, lane_count> clipped{};  // created by lifting negative amounts of no family to zero
  std::array<double, lane_count> shifted{};  // moved within the N or S family for the same reason
  std::array<std::array<double, lane_count>, 2> atoms_made{};  // of N and of S, by the mechanism's declared
                                                               // imbalances

  /// Makes a lane ready for the next cell.
  void clear(std::size_t lane) {
    clipped[lane] = shifted[lane] = 0.0;
    for (std::array<double, lane_count>& made : atoms_made) made[lane] = 0.0;
  }
};

/// Integrates dc/dt = f(c) + source over an interval, in all lanes of V at once.
///
/// Each lane has its own step and error control: a cell's result does not depend on the cells beside it.
/// The first step tried is the whole interval, so a cell needs no memory of earlier steps: with the sources
/// inside the ODE most cells are near a slow state and accept it or a fifth of it.
/// Invariants that are linear in c are kept to rounding, since the Jacobian is exact; negative amounts are
/// lifted to zero at the cost of the other members of their family (N, S), so these totals stay too.
/// A Dual is carried through the steps that its value chooses: the derivative of the discrete solution.
/// c, k, source: [species or reaction]. `record` takes down the accepted steps for `RosenbrockTangent` and
/// `RosenbrockAdjoint`.
/// @see Sandu et al. (1997), Atmos. Environ. 31, 3459, section 3; controller: Hairer & Wanner (1996), IV.8.
template <class Mechanism, class V = Lanes, class Method = Ros3>
class RosenbrockSolver {
 public:
  using Traits = LaneTraits<V>;
  using Real = typename Traits::Real;

  /// From now on each lane tries first the step that stands in `first_step_s` (where it is above zero and
  /// below the interval), and leaves there half of what the error of the first accepted one allows: new
  /// emissions wake the same transient in the next interval. Null: as the settings say. Whoever keeps these
  /// numbers of a cell must keep them over a restart as well.
  void warm_start(Real* first_step_s) { warm_ = first_step_s; }

  SolverOutcome integrate(V* c, const V* k, const V* source, double interval_s,
                          const SolverSettings& settings, RosenbrockRecord<Mechanism, V>* record = nullptr) {
    SolverOutcome outcome;
    if (record != nullptr) record->begin(interval_s);
    Progress lanes;
    for (int lane = 0; lane < Traits::lanes; ++lane) begin(lanes, lane, interval_s, settings);
    while (Traits::any(lanes.active)) {
      const Mask stuck = attempt(c, k, source, interval_s, settings, lanes, outcome, record);
      ++outcome.steps;
      if (!Traits::any(stuck)) continue;
      while (!Traits::holds(stuck, outcome.failed_lane)) ++outcome.failed_lane;
      outcome.has_failed = true;
      outcome.failed_species = least_known(c, outcome.failed_lane, settings);
      return outcome;
    }
    return outcome;
  }

  /// The same for any number of cells: a lane whose cell has come to the end of the interval takes the next
  /// one while the others go on, so that no lane waits for the slowest. A cell's result is that of
  /// `integrate`.
  ///
  /// `queue.load(c, k, source, lane)` puts the next cell into a lane and says whether there was one;
  /// `queue.unload(c, lane, outcome)` takes it out: in `outcome` what belongs to the lane, `steps` of this
  /// cell.
  template <class Queue>
  void integrate_queue(Queue& queue, double interval_s, const SolverSettings& settings) {
    std::array<V, species> c{}, source{};
    std::array<V, static_cast<std::size_t>(Mechanism::reaction_count)> k{};
    SolverOutcome outcome;
    Progress lanes;
    const auto load = [&](int lane) {
      if (queue.load(c.data(), k.data(), source.data(), lane)) begin(lanes, lane, interval_s, settings);
    };
    for (int lane = 0; lane < Traits::lanes; ++lane) load(lane);
    while (Traits::any(lanes.active)) {
      const Mask before = lanes.active;
      const Mask stuck = attempt(c.data(), k.data(), source.data(), interval_s, settings, lanes, outcome);
      const Mask ended = before & ((lanes.active == Mask{}) | stuck);
      if (!Traits::any(ended)) continue;
      for (int lane = 0; lane < Traits::lanes; ++lane) {
        if (!Traits::holds(ended, lane)) continue;
        outcome.has_failed = Traits::holds(stuck, lane);
        if (outcome.has_failed) outcome.failed_species = least_known(c.data(), lane, settings);
        outcome.steps = static_cast<int>(LaneTraits<Real>::get(lanes.attempts, lane));
        queue.unload(c.data(), lane, outcome);
        Traits::unmark(lanes.active, lane);
        outcome.clear(static_cast<std::size_t>(lane));
        load(lane);
      }
    }
  }

 private:
  using Mask = typename Traits::Mask;
  using One = typename Traits::One;
  static constexpr auto species = static_cast<std::size_t>(Mechanism::species_count);
  static constexpr double warm_share = 0.5;

  /// How far each lane has come.
  struct Progress {
    Real time{}, step{}, attempts{};
    Mask active{}, is_first{};  // still on the way; without an accepted step
  };

  void begin(Progress& lanes, int lane, double interval_s, const SolverSettings& settings) const {
    double step = first_step(interval_s, settings);
    if (warm_ != nullptr) {
      const double warm = LaneTraits<Real>::get(*warm_, lane);
      if (warm > 0.0 && warm < interval_s) step = warm;
    }
    LaneTraits<Real>::set(lanes.time, lane, 0.0);
    LaneTraits<Real>::set(lanes.step, lane, step);
    LaneTraits<Real>::set(lanes.attempts, lane, 0.0);
    Traits::mark(lanes.active, lane);
    Traits::mark(lanes.is_first, lane);
  }

  /// One attempted step of every lane that is on the way. The lanes that can go no further: the step they
  /// need is too small, or they have made too many.
  // NOLINTNEXTLINE(readability-function-size): what a step reads, and what it writes
  Mask attempt(V* c, const V* k, const V* source, double interval_s, const SolverSettings& settings,
               Progress& lanes, SolverOutcome& outcome, RosenbrockRecord<Mechanism, V>* record = nullptr) {
    Real& step = lanes.step;
    step = Traits::choose(lanes.time + step > interval_s, interval_s - lanes.time, step);
    step = Traits::choose(lanes.active, step, Real{} + interval_s);  // a lane at rest: any finite step
    lanes.attempts = lanes.attempts + 1.0;
    stages_.attempt(c, k, source, step);
    Real error{};
    if (settings.fixed_step_s <= 0.0) find_error(c, settings, error);
    const Mask accepted = (error <= 1.0) & lanes.active;
    if (record != nullptr) record->add(c, step, accepted);
    accept(c, accepted, outcome);
    if (Traits::any(lanes.active & (accepted == Mask{}))) ++outcome.rejected;
    const Mask is_last = accepted & (lanes.time + step >= interval_s * (1.0 - 1.0e-14));
    lanes.time = Traits::choose(accepted, lanes.time + step, lanes.time);
    if (settings.fixed_step_s <= 0.0) adapt(step, error, accepted);
    if (warm_ != nullptr) {
      *warm_ = Traits::choose(accepted & lanes.is_first, warm_share * step, *warm_);
      lanes.is_first = lanes.is_first & (accepted == Mask{});
    }
    lanes.active = lanes.active & (is_last == Mask{});
    const Mask is_too_small =
        (step < settings.least_step_s) & (interval_s - lanes.time > settings.least_step_s);
    return lanes.active & (is_too_small | (lanes.attempts > settings.most_steps));
  }

  static double first_step(double interval_s, const SolverSettings& settings) {
    if (settings.fixed_step_s > 0.0) return settings.fixed_step_s;
    return settings.first_step_s > 0.0 ? std::min(settings.first_step_s, interval_s) : interval_s;
  }
  [[gnu::always_inline]] static Real magnitude(const Real& x) { return Traits::choose(x < 0.0, -x, x); }

  /// The species with the largest error of a lane.
  int least_known(const V* c, int lane, const SolverSettings& settings) const {
    double largest = -1.0;
    int found = 0;
    for (std::size_t s = 0; s < species; ++s) {
      const double local = LaneTraits<Real>::get(Traits::plain(stages_.weighted(Method::e, s)), lane);
      const double amount = LaneTraits<Real>::get(Traits::plain(c[s]), lane);
      const double error =
          std::fabs(local) / (settings.absolute_tolerance + settings.relative_tolerance * std::fabs(amount));
      if (error <= largest) continue;  // what is no number counts
      largest = std::isnan(error) ? std::numeric_limits<double>::infinity() : error;
      found = static_cast<int>(s);
    }
    return found;
  }

  /// Root mean square of the local error over the tolerated one.
  void find_error(const V* c, const SolverSettings& settings, Real& sum) const {
    for (std::size_t s = 0; s < species; ++s) {
      const Real before = magnitude(Traits::plain(c[s]));
      const V updated = c[s] + stages_.weighted(Method::m, s);
      const Real after = magnitude(Traits::plain(updated));
      const Real size = Traits::choose(after > before, after, before);
      const V local = stages_.weighted(Method::e, s);
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
      const V updated = c[s] + stages_.weighted(Method::m, s);
      c[s] = Traits::choose(accepted, updated, c[s]);
      is_negative = is_negative | ((Traits::plain(c[s]) < 0.0) & accepted);
    }
    if constexpr (Mechanism::makes_atoms) book_atoms(accepted, outcome);
    if (!Traits::any(is_negative)) return;
    for (int lane = 0; lane < Traits::lanes; ++lane)
      if (Traits::holds(is_negative, lane)) lift(c, lane, outcome);
  }

  void book_atoms(const Mask& accepted, SolverOutcome& outcome) const {
    for (std::size_t element = 0; element < outcome.atoms_made.size(); ++element) {
      const Real made = Traits::plain(stages_.atoms_made(element));
      for (int lane = 0; lane < Traits::lanes; ++lane)
        if (Traits::holds(accepted, lane))
          outcome.atoms_made[element][static_cast<std::size_t>(lane)] += LaneTraits<Real>::get(made, lane);
    }
  }

  static void lift(V* c, int lane, SolverOutcome& outcome) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): all of it is written below
    std::array<One, species> amounts;
    for (std::size_t s = 0; s < species; ++s) amounts[s] = Traits::get(c[s], lane);
    const Lifted lifted = lift_negatives<Mechanism>(amounts);
    for (std::size_t s = 0; s < species; ++s) Traits::set(c[s], lane, amounts[s]);
    outcome.clipped[static_cast<std::size_t>(lane)] += lifted.clipped;
    outcome.shifted[static_cast<std::size_t>(lane)] += lifted.shifted;
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

  RosenbrockStages<Mechanism, V, Method> stages_;
  Real* warm_ = nullptr;
};

}  // namespace lantian
