#include "deck_fields.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace lantian::plume {

void refuse(const Card& card, const std::string& what, Problems& problems) {
  problems.add(fmt::format("{}: {}", card.place(), what));
}

void tell(const Card& card, const std::string& what, Deck& deck) {
  deck.notes.push_back(fmt::format("{}: {}", card.place(), what));
}

bool has_fields(const Card& card, std::size_t least, std::size_t most, const std::string& form,
                Problems& problems) {
  const std::size_t count = card.fields.size();
  if (count >= least && count <= most) return true;
  refuse(card,
         fmt::format("has {} field{}; needed {}: {}", count, count == 1 ? "" : "s", most == 1 ? "is" : "are",
                     form),
         problems);
  return false;
}

double number_at(const Card& card, std::size_t n, const std::string& what, const Allowed& allowed,
                 Problems& problems) {
  if (!card.has(n)) {
    refuse(card, fmt::format("{} is missing", what), problems);
    return allowed.least;
  }
  const std::optional<double> value = fortran_number(card.fields[n]);
  if (!value) {
    refuse(card, fmt::format("{} is \"{}\"; a finite number is needed", what, card.raw[n]), problems);
    return allowed.least;
  }
  if (*value < allowed.least || *value > allowed.most) {
    refuse(card,
           fmt::format("{} is {:g}; allowed are {:g} to {:g}{}{}", what, *value, allowed.least, allowed.most,
                       allowed.unit.empty() ? "" : " ", allowed.unit),
           problems);
    return allowed.least;
  }
  return *value;
}

int whole_at(const Card& card, std::size_t n, const std::string& what, int least, int most,
             Problems& problems) {
  const double value =
      number_at(card, n, what, {static_cast<double>(least), static_cast<double>(most), ""}, problems);
  if (value != std::floor(value)) {
    refuse(card, fmt::format("{} is {:g}; a whole number is needed", what, value), problems);
    return least;
  }
  return static_cast<int>(value);
}

std::vector<double> numbers_from(const Card& card, std::size_t first, const std::string& what,
                                 Problems& problems) {
  constexpr int most_repeats = 10000;
  std::vector<double> numbers;
  for (std::size_t n = first; n < card.fields.size(); ++n) {
    const std::string& field = card.fields[n];
    const std::size_t star = field.find('*');
    const std::optional<double> repeats =
        star == std::string::npos ? std::optional(1.0) : fortran_number(field.substr(0, star));
    const std::optional<double> value =
        fortran_number(star == std::string::npos ? field : field.substr(star + 1));
    if (!value || !repeats || *repeats < 1 || *repeats > most_repeats || *repeats != std::floor(*repeats)) {
      refuse(card,
             fmt::format("{} is \"{}\"; a finite number, or times*number, is needed", what, card.raw[n]),
             problems);
      return numbers;
    }
    numbers.insert(numbers.end(), static_cast<std::size_t>(*repeats), *value);
  }
  return numbers;
}

void refuse_word(const Card& card, const std::string& word, const std::string& kind,
                 const std::vector<std::string>& known, Problems& problems) {
  refuse(card,
         fmt::format("\"{}\" is no {}; known are {}.{}", word, kind, fmt::join(known, ", "),
                     did_you_mean(word, known)),
         problems);
}

double metres_per(const Card& card, std::size_t n, Problems& problems) {
  constexpr double metres_per_foot = 0.3048;
  if (!card.has(n) || card.fields[n] == "METERS") return 1.0;
  if (card.fields[n] == "FEET") return metres_per_foot;
  refuse_word(card, card.fields[n], "unit of elevation", {"METERS", "FEET"}, problems);
  return 1.0;
}

std::string AveragingTime::name() const {
  switch (kind) {
    case Kind::hours:
      return fmt::format("{}-HR", hours);
    case Kind::month:
      return "MONTH";
    case Kind::period:
      return "PERIOD";
    case Kind::annual:
      return "ANNUAL";
  }
  return "";
}

std::optional<AveragingTime> averaging_time(const std::string& word) {
  using enum AveragingTime::Kind;
  if (word == "MONTH") return AveragingTime{month, 0};
  if (word == "PERIOD") return AveragingTime{period, 0};
  if (word == "ANNUAL") return AveragingTime{annual, 0};
  const std::optional<double> number = fortran_number(word);
  for (const int hours_each : {1, 2, 3, 4, 6, 8, 12, 24})
    if (number && *number == hours_each) return AveragingTime{hours, hours_each};
  return std::nullopt;
}

std::optional<AveragingTime> average_at(const Card& card, std::size_t n,
                                        const std::vector<AveragingTime>& known, Problems& problems) {
  if (!card.has(n)) {
    refuse(card, "the averaging time is missing", problems);
    return std::nullopt;
  }
  const std::optional<AveragingTime> average = averaging_time(card.fields[n]);
  if (average && std::ranges::find(known, *average) != known.end()) return average;
  std::vector<std::string> names;
  names.reserve(known.size());
  for (const AveragingTime& one : known)
    names.push_back(one.kind == AveragingTime::Kind::hours ? std::to_string(one.hours) : one.name());
  refuse(card,
         fmt::format("\"{}\" is no averaging time of AVERTIME, which has {}", card.raw[n],
                     names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))),
         problems);
  return std::nullopt;
}

const std::vector<SchemeForm>& scheme_forms() {
  using enum FactorScheme;
  static const std::vector<SchemeForm> forms = {
      {"ANNUAL", annual, 1},          {"SEASON", season, 4},
      {"MONTH", month, 12},           {"HROFDY", hour, 24},
      {"WSPEED", wind_speed, 6},      {"SEASHR", season_hour, 96},
      {"HRDOW", hour_d, 72},          {"HRDOW7", hour_7, 168},
      {"SHRDOW", season_hour_d, 288}, {"SHRDOW7", season_hour_7, 672},
      {"MHRDOW", month_hour_d, 864},  {"MHRDOW7", month_hour_7, 2016},
  };
  return forms;
}

const SchemeForm* scheme_of(const std::string& word) {
  for (const SchemeForm& one : scheme_forms())
    if (one.word == word) return &one;
  return nullptr;
}

std::string ordinal(int rank) {
  const int last = rank % 10, last_two = rank % 100;
  const bool is_teen = last_two >= 11 && last_two <= 13;
  const char* ending = is_teen ? "TH" : last == 1 ? "ST" : last == 2 ? "ND" : last == 3 ? "RD" : "TH";
  return fmt::format("{}{}", rank, ending);
}

}  // namespace lantian::plume
