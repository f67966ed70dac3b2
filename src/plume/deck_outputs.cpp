#include "deck_fields.hpp"
#include "deck_readers.hpp"
#include "deck_results.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace lantian::plume {

namespace {

constexpr int most_ranks = 999;  // of RECTABLE and PLOTFILE, as in AERMOD
const std::vector<std::string> rank_words = {"FIRST", "SECOND",  "THIRD",  "FOURTH", "FIFTH",
                                             "SIXTH", "SEVENTH", "EIGHTH", "NINTH",  "TENTH"};

/// 1 of FIRST, 1ST or 1; nothing of other words.
std::optional<int> rank_of(const std::string& word) {
  if (const auto found = std::ranges::find(rank_words, word); found != rank_words.end())
    return static_cast<int>(found - rank_words.begin()) + 1;
  constexpr std::size_t most_digits = 3;
  std::string digits = word;
  for (const char* ending : {"ST", "ND", "RD", "TH"})
    if (digits.ends_with(ending)) digits.resize(digits.size() - 2);
  const bool is_number = !digits.empty() && digits.size() <= most_digits &&
                         digits.find_first_not_of("0123456789") == std::string::npos;
  const int rank = is_number ? std::stoi(digits) : 0;
  return rank >= 1 && rank <= most_ranks ? std::optional(rank) : std::nullopt;
}

class OutputReader {
 public:
  OutputReader(Deck& deck, const std::string& folder, Problems& problems)
      : deck_(deck), folder_(folder), requests_(deck.outputs), problems_(problems) {}

  void read(const Card& card) {
    const std::string& word = card.keyword;
    if ((word == "EVENTOUT") != deck_.is_of_events && word != "FILEFORM") {
      refuse(card,
             deck_.is_of_events ? "a deck of events has EVENTOUT alone" : "there are no events (pathway EV)",
             problems_);
      return;
    }
    if (word == "EVENTOUT") events(card);
    if (word == "RECTABLE") ranks(card);
    if (word == "MAXTABLE") maxima(card);
    if (word == "DAYTABLE") {
      for (const AveragingTime& one : averages_from(card)) add_once(requests_.days, one);
    }
    if (word == "RANKFILE") rank_file(card);
    if (word == "POSTFILE") post_file(card);
    if (word == "PLOTFILE") plot_file(card);
    if (word == "MAXIFILE") threshold_file(card);
    if (word == "SEASONHR") group_file(card, requests_.season_files);
    if (word == "MAXDAILY") of_standard(card, requests_.daily_files);
    if (word == "MXDYBYYR") of_standard(card, requests_.yearly_files);
    if (word == "MAXDCONT") share_file(card);
    if (word == "EVALFILE") tell(card, "no file of EVALFILE is written; POSTFILE gives the hours", deck_);
    if (word == "TOXXFILE")
      tell(card, "no file of TOXXFILE is written; MAXIFILE gives what is at a threshold or above", deck_);
    if (word == "NOHEADER") no_header(card);
    if (word == "SUMMFILE" && has_fields(card, 1, 1, "a file", problems_))
      requests_.summary_path = path(card, 0);
    if (word == "FILEFORM" && has_fields(card, 1, 1, "FIX or EXP", problems_)) {
      if (card.fields[0] != "FIX" && card.fields[0] != "EXP")
        refuse_word(card, card.raw[0], "form of numbers", {"FIX", "EXP"}, problems_);
      requests_.is_exponential = card.fields[0] == "EXP";
    }
  }

  void check() {
    if (by_year_ && requests_.ranks.empty())
      refuse(*by_year_, "has the ranks of RECTABLE, and there is none", problems_);
    for (std::size_t n = 0; n < share_cards_.size(); ++n)
      check_shares(share_cards_[n], requests_.share_files[n]);
  }

 private:
  template <typename T>
  static void add_once(std::vector<T>& all, const T& one) {
    if (std::ranges::find(all, one) == all.end()) all.push_back(one);
  }

  std::vector<AveragingTime> short_averages() const {
    std::vector<AveragingTime> all;
    for (const AveragingTime& one : deck_.averages)
      if (one.is_short()) all.push_back(one);
    return all;
  }

