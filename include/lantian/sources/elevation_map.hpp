#pragma once

#include "lantian/grid/projection.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

class NetcdfReader;

/// Heights of the ground at the crossings of axes of longitude and latitude, in a part of a netCDF file.
class ElevationMap {
 public:
  struct Box {
    double west_deg, east_deg, south_deg, north_deg;
  };
  struct Wants {
    std::string variable;           // on (lat, lon); a length by its attribute units, metres without
    double least_m = 0.0;           // lower heights count as this: depths of the sea
    double hill_reach_m = 30000.0;  // hills further from a place do not count
  };

  /// Reads the points in a box and one more around it.
  /// @throws MissingFileError; DataError for axes, units or heights that cannot be.
  ElevationMap(const std::string& path, Wants wants, const Box& box);

  /// Height of the ground, linear between four points [m above sea level]; nothing beyond the map.
  [[nodiscard]] std::optional<double> height_m(LonLat place) const;

  /// The height scale of hills: the greatest height of a point that rises over the place by a tenth of its
  /// distance or more; the place's own height when none does.
  ///
  /// @param ground_m  height of the place above sea level.
  /// @see EPA-454/B-18-004, user's guide of AERMAP, section 2.1.2 (slope of 10 %).
  [[nodiscard]] double hill_height_m(LonLat place, double ground_m) const;

  /// Distance from the place to the nearest edge of what was read [m].
  [[nodiscard]] double distance_to_edge_m(LonLat place) const;
  [[nodiscard]] const Box& box() const { return box_; }
  [[nodiscard]] std::size_t lowered() const { return lowered_; }  // points below `least_m`

 private:
  struct Axis {
    std::vector<double> deg;  // rising
    std::size_t first = 0;    // in the file
    bool falls = false;       // in the file
  };
  /// A block of points and its highest one.
  struct Block {
    std::size_t first_row, end_row, first_column, end_column;
    double highest_m;
  };
  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    return height_m_[row * lon_.deg.size() + column];
  }
  [[nodiscard]] double along_axis(double longitude_deg) const;
  [[nodiscard]] static Axis read_axis(const NetcdfReader& file, const std::string& name, double low,
                                      double high, bool turns_round);
  void read_heights(const NetcdfReader& file);
  void check_heights();
  void make_blocks();

  std::string path_;
  Wants wants_;
  Axis lon_, lat_;
  Box box_{};
  std::vector<double> height_m_;  // [row from south][column from west]
  std::vector<Block> blocks_;
  std::size_t lowered_ = 0;
};

}  // namespace lantian
