#include "lantian/io/text_writer.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace lantian {

TextWriter::TextWriter(std::string path)
    : path_(std::move(path)), temporary_(fmt::format("{}.tmp.{}", path_, ::getpid())) {
  const std::filesystem::path folder = std::filesystem::path(path_).parent_path();
  if (!folder.empty()) create_directory(folder.string());
  file_ = std::fopen(temporary_.c_str(), "wbe");
  if (file_ == nullptr) refuse(errno);
}

TextWriter::TextWriter(TextWriter&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      file_(std::exchange(other.file_, nullptr)) {}

TextWriter::~TextWriter() {
  if (file_ == nullptr) return;
  std::fclose(file_);
  std::remove(temporary_.c_str());
}

void TextWriter::append(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) refuse(errno);
}

void TextWriter::finish() {
  if (std::fflush(file_) != 0) refuse(errno);
  if (std::fclose(std::exchange(file_, nullptr)) != 0) {
    const int reason = errno;
    std::remove(temporary_.c_str());
    refuse(reason);
  }
  publish_file(temporary_, path_);
}

void TextWriter::refuse(int reason) const {
  throw OutputError(fmt::format("{}: cannot write it: {}; free space or choose another folder", path_,
                                std::error_code(reason, std::generic_category()).message()));
}

}  // namespace lantian
