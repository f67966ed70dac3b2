#pragma once

#include "lantian/base/constants.hpp"
#include "lantian/base/time.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <numbers>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

/// A small file that looks like WRF output: hydrostatic standard atmosphere with moisture, wind that turns
/// and strengthens with height, a day's course of sun and mixing. Members that mend or break it come last.
struct TinyWrf {
  int columns = 12, rows = 10, layers = 12;
  double cell_size_m = 3000.0;
  int map_proj = 1;  // 1 Lambert, 2 polar stereographic, 3 Mercator, 6 longitude-latitude
  double centre_longitude_deg = 120.3, centre_latitude_deg = 36.2;
  double true_latitude_1_deg = 30.0, true_latitude_2_deg = 60.0, stand_longitude_deg = 120.0;
  UtcTime start = from_civil(2020, 3, 30, 12);
  int records = 4, interval_s = 3600;
  double top_m = 12000.0;                                               // above sea level
  double hill_m = 0.0;                                                  // height of a hill in the middle
  double wind_x_m_s = 4.0, wind_y_m_s = 1.0;                            // at 10 m
  double shear_per_km = 0.4;                                            // added share of the wind, each km
  double wind_change_per_h = 0.0;                                       // added share of the wind, each hour
  double ground_temperature_k = 288.15, ground_pressure_pa = 101325.0;  // at sea level
  double ground_vapour_kg_kg = 0.006;
  double rain_mm_h = 0.0, cloud_water_kg_kg = 0.0;
  bool has_sea = true;  // the eastern third is water

  NetcdfWriter::Format format = NetcdfWriter::Format::netcdf4;
  std::set<std::string> without;                            // variables left out
  std::map<std::string, std::pair<double, double>> scaled;  // written as factor * value + offset
  std::set<std::string> without_time;                       // fixed fields that have no Time dimension
  std::set<std::string> with_nan;                           // the first value of each record is NaN
  std::set<int> missing_records;                            // gaps in time
  std::map<std::string, double> attributes;                 // global numbers, replaced or added
  std::map<std::string, std::string> units;                 // of variables, in place of WRF's
  bool swaps_longitude_and_latitude = false;
  std::set<std::string> transposed;  // written [west_east][south_north]
};

