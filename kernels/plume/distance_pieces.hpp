#pragma once

#include "plume/lane_values.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

namespace lantian::plume {

/// Distances by the finest pieces they can lie in: 256 in each doubling from 1 m on, by the bits of the
/// number.
struct DistanceKeys {
  static constexpr int bits = 8, in_a_doubling = 1 << bits, doublings = 26, count = in_a_doubling * doublings;
  static constexpr double least_m = 1.0, most_m = 67108863.0;  ///< beyond these the ends count

  [[nodiscard, gnu::always_inline]] static LaneBits of(const Lanes& x_m) {
    constexpr int mantissa = 52, bias = 1023;
    return ((LaneBits)within(x_m) >> (mantissa - bits)) - (std::int64_t{bias} << bits);
  }
  [[nodiscard, gnu::always_inline]] static Lanes within(const Lanes& x_m) {
    return minimum(maximum(x_m, Lanes{} + least_m), Lanes{} + most_m);
  }
  /// Distance at which a key begins [m].
  [[nodiscard]] static double begin_m(int key) {
    return std::ldexp(1.0 + static_cast<double>(key % in_a_doubling) / in_a_doubling, key / in_a_doubling);
  }
};

/// Functions of distance as polynomials of 7th degree through the eight Chebyshev points of pieces.
///
/// A piece is a doubling of distance, or a quarter of a piece whose polynomial does not serve: where the last
/// two Chebyshev coefficients together exceed `tolerance` times the function (times 1 where it is smaller).
/// So short pieces gather where a function has a kink. Whether a piece is quartered depends on the functions
/// alone: a value is the same bits whichever other distances are asked for.
/// @see Trefethen (2013), Approximation Theory and Approximation Practice, ch. 4 and 8.
class DistancePieces {
 public:
  /// @param deepest  how often a doubling is quartered at most, 0 to 4.
  DistancePieces(std::size_t functions, double tolerance, int deepest = DistanceKeys::bits / 2)
      : functions_(functions),
        tolerance_(tolerance),
        shortest_(DistanceKeys::in_a_doubling >> (2 * deepest)) {
    assert(deepest >= 0 && deepest <= DistanceKeys::bits / 2);
  }

  struct Piece {
    int first_key{}, keys{};
    std::vector<Lanes> factors;  ///< of the powers of -1 to 1 along it, for each function
  };

  /// Works out the pieces of a doubling of distance that hold wanted distances.
  /// @param wanted    one mark a key.
  /// @param property  property(x_m, values): each function at eight distances.
  template <class Property>
  [[nodiscard]] std::vector<Piece> of_doubling(int doubling, std::span<const char> wanted,
                                               const Property& property) const {
    std::vector<Piece> pieces;
    add_pieces(doubling * DistanceKeys::in_a_doubling, DistanceKeys::in_a_doubling, wanted, property, pieces);
    return pieces;
  }
  /// Lays pieces, in whatever order. @pre  none of them lies on another.
  void lay(std::span<const Piece> pieces);
  [[nodiscard]] std::size_t count() const { return scale_.size(); }

  /// Adds a weight times each function at distances that were wanted; elsewhere times some finite number.
  [[gnu::always_inline]] void add_at(const Lanes& x_m, const Lanes& weight, std::span<Lanes> sums) const {
    const LaneBits key = DistanceKeys::of(x_m);
    Indices<Lanes> piece{};
    for (int lane = 0; lane < lane_count; ++lane)
      piece.of[static_cast<std::size_t>(lane)] = piece_of_key_[static_cast<std::size_t>(key[lane])];
    const Lanes t = (DistanceKeys::within(x_m) - gather(middle_m_, piece)) * gather(scale_, piece);
    Indices<Lanes> first = piece;
    for (std::size_t& index : first.of) index *= functions_ * lane_count;
    for (std::size_t f = 0; f < sums.size(); ++f) {
      const double* factor = factors_.data() + f * lane_count;
      Lanes value = gather(factor + lane_count - 1, first);
      for (int k = lane_count - 1; k-- > 0;) value = gather(factor + k, first) + t * value;
      sums[f] += weight * value;
    }
  }

