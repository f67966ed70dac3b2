#pragma once

#include "plume/aermod_dispersion.hpp"
#include "plume/dividing_streamline.hpp"
#include "plume/vertical_terms.hpp"

namespace lantian::plume {

/// Wind [m s-1] of similarity theory above a displaced ground, before it is made to meet the reference wind.
/// @param height_m  at least the displacement height and the roughness length.
[[nodiscard]] inline double road_similarity_wind_m_s(double height_m, double displacement_m,
                                                     const BoundaryLayer& layer) {
  const double z0 = layer.roughness_length_m, length = layer.obukhov_length_m;
  const double z = std::max(height_m - displacement_m, z0);
  double shape = std::log(z / z0);
  if (layer.stable) {
    shape += 17.0 * (std::exp(-0.29 * z0 / length) - std::exp(-0.29 * z / length));
  } else {
    const auto psi = [&](double height) {
      const double x = std::sqrt(std::sqrt(1.0 - 16.0 / length * height)), p = 1.0 + x, q = 1.0 + x * x;
      return std::log(0.125 * p * p * q) - 2.0 * std::atan(x) + 0.5 * std::numbers::pi;
    };
    shape += psi(z0) - psi(z);
  }
  return std::max(layer.friction_velocity_m_s / karman_of_plumes * shape, 0.0);
}

namespace road_detail {

/// Logarithm to base 2 for places in a table whose pieces meet, so that a place close to a meeting may be
/// taken for its neighbour's: those of lanes within 1e-7. Numbers are positive.
///
/// x = 2^k m, sqrt(1/2) <= m < sqrt(2); log2(m)/(m - 1) by a polynomial through the Chebyshev points.
[[nodiscard, gnu::always_inline]] inline double nearly_log2(double x) {
  return std::log2(x);
}
[[nodiscard, gnu::always_inline]] inline Lanes nearly_log2(const Lanes& x) {
  constexpr std::int64_t root_half = 0x3fe6a09e667f3bcd;  // bits of sqrt(1/2)
  const auto bits = (LaneBits)x;
  const LaneBits exponent = (bits - root_half) >> 52;
  const Lanes f = (Lanes)(bits - (exponent << 52)) - 1.0, f2 = f * f;
  const Lanes p01 = 1.442694958 + f * -0.721352758765, p23 = 0.480924038577 + f * -0.360241985907,
              p45 = 0.287075611159 + f * -0.248821805637, p67 = 0.234209851159 + f * -0.146203534181;
  return __builtin_convertvector(exponent, Lanes) + f * ((p01 + f2 * p23) + f2 * f2 * (p45 + f2 * p67));
}

/// A straight piece of a polygon.
struct Piece {
  double at_zero{}, slope{};
};
template <class V>
struct Pieces {
  V at_zero, slope;
};
template <class Table>
[[nodiscard, gnu::always_inline]] inline Pieces<double> pieces(const Table& table,
                                                               const Indices<double>& at) {
  return {table[at.of].at_zero, table[at.of].slope};
}
template <class Table>
[[nodiscard, gnu::always_inline]] inline Pieces<Lanes> pieces(const Table& table, const Indices<Lanes>& at) {
  using Pair = double __attribute__((vector_size(2 * sizeof(double))));
  const auto load = [&](std::size_t lane) {
    const Piece& piece = table[at.of[lane]];
    return Pair{piece.at_zero, piece.slope};
  };
  const auto four = [&](std::size_t lane) {
    return __builtin_shufflevector(__builtin_shufflevector(load(lane), load(lane + 2), 0, 1, 2, 3),
                                   __builtin_shufflevector(load(lane + 4), load(lane + 6), 0, 1, 2, 3), 0, 1,
                                   2, 3, 4, 5, 6, 7);
  };
  const Lanes even = four(0), odd = four(1);
  return {__builtin_shufflevector(even, odd, 0, 8, 2, 10, 4, 12, 6, 14),
          __builtin_shufflevector(even, odd, 1, 9, 3, 11, 5, 13, 7, 15)};
}

}  // namespace road_detail

/// The wind of similarity theory as a polygon through its values at a hundred heights, each higher than the
/// one before by the same share, from displacement + roughness to 500 m or the mixing height.
/// @see Snyder et al. (2013), Atmos. Environ. 77, 748-756 (profile); code of AERMOD 24142 (heights).
class RoadWindTable {
 public:
  static constexpr std::size_t count = 100;

