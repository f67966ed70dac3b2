#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/field/array.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/weather/grid_metrics.hpp"

#include <optional>
#include <string>

namespace lantian {

/// What lies under the cells of a diagnosed grid.
struct DiagnosedGround {
  Array2<double> terrain_m;      // above sea level
  Array2<double> land_fraction;  // 0 to 1
  Array2<int> land_use;          // category of MODIFIED_IGBP_MODIS_NOAH
  Array2<double> roughness_length_m;

  [[nodiscard]] bool is_land(int j, int i) const { return land_fraction(j, i) >= 0.5; }
  [[nodiscard]] bool is_urban(int j, int i) const { return land_use(j, i) == 13; }
};

/// Reads terrain, land and land use from a netCDF on any longitudes and latitudes: the points within a cell
/// are averaged (land use: the commonest), cells without a point take their nearest neighbour's.
///
/// Variables: terrain_m, land_fraction, land_use (optional: crops), lon, lat (or longitude, latitude), one-
/// or two-dimensional. Faults go to `problems`.
[[nodiscard]] DiagnosedGround read_ground(const std::string& path, const HorizontalGrid& grid,
                                          Problems& problems);

/// Distance from a cell to the first cell of the other kind (sea for a cell on land, land for one at sea),
/// walking in one direction; nothing when the walk leaves the grid or gets longer than `most_m`.
class CoastWalk {
 public:
  /// @param least_run_m  the other kind counts when it goes on for so long, or to the end of the walk: a bay
  /// may
  ///                     be passed over.
  CoastWalk(const DiagnosedGround& ground, const GridMetrics& metrics, double most_m,
            double least_run_m = 0.0)
      : ground_(ground), cell_m_(metrics.depth_m(0, 0)), most_m_(most_m), least_run_m_(least_run_m) {}

  /// @param x, y  direction to walk along the grid's axes, of any length but 0.
  [[nodiscard]] std::optional<double> distance_m(HorizontalGrid::Cell from, double x, double y) const;
  /// Mean of a function of that distance over five walks within 30 degrees of the direction, so that a single
  /// headland or bay casts no sharp shadow.
  template <class Work>
  [[nodiscard]] double fan_mean(HorizontalGrid::Cell from, double x, double y, Work of_distance) const {
    constexpr double cosine[] = {0.866025404, 0.965925826, 1.0, 0.965925826,
                                 0.866025404};  // -30, -15, 0, 15, 30
    constexpr double sine[] = {-0.5, -0.258819045, 0.0, 0.258819045, 0.5};
    double sum = 0.0;
    for (int n = 0; n < 5; ++n)
      sum += of_distance(distance_m(from, x * cosine[n] - y * sine[n], x * sine[n] + y * cosine[n]));
    return sum / 5.0;
  }

 private:
  const DiagnosedGround& ground_;
  double cell_m_, most_m_, least_run_m_;
};

}  // namespace lantian
