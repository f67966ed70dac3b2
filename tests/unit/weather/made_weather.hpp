#pragma once

#include "lantian/config/case.hpp"
#include "lantian/grid/projection.hpp"
#include "lantian/weather/meteorology.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace lantian {

/// A small WRF-like file of a standard atmosphere over a hill, for tests: right by default, wrong where
/// asked.
struct MadeWeather {
  int map_projection = 1;
  double true_latitude_1 = 30.0, true_latitude_2 = 60.0, standard_longitude = 118.0;
  double origin_latitude = 36.0;
  LonLat first{120.0, 36.0};  // centre of the first cell
  double cell_size_m = 5000.0;
  int columns = 12, rows = 10, layers = 18, records = 3;
  int interval_s = 3600;
  std::string start = "2020-04-01T00:00:00Z";
  double hill_m = 200.0;
  double top_m = 16000.0;
  bool has_own_top = true;  // P_TOP says that the top is the weather's own
  bool static_with_time = true;
  bool has_own_diffusivity = false;  // EXCH_H
  double mean_flux = 0.0;            // AVGFLX_*: so many times what U and V carry; 0: not written
  bool has_land_use_shares = false;  // LANDUSEF: a quarter city, three quarters crops; water in one corner
  double snow_m = 0.0;               // SNOWH, growing by as much with each record; 0: not written
  int east_per_record = 0;           // cells that a moving nest goes
  std::set<std::string> without;
  std::map<std::string, double> attributes;  // replaces or adds
  /// Changes a field before it is written: name, record, values.
  std::function<void(const std::string&, int, std::vector<double>&)> change;

  /// Centre of a cell by the closed formulas of Snyder (1987) on the sphere, not by PROJ.
  [[nodiscard]] LonLat centre(int j, double i) const;
  void write(const std::string& path) const;
};

/// A folder of one test's own, empty at its start and removed at its end.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

/// How far the fluxes of an hour miss the air of its end: max |M_begin - 3600 div - M_end|/M_end.
[[nodiscard]] double mismatch(const WeatherHour& hour);

/// A case of two hours with this weather.
[[nodiscard]] Case two_hours(const std::vector<std::string>& files);

}  // namespace lantian
