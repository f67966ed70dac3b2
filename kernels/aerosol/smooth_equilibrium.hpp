#pragma once

#include "aerosol/smooth_step.hpp"

namespace lantian {

/// Where the solver stands: kept from one time to the next it is a warm start.
template <class V>
struct SmoothState {
  SmoothUnknowns<V> y{};
  V h{};         // [mol m-3]
  V residual{};  // the largest, before the last step
  V sweeps{};    // evaluations of the equations
};

/// A start from totals alone: half of what could be ammonium nitrate, activities of a moderate solution.
template <class V>
[[nodiscard]] inline SmoothState<V> cold_start(const SmoothSystem<V>& s) {
  const auto w = [&](Hydrate salt) { return s.water_per_mole[static_cast<std::size_t>(salt)]; };
  const V free_nh4 = maximum(V(s.ammonia - 2.0 * s.sulphate), constant<V>(0.0));
  const V nitrate = 0.5 * minimum(free_nh4, s.nitrate);
  const V water = least_water_kg_m3 + s.sulphate * w(Hydrate::nh4_2so4) + s.na * w(Hydrate::nacl) +
                  nitrate * w(Hydrate::nh4no3);
  SmoothState<V> state{};
  state.y = {log(water), constant<V>(-0.7), constant<V>(-0.7), constant<V>(-1.2), constant<V>(1.0)};
  constexpr double acid_mol_kg = 1.0e-3;
  state.h = acid_mol_kg * water;
  return state;
}

template <class V>
[[nodiscard]] inline V largest_of(const SmoothUnknowns<V>& r) {
  V size = fabs(r[0]);
  for (std::size_t n = 1; n < smooth_unknowns; ++n) size = maximum(size, V(fabs(r[n])));
  return size;
}

/// Starts that are tried one after the other, as shifts of the cold start: bisulphate that dissociates more
/// or less than a moderate solution's; no water, or more.
inline constexpr std::array<double, 5> bisulphate_shifts{0.0, 11.0, 0.0, -5.0, 5.0};
inline constexpr std::array<double, 5> water_shifts{0.0, 0.0, -30.0, 2.0, 4.0};

template <class V>
[[nodiscard]] inline SmoothState<V> other_start(const SmoothSystem<V>& s, const V& attempt) {
  constexpr double log_least_water = -32.0;
  SmoothState<V> start = cold_start(s);
  V bisulphate = constant<V>(0.0), water = constant<V>(0.0);
  for (std::size_t n = 1; n < water_shifts.size(); ++n) {
    const auto is_reached = attempt > static_cast<double>(n) - 0.5;
    bisulphate = choose(is_reached, constant<V>(bisulphate_shifts[n]), bisulphate);
    water = choose(is_reached, constant<V>(water_shifts[n]), water);
  }
  start.y[4] = start.y[4] + bisulphate;
  start.y[0] = maximum(V(start.y[0] + water), constant<V>(log_least_water));
  return start;
}

/// What Newton's method keeps from sweep to sweep: the best state so far, the step that leaves it, how much
/// of the step is tried, what part of the residual a whole step would then take away, and how often the cell
/// began anew.
template <class V>
struct NewtonSearch {
  SmoothUnknowns<V> base{}, step{};
  V base_h{}, share{}, expected{}, attempt{};
};

/// Takes the sweep's residual to heart: a new step where it fell enough, a third of the old one where not.
template <class V, class Mask>
inline void next_trial(const SmoothResidual<V>& r, const Mask& moves, NewtonSearch<V>& search,
                       SmoothState<V>& state) {
  constexpr double least_progress = 0.1, longest_step = 2.0;
  const V one = constant<V>(1.0), third = constant<V>(1.0 / 3.0);
  const V size = largest_of(r.value);
  const auto improves = plain(size) < plain(V(state.residual * (1.0 - least_progress * search.expected)));
  const SmoothUnknowns<V> newton = solve_slopes(r.slope, r.value);
  const V limit = longest_step / maximum(largest_of(newton), constant<V>(longest_step));
  search.expected = choose(improves, limit, V(search.expected * third));
  search.share = choose(improves, one, V(search.share * third));
  search.base_h = choose(improves, r.acid.h, search.base_h);
  for (std::size_t n = 0; n < smooth_unknowns; ++n) {
    search.base[n] = choose(improves, state.y[n], search.base[n]);
    search.step[n] = choose(improves, V(-(limit * newton[n])), search.step[n]);
    state.y[n] = choose(moves, V(search.base[n] + search.share * search.step[n]), state.y[n]);
  }
  state.h = choose(moves, search.base_h, state.h);
  state.residual = choose(both(moves, improves), size, state.residual);
  state.sweeps = state.sweeps + choose(moves, one, constant<V>(0.0));
}

inline constexpr double endless_residual = 1.0e300;

template <class V, class Mask>
inline void begin_anew(const SmoothSystem<V>& s, const Mask& is_stuck, NewtonSearch<V>& search,
                       SmoothState<V>& state) {
  const V one = constant<V>(1.0);
  search.attempt = search.attempt + choose(is_stuck, one, constant<V>(0.0));
  const SmoothState<V> start = other_start(s, search.attempt);
  for (std::size_t n = 0; n < smooth_unknowns; ++n) state.y[n] = choose(is_stuck, start.y[n], state.y[n]);
  state.h = choose(is_stuck, start.h, state.h);
  state.residual = choose(is_stuck, constant<V>(endless_residual), state.residual);
  search.expected = choose(is_stuck, one, search.expected);
  search.share = choose(is_stuck, one, search.share);
}

/// Newton's method on the five unknowns, cell by cell: a step that does not lessen the residual as it should
/// is taken back and tried at a third of its length; where a valley without a root is met, the cell begins
/// anew from another start. Cells that have settled stand still, so that a cell's bits do not depend on its
/// neighbours. A last step follows the residual that was found below the tolerance.
template <class V>
inline void solve_smooth(const SmoothSystem<V>& s, double tolerance, SmoothState<V>& state) {
  constexpr int most_sweeps = 100;
  constexpr double least_expected = 0.02;
  const V one = constant<V>(1.0);
  NewtonSearch<V> search{.base = state.y, .base_h = state.h, .share = one, .expected = one};
  state.residual = constant<V>(endless_residual);
  state.sweeps = constant<V>(0.0);
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    const auto moves = plain(state.residual) > tolerance;
    if (!any_of(moves)) break;
    next_trial(smooth_residual(s, state.y, state.h), moves, search, state);
    const auto is_stuck = both(moves, plain(search.expected) < least_expected);
    if (any_of(is_stuck)) begin_anew(s, is_stuck, search, state);
  }
}

