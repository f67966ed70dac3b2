#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace lantian {

/// A text that grows line by line: under a temporary name first, synced and renamed by `finish`. One that is
/// not finished is removed. Folders above it are made.
class TextWriter {
 public:
  /// @throws OutputError with path and reason, as all members do.
  explicit TextWriter(std::string path);
  ~TextWriter();
  TextWriter(TextWriter&& other) noexcept;
  TextWriter& operator=(TextWriter&&) = delete;
  TextWriter(const TextWriter&) = delete;
  TextWriter& operator=(const TextWriter&) = delete;

  void append(std::string_view text);
  void finish();

 private:
  [[noreturn]] void refuse(int reason) const;
  std::string path_, temporary_;
  std::FILE* file_ = nullptr;
};

}  // namespace lantian
