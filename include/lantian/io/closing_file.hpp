#pragma once

namespace lantian {

/// Says, while it lives, that netCDF closes a file that was written. When a write fails in there, netCDF 4.9
/// does not say so but crashes; the program's handler of crashes then knows which file could not be written.
class ClosingFile {
 public:
  /// Names that live as long as this: the file's own, and the temporary one it has until it is whole.
  ClosingFile(const char* path, const char* temporary);
  ~ClosingFile();
  ClosingFile(const ClosingFile&) = delete;
  ClosingFile& operator=(const ClosingFile&) = delete;

  // Of the file that is being closed, else null. For a signal handler.
  [[nodiscard]] static const char* path();
  [[nodiscard]] static const char* temporary();
};

}  // namespace lantian