  RoadWindTable() = default;
  RoadWindTable(const BoundaryLayer& layer, double displacement_m)
      : lowest_m_(layer.roughness_length_m + displacement_m) {
    const double log_top = std::log(std::max(500.0, layer.mixing_height_m));
    const double log_step = (log_top - std::log(lowest_m_)) / static_cast<double>(count - 1);
    steps_per_octave_ = std::numbers::ln2 / log_step;
    steps_of_lowest_ = std::log2(lowest_m_) * steps_per_octave_;
    std::array<double, count> height_m{}, wind_m_s{};
    for (std::size_t i = 0; i < count; ++i) {
      height_m[i] = lowest_m_ * std::exp(log_step * static_cast<double>(i));
      wind_m_s[i] = road_similarity_wind_m_s(height_m[i], displacement_m, layer);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t from = std::min(i, count - 2);
      const double slope = (wind_m_s[from + 1] - wind_m_s[from]) / (height_m[from + 1] - height_m[from]);
      pieces_[i] = {wind_m_s[from] - slope * height_m[from], slope};
    }
    last_from_m_ = height_m[count - 2];
  }

  template <class V>
  [[nodiscard, gnu::always_inline]] V at(const V& height_m) const {
    const V z = maximum(height_m, constant<V>(lowest_m_));
    if (!any_of(Claim<V>(z < last_from_m_))) return pieces_.back().at_zero + pieces_.back().slope * z;
    const V steps = road_detail::nearly_log2(z) * steps_per_octave_ - steps_of_lowest_;
    const V within = minimum(maximum(steps, V{}), constant<V>(static_cast<double>(count - 1)));
    const auto piece = road_detail::pieces(pieces_, whole_steps(within));
    return piece.at_zero + piece.slope * z;
  }

 private:
  double lowest_m_ = 1.0, steps_per_octave_ = 1.0, steps_of_lowest_{};
  double last_from_m_{};                            ///< above this the last piece goes on
  std::array<road_detail::Piece, count> pieces_{};  ///< by height [m]: wind [m s-1]
};

/// exp of an argument not above 0 as a polygon through a thousand of its values from -20 to 0, and what it is
/// at -20 below: up to 5e-5 above the exponential. @see code of AERMOD 24142.
class RoadFading {
 public:
  RoadFading() {
    for (std::size_t i = 0; i < count; ++i) value_[i] = std::exp(lowest + step * static_cast<double>(i));
  }
  template <class V>
  [[nodiscard, gnu::always_inline]] V at(const V& argument) const {
    const V steps = (maximum(argument, constant<V>(lowest)) - lowest) * (1.0 / step);
    const double rise = std::expm1(step);
    // Most plumes are much higher than their road.
    if (!any_of(Claim<V>(steps < last))) return value_[count - 2] * (1.0 + rise * (steps - last));
    return gather(value_, whole_steps(steps)) * (1.0 + rise * (steps - whole_part(steps)));
  }