  /// ALLAVE, one averaging time, or a range of hours such as 1-8.
  std::vector<AveragingTime> averages_of(const Card& card, std::size_t field) {
    if (card.has(field) && card.fields[field] == "ALLAVE") return short_averages();
    if (card.has(field) && card.fields[field].find('-') != std::string::npos) {
      const std::vector<std::string> ends = split(card.fields[field], '-');
      const std::optional<AveragingTime> least = averaging_time(ends.front()),
                                         most = averaging_time(ends.back());
      std::vector<AveragingTime> all;
      for (const AveragingTime& one : short_averages())
        if (least && most && one.kind == AveragingTime::Kind::hours && one.hours >= least->hours &&
            one.hours <= most->hours)
          all.push_back(one);
      if (!all.empty()) return all;
    }
    const std::optional<AveragingTime> one = average_at(card, field, short_averages(), problems_);
    return one ? std::vector<AveragingTime>{*one} : std::vector<AveragingTime>{};
  }

  std::vector<AveragingTime> averages_from(const Card& card) {
    std::vector<AveragingTime> all;
    if (card.fields.empty()) refuse(card, "names no averaging time", problems_);
    for (std::size_t n = 0; n < card.fields.size(); ++n)
      for (const AveragingTime& one : averages_of(card, n)) all.push_back(one);
    return all;
  }

  void ranks(const Card& card) {
    std::set<int> wanted;
    for (std::size_t n = 1; n < card.fields.size(); ++n) {
      const std::vector<std::string> ends = split(card.fields[n], '-');
      const std::optional<int> first = rank_of(ends.front()), last = rank_of(ends.back());
      if (!first || !last || ends.size() > 2 || *last < *first) {
        refuse(card,
               fmt::format("\"{}\" is no rank (FIRST, 1ST) or range of ranks (FIRST-THIRD, 1ST-8TH) up to {}",
                           card.raw[n], most_ranks),
               problems_);
        continue;
      }
      for (int rank = *first; rank <= *last; ++rank) wanted.insert(rank);
    }
    if (card.fields.size() < 2) refuse(card, "names no rank", problems_);
    for (const AveragingTime& one : averages_of(card, 0)) {
      auto found =
          std::ranges::find(requests_.ranks, one, &std::pair<AveragingTime, std::vector<int>>::first);
      if (found == requests_.ranks.end()) {
        requests_.ranks.emplace_back(one, std::vector<int>{});
        found = requests_.ranks.end() - 1;
      }
      for (const int rank : wanted) add_once(found->second, rank);
      std::ranges::sort(found->second);
    }
  }

  void maxima(const Card& card) {
    constexpr int most = 10000;
    if (!has_fields(card, 2, 2, "an averaging time or ALLAVE, and how many values", problems_)) return;
    const int count = whole_at(card, 1, "number of values", 1, most, problems_);
    for (const AveragingTime& one : averages_of(card, 0)) requests_.maxima.emplace_back(one, count);
  }

  void rank_file(const Card& card) {
    constexpr int most = 10000;
    if (!has_fields(card, 3, 4, "an averaging time, how many values, a file", problems_)) return;
    const std::optional<AveragingTime> average = average_at(card, 0, short_averages(), problems_);
    const int count = whole_at(card, 1, "number of values", 1, most, problems_);
    if (average) requests_.rank_files.push_back({*average, count, path(card, 2)});
  }

  bool has_group(const Card& card, std::size_t field) {
    std::vector<std::string> names;
    for (const SourceGroup& one : deck_.groups) names.push_back(one.name);
    if (std::ranges::find(names, card.fields[field]) != names.end()) return true;
    refuse_word(card, card.raw[field], "source group of SRCGROUP", names, problems_);
    return false;
  }

  void post_file(const Card& card) {
    if (!has_fields(card, 4, 5, "an averaging time, a source group, PLOT or UNFORM, a file (its unit)",
                    problems_))
      return;
    const std::optional<AveragingTime> average = average_at(card, 0, deck_.averages, problems_);
    const bool is_unformatted = card.fields[2] == "UNFORM";
    if (!is_unformatted && card.fields[2] != "PLOT") {
      refuse_word(card, card.raw[2], "form of a file", {"PLOT", "UNFORM"}, problems_);
      return;
    }
    if (has_group(card, 1) && average)
      requests_.post_files.push_back({*average, card.fields[1],
                                      shared_path(card, 3, card.fields[2] + average_kind(*average)),
                                      is_unformatted});
  }

