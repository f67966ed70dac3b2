#pragma once

#include "lantian/grid/horizontal_grid.hpp"

#include <array>
#include <vector>

namespace lantian {

/// A part of a source cell: the model cell it falls into and its share of the source cell's area.
struct CellShare {
  int row, column;
  double share;
};

/// Shares of a source cell among the model's cells by area of overlap; what is missing to 1 lies outside.
///
/// The cell's outline (counter-clockwise corners, edges refined) is clipped on the model's map by Sutherland
/// & Hodgman (1974), Commun. ACM 17, 32; areas on the map are turned to areas on the sphere by the map factor
/// at each piece's middle. A cell that lies wholly inside is shared out completely: its shares add up to 1.
[[nodiscard]] std::vector<CellShare> overlap_shares(const HorizontalGrid& grid,
                                                    const std::array<LonLat, 4>& corners);

}  // namespace lantian
