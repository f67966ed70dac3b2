#pragma once

#include "lantian/base/time.hpp"
#include "lantian/field/array.hpp"
#include "lantian/field/field.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/grid/layers.hpp"
#include "lantian/io/output_variable.hpp"
#include "lantian/parallel/communicator.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lantian {

/// What a history file holds. `terrain_m` is that of the whole grid; empty: not written.
struct HistoryLayout {
  HorizontalGrid grid;
  Layers layers;
  Tile tile;
  Array2<double> terrain_m;
  std::vector<OutputVariable> variables;
  std::map<std::string, std::string> attributes;  // of the file
};

/// Hourly means on the grid as one CF-1.8 netCDF-4 file that all ranks write together; 32-bit numbers,
/// 64-bit ones for layers where the variable asks for them.
///
/// A time stands for the end of its averaging hour; its bounds say which hour. The file is written under
/// `path`.tmp.<process of rank 0> and gets its name in `finish`, when it is whole and synced; a file that is
/// not finished is removed. Every call is collective: all ranks of `ranks` make it in the same order, and a
/// fault of one rank is thrown on all of them.
///
/// @see CF Metadata Conventions 1.8, https://cfconventions.org, sections 4, 5.6, 7.1 and appendices D, F.
class HistoryWriter {
 public:
  /// @throws OutputError
  HistoryWriter(const std::string& path, const Communicator& ranks, const HistoryLayout& layout);
  ~HistoryWriter();
  HistoryWriter(const HistoryWriter&) = delete;
  HistoryWriter& operator=(const HistoryWriter&) = delete;

  /// Begins the next hour; what is written from now on belongs to it.
  void append_hour(UtcTime begin, UtcTime end);
  /// The tile's own cells, [row][column], of a plane or a fixed plane.
  void write_2d(const std::string& name, const Array2<double>& tile_values);
  /// The tile's own cells, [layer][row][column].
  void write_3d(const std::string& name, const Array3<double>& tile_values);
  /// Adds attributes of the file (those of rank 0 count), syncs it and gives it its name.
  void finish(const std::map<std::string, std::string>& attributes = {});

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace lantian
