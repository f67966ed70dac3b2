#include "toml_document.hpp"

#include "value_text.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

namespace lantian {

namespace {

/// The value of a setting: TOML, or a string when it is none.
/// @throws toml::parse_error when it is not UTF-8.
toml::table parsed_setting(const std::string& place, const std::string& value) {
  try {
    toml::table parsed = toml::parse(std::string_view("value = " + value), place);
    if (parsed.size() == 1) return parsed;  // else line breaks in it have made more keys of it
  } catch (const toml::parse_error&) {      // no TOML: a string
  }
  return toml::parse(std::string_view("value = " + toml_text(value)), place);
}

/// The element of an array that a part of a dotted key names by its number from 0, else null.
toml::node* element_of(toml::array& array, const std::string& part) {
  for (std::size_t n = 0; n < array.size(); ++n)
    if (part == std::to_string(n)) return array.get(n);
  return nullptr;
}

/// The table that all parts but the last lead to; tables are made where there is nothing yet.
/// @throws ConfigError that says where the way ends.
toml::table& table_at(toml::table& document, const std::vector<std::string>& parts) {
  toml::node* at = &document;
  std::string way;
  for (std::size_t n = 0; n + 1 < parts.size(); ++n) {
    way += (n == 0 ? "" : ".") + parts[n];
    if (toml::array* array = at->as_array()) {
      at = element_of(*array, parts[n]);
      if (at == nullptr)
        throw ConfigError(
            fmt::format("there is no {}; entries are numbered from 0, and there are {}", way, array->size()));
    } else {
      toml::table& table = *at->as_table();
      if (table.get(parts[n]) == nullptr) table.insert(parts[n], toml::table{});
      at = table.get(parts[n]);
    }
    const bool leads_on = at->is_table() || (at->is_array() && n + 2 < parts.size());
    if (!leads_on)
      throw ConfigError(fmt::format(
          "{} is {}", way, at->is_array() ? "an array; set it as a whole: " + way + "=[...]" : "no table"));
  }
  return *at->as_table();
}

void apply_setting(toml::table& document, const std::string& setting, Problems& problems) {
  const std::string place = "--set " + setting;
  const std::size_t equals = setting.find('=');
  const std::string key(trimmed(std::string_view(setting).substr(0, equals)));
  if (equals == std::string::npos || key.empty()) {
    problems.add(fmt::format("{}: is no key=value", place));
    return;
  }
  try {
    const std::vector<std::string> parts = split(key, '.');
    toml::table value =
        parsed_setting(place, std::string(trimmed(std::string_view(setting).substr(equals + 1))));
    table_at(document, parts).insert_or_assign(parts.back(), std::move(*value.get("value")));
  } catch (const toml::parse_error& error) {
    problems.add(fmt::format("{}: is no UTF-8 text: {}", place, error.description()));
  } catch (const ConfigError& error) {
    problems.add(fmt::format("{}: {}", place, error.what()));
  }
}

}  // namespace

toml::table parse_document(const std::string& path, const std::vector<std::string>& set, Problems& problems) {
  std::ifstream file(path, std::ios::binary);
  if (std::filesystem::is_directory(path))
    throw ConfigError(fmt::format("{}: is a folder; a TOML file is needed", path));
  if (!file) throw MissingFileError(fmt::format("{}: there is no such file, or it cannot be read", path));
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  toml::table document;
  try {
    document = toml::parse(std::string_view(text), path);
  } catch (const toml::parse_error& error) {
    throw ConfigError(fmt::format("{}:{}:{}: is no TOML: {}", path, error.source().begin.line,
                                  error.source().begin.column, error.description()));
  }
  for (const std::string& setting : set) apply_setting(document, setting, problems);
  return document;
}

}  // namespace lantian
