#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace lantian::generator {

/// Where a character stands, as people count.
struct Place {
  std::size_t file = 0;  // index in `Statements::files`
  int line = 1, column = 1;
};

/// A statement up to its semicolon, or a line with a command (#...). Blanks of all kinds are spaces.
struct Statement {
  std::string text;
  std::vector<Place> place;       // of each character
  std::vector<std::string> note;  // comments { } within it, without their braces
};

struct Statements {
  std::vector<std::string> files;
  std::vector<Statement> all;

  [[nodiscard]] std::string where(const Place& place) const;
};

/// Cuts a file and those it includes (#INCLUDE, relative to it) into statements, without comments { } and //.
/// @throws std::runtime_error "file:line:column: ..." where a file cannot be read or a statement has no end.
[[nodiscard]] Statements read_statements(const std::string& file);

[[nodiscard]] std::string without_blanks_around(const std::string& text);

}  // namespace lantian::generator
