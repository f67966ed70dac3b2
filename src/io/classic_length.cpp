#include "classic_length.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <vector>

namespace lantian {

namespace {

/// Reads the big-endian numbers and lists of a header; `is_good` is false once the file has ended.
class HeaderReader {
 public:
  explicit HeaderReader(const std::string& path) : file_(path, std::ios::binary) {
    std::array<char, 4> magic{};
    file_.read(magic.data(), magic.size());
    version_ = magic[3];
  }
  [[nodiscard]] bool is_good() const { return file_.good(); }

  std::uint64_t big_endian(int bytes) {
    std::uint64_t value = 0;
    for (int n = 0; n < bytes; ++n) value = value << 8U | static_cast<std::uint64_t>(file_.get() & 0xff);
    return file_.good() ? value : 0;
  }
  std::uint64_t tag() { return big_endian(4); }
  std::uint64_t count() { return big_endian(version_ == 5 ? 8 : 4); }
  std::uint64_t offset() { return big_endian(version_ == 1 ? 4 : 8); }
  void skip_padded(std::uint64_t bytes) { file_.ignore(static_cast<std::streamsize>((bytes + 3) / 4 * 4)); }
  void skip_name() { skip_padded(count()); }
  void skip_attributes() {
    tag();
    for (std::uint64_t left = count(); left > 0 && is_good(); --left) {
      skip_name();
      const std::uint64_t bytes = type_bytes(tag());
      skip_padded(count() * bytes);
    }
  }
  /// Numbers as the specification gives them: byte, char, short, int, float, double, ubyte, ushort, uint,
  /// int64, uint64.
  static std::uint64_t type_bytes(std::uint64_t type) {
    constexpr std::array<std::uint64_t, 12> bytes = {0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8};
    return type < bytes.size() ? bytes[type] : 0;
  }
  [[nodiscard]] bool is_streaming(std::uint64_t records) const {
    return records == (version_ == 5 ? ~std::uint64_t{0} : 0xffffffffU);
  }

 private:
  std::ifstream file_;
  char version_ = 0;
};

struct Variable {
  std::uint64_t begin, bytes;  // of one record when it has records
  bool has_records;
};

Variable read_variable(HeaderReader& header, const std::vector<std::uint64_t>& lengths) {
  header.skip_name();
  Variable one{0, 1, false};
  const std::uint64_t dimensions = header.count();
  for (std::uint64_t d = 0; d < dimensions && header.is_good(); ++d) {
    const std::uint64_t id = header.count(), length = id < lengths.size() ? lengths[id] : 0;
    if (d == 0 && length == 0)
      one.has_records = true;
    else
      one.bytes *= length;
  }
  header.skip_attributes();
  one.bytes *= HeaderReader::type_bytes(header.tag());
  header.count();  // the size of one record, which overflows for large variables
  one.begin = header.offset();
  return one;
}

}  // namespace

std::optional<std::uintmax_t> classic_file_bytes(const std::string& path) {
  HeaderReader header(path);
  const std::uint64_t records = header.count();
  std::vector<std::uint64_t> lengths;
  header.tag();
  for (std::uint64_t left = header.count(); left > 0 && header.is_good(); --left) {
    header.skip_name();
    lengths.push_back(header.count());
  }
  header.skip_attributes();
  std::vector<Variable> variables;
  header.tag();
  for (std::uint64_t left = header.count(); left > 0 && header.is_good(); --left)
    variables.push_back(read_variable(header, lengths));
  if (!header.is_good()) return std::nullopt;

  const auto with_records = std::ranges::count_if(variables, &Variable::has_records);
  std::uint64_t record_bytes = 0, end = 0;
  for (const Variable& one : variables)  // a single variable with records is not padded
    if (one.has_records) record_bytes += with_records == 1 ? one.bytes : (one.bytes + 3) / 4 * 4;
  for (const Variable& one : variables) {
    if (!one.has_records)
      end = std::max(end, one.begin + one.bytes);
    else if (records > 0 && !header.is_streaming(records))
      end = std::max(end, one.begin + (records - 1) * record_bytes + one.bytes);
  }
  return end;
}

}  // namespace lantian
