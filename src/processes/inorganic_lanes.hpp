#pragma once

#include "aerosol/smooth_equilibrium.hpp"

#include <cstddef>

namespace lantian {

/// Totals of eight cells side by side; `of(lane)` gives those of one.
template <class Of>
[[nodiscard]] InorganicTotals<Lanes> totals_side_by_side(Of&& of) {
  using T = InorganicTotals<double>;
  using L = InorganicTotals<Lanes>;
  InorganicTotals<Lanes> lanes{};
  const auto gather = [&](Lanes L::*to, double T::*from) {
    for (int lane = 0; lane < lane_count; ++lane)
      (lanes.*to)[lane] = of(static_cast<std::size_t>(lane)).*from;
  };
  gather(&L::temperature_k, &T::temperature_k);
  gather(&L::relative_humidity, &T::relative_humidity);
  gather(&L::sodium, &T::sodium);
  gather(&L::sulphate, &T::sulphate);
  gather(&L::ammonia, &T::ammonia);
  gather(&L::nitrate, &T::nitrate);
  gather(&L::chloride, &T::chloride);
  gather(&L::calcium, &T::calcium);
  gather(&L::potassium, &T::potassium);
  gather(&L::magnesium, &T::magnesium);
  return lanes;
}

}  // namespace lantian
