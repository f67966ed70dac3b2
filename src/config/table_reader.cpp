#include "table_reader.hpp"

#include "value_text.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace lantian {

namespace {

std::string kind_of(const toml::node& node) {
  std::ostringstream text;
  text << toml::node_view(node);
  const std::string written = text.str().substr(0, 60);
  switch (node.type()) {
    case toml::node_type::string:
      return "a string (" + toml_text(node.as_string()->get().substr(0, 60)) + ")";
    case toml::node_type::integer:
      return "a whole number (" + written + ")";
    case toml::node_type::floating_point:
      return "a number (" + written + ")";
    case toml::node_type::boolean:
      return "a truth value (" + written + ")";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time (" + written + ")";
  }
}

}  // namespace

void TableReader::wrong_type(const toml::node& node, const std::string& key_path, const std::string& needed) {
  record_.fault(key_path, fmt::format("is {}; {} is needed", kind_of(node), needed), &node);
}

void TableReader::refuse_empty(const toml::node& node, const std::string& key_path, const Key& key) {
  const bool is_empty = (node.is_string() && node.as_string()->get().empty()) ||
                        (node.is_array() && node.as_array()->empty()) ||
                        (node.is_table() && node.as_table()->empty());
  if (is_empty) record_.fault(key_path, "is empty: " + key.meaning, &node);
}

void TableReader::refuse_unknown() const {
  for (const auto& [name, node] : table_) {
    const std::string given(name.str());
    if (std::ranges::find(known_, given) != known_.end()) continue;
    const std::string meant = did_you_mean(given, known_);
    const std::string advice =
        meant.empty() ? fmt::format(" Known here are {}.", fmt::join(known_, ", ")) : meant;
    record_.fault(prefix_ + given, "there is no such key." + advice, &node);
  }
}

void TableReader::read(const toml::node& node, const std::string& key_path, std::string& value,
                       const Key& key) {
  if (!node.is_string()) return wrong_type(node, key_path, "a string");
  const std::string given = node.as_string()->get();
  if (!key.allowed.empty() && std::ranges::find(key.allowed, given) == key.allowed.end()) {
    record_.fault(key_path,
                  fmt::format("\"{}\" is not known; known are {}.{}", given, fmt::join(key.allowed, ", "),
                              did_you_mean(given, key.allowed)),
                  &node);
    return;
  }
  value = given;
}

bool TableReader::is_in_range(const toml::node& node, const std::string& key_path, double given,
                              const Key& key) {
  if (!std::isfinite(given)) {
    record_.fault(key_path, fmt::format("{} is no finite number", given), &node);
    return false;
  }
  if (given >= key.least && given <= key.most) return true;
  record_.fault(key_path, fmt::format("{} is out of range; allowed is {}", given, range_text(key)), &node);
  return false;
}

void TableReader::read(const toml::node& node, const std::string& key_path, double& value, const Key& key) {
  const auto given = node.value<double>();
  if (!given || !node.is_number()) return wrong_type(node, key_path, "a number");
  if (is_in_range(node, key_path, *given, key)) value = *given;
}

void TableReader::read(const toml::node& node, const std::string& key_path, int& value, const Key& key) {
  if (!node.is_integer()) return wrong_type(node, key_path, "a whole number");
  constexpr double least = std::numeric_limits<int>::min(), most = std::numeric_limits<int>::max();
  const Key limited{.unit = key.unit, .least = std::max(key.least, least), .most = std::min(key.most, most)};
  const auto given = static_cast<double>(node.as_integer()->get());
  if (is_in_range(node, key_path, given, limited)) value = static_cast<int>(given);
}

void TableReader::read(const toml::node& node, const std::string& key_path, bool& value, const Key&) {
  if (!node.is_boolean()) return wrong_type(node, key_path, "true or false");
  value = node.as_boolean()->get();
}