/// The answer at a state: charges balance exactly, and so do nitrogen, sulphur and chlorine.
template <class V>
[[nodiscard]] inline InorganicEquilibrium<V> smooth_answer(const SmoothSystem<V>& s,
                                                           const SmoothState<V>& state) {
  const WorkingConstants<V> constants = working_constants(s, state.y);
  const AcidState<V> q = neutral_state(s, constants, state.h);
  InorganicEquilibrium<V> out{};
  out.ammonia_gas = s.ammonia / (1.0 + constants.a4 * q.h);
  out.nitric_acid_gas = s.nitrate * (q.h / (constants.a5 + q.h));
  out.hydrochloric_acid_gas = s.chloride * (q.h / (constants.a6 + q.h));
  out.water_kg_m3 = exp(state.y[0]);
  out.h = q.h;
  out.oh = q.oh;
  out.nh4 = q.ion[1];
  out.hso4 = q.ion[2];
  out.no3 = q.ion[3];
  out.cl = q.ion[4];
  out.so4 = s.sulphate - q.ion[2];
  out.na = s.na;
  out.ca = s.ca;
  out.k = s.k;
  out.mg = s.mg;
  out.calcium_sulphate = s.calcium_sulphate;
  out.residual = state.residual;
  return out;
}

/// Metastable equilibrium of H-NH4-Na-Ca-K-Mg-SO4-NO3-Cl-H2O, one smooth system for every composition.
///
/// @param tolerance  of the residuals in the logarithms of water and activities; the last step makes them far
/// smaller
/// @see kernels/aerosol/README.md for the equations and their sources.
template <class V>
[[nodiscard]] inline InorganicEquilibrium<V> smooth_equilibrium(const InorganicTotals<V>& totals,
                                                                double tolerance) {
  const SmoothSystem<V> s = smooth_system(totals);
  SmoothState<V> state = cold_start(s);
  solve_smooth(s, tolerance, state);
  return smooth_answer(s, state);
}

}  // namespace lantian
