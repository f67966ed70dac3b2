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
  // Values fill the edge's mixed layer, at least so high in the afternoon and at all hours; above that, up to
  // the top, lies air between the afternoons before and after.
  double day_depth_m = 0.0;
  double night_depth_m = 120.0;
  double residual_top_m = 1500.0;
  std::vector<StationSector> sector;
  std::map<std::string, double> pm25_split = {{"PPM25", 1.0}};  // shares of PM2.5 by species; add up to 1
  std::map<std::string, double>
      scale_height_m;        // by pollutant: its value thins out upwards to 1/e; else uniform
  double no_per_no2 = 0.05;  // NO that stands beside observed NO2, by volume, in daylight hours
};

/// Reads the rules file. @throws ConfigError, MissingFileError with every fault.
[[nodiscard]] StationRules read_station_rules(const std::string& path);

}  // namespace lantian
