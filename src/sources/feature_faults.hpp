#pragma once

#include "lantian/base/errors.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lantian {

/// Where a feature stands, for messages: its number in the array `features`, from 0, and its name.
struct FeaturePlace {
  std::size_t index;
  std::string name;
};

/// Faults of the features of one file. Of each kind the first is told, with the number of features that have
/// it.
class FeatureFaults {
 public:
  explicit FeatureFaults(std::string path) : path_(std::move(path)) {}

  /// `mend` says what is allowed or how to mend; faults with the same are of one kind.
  void add(const FeaturePlace& at, const std::string& found, const std::string& mend);
  [[nodiscard]] bool empty() const { return kinds_.empty(); }
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Hands all of them to `problems`.
  void tell(Problems& problems) const;

 private:
  struct Kind {
    FeaturePlace at;
    std::string found, mend;
    int features;
    std::size_t last;  // feature that had it
  };
  std::string path_;
  std::vector<Kind> kinds_;
};

}  // namespace lantian
