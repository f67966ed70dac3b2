#pragma once

#include "lantian/base/time.hpp"
#include "lantian/field/array.hpp"
#include "lantian/field/field.hpp"
#include "lantian/io/restart_manifest.hpp"
#include "lantian/parallel/communicator.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// Writes one restart set: an HDF5 file of what a run holds, that all ranks write together, and its manifest.
///
/// The HDF5 file is written under a temporary name, synced and renamed; the manifest follows in the same way,
/// and with it the set exists. Its bytes do not depend on how many ranks hold the grid. Every call is
/// collective; a fault of one rank is thrown on all of them, and a set that is not finished is removed.
class RestartWriter {
 public:
  /// The set of the model time `time` in a folder that exists; `state_bytes`: at least what will be written.
  /// @throws OutputError, as all members do.
  RestartWriter(const std::string& folder, UtcTime time, const Communicator& ranks, std::size_t state_bytes);
  ~RestartWriter();
  RestartWriter(const RestartWriter&) = delete;
  RestartWriter& operator=(const RestartWriter&) = delete;

  /// The tile's own cells, [plane][row][column]. Names hold no slash: HDF5 stamps groups with the time.
  void cells(const std::string& name, const Tile& tile, std::span<const double> values);
  void field(const std::string& name, const Tile& tile, const Field<double>& values);
  /// What is the same on all ranks.
  void numbers(const std::string& name, const std::vector<double>& values);
  void text(const std::string& name, const std::string& value);

  /// Completes the set. @return the manifest's path
  std::string finish(const std::vector<std::pair<std::string, std::string>>& facts);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

/// Reads a restart set whose digests are sound; each rank takes what it holds of the grid.
class RestartReader {
 public:
  /// @throws DataError on all ranks, as all members do, when any rank finds the set damaged: then nothing of
  /// it was read.
  RestartReader(RestartManifest manifest, const Communicator& ranks);
  ~RestartReader();
  RestartReader(const RestartReader&) = delete;
  RestartReader& operator=(const RestartReader&) = delete;

  [[nodiscard]] const RestartManifest& manifest() const;
  [[nodiscard]] bool has(const std::string& name) const;
  /// The tile's own cells, as many as `values` holds planes of.
  void cells(const std::string& name, const Tile& tile, std::span<double> values) const;
  void field(const std::string& name, const Tile& tile, Field<double>& values) const;
  /// Empty when there is nothing of that name: nothing is what was written.
  [[nodiscard]] std::vector<double> numbers(const std::string& name) const;
  [[nodiscard]] std::string text(const std::string& name) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace lantian
