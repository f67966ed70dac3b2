#include "value_text.hpp"

#include <fmt/format.h>

namespace lantian {

namespace {

template <class List>
std::string list_text(const List& values, const char* open, const char* close) {
  std::string text;
  for (const auto& value : values) text += (text.empty() ? "" : ", ") + toml_text(value);
  return open + text + close;
}

template <class Map>
std::string map_text(const Map& values) {
  std::string text;
  for (const auto& [name, value] : values)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", name, toml_text(value));
  return "{" + text + "}";
}

}  // namespace

std::string toml_text(const std::string& value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
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

}  // namespace lantian
