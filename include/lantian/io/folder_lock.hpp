#pragma once

#include <string>

namespace lantian {

/// Holds a folder of results for one run, so that two runs cannot mix their files in it. The system lets go
/// of it when the process ends, however it ends: a lock file that a killed run has left hinders nobody.
class FolderLock {
 public:
  /// Creates the folder when it is not there, and proves that it can be written.
  /// @throws Error with `ExitCode::locked` that names the process that holds it, OutputError with path and
  /// reason.
  explicit FolderLock(const std::string& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  std::string path_;
  int file_ = -1;
};

}  // namespace lantian
