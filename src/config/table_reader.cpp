#include "table_reader.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace lantian {

namespace {

std::string kind_of(const toml::node& node) {
  std::ostringstream text;
  text << toml::node_view(node);
  const std::string written = text.str().substr(0, 60);
  switch (node.type()) {
    case toml::node_type::string:
      return "a string (" + written + ")";
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

std::string place_of(const toml::node& node) {
  const toml::source_region& source = node.source();
  const std::string path = source.path ? *source.path : "";
  if (path.starts_with("--set")) return path;
  return fmt::format("{}:{}", path, source.begin.line);
}

void TableReader::wrong_type(const toml::node& node, const std::string& key_path, const std::string& needed) {
  problems_.add(fmt::format("{}: {}: is {}; {} is needed", place_of(node), key_path, kind_of(node), needed));
}

void TableReader::missing(const std::string& name, const Key& key) {
  problems_.add(fmt::format("{}: {}{} is missing: {}",
                            table_.source().path ? *table_.source().path : "the case file", prefix_, name,
                            key.meaning));
}

void TableReader::refuse_unknown() const {
  for (const auto& [name, node] : table_) {
    const std::string given(name.str());
    if (std::ranges::find(known_, given) != known_.end()) continue;
    problems_.add(fmt::format("{}: {}{}: there is no such key.{}", place_of(node), prefix_, given,
                              did_you_mean(given, known_)) +
                  (closest_match(given, known_).empty()
                       ? fmt::format(" Known here are {}.", fmt::join(known_, ", "))
                       : ""));
  }
}

void TableReader::read(const toml::node& node, const std::string& key_path, std::string& value,
                       const Key& key) {
  if (!node.is_string()) return wrong_type(node, key_path, "a string");
  const std::string given = node.as_string()->get();
  if (!key.allowed.empty() && std::ranges::find(key.allowed, given) == key.allowed.end()) {
    problems_.add(fmt::format("{}: {}: \"{}\" is not allowed; known are {}.{}", place_of(node), key_path,
                              given, fmt::join(key.allowed, ", "), did_you_mean(given, key.allowed)));
    return;
  }
  value = given;
}

void TableReader::read(const toml::node& node, const std::string& key_path, double& value, const Key& key) {
  const auto given = node.value<double>();
  if (!given || !node.is_number()) return wrong_type(node, key_path, "a number");
  if (!std::isfinite(*given) || *given < key.least || *given > key.most) {
    problems_.add(fmt::format("{}: {}: {} is out of range; allowed are {} to {}{}{}", place_of(node),
                              key_path, *given, key.least, key.most, key.unit.empty() ? "" : " ", key.unit));
    return;
  }
  value = *given;
}

void TableReader::read(const toml::node& node, const std::string& key_path, int& value, const Key& key) {
  if (!node.is_integer()) return wrong_type(node, key_path, "a whole number");
  double given = 0.0;
  const std::size_t before = problems_.sentences().size();
  read(node, key_path, given, key);
  if (problems_.sentences().size() == before) value = static_cast<int>(given);
}

void TableReader::read(const toml::node& node, const std::string& key_path, bool& value, const Key&) {
  if (!node.is_boolean()) return wrong_type(node, key_path, "true or false");
  value = node.as_boolean()->get();
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
    problems_.add(fmt::format("{}: {}: has no zone; write the Z of UTC, e.g. 2020-03-30T16:00:00Z",
                              place_of(node), key_path));
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
    problems_.add(
        fmt::format("{}: {}: has {} elements; four are needed: first column, first row, columns, rows",
                    place_of(node), key_path, array->size()));
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
  for (const auto& [name, entry] : *table)
    read(entry, key_path + "." + std::string(name.str()), value[std::string(name.str())], key);
}

}  // namespace lantian