 private:
  template <class Property>
  void add_pieces(int first_key, int keys, std::span<const char> wanted, const Property& property,
                  std::vector<Piece>& pieces) const;
  /// Whether a polynomial serves that has the eight values and these factors of T_0 to T_7.
  [[nodiscard]] bool serves(const Lanes& values, const Lanes& factors) const {
    double least = values[0];
    for (int j = 1; j < lane_count; ++j) least = std::min(least, values[j]);
    return std::fabs(factors[lane_count - 2]) + std::fabs(factors[lane_count - 1]) <=
           tolerance_ * std::max(1.0, least);
  }

  std::size_t functions_;
  double tolerance_;
  int shortest_;  ///< keys of the shortest piece
  std::vector<std::uint16_t> piece_of_key_;
  std::vector<double> middle_m_, scale_, factors_;
};

namespace chebyshev8 {

/// The eight Chebyshev points, and what turns values there into factors of T_0 to T_7 and these into factors
/// of powers: lane k of a column is what one value, or the factor of one T, adds to factor k.
struct Tables {
  Lanes points{};
  std::array<Lanes, lane_count> factors_of_value{}, powers_of_factor{};
};
[[nodiscard]] inline Tables tables_made() {
  Tables made;
  for (int j = 0; j < lane_count; ++j) {
    const double angle = (j + 0.5) * (std::numbers::pi / lane_count);
    made.points[j] = std::cos(angle);
    for (int k = 0; k < lane_count; ++k)
      made.factors_of_value[static_cast<std::size_t>(j)][k] =
          std::cos(k * angle) * (k == 0 ? 1.0 : 2.0) / lane_count;
  }
  auto& powers = made.powers_of_factor;
  powers[0][0] = powers[1][1] = 1.0;
  for (std::size_t k = 2; k < powers.size(); ++k)  // T_k = 2 t T_(k-1) - T_(k-2)
    powers[k] =
        2.0 * __builtin_shufflevector(Lanes{}, powers[k - 1], 0, 8, 9, 10, 11, 12, 13, 14) - powers[k - 2];
  return made;
}
[[nodiscard]] inline const Tables& tables() {
  static const Tables made = tables_made();
  return made;
}
[[nodiscard, gnu::always_inline]] inline Lanes product(const std::array<Lanes, lane_count>& columns,
                                                       const Lanes& by) {
  Lanes sum{};
  for (std::size_t k = 0; k < columns.size(); ++k) sum += columns[k] * by[static_cast<int>(k)];
  return sum;
}

}  // namespace chebyshev8

template <class Property>
void DistancePieces::add_pieces(int first_key, int keys, std::span<const char> wanted,
                                const Property& property, std::vector<Piece>& pieces) const {
  const auto own = wanted.subspan(static_cast<std::size_t>(first_key), static_cast<std::size_t>(keys));
  if (std::memchr(own.data(), 1, own.size()) == nullptr) return;
  const double begin_m = DistanceKeys::begin_m(first_key), end_m = DistanceKeys::begin_m(first_key + keys);
  const chebyshev8::Tables& tables = chebyshev8::tables();
  const Lanes x_m = 0.5 * (begin_m + end_m) + 0.5 * (end_m - begin_m) * tables.points;
  Piece piece{first_key, keys, std::vector<Lanes>(functions_)};
  property(x_m, std::span<Lanes>(piece.factors));
  bool is_fine = true;
  for (Lanes& of_function : piece.factors) {
    const Lanes values = of_function, factors = chebyshev8::product(tables.factors_of_value, values);
    is_fine = is_fine && serves(values, factors);
    of_function = chebyshev8::product(tables.powers_of_factor, factors);
  }
  if (is_fine || keys <= shortest_) {
    pieces.push_back(std::move(piece));
    return;
  }
  for (int part = 0; part < 4; ++part)
    add_pieces(first_key + part * keys / 4, keys / 4, wanted, property, pieces);
}

inline void DistancePieces::lay(std::span<const Piece> pieces) {
  piece_of_key_.resize(DistanceKeys::count);
  for (const Piece& piece : pieces) {
    const double begin_m = DistanceKeys::begin_m(piece.first_key),
                 end_m = DistanceKeys::begin_m(piece.first_key + piece.keys);
    const auto first = piece_of_key_.begin() + piece.first_key;
    std::fill(first, first + piece.keys, static_cast<std::uint16_t>(count()));
    middle_m_.push_back(0.5 * (begin_m + end_m));
    scale_.push_back(2.0 / (end_m - begin_m));
    for (const Lanes& of_function : piece.factors)
      for (int k = 0; k < lane_count; ++k) factors_.push_back(of_function[k]);
  }
}

}  // namespace lantian::plume
