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
  int day_begin_h = 11;  // local hours of the afternoon: its mean speaks for the air above the mixed layer
  int day_end_h = 18;
  double day_depth_m =
      0.0;  // in the afternoon values reach at least so high: the mixed layer of the stations
  double night_depth_m = 120.0;    // at all hours they fill the edge's mixed layer, and at least this depth
  double residual_top_m = 1500.0;  // above that, up to here, the air of the afternoons before and after
  std::vector<StationSector> sector;
  std::map<std::string, double> pm25_split = {{"PPM25", 1.0}};  // shares of PM2.5 by species; add up to 1
  double no_per_no2 = 0.05;  // NO that stands beside observed NO2, by volume, in daylight hours
};

/// Reads the rules file. @throws ConfigError, MissingFileError with every fault.
[[nodiscard]] StationRules read_station_rules(const std::string& path);

}  // namespace lantian
