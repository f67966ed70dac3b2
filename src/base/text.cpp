#include "lantian/base/text.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace lantian {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return lower;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<double> parse_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size() ||
      !std::isfinite(value))
    return std::nullopt;
  return value;
}

namespace {

/// Optimal string alignment distance.
/// @see Damerau (1964), Commun. ACM 7, 171.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t n = 0; n <= b.size(); ++n) last[n] = n;
  for (std::size_t m = 1; m <= a.size(); ++m) {
    now[0] = m;
    for (std::size_t n = 1; n <= b.size(); ++n) {
      const std::size_t replaced = last[n - 1] + (a[m - 1] == b[n - 1] ? 0 : 1);
      now[n] = std::min({last[n] + 1, now[n - 1] + 1, replaced});
      const bool swapped = m > 1 && n > 1 && a[m - 1] == b[n - 2] && a[m - 2] == b[n - 1];
      if (swapped) now[n] = std::min(now[n], before_last[n - 2] + 1);
    }
    before_last.swap(last);
    last.swap(now);
  }
  return last[b.size()];
}

}  // namespace

std::string closest_match(std::string_view given, std::span<const std::string> known) {
  const std::string wanted = lower_case(given);
  std::string best;
  std::size_t least = std::max<std::size_t>(2, given.size() / 3) + 1;
  for (const std::string& word : known) {
    const std::size_t distance = edit_distance(wanted, lower_case(word));
    if (distance < least) {
      least = distance;
      best = word;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view given, std::span<const std::string> known) {
  const std::string match = closest_match(given, known);
  return match.empty() ? "" : " Did you mean \"" + match + "\"?";
}

}  // namespace lantian
