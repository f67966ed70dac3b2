#pragma once

#include "chemistry/family_lift.hpp"
#include "chemistry/lanes.hpp"
#include "chemistry/rosenbrock_methods.hpp"
#include "chemistry/rosenbrock_record.hpp"
#include "chemistry/rosenbrock_stages.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// Walks the recorded steps of a `RosenbrockSolver` again: forward from other amounts, with a tangent, or
/// backwards with an adjoint. All lanes at once, each along its own steps.
///
/// The derivative is that of the discrete solution for the steps that were taken, lifted amounts included;
/// the choice of the steps is not differentiated. With A = 1/(h gamma) - J(c), H = dJ/dc, Y_i = c + sum a_ij
/// k_j:
///   tangent  A l_i = J(Y_i)(dc + sum_j a_ij l_j) + f(Y_i; dk) + dS + sum_j (c_ij/h) l_j
///                    + (H x k_i) dc + J(c; dk) k_i,               dc' = dc + sum_i m_i l_i;
///   adjoint  A^T u_i = m_i lambda' + sum_{j>i} (a_ji v_j + (c_ji/h) u_j),  v_i = J(Y_i)^T u_i,
///            lambda = lambda' + sum_i v_i + sum_i (H x k_i)^T u_i,
///            by S: sum_i u_i,  by k: sum_i [df/dk(Y_i)^T u_i + (dJ/dk(c) k_i)^T u_i].
/// f and J are linear in the rate constants, hence f(.; dk). Stages that share Y_i share one v_i.
/// The stages are worked out again from the recorded amounts: with the same instructions, so with the same
/// bits.
/// @see Sandu, Daescu & Carmichael (2003), Atmos. Environ. 37, 5083; Daescu, Carmichael & Sandu (2000), J.
/// Comput. Phys. 165, 496.
template <class Mechanism, class V = Lanes, class Method = Ros3>
class FrozenRosenbrock {
 public:
  using Record = RosenbrockRecord<Mechanism, V>;

  /// The forward solution from c along the record's steps, whatever their error is now.
  void integrate(const Record& record, V* c, const V* k, const V* source) {
    for (std::size_t n = 0; n < record.size(); ++n) {
      const Entry& entry = record[n];
      stages_.attempt(c, k, source, entry.step);
      find_update(c);
      for (std::size_t s = 0; s < species; ++s) c[s] = Traits::choose(entry.taken, updated_[s], c[s]);
      for_lifted_lanes(entry.taken, [&](int lane) {
        auto amounts = lane_of(updated_.data(), lane);
        static_cast<void>(lift_negatives<Mechanism>(amounts));
        set_lane(c, lane, amounts);
      });
    }
  }

  /// Carries a change dc of the initial amounts to the end; dk and dsource are changes of the rate constants
  /// and of the source, none where the pointer is null.
  void tangent(const Record& record, const V* k, const V* source, V* dc, const V* dk, const V* dsource) {
    for (std::size_t n = 0; n < record.size(); ++n) {
      const Entry& entry = record[n];
      stages_.attempt(entry.c.data(), k, source, entry.step);
      for (std::size_t i = 0; i < stages; ++i) tangent_stage(i, entry, k, dc, dk, dsource);
      for (std::size_t s = 0; s < species; ++s) {
        V change = dc[s];
        for (std::size_t i = 0; i < stages; ++i)
          if (Method::m[i] != 0.0) change = change + Method::m[i] * derived_[i][s];
        dc[s] = Traits::choose(entry.taken, change, dc[s]);
      }
      find_update(entry.c.data());
      for_lifted_lanes(entry.taken, [&](int lane) {
        auto change = lane_of(dc, lane);
        lift_negatives_tangent<Mechanism>(lane_of(updated_.data(), lane), change);
        set_lane(dc, lane, change);
      });
    }
  }

  /// Carries a sensitivity lambda to the final amounts back to the initial ones, and adds those to the rate
  /// constants and to the source where the pointer is not null.
  void adjoint(const Record& record, const V* k, const V* source, V* lambda, V* by_k, V* by_source) {
    for (std::size_t n = record.size(); n-- > 0;) {
      const Entry& entry = record[n];
      stages_.attempt(entry.c.data(), k, source, entry.step);
      find_update(entry.c.data());
      for_lifted_lanes(entry.taken, [&](int lane) {
        auto sensitivity = lane_of(lambda, lane);
        lift_negatives_adjoint<Mechanism>(lane_of(updated_.data(), lane), sensitivity);
        set_lane(lambda, lane, sensitivity);
      });
      for (std::size_t s = 0; s < species; ++s) {
        after_[s] = Traits::choose(entry.taken, lambda[s], V{});
        same_argument_[s] = V{};
      }
      for (std::size_t i = stages; i-- > 0;) adjoint_stage(i, entry, k, lambda, by_k, by_source);
    }
  }

 private:
  using Traits = LaneTraits<V>;
  using Mask = typename Traits::Mask;
  using One = typename Traits::One;
  using Entry = typename Record::Entry;
  static constexpr auto species = static_cast<std::size_t>(Mechanism::species_count);
  static constexpr auto reactions = static_cast<std::size_t>(Mechanism::reaction_count);
  static constexpr std::size_t stages = Method::stages;
  using Amounts = std::array<V, species>;

