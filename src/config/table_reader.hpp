#pragma once

#include "key.hpp"
#include "key_record.hpp"

#include "lantian/base/time.hpp"
#include "lantian/config/case.hpp"

#include <toml++/toml.h>

#include <array>
#include <map>
#include <string>
#include <vector>

namespace lantian {

/// Visitor that fills a struct from a TOML table: checks types, ranges and allowed words, and refuses unknown
/// keys. Faults go to `record`; the struct keeps its default where one is found.
class TableReader {
 public:
  /// `prefix` stands before each key in messages: "run." for the table [run].
  TableReader(const toml::table& table, std::string prefix, KeyRecord& record)
      : table_(table), prefix_(std::move(prefix)), record_(record) {}

  template <class Value>
  void key(const std::string& name, Value& value, const Key& key) {
    known_.push_back(name);
    const toml::node* node = table_.get(name);
    if (node == nullptr) {
      if (key.required) record_.fault(prefix_ + name, "is missing: " + key.meaning);
      return;
    }
    record_.found(prefix_ + name, *node);
    read(*node, prefix_ + name, value, key);
    if (key.required) refuse_empty(*node, prefix_ + name, key);
  }
  template <class Struct>
  void table(const std::string& name, Struct& value, const std::string&);
  template <class Struct>
  void tables(const std::string& name, std::vector<Struct>& values, const std::string&);

  /// Faults for keys that nobody has declared.
  void refuse_unknown() const;

 private:
  void read(const toml::node& node, const std::string& key_path, std::string& value, const Key& key);
  void read(const toml::node& node, const std::string& key_path, double& value, const Key& key);
  void read(const toml::node& node, const std::string& key_path, int& value, const Key& key);
  void read(const toml::node& node, const std::string& key_path, bool& value, const Key& key);
  void read(const toml::node& node, const std::string& key_path, Switch& value, const Key& key);
  void read(const toml::node& node, const std::string& key_path, UtcTime& value, const Key& key);
  void read(const toml::node& node, const std::string& key_path, std::vector<std::string>& value,
            const Key& key);
  void read(const toml::node& node, const std::string& key_path, std::vector<double>& value, const Key& key);
  void read(const toml::node& node, const std::string& key_path, std::array<int, 4>& value, const Key& key);
  void read(const toml::node& node, const std::string& key_path, std::map<std::string, std::string>& value,
            const Key& key);
  void read(const toml::node& node, const std::string& key_path, std::map<std::string, double>& value,
            const Key& key);
  const toml::array* elements(const toml::node& node, const std::string& key_path, const std::string& of);
  const toml::table* entries(const toml::node& node, const std::string& key_path);
  void wrong_type(const toml::node& node, const std::string& key_path, const std::string& needed);
  void refuse_empty(const toml::node& node, const std::string& key_path, const Key& key);
  bool is_in_range(const toml::node& node, const std::string& key_path, double given, const Key& key);

  const toml::table& table_;
  std::string prefix_;
  KeyRecord& record_;
  std::vector<std::string> known_;
};

template <class Struct>
void TableReader::table(const std::string& name, Struct& value, const std::string&) {
  known_.push_back(name);
  static const toml::table empty;
  const toml::node* node = table_.get(name);
  if (node != nullptr && !node->is_table()) return wrong_type(*node, prefix_ + name, "a table");
  TableReader inner(node != nullptr ? *node->as_table() : empty, prefix_ + name + ".", record_);
  declare(inner, value);
  inner.refuse_unknown();
}

template <class Struct>
void TableReader::tables(const std::string& name, std::vector<Struct>& values, const std::string&) {
  known_.push_back(name);
  const toml::node* node = table_.get(name);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  if (array == nullptr)
    return wrong_type(*node, prefix_ + name, "an array of tables ([[" + prefix_ + name + "]])");
  for (std::size_t n = 0; n < array->size(); ++n) {
    const toml::node& element = *array->get(n);
    const std::string path = prefix_ + name + "." + std::to_string(n);
    if (!element.is_table()) {
      wrong_type(element, path, "a table");
      continue;
    }
    TableReader inner(*element.as_table(), path + ".", record_);
    declare(inner, values.emplace_back());
    inner.refuse_unknown();
  }
}

}  // namespace lantian
