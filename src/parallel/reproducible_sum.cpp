#include "lantian/parallel/reproducible_sum.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

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

/// Sums over all ranks take the place of this rank's.
void sum_over_ranks(const Communicator& ranks, std::vector<Int128>& sums) {
  static const WideAddition wide;
  std::vector<std::uint64_t> words;
  words.reserve(2 * sums.size());
  for (const Int128 mine : sums) {
    const auto bits = static_cast<Unsigned128>(mine);
    words.insert(words.end(), {static_cast<std::uint64_t>(bits), static_cast<std::uint64_t>(bits >> 64)});
  }
  MPI_Allreduce(MPI_IN_PLACE, words.data(), static_cast<int>(sums.size()), wide.pair, wide.add, ranks.raw());
  for (std::size_t n = 0; n < sums.size(); ++n)
    sums[n] = static_cast<Int128>((static_cast<Unsigned128>(words[2 * n + 1]) << 64) | words[2 * n]);
}

constexpr int none = std::numeric_limits<int>::min();
constexpr int not_finite = std::numeric_limits<int>::max();

/// The least exponent e with |x| < 2^e for all values; `none` where all are 0.
int exponent_of(std::span<const double> values) {
  int exponent = none;
  for (const double value : values) {
    if (value == 0.0) continue;
    exponent = std::max(exponent, std::isfinite(value) ? std::ilogb(value) + 1 : not_finite);
  }
  return exponent;
}

Int128 sum_of(std::span<const double> values, int exponent) {
  Int128 sum = 0;
  if (exponent == none || exponent == not_finite) return sum;
  for (const double value : values)
    if (value != 0.0) sum += fixed_point(value, exponent);
  return sum;
}

double as_double(Int128 sum, int exponent) {
  if (exponent == none) return 0.0;
  if (exponent == not_finite) return std::numeric_limits<double>::quiet_NaN();
  return std::ldexp(static_cast<double>(sum), exponent - fraction_bits);
}

}  // namespace

std::vector<double> reproducible_sums(const Communicator& ranks,
                                      const std::vector<std::span<const double>>& arrays) {
  std::vector<int> exponents(arrays.size());
  std::vector<Int128> sums(arrays.size());
  std::vector<double> result(arrays.size());
#pragma omp parallel for schedule(static)
  for (std::size_t n = 0; n < arrays.size(); ++n) exponents[n] = exponent_of(arrays[n]);
  MPI_Allreduce(MPI_IN_PLACE, exponents.data(), static_cast<int>(exponents.size()), MPI_INT, MPI_MAX,
                ranks.raw());
#pragma omp parallel for schedule(static)
  for (std::size_t n = 0; n < arrays.size(); ++n) sums[n] = sum_of(arrays[n], exponents[n]);
  sum_over_ranks(ranks, sums);
  for (std::size_t n = 0; n < arrays.size(); ++n) result[n] = as_double(sums[n], exponents[n]);
  return result;
}

double reproducible_sum(const Communicator& ranks, std::span<const double> values) {
  return reproducible_sums(ranks, {values}).front();
}

}  // namespace lantian
