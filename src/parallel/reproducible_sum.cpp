#include "lantian/parallel/reproducible_sum.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace lantian {

namespace {

__extension__ using Int128 = __int128;
__extension__ using Unsigned128 = unsigned __int128;
constexpr int fraction_bits =
    99;  // |x| < 2^exponent becomes an integer below 2^99; 2^28 of them fit into 127 bits

Int128 fixed_point(double value, int exponent) {
  int own_exponent = 0;
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(value, &own_exponent), 53));
  const int shift = fraction_bits - 53 + own_exponent - exponent;
  if (shift >= 0) return static_cast<Int128>(mantissa) << shift;
  return shift > -63 ? static_cast<Int128>(mantissa >> -shift) : Int128{0};
}

// NOLINTNEXTLINE(readability-non-const-parameter): MPI_User_function asks for it so
void add_pairs(void* in, void* in_out, int* length, MPI_Datatype*) {
  auto* const sum = static_cast<std::uint64_t*>(in_out);
  const auto* const term = static_cast<const std::uint64_t*>(in);
  for (std::ptrdiff_t n = 0; n < *length; ++n) {
    const std::uint64_t low = sum[2 * n] + term[2 * n];
    sum[2 * n + 1] += term[2 * n + 1] + (low < term[2 * n] ? 1 : 0);
    sum[2 * n] = low;
  }
}

/// The type and operation of a 128-bit sum; live as long as MPI.
struct WideAddition {
  MPI_Datatype pair = MPI_DATATYPE_NULL;
  MPI_Op add = MPI_OP_NULL;
  WideAddition() {
    MPI_Type_contiguous(2, MPI_UINT64_T, &pair);
    MPI_Type_commit(&pair);
    MPI_Op_create(&add_pairs, 1, &add);
  }
};

Int128 sum_over_ranks(const Communicator& ranks, Int128 mine) {
  static const WideAddition wide;
  const auto bits = static_cast<Unsigned128>(mine);
  std::array<std::uint64_t, 2> words = {static_cast<std::uint64_t>(bits),
                                        static_cast<std::uint64_t>(bits >> 64)};
  MPI_Allreduce(MPI_IN_PLACE, words.data(), 1, wide.pair, wide.add, ranks.raw());
  return static_cast<Int128>((static_cast<Unsigned128>(words[1]) << 64) | words[0]);
}

}  // namespace

double reproducible_sum(const Communicator& ranks, std::span<const double> values) {
  constexpr int none = std::numeric_limits<int>::min();
  constexpr int not_finite = std::numeric_limits<int>::max();
  int exponent = none;
  for (const double value : values) {
    if (value == 0.0) continue;
    exponent = std::max(exponent, std::isfinite(value) ? std::ilogb(value) + 1 : not_finite);
  }
  exponent = ranks.max_of(exponent);
  if (exponent == none) return 0.0;
  if (exponent == not_finite) return std::numeric_limits<double>::quiet_NaN();
  Int128 sum = 0;
  for (const double value : values)
    if (value != 0.0) sum += fixed_point(value, exponent);
  return std::ldexp(static_cast<double>(sum_over_ranks(ranks, sum)), exponent - fraction_bits);
}

}  // namespace lantian
