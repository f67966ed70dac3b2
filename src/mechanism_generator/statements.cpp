#include "statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace lantian::generator {

namespace {

bool is_blank(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

class Cutter {
 public:
  Cutter(Statements& into, const std::string& file, const std::string& from) : into_(into) {
    std::ifstream in(file);
    std::error_code ignored;
    if (!in || std::filesystem::is_directory(file, ignored))
      throw std::runtime_error((from.empty() ? "" : from + ": ") + file + ": cannot be read");
    text_.assign(std::istreambuf_iterator<char>(in), {});
    text_ += '\n';
    at_.file = into.files.size();
    into.files.push_back(file);
  }

  void cut() {
    for (; next_ < text_.size(); step()) {
      const char c = text_[next_];
      if (c == '{') {
        skip_braces();
      } else if (text_.compare(next_, 2, "//") == 0) {
        while (text_[next_ + 1] != '\n') step();
      } else if (c == '\n' && pending_.text.starts_with('#')) {
        end_of_command();
      } else if (c == ';') {
        end_of_statement();
      } else {
        add(c);
      }
    }
    if (in_skipped_block_) throw std::runtime_error(into_.where(block_) + ": #INLINE has no #ENDINLINE");
    trim();
    if (!pending_.text.empty())
      throw std::runtime_error(
          fmt::format("{}: \"{}\" has no semicolon", into_.where(pending_.place.front()), pending_.text));
  }

 private:
  void step() {
    const bool is_end_of_line = text_[next_] == '\n';
    at_.line += is_end_of_line ? 1 : 0;
    at_.column = is_end_of_line ? 1 : at_.column + 1;
    ++next_;
  }

  void add(char c) {
    if (pending_.text.empty() && is_blank(c)) return;
    pending_.text += is_blank(c) ? ' ' : c;
    pending_.place.push_back(at_);
  }

  void skip_braces() {
    const Place began = at_;
    std::string note;
    for (step(); next_ < text_.size() && text_[next_] != '}'; step()) note += text_[next_];
    if (next_ >= text_.size()) throw std::runtime_error(into_.where(began) + ": a comment { is not closed");
    if (!pending_.text.empty()) pending_.note.push_back(without_blanks_around(note));
  }

  void trim() {
    while (!pending_.text.empty() && pending_.text.back() == ' ') {
      pending_.text.pop_back();
      pending_.place.pop_back();
    }
  }

  void end_of_statement() {
    trim();
    if (!in_skipped_block_ && !pending_.text.empty()) into_.all.push_back(pending_);
    pending_ = {};
  }

  /// #INLINE ... #ENDINLINE holds code of the language that KPP writes: nothing for us.
  void end_of_command() {
    trim();
    std::string word = pending_.text.substr(0, pending_.text.find(' '));
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::toupper(c); });
    if (word == "#ENDINLINE") {
      in_skipped_block_ = false;
    } else if (word == "#INLINE") {
      in_skipped_block_ = true;
      block_ = pending_.place.front();
    } else if (word == "#INCLUDE" && !in_skipped_block_) {
      include(without_blanks_around(pending_.text.substr(word.size())));
    } else if (!in_skipped_block_) {
      into_.all.push_back(pending_);
    }
    pending_ = {};
  }

  void include(const std::string& name) {
    if (name == "atoms" || name == "atoms.kpp") return;  // KPP's list of elements: any name is one here
    const std::string from = into_.where(pending_.place.front());
    const auto path = std::filesystem::path(into_.files[at_.file]).parent_path() / name;
    if (std::ranges::find(into_.files, path.string()) != into_.files.end())
      throw std::runtime_error(fmt::format("{}: {} is included already", from, path.string()));
    Cutter(into_, path.string(), from).cut();
  }

  Statements& into_;
  std::string text_;
  std::size_t next_ = 0;
  Place at_, block_;
  Statement pending_;
  bool in_skipped_block_ = false;
};

}  // namespace

std::string without_blanks_around(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string Statements::where(const Place& place) const {
  return fmt::format("{}:{}:{}", files[place.file], place.line, place.column);
}

Statements read_statements(const std::string& file) {
  Statements statements;
  Cutter(statements, file, "").cut();
  return statements;
}

}  // namespace lantian::generator