  void plot_file(const Card& card) {
    if (!has_fields(card, 3, 5, "an averaging time, a source group, a rank of short averages, a file",
                    problems_))
      return;
    const std::optional<AveragingTime> average = average_at(card, 0, deck_.averages, problems_);
    if (!has_group(card, 1) || !average) return;
    PlotFile file{*average, card.fields[1], "", 1};
    std::size_t name = 2;
    if (average->is_short()) {
      const std::optional<int> rank = rank_of(card.fields[2]);
      if (!rank || !card.has(3)) {
        refuse(card,
               fmt::format("\"{}\" is no rank (FIRST, 1ST) up to {}, or the file is missing", card.raw[2],
                           most_ranks),
               problems_);
        return;
      }
      file.rank = *rank;
      name = 3;
    }
    file.path = shared_path(card, name, "");
    requests_.plot_files.push_back(std::move(file));
  }

  void threshold_file(const Card& card) {
    if (!has_fields(card, 4, 5, "an averaging time, a source group, a threshold, a file (its unit)",
                    problems_))
      return;
    constexpr double most = 1.0e30;
    const std::optional<AveragingTime> average = average_at(card, 0, short_averages(), problems_);
    const double threshold = number_at(card, 2, "threshold", {-most, most, "in the deck's unit"}, problems_);
    if (!has_group(card, 1) || !average) return;
    const auto is_same = [&](const ThresholdFile& one) {
      return one.average == *average && one.group == card.fields[1];
    };
    std::vector<ThresholdFile>& files = requests_.threshold_files;
    if (std::ranges::find_if(files, is_same) != files.end())
      refuse(card, "has the averaging time and the group of another one", problems_);
    files.push_back({*average, card.fields[1], shared_path(card, 3, ""), threshold});
  }

  void group_file(const Card& card, std::vector<GroupFile>& files) {
    if (!has_fields(card, 2, 3, "a source group, a file (its unit)", problems_) || !has_group(card, 0))
      return;
    if (std::ranges::find(files, card.fields[0], &GroupFile::group) != files.end())
      refuse(card, fmt::format("group {} has one already", card.fields[0]), problems_);
    files.push_back({card.fields[0], path(card, 1)});
  }

  void events(const Card& card) {
    if (!has_fields(card, 1, 1, "SOCONT or DETAIL", problems_)) return;
    if (card.fields[0] != "SOCONT" && card.fields[0] != "DETAIL")
      refuse_word(card, card.raw[0], "table of events", {"SOCONT", "DETAIL"}, problems_);
    deck_.events_by_hour = card.fields[0] == "DETAIL";
  }

  void check_standard(const Card& card) {
    if (!average_of_standard(deck_))
      refuse(card,
             "is of the daily standards: it needs POLLUTID NO2 or SO2 and AVERTIME 1, or PM25 and AVERTIME "
             "24, as the only short one, without H1H, H2H or INC",
             problems_);
  }

  void of_standard(const Card& card, std::vector<GroupFile>& files) {
    check_standard(card);
    if (card.keyword == "MXDYBYYR") by_year_ = card;
    group_file(card, files);
  }

  /// Ranks from an upper one (the highest) to a lower one, or to the last of RECTABLE down to a threshold.
  void share_file(const Card& card) {
    if (!has_fields(
            card, 4, 6,
            "a source group, its upper rank, its lower rank or THRESH and a threshold, a file (its unit)",
            problems_) ||
        !has_group(card, 0))
      return;
    check_standard(card);
    const bool has_threshold = card.fields[2] == "THRESH";
    const std::optional<int> upper = rank_of(card.fields[1]),
                             lower = has_threshold ? std::optional(most_ranks) : rank_of(card.fields[2]);
    const std::size_t name = has_threshold ? 4 : 3;
    if (!upper || !lower || *lower < *upper || !card.has(name) || card.has(name + 2)) {
      refuse(card,
             fmt::format("needed are two ranks from 1 to {}, the upper first, or one and THRESH", most_ranks),
             problems_);
      return;
    }
    std::vector<ShareFile>& files = requests_.share_files;
    if (std::ranges::find(files, card.fields[0], &ShareFile::group) != files.end())
      refuse(card, fmt::format("group {} has one already", card.fields[0]), problems_);
    ShareFile file{card.fields[0], path(card, name), *upper, *lower, std::nullopt};
    constexpr double most = 1.0e30;
    if (has_threshold)
      file.threshold = number_at(card, 3, "threshold", {-most, most, "in the deck's unit"}, problems_);
    files.push_back(std::move(file));
    share_cards_.push_back(card);
  }

