#include "deck_cards.hpp"

#include "deck_keywords.hpp"

#include "lantian/base/text.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

namespace lantian::plume {

namespace {

const std::array<std::string, 6> pathways = {"CO", "SO", "RE", "ME", "EV", "OU"};

bool is_pathway(const std::string& word) {
  return std::ranges::find(pathways, word) != pathways.end();
}

struct Word {
  std::string text;
  std::size_t column{}, end{};  // from 0 on
  std::size_t indent{};         // the column as it is seen, where a tab goes on to the next multiple of eight
};

std::vector<Word> placed_words(const std::string& line) {
  constexpr std::size_t tab = 8;
  std::vector<Word> words;
  std::size_t added = 0;  // columns that tabs take up beyond one each
  for (std::size_t n = 0; n < line.size();) {
    if (std::isspace(static_cast<unsigned char>(line[n])) != 0) {
      if (line[n] == '\t') added += tab - 1 - (n + added) % tab;
      ++n;
      continue;
    }
    const std::size_t column = n;
    if (line[n] == '"') {
      const std::size_t close = std::min(line.find('"', n + 1), line.size());
      n = std::min(close + 1, line.size());
      words.push_back({line.substr(column + 1, close - column - 1), column, n, column + added});
      continue;
    }
    while (n < line.size() && std::isspace(static_cast<unsigned char>(line[n])) == 0) ++n;
    words.push_back({line.substr(column, n - column), column, n, column + added});
  }
  return words;
}

/// Reads lines one after another and remembers which pathway and keyword hold.
class CardReader {
 public:
  CardReader(std::string folder, Problems& problems) : folder_(std::move(folder)), problems_(problems) {}

  void read_file(const std::string& path, int depth) {
    const std::vector<std::string> lines = lines_of(read_text_file(path));
    for (std::size_t n = 0; n < lines.size(); ++n) {
      if (is_ended_ && depth == 0) return;  // AERMOD reads no further than OU FINISHED
      read_line(path, static_cast<int>(n) + 1, lines[n], depth);
    }
  }

  void check_end(const std::string& path) {
    if (!open_.empty()) problems_.add(fmt::format("{}: {} STARTING has no {} FINISHED", path, open_, open_));
    // A deck of events has those, and no receptors besides.
    const std::string without = seen_.contains("EV") ? "RE" : "EV";
    if (without == "RE" && seen_.contains("RE"))
      problems_.add(fmt::format("{}: has both RE and EV; a deck of events has no receptors besides", path));
    for (const std::string& one : pathways)
      if (one != without && !seen_.contains(one))
        problems_.add(fmt::format("{}: has no pathway {}: {} STARTING ... {} FINISHED is missing", path, one,
                                  one, one));
  }

  std::vector<Card> take() { return std::move(cards_); }

 private:
  void read_line(const std::string& file, int line, const std::string& text, int depth) {
    std::vector<Word> words = placed_words(text);
    if (words.empty() || words.front().text.starts_with("**")) return;
    if (words.size() > 1 && upper_case(words[0].text) == "NO" && upper_case(words[1].text) == "ECHO") return;
    std::size_t next = 0;
    if (is_pathway(upper_case(words[0].text)) && words[0].indent < first_column_of_fields) {
      pathway_ = upper_case(words[0].text);
      next = 1;
    }
    if (pathway_.empty()) {
      problems_.add(
          fmt::format("{}:{}: \"{}\" begins no pathway; CO STARTING comes first", file, line, words[0].text));
      return;
    }
    if (next == words.size()) {
      problems_.add(fmt::format("{}:{}: {} has no keyword", file, line, pathway_));
      return;
    }
    Card card{
        .file = file, .line = line, .pathway = pathway_, .keyword = {}, .fields = {}, .raw = {}, .text = {}};
    if (!set_keyword(card, words, next)) return;
    for (std::size_t n = next; n < words.size(); ++n) {
      card.raw.push_back(words[n].text);
      card.fields.push_back(upper_case(words[n].text));
    }
    if (next < words.size()) card.text = std::string(trimmed(text.substr(words[next].column)));
    keep(std::move(card), depth);
  }

