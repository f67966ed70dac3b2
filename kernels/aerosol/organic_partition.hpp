#pragma once

#include "lantian/base/scalar.hpp"

#include <array>
#include <cstddef>

namespace lantian {

inline constexpr std::size_t condensable_count = 4;  // CG1 to CG4

/// A condensable organic: saturation concentration over particles at 300 K, and its heat of vaporisation.
struct Condensable {
  double saturation_ug_m3, vaporisation_kj_mol;
};
/// Two products of anthropogenic precursors, two of biogenic ones, each the more volatile first.
/// @see Hodzic et al. (2016), Atmos. Chem. Phys. 16, 7917, as condensed to two products in SOAP2.2 (Ramboll
/// 2020, CAMx user's guide 7.10, table 5-5).
inline constexpr std::array<Condensable, condensable_count> condensables = {
    {{14.0, 116.0}, {0.31, 147.0}, {26.0, 118.0}, {0.45, 123.0}}};

/// Saturation concentration [ug m-3]: C(300 K) (300/T) exp[H/R (1/300 - 1/T)] (Clausius and Clapeyron).
template <Scalar T>
[[nodiscard]] T saturation_ug_m3(const Condensable& one, const T& temperature_k) {
  constexpr double reference_k = 300.0, gas_constant_kj_mol_k = 8.314462618e-3;
  return one.saturation_ug_m3 * (reference_k / temperature_k) *
         exp(one.vaporisation_kj_mol / gas_constant_kj_mol_k * (1.0 / reference_k - 1.0 / temperature_k));
}

template <class T = double>
using Condensables = std::array<T, condensable_count>;

/// What there is of organics in a cell [ug m-3].
template <class T = double>
struct OrganicTotals {
  Condensables<T> condensable{};  // gas and particle together
  T absorbing{};                  // organic particles that do not evaporate
};

/// Organic particle mass C_OA that every condensable shares itself out over: C_OA = A + sum t_i C_OA/(C_OA +
/// C*_i), A the absorbing mass and 1 ng m-3 of other matter, without which none of it would ever condense.
///
/// Newton's steps from above: the function is convex, so they fall to the one root without overshooting it.
/// @see Pankow (1994), Atmos. Environ. 28, 185; Donahue et al. (2006), Environ. Sci. Technol. 40, 2635,
/// eq. 2.
template <Scalar T>
[[nodiscard]] T organic_particle_mass(const OrganicTotals<T>& totals, const Condensables<T>& saturation) {
  constexpr double other_ug_m3 = 1.0e-3;
  constexpr int most_steps = 60;
  const T absorbing = totals.absorbing + other_ug_m3;
  T mass = absorbing;
  for (const T& one : totals.condensable) mass = mass + one;
  for (int step = 0; step < most_steps; ++step) {
    T residual = mass - absorbing, slope(1.0);
    for (std::size_t i = 0; i < condensable_count; ++i) {
      const T inverse = 1.0 / (mass + saturation[i]);
      residual = residual - totals.condensable[i] * mass * inverse;
      slope = slope - totals.condensable[i] * saturation[i] * inverse * inverse;
    }
    const T change = residual / slope;
    mass = mass - change;
    if (!(value_of(change) > 1.0e-15 * value_of(mass))) break;
  }
  return mass;
}

/// Shares of the condensables that are in particles.
template <Scalar T>
[[nodiscard]] Condensables<T> particle_shares(const T& particle_mass, const Condensables<T>& saturation) {
  Condensables<T> shares{};
  for (std::size_t i = 0; i < condensable_count; ++i)
    shares[i] = particle_mass / (particle_mass + saturation[i]);
  return shares;
}

/// How the particle part p_i = s_i t_i answers to totals: dp_i = s_i dt_i + t_i C*_i/(C_OA + C*_i)^2 dC_OA,
/// with dC_OA = (dA + sum s_i dt_i)/(1 - sum t_i C*_i/(C_OA + C*_i)^2), by the implicit function theorem.
class OrganicSensitivity {
 public:
  OrganicSensitivity() = default;
  OrganicSensitivity(const OrganicTotals<>& at, const Condensables<>& saturation) {
    const double mass = organic_particle_mass(at, saturation);
    shares_ = particle_shares(mass, saturation);
    double slope = 1.0;
    for (std::size_t i = 0; i < condensable_count; ++i) {
      const double sum = mass + saturation[i];
      by_mass_[i] = at.condensable[i] * saturation[i] / (sum * sum);
      slope -= by_mass_[i];
    }
    mass_by_absorbing_ = 1.0 / slope;
  }
  /// Change of the particle parts.
  [[nodiscard]] Condensables<> tangent(const OrganicTotals<>& change) const {
    double mass = change.absorbing;
    for (std::size_t i = 0; i < condensable_count; ++i) mass += shares_[i] * change.condensable[i];
    mass *= mass_by_absorbing_;
    Condensables<> particle{};
    for (std::size_t i = 0; i < condensable_count; ++i)
      particle[i] = shares_[i] * change.condensable[i] + by_mass_[i] * mass;
    return particle;
  }
  /// Sensitivity to the totals, from that to the particle parts.
  [[nodiscard]] OrganicTotals<> adjoint(const Condensables<>& by_particle) const {
    double by_mass = 0.0;
    for (std::size_t i = 0; i < condensable_count; ++i) by_mass += by_mass_[i] * by_particle[i];
    OrganicTotals<> by;
    by.absorbing = by_mass * mass_by_absorbing_;
    for (std::size_t i = 0; i < condensable_count; ++i)
      by.condensable[i] = shares_[i] * (by_particle[i] + by.absorbing);
    return by;
  }

 private:
  Condensables<> shares_{}, by_mass_{};
  double mass_by_absorbing_ = 1.0;
};

}  // namespace lantian
