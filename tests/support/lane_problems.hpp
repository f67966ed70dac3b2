// Eight variants of a problem side by side, and directions in which to differentiate them.
#pragma once

#include "chemistry/rosenbrock_frozen.hpp"
#include "support/mechanism_box.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>

namespace lantian::testing {

/// Visits every number of boxes in step: amounts, rate constants, sources.
template <class Work, class First, class... Others>
void for_each_number(Work&& work, First& first, Others&... others) {
  for (std::size_t s = 0; s < first.c.size(); ++s) work(first.c[s], others.c[s]...);
  for (std::size_t r = 0; r < first.k.size(); ++r) work(first.k[r], others.k[r]...);
  for (std::size_t s = 0; s < first.source.size(); ++s) work(first.source[s], others.source[s]...);
}

/// The problem with amounts, rate constants and sources of cell `cell` changed by up to a third.
template <class Problem>
auto cell_of(int cell) {
  auto box = Problem::box();
  std::mt19937 random(static_cast<unsigned>(cell + 1));
  std::uniform_real_distribution<double> factor(0.7, 1.3);
  for_each_number([&](double& number) { number *= factor(random); }, box);
  // A source of everything, so that sources matter, of some per cent of what is there.
  for (std::size_t s = 0; s < box.c.size(); ++s)
    box.source[s] += 0.1 * factor(random) * box.c[s] / Problem::interval_s;
  return box;
}

/// A change of each number by a random part of itself; what is not there at the start gets a part of what
/// there will be at the end.
template <class Problem>
auto direction_at(const MechanismBox<typename Problem::Mechanism>& box, unsigned seed) {
  auto change = box, end = box;
  end.integrate(Problem::interval_s, Problem::settings(1.0e-3));
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> part(-1.0, 1.0);
  for_each_number([&](double& number) { number *= part(random); }, change);
  for (std::size_t s = 0; s < box.c.size(); ++s)
    if (box.c[s] == 0.0) change.c[s] = end.c[s] * std::fabs(part(random));
  return change;
}

/// Sensitivities to the final amounts, for each of about the same weight.
template <class Mechanism>
auto weights_at(const MechanismBox<Mechanism>& end, unsigned seed) {
  std::array<double, static_cast<std::size_t>(Mechanism::species_count)> weight{};
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> number(0.1, 1.0);
  double largest = 0.0;
  for (const double amount : end.c) largest = std::max(largest, amount);
  for (std::size_t s = 0; s < weight.size(); ++s)
    weight[s] = number(random) / std::max(end.c[s], 1.0e-6 * largest);
  return weight;
}

template <class Mechanism>
void set_lane(MechanismBox<Mechanism, Lanes>& block, int lane, const MechanismBox<Mechanism>& box) {
  for_each_number([lane](Lanes& numbers, const double& number) { numbers[lane] = number; }, block, box);
}

template <class Mechanism>
MechanismBox<Mechanism> lane_of(const MechanismBox<Mechanism, Lanes>& block, int lane) {
  MechanismBox<Mechanism> box;
  for_each_number([lane](double& number, const Lanes& numbers) { number = numbers[lane]; }, box, block);
  return box;
}

}  // namespace lantian::testing
