#include "lantian/parallel/greatest.hpp"

namespace lantian {

void take_greatest(const Communicator& ranks, std::span<double> values) {
  MPI_Allreduce(MPI_IN_PLACE, values.data(), static_cast<int>(values.size()), MPI_DOUBLE, MPI_MAX,
                ranks.raw());
}

}  // namespace lantian