namespace tiny_wrf {

inline GridConfig grid_config(const TinyWrf& wrf) {
  GridConfig config;
  config.projection = wrf.map_proj == 1   ? "lambert"
                      : wrf.map_proj == 2 ? "polar_stereographic"
                      : wrf.map_proj == 3 ? "mercator"
                                          : "lon_lat";
  config.sphere_radius_m = wrf_sphere_radius_m;
  config.standard_parallel_1_deg = wrf.true_latitude_1_deg;
  config.standard_parallel_2_deg = wrf.true_latitude_2_deg;
  config.central_meridian_deg = wrf.stand_longitude_deg;
  config.origin_latitude_deg = wrf.centre_latitude_deg;
  config.centre_longitude_deg = wrf.centre_longitude_deg;
  config.centre_latitude_deg = wrf.centre_latitude_deg;
  config.cell_size_m = wrf.cell_size_m;
  config.cell_size_deg = wrf.cell_size_m / (wrf_sphere_radius_m * std::numbers::pi / 180.0);
  config.columns = wrf.columns;
  config.rows = wrf.rows;
  return config;
}

inline double terrain_m(const TinyWrf& wrf, double row, double column) {
  const double dy = (row - 0.5 * (wrf.rows - 1)) / (0.15 * wrf.rows),
               dx = (column - 0.5 * (wrf.columns - 1)) / (0.15 * wrf.columns);
  return wrf.hill_m * std::exp(-0.5 * (dx * dx + dy * dy));
}

/// Interface k above sea level; layers widen upwards.
inline double interface_m(const TinyWrf& wrf, int k, double terrain) {
  return terrain + (wrf.top_m - terrain) * std::pow(static_cast<double>(k) / wrf.layers, 1.8);
}

inline double temperature_k(const TinyWrf& wrf, double height_m) {
  return wrf.ground_temperature_k - 0.0065 * std::min(height_m, 11000.0);
}

inline double vapour_kg_kg(const TinyWrf& wrf, double height_m) {
  return wrf.ground_vapour_kg_kg * std::exp(-height_m / 2500.0);
}

/// Hydrostatic: midpoint rule over dz/Tv in steps of at most 20 m.
inline double pressure_pa(const TinyWrf& wrf, double height_m) {
  const int steps = 1 + static_cast<int>(std::fabs(height_m) / 20.0);
  double integral = 0.0;
  for (int n = 0; n < steps; ++n) {
    const double z = height_m * (n + 0.5) / steps, q = vapour_kg_kg(wrf, z);
    constexpr double ratio = water_vapour_gas_constant_j_kg_k / dry_air_gas_constant_j_kg_k;
    integral += height_m / steps / (temperature_k(wrf, z) * (1.0 + ratio * q) / (1.0 + q));
  }
  return wrf.ground_pressure_pa * std::exp(-gravity_m_s2 / dry_air_gas_constant_j_kg_k * integral);
}

inline double wind_share(const TinyWrf& wrf, double above_ground_m) {
  return (1.0 + wrf.shear_per_km * above_ground_m / 1000.0) *
         std::pow(std::max(above_ground_m, 1.0) / 10.0, above_ground_m < 10.0 ? 0.2 : 0.0);
}

/// Sine of the sun's height at the centre, by a plain equinox sun: 0 at night.
inline double sun(const TinyWrf& wrf, UtcTime time) {
  const CivilTime clock = civil_time(time, wrf.centre_longitude_deg / 15.0);
  const double hour = clock.hour + clock.minute / 60.0;
  return std::max(0.0, std::sin((hour - 6.0) / 12.0 * std::numbers::pi));
}

inline bool is_sea(const TinyWrf& wrf, int column) {
  return wrf.has_sea && 3 * column >= 2 * wrf.columns;
}

/// Writes one file, variable by variable.
class File {
 public:
  File(const std::string& path, const TinyWrf& wrf)
      : wrf_(wrf), grid_(HorizontalGrid::from_config(grid_config(wrf))), file_(path, wrf.format) {
    for (int n = 0; n < wrf.records; ++n)
      if (!wrf.missing_records.contains(n))
        times_.push_back(wrf.start.plus_seconds(static_cast<long long>(n) * wrf.interval_s));
  }

  void write() {
    define();
    write_times();
    write_positions();
    write_volumes();
    write_winds();
    write_ground();
    file_.finish();
  }

 private:
  enum class Stag { none, x, y, z };
  /// Value at (time, k, j, i); for a plane k is 0.
  using Value = std::function<double(UtcTime, int, int, int)>;

  [[nodiscard]] bool has(const std::string& name) const { return !wrf_.without.contains(name); }
  [[nodiscard]] double terrain(double j, double i) const { return terrain_m(wrf_, j, i); }
  [[nodiscard]] double middle_m(int k, double ground) const {
    return 0.5 * (interface_m(wrf_, k, ground) + interface_m(wrf_, k + 1, ground));
  }

  void define_one(const std::string& name, bool is_volume, Stag stag, const std::string& units) {
    if (!has(name)) return;
    std::vector<std::string> dimensions = {stag == Stag::y ? "south_north_stag" : "south_north",
                                           stag == Stag::x ? "west_east_stag" : "west_east"};
    if (wrf_.transposed.contains(name)) std::swap(dimensions[0], dimensions[1]);
    if (is_volume) dimensions.insert(dimensions.begin(), stag == Stag::z ? "bottom_top_stag" : "bottom_top");
    if (!wrf_.without_time.contains(name)) dimensions.insert(dimensions.begin(), "Time");
    file_.variable(name, NetcdfWriter::Type::real32, dimensions);
    file_.attribute(name, "units", wrf_.units.contains(name) ? wrf_.units.at(name) : units);
    file_.attribute(name, "stagger",
                    stag == Stag::x   ? "X"
                    : stag == Stag::y ? "Y"
                    : stag == Stag::z ? "Z"
                                      : "");
  }

