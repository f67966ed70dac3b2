#pragma once

#include "lantian/base/time.hpp"
#include "lantian/field/array.hpp"
#include "lantian/field/field.hpp"
#include "lantian/parallel/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// Hourly planes of a run (32-bit numbers over the whole grid), kept in a file of their own until the run is
/// whole and its results are written in one go.
///
/// A netCDF-4 file that a killed process had open may be unreadable; this one is only ever lengthened, an
/// hour at a time, each hour with its digest, so that a resumed run cuts off what came after its restart and
/// goes on. Rank 0 writes; calls are collective but for those that say otherwise.
class HourStore {
 public:
  /// Creates the file anew for hours of `planes` planes. @throws OutputError
  HourStore(std::string path, const Communicator& ranks, const Tile& tile, std::size_t planes);
  /// Takes up a file whose first `hours` are sound and cuts off the rest. @throws DataError
  static HourStore resume(std::string path, const Communicator& ranks, const Tile& tile, std::size_t planes,
                          std::size_t hours);

  void begin_hour(UtcTime begin, UtcTime end);
  /// Adds the next plane of the hour: the tile's own cells, [row][column].
  void append(const Array2<double>& tile_values);
  /// Writes the hour when all its planes are there. @throws OutputError
  void end_hour();
  /// Makes sure that what is written is on the disk.
  void sync() const;

  [[nodiscard]] std::size_t hours() const { return hours_; }
  /// Begin and end of an hour; any rank alone.
  [[nodiscard]] std::pair<UtcTime, UtcTime> times(std::size_t hour) const;
  /// The tile's own cells of a plane; any rank alone.
  [[nodiscard]] Array2<double> read(std::size_t hour, std::size_t plane) const;
  /// The first hour that has not its digest, or `hours()`.
  [[nodiscard]] std::size_t first_damaged_hour() const;
  /// Removes the file.
  void remove() const;

 private:
  struct Resumed {};
  HourStore(std::string path, Communicator ranks, const Tile& tile, std::size_t planes, Resumed);
  void gather_tiles();
  void agree(const std::string& fault) const;
  [[nodiscard]] std::string header() const;
  [[nodiscard]] std::size_t record_bytes() const;
  [[nodiscard]] std::uint64_t offset_of(std::size_t hour) const;
  [[nodiscard]] std::string resume_fault(std::size_t hours) const;

  std::string path_;
  Communicator ranks_;
  Tile tile_;
  std::size_t planes_, hours_ = 0;
  std::vector<int> tiles_;    // of rank 0: first row, first column, rows, columns of each rank
  std::vector<char> record_;  // of rank 0: the hour that is being gathered
};

}  // namespace lantian
