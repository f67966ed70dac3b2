#include "lantian/io/csv_table.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iconv.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace lantian {

namespace {

bool is_utf8(const std::string& bytes) {
  for (std::size_t n = 0; n < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[n]);
    const std::size_t followers = lead < 0x80           ? 0
                                  : (lead >> 5) == 0x6  ? 1
                                  : (lead >> 4) == 0xe  ? 2
                                  : (lead >> 3) == 0x1e ? 3
                                                        : 9;
    if (followers == 9 || n + followers >= bytes.size() + (followers == 0 ? 1 : 0)) return false;
    for (std::size_t f = 1; f <= followers; ++f)
      if ((static_cast<unsigned char>(bytes[n + f]) >> 6) != 0x2) return false;
    n += followers + 1;
  }
  return true;
}

/// GB18030 (which holds GBK) to UTF-8.
std::string from_gb18030(const std::string& path, std::string bytes) {
  iconv_t converter = iconv_open("UTF-8", "GB18030");
  if (converter == reinterpret_cast<iconv_t>(-1))  // NOLINT(performance-no-int-to-ptr): how iconv says no
    throw DataError(
        fmt::format("{}: is not UTF-8, and this system cannot convert GBK; save it as \"CSV UTF-8\"", path));
  std::string text(bytes.size() * 2 + 16, '\0');
  char* in = bytes.data();
  char* out = text.data();
  std::size_t in_left = bytes.size(), out_left = text.size();
  const std::size_t status = iconv(converter, &in, &in_left, &out, &out_left);
  iconv_close(converter);
  if (status == static_cast<std::size_t>(-1))
    throw DataError(fmt::format("{}: is neither UTF-8 nor GBK (byte {}); save it as \"CSV UTF-8\"", path,
                                bytes.size() - in_left + 1));
  text.resize(text.size() - out_left);
  return text;
}

std::string read_text(const std::string& path) {
  if (std::filesystem::is_directory(path))
    throw DataError(fmt::format("{}: is a folder; a CSV file is needed", path));
  std::ifstream file(path, std::ios::binary);
  if (!file) throw MissingFileError(fmt::format("{}: there is no such file, or it cannot be read", path));
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(byte_order_mark)) bytes.erase(0, byte_order_mark.size());
  if (const std::size_t nul = bytes.find('\0'); nul != std::string::npos)
    throw DataError(fmt::format("{}: holds a NUL byte (byte {}); it is no text, save it as \"CSV UTF-8\"",
                                path, nul + 1));
  return is_utf8(bytes) ? bytes : from_gb18030(path, std::move(bytes));
}

/// Walks the text record by record (RFC 4180): a quoted cell may hold separators, quotes and line ends.
class RecordReader {
 public:
  RecordReader(const std::string& path, const std::string& text) : path_(path), text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] int line() const { return line_; }

  /// Passes over lines that begin with #; quotes mean nothing in them.
  void skip_comments() {
    while (!at_end() && text_[at_] == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1;
      ++line_;
    }
  }

  std::vector<std::string> next() {
    std::vector<std::string> cells;
    bool is_last = false;
    while (!is_last) {
      std::string cell;
      is_last = next_cell(cell);
      cells.emplace_back(trimmed(cell));
    }
    return cells;
  }

 private:
  /// True when the cell ends its record.
  bool next_cell(std::string& cell) {
    bool is_quoted = false;
    const int first_line = line_;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') ++line_;
      if (c == '"') {
        const bool is_escaped = is_quoted && at_ + 1 < text_.size() && text_[at_ + 1] == '"';
        if (is_escaped) cell += text_[++at_];
        if (!is_escaped) is_quoted = !is_quoted;
      } else if (!is_quoted && (c == ',' || c == '\n')) {
        ++at_;
        return c == '\n';
      } else {
        cell += c;
      }
    }
    if (is_quoted)
      throw DataError(fmt::format("{}:{}: a quote is opened and never closed", path_, first_line));
    return true;
  }

  const std::string& path_;
  const std::string& text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

void check_header(const std::string& place, const std::vector<std::string>& header) {
  for (const auto& [separator, name] : {std::pair{';', "semicolons"}, std::pair{'\t', "tabs"}})
    if (header.size() == 1 && header[0].find(separator) != std::string::npos)
      throw DataError(fmt::format("{}: its cells are separated by {}; commas are needed, save it as \"CSV\"",
                                  place, name));
  for (std::size_t c = 0; c < header.size(); ++c)
    if (!header[c].empty() && std::find(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(c),
                                        header[c]) != header.begin() + static_cast<std::ptrdiff_t>(c))
      throw DataError(fmt::format("{}: the column \"{}\" comes twice; names must differ", place, header[c]));
}

}  // namespace

CsvTable CsvTable::read(const std::string& path) {
  return parse(path, read_text(path));
}

CsvTable CsvTable::parse(const std::string& name, const std::string& text) {
  CsvTable table;
  table.path_ = name;
  RecordReader reader(name, text);
  for (reader.skip_comments(); !reader.at_end(); reader.skip_comments()) {
    const int line = reader.line();
    std::vector<std::string> cells = reader.next();
    if (std::ranges::all_of(cells, &std::string::empty)) continue;  // a spreadsheet's empty rows
    if (table.header_.empty()) {
      check_header(fmt::format("{}:{}", name, line), cells);
      table.header_ = std::move(cells);
      continue;
    }
    if (cells.size() != table.header_.size())
      throw DataError(fmt::format(
          "{}:{}: has {} cells; the header has {}{}", name, line, cells.size(), table.header_.size(),
          cells.size() > table.header_.size() ? ": a comma for a decimal point, or in a text without quotes?"
                                              : ""));
    table.cells_.push_back(std::move(cells));
    table.lines_.push_back(line);
  }
  if (table.header_.empty()) throw DataError(fmt::format("{}: is empty; a header line is needed", name));
  return table;
}

std::optional<std::size_t> CsvTable::column(const std::string& name) const {
  for (std::size_t c = 0; c < header_.size(); ++c)
    if (header_[c] == name) return c;
  return std::nullopt;
}

std::size_t CsvTable::required_column(const std::string& name) const {
  if (const auto found = column(name)) return *found;
  throw DataError(
      fmt::format("{}:1: there is no column \"{}\"; found {}", path_, name, fmt::join(header_, ", ")) +
      did_you_mean(name, header_));
}

std::optional<double> CsvTable::number(std::size_t row, std::size_t column, Problems& problems) const {
  const std::string& text = cells_[row][column];
  if (text.empty() || text == "NA" || text == "nan" || text == "NaN") return std::nullopt;
  const auto value = parse_number(text);
  if (!value) problems.add(fmt::format("{}: {}: \"{}\" is no number", place(row), header_[column], text));
  return value;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string CsvTable::place(std::size_t row) const {
  return fmt::format("{}:{}", path_, lines_[row]);
}

}  // namespace lantian