  /// The keyword may be left out when it is that of the line above and the fields stand under its fields.
  bool set_keyword(Card& card, const std::vector<Word>& words, std::size_t& next) {
    const std::string word = upper_case(words[next].text);
    const std::vector<std::string>& known = known_keywords(pathway_);
    if (std::ranges::find(known, word) != known.end()) {
      card.keyword = keyword_ = word;
      ++next;
      return true;
    }
    const bool is_continued = next == 0 && words[0].indent >= first_column_of_fields && !keyword_.empty() &&
                              keyword_ != "STARTING" && keyword_ != "INCLUDED";
    if (is_continued && why_refused(pathway_, word).empty()) {
      card.keyword = keyword_;
      return true;
    }
    const std::string why = why_refused(pathway_, word);
    if (!why.empty()) {
      problems_.add(fmt::format("{}:{}: {} {}: {}", card.file, card.line, pathway_, word, why));
    } else {
      problems_.add(fmt::format("{}:{}: {} has no keyword \"{}\"; known are {}.{}", card.file, card.line,
                                pathway_, words[next].text, fmt::join(known, ", "),
                                did_you_mean(word, known)));
    }
    keyword_.clear();
    return false;
  }

  void keep(Card card, int depth) {
    if (card.keyword == "STARTING") {
      if (!open_.empty() && open_ != card.pathway)
        problems_.add(fmt::format("{}: {} FINISHED is missing before it", card.place(), open_));
      if (!seen_.insert(card.pathway).second)
        problems_.add(fmt::format("{}: the pathway was opened before", card.place()));
      open_ = card.pathway;
      return;
    }
    if (open_ != card.pathway) {
      if (complained_.insert(card.pathway).second)
        problems_.add(fmt::format("{}: stands outside of {} STARTING ... {} FINISHED", card.place(),
                                  card.pathway, card.pathway));
      return;
    }
    if (card.keyword == "FINISHED") {
      open_.clear();
      is_ended_ = card.pathway == "OU";
      return;
    }
    if (card.keyword == "INCLUDED") {
      include(card, depth);
      return;
    }
    cards_.push_back(std::move(card));
  }

  void include(const Card& card, int depth) {
    if (card.raw.size() != 1) {
      problems_.add(
          fmt::format("{}: has {} fields; the name of a file is needed", card.place(), card.raw.size()));
      return;
    }
    const std::string path = path_from(folder_, card.raw[0]);
    std::error_code ignored;
    const std::string real = std::filesystem::weakly_canonical(path, ignored).string();
    if (std::ranges::find(including_, real) != including_.end()) {
      problems_.add(fmt::format("{}: {} includes itself", card.place(), path));
      return;
    }
    including_.push_back(real);
    try {
      read_file(path, depth + 1);
    } catch (const Error& error) {
      problems_.add(fmt::format("{}: {}", card.place(), error.what()), error.exit_code());
    }
    including_.pop_back();
    keyword_ = "INCLUDED";
  }

  static constexpr std::size_t first_column_of_fields = 11;  // the twelfth: after "SO SRCPARAM"
  std::string folder_;
  Problems& problems_;
  std::vector<Card> cards_;
  std::vector<std::string> including_;  // files that are being read, by their real paths
  std::string pathway_, keyword_, open_;
  std::set<std::string> seen_, complained_;
  bool is_ended_ = false;
};

}  // namespace

std::string Card::place() const {
  return fmt::format("{}:{}: {} {}", file, line, pathway, keyword);
}

std::vector<Card> read_cards(const std::string& path, Problems& problems) {
  CardReader reader(folder_of(path), problems);
  reader.read_file(path, 0);
  reader.check_end(path);
  return reader.take();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines = split(text, '\n');
  for (std::string& line : lines)
    if (line.ends_with('\r')) line.pop_back();
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  for (Word& word : placed_words(line)) words.push_back(std::move(word.text));
  return words;
}

std::string upper_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return text;
}

std::optional<double> fortran_number(std::string text) {
  std::ranges::replace(text, 'D', 'e');
  std::ranges::replace(text, 'd', 'e');
  return parse_number(text);
}

std::string path_from(const std::string& folder, std::string name) {
  std::ranges::replace(name, '\\', '/');
  const std::filesystem::path path(name);
  if (path.is_absolute() || folder == ".") return path.string();
  return (std::filesystem::path(folder) / path).string();
}

std::optional<std::vector<std::string>> lines_of_file(const Card& card, const std::string& path,
                                                      Problems& problems) {
  try {
    return lines_of(read_text_file(path));
  } catch (const Error& error) {
    problems.add(fmt::format("{}: {}", card.place(), error.what()), error.exit_code());
    return std::nullopt;
  }
}

std::string folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

}  // namespace lantian::plume
