#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/base/time.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// One instant of the weather and where it lies.
struct WrfInstant {
  UtcTime time{};
  int file = 0;
  std::size_t record = 0;
  // Cells that a moving nest has gone east and north since the first instant.
  int east = 0, north = 0;
};

/// A set of WRF output files, seen as one axis of time.
class WrfFiles {
 public:
  /// Opens each file once, reads its times and checks that they make one axis without holes.
  ///
  /// @param patterns  absolute paths; the last part may hold * and ?.
  /// Faults go to `problems`: files that are missing or broken, times that repeat or run backwards.
  WrfFiles(const std::vector<std::string>& patterns, Problems& problems);

  [[nodiscard]] bool empty() const { return instants_.empty(); }
  [[nodiscard]] const std::vector<std::string>& paths() const { return paths_; }
  [[nodiscard]] const std::vector<WrfInstant>& instants() const { return instants_; }
  /// "wrfout_d01...: 2020-03-30T16:00:00Z", the beginning of sentences.
  [[nodiscard]] std::string place(const WrfInstant& instant) const;

  /// Says which times between `begin` and `end` are missing.
  void check_cover(UtcTime begin, UtcTime end, Problems& problems) const;
  /// Forgets the instants that play no part between `begin` and `end`.
  void keep_needed(UtcTime begin, UtcTime end);
  /// Says where the domain of instant n lies.
  void set_shift(std::size_t n, int east, int north) { instants_[n].east = east, instants_[n].north = north; }

  /// The file, open. A few stay open.
  [[nodiscard]] const NetcdfReader& file(int index) const;

 private:
  void read_times(int index, const NetcdfReader& reader, Problems& problems);
  void drop_repeated_times(Problems& problems);

  std::vector<std::string> paths_;
  std::vector<WrfInstant> instants_;
  mutable std::map<int, NetcdfReader> open_;
};

/// Paths that a pattern means, sorted; empty when there is none.
[[nodiscard]] std::vector<std::string> expand_pattern(const std::string& pattern);

/// A sentence when the axes of a variable do not stand in WRF's order; equal lengths would hide it.
[[nodiscard]] std::optional<std::string> axis_order_fault(const NetcdfReader& file,
                                                          const std::string& variable);

}  // namespace lantian
