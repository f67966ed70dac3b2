#include "deck_ozone.hpp"

#include "deck_fields.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cmath>
#include <limits>
#include <utility>

namespace lantian::plume {

namespace {

constexpr double ozone_ug_m3_per_ppb = 1.96;  // at 25 C, as AERMOD has it (EPA-454/B-24-007)
constexpr double no2_ppb_per_ug_m3 = 0.5319;  // likewise
constexpr Allowed any_amount = {0.0, 1.0e6, ""};

/// The gas that a keyword is of: ozone or NOx.
bool is_of_nox(const Card& card) {
  return card.keyword.starts_with("NOX");
}
std::string name_of_gas(const Card& card) {
  return is_of_nox(card) ? "NOx" : "ozone";
}

/// Factor to ug m-3 of a unit's word.
double factor_or_fault(const Card& card, const std::string& unit, Problems& problems) {
  const double of_ppb = is_of_nox(card) ? 1.0 / no2_ppb_per_ug_m3 : ozone_ug_m3_per_ppb;
  if (unit == "PPB") return of_ppb;
  if (unit == "PPM") return 1000.0 * of_ppb;
  if (unit != "UG/M3")
    refuse_word(card, unit, "unit of " + name_of_gas(card), {"PPB", "PPM", "UG/M3"}, problems);
  return 1.0;
}

/// The unit in a field, or what holds without it.
std::string unit_at(const Card& card, std::size_t field) {
  if (card.has(field)) return card.fields[field];
  return is_of_nox(card) ? "PPB" : "UG/M3";
}

struct FormatItem {
  char kind{};  // I, F, X
  std::size_t width{};
  int decimals{};
};

/// "(4i3,f9.3)" as its items; empty when it holds others than I, F, E and X.
std::vector<FormatItem> format_items(const std::string& format) {
  std::vector<FormatItem> items;
  const std::string text = upper_case(format);
  std::size_t n = 0;
  const auto whole = [&]() {
    int value = 0;
    while (n < text.size() && std::isdigit(static_cast<unsigned char>(text[n])) != 0 && value < 1000)
      value = 10 * value + (text[n++] - '0');
    return value;
  };
  while (n < text.size()) {
    if (text[n] == '(' || text[n] == ')' || text[n] == ',' || text[n] == ' ') {
      ++n;
      continue;
    }
    const int before = whole();
    const int times = before == 0 ? 1 : before;
    if (n == text.size()) return {};
    const char kind = text[n++];
    if (kind == 'X') {
      items.push_back({'X', static_cast<std::size_t>(times), 0});
      continue;
    }
    if (kind != 'I' && kind != 'F' && kind != 'E') return {};
    FormatItem item{kind, static_cast<std::size_t>(whole()), 0};
    if (n < text.size() && text[n] == '.') {
      ++n;
      item.decimals = whole();
    }
    if (item.width == 0) return {};
    items.insert(items.end(), static_cast<std::size_t>(times), item);
  }
  return items;
}

std::vector<double> numbers_by(const std::string& line, const std::vector<FormatItem>& items) {
  std::vector<double> numbers;
  std::size_t at = 0;
  for (const FormatItem& item : items) {
    const std::string text = at < line.size() ? line.substr(at, item.width) : "";
    at += item.width;
    if (item.kind == 'X') continue;
    std::optional<double> value = fortran_number(text);
    if (!value) return {};
    if (item.kind != 'I' && text.find('.') == std::string::npos) *value /= std::pow(10.0, item.decimals);
    numbers.push_back(*value);
  }
  return numbers;
}

/// A record of year, month, day, hour and a value of a file of hours, in free format or as a format of
/// Fortran has it (with I, F and X). Nothing when the line does not fit.
struct HourlyValue {
  DeckHour at;
  double value{};
};
std::optional<HourlyValue> hourly_value(const std::string& line, const std::string& format) {
  std::vector<double> numbers;
  if (format.empty() || upper_case(format) == "FREE") {
    for (const std::string& word : words_of(line)) {
      const std::optional<double> value = fortran_number(word);
      if (!value) return std::nullopt;
      numbers.push_back(*value);
    }
  } else {
    numbers = numbers_by(line, format_items(format));
  }
  constexpr std::size_t count = 5;
  if (numbers.size() != count) return std::nullopt;
  for (std::size_t n = 0; n < 4; ++n)
    if (numbers[n] != std::floor(numbers[n]) || std::abs(numbers[n]) > 9999) return std::nullopt;
  const auto whole = [&](std::size_t n) { return static_cast<int>(numbers[n]); };
  const std::optional<DeckHour> at = checked_hour(whole(0), whole(1), whole(2), whole(3));
  if (!at) return std::nullopt;
  return HourlyValue{*at, numbers[4]};
}

}  // namespace

void OzoneReader::read(Card card, Deck& deck, Problems& problems) {
  const std::string word = card.keyword;
  Varying& varying = is_of_nox(card) ? nox_ : ozone_;
  SectorBackground& background = is_of_nox(card) ? deck.background.nox : deck.background.ozone;
  if (word == "O3SECTOR" || word == "NOXSECTR") {
    read_sectors(card, background, problems);
    varying.of_sectors.resize(background.courses.size());
    return;
  }
  if (word == "OZONUNIT" || word == "NOX_UNIT") {
    if (!has_fields(card, 1, 1, "PPB, PPM or UG/M3", problems)) return;
    varying.unit = card.fields[0];
    static_cast<void>(factor_or_fault(card, varying.unit, problems));
    return;
  }
  const std::optional<std::size_t> sector = take_sector(card, background, problems);
  if (!sector) return;
  if (word == "OZONEVAL" || word == "NOXVALUE") read_value(card, background.courses[*sector], problems);
  if (word == "OZONEFIL" || word == "NOX_FILE") read_hours(card, deck, background.courses[*sector], problems);
  if (word == "O3VALUES" || word == "NOX_VALS")
    read_scheme_values(card, {}, name_of_gas(card), varying.of_sectors[*sector], problems);
}

void OzoneReader::read_value(const Card& card, BackgroundCourse& course, Problems& problems) {
  const std::string gas = name_of_gas(card);
  if (!has_fields(card, 1, 2, fmt::format("the background of {}, and PPB, PPM or UG/M3", gas), problems))
    return;
  const double factor = factor_or_fault(card, unit_at(card, 1), problems);
  course.varying_ug_m3 =
      VaryingFactor{FactorScheme::annual, {factor * number_at(card, 0, gas, any_amount, problems)}};
}

bool read_hourly_values(const Card& card, std::size_t file, const std::string& what, const HourlyTarget& into,
                        Problems& problems) {
  std::string format;
  for (std::size_t n = 2; n < card.fields.size(); ++n) format += card.fields[n];
  if (!format.empty() && format != "FREE" && format_items(format).empty()) {
    refuse(card, fmt::format("\"{}\" is no format with I, F, E and X alone", format), problems);
    return false;
  }
  const std::string path = path_from(into.folder, card.raw[file]);
  const std::optional<std::vector<std::string>> lines = lines_of_file(card, path, problems);
  if (!lines) return false;
  for (std::size_t n = 0; n < lines->size(); ++n) {
    const std::string& line = (*lines)[n];
    if (trimmed(line).empty()) continue;
    const std::optional<HourlyValue> record = hourly_value(line, format);
    if (!record) {
      problems.add(fmt::format("{}:{}: is no year, month, day, hour and {}: \"{}\"", path, n + 1, what,
                               trimmed(line)));
      break;
    }
    if (record->value >= 0.0) into.hours[hour_number(record->at)] = into.factor * record->value;
  }
  return true;
}

void OzoneReader::read_hours(const Card& card, const Deck& deck, BackgroundCourse& course,
                             Problems& problems) {
  if (!has_fields(card, 1, 9, "a file, PPB, PPM or UG/M3, and a format", problems)) return;
  const double factor = factor_or_fault(card, unit_at(card, 1), problems);
  if (read_hourly_values(card, 0, name_of_gas(card), {folder_of(deck.path), factor, course.hourly_ug_m3},
                         problems))
    course.is_hourly = true;
}

std::vector<double> read_scheme_values(const Card& card, std::vector<std::string> further,
                                       const std::string& what, SchemeCards& into, Problems& problems) {
  const SchemeForm* form = card.has(0) ? scheme_of(card.fields[0]) : nullptr;
  if (form == nullptr) {
    for (const SchemeForm& one : scheme_forms()) further.push_back(one.word);
    refuse_word(card, card.has(0) ? card.raw[0] : "", "scheme", further, problems);
    return {};
  }
  if (into.card && form->scheme != into.values.scheme) {
    refuse(card, fmt::format("has another scheme than the {} above", card.keyword), problems);
    return {};
  }
  into.values.scheme = form->scheme;
  into.card = card;
  std::vector<double> fresh = numbers_from(card, 1, what, problems);
  into.values.values.insert(into.values.values.end(), fresh.begin(), fresh.end());
  return fresh;
}

void check_count(const SchemeCards& read, Problems& problems) {
  for (const SchemeForm& form : scheme_forms())
    if (read.card && form.scheme == read.values.scheme && read.values.values.size() != form.count)
      refuse(*read.card,
             fmt::format("{} values are given in all; {} has {}", read.values.values.size(), form.word,
                         form.count),
             problems);
}

void OzoneReader::lay(const Varying& varying, SectorBackground& background, Problems& problems) {
  for (std::size_t n = 0; n < varying.of_sectors.size(); ++n) {
    const SchemeCards& cards = varying.of_sectors[n];
    if (!cards.card) continue;
    check_count(cards, problems);
    const double factor = factor_or_fault(*cards.card, varying.unit, problems);
    VaryingFactor values = cards.values;
    for (double& value : values.values) value *= factor;
    background.courses[n].varying_ug_m3 = std::move(values);
  }
}

void OzoneReader::check(Deck& deck, Problems& problems) {
  BackgroundAir& air = deck.background;
  lay(ozone_, air.ozone, problems);
  lay(nox_, air.nox, problems);
  check_sectors(air.ozone, fmt::format("{}: CO O3SECTOR", deck.path), problems);
  check_sectors(air.nox, fmt::format("{}: CO NOXSECTR", deck.path), problems);
  const auto is_given = [](const SectorBackground& background) {
    return !background.sectors_deg.empty() || background.courses[0].varying_ug_m3 ||
           background.courses[0].is_hourly;
  };
  const NitrogenDioxide method = deck.options.no2;
  const bool needs_ozone =
      method == NitrogenDioxide::olm || method == NitrogenDioxide::pvmrm || method == NitrogenDioxide::grsm;
  if (needs_ozone && !is_given(air.ozone))
    problems.add(
        fmt::format("{}: CO MODELOPT asks for a chemistry of NO2 that needs ozone; OZONEVAL, O3VALUES or "
                    "OZONEFIL gives it",
                    deck.path));
  if (method == NitrogenDioxide::grsm && !is_given(air.nox))
    problems.add(fmt::format(
        "{}: CO MODELOPT GRSM needs the background of NOx; NOXVALUE, NOX_VALS or NOX_FILE gives it",
        deck.path));
}

}  // namespace lantian::plume
