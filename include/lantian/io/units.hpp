#pragma once

#include <string>

namespace lantian {

/// Factor and offset that turn a value in `from` into one in `to`, by UDUNITS: to = factor * from + offset.
struct UnitConversion {
  double factor, offset;
  [[nodiscard]] double operator()(double value) const { return factor * value + offset; }
};

/// @throws DataError "…: cannot convert "x" to "y"" with what was meant when the spelling is near.
[[nodiscard]] UnitConversion unit_conversion(const std::string& from, const std::string& to);
[[nodiscard]] bool units_are_convertible(const std::string& from, const std::string& to);

}  // namespace lantian
