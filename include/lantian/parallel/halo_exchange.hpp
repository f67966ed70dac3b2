#pragma once

#include "lantian/field/field.hpp"
#include "lantian/parallel/communicator.hpp"
#include "lantian/parallel/decomposition.hpp"

#include <array>
#include <vector>

namespace lantian {

/// Fills the halo cells of a tile with the neighbours' cells; all fields in one message a side. Halo cells
/// outside the grid are left alone.
class HaloExchange {
 public:
  HaloExchange(const Communicator& ranks, const Decomposition& decomposition);

  /// Columns -3..-1 and columns..columns+2 of the tile's own rows.
  void exchange_west_east(const std::vector<Field<double>*>& fields) const;
  /// Rows -3..-1 and rows..rows+2 of the tile's own columns.
  void exchange_south_north(const std::vector<Field<double>*>& fields) const;

  [[nodiscard]] const Communicator& ranks() const { return ranks_; }

 private:
  struct Block {
    int first_row, first_column, rows, columns;
  };
  struct Side {
    int neighbour;
    Block sent, received;
  };
  /// What goes to and comes from the two sides; kept, for fresh memory would cost more than the copying.
  struct Buffers {
    std::array<std::vector<double>, 2> out, in;
  };
  void exchange(const std::vector<Field<double>*>& fields, const Side& low, const Side& high) const;

  Communicator ranks_;
  Tile tile_;
  int west_, east_, south_, north_;
  mutable Buffers buffers_;  // the main thread alone exchanges
};

}  // namespace lantian
