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

/// Distances by the finest pieces they can lie in: 512 in each doubling from 1 m on, by the bits of the
/// number.
struct DistanceKeys {
  static constexpr int bits = 9, in_a_doubling = 1 << bits, doublings = 26, count = in_a_doubling * doublings;
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
/// A piece is a doubling of distance, or half of a piece whose polynomial does not serve: where the last two
/// Chebyshev coefficients together exceed `tolerance` times the function (times 1 where it is smaller). So
/// short pieces gather where a function has a kink. Whether a piece is halved depends on the functions
/// alone: a value is the same bits whichever other distances are asked for.
/// @see Trefethen (2013), Approximation Theory and Approximation Practice, ch. 4 and 8.
class DistancePieces {
 public:
  static constexpr std::size_t points = 8;
  using Points = std::array<double, points>;

  /// @param deepest  how often a doubling is halved at most, 0 to `DistanceKeys::bits`.
  DistancePieces(std::size_t functions, double tolerance, int deepest = DistanceKeys::bits)
      : functions_(functions), tolerance_(tolerance), shortest_(1 << (DistanceKeys::bits - deepest)) {
    assert(deepest >= 0 && deepest <= DistanceKeys::bits);
  }

  struct Piece;

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
    for (std::size_t& index : first.of) index *= functions_ * points;
    for (std::size_t f = 0; f < sums.size(); ++f) {
      const double* factor = factors_.data() + f * points;
      Lanes value = gather(factor + points - 1, first);
      for (std::size_t k = points - 1; k-- > 0;) value = gather(factor + k, first) + t * value;
      sums[f] += weight * value;
    }
  }

 private:
  template <class Property>
  void add_pieces(int first_key, int keys, std::span<const char> wanted, const Property& property,
                  std::vector<Piece>& pieces) const;
  [[nodiscard]] bool serves(const Points& values, const Points& chebyshev) const;
  [[nodiscard]] static Points chebyshev_of(const Points& values);
  [[nodiscard]] static Points powers_of(const Points& chebyshev);

  std::size_t functions_;
  double tolerance_;
  int shortest_;  ///< keys of the shortest piece
  std::vector<std::uint16_t> piece_of_key_;
  std::vector<double> middle_m_, scale_, factors_;
};

struct DistancePieces::Piece {
  int first_key{}, keys{};
  std::vector<Points> factors;  ///< of the powers of -1 to 1 along it, for each function
};

inline DistancePieces::Points DistancePieces::chebyshev_of(const Points& values) {
  static const std::array<Points, points> cosines = [] {
    std::array<Points, points> table{};
    for (std::size_t k = 0; k < points; ++k)
      for (std::size_t j = 0; j < points; ++j)
        table[k][j] = std::cos(static_cast<double>(k) * (static_cast<double>(j) + 0.5) *
                               (std::numbers::pi / static_cast<double>(points)));
    return table;
  }();
  Points of{};
  for (std::size_t k = 0; k < points; ++k) {
    for (std::size_t j = 0; j < points; ++j) of[k] += values[j] * cosines[k][j];
    of[k] *= (k == 0 ? 1.0 : 2.0) / static_cast<double>(points);
  }
  return of;
}

inline DistancePieces::Points DistancePieces::powers_of(const Points& chebyshev) {
  Points before{1.0}, now{0.0, 1.0}, sum{};  // T_(k-1) and T_k by powers
  sum[0] = chebyshev[0];
  for (std::size_t k = 1; k < points; ++k) {
    Points next{};
    for (std::size_t n = 0; n < points; ++n) {
      sum[n] += chebyshev[k] * now[n];
      next[n] = (n > 0 ? 2.0 * now[n - 1] : 0.0) - before[n];
    }
    before = now;
    now = next;
  }
  return sum;
}

inline bool DistancePieces::serves(const Points& values, const Points& chebyshev) const {
  const double least = *std::ranges::min_element(values);
  return std::fabs(chebyshev[points - 2]) + std::fabs(chebyshev[points - 1]) <=
         tolerance_ * std::max(1.0, least);
}

template <class Property>
void DistancePieces::add_pieces(int first_key, int keys, std::span<const char> wanted,
                                const Property& property, std::vector<Piece>& pieces) const {
  const auto own = wanted.subspan(static_cast<std::size_t>(first_key), static_cast<std::size_t>(keys));
  if (std::memchr(own.data(), 1, own.size()) == nullptr) return;
  const double begin_m = DistanceKeys::begin_m(first_key), end_m = DistanceKeys::begin_m(first_key + keys);
  Lanes x_m{};
  for (int j = 0; j < lane_count; ++j)
    x_m[j] = 0.5 * (begin_m + end_m) +
             0.5 * (end_m - begin_m) * std::cos((j + 0.5) * (std::numbers::pi / lane_count));
  std::vector<Lanes> brought(functions_);
  property(x_m, std::span<Lanes>(brought));
  Piece piece{first_key, keys, {}};
  bool is_fine = true;
  for (const Lanes& of_function : brought) {
    Points values{};
    for (std::size_t j = 0; j < points; ++j) values[j] = of_function[static_cast<int>(j)];
    const Points chebyshev = chebyshev_of(values);
    is_fine = is_fine && serves(values, chebyshev);
    piece.factors.push_back(powers_of(chebyshev));
  }
  if (is_fine || keys <= shortest_) {
    pieces.push_back(std::move(piece));
    return;
  }
  add_pieces(first_key, keys / 2, wanted, property, pieces);
  add_pieces(first_key + keys / 2, keys / 2, wanted, property, pieces);
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
    for (const Points& of_function : piece.factors)
      factors_.insert(factors_.end(), of_function.begin(), of_function.end());
  }
}

}  // namespace lantian::plume
