#pragma once

#include "lantian/base/errors.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lantian::plume {

/// One line of a deck: a keyword of a pathway and its fields.
struct Card {
  std::string file;
  int line{};
  std::string pathway, keyword;
  std::vector<std::string> fields;  ///< in capitals
  std::vector<std::string> raw;     ///< as written, for names of files
  std::string text;                 ///< all that follows the keyword, as written

  /// "deck.inp:12: SO SRCPARAM".
  [[nodiscard]] std::string place() const;
  [[nodiscard]] bool has(std::size_t n) const { return n < fields.size(); }
};

/// Reads a deck and the files it includes. Keywords that are not known or not supported, pathways that are
/// not opened or closed, and files that are not there go to `problems`.
[[nodiscard]] std::vector<Card> read_cards(const std::string& path, Problems& problems);

/// The lines of a text without line ends.
[[nodiscard]] std::vector<std::string> lines_of(const std::string& text);

/// The words of a line, parted by blanks; what stands in double quotes is one.
[[nodiscard]] std::vector<std::string> words_of(const std::string& line);

[[nodiscard]] std::string upper_case(std::string text);

/// A number as Fortran writes it (1.0D-4, 5., .5), finite; else nothing.
[[nodiscard]] std::optional<double> fortran_number(std::string text);

/// A name of a file in a deck as a path: backslashes are slashes, relative names begin at `folder`.
[[nodiscard]] std::string path_from(const std::string& folder, std::string name);

/// Lines of the file that a card names; empty, with a fault, when it cannot be read.
[[nodiscard]] std::optional<std::vector<std::string>> lines_of_file(const Card& card, const std::string& path,
                                                                    Problems& problems);

/// The folder of a file, "." when it names none.
[[nodiscard]] std::string folder_of(const std::string& path);

}  // namespace lantian::plume