 private:
  static constexpr std::size_t count = 1000;
  static constexpr double lowest = -20.0, step = -lowest / static_cast<double>(count - 1), last = count - 2;
  std::array<double, count> value_{};
};
inline const RoadFading road_fadings;
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_fading(const V& argument) {
  return road_fadings.at(argument);
}

/// Air over a road of an hour: similarity theory above a displaced ground.
/// @see Snyder et al. (2013), Atmos. Environ. 77, 748-756; Venkatram et al. (2013), Atmos. Environ. 77,
/// 846-855; here with the coefficients of AERMOD's 2023 release and later (EPA-454/R-23-009).
struct RoadAir {
  BoundaryLayer layer;
  double displacement_m{};  ///< 5 z0
  double sigma_v_m_s{};     ///< at the height of the reference wind
  double least_wind_m_s{};
  double adjustment = 1.0;  ///< makes the profile meet the reference wind
  RoadWindTable profile;
};

/// Wind [m s-1] at a height, before the profile is made to meet the reference wind.
/// @see Bentham & Britter (2003), Atmos. Environ. 37, 2037-2043, for its least value of 4.47 u*.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_profile_m_s(const V& height_m, const RoadAir& air) {
  return maximum(air.profile.at(height_m), constant<V>(air.least_wind_m_s));
}

template <class V>
[[nodiscard, gnu::always_inline]] inline V road_wind_m_s(const V& height_m, const RoadAir& air) {
  return maximum(V(air.adjustment * road_profile_m_s(height_m, air)), constant<V>(air.least_wind_m_s));
}

/// Air over a road. @param reference_wind_m_s  wind at the reference height.
[[nodiscard]] inline RoadAir road_air(const BoundaryLayer& layer, double sigma_v_m_s,
                                      double reference_height_m, double reference_wind_m_s) {
  RoadAir air;
  air.layer = layer;
  air.displacement_m = 5.0 * layer.roughness_length_m;
  air.sigma_v_m_s = std::max(sigma_v_m_s, least_sigma_v_m_s);
  air.least_wind_m_s =
      std::max({4.47 * layer.friction_velocity_m_s, std::numbers::sqrt2 * air.sigma_v_m_s, least_wind_m_s});
  air.profile = RoadWindTable(layer, air.displacement_m);
  air.adjustment = reference_wind_m_s / road_profile_m_s(reference_height_m, air);
  return air;
}

/// sigma_z [m] of the air at a distance, by the wind.
/// @see Venkatram et al. (2013), eqs. 15 and 19.
template <class V>
struct RoadSpread {
  V straight_m2_s, bend_m_s;  ///< u* times 0.7 x; u* times 1.5 (x/L)^(2/3) in stable, x/|L| in convective air
  bool stable{};

  [[gnu::always_inline]] RoadSpread(const V& x_m, const BoundaryLayer& layer) : stable(layer.stable) {
    const V share = x_m * (1.0 / std::fabs(layer.obukhov_length_m));
    straight_m2_s = 0.70 * layer.friction_velocity_m_s * x_m;
    bend_m_s = layer.friction_velocity_m_s * (stable ? V(1.5 * power(share, 2.0 / 3.0)) : share);
  }
  [[nodiscard, gnu::always_inline]] V at(const V& wind_m_s) const {
    if (stable) return straight_m2_s / (wind_m_s + bend_m_s);
    const V slowness = 1.0 / wind_m_s;
    return slowness * straight_m2_s * (1.0 + slowness * bend_m_s);
  }
};

/// sigma_y [m] by sigma_z. @see Venkatram et al. (2013), eqs. 22-23.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_sigma_y_m(const V& sigma_z_m, const RoadAir& air) {
  const V base = 1.4 * air.sigma_v_m_s / air.layer.friction_velocity_m_s * sigma_z_m;
  const V share = sigma_z_m / std::fabs(air.layer.obukhov_length_m);
  return air.layer.stable ? V(base * (1.0 + 1.5 * share)) : V(base / sqrt(V(1.0 + 2.5 * share)));
}

inline constexpr double road_nearest_m = 1.0;  ///< nearer parts of a road count as so far away

/// How a road gives off its plume.
struct RoadRelease {
  double height_m{}, initial_sigma_z_m{};
  double wind_m_s{};  ///< at that height
};