  void define() {
    const auto size = [](int n) { return static_cast<std::size_t>(n); };
    file_.dimension("Time", 0);
    file_.dimension("DateStrLen", 19);
    file_.dimension("west_east", size(wrf_.columns));
    file_.dimension("south_north", size(wrf_.rows));
    file_.dimension("bottom_top", size(wrf_.layers));
    file_.dimension("west_east_stag", size(wrf_.columns + 1));
    file_.dimension("south_north_stag", size(wrf_.rows + 1));
    file_.dimension("bottom_top_stag", size(wrf_.layers + 1));
    if (has("Times")) file_.variable("Times", NetcdfWriter::Type::text, {"Time", "DateStrLen"});
    define_one("U", true, Stag::x, "m s-1");
    define_one("V", true, Stag::y, "m s-1");
    for (const char* name : {"W", "PH", "PHB"})
      define_one(name, true, Stag::z, name[0] == 'W' ? "m s-1" : "m2 s-2");
    for (const auto& [name, units] : volumes) define_one(name, true, Stag::none, units);
    for (const auto& [name, units] : planes) define_one(name, false, Stag::none, units);
    define_attributes();
  }

  void define_attributes() {
    std::map<std::string, double> numbers = {{"DX", wrf_.cell_size_m},
                                             {"DY", wrf_.cell_size_m},
                                             {"CEN_LAT", wrf_.centre_latitude_deg},
                                             {"CEN_LON", wrf_.centre_longitude_deg},
                                             {"TRUELAT1", wrf_.true_latitude_1_deg},
                                             {"TRUELAT2", wrf_.true_latitude_2_deg},
                                             {"MOAD_CEN_LAT", wrf_.centre_latitude_deg},
                                             {"STAND_LON", wrf_.stand_longitude_deg},
                                             {"POLE_LAT", 90.0},
                                             {"POLE_LON", 0.0}};
    for (const auto& [name, value] : wrf_.attributes) numbers[name] = value;
    const int map_proj = numbers.contains("MAP_PROJ") ? static_cast<int>(numbers["MAP_PROJ"]) : wrf_.map_proj;
    numbers.erase("MAP_PROJ");
    file_.attribute("", "TITLE", "OUTPUT FROM WRF V4.0 MODEL");
    file_.attribute("", "MMINLU", "USGS");
    file_.integer_attribute("", "NUM_LAND_CAT", 24);
    file_.integer_attribute("", "MAP_PROJ", map_proj);
    for (const auto& [name, value] : numbers) file_.attribute("", name, value);
  }

  void put(const std::string& name, bool is_volume, Stag stag, const Value& value_at) {
    if (!has(name)) return;
    const int layers = is_volume ? wrf_.layers + (stag == Stag::z ? 1 : 0) : 1,
              rows = wrf_.rows + (stag == Stag::y ? 1 : 0),
              columns = wrf_.columns + (stag == Stag::x ? 1 : 0);
    const auto changed = wrf_.scaled.contains(name) ? wrf_.scaled.at(name) : std::pair{1.0, 0.0};
    const bool has_time = !wrf_.without_time.contains(name), is_transposed = wrf_.transposed.contains(name);
    for (std::size_t n = 0; n < (has_time ? times_.size() : 1); ++n) {
      std::vector<double> values;
      for (int k = 0; k < layers; ++k)
        for (int m = 0; m < rows * columns; ++m) {
          const int j = is_transposed ? m % rows : m / columns, i = is_transposed ? m / rows : m % columns;
          values.push_back(changed.first * value_at(times_[n], k, j, i) + changed.second);
        }
      if (wrf_.with_nan.contains(name)) values[0] = std::numeric_limits<double>::quiet_NaN();
      std::vector<std::size_t> start, count;
      if (has_time) start.push_back(n), count.push_back(1);
      if (is_volume) start.push_back(0), count.push_back(static_cast<std::size_t>(layers));
      start.insert(start.end(), 2, 0);
      count.push_back(static_cast<std::size_t>(is_transposed ? columns : rows));
      count.push_back(static_cast<std::size_t>(is_transposed ? rows : columns));
      file_.write(name, start, count, values);
    }
  }

