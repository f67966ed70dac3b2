#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// Land use as the deposition scheme knows it: the 26 classes of Zhang et al. (2003), numbered from 1.
/// Their z0 are the middle of the yearly range.
///
/// @see Zhang, Brook & Vet (2003), Atmos. Chem. Phys. 3, 2067, table 1.
struct LandUseClass {
  const char* name;
  double roughness_length_m;
};
inline constexpr int land_use_class_count = 26;
inline constexpr int land_use_water = 1;
inline constexpr int land_use_urban = 21;

/// @pre 1 <= number <= 26
[[nodiscard]] const LandUseClass& land_use_class(int number);

/// Number of a class by its name ("urban"); nothing when unknown.
[[nodiscard]] std::optional<int> land_use_number(const std::string& name);
[[nodiscard]] std::vector<std::string> land_use_names();

/// Zhang class of a category of WRF's USGS (24, 28 or 33) or MODIS (20, 21, 41, 61) table; nothing when the
/// table has no such category.
///
/// @see the LANDUSE.TBL and VEGPARM.TBL that WRF reads, for the categories.
[[nodiscard]] std::optional<int> zhang_class(const std::string& table, int category);

/// "USGS" or "MODIS" from the attribute MMINLU, or from NUM_LAND_CAT when that is empty; else empty.
[[nodiscard]] std::string land_use_table(const std::string& mminlu, int category_count);

}  // namespace lantian
