#pragma once

#include "lantian/base/time.hpp"
#include "lantian/grid/projection.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// What turns a unit of mole fractions into ppb; nothing when it is none.
[[nodiscard]] std::optional<double> ppb_of_mole_fraction(const std::string& unit);

/// Mixing ratios on longitude, latitude and height from a netCDF file: axes lon, lat, height [m above ground]
/// (optional) and time (optional, CF units "seconds|hours|days since ..."), in the order time, height, lat,
/// lon; species variables in ppb, ppm, mol mol-1 or ug m-3.
///
/// Nearest column, linear in height, the latest time that is not after the hour; nothing before the first
/// time nor beyond a step after the last.
class GriddedAir {
 public:
  /// @throws DataError, MissingFileError
  GriddedAir(const std::string& path, const std::vector<std::string>& species);

  /// Fault when a place lies further from the nearest column than columns lie from each other.
  void check_reach(LonLat place) const;

  struct Value {
    double value;  // ppb, or ug m-3
    bool is_ug_m3;
  };
  [[nodiscard]] std::optional<Value> at(const std::string& species, UtcTime hour, LonLat place,
                                        double height_m) const;

 private:
  struct Variable {
    std::vector<double> values;  // [time][height][lat][lon]
    double to_ppb = 1.0;
    bool is_ug_m3 = false;
  };
  [[nodiscard]] std::optional<std::size_t> record(UtcTime hour) const;
  std::string path_;
  std::vector<double> lon_, lat_, height_m_;
  std::vector<UtcTime> times_;
  std::map<std::string, Variable> variables_;
};

}  // namespace lantian
