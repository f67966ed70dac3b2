#include "lantian/parallel/state_hash.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstdint>

namespace lantian {

namespace {

/// @see Steele, Lea & Flood (2014), OOPSLA '14, 453 (SplitMix64's finaliser).
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace

std::string state_hash(const Communicator& ranks, const Tile& tile, const FieldSet<double>& fields) {
  std::uint64_t sum = 0;
#pragma omp parallel for schedule(static) reduction(+ : sum)
  for (int s = 0; s < fields.species_count(); ++s) {
    for (int k = 0; k < fields[s].layers(); ++k) {
      for (int j = 0; j < tile.rows; ++j) {
        const auto line = static_cast<std::uint64_t>(s * fields[s].layers() + k) *
                              static_cast<std::uint64_t>(tile.grid_rows) +
                          static_cast<std::uint64_t>(tile.first_row + j);
        const auto first = line * static_cast<std::uint64_t>(tile.grid_columns) +
                           static_cast<std::uint64_t>(tile.first_column);
        const double* row = fields[s].row(k, j);
        for (int i = 0; i < tile.columns; ++i)
          sum += mixed(std::bit_cast<std::uint64_t>(row[i]) ^ mixed(first + static_cast<std::uint64_t>(i)));
      }
    }
  }
  return fmt::format("{:016x}", ranks.sum_of(sum));
}

}  // namespace lantian
