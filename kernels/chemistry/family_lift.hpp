#pragma once

#include "lantian/base/dual.hpp"
#include "lantian/base/scalar.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// What lifting negative amounts of one cell moved, in their unit.
struct Lifted {
  double clipped = 0.0;  // created by lifting negative amounts of no family to zero
  double shifted = 0.0;  // atoms moved within the N or S family for the same reason
};

/// A family total over what its positive members hold: how lifting scales these. Not set: nothing to lift.
template <class T>
struct FamilyShare {
  T total = T(0.0), positive = T(0.0);
  [[nodiscard]] bool is_lifted() const { return total < positive && total > T(0.0); }
  [[nodiscard]] T share() const { return total / positive; }
};

template <class T, std::size_t species>
[[nodiscard]] FamilyShare<T> family_share(const std::array<T, species>& c,
                                          const std::array<double, species>& atoms) {
  FamilyShare<T> family;
  for (std::size_t s = 0; s < species; ++s) {
    if (atoms[s] == 0.0) continue;
    const T held = atoms[s] * c[s];
    family.total = family.total + held;
    if (held > T(0.0)) family.positive = family.positive + held;
  }
  return family;
}

/// Sets the negative members of a family to zero and scales the positive ones, so that the total stays.
template <class T, std::size_t species>
void scale_family(std::array<T, species>& c, const std::array<double, species>& atoms,
                  const FamilyShare<T>& family) {
  const T share = family.share();
  for (std::size_t s = 0; s < species; ++s)
    if (atoms[s] != 0.0) c[s] = c[s] > T(0.0) ? T(c[s] * share) : T(0.0);
}

/// Sets negative amounts of a cell to zero; the members of an N or S family pay for each other.
template <class Mechanism, class T, std::size_t species>
[[nodiscard]] Lifted lift_negatives(std::array<T, species>& c) {
  Lifted lifted;
  for (const auto* atoms : {&Mechanism::nitrogen, &Mechanism::sulphur}) {
    const FamilyShare<T> family = family_share(c, *atoms);
    if (!family.is_lifted()) continue;
    scale_family(c, *atoms, family);
    lifted.shifted += value_of(family.positive) - value_of(family.total);
  }
  for (T& amount : c) {
    if (!(amount < T(0.0))) continue;
    lifted.clipped -= value_of(amount);
    amount = T(0.0);
  }
  return lifted;
}

/// Derivative of `lift_negatives` at c (before the lift): dc comes in as a change of c and goes out as that
/// of the lifted amounts.
///
/// With P the sum of what positive members hold and N the total: c' = c N/P, so
/// dc' = dc N/P + c (dN - N/P dP)/P; a negative member keeps nothing.
template <class Mechanism, class T, std::size_t species>
void lift_negatives_tangent(std::array<T, species> c, std::array<T, species>& dc) {
  for (const auto* atoms : {&Mechanism::nitrogen, &Mechanism::sulphur}) {
    const FamilyShare<T> family = family_share(c, *atoms);
    if (!family.is_lifted()) continue;
    T d_total(0.0), d_positive(0.0);
    for (std::size_t s = 0; s < species; ++s) {
      d_total = d_total + (*atoms)[s] * dc[s];
      if (c[s] > T(0.0)) d_positive = d_positive + (*atoms)[s] * dc[s];
    }
    const T share = family.share(), d_share = (d_total - share * d_positive) / family.positive;
    for (std::size_t s = 0; s < species; ++s)
      if ((*atoms)[s] != 0.0) dc[s] = c[s] > T(0.0) ? T(dc[s] * share + c[s] * d_share) : T(0.0);
    scale_family(c, *atoms, family);
  }
  for (std::size_t s = 0; s < species; ++s)
    if (c[s] < T(0.0)) dc[s] = T(0.0);
}

/// The transposed of one family's part of `lift_negatives_tangent`.
template <class T, std::size_t species>
void scale_family_adjoint(const std::array<T, species>& c, const std::array<double, species>& atoms,
                          const FamilyShare<T>& family, std::array<T, species>& lambda) {
  const T share = family.share();
  T by_share(0.0);
  for (std::size_t s = 0; s < species; ++s)
    if (atoms[s] != 0.0 && c[s] > T(0.0)) by_share = by_share + c[s] * lambda[s];
  by_share = by_share / family.positive;
  for (std::size_t s = 0; s < species; ++s) {
    if (atoms[s] == 0.0) continue;
    const T kept = c[s] > T(0.0) ? T(share * lambda[s] - by_share * (share * atoms[s])) : T(0.0);
    lambda[s] = kept + by_share * atoms[s];
  }
}

/// The transposed of `lift_negatives_tangent` at c (before the lift): lambda comes in by lifted amounts and
/// goes out by c.
template <class Mechanism, class T, std::size_t species>
void lift_negatives_adjoint(const std::array<T, species>& c, std::array<T, species>& lambda) {
  const FamilyShare<T> nitrogen = family_share(c, Mechanism::nitrogen);
  std::array<T, species> after_nitrogen = c;
  if (nitrogen.is_lifted()) scale_family(after_nitrogen, Mechanism::nitrogen, nitrogen);
  const FamilyShare<T> sulphur = family_share(after_nitrogen, Mechanism::sulphur);
  std::array<T, species> after_families = after_nitrogen;
  if (sulphur.is_lifted()) scale_family(after_families, Mechanism::sulphur, sulphur);

  for (std::size_t s = 0; s < species; ++s)
    if (after_families[s] < T(0.0)) lambda[s] = T(0.0);
  if (sulphur.is_lifted()) scale_family_adjoint(after_nitrogen, Mechanism::sulphur, sulphur, lambda);
  if (nitrogen.is_lifted()) scale_family_adjoint(c, Mechanism::nitrogen, nitrogen, lambda);
}

}  // namespace lantian
