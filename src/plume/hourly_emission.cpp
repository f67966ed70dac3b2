#include "hourly_emission.hpp"

#include "deck_fields.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

namespace lantian::plume {

namespace {

/// One line: SO HOUREMIS year month day hour source emission ...
class HourlyLine {
 public:
  HourlyLine(std::string place, std::vector<std::string> words, Problems& problems)
      : place_(std::move(place)), words_(std::move(words)), problems_(problems) {}

  [[nodiscard]] std::optional<DeckHour> hour() const {
    int parts[4] = {};
    for (std::size_t n = 0; n < 4; ++n) {
      const std::optional<double> value = fortran_number(words_[2 + n]);
      if (!value || *value != std::floor(*value) || std::abs(*value) > 9999) return std::nullopt;
      parts[n] = static_cast<int>(*value);
    }
    return checked_hour(parts[0], parts[1], parts[2], parts[3]);
  }

  /// What is told after the name of the source; a line that ends there says that nothing is emitted.
  [[nodiscard]] HourlyRelease release(const std::string& kind) const {
    HourlyRelease release;
    if (words_.size() == first) return release;
    // Some write a missing emission as a number far below 0: as in AERMOD it counts as none.
    constexpr double missing = -90.0;
    release.emission = number(0, "emission", -1.0e9, 1.0e9);
    if (release.emission <= missing) release.emission = 0.0;
    const std::size_t more = words_.size() - first - 1;
    const bool is_point = kind.starts_with("POINT"), is_volume = kind == "VOLUME";
    const bool has_height = kind.starts_with("AREA") || kind.ends_with("LINE");
    const std::size_t most = is_point ? 2 : is_volume ? 3 : has_height ? 2 : 0;
    if (more != 0 && more != most) {
      problems_.add(
          fmt::format("{}: has {} numbers of a {}; needed are 1 or {}", place_, more + 1, kind, most + 1));
      return release;
    }
    if (more == 0) return release;
    if (is_point) {
      release.gas_temperature_k = number(1, "gas temperature", -300.0, 3000.0);
      release.gas_velocity_m_s = number(2, "gas velocity", 0.0, 1000.0);
      return release;
    }
    release.release_height_m = number(1, "release height", 0.0, most_release_height_m);
    if (is_volume) release.initial_sigma_y_m = number(2, "initial sigma y", 1.0e-3, 1.0e4);
    release.initial_sigma_z_m = number(is_volume ? 3 : 2, "initial sigma z", 0.0, 1.0e4);
    return release;
  }

  static constexpr std::size_t first = 7;  // of the numbers

 private:
  [[nodiscard]] double number(std::size_t n, const char* what, double least, double most) const {
    const std::optional<double> value = fortran_number(words_[first + n]);
    if (value && *value >= least && *value <= most) return *value;
    problems_.add(fmt::format("{}: {} is \"{}\"; allowed are {:g} to {:g}", place_, what, words_[first + n],
                              least, most));
    return least;
  }

  std::string place_;
  std::vector<std::string> words_;
  Problems& problems_;
};

}  // namespace

void read_hourly_emission(const Card& card, Deck& deck, SourceTable& table, Problems& problems) {
  if (card.fields.size() < 2) {
    refuse(card, "needs a file and sources", problems);
    return;
  }
  std::map<std::string, std::size_t> wanted;
  for (std::size_t field = 1; field < card.fields.size(); ++field)
    for (const std::size_t n : table.find(card, field, problems)) wanted[table.source(n).name] = n;
  const std::string path = path_from(folder_of(deck.path), card.raw[0]);
  const std::optional<std::vector<std::string>> file = lines_of_file(card, path, problems);
  if (!file) return;
  const std::vector<std::string>& lines = *file;
  for (std::size_t n = 0; n < lines.size(); ++n) {
    std::vector<std::string> words = words_of(lines[n]);
    if (words.empty() || words[0].starts_with("**")) continue;
    const std::string place = fmt::format("{}:{}", path, n + 1);
    if (words.size() < HourlyLine::first || upper_case(words[1]) != "HOUREMIS") {
      problems.add(fmt::format("{}: is no SO HOUREMIS year month day hour source emission ...", place));
      return;
    }
    const std::string name = upper_case(words[HourlyLine::first - 1]);
    const auto source = wanted.find(name);
    if (source == wanted.end()) continue;  // of a source that another card names
    const HourlyLine line(place, std::move(words), problems);
    const std::optional<DeckHour> hour = line.hour();
    if (!hour) {
      problems.add(fmt::format("{}: its year, month, day and hour are no hour", place));
      return;
    }
    std::map<long long, HourlyRelease>& hourly = table.course(source->second).hourly;
    if (!hourly.emplace(hour_number(*hour), line.release(table.kind(source->second))).second)
      problems.add(fmt::format("{}: the hour of source {} stands there twice", place, name));
  }
  for (const auto& [name, n] : wanted) {
    if (table.course(n).hourly.empty()) problems.add(fmt::format("{}: has no hour of source {}", path, name));
    if (table.kind(n) != "RLINE") continue;
    for (auto& [hour, release] : table.course(n).hourly) release.emission *= table.source(n).road_width_m;
  }
}

}  // namespace lantian::plume
