#include "lantian/parallel/halo_exchange.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace lantian {

HaloExchange::HaloExchange(const Communicator& ranks, const Decomposition& decomposition)
    : ranks_(ranks),
      tile_(decomposition.tile(ranks.rank())),
      west_(decomposition.neighbour(ranks.rank(), -1, 0)),
      east_(decomposition.neighbour(ranks.rank(), 1, 0)),
      south_(decomposition.neighbour(ranks.rank(), 0, -1)),
      north_(decomposition.neighbour(ranks.rank(), 0, 1)) {}

void HaloExchange::exchange(const std::vector<Field<double>*>& fields, const Side& low,
                            const Side& high) const {
  // row by row: of a side to the west or the east a row has three cells, of one to the south or north
  // hundreds
  const auto visit = [&fields](const Block& block, auto&& touch_row) {
    for (Field<double>* field : fields)
      for (int k = 0; k < field->layers(); ++k)
        for (int j = block.first_row; j < block.first_row + block.rows; ++j)
          touch_row(field->row(k, j) + block.first_column, block.columns);
  };
  const std::array<const Side*, 2> sides = {&low, &high};
  auto& [out, in] = buffers_;
  std::vector<MPI_Request> requests;
  for (std::size_t n = 0; n < sides.size(); ++n) {
    if (sides[n]->neighbour < 0) continue;
    std::size_t cells = 0;
    visit(sides[n]->sent,
          [&cells](const double*, int columns) { cells += static_cast<std::size_t>(columns); });
    out[n].resize(cells);
    in[n].resize(cells);
    double* next = out[n].data();
    visit(sides[n]->sent,
          [&next](const double* row, int columns) { next = std::copy_n(row, columns, next); });
    const auto count = static_cast<int>(out[n].size());
    const int tag_out = static_cast<int>(n),
              tag_in = 1 - tag_out;  // what goes low arrives from the neighbour's high side
    requests.resize(requests.size() + 2, MPI_REQUEST_NULL);
    MPI_Irecv(in[n].data(), count, MPI_DOUBLE, sides[n]->neighbour, tag_in, ranks_.raw(),
              &requests[requests.size() - 2]);
    MPI_Isend(out[n].data(), count, MPI_DOUBLE, sides[n]->neighbour, tag_out, ranks_.raw(), &requests.back());
  }
  MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
  for (std::size_t n = 0; n < sides.size(); ++n) {
    if (sides[n]->neighbour < 0) continue;
    const double* next = in[n].data();
    visit(sides[n]->received, [&next](double* row, int columns) {
      std::copy_n(next, columns, row);
      next += columns;
    });
  }
}

void HaloExchange::exchange_west_east(const std::vector<Field<double>*>& fields) const {
  const int columns = tile_.columns, rows = tile_.rows;
  exchange(fields, {west_, {0, 0, rows, halo_width}, {0, -halo_width, rows, halo_width}},
           {east_, {0, columns - halo_width, rows, halo_width}, {0, columns, rows, halo_width}});
}

void HaloExchange::exchange_south_north(const std::vector<Field<double>*>& fields) const {
  const int columns = tile_.columns, rows = tile_.rows;
  exchange(fields, {south_, {0, 0, halo_width, columns}, {-halo_width, 0, halo_width, columns}},
           {north_, {rows - halo_width, 0, halo_width, columns}, {rows, 0, halo_width, columns}});
}

}  // namespace lantian
