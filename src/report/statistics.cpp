#include "lantian/report/statistics.hpp"

#include <cmath>
#include <cstddef>
#include <limits>

namespace lantian {

Statistics statistics_of(std::span<const double> observed, std::span<const double> model) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  Statistics s{.n = static_cast<int>(observed.size())};
  if (observed.empty())
    return {.n = 0,
            .mean_observed = none,
            .mean_model = none,
            .bias = none,
            .nmb = none,
            .nme = none,
            .rmse = none,
            .r = none,
            .fac2 = none,
            .ioa = none,
            .mfb = none,
            .mfe = none};
  const double n = s.n;
  double sum_o = 0.0, sum_m = 0.0, sum_abs = 0.0, sum_square = 0.0, within_2 = 0.0;
  double sum_fraction = 0.0, sum_abs_fraction = 0.0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const double o = observed[i], m = model[i];
    sum_o += o;
    sum_m += m;
    sum_abs += std::fabs(m - o);
    sum_square += (m - o) * (m - o);
    within_2 += 2.0 * m >= o && m <= 2.0 * o ? 1.0 : 0.0;
    const double fraction = m + o > 0.0 ? 2.0 * (m - o) / (m + o) : 0.0;
    sum_fraction += fraction;
    sum_abs_fraction += std::fabs(fraction);
  }
  s.mean_observed = sum_o / n;
  s.mean_model = sum_m / n;
  s.bias = s.mean_model - s.mean_observed;
  s.nmb = (sum_m - sum_o) / sum_o;
  s.nme = sum_abs / sum_o;
  s.rmse = std::sqrt(sum_square / n);
  s.fac2 = within_2 / n;
  s.mfb = sum_fraction / n;
  s.mfe = sum_abs_fraction / n;
  double oo = 0.0, mm = 0.0, om = 0.0, spread = 0.0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const double o = observed[i] - s.mean_observed, m = model[i] - s.mean_model;
    oo += o * o;
    mm += m * m;
    om += o * m;
    const double about_observed = std::fabs(model[i] - s.mean_observed) + std::fabs(o);
    spread += about_observed * about_observed;
  }
  s.r = oo > 0.0 && mm > 0.0 ? om / std::sqrt(oo * mm) : none;
  s.ioa = spread > 0.0 ? 1.0 - sum_square / spread : none;
  return s;
}

}  // namespace lantian
