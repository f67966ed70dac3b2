#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::string lower_case(std::string_view text);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

/// The whole text as a finite number, or nothing.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// The known word nearest to `given` (Damerau-Levenshtein), when it is near enough to be meant; else empty.
[[nodiscard]] std::string closest_match(std::string_view given, std::span<const std::string> known);

/// " Did you mean \"x\"?" or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view given, std::span<const std::string> known);

}  // namespace lantian
