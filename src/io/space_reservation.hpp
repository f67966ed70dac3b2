#pragma once

#include <cstdint>
#include <string>

namespace lantian {

/// Takes the disk space of a file before it is written.
///
/// A collective write that fails on one rank leaves the others waiting inside HDF5 for ever. So the space is
/// taken first, by one process, where a refusal can still be told to all.
class SpaceReservation {
 public:
  explicit SpaceReservation(std::string path) : path_(std::move(path)) {}

  /// Makes sure that the file may grow to `bytes`. @return 0, or the number of the system's fault (ENOSPC
  /// ...).
  [[nodiscard]] int grow_to(std::uintmax_t bytes) const;
  /// Gives back what the file has not used.
  void release() const;

 private:
  std::string path_;
};

}  // namespace lantian
