#include "sweep.hpp"

#include <omp.h>

#include <algorithm>

namespace lantian {

RowBlocks::RowBlocks(int rows, std::size_t bytes_of_row) : rows_(rows) {
  constexpr std::size_t cached_bytes = 262144;  // a quarter of the level-2 cache of today's processors
  const int most = std::max(4, static_cast<int>(cached_bytes / bytes_of_row));
  const int threads = omp_get_max_threads(), of_thread = (rows + threads - 1) / threads;
  count_ = std::min(rows, threads * ((of_thread + most - 1) / most));
}

}  // namespace lantian
