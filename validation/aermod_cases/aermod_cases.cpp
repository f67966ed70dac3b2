// Hourly concentrations of the reference cases against those AERMOD printed: `aermod_cases FOLDER CASE...`.
#include "case_files.hpp"

#include "lantian/plume/plume_engine.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <exception>
#include <span>

namespace lantian::validation {
namespace {

/// Relative differences where AERMOD has more than 0.1 % of the hour's maximum.
struct Comparison {
  std::vector<double> differences;
  double worst{};
  std::size_t worst_hour{}, worst_receptor{};
  double worst_ours{}, worst_printed{};

  void add_hour(std::size_t hour, std::span<const double> ours, std::span<const double> printed) {
    const double least = 1e-3 * *std::ranges::max_element(printed);
    for (std::size_t i = 0; i < printed.size(); ++i) {
      if (printed[i] <= least || printed[i] <= 0.0) continue;
      const double difference = std::fabs(ours[i] / printed[i] - 1.0);
      differences.push_back(difference);
      if (!(difference <= worst)) {
        worst = difference, worst_hour = hour, worst_receptor = i, worst_ours = ours[i],
        worst_printed = printed[i];
      }
    }
  }
  [[nodiscard]] double quantile(double share) {
    std::ranges::sort(differences);
    return differences.empty()
               ? 0.0
               : differences[static_cast<std::size_t>(share * static_cast<double>(differences.size() - 1))];
  }
  void print(const std::string& name) {
    const double median = quantile(0.5), high = quantile(0.99);
    fmt::print(
        "{:<32} values {:>6}  median {:.1e}  p99 {:.1e}  max {:.1e} (hour {} receptor {}: {:.6e} for "
        "{:.6e})\n",
        name, differences.size(), median, high, worst, worst_hour + 1, worst_receptor + 1, worst_ours,
        worst_printed);
  }
};

std::filesystem::path printed_file(const std::filesystem::path& folder, const std::string& group) {
  std::string word = group.substr(0, 3);
  std::ranges::transform(word, word.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return folder / (group == "ALL" ? "conc.csv" : "conc_" + word + ".csv");
}

void compare(const std::filesystem::path& folder, bool by_hour) {
  const ReferenceCase reference = read_case(folder);
  const std::size_t count = reference.receptors.size();
  const plume::PlumeEngine engine(reference.sources, reference.receptors, reference.options,
                                  reference.traits);
  std::vector<plume::HourResult> results;
  for (std::size_t h = 0; h < reference.hours.size(); ++h)
    results.push_back(engine.hour(reference.hours[h], h));
  const auto show = [&](const std::string& title, const std::vector<std::size_t>& members,
                        std::span<const double> printed, const auto& rows) {
    Comparison all;
    for (std::size_t h = 0; h < results.size(); ++h) {
      std::vector<double> sum(count, 0.0);
      for (const std::size_t s : members) {
        for (std::size_t i = 0; i < count; ++i) sum[i] += rows(results[h])[s * count + i];
      }
      const std::span of_hour = printed.subspan(h * count, count);
      all.add_hour(h, sum, of_hour);
      if (!by_hour) continue;
      Comparison one;
      one.add_hour(h, sum, of_hour);
      one.print(fmt::format("  hour {}", h + 1));
    }
    all.print(title);
  };
  using plume::HourResult;
  for (const auto& [group, members] : reference.groups) {
    const PrintedValues printed = read_printed(printed_file(folder, group), count);
    const std::string title = reference.name + (group == "ALL" ? "" : "/" + group);
    show(title, members, printed.concentration, [](const HourResult& r) { return r.concentration_ug_m3; });
    if (printed.dry.empty()) continue;
    show(title + "/dry", members, printed.dry, [](const HourResult& r) { return r.dry_deposition_g_m2; });
    show(title + "/wet", members, printed.wet, [](const HourResult& r) { return r.wet_deposition_g_m2; });
  }
}

}  // namespace
}  // namespace lantian::validation

int main(int argc, char** argv) {
  try {
    const std::span<char*> words(argv, static_cast<std::size_t>(argc));
    if (words.size() < 3) {
      fmt::print(stderr, "usage: aermod_cases FOLDER CASE... (a case ending in + is shown by hour)\n");
      return 64;
    }
    for (const char* word : words.subspan(2)) {
      std::string name = word;
      const bool by_hour = name.ends_with('+');
      if (by_hour) name.pop_back();
      lantian::validation::compare(std::filesystem::path(words[1]) / name, by_hour);
    }
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "aermod_cases: {}\n", error.what());
    return 70;
  }
}