  void write_times() {
    if (!has("Times")) return;
    for (std::size_t n = 0; n < times_.size(); ++n) {
      std::string text = to_iso8601(times_[n]).substr(0, 19);  // 2020-03-30T16:00:00
      text[10] = '_';
      file_.write_text("Times", {n, 0}, text);
    }
  }

  void write_positions() {
    const Value latitude = [&](UtcTime, int, int j, int i) { return grid_.centre(j, i).latitude_deg; };
    const Value longitude = [&](UtcTime, int, int j, int i) { return grid_.centre(j, i).longitude_deg; };
    const bool swapped = wrf_.swaps_longitude_and_latitude;
    put("XLAT", false, Stag::none, swapped ? longitude : latitude);
    put("XLONG", false, Stag::none, swapped ? latitude : longitude);
    put("HGT", false, Stag::none, [&](UtcTime, int, int j, int i) { return terrain(j, i); });
  }

  void write_volumes() {
    // PHB and PB are the base state, half of the whole here; PH and P the rest.
    const Value half_geopotential = [&](UtcTime, int k, int j, int i) {
      return 0.5 * gravity_m_s2 * interface_m(wrf_, k, terrain(j, i));
    };
    put("PHB", true, Stag::z, half_geopotential);
    put("PH", true, Stag::z, half_geopotential);
    const auto column_value = [&](auto formula) -> Value {
      return [this, formula](UtcTime, int k, int j, int i) { return formula(middle_m(k, terrain(j, i))); };
    };
    put("PB", true, Stag::none, column_value([&](double z) { return 0.99 * pressure_pa(wrf_, z); }));
    put("P", true, Stag::none, column_value([&](double z) { return 0.01 * pressure_pa(wrf_, z); }));
    const double kappa = dry_air_gas_constant_j_kg_k / air_heat_capacity_j_kg_k;
    put("T", true, Stag::none, column_value([&](double z) {
          return temperature_k(wrf_, z) * std::pow(1.0e5 / pressure_pa(wrf_, z), kappa) - 300.0;
        }));
    put("QVAPOR", true, Stag::none, column_value([&](double z) { return vapour_kg_kg(wrf_, z); }));
    put("QCLOUD", true, Stag::none,
        column_value([&](double z) { return z > 1000.0 && z < 2500.0 ? wrf_.cloud_water_kg_kg : 0.0; }));
  }

  /// The wind of a time over that of the first record.
  [[nodiscard]] double change(UtcTime t) const {
    return 1.0 + wrf_.wind_change_per_h * static_cast<double>(t.seconds_since(wrf_.start)) / 3600.0;
  }

  void write_winds() {
    put("U", true, Stag::x, [&](UtcTime t, int k, int j, int i) {
      const double ground = terrain(j, i - 0.5);
      return change(t) * wrf_.wind_x_m_s * wind_share(wrf_, middle_m(k, ground) - ground);
    });
    put("V", true, Stag::y, [&](UtcTime t, int k, int j, int i) {
      const double ground = terrain(j - 0.5, i);
      return change(t) * wrf_.wind_y_m_s * wind_share(wrf_, middle_m(k, ground) - ground);
    });
    put("W", true, Stag::z, [&](UtcTime t, int k, int j, int i) {  // along the layers, that flatten upwards
      const double ground = terrain(j, i), z = interface_m(wrf_, k, ground);
      const double slope_x = (terrain(j, i + 0.5) - terrain(j, i - 0.5)) / wrf_.cell_size_m,
                   slope_y = (terrain(j + 0.5, i) - terrain(j - 0.5, i)) / wrf_.cell_size_m;
      return change(t) * wind_share(wrf_, z - ground) *
             (wrf_.wind_x_m_s * slope_x + wrf_.wind_y_m_s * slope_y) * (wrf_.top_m - z) /
             (wrf_.top_m - ground);
    });
    put("U10", false, Stag::none, [&](UtcTime t, int, int, int) { return change(t) * wrf_.wind_x_m_s; });
    put("V10", false, Stag::none, [&](UtcTime t, int, int, int) { return change(t) * wrf_.wind_y_m_s; });
  }

