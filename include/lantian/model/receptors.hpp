#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/config/case.hpp"
#include "lantian/field/array.hpp"
#include "lantian/field/field.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/parallel/communicator.hpp"

#include <string>
#include <vector>

namespace lantian {

/// A place where results are read off: the value of the cell it lies in.
struct Receptor {
  std::string name, district;
  LonLat place{};
  HorizontalGrid::Cell cell{};
};

/// Reads [receptors] file: CSV name,longitude,latitude[,district]. A place outside the grid is left out with
/// a warning; faults go to `problems`. No file: none.
[[nodiscard]] std::vector<Receptor> read_receptors(const Case& configuration, const HorizontalGrid& grid,
                                                   Problems& problems);

/// Persons in each cell of the grid, from [receptors] population: each person is counted in the cell that the
/// centre of the file's cell lies in. Empty when the case names no file.
[[nodiscard]] Array2<double> read_population(const Case& configuration, const HorizontalGrid& grid,
                                             Problems& problems);

/// Values of a tile's field at all receptors, on every rank.
[[nodiscard]] std::vector<double> at_receptors(const Communicator& ranks, const Tile& tile,
                                               const Array2<double>& field,
                                               const std::vector<Receptor>& receptors);

/// Mean of a tile's field over the grid, weighted with persons (equal weights when `population` is empty);
/// the same bits on any number of ranks.
[[nodiscard]] double population_mean(const Communicator& ranks, const Tile& tile, const Array2<double>& field,
                                     const Array2<double>& population);

}  // namespace lantian
