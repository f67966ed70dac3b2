#pragma once

#include "lantian/base/errors.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// A comma-separated table with one header line. UTF-8 (with or without BOM) or GBK/GB18030; quotes as in RFC
/// 4180; CRLF or LF; lines that begin with # are comments, empty rows are passed over. Cells are trimmed.
class CsvTable {
 public:
  /// @throws MissingFileError, DataError (NUL byte, unclosed quote, ragged row, other separator, doubled
  /// column: file:line, found, expected).
  static CsvTable read(const std::string& path);
  /// The same from a text; `name` stands for the path in messages.
  static CsvTable parse(const std::string& name, const std::string& text);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] std::optional<std::size_t> column(const std::string& name) const;
  /// Column that must be there. @throws DataError that names the file and the nearest header.
  [[nodiscard]] std::size_t required_column(const std::string& name) const;
  [[nodiscard]] std::size_t rows() const { return cells_.size(); }
  [[nodiscard]] const std::string& cell(std::size_t row, std::size_t column) const {
    return cells_[row][column];
  }
  /// Line in the file of a row, for messages.
  [[nodiscard]] int line(std::size_t row) const { return lines_[row]; }
  /// Number in a cell; nothing when the cell is empty, "NA" or "NaN"; a fault goes to `problems` when it is
  /// no finite number.
  [[nodiscard]] std::optional<double> number(std::size_t row, std::size_t column, Problems& problems) const;
  /// "file:line" of a row.
  [[nodiscard]] std::string place(std::size_t row) const;

 private:
  std::string path_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> cells_;
  std::vector<int> lines_;
};

/// A cell as RFC 4180 wants it: in quotes when it holds a comma, a quote or a line end.
[[nodiscard]] std::string csv_cell(const std::string& text);

}  // namespace lantian