/// A plume over a road at a distance.
template <class V>
struct RoadPlume {
  V wind_m_s, sigma_z_m, air_sigma_z_m;  ///< the last without the initial spread
};

/// The plume with the wind at its mean height, which depends on its spread, which depends on the wind: until
/// they agree within 1 %.
/// @see Venkatram et al. (2013), eq. 12 (mean height).
class RoadPlumeSteps {
 public:
  [[gnu::always_inline]] RoadPlumeSteps(const Lanes& x_m, const RoadRelease& road, const RoadAir& air)
      : spread_of_(x_m, air.layer) {
    plume_.wind_m_s = Lanes{} + road.wind_m_s;
    plume_.air_sigma_z_m = spread_of_.at(plume_.wind_m_s);
    plume_.sigma_z_m = joined(plume_.air_sigma_z_m, road);
  }
  [[nodiscard, gnu::always_inline]] const LaneBits& open() const { return open_; }
  [[nodiscard, gnu::always_inline]] const RoadPlume<Lanes>& plume() const { return plume_; }
  /// The next wind and spread, in lanes that are still open.
  [[gnu::always_inline]] void step(const RoadRelease& road, const RoadAir& air) {
    constexpr double root_two_over_pi = 0.79788456080286536;
    const Lanes a = road.height_m / plume_.sigma_z_m;
    const Lanes mean = root_two_over_pi * plume_.sigma_z_m * road_fading(Lanes(-0.5 * a * a)) +
                       road.height_m * error_function_above_0(Lanes(a * (1.0 / std::numbers::sqrt2)));
    const Lanes wind = road_wind_m_s(maximum(mean, Lanes{} + road.height_m), air);
    const Lanes spread = spread_of_.at(wind), sigma = joined(spread, road);
    const LaneBits moves = fabs(Lanes(plume_.sigma_z_m - sigma)) > 0.01 * plume_.sigma_z_m;
    plume_.wind_m_s = choose(open_, wind, plume_.wind_m_s);
    plume_.air_sigma_z_m = choose(open_, spread, plume_.air_sigma_z_m);
    plume_.sigma_z_m = choose(open_, sigma, plume_.sigma_z_m);
    open_ = both(open_, moves);
  }

 private:
  [[nodiscard, gnu::always_inline]] static Lanes joined(const Lanes& sigma, const RoadRelease& road) {
    return sqrt(Lanes(sigma * sigma + road.initial_sigma_z_m * road.initial_sigma_z_m));
  }
  RoadSpread<Lanes> spread_of_;
  RoadPlume<Lanes> plume_{};
  LaneBits open_ = everywhere<Lanes>();
};

/// Plumes at `count` vectors of distances; two at a time, for each waits long for its own last step.
inline void find_road_plumes(const Lanes* x_m, std::size_t count, const RoadRelease& road, const RoadAir& air,
                             RoadPlume<Lanes>* plumes) {
  constexpr int most_steps = 19;
  std::size_t i = 0;
  for (; i + 1 < count; i += 2) {
    RoadPlumeSteps one(x_m[i], road, air), other(x_m[i + 1], road, air);
    for (int step = 0; step < most_steps && any_of(either(one.open(), other.open())); ++step) {
      one.step(road, air);
      other.step(road, air);
    }
    plumes[i] = one.plume();
    plumes[i + 1] = other.plume();
  }
  if (i == count) return;
  RoadPlumeSteps last(x_m[i], road, air);
  for (int step = 0; step < most_steps && any_of(last.open()); ++step) last.step(road, air);
  plumes[i] = last.plume();
}

/// Share of the plume that wanders: no memory of its way is lost over a road's distances.
template <class V>
[[nodiscard, gnu::always_inline]] inline V road_random_share(const V& wind_m_s, const RoadAir& air) {
  return minimum(V(2.0 * air.sigma_v_m_s * air.sigma_v_m_s / (wind_m_s * wind_m_s)), constant<V>(1.0));
}

}  // namespace lantian::plume
