#pragma once

#include "lantian/base/time.hpp"
#include "lantian/grid/projection.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/output_variable.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace lantian {

/// A place whose time series is written.
struct Station {
  std::string name, district;
  LonLat place{};
};

/// Hourly means at stations as one CF-1.8 file of discrete sampling geometry (featureType timeSeries),
/// written by one process. Variables have the dimensions (time, station); a time stands for the end of its
/// averaging hour, its bounds say which. Files appear under their name when they are finished, as
/// NetcdfWriter's do.
///
/// @see CF Metadata Conventions 1.8, chapter 9 and appendix H.2.1.
class StationWriter {
 public:
  /// @throws OutputError
  StationWriter(const std::string& path, const std::vector<Station>& stations,
                const std::vector<OutputVariable>& variables,
                const std::map<std::string, std::string>& attributes);

  void append_hour(UtcTime begin, UtcTime end);
  /// One value a station for the hour begun last.
  void write(const std::string& variable, const std::vector<double>& values);
  /// Adds attributes of the file and gives it its name. @throws OutputError
  void finish(const std::map<std::string, std::string>& attributes = {});

 private:
  NetcdfWriter file_;
  std::size_t station_count_;
  std::size_t hours_ = 0;
};

}  // namespace lantian
