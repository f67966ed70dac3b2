#include "toml_document.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string_view>

namespace lantian {

namespace {

/// The value of a setting: TOML, or a string when it is none.
toml::table parsed_setting(const std::string& place, const std::string& value) {
  try {
    return toml::parse(std::string_view("value = " + value), place);
  } catch (const toml::parse_error&) {
    std::string quoted;
    for (const char c : value) quoted += (c == '"' || c == '\\') ? std::string("\\") + c : std::string(1, c);
    return toml::parse(std::string_view("value = \"" + quoted + "\""), place);
  }
}

/// The node below `parent` that a part of a dotted key names; a table is made where there is nothing yet.
toml::node* step_into(toml::node& parent, const std::string& part) {
  if (toml::array* array = parent.as_array()) {
    const auto number = parse_number(part);
    const bool is_there = number && *number >= 0.0 && *number < static_cast<double>(array->size());
    return is_there ? array->get(static_cast<std::size_t>(*number)) : nullptr;
  }
  toml::table* table = parent.as_table();
  if (table == nullptr) return nullptr;
  if (table->get(part) == nullptr) table->insert(part, toml::table{});
  return table->get(part);
}

void apply_setting(toml::table& document, const std::string& setting, Problems& problems) {
  const std::string place = "--set " + setting;
  const std::size_t equals = setting.find('=');
  if (equals == std::string::npos || equals == 0) {
    problems.add(fmt::format("{}: is no key=value", place));
    return;
  }
  std::vector<std::string> parts = split(trimmed(std::string_view(setting).substr(0, equals)), '.');
  toml::table value =
      parsed_setting(place, std::string(trimmed(std::string_view(setting).substr(equals + 1))));
  toml::node* at = &document;
  for (std::size_t n = 0; n + 1 < parts.size() && at != nullptr; ++n) at = step_into(*at, parts[n]);
  if (at == nullptr || !at->is_table()) {
    problems.add(fmt::format("{}: there is no such place in the case file", place));
    return;
  }
  at->as_table()->insert_or_assign(parts.back(), std::move(*value.get("value")));
}

}  // namespace

toml::table parse_document(const std::string& path, const std::vector<std::string>& set, Problems& problems) {
  std::ifstream file(path, std::ios::binary);
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
