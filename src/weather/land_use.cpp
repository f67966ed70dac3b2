#include "land_use.hpp"

#include "lantian/base/text.hpp"

#include <array>
#include <cstddef>

namespace lantian {

namespace {

constexpr std::array<LandUseClass, land_use_class_count> classes = {{
    {"water", 2.0e-4},  // open water: Zhang's z0 depends on the wind; this is Charnock's at about 6 m/s
    {"ice", 0.01},
    {"inland_lake", 2.0e-4},
    {"evergreen_needleleaf", 0.9},
    {"evergreen_broadleaf", 2.0},
    {"deciduous_needleleaf", 0.65},
    {"deciduous_broadleaf", 0.7},
    {"tropical_broadleaf", 2.5},
    {"drought_deciduous", 0.6},
    {"evergreen_broadleaf_shrub", 0.2},
    {"deciduous_shrub", 0.12},
    {"thorn_shrub", 0.2},
    {"short_grass_forbs", 0.04},
    {"long_grass", 0.06},
    {"crops", 0.06},
    {"rice", 0.06},
    {"sugar", 0.06},
    {"maize", 0.06},
    {"cotton", 0.1},
    {"irrigated_crops", 0.05},
    {"urban", 1.0},
    {"tundra", 0.03},
    {"swamp", 0.1},
    {"desert", 0.04},
    {"mixed_wood", 0.75},
    {"transitional_forest", 0.75},
}};

// Category n of the table stands at n - 1; 0: unused.
constexpr std::array<int, 33> usgs = {21, 15, 20, 15, 15, 26, 13, 11, 11, 14, 7, 6, 5, 4,  25, 1, 23,
                                      23, 24, 22, 22, 22, 22, 2,  24, 24, 24, 3, 0, 0, 21, 21, 21};
constexpr std::array<int, 61> modis = {
    4, 5, 6, 7, 25, 11, 11, 26, 14, 13, 23, 15, 21, 15, 2,  24, 1,  22, 22, 22,  // 1-20
    3, 0, 0, 0, 0,  0,  0,  0,  0,  0,  21, 21, 21, 0,  0,  0,  0,  0,  0,  0,   // 21-40: lake, urban
    0, 0, 0, 0, 0,  0,  0,  0,  0,  0,  21, 21, 21, 21, 21, 21, 21, 21, 21, 21,  // 51-60: local climate zones
    21};

}  // namespace

const LandUseClass& land_use_class(int number) {
  return classes[static_cast<std::size_t>(number - 1)];
}

std::optional<int> land_use_number(const std::string& name) {
  for (std::size_t n = 0; n < classes.size(); ++n)
    if (name == classes[n].name) return static_cast<int>(n) + 1;
  return std::nullopt;
}

std::vector<std::string> land_use_names() {
  std::vector<std::string> names;
  names.reserve(classes.size());
  for (const auto& one : classes) names.emplace_back(one.name);
  return names;
}

std::optional<int> zhang_class(const std::string& table, int category) {
  if (category < 1) return std::nullopt;
  const auto n = static_cast<std::size_t>(category - 1);
  int number = 0;
  if (table == "USGS" && n < usgs.size()) number = usgs[n];
  if (table == "MODIS" && n < modis.size()) number = modis[n];
  return number == 0 ? std::nullopt : std::optional<int>(number);
}

std::string land_use_table(const std::string& mminlu, int category_count) {
  const std::string name = lower_case(mminlu);
  if (name.find("usgs") != std::string::npos) return "USGS";
  if (name.find("modi") != std::string::npos) return "MODIS";
  if (!name.empty()) return "";
  switch (category_count) {
    case 24:
    case 28:
    case 33:
      return "USGS";
    case 20:
    case 21:
    case 41:
    case 61:
      return "MODIS";
    default:
      return "";
  }
}

}  // namespace lantian
