#include "lantian/io/restart_manifest.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/digest.hpp"
#include "lantian/io/text_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <system_error>

namespace lantian {

namespace {

constexpr const char* title = "Lantian restart set";
constexpr const char* digest_key = "digest ";

/// A file open for reading, and the digest of parts of it one after another.
class PartReader {
 public:
  explicit PartReader(const std::string& path)
      : path_(path),
        file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
        state_(XXH64_createState(), &XXH64_freeState) {
    if (file_ < 0)
      throw MissingFileError(fmt::format("{}: there is no such file, or it cannot be read", path));
    XXH64_reset(state_.get(), 0);
  }
  ~PartReader() { ::close(file_); }
  PartReader(const PartReader&) = delete;
  PartReader& operator=(const PartReader&) = delete;

  void add(std::uint64_t offset, std::uint64_t count) {
    while (count > 0) {
      const std::size_t wanted = std::min<std::uint64_t>(count, buffer_.size());
      const ::ssize_t read = ::pread(file_, buffer_.data(), wanted, static_cast<::off_t>(offset));
      if (read <= 0) throw DataError(fmt::format("{}: ends or cannot be read at byte {}", path_, offset));
      XXH64_update(state_.get(), buffer_.data(), static_cast<std::size_t>(read));
      offset += static_cast<std::uint64_t>(read);
      count -= static_cast<std::uint64_t>(read);
    }
  }
  [[nodiscard]] std::uint64_t digest() const { return XXH64_digest(state_.get()); }

 private:
  std::string path_;
  int file_;
  std::unique_ptr<XXH64_state_t, XXH_errorcode (*)(XXH64_state_t*)> state_;
  std::vector<char> buffer_ = std::vector<char>(1U << 20);
};

std::string text_of(std::uint64_t digest) {
  return fmt::format("{:016x}", digest);
}

/// The words of a line, the last of which may hold blanks.
std::vector<std::string> words_of(const std::string& line, std::size_t count) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (words.size() + 1 < count) {
    const std::size_t blank = line.find(' ', from);
    if (blank == std::string::npos) break;
    words.push_back(line.substr(from, blank - from));
    from = blank + 1;
  }
  words.push_back(line.substr(from));
  words.resize(count);
  return words;
}

std::uint64_t number_in(const std::string& word) {
  return std::strtoull(word.c_str(), nullptr, 10);
}

void add_line(RestartManifest& manifest, const std::string& line) {
  const std::string kind = words_of(line, 2)[0];
  if (kind == "fact") {
    const auto words = words_of(line, 3);
    if (!manifest.facts.empty() && manifest.facts.back().first == words[1])
      manifest.facts.back().second += "\n" + words[2];
    else
      manifest.facts.emplace_back(words[1], words[2]);
  } else if (kind == "file") {
    const auto words = words_of(line, 3);
    manifest.file = words[1];
    manifest.file_bytes = number_in(words[2]);
  } else if (kind == "variable") {
    const auto words = words_of(line, 5);
    manifest.variables.push_back({words[4], number_in(words[1]), number_in(words[2]), words[3]});
  } else if (kind == "rest") {
    manifest.rest_digest = words_of(line, 2)[1];
  }
}

}  // namespace

std::uint64_t digest_of_bytes(const std::string& path, std::uint64_t offset, std::uint64_t count) {
  PartReader reader(path);
  reader.add(offset, count);
  return reader.digest();
}

std::uint64_t digest_of_rest(const std::string& path, std::uint64_t file_bytes,
                             const std::vector<RestartManifest::Variable>& variables) {
  PartReader reader(path);
  std::uint64_t at = 0;
  for (const auto& one : variables) {
    if (one.offset > at) reader.add(at, one.offset - at);
    at = one.offset + one.bytes;
  }
  if (file_bytes > at) reader.add(at, file_bytes - at);
  return reader.digest();
}