void TableReader::read(const toml::node& node, const std::string& key_path, Switch& value, const Key&) {
  const bool is_auto = node.is_string() && node.as_string()->get() == "auto";
  if (!is_auto && !node.is_boolean()) return wrong_type(node, key_path, "true, false or \"auto\"");
  value = is_auto ? Switch::automatic : node.as_boolean()->get() ? Switch::on : Switch::off;
}

void TableReader::read(const toml::node& node, const std::string& key_path, UtcTime& value, const Key&) {
  const std::string needed = "a time in UTC (2020-03-30T16:00:00Z)";
  if (node.is_string()) {
    const std::string given = node.as_string()->get();
    try {
      if (!given.ends_with('Z')) return wrong_type(node, key_path, needed);
      value = parse_utc(given);
    } catch (const DataError&) {
      wrong_type(node, key_path, needed);
    }
    return;
  }
  if (!node.is_date_time()) return wrong_type(node, key_path, needed);
  const toml::date_time given = node.as_date_time()->get();
  if (!given.offset) {
    record_.fault(key_path, "has no zone; write the Z of UTC, e.g. 2020-03-30T16:00:00Z", &node);
    return;
  }
  if (given.time.nanosecond != 0) {
    record_.fault(key_path, "has parts of a second; whole seconds are allowed", &node);
    return;
  }
  value = from_civil(given.date.year, given.date.month, given.date.day, given.time.hour, given.time.minute,
                     given.time.second)
              .plus_seconds(-60LL * given.offset->minutes);
}

const toml::array* TableReader::elements(const toml::node& node, const std::string& key_path,
                                         const std::string& of) {
  if (node.is_array()) return node.as_array();
  wrong_type(node, key_path, "an array of " + of);
  return nullptr;
}

void TableReader::read(const toml::node& node, const std::string& key_path, std::vector<std::string>& value,
                       const Key& key) {
  const toml::array* array = elements(node, key_path, "strings");
  if (array == nullptr) return;
  value.clear();
  for (const toml::node& element : *array) read(element, key_path, value.emplace_back(), key);
}

void TableReader::read(const toml::node& node, const std::string& key_path, std::vector<double>& value,
                       const Key& key) {
  const toml::array* array = elements(node, key_path, "numbers");
  if (array == nullptr) return;
  value.clear();
  for (const toml::node& element : *array) read(element, key_path, value.emplace_back(), key);
}

void TableReader::read(const toml::node& node, const std::string& key_path, std::array<int, 4>& value,
                       const Key& key) {
  const toml::array* array = elements(node, key_path, "four whole numbers");
  if (array == nullptr) return;
  if (array->size() != value.size()) {
    record_.fault(key_path,
                  fmt::format("has {} elements; four are needed: first column, first row, columns, rows",
                              array->size()),
                  &node);
    return;
  }
  for (std::size_t n = 0; n < value.size(); ++n) read(*array->get(n), key_path, value.at(n), key);
}

const toml::table* TableReader::entries(const toml::node& node, const std::string& key_path) {
  if (node.is_table()) return node.as_table();
  wrong_type(node, key_path, "a table such as { NOx = ... }");
  return nullptr;
}

void TableReader::read(const toml::node& node, const std::string& key_path,
                       std::map<std::string, std::string>& value, const Key& key) {
  const toml::table* table = entries(node, key_path);
  if (table == nullptr) return;
  for (const auto& [name, entry] : *table)
    read(entry, key_path + "." + std::string(name.str()), value[std::string(name.str())], key);
}

void TableReader::read(const toml::node& node, const std::string& key_path,
                       std::map<std::string, double>& value, const Key& key) {
  const toml::table* table = entries(node, key_path);
  if (table == nullptr) return;
  for (const auto& [name, entry] : *table) {
    const std::string path = key_path + "." + std::string(name.str());
    record_.found(path, entry);
    read(entry, path, value[std::string(name.str())], key);
  }
}

}  // namespace lantian
