// A small city of our own making: WRF-like weather, an inventory of two sectors, and a case that runs on
// them.
#pragma once

#include "support/temporary_folder.hpp"
#include "support/tiny_wrf.hpp"

#include "lantian/config/case.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/parallel/communicator.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace lantian::testing {

/// Tonnes a year around a centre, on axes of longitude and latitude that the grid's cells do not follow.
inline void write_made_inventory(const std::string& path, double scale = 1.0) {
  constexpr int columns = 9, rows = 7;
  NetcdfWriter file(path);
  file.dimension("lat", rows);
  file.dimension("lon", columns);
  file.variable("lat", NetcdfWriter::Type::real64, {"lat"});
  file.variable("lon", NetcdfWriter::Type::real64, {"lon"});
  const std::vector<std::pair<std::string, double>> pollutants = {
      {"NOx", 900.0}, {"VOC", 700.0}, {"SO2", 300.0}, {"NH3", 200.0}, {"CO", 2000.0}, {"PM25", 250.0}};
  for (const auto& [name, yearly_t] : pollutants) {
    file.variable(name, NetcdfWriter::Type::real64, {"lat", "lon"});
    file.attribute(name, "units", "t/yr");
  }
  std::vector<double> lon, lat;
  for (int i = 0; i < columns; ++i) lon.push_back(120.3 + 0.045 * (i - 4));
  for (int j = 0; j < rows; ++j) lat.push_back(36.2 + 0.037 * (j - 3));
  file.write("lon", lon);
  file.write("lat", lat);
  for (const auto& [name, yearly_t] : pollutants) {
    std::vector<double> values;
    for (int j = 0; j < rows; ++j)
      for (int i = 0; i < columns; ++i)
        values.push_back(scale * yearly_t * std::exp(-0.3 * ((i - 4) * (i - 4) + (j - 3) * (j - 3))));
    file.write(name, values);
  }
  file.finish();
}

/// Two hours from noon over 23 x 17 cells, so that no number of ranks divides them, and 7 layers of uneven
/// depth.
inline Case made_case(const std::string& folder) {
  Case made;
  made.path = folder + "/case.toml";
  made.directory = folder;
  made.run = {.name = "made", .start = from_civil(2020, 3, 30, 4), .end = from_civil(2020, 3, 30, 6)};
  made.run.spin_up_h = 0.0;
  made.run.time_step_s = 600.0;
  made.output.directory = folder + "/results";
  made.grid.layer_tops_m = {30, 80, 180, 400, 900, 1800, 3500};
  made.weather.files = {"wrfout.nc"};
  made.chemistry.inert_tracers = {"UNIFORM"};
  InventoryConfig& roads = made.emissions.inventory.emplace_back();
  roads.sector = "road_diesel";
  roads.file = "inventory.nc";
  for (const char* name : {"NOx", "VOC", "CO", "PM25"}) roads.variables[name] = name;
  InventoryConfig& industry = made.emissions.inventory.emplace_back();
  industry.sector = "industry_combustion";
  industry.file = "inventory.nc";
  industry.vertical = "low";
  for (const char* name : {"NOx", "SO2", "NH3", "PM25"}) industry.variables[name] = name;
  BoundaryAirConfig& air = made.boundary.air.emplace_back();
  air.kind = "constant";
  air.values_ppb = {{"O3", 40.0}, {"NO2", 4.0},  {"NO", 0.5},     {"SO2", 3.0},
                    {"NH3", 5.0}, {"CO", 250.0}, {"UNIFORM", 1.0}};
  return made;
}

/// The files of the case, with weather every `weather_interval_h`, made by the first rank in a folder that
/// all ranks see.
class MadeCity {
 public:
  explicit MadeCity(int hours = 2, int columns = 23, int rows = 17, int weather_interval_h = 1) {
    const Communicator world = Communicator::world();
    if (world.rank() == 0) {
      folder_.emplace();
      TinyWrf wrf;
      wrf.columns = columns;
      wrf.rows = rows;
      wrf.start = from_civil(2020, 3, 30, 4);
      wrf.interval_s = 3600 * weather_interval_h;
      wrf.records = hours / weather_interval_h + 1;
      wrf.hill_m = 150.0;
      wrf.rain_mm_h = 0.5;
      wrf.cloud_water_kg_kg = 3.0e-4;
      write_tiny_wrf(folder_->file("wrfout.nc"), wrf);
      wrf.attributes["BOTTOM-TOP_GRID_DIMENSION"] = wrf.layers + 1;  // says that its top is WRF's own
      write_tiny_wrf(folder_->file("wrfout_to_its_top.nc"), wrf);
      write_made_inventory(folder_->file("inventory.nc"));
    }
    case_ = made_case(world.broadcast(folder_ ? folder_->path() : "", 0));
    case_.run.end = case_.run.start.plus_seconds(3600LL * hours);
  }
  [[nodiscard]] const Case& configuration() const { return case_; }

 private:
  std::optional<TemporaryFolder> folder_;
  Case case_;
};

}  // namespace lantian::testing
