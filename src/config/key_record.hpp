#pragma once

#include "lantian/base/errors.hpp"

#include <toml++/toml.h>

#include <initializer_list>
#include <map>
#include <set>
#include <string>

namespace lantian {

/// What the reading of one file has met: where each key stands and which are at fault. Checks across keys ask
/// it where to point, and whether the values they compare are worth comparing.
class KeyRecord {
 public:
  KeyRecord(std::string path, Problems& problems) : path_(std::move(path)), problems_(problems) {}

  /// A key stands at `node`.
  void found(const std::string& key, const toml::node& node);
  /// Adds the fault "place: key: sentence" and remembers the key as faulty. Its place is that of `node`, else
  /// of the key, else the file.
  void fault(const std::string& key, const std::string& sentence, const toml::node* node = nullptr);

  /// The file or a setting has this key.
  [[nodiscard]] bool is_given(const std::string& key) const { return place_of_key_.contains(key); }
  /// Nothing was wrong with any of these keys, nor below them.
  [[nodiscard]] bool is_sound(std::initializer_list<const char*> keys) const;

 private:
  std::string path_;
  Problems& problems_;
  std::map<std::string, std::string> place_of_key_;
  std::set<std::string> faulty_;
};

}  // namespace lantian
