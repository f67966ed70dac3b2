#include "key_record.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lantian {

namespace {

/// "case.toml:41" or "--set run.end=..."; empty when the node has no place of its own.
std::string place_of(const toml::node& node) {
  const toml::source_region& source = node.source();
  if (!source.path) {  // a table that a setting has made stands where its first key stands
    const toml::table* table = node.as_table();
    return table == nullptr || table->empty() ? "" : place_of(table->begin()->second);
  }
  if (source.path->starts_with("--set")) return *source.path;
  return fmt::format("{}:{}", *source.path, source.begin.line);
}

}  // namespace

void KeyRecord::found(const std::string& key, const toml::node& node) {
  place_of_key_[key] = place_of(node);
}

void KeyRecord::fault(const std::string& key, const std::string& sentence, const toml::node* node) {
  std::string place = node == nullptr ? "" : place_of(*node);
  if (place.empty() && place_of_key_.contains(key)) place = place_of_key_.at(key);
  if (place.empty()) place = path_;
  problems_.add(fmt::format("{}: {}: {}", place, key, sentence));
  faulty_.insert(key);
}

bool KeyRecord::is_sound(std::initializer_list<const char*> keys) const {
  return std::ranges::none_of(keys, [this](const char* key) {
    const auto next = faulty_.lower_bound(std::string(key) + ".");  // faults below the key begin like this
    return faulty_.contains(key) || (next != faulty_.end() && next->starts_with(std::string(key) + "."));
  });
}

}  // namespace lantian