  void write_ground() {
    const auto plane = [&](const char* name, auto formula) {
      put(name, false, Stag::none, [formula](UtcTime t, int, int j, int i) { return formula(t, j, i); });
    };
    const auto hours = [&](UtcTime t) { return static_cast<double>(t.seconds_since(wrf_.start)) / 3600.0; };
    plane("PSFC", [&](UtcTime, int j, int i) { return pressure_pa(wrf_, terrain(j, i)); });
    plane("T2", [&](UtcTime t, int j, int i) {
      return temperature_k(wrf_, terrain(j, i) + 2.0) + 2.0 * sun(wrf_, t);
    });
    plane("TSK", [&](UtcTime t, int j, int i) {
      return temperature_k(wrf_, terrain(j, i)) + (is_sea(wrf_, i) ? 0.0 : 6.0 * sun(wrf_, t) - 1.0);
    });
    plane("LU_INDEX", [&](UtcTime, int j, int i) {  // USGS: 16 water, 1 city, 2 crops
      const bool is_city = std::abs(2 * i - wrf_.columns) < 4 && std::abs(2 * j - wrf_.rows) < 4;
      return is_sea(wrf_, i) ? 16.0 : is_city ? 1.0 : 2.0;
    });
    plane("XLAND", [&](UtcTime, int, int i) { return is_sea(wrf_, i) ? 2.0 : 1.0; });
    plane("SWDOWN", [&](UtcTime t, int, int) { return 850.0 * sun(wrf_, t); });
    plane("HFX", [&](UtcTime t, int, int i) { return is_sea(wrf_, i) ? 5.0 : 250.0 * sun(wrf_, t) - 15.0; });
    plane("UST", [&](UtcTime t, int, int i) { return is_sea(wrf_, i) ? 0.18 : 0.28 + 0.15 * sun(wrf_, t); });
    plane("PBLH",
          [&](UtcTime t, int, int i) { return is_sea(wrf_, i) ? 400.0 : 250.0 + 1200.0 * sun(wrf_, t); });
    plane("RAINC", [&](UtcTime t, int, int) { return 0.3 * wrf_.rain_mm_h * hours(t); });
    plane("RAINNC", [&](UtcTime t, int, int) { return 0.7 * wrf_.rain_mm_h * hours(t); });
  }

  static inline const std::vector<std::pair<std::string, std::string>> volumes = {
      {"P", "Pa"}, {"PB", "Pa"}, {"T", "K"}, {"QVAPOR", "kg kg-1"}, {"QCLOUD", "kg kg-1"}};
  static inline const std::vector<std::pair<std::string, std::string>> planes = {{"XLAT", "degree_north"},
                                                                                 {"XLONG", "degree_east"},
                                                                                 {"HGT", "m"},
                                                                                 {"PSFC", "Pa"},
                                                                                 {"T2", "K"},
                                                                                 {"TSK", "K"},
                                                                                 {"U10", "m s-1"},
                                                                                 {"V10", "m s-1"},
                                                                                 {"LU_INDEX", ""},
                                                                                 {"XLAND", ""},
                                                                                 {"SWDOWN", "W m-2"},
                                                                                 {"HFX", "W m-2"},
                                                                                 {"UST", "m s-1"},
                                                                                 {"PBLH", "m"},
                                                                                 {"RAINC", "mm"},
                                                                                 {"RAINNC", "mm"}};

  const TinyWrf& wrf_;
  HorizontalGrid grid_;
  NetcdfWriter file_;
  std::vector<UtcTime> times_;
};

}  // namespace tiny_wrf

inline void write_tiny_wrf(const std::string& path, const TinyWrf& wrf) {
  tiny_wrf::File(path, wrf).write();
}

}  // namespace lantian
