#pragma once

#include <string>

namespace lantian {

/// A variable of an output file, in the words of the CF conventions.
struct OutputVariable {
  enum class Extent { plane, layers, fixed_plane };  // hourly, hourly on all layers, written once

  std::string name, long_name, units;
  std::string standard_name = {};  // of the CF table; empty: none
  std::string cell_methods = "time: mean";
  Extent extent = Extent::plane;
  bool is_double = false;  // 64-bit numbers, for layers
};

}  // namespace lantian
