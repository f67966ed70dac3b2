#include "value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <limits>

namespace lantian {

namespace {

template <class List>
std::string list_text(const List& values, const char* open, const char* close) {
  std::string text;
  for (const auto& value : values) text += (text.empty() ? "" : ", ") + toml_text(value);
  return open + text + close;
}

/// A key bare where TOML allows it, else quoted.
std::string key_text(const std::string& name) {
  const bool is_bare = !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-';
  });
  return is_bare ? name : toml_text(name);
}

template <class Map>
std::string map_text(const Map& values) {
  std::string text;
  for (const auto& [name, value] : values)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", key_text(name), toml_text(value));
  return text.empty() ? "{}" : "{ " + text + " }";
}

}  // namespace

std::string toml_text(const std::string& value) {
  std::string text = "\"";
  for (const char c : value) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      text += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else if (c == '"' || c == '\\')
      text += fmt::format("\\{}", c);
    else
      text += c;
  }
  return text + "\"";
}

std::string toml_text(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

std::string toml_text(int value) {
  return fmt::format("{}", value);
}
std::string toml_text(bool value) {
  return value ? "true" : "false";
}
std::string toml_text(Switch value) {
  return value == Switch::automatic ? "\"auto\"" : toml_text(value == Switch::on);
}
std::string toml_text(UtcTime value) {
  return to_iso8601(value);
}
std::string toml_text(const std::vector<std::string>& value) {
  return list_text(value, "[", "]");
}
std::string toml_text(const std::vector<double>& value) {
  return list_text(value, "[", "]");
}
std::string toml_text(const std::array<int, 4>& value) {
  return list_text(value, "[", "]");
}
std::string toml_text(const std::map<std::string, std::string>& value) {
  return map_text(value);
}
std::string toml_text(const std::map<std::string, double>& value) {
  return map_text(value);
}

std::string range_text(const Key& key) {
  constexpr double any = std::numeric_limits<double>::max();
  const std::string unit = key.unit.empty() ? "" : " " + key.unit;
  if (key.least > -any && key.most < any) return fmt::format("{} to {}{}", key.least, key.most, unit);
  if (key.least > -any) return fmt::format("{}{} or more", key.least, unit);
  if (key.most < any) return fmt::format("{}{} or less", key.most, unit);
  return "";
}

}  // namespace lantian
