#pragma once

#include "aerosol/inorganic_system.hpp"

#include "lantian/base/lane_math.hpp"

#include <array>
#include <cstddef>

namespace lantian {

/// Salts with a published parameter q.
enum class Salt : std::size_t {
  h2so4,
  hhso4,
  hno3,
  hcl,
  nh4_2so4,
  nh4no3,
  nh4cl,
  na2so4,
  nano3,
  nacl,
  k2so4,
  kno3,
  kcl,
  mgso4,
  mg_no3_2,
  mgcl2,
  ca_no3_2,
  cacl2,
  count
};
inline constexpr std::size_t salt_count = static_cast<std::size_t>(Salt::count);
/// The first ten hold neither potassium, magnesium nor calcium.
inline constexpr std::size_t common_salt_count = 10;

/// Parameter q of each salt. @see Kim et al. (1993), table 4; Fountoukis & Nenes (2007), table 4.
inline constexpr std::array<double, salt_count> kusik_meissner_q{-0.1, 8.0,   2.6,   6.0,  -0.25, -1.15,
                                                                 0.82, -0.19, -0.39, 2.23, -0.25, -2.33,
                                                                 0.92, 0.15,  2.32,  2.9,  0.93,  2.4};
/// Product of the charges of its ions.
inline constexpr std::array<double, salt_count> charge_product{2, 1, 1, 1, 2, 1, 1, 2, 1,
                                                               1, 2, 1, 1, 4, 2, 2, 2, 2};

/// log10 of the activity coefficient of each salt alone in water, and its slope with ionic strength.
template <class V>
struct BinaryActivities {
  std::array<V, salt_count> log10_gamma{}, slope{};
};

/// What all salts share at one ionic strength.
template <class V>
struct StrengthTerms {
  V strength, root, log_base;      // I [mol kg-1], sqrt(I), ln(1 + 0.1 I)
  V c_decay, c_decay_slope;        // exp(-0.023 I^3) and its slope
  V factor, offset, offset_slope;  // log g = factor log g0 - offset z+z-
};

/// Kusik-Meissner activity coefficient of one salt.
/// @see Kusik & Meissner (1978), AIChE Symp. Ser. 173, 14; Meissner & Peppas (1973), AIChE J. 19, 806
/// (temperature).
template <class V>
[[gnu::always_inline]] inline void kusik_meissner(const StrengthTerms<V>& at, double q, double charges,
                                                  V& log10_gamma, V& slope) {
  const double b = 0.75 - 0.065 * q;
  const V power = exp(q * at.log_base), argument = 1.0 + b * (power - 1.0);
  const V c = 1.0 + 0.055 * q * at.c_decay, divisor = 1.0 + c * at.root;
  const V debye = 0.5107 * at.root / divisor;
  const V debye_slope =
      0.5107 * (0.5 / at.root - at.strength * (0.055 * q * at.c_decay_slope)) / (divisor * divisor);
  log10_gamma = charges * (at.factor * (log(argument) * (1.0 / ln_10) - debye) - at.offset);
  const V bromley_slope = (0.1 / ln_10 * b * q) * power / (argument * (1.0 + 0.1 * at.strength));
  slope = charges * (at.factor * (bromley_slope - debye_slope) - at.offset_slope);
}

/// The first `count` salts.
template <class V>
[[gnu::always_inline]] inline void binary_activities(const StrengthTerms<V>& at, std::size_t count,
                                                     BinaryActivities<V>& out) {
  for (std::size_t s = 0; s < count; ++s)
    kusik_meissner(at, kusik_meissner_q[s], charge_product[s], out.log10_gamma[s], out.slope[s]);
}

/// Meissner and Peppas: t in degrees Celsius; log g = (1.125 - 0.005 t) log g0 - (0.125 - 0.005 t) z+z-
/// (0.039 I^0.92 - 0.41 sqrt(I)/(1 + sqrt(I))).
template <class V>
[[nodiscard, gnu::always_inline]] inline StrengthTerms<V> strength_terms(const V& strength,
                                                                         const V& celsius) {
  const V root = sqrt(strength), decay = exp(-0.023 * strength * strength * strength);
  const V power = exp(0.92 * log(strength)), divisor = 1.0 + root, scale = 0.125 - 0.005 * celsius;
  return {.strength = strength,
          .root = root,
          .log_base = log(1.0 + 0.1 * strength),
          .c_decay = decay,
          .c_decay_slope = -0.069 * strength * strength * decay,
          .factor = 1.125 - 0.005 * celsius,
          .offset = scale * (0.039 * power - 0.41 * root / divisor),
          .offset_slope = scale * (0.039 * 0.92 * power / strength - 0.205 / (root * divisor * divisor))};
}

}  // namespace lantian
