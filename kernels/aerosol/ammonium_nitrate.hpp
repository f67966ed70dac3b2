#pragma once

#include "lantian/base/scalar.hpp"

namespace lantian {

/// Amounts in one unit (ppb here) of what shares ammonia: total sulphate, nitric acid with its nitrate,
/// ammonia with its ammonium.
template <Scalar T>
struct AmmoniaSystem {
  T sulphate, nitric_acid, nitrate, ammonia, ammonium;
};

/// Dissociation constant of solid NH4NO3 over its gases [ppb2 at 1 bar].
/// @see Mozurkewich (1993), Atmos. Environ. 27A, 261: ln K[nbar2] = 118.87 - 24084 / T - 6.025 ln T.
template <Scalar T>
[[nodiscard]] inline T ammonium_nitrate_constant_ppb2(const T& temperature_k) {
  return exp(118.87 - 24084.0 / temperature_k - 6.025 * log(temperature_k));
}

/// Relative humidity [0-1] above which NH4NO3 is dissolved. @see ibid.: ln DRH[%] = 723.7 / T + 1.6954.
template <Scalar T>
[[nodiscard]] inline T ammonium_nitrate_deliquescence(const T& temperature_k) {
  return 0.01 * exp(723.7 / temperature_k + 1.6954);
}

/// Product of the gases' amounts in equilibrium [ppb2 at 1 bar]: that of the solid, and over a solution less
/// as humidity rises.
///
/// The two published branches meet at deliquescence within some per cent; over the next 0.05 of humidity they
/// are blended, so that the product and its slope are continuous. Humidity counts up to 0.98.
/// @see Mozurkewich (1993): K (P1 - P2 (1-a) + P3 (1-a)^2) (1-a)^1.75.
template <Scalar T>
[[nodiscard]] inline T ammonium_nitrate_product_ppb2(const T& temperature_k, const T& relative_humidity) {
  const T a = minimum(relative_humidity, T(0.98));
  const T log_t = log(temperature_k), gap = 1.0 - a;
  const T p1 = exp(-135.94 + 8763.0 / temperature_k + 19.12 * log_t);
  const T p2 = exp(-122.65 + 9969.0 / temperature_k + 16.22 * log_t);
  const T p3 = exp(-182.61 + 13875.0 / temperature_k + 24.46 * log_t);
  const T solution = (p1 - p2 * gap + p3 * gap * gap) * pow(gap, 1.75);
  constexpr double blending_width = 0.05;
  const T x = (a - ammonium_nitrate_deliquescence(temperature_k)) / blending_width;
  const T within = minimum(maximum(x, T(0.0)), T(1.0));
  const T dissolved = within * within * (3.0 - 2.0 * within);
  return ammonium_nitrate_constant_ppb2(temperature_k) * (1.0 + dissolved * (solution - 1.0));
}

/// Shares ammonia out: sulphate takes up to two, what is left stands in equilibrium with nitric acid.
///
/// Keeps total nitrate, total ammonia and sulphate. Screening quality: nitrate is solid or a solution of pure
/// NH4NO3.
/// @see Simpson et al. (2012), Atmos. Chem. Phys. 12, 7825, section 7.6 (the scheme before thermodynamic
/// models there).
template <Scalar T>
[[nodiscard]] inline AmmoniaSystem<T> equilibrate(const AmmoniaSystem<T>& at, const T& product_ppb2) {
  const T zero(0.0);
  const T total_ammonia = at.ammonia + at.ammonium, total_nitrate = at.nitric_acid + at.nitrate;
  const T on_sulphate = minimum(T(2.0 * at.sulphate), total_ammonia);
  const T free_ammonia = total_ammonia - on_sulphate;
  // x = ammonium nitrate: (A - x)(N - x) = K, the smaller root, written without cancellation
  const T sum = free_ammonia + total_nitrate, excess = free_ammonia * total_nitrate - product_ppb2;
  const T root = sqrt(maximum(T(sum * sum - 4.0 * excess), zero));
  const T nitrate = select(excess > zero, T(2.0 * excess / (sum + root)), zero);
  const T particle = minimum(nitrate, minimum(free_ammonia, total_nitrate));
  const T ammonium = on_sulphate + particle;
  return {at.sulphate, total_nitrate - particle, particle, maximum(T(total_ammonia - ammonium), zero),
          ammonium};
}

}  // namespace lantian
