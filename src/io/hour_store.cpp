#include "lantian/io/hour_store.hpp"

#include "write_fault.hpp"

#include "lantian/base/errors.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <numeric>
#include <system_error>
#include <utility>

namespace lantian {

namespace {

constexpr std::size_t header_bytes = 64, times_bytes = 2 * sizeof(std::int64_t);

/// A file open for as long as this lives.
class OpenFile {
 public:
  OpenFile(const std::string& path, int flags) : id_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~OpenFile() {
    if (id_ >= 0) ::close(id_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  [[nodiscard]] bool is_open() const { return id_ >= 0; }
  [[nodiscard]] bool read(char* to, std::size_t count, std::uint64_t offset) const {
    while (count > 0) {
      const ::ssize_t got = ::pread(id_, to, count, static_cast<::off_t>(offset));
      if (got <= 0) return false;
      to += got;
      offset += static_cast<std::uint64_t>(got);
      count -= static_cast<std::size_t>(got);
    }
    return true;
  }
  [[nodiscard]] bool write(const char* from, std::size_t count, std::uint64_t offset) const {
    while (count > 0) {
      const ::ssize_t put = ::pwrite(id_, from, count, static_cast<::off_t>(offset));
      if (put <= 0) return false;
      from += put;
      offset += static_cast<std::uint64_t>(put);
      count -= static_cast<std::size_t>(put);
    }
    return true;
  }
  [[nodiscard]] bool cut(std::uint64_t bytes) const {
    return ::ftruncate(id_, static_cast<::off_t>(bytes)) == 0;
  }
  [[nodiscard]] bool sync() const { return ::fsync(id_) == 0; }
  /// Closes it now. @return whether that succeeded: some file systems tell only now that a write was lost
  [[nodiscard]] bool close() { return ::close(std::exchange(id_, -1)) == 0; }

 private:
  int id_;
};

std::uint64_t digest_of_record(const std::vector<char>& record) {
  return XXH64(record.data(), record.size() - sizeof(std::uint64_t), 0);
}

bool has_its_digest(const std::vector<char>& record) {
  std::uint64_t stated = 0;
  std::memcpy(&stated, record.data() + record.size() - sizeof(stated), sizeof(stated));
  return stated == digest_of_record(record);
}

}  // namespace

HourStore::HourStore(std::string path, Communicator ranks, const Tile& tile, std::size_t planes, Resumed)
    : path_(std::move(path)), ranks_(std::move(ranks)), tile_(tile), planes_(planes) {
  gather_tiles();
}

HourStore::HourStore(std::string path, const Communicator& ranks, const Tile& tile, std::size_t planes)
    : HourStore(std::move(path), ranks, tile, planes, Resumed{}) {
  std::string fault;
  if (ranks_.rank() == 0) {
    OpenFile file(path_, O_WRONLY | O_CREAT | O_TRUNC);
    const bool is_made = file.is_open() && file.write(header().data(), header_bytes, 0) && file.close();
    if (!is_made) fault = system_write_fault(path_, "the file", errno);
  }
  agree(fault);
}

HourStore HourStore::resume(std::string path, const Communicator& ranks, const Tile& tile, std::size_t planes,
                            std::size_t hours) {
  HourStore store(std::move(path), ranks, tile, planes, Resumed{});
  store.hours_ = hours;
  const std::string fault = ranks.broadcast(ranks.rank() == 0 ? store.resume_fault(hours) : "", 0);
  if (!fault.empty()) throw DataError(fault);
  return store;
}

std::string HourStore::resume_fault(std::size_t hours) const {
  const OpenFile file(path_, O_RDWR);
  std::string found(header_bytes, ' ');
  if (!file.is_open() || !file.read(found.data(), header_bytes, 0))
    return fmt::format("{}: the hours that the run had reported are not there", path_);
  if (found != header()) return fmt::format("{}: holds the hours of another run", path_);
  const std::size_t sound = first_damaged_hour();
  if (sound < hours)
    return fmt::format("{}: the {}. of {} reported hours is damaged", path_, sound + 1, hours);
  return file.cut(offset_of(hours)) ? "" : fmt::format("{}: cannot be shortened", path_);
}

std::string HourStore::header() const {
  std::string text =
      fmt::format("Lantian hours 1: {} planes {} x {}", planes_, tile_.grid_rows, tile_.grid_columns);
  text.resize(header_bytes, '\n');
  return text;
}

std::size_t HourStore::record_bytes() const {
  return times_bytes +
         planes_ * static_cast<std::size_t>(tile_.grid_rows) * static_cast<std::size_t>(tile_.grid_columns) *
             sizeof(float) +
         sizeof(std::uint64_t);
}

std::uint64_t HourStore::offset_of(std::size_t hour) const {
  return header_bytes + hour * record_bytes();
}

void HourStore::agree(const std::string& fault) const {
  const std::string said = ranks_.broadcast(fault, 0);
  if (!said.empty()) throw OutputError(said);
}

void HourStore::gather_tiles() {
  const std::array<int, 4> own = {tile_.first_row, tile_.first_column, tile_.rows, tile_.columns};
  tiles_.resize(ranks_.rank() == 0 ? own.size() * static_cast<std::size_t>(ranks_.size()) : 0);
  MPI_Gather(own.data(), 4, MPI_INT, tiles_.data(), 4, MPI_INT, 0, ranks_.raw());
}

void HourStore::begin_hour(UtcTime begin, UtcTime end) {
  const std::array<std::int64_t, 2> times = {begin.unix_seconds(), end.unix_seconds()};
  record_.resize(times_bytes);
  std::memcpy(record_.data(), times.data(), times_bytes);
}

void HourStore::append(const Array2<double>& tile_values) {
  std::vector<float> own;
  own.reserve(tile_values.values().size());
  for (const double value : tile_values.values()) own.push_back(static_cast<float>(value));
  std::vector<int> counts, offsets;
  for (std::size_t n = 0; n < tiles_.size(); n += 4) {
    offsets.push_back(counts.empty() ? 0 : offsets.back() + counts.back());
    counts.push_back(tiles_[n + 2] * tiles_[n + 3]);
  }
  std::vector<float> all(static_cast<std::size_t>(std::accumulate(counts.begin(), counts.end(), 0)));
  MPI_Gatherv(own.data(), static_cast<int>(own.size()), MPI_FLOAT, all.data(), counts.data(), offsets.data(),
              MPI_FLOAT, 0, ranks_.raw());
  if (ranks_.rank() != 0) return;
  const auto grid_columns = static_cast<std::size_t>(tile_.grid_columns);
  const std::size_t before = record_.size();
  record_.resize(before + static_cast<std::size_t>(tile_.grid_rows) * grid_columns * sizeof(float));
  const float* from = all.data();
  for (std::size_t n = 0; n < tiles_.size(); n += 4) {
    const auto columns = static_cast<std::size_t>(tiles_[n + 3]);
    for (int j = 0; j < tiles_[n + 2]; ++j, from += columns) {
      const std::size_t cell =
          static_cast<std::size_t>(tiles_[n] + j) * grid_columns + static_cast<std::size_t>(tiles_[n + 1]);
      std::memcpy(record_.data() + before + cell * sizeof(float), from, columns * sizeof(float));
    }
  }
}

void HourStore::end_hour() {
  std::string fault;
  if (ranks_.rank() == 0) {
    record_.resize(record_.size() + sizeof(std::uint64_t));
    if (record_.size() != record_bytes()) fault = path_ + ": an hour has not all its planes";
    const std::uint64_t digest = digest_of_record(record_);
    std::memcpy(record_.data() + record_.size() - sizeof(digest), &digest, sizeof(digest));
    OpenFile file(path_, O_WRONLY);
    const bool is_written =
        file.is_open() && file.write(record_.data(), record_.size(), offset_of(hours_)) && file.close();
    if (!is_written && fault.empty()) fault = system_write_fault(path_, "an hour", errno);
  }
  agree(fault);
  ++hours_;
}

void HourStore::sync() const {
  std::string fault;
  if (ranks_.rank() == 0) {
    OpenFile file(path_, O_WRONLY);
    if (!file.is_open() || !file.sync() || !file.close())
      fault = system_write_fault(path_, "the last hours", errno);
  }
  agree(fault);
}

std::pair<UtcTime, UtcTime> HourStore::times(std::size_t hour) const {
  std::array<std::int64_t, 2> times{};
  const OpenFile file(path_, O_RDONLY);
  std::array<char, times_bytes> bytes{};
  if (!file.is_open() || !file.read(bytes.data(), bytes.size(), offset_of(hour)))
    throw OutputError(fmt::format("{}: cannot be read", path_));
  std::memcpy(times.data(), bytes.data(), bytes.size());
  const UtcTime epoch{};
  return {epoch.plus_seconds(times[0]), epoch.plus_seconds(times[1])};
}

Array2<double> HourStore::read(std::size_t hour, std::size_t plane) const {
  const auto grid_columns = static_cast<std::size_t>(tile_.grid_columns);
  std::vector<float> rows(static_cast<std::size_t>(tile_.rows) * grid_columns);
  const std::size_t first_cell =
      (plane * static_cast<std::size_t>(tile_.grid_rows) + static_cast<std::size_t>(tile_.first_row)) *
      grid_columns;
  std::vector<char> bytes(rows.size() * sizeof(float));
  const OpenFile file(path_, O_RDONLY);
  if (!file.is_open() ||
      !file.read(bytes.data(), bytes.size(), offset_of(hour) + times_bytes + first_cell * sizeof(float)))
    throw OutputError(fmt::format("{}: cannot be read", path_));
  std::memcpy(rows.data(), bytes.data(), bytes.size());
  Array2<double> values(tile_.rows, tile_.columns);
  for (int j = 0; j < tile_.rows; ++j)
    for (int i = 0; i < tile_.columns; ++i)
      values(j, i) = static_cast<double>(rows[static_cast<std::size_t>(j) * grid_columns +
                                              static_cast<std::size_t>(tile_.first_column + i)]);
  return values;
}

std::size_t HourStore::first_damaged_hour() const {
  const OpenFile file(path_, O_RDONLY);
  std::vector<char> record(record_bytes());
  for (std::size_t hour = 0; hour < hours_; ++hour)
    if (!file.is_open() || !file.read(record.data(), record.size(), offset_of(hour)) ||
        !has_its_digest(record))
      return hour;
  return hours_;
}

void HourStore::remove() const {
  if (ranks_.rank() == 0) std::remove(path_.c_str());
}

}  // namespace lantian
