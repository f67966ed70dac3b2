#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/base/time.hpp"
#include "lantian/grid/projection.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// What one station tells of one instant.
struct SurfaceRecord {
  double temperature_k;
  double relative_humidity;  // 0 to 1
  double wind_east_m_s, wind_north_m_s;
  double sea_level_pressure_pa;
  double cloud_fraction;
  double rain_mm_h;  // of the hour that ends at this instant
};

struct SurfaceStation {
  std::string name;
  LonLat place{};
  std::optional<bool> is_at_sea;  // when the table says so
  std::map<UtcTime, SurfaceRecord> records;
};

/// Hourly surface records of some stations.
class SurfaceRecords {
 public:
  /// Reads a CSV (columns: see [inputs] surface). Faults go to `problems`: missing columns, values out of
  /// their range, with the unit they look like, repeated instants.
  SurfaceRecords(const std::string& path, Problems& problems);

  [[nodiscard]] const std::vector<SurfaceStation>& stations() const { return stations_; }
  [[nodiscard]] UtcTime first() const;
  /// Says which hours between `begin` and `end` no station tells of.
  void check_cover(UtcTime begin, UtcTime end, Problems& problems) const;

 private:
  std::string path_;
  std::vector<SurfaceStation> stations_;
};

}  // namespace lantian
