#include "lantian/config/case_difference.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace lantian {

namespace {

/// Values by full key; the tables of an array are numbered from 0, as --set numbers them.
std::map<std::string, std::string> values_by_key(const std::string& printed) {
  std::map<std::string, std::string> values;
  std::map<std::string, int> tables;
  std::string section;
  for (const std::string& line : split(printed, '\n')) {
    const std::size_t equals = line.find(" = ");
    if (line.starts_with("[[")) {
      const std::string name = line.substr(2, line.size() - 4);
      section = fmt::format("{}.{}.", name, tables[name]++);
    } else if (line.starts_with("[")) {
      section = line.substr(1, line.size() - 2) + ".";
    } else if (equals != std::string::npos) {
      values[section + line.substr(0, equals)] = line.substr(equals + 3);
    }
  }
  return values;
}

}  // namespace

std::vector<std::string> case_differences(const std::string& there, const std::string& here) {
  const auto before = values_by_key(there), now = values_by_key(here);
  std::set<std::string> keys;
  for (const auto* values : {&before, &now})
    for (const auto& [key, value] : *values) keys.insert(key);
  const auto value_in = [](const std::map<std::string, std::string>& values, const std::string& key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string("nothing") : found->second;
  };
  std::vector<std::string> differences;
  for (const std::string& key : keys)
    if (value_in(before, key) != value_in(now, key))
      differences.push_back(
          fmt::format("{}: {} there, {} here", key, value_in(before, key), value_in(now, key)));
  return differences;
}

}  // namespace lantian