RestartManifest RestartManifest::read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw MissingFileError(fmt::format("{}: there is no such file, or it cannot be read", path));
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::size_t last = text.rfind(digest_key);
  const bool is_sound =
      text.starts_with(title) && last != std::string::npos &&
      text.substr(last) == fmt::format("{}{}\n", digest_key, digest_of(text.substr(0, last)));
  if (!is_sound) throw DataError(fmt::format("{}: the manifest is damaged", path));
  RestartManifest manifest;
  manifest.path = path;
  for (const std::string& line : split(text.substr(0, last), '\n')) add_line(manifest, line);
  return manifest;
}

void RestartManifest::write() const {
  std::string text = fmt::format("{}\n", title);
  for (const auto& [key, value] : facts)
    for (const std::string& line : split(value, '\n')) text += fmt::format("fact {} {}\n", key, line);
  text += fmt::format("file {} {}\n", file, file_bytes);
  for (const Variable& one : variables)
    text += fmt::format("variable {} {} {} {}\n", one.offset, one.bytes, one.digest, one.name);
  text += fmt::format("rest {}\n", rest_digest);
  write_text_file(path, fmt::format("{}{}{}\n", text, digest_key, digest_of(text)));
}

std::string RestartManifest::fact(const std::string& key) const {
  const auto found = std::ranges::find(facts, key, [](const auto& one) { return one.first; });
  return found == facts.end() ? "" : found->second;
}

std::string RestartManifest::file_path() const {
  return (std::filesystem::path(path).parent_path() / file).string();
}

std::vector<std::string> damaged_parts(const RestartManifest& manifest, DigestShare share) {
  const std::string path = manifest.file_path();
  std::error_code fault;
  const std::uintmax_t bytes = std::filesystem::file_size(path, fault);
  if (fault) return {fmt::format("{} is not there", manifest.file)};
  if (bytes != manifest.file_bytes)
    return {fmt::format("{} has {} bytes; {} were written", manifest.file, bytes, manifest.file_bytes)};
  std::vector<std::string> damaged;
  for (std::size_t n = 0; n < manifest.variables.size(); ++n) {
    if (static_cast<int>(n % static_cast<std::size_t>(share.count)) != share.number) continue;
    const auto& one = manifest.variables[n];
    if (text_of(digest_of_bytes(path, one.offset, one.bytes)) != one.digest)
      damaged.push_back(fmt::format("{} in {}", one.name, manifest.file));
  }
  if (share.number == 0 && text_of(digest_of_rest(path, bytes, manifest.variables)) != manifest.rest_digest)
    damaged.push_back(fmt::format("the structure of {}", manifest.file));
  return damaged;
}

std::vector<std::string> restart_manifests(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("restart_") && name.ends_with(".manifest")) found.push_back(entry.path().string());
  }
  std::ranges::sort(found, std::greater<>());  // names hold the time, so that they sort by it
  return found;
}

void remove_restart_files(const std::string& folder, const std::vector<std::string>& kept_manifests) {
  const auto is_kept = [&](const std::filesystem::path& path) {
    return std::ranges::any_of(kept_manifests, [&](const std::string& kept) {
      return std::filesystem::path(kept).filename().stem() == path.filename().stem();
    });
  };
  std::error_code ignored;
  std::vector<std::filesystem::path> manifests, others;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::filesystem::path& path = entry.path();
    const std::string name = path.filename().string();
    const bool is_set = name.starts_with("restart_"),
               is_hours = name.starts_with("hours.bin") || name.starts_with("nest.bin");
    const bool is_temporary = (is_set || is_hours) && name.find(".tmp.") != std::string::npos;
    if (is_temporary || (is_set && !is_kept(path)) || (is_hours && kept_manifests.empty()))
      (path.extension() == ".manifest" ? manifests : others).push_back(path);
  }
  // Manifests first: a set without one does not exist, but one without its file would look damaged.
  std::ranges::sort(manifests);
  for (const auto* paths : {&manifests, &others})
    for (const auto& path : *paths) std::filesystem::remove(path, ignored);
  if (kept_manifests.empty()) std::filesystem::remove(folder, ignored);
}

}  // namespace lantian