  void check_shares(const Card& card, ShareFile& file) {
    const std::optional<AveragingTime> average = average_of_standard(deck_);
    int last = 0;
    for (const auto& [time, ranks] : requests_.ranks)
      if (average && time == *average && !ranks.empty()) last = ranks.back();
    if (file.threshold) file.last_rank = last;
    if (average && std::max(file.first_rank, file.last_rank) > last)
      refuse(card,
             fmt::format("asks for rank {}, but RECTABLE has ranks up to {}",
                         std::max(file.first_rank, file.last_rank), last),
             problems_);
  }

  void no_header(const Card& card) {
    static const std::vector<std::string> known = {"ALL",      "POSTFILE", "PLOTFILE", "MAXIFILE", "RANKFILE",
                                                   "SEASONHR", "MAXDAILY", "MXDYBYYR", "MAXDCONT"};
    if (card.fields.empty()) refuse(card, "names no kind of file; ALL is all of them", problems_);
    for (std::size_t n = 0; n < card.fields.size(); ++n) {
      const std::string& word = card.fields[n];
      if (std::ranges::find(known, word) == known.end())
        refuse_word(card, card.raw[n], "kind of file", known, problems_);
      else if (word == "ALL")
        requests_.without_header.insert(known.begin() + 1, known.end());
      else
        requests_.without_header.insert(word);
    }
  }

  /// A mean over the run comes at its end; its rows do not stand among those of blocks.
  static std::string average_kind(const AveragingTime& average) {
    return average.is_short() ? " short" : " long";
  }

  /// Cards of one keyword that name the same file and the same unit write into one file.
  /// @param form  what the cards must also have in common
  std::string shared_path(const Card& card, std::size_t field, const std::string& form) {
    const std::string name = output_path(deck_, folder_, card.raw[field]);
    const std::string unit =
        card.has(field + 1) ? fmt::format("{} {} {}", card.keyword, form, card.fields[field + 1]) : "";
    const auto shared = units_.find(name);
    const bool is_shared = shared != units_.end() && !unit.empty() && shared->second == unit;
    units_[name] = unit;
    return is_shared ? name : path(card, field);
  }

  std::string path(const Card& card, std::size_t field) {
    std::string path = output_path(deck_, folder_, card.raw[field]);
    if (!paths_.insert(path).second)
      refuse(card, fmt::format("file {} is another output, or the deck", card.raw[field]), problems_);
    return path;
  }

  Deck& deck_;
  const std::string& folder_;
  OutputRequests& requests_;
  Problems& problems_;
  std::optional<Card> by_year_;               // MXDYBYYR
  std::vector<Card> share_cards_;             // MAXDCONT, one a file
  std::map<std::string, std::string> units_;  // of files that cards may share
  std::set<std::string> paths_{deck_.outputs.printed_path, deck_.outputs.netcdf_path, deck_.path};
};

}  // namespace

std::string output_path(const Deck& deck, const std::string& output_folder, const std::string& name) {
  if (output_folder.empty()) return path_from(folder_of(deck.path), name);
  const std::string plain = path_from(".", name);
  const std::filesystem::path path(plain);
  return path_from(output_folder, path.is_absolute() ? path.filename().string() : plain);
}

void read_outputs(const std::vector<Card>& cards, Deck& deck, const std::string& output_folder,
                  Problems& problems) {
  const std::string stem = std::filesystem::path(deck.path).stem().string();
  deck.outputs.printed_path = output_path(deck, output_folder, stem + ".out");
  deck.outputs.netcdf_path = output_path(deck, output_folder, stem + ".nc");
  OutputReader reader(deck, output_folder, problems);
  for (const Card& card : cards) reader.read(card);
  reader.check();
}

}  // namespace lantian::plume
