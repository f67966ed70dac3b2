// A box of air for tests of chemistry: amounts, rate constants and sources of one mechanism, by species name.
#pragma once

#include "chemistry/rosenbrock.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace lantian::testing {

template <class Mechanism, class V = double>
struct MechanismBox {
  std::array<V, static_cast<std::size_t>(Mechanism::species_count)> c{}, source{};
  std::array<V, static_cast<std::size_t>(Mechanism::reaction_count)> k{};

  static std::size_t index(std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(Mechanism::species, name) - Mechanism::species.begin());
  }
  V& operator[](std::string_view name) { return c.at(index(name)); }

  /// The same box in another number type.
  template <class W>
  [[nodiscard]] MechanismBox<Mechanism, W> as() const {
    MechanismBox<Mechanism, W> box;
    for (std::size_t s = 0; s < c.size(); ++s) box.c[s] = W(c[s]);
    for (std::size_t s = 0; s < c.size(); ++s) box.source[s] = W(source[s]);
    for (std::size_t r = 0; r < k.size(); ++r) box.k[r] = W(k[r]);
    return box;
  }

  /// Atoms of a family: `atoms` is Mechanism::nitrogen or Mechanism::sulphur.
  template <class Atoms>
  [[nodiscard]] V total(const Atoms& atoms) const {
    V sum{};
    for (std::size_t s = 0; s < c.size(); ++s) sum = sum + atoms[s] * c[s];
    return sum;
  }

  template <class Method = Ros3>
  SolverOutcome integrate(double interval_s, const SolverSettings& settings,
                          RosenbrockRecord<Mechanism, V>* record = nullptr) {
    RosenbrockSolver<Mechanism, V, Method> solver;
    return solver.integrate(c.data(), k.data(), source.data(), interval_s, settings, record);
  }
};

}  // namespace lantian::testing
