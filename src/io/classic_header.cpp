#include "classic_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

namespace lantian {

namespace {

/// Lengths and places are held below this, so that no sum of a few of them overflows.
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 60U;

std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
  return std::min(std::min(a, most_bytes) + std::min(b, most_bytes), most_bytes);
}

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  if (a != 0 && b > most_bytes / a) return most_bytes;
  return a * b;
}

std::uint64_t padded(std::uint64_t bytes) {
  return plus(bytes, 3) / 4 * 4;
}

/// A kind of list in the header: how its entries are called, its tag and the least bytes of an entry.
struct ListKind {
  std::string_view entries;
  std::uint64_t tag, least_bytes;
};
constexpr ListKind dimension_list{"dimensions", 0x0a, 8}, variable_list{"variables", 0x0b, 28},
    attribute_list{"attributes", 0x0c, 12};

/// Reads the big-endian numbers and lists of a header up to the first thing that cannot be.
class HeaderReader {
 public:
  HeaderReader(const std::string& path, std::uint64_t file_bytes)
      : file_(path, std::ios::binary), left_(file_bytes) {
    std::array<char, 4> magic{};
    file_.read(magic.data(), magic.size());
    is_classic_ = file_.good() && std::string_view(magic.data(), 3) == "CDF" &&
                  (magic[3] == 1 || magic[3] == 2 || magic[3] == 5);
    version_ = magic[3];
    left_ -= is_classic_ ? magic.size() : 0;
  }
  [[nodiscard]] bool is_classic() const { return is_classic_; }
  [[nodiscard]] bool is_good() const { return fault_.empty(); }
  [[nodiscard]] const std::string& fault() const { return fault_; }
  void fail(const std::string& fault) {
    if (is_good()) fault_ = fault;
  }

  std::uint64_t tag() { return big_endian(4); }
  std::uint64_t count() { return big_endian(version_ == 5 ? 8 : 4); }
  std::uint64_t offset() { return big_endian(version_ == 1 ? 4 : 8); }
  /// How many entries follow; none after a fault.
  std::uint64_t count_of(std::string_view entries, std::uint64_t least_bytes) {
    const std::uint64_t entry_count = count();
    if (times(entry_count, least_bytes) > left_)
      fail(fmt::format("its header speaks of {} {}, more than the file has bytes for", entry_count, entries));
    return is_good() ? entry_count : 0;
  }
  std::uint64_t list(const ListKind& kind) {
    const std::uint64_t found = tag(), entry_count = count_of(kind.entries, kind.least_bytes);
    if (found != kind.tag && (found != 0 || entry_count > 0))
      fail(fmt::format("where its header should list {}, it has the mark {}", kind.entries, found));
    return is_good() ? entry_count : 0;
  }
  void skip_name() { skip(padded(count_of("letters of a name", 1))); }
  void skip_attributes() {
    for (std::uint64_t left = list(attribute_list); left > 0 && is_good(); --left) {
      skip_name();
      const std::uint64_t bytes = type_bytes();
      skip(padded(times(count_of("values of an attribute", bytes), bytes)));
    }
  }
  /// Reads the number of a type as the specification gives it: byte, char, short, int, float, double, ubyte,
  /// ushort, uint, int64, uint64.
  std::uint64_t type_bytes() {
    constexpr std::array<std::uint64_t, 12> bytes = {0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8};
    const std::uint64_t type = tag();
    if (type == 0 || type >= bytes.size()) fail(fmt::format("its header has a type {}", type));
    return is_good() ? bytes.at(type) : 0;
  }
  [[nodiscard]] bool is_streaming(std::uint64_t records) const {
    return records == (version_ == 5 ? ~std::uint64_t{0} : 0xffffffffU);
  }

 private:
  std::uint64_t big_endian(std::uint64_t bytes) {
    if (left_ < bytes) fail("its header is not whole");
    std::uint64_t value = 0;
    for (std::uint64_t n = 0; n < bytes; ++n)
      value = value << 8U | static_cast<std::uint64_t>(file_.get() & 0xff);
    left_ -= is_good() ? bytes : 0;
    return is_good() ? value : 0;
  }
  void skip(std::uint64_t bytes) {
    if (left_ < bytes) fail("its header is not whole");
    if (!is_good()) return;
    file_.ignore(static_cast<std::streamsize>(bytes));
    left_ -= bytes;
  }

  std::ifstream file_;
  std::uint64_t left_;  // bytes of the file that are not read yet
  std::string fault_;
  bool is_classic_ = false;
  char version_ = 0;
};

struct Variable {
  std::uint64_t begin, bytes;  // of one record when it has records
  bool has_records;
};

Variable read_variable(HeaderReader& header, const std::vector<std::uint64_t>& lengths) {
  header.skip_name();
  Variable one{0, 1, false};
  const std::uint64_t dimensions = header.count_of("dimensions of a variable", 4);
  for (std::uint64_t d = 0; d < dimensions && header.is_good(); ++d) {
    const std::uint64_t id = header.count(), length = id < lengths.size() ? lengths[id] : 0;
    if (id >= lengths.size())
      header.fail(
          fmt::format("a variable in its header has dimension {} of {} dimensions", id, lengths.size()));
    if (d == 0 && length == 0)
      one.has_records = true;
    else
      one.bytes = times(one.bytes, length);
  }
  header.skip_attributes();
  one.bytes = times(one.bytes, header.type_bytes());
  header.count();  // the size of one record, which overflows for large variables
  one.begin = header.offset();
  return one;
}

/// The bytes a file has to have for all that its variables hold.
std::uint64_t bytes_needed(const std::vector<Variable>& variables, std::uint64_t records) {
  const auto with_records = std::ranges::count_if(variables, &Variable::has_records);
  std::uint64_t record_bytes = 0, end = 0;
  for (const Variable& one : variables)  // a single variable with records is not padded
    if (one.has_records) record_bytes = plus(record_bytes, with_records == 1 ? one.bytes : padded(one.bytes));
  for (const Variable& one : variables) {
    if (!one.has_records)
      end = std::max(end, plus(one.begin, one.bytes));
    else if (records > 0)
      end = std::max(end, plus(one.begin, plus(times(records - 1, record_bytes), one.bytes)));
  }
  return end;
}

}  // namespace

std::string classic_header_fault(const std::string& path) {
  std::error_code no_file;
  const std::uintmax_t file_bytes = std::filesystem::file_size(path, no_file);
  if (no_file) return "";
  HeaderReader header(path, file_bytes);
  if (!header.is_classic()) return "";
  const std::uint64_t records = header.count();
  std::vector<std::uint64_t> lengths;
  for (std::uint64_t left = header.list(dimension_list); left > 0 && header.is_good(); --left) {
    header.skip_name();
    lengths.push_back(header.count());
  }
  header.skip_attributes();
  std::vector<Variable> variables;
  for (std::uint64_t left = header.list(variable_list); left > 0 && header.is_good(); --left)
    variables.push_back(read_variable(header, lengths));
  if (!header.is_good()) return header.fault();
  const std::uint64_t needed = bytes_needed(variables, header.is_streaming(records) ? 0 : records);
  if (needed > file_bytes) return fmt::format("it has {} bytes, its header says {}", file_bytes, needed);
  return "";
}

}  // namespace lantian
