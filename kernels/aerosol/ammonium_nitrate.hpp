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

/// How the equilibrium answers to what it shares out. Where nitrate condenses, (A - x)(N - x) = K gives
/// dx = [(N - x) dA + (A - x) dN] / (A + N - 2x), A free ammonia, N total nitrate.
template <Scalar T>
struct AmmoniaResponse {
  bool is_poor;                // sulphate takes all ammonia
  T nitrate_by_free_ammonia;   // dx/dA, 0 where nothing condenses
  T nitrate_by_total_nitrate;  // dx/dN
};

/// The guards that keep rounding from making amounts negative are not differentiated.
template <Scalar T>
[[nodiscard]] inline AmmoniaResponse<T> equilibrium_response(const AmmoniaSystem<T>& at,
                                                             const T& product_ppb2) {
  const T zero(0.0), total_ammonia = at.ammonia + at.ammonium;
  const T total_nitrate = at.nitric_acid + at.nitrate;
  const bool is_poor = total_ammonia < 2.0 * at.sulphate;
  const T free_ammonia = is_poor ? zero : T(total_ammonia - 2.0 * at.sulphate);
  if (!(free_ammonia * total_nitrate > product_ppb2)) return {is_poor, zero, zero};
  // A + N - 2x = sqrt((A - N)^2 + 4K), and the gas of the scarcer side from the other one's: no cancellation.
  const T excess = free_ammonia - total_nitrate, root = sqrt(T(excess * excess + 4.0 * product_ppb2));
  const T more = 0.5 * (fabs(excess) + root), less = product_ppb2 / more;
  const bool is_ammonia_scarce = excess < zero;  // then A - x is the lesser gas
  return {is_poor, T((is_ammonia_scarce ? more : less) / root), T((is_ammonia_scarce ? less : more) / root)};
}

/// Derivative of `equilibrate` in the amounts: `change` comes in by what is shared and goes out by the
/// shares.
template <Scalar T>
[[nodiscard]] inline AmmoniaSystem<T> equilibrate_tangent(const AmmoniaSystem<T>& at, const T& product_ppb2,
                                                          const AmmoniaSystem<T>& change) {
  const AmmoniaResponse<T> response = equilibrium_response(at, product_ppb2);
  const T total_ammonia = change.ammonia + change.ammonium,
          total_nitrate = change.nitric_acid + change.nitrate;
  const T on_sulphate = response.is_poor ? total_ammonia : T(2.0 * change.sulphate);
  const T particle = response.nitrate_by_free_ammonia * (total_ammonia - on_sulphate) +
                     response.nitrate_by_total_nitrate * total_nitrate;
  const T ammonium = on_sulphate + particle;
  return {change.sulphate, total_nitrate - particle, particle, total_ammonia - ammonium, ammonium};
}

/// The transposed of `equilibrate_tangent`: `lambda` comes in by the shares and goes out by what is shared.
template <Scalar T>
[[nodiscard]] inline AmmoniaSystem<T> equilibrate_adjoint(const AmmoniaSystem<T>& at, const T& product_ppb2,
                                                          const AmmoniaSystem<T>& lambda) {
  const AmmoniaResponse<T> response = equilibrium_response(at, product_ppb2);
  const T by_ammonium = lambda.ammonium - lambda.ammonia;
  const T by_particle = lambda.nitrate - lambda.nitric_acid + by_ammonium;
  const T by_free_ammonia = response.nitrate_by_free_ammonia * by_particle;
  const T by_on_sulphate = by_ammonium - by_free_ammonia;
  const T by_total_nitrate = lambda.nitric_acid + response.nitrate_by_total_nitrate * by_particle;
  T by_total_ammonia = lambda.ammonia + by_free_ammonia, by_sulphate = lambda.sulphate;
  if (response.is_poor)
    by_total_ammonia = by_total_ammonia + by_on_sulphate;
  else
    by_sulphate = by_sulphate + 2.0 * by_on_sulphate;
  return {by_sulphate, by_total_nitrate, by_total_nitrate, by_total_ammonia, by_total_ammonia};
}

}  // namespace lantian
