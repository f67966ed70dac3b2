#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// What stands beside the numbers of a restart set: whose it is, where each variable lies in its file, and a
/// digest of everything, so that any flipped bit is found before the set is used.
///
/// The manifest is a text. Its last line is the digest of all lines above, and those hold a digest of each
/// variable and of the bytes between them: it is the digest of the whole set. A set exists once its manifest
/// has its name.
struct RestartManifest {
  struct Variable {
    std::string name;
    std::uint64_t offset = 0, bytes = 0;  // in the file
    std::string digest;                   // xxh64
  };

  std::string path;  // of the manifest
  std::vector<std::pair<std::string, std::string>>
      facts;         // of the run, in order; a value may have many lines
  std::string file;  // name of the HDF5 file beside the manifest
  std::uint64_t file_bytes = 0;
  std::vector<Variable> variables;  // by offset
  std::string rest_digest;          // xxh64 of the bytes between the variables

  /// @throws DataError when it is damaged; MissingFileError.
  [[nodiscard]] static RestartManifest read(const std::string& path);
  void write() const;

  [[nodiscard]] std::string fact(const std::string& key) const;
  [[nodiscard]] std::string file_path() const;
};

/// Part `number` of `count` of the work of digesting a set: one variable in so many.
struct DigestShare {
  int number = 0, count = 1;
};

/// What of a set's file has not the digest that the manifest states, in a few words each; empty when it is
/// sound.
[[nodiscard]] std::vector<std::string> damaged_parts(const RestartManifest& manifest, DigestShare share = {});

/// xxh64 of the bytes [offset, offset + count) of a file. @throws MissingFileError, DataError when it ends
/// before.
[[nodiscard]] std::uint64_t digest_of_bytes(const std::string& path, std::uint64_t offset,
                                            std::uint64_t count);
/// xxh64 of what lies outside of the variables.
[[nodiscard]] std::uint64_t digest_of_rest(const std::string& path, std::uint64_t file_bytes,
                                           const std::vector<RestartManifest::Variable>& variables);

/// Manifests of the sets in a folder, the latest model time first.
[[nodiscard]] std::vector<std::string> restart_manifests(const std::string& folder);
/// Removes what belongs to restart in a folder but the named sets and files: older sets, and files that were
/// being written when a run was killed. The folder goes when it is empty.
void remove_restart_files(const std::string& folder, const std::vector<std::string>& kept_manifests);

}  // namespace lantian
