#pragma once

#include "key.hpp"

#include "lantian/base/time.hpp"
#include "lantian/config/case.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace lantian {

/// A value as TOML.
[[nodiscard]] std::string toml_text(const std::string& value);
[[nodiscard]] std::string toml_text(double value);
[[nodiscard]] std::string toml_text(int value);
[[nodiscard]] std::string toml_text(bool value);
[[nodiscard]] std::string toml_text(Switch value);
[[nodiscard]] std::string toml_text(UtcTime value);
[[nodiscard]] std::string toml_text(const std::vector<std::string>& value);
[[nodiscard]] std::string toml_text(const std::vector<double>& value);
[[nodiscard]] std::string toml_text(const std::array<int, 4>& value);
[[nodiscard]] std::string toml_text(const std::map<std::string, std::string>& value);
[[nodiscard]] std::string toml_text(const std::map<std::string, double>& value);

/// The numbers that a key allows, with its unit: "1 to 3600 s", "0 ppb or more"; empty when any is.
[[nodiscard]] std::string range_text(const Key& key);

/// The name of a value's type for the reference page.
[[nodiscard]] inline std::string type_name(const std::string&) {
  return "string";
}
[[nodiscard]] inline std::string type_name(double) {
  return "number";
}
[[nodiscard]] inline std::string type_name(int) {
  return "whole number";
}
[[nodiscard]] inline std::string type_name(bool) {
  return "true or false";
}
[[nodiscard]] inline std::string type_name(Switch) {
  return "true, false, \"auto\"";
}
[[nodiscard]] inline std::string type_name(UtcTime) {
  return "date-time";
}
[[nodiscard]] inline std::string type_name(const std::vector<std::string>&) {
  return "strings";
}
[[nodiscard]] inline std::string type_name(const std::vector<double>&) {
  return "numbers";
}
[[nodiscard]] inline std::string type_name(const std::array<int, 4>&) {
  return "4 whole numbers";
}
[[nodiscard]] inline std::string type_name(const std::map<std::string, std::string>&) {
  return "table of strings";
}
[[nodiscard]] inline std::string type_name(const std::map<std::string, double>&) {
  return "table of numbers";
}

}  // namespace lantian
