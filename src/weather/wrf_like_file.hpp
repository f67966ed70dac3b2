#pragma once

#include "lantian/config/diagnose_case.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/weather/diagnosed_weather.hpp"

#include <string>

namespace lantian {

/// All that one record of a diagnosed file holds.
struct DiagnosedHour {
  const DiagnosedSurface& surface;
  const DiagnosedAir& air;
  const DiagnosedWind& wind;
  const Array2<double>& rain_mm;  // since the first instant
};

/// A netCDF-4 file with the names, staggering and attributes of WRF output; real32.
///
/// Global attribute LANTIAN_DIAGNOSED_WIND = 1: no air passes the top.
/// @see Skamarock et al. (2019), A Description of the Advanced Research WRF Model Version 4, NCAR/TN-556+STR.
class WrfLikeFile {
 public:
  struct Place {
    const GridConfig& grid;
    const GridMetrics& metrics;
    const DiagnosedGround& ground;
    const Layers& layers;
  };
  WrfLikeFile(const std::string& path, const Place& place, UtcTime first);

  void append(const DiagnosedHour& hour);
  void finish() { writer_.finish(); }

 private:
  void define_variables();
  void write_attributes(UtcTime first);
  void put(const std::string& name, const Array3<double>& values);
  void put(const std::string& name, const Array2<double>& values);
  void append_ground();
  void append_columns(const DiagnosedHour& hour);
  void append_surface(const DiagnosedHour& hour);

  NetcdfWriter writer_;
  Place place_;
  std::size_t record_ = 0;
};

/// Faults of a grid that WRF files cannot say.
void check_wrf_projection(const GridConfig& grid, const std::string& path, Problems& problems);

}  // namespace lantian