  [[gnu::always_inline]] static void add(Amounts& sum, const Amounts& what) {
    for (std::size_t s = 0; s < species; ++s) sum[s] = sum[s] + what[s];
  }
  [[gnu::always_inline]] static void add_multiple(Amounts& sum, double weight, const Amounts& what) {
    for (std::size_t s = 0; s < species; ++s) sum[s] = sum[s] + weight * what[s];
  }
  void add_rates(V* sum) const {
    for (std::size_t r = 0; r < reactions; ++r) sum[r] = sum[r] + by_rate_[r];
  }

  /// The amounts after the step, before negative ones are lifted.
  void find_update(const V* c) {
    for (std::size_t s = 0; s < species; ++s) updated_[s] = c[s] + stages_.weighted(Method::m, s);
  }
  template <class Work>
  void for_lifted_lanes(const Mask& taken, Work&& work) const {
    Mask is_negative{};
    for (const V& amount : updated_) is_negative = is_negative | ((Traits::plain(amount) < 0.0) & taken);
    if (!Traits::any(is_negative)) return;
    for (int lane = 0; lane < Traits::lanes; ++lane)
      if (Traits::holds(is_negative, lane)) work(lane);
  }
  static std::array<One, species> lane_of(const V* c, int lane) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): all of it is written below
    std::array<One, species> amounts;
    for (std::size_t s = 0; s < species; ++s) amounts[s] = Traits::get(c[s], lane);
    return amounts;
  }
  static void set_lane(V* c, int lane, const std::array<One, species>& amounts) {
    for (std::size_t s = 0; s < species; ++s) Traits::set(c[s], lane, amounts[s]);
  }

  void tangent_stage(std::size_t i, const Entry& entry, const V* k, const V* dc, const V* dk,
                     const V* dsource) {
    if (Method::is_new[i]) {
      stages_.find_argument(entry.c.data(), i, argument_);
      for (std::size_t s = 0; s < species; ++s) work_[s] = dc[s];
      for (std::size_t j = 0; j < i; ++j)
        if (Method::a[i][j] != 0.0) add_multiple(work_, Method::a[i][j], derived_[j]);
      Mechanism::jacobian_times(argument_.data(), k, work_.data(), same_argument_.data());
      if (dk != nullptr) {
        Mechanism::tendency(argument_.data(), dk, work_.data());
        add(same_argument_, work_);
      }
      if (dsource != nullptr)
        for (std::size_t s = 0; s < species; ++s) same_argument_[s] = same_argument_[s] + dsource[s];
    }
    derived_[i] = same_argument_;
    stages_.add_earlier(derived_, i, entry.step);
    Mechanism::hessian_times(entry.c.data(), k, stages_.stage(i).data(), dc, work_.data());
    add(derived_[i], work_);
    if (dk != nullptr) {
      Mechanism::jacobian_times(entry.c.data(), dk, stages_.stage(i).data(), work_.data());
      add(derived_[i], work_);
    }
    Mechanism::solve(stages_.factors(), derived_[i].data());
  }

  void adjoint_stage(std::size_t i, const Entry& entry, const V* k, V* lambda, V* by_k, V* by_source) {
    Amounts& u = derived_[i];
    for (std::size_t s = 0; s < species; ++s) u[s] = Method::m[i] * after_[s];
    for (std::size_t j = i + 1; j < stages; ++j) {
      if (Method::is_new[j] && Method::a[j][i] != 0.0) add_multiple(u, Method::a[j][i], by_argument_[j]);
      if (Method::c[j][i] == 0.0) continue;
      const typename Traits::Real factor = Method::c[j][i] / entry.step;
      for (std::size_t s = 0; s < species; ++s) u[s] = u[s] + factor * derived_[j][s];
    }
    Mechanism::solve_transposed(stages_.factors(), u.data());
    add(same_argument_, u);
    Mechanism::hessian_transposed_times(entry.c.data(), k, stages_.stage(i).data(), u.data(), work_.data());
    for (std::size_t s = 0; s < species; ++s) lambda[s] = lambda[s] + work_[s];
    if (by_k != nullptr) {
      Mechanism::jacobian_rate_gradient(entry.c.data(), stages_.stage(i).data(), u.data(), by_rate_.data());
      add_rates(by_k);
    }
    if (Method::is_new[i]) close_argument(i, entry, k, lambda, by_k, by_source);
  }

  /// What the stages that share the argument Y_i owe to it.
  void close_argument(std::size_t i, const Entry& entry, const V* k, V* lambda, V* by_k, V* by_source) {
    stages_.find_argument(entry.c.data(), i, argument_);
    Mechanism::jacobian_transposed_times(argument_.data(), k, same_argument_.data(), by_argument_[i].data());
    for (std::size_t s = 0; s < species; ++s) lambda[s] = lambda[s] + by_argument_[i][s];
    if (by_k != nullptr) {
      Mechanism::rate_gradient(argument_.data(), same_argument_.data(), by_rate_.data());
      add_rates(by_k);
    }
    for (std::size_t s = 0; s < species; ++s) {
      if (by_source != nullptr) by_source[s] = by_source[s] + same_argument_[s];
      same_argument_[s] = V{};
    }
  }

  RosenbrockStages<Mechanism, V, Method> stages_;
  std::array<Amounts, stages> derived_{};      // l_i, or u_i
  std::array<Amounts, stages> by_argument_{};  // v_i
  Amounts same_argument_{};                    // of the stages that share Y_i: J dY + ..., or the sum of u_i
  Amounts argument_{}, updated_{}, after_{}, work_{};
  std::array<V, reactions> by_rate_{};
};

}  // namespace lantian
