#pragma once

#include "chemistry/lanes.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// The stages k_i of one step of a Rosenbrock method, in all lanes, and the factors of A = 1/(h gamma) - J.
template <class Mechanism, class V, class Method>
class RosenbrockStages {
 public:
  using Real = typename LaneTraits<V>::Real;
  static constexpr auto species = static_cast<std::size_t>(Mechanism::species_count);
  static constexpr std::size_t stages = Method::stages;
  using Amounts = std::array<V, species>;
  using Atoms = std::array<V, 2>;  // of nitrogen and of sulphur

  /// All stages of one step from c.
  void attempt(const V* c, const V* k, const V* source, const Real& step) {
    const Real shift = 1.0 / (step * Method::gamma);
    Mechanism::factorise_shifted(c, k, shift, matrix_.data());
    for (std::size_t i = 0; i < stages; ++i) {
      if (Method::is_new[i]) {
        find_argument(c, i, inner_);
        Mechanism::tendency(inner_.data(), k, tendency_.data());
        for (std::size_t s = 0; s < species; ++s) tendency_[s] = tendency_[s] + source[s];
      }
      stage_[i] = tendency_;
      add_earlier(stage_, i, step);
      Mechanism::solve(matrix_.data(), stage_[i].data());
      if constexpr (Mechanism::makes_atoms) count_atoms(c, k, i, step);
    }
  }

  [[nodiscard]] const Amounts& stage(std::size_t i) const { return stage_[i]; }
  /// Entries of the factors, for `Mechanism::solve` and `solve_transposed`.
  [[nodiscard]] const V* factors() const { return matrix_.data(); }

  /// Where stage i takes f: c + sum_j a_ij k_j.
  [[gnu::always_inline]] void find_argument(const V* c, std::size_t i, Amounts& argument) const {
    for (std::size_t s = 0; s < species; ++s) argument[s] = c[s];
    for (std::size_t j = 0; j < i; ++j) {
      if (Method::a[i][j] == 0.0) continue;
      for (std::size_t s = 0; s < species; ++s) argument[s] = argument[s] + Method::a[i][j] * stage_[j][s];
    }
  }

  /// Adds sum_j (c_ij / h) k_j to stage i.
  [[gnu::always_inline]] static void add_earlier(std::array<Amounts, stages>& stage, std::size_t i,
                                                 const Real& step) {
    for (std::size_t j = 0; j < i; ++j) {
      if (Method::c[i][j] == 0.0) continue;
      const Real factor = Method::c[i][j] / step;
      for (std::size_t s = 0; s < species; ++s) stage[i][s] = stage[i][s] + factor * stage[j][s];
    }
  }

  /// Atoms of N (0) or S (1) that reactions declared unbalanced make in the step: the stages of a counter n,
  /// dn/dt = g(c), which is no reactant, so that the atoms less n are an invariant linear in both.
  [[nodiscard]] V atoms_made(std::size_t element) const requires(Mechanism::makes_atoms) {
    V sum = Method::m[0] * counter_[0][element];
    for (std::size_t i = 1; i < stages; ++i) sum = sum + Method::m[i] * counter_[i][element];
    return sum;
  }

  /// Sum of the weighted stages of a species: by m the step, by e its local error.
  [[nodiscard, gnu::always_inline]] V weighted(const std::array<double, stages>& weight,
                                               std::size_t s) const {
    V sum = weight[0] * stage_[0][s];
    for (std::size_t i = 1; i < stages; ++i)
      if (weight[i] != 0.0) sum = sum + weight[i] * stage_[i][s];
    return sum;
  }

 private:
  /// n_i / (h gamma) = g(Y_i) + (dg/dc) k_i + sum_j (c_ij / h) n_j.
  void count_atoms(const V* c, const V* k, std::size_t i, const Real& step) {
    if (Method::is_new[i]) Mechanism::atoms_made(inner_.data(), k, atoms_per_s_.data());
    Mechanism::atoms_made_times(c, k, stage_[i].data(), counter_[i].data());
    for (std::size_t e = 0; e < atoms_per_s_.size(); ++e) {
      V sum = counter_[i][e] + atoms_per_s_[e];
      for (std::size_t j = 0; j < i; ++j) sum = sum + (Method::c[i][j] / step) * counter_[j][e];
      counter_[i][e] = (step * Method::gamma) * sum;
    }
  }

  std::array<V, static_cast<std::size_t>(Mechanism::entry_count)> matrix_{};
  std::array<Amounts, stages> stage_{};
  Amounts inner_{}, tendency_{};
  std::array<Atoms, stages> counter_{};
  Atoms atoms_per_s_{};
};

}  // namespace lantian
