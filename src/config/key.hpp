#pragma once

#include <limits>
#include <string>
#include <vector>

namespace lantian {

/// What is said of a key, once, for reading, printing and the reference page.
struct Key {
  std::string unit{};
  std::string meaning{};
  std::vector<std::string> allowed{};  // texts; empty: any
  double least = -std::numeric_limits<double>::max();
  double most = std::numeric_limits<double>::max();
  bool required = false;
};

}  // namespace lantian
