#pragma once

#include <map>
#include <string>
#include <vector>

namespace lantian {

/// [[sector]]: stations that speak for the air from a direction.
struct StationSector {
  std::string name;
  double azimuth_deg = 0.0;           // from the middle of the domain, clockwise from north
  std::vector<std::string> stations;  // their mean is taken
};

/// How a series of stations becomes boundary air.
struct StationRules {
  double utc_offset_h = 8.0;
  std::string stamp = "end";  // what a time stands for: end or begin of its hour
  int day_begin_h = 11;       // local hours whose values fill the mixed layer
  int day_end_h = 18;
  double day_depth_m = 0.0;        // they reach at least so high: the mixed layer where the stations stand
  double night_depth_m = 120.0;    // at other hours station values hold below this height
  double residual_top_m = 1500.0;  // and the last afternoon's air holds above it, up to here
  std::vector<StationSector> sector;
  std::map<std::string, double> pm25_split = {{"PPM25", 1.0}};  // shares of PM2.5 by species; add up to 1
  double no_per_no2 = 0.05;  // NO that stands beside observed NO2, by volume, in daylight hours
};

/// Reads the rules file. @throws ConfigError, MissingFileError with every fault.
[[nodiscard]] StationRules read_station_rules(const std::string& path);

}  // namespace lantian
