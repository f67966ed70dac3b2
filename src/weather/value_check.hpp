#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lantian {

/// What a quantity of the weather may be.
struct ValueRange {
  std::string name;   // "T2", "P + PB"
  std::string units;  // "K", "Pa", "kg kg-1", "m s-1", "m", ...
  double least, most;
};

/// A sentence about the first value that is no number or lies outside; it recognises degrees Celsius for K,
/// hPa for Pa and g kg-1 for kg kg-1. Nothing when all is well.
///
/// @param place   file and time, the beginning of the sentence.
/// @param extent  lengths of the dimensions, slowest first, to name the cell.
/// @param origin  where the values begin in the file's dimensions; empty: at 0.
[[nodiscard]] std::optional<std::string> range_fault(const std::string& place, const ValueRange& range,
                                                     std::span<const double> values,
                                                     const std::vector<int>& extent,
                                                     const std::vector<int>& origin = {});

}  // namespace lantian
