// A small grid, weather and files for tests of the sources.
#pragma once

#include "lantian/config/case.hpp"
#include "lantian/field/species.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/grid/layers.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/weather/meteorology.hpp"

#include <cstdint>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace lantian::testing {

/// Random numbers with the same bits everywhere (std::uniform_real_distribution varies by library).
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : engine_(seed) {}
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(engine_() >> 11) * 0x1.0p-53;
  }
  int whole(int low, int high) {
    return low + static_cast<int>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }

 private:
  std::mt19937_64 engine_;
};

inline GridConfig grid_config(const std::string& projection, int columns, int rows, double cell_size_m) {
  GridConfig config;
  config.projection = projection;
  config.standard_parallel_1_deg = 25.0;
  config.standard_parallel_2_deg = 47.0;
  config.central_meridian_deg = 118.0;
  config.origin_latitude_deg = 36.0;
  config.utm_zone = 51;
  config.centre_longitude_deg = 120.3;
  config.centre_latitude_deg = 36.3;
  config.cell_size_m = cell_size_m;
  config.cell_size_deg = cell_size_m / 100000.0;
  config.columns = columns;
  config.rows = rows;
  return config;
}

inline Surface flat_surface(const HorizontalGrid& grid, const Layers& layers) {
  Surface surface;
  surface.terrain_m = Array2<double>(grid.rows(), grid.columns(), 0.0);
  surface.latitude_deg = Array2<double>(grid.rows(), grid.columns(), 36.0);
  surface.interface_above_ground_m = Array3<double>(layers.count() + 1, grid.rows(), grid.columns(), 0.0);
  for (int k = 0; k <= layers.count(); ++k)
    for (int j = 0; j < grid.rows(); ++j)
      for (int i = 0; i < grid.columns(); ++i)
        surface.interface_above_ground_m(k, j, i) = layers.interface_above_ground_m(k, 0.0);
  return surface;
}

/// Air of 290 K at the ground with 4 m/s from the west.
inline WeatherSnapshot plain_weather(const HorizontalGrid& grid, const Layers& layers) {
  WeatherSnapshot w;
  const int count = layers.count(), rows = grid.rows(), columns = grid.columns();
  w.temperature_k = w.pressure_pa = w.air_mass_kg = Array3<double>(count, rows, columns);
  w.wind_x_m_s = Array3<double>(count, rows, columns, 4.0);
  w.wind_y_m_s = w.water_vapour_kg_kg = Array3<double>(count, rows, columns, 0.0);
  w.mixing_height_m = Array2<double>(rows, columns, 600.0);
  for (int k = 0; k < count; ++k) {
    const double z = layers.middle_above_ground_m(k, 0.0);
    for (int j = 0; j < rows; ++j) {
      for (int i = 0; i < columns; ++i) {
        w.temperature_k(k, j, i) = 290.0 - 0.0065 * z;
        w.pressure_pa(k, j, i) = 101325.0 - 11.5 * z;
        w.air_mass_kg(k, j, i) = 1.2 * layers.thickness_m(k, 0.0) * 9.0e6;
      }
    }
  }
  return w;
}

inline void write_text(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// A file of emissions on longitude and latitude. `periods`: 1, or 12 with a dimension time.
struct MadeInventory {
  std::vector<double> lon, lat;
  int periods = 1;
  std::string units = "t/yr";
  std::string lon_name = "lon", lat_name = "lat";
  std::function<double(const std::string& variable, int period, std::size_t cell)> value;

  void write(const std::string& path, const std::vector<std::string>& variables) const {
    NetcdfWriter file(path);
    if (periods > 1) file.dimension("time", static_cast<std::size_t>(periods));
    file.dimension(lat_name, lat.size());
    file.dimension(lon_name, lon.size());
    using enum NetcdfWriter::Type;
    file.variable(lat_name, real64, {lat_name});
    file.attribute(lat_name, "units", "degrees_north");
    file.variable(lon_name, real64, {lon_name});
    file.attribute(lon_name, "units", "degrees_east");
    std::vector<std::string> shape = {lat_name, lon_name};
    if (periods > 1) shape.insert(shape.begin(), "time");
    for (const std::string& name : variables) {
      file.variable(name, real64, shape);
      if (!units.empty()) file.attribute(name, "units", units);
    }
    file.write(lat_name, lat);
    file.write(lon_name, lon);
    for (const std::string& name : variables) {
      std::vector<double> values;
      for (int p = 0; p < periods; ++p)
        for (std::size_t n = 0; n < lon.size() * lat.size(); ++n) values.push_back(value(name, p, n));
      file.write(name, values);
    }
    file.finish();
  }
};

inline std::vector<double> axis(double first, double step, int count) {
  std::vector<double> values;
  for (int n = 0; n < count; ++n) values.push_back(first + n * step);
  return values;
}

}  // namespace lantian::testing
