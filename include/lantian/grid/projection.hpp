#pragma once

#include <memory>
#include <string>

namespace lantian {

struct LonLat {
  double longitude_deg, latitude_deg;
};
struct ProjectedPoint {
  double x_m, y_m;  // degrees for a lon-lat grid
};

/// A map projection, by PROJ. Latitudes are taken as they are on the projection's own sphere (no datum
/// shift), as WRF does.
class Projection {
 public:
  /// `definition` is a PROJ string, e.g. "+proj=lcc +lat_1=30 +lat_2=60 +lat_0=36 +lon_0=120 +R=6370000".
  /// @throws ConfigError when PROJ refuses it.
  explicit Projection(std::string definition);

  [[nodiscard]] ProjectedPoint forward(LonLat point) const;
  [[nodiscard]] LonLat inverse(ProjectedPoint point) const;
  [[nodiscard]] bool is_lon_lat() const;
  [[nodiscard]] const std::string& definition() const { return definition_; }
  /// Well-known text (WKT2) for `crs_wkt`.
  [[nodiscard]] std::string wkt() const;
  /// Length on the map over length on the sphere along x and y; 1, 1 for lon-lat (whose metres come from the
  /// sphere).
  struct Scale {
    double x, y;
  };
  [[nodiscard]] Scale map_factor(LonLat point) const;
  /// Angle from true north to grid north [rad], positive clockwise; turns grid-relative winds to
  /// earth-relative.
  [[nodiscard]] double grid_convergence_rad(LonLat point) const;

 private:
  struct Handle;
  std::string definition_;
  std::shared_ptr<const Handle> handle_;
};

}  // namespace lantian
