#include "value_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace lantian {

namespace {

/// "[k=2][j=0][i=7]" of position n, counted from 0 at the origin.
std::string cell_name(std::size_t n, const std::vector<int>& extent, const std::vector<int>& origin) {
  static constexpr const char* letters[] = {"k", "j", "i"};
  std::vector<std::size_t> index(extent.size());
  for (std::size_t d = extent.size(); d-- > 0;) {
    index[d] = n % static_cast<std::size_t>(extent[d]);
    n /= static_cast<std::size_t>(extent[d]);
  }
  std::string name;
  const std::size_t first = index.size() <= 3 ? 3 - index.size() : 0;
  for (std::size_t d = 0; d < index.size(); ++d)
    name += fmt::format("[{}={}]", letters[std::min(first + d, std::size_t{2})],
                        index[d] + (d < origin.size() ? static_cast<std::size_t>(origin[d]) : 0));
  return name;
}

/// What the values would be in another unit that people mix up with this one; empty when none fits.
std::string lookalike(const ValueRange& range, double lowest, double highest) {
  const double largest = std::max(std::fabs(lowest), std::fabs(highest));
  if (largest >= 1.0e15 || lowest == -999.0 || lowest == -9999.0 || lowest == -32768.0)
    return " It looks like a fill value: name it in the variable's _FillValue, and give every cell a value.";
  if (range.units == "K" && lowest > -90.0 && highest < 60.0)
    return " It looks like degrees Celsius: add 273.15.";
  if (range.units == "Pa" && lowest > 0.0 && highest < 1200.0) return " It looks like hPa: multiply by 100.";
  if (range.units == "kg kg-1" && lowest >= 0.0 && highest < 60.0 && highest > range.most)
    return " It looks like g kg-1: divide by 1000.";
  if (range.units == "m s-1" && largest > 2.0 * range.most && largest <= 100.0 * range.most)
    return " It looks like cm s-1: divide by 100.";
  if (range.units == "m" && lowest > range.most && highest <= 1000.0 * range.most)
    return " It looks like mm: divide by 1000.";
  return "";
}

}  // namespace

std::optional<std::string> range_fault(const std::string& place, const ValueRange& range,
                                       std::span<const double> values, const std::vector<int>& extent,
                                       const std::vector<int>& origin) {
  double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
  std::size_t first_bad = values.size();
  bool is_number = true;
  for (std::size_t n = 0; n < values.size(); ++n) {
    const double value = values[n];
    if (!std::isfinite(value)) {
      if (is_number) first_bad = n;
      is_number = false;
      continue;
    }
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
    if ((value < range.least || value > range.most) && first_bad == values.size()) first_bad = n;
  }
  if (first_bad == values.size()) return std::nullopt;
  const std::string cell = cell_name(first_bad, extent, origin);
  if (!is_number)
    return fmt::format("{}: {} holds no number at {} (NaN or fill value); every cell needs one.", place,
                       range.name, cell);
  return fmt::format(
      "{}: {} is {:.6g} at {}; expected {:g} to {:g} {} (the field runs from {:.6g} to {:.6g}).{}", place,
      range.name, values[first_bad], cell, range.least, range.most, range.units, lowest, highest,
      lookalike(range, lowest, highest));
}

}  // namespace lantian
