#pragma once

#include "plume/lane_values.hpp"

#include <array>
#include <vector>

namespace lantian::plume {

/// Equal steps of ln(x + shift).
struct TableSpacing {
  double steps{};    ///< in one e-fold
  double shift_m{};  ///< so that steps at distances well below it are as long as there

  /// Step at or before a distance.
  [[nodiscard]] std::int64_t at(double x_m) const {
    return static_cast<std::int64_t>(std::floor(std::log(x_m + shift_m) * steps));
  }
};

/// Two properties of a plume at equal steps of ln(x + shift), as logarithms of positive numbers.
struct DistanceTable {
  TableSpacing spacing{32.0};
  std::int64_t first{};            ///< ln(x + shift) of the first value, in steps
  std::vector<double> one, other;  ///< at least four values
};

namespace table_detail {

/// Where any of four neighbours lies far from the next, in logarithms.
[[nodiscard, gnu::always_inline]] inline LaneBits is_steep(const std::array<Lanes, 4>& v) {
  constexpr double most = 3.0;
  const auto far = [](const Lanes& from, const Lanes& to) {
    return LaneBits((to - from) * (to - from) > most * most);
  };
  return either(either(far(v[0], v[1]), far(v[1], v[2])), far(v[2], v[3]));
}

/// On the line through the two neighbours on either side of f, told from the second on.
[[nodiscard, gnu::always_inline]] inline Lanes straight(const std::array<Lanes, 4>& v, const Lanes& f) {
  const Lanes middle = v[1] + f * (v[2] - v[1]), before = v[1] + f * (v[1] - v[0]),
              after = v[2] + (f - 1.0) * (v[3] - v[2]);
  return choose(f < 0.0, before, choose(f > 1.0, after, middle));
}

}  // namespace table_detail

/// Both logarithms at a distance: the cubic through four neighbours; of the other property the straight line
/// through two where any of the four lies far from the next, as a plume does that has just
/// reached a receptor or one whose streamline turns over a hill. A cubic would swing above both there.
struct TableValues {
  Lanes one, other;
};
[[nodiscard, gnu::always_inline]] inline TableValues values_at(const Lanes& log_shifted_x,
                                                               const DistanceTable& table) {
  const Lanes s = log_shifted_x * table.spacing.steps;
  Indices<Lanes> at{};
  Lanes f{};
  const auto most = static_cast<std::int64_t>(table.one.size()) - 3;
  for (int lane = 0; lane < lane_count; ++lane) {
    const auto below = static_cast<std::int64_t>(std::floor(s[lane])) - table.first;
    const std::int64_t i = std::min(std::max(below, std::int64_t{1}), most);
    at.of[static_cast<std::size_t>(lane)] = static_cast<std::size_t>(i);
    f[lane] = s[lane] - static_cast<double>(table.first + i);
  }
  const Lanes e = f + 1.0, g = f - 1.0, h = f - 2.0;
  const Lanes a = f * g * h * (-1.0 / 6), b = e * g * h * 0.5, c = e * f * h * -0.5,
              d = e * f * g * (1.0 / 6);
  const auto four = [&](const std::vector<double>& values) {
    const double* at_step = values.data();
    return std::array<Lanes, 4>{gather(at_step - 1, at), gather(at_step, at), gather(at_step + 1, at),
                                gather(at_step + 2, at)};
  };
  const auto cubic = [&](const std::array<Lanes, 4>& v) {
    return Lanes(a * v[0] + b * v[1] + c * v[2] + d * v[3]);
  };
  const std::array<Lanes, 4> one = four(table.one), other = four(table.other);
  return {cubic(one), choose(table_detail::is_steep(other), table_detail::straight(other, f), cubic(other))};
}

namespace gauss8 {

/// Nodes and weights of Gauss's rule with eight points on [-1, 1].
inline constexpr Lanes nodes = {-0.96028985649753623, -0.79666647741362674, -0.52553240991632899,
                                -0.18343464249564980, 0.18343464249564980,  0.52553240991632899,
                                0.79666647741362674,  0.96028985649753623};
inline constexpr Lanes weights = {0.10122853629037626, 0.22238103445337447, 0.31370664587788729,
                                  0.36268378337836198, 0.36268378337836198, 0.31370664587788729,
                                  0.22238103445337447, 0.10122853629037626};
/// Points at equal distances from 0 to 1.
inline constexpr Lanes sevenths = {0.0, 1.0 / 7, 2.0 / 7, 3.0 / 7, 4.0 / 7, 5.0 / 7, 6.0 / 7, 1.0};

[[nodiscard]] inline double sum(const Lanes& v) {
  return ((v[0] + v[7]) + (v[1] + v[6])) + ((v[2] + v[5]) + (v[3] + v[4]));
}

}  // namespace gauss8

}  // namespace lantian::plume
