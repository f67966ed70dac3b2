#include "wrf_like_file.hpp"

#include "meteorology/hydrostatic.hpp"

#include "lantian/base/constants.hpp"

#include <fmt/format.h>

#include <cmath>

namespace lantian {

namespace {

constexpr double base_temperature_k = 300.0;  // what WRF takes off potential temperature

struct Variable {
  const char* name;
  const char* units;
  const char* description;
  char shape;        // c: cells, x, y, z: staggered, s: surface
  bool is_constant;  // in time, so that it packs to nothing
};

constexpr Variable variables[] = {
    {"XLAT", "degree_north", "LATITUDE, SOUTH IS NEGATIVE", 's', true},
    {"XLONG", "degree_east", "LONGITUDE, WEST IS NEGATIVE", 's', true},
    {"U", "m s-1", "x-wind component", 'x', false},
    {"V", "m s-1", "y-wind component", 'y', false},
    {"W", "m s-1", "z-wind component", 'z', false},
    {"PH", "m2 s-2", "perturbation geopotential", 'z', true},
    {"PHB", "m2 s-2", "base-state geopotential", 'z', true},
    {"P", "Pa", "perturbation pressure", 'c', false},
    {"PB", "Pa", "BASE STATE PRESSURE", 'c', true},
    {"T", "K", "perturbation potential temperature theta-t0", 'c', false},
    {"QVAPOR", "kg kg-1", "Water vapor mixing ratio", 'c', false},
    {"QCLOUD", "kg kg-1", "Cloud water mixing ratio", 'c', true},
    {"CLDFRA", "", "CLOUD FRACTION", 'c', true},
    {"T2", "K", "TEMP at 2 M", 's', false},
    {"PSFC", "Pa", "SFC PRESSURE", 's', false},
    {"U10", "m s-1", "U at 10 M", 's', false},
    {"V10", "m s-1", "V at 10 M", 's', false},
    {"PBLH", "m", "PBL HEIGHT", 's', false},
    {"UST", "m s-1", "U* IN SIMILARITY THEORY", 's', false},
    {"HFX", "W m-2", "UPWARD HEAT FLUX AT THE SURFACE", 's', false},
    {"SWDOWN", "W m-2", "DOWNWARD SHORT WAVE FLUX AT GROUND SURFACE", 's', false},
    {"RAINC", "mm", "ACCUMULATED TOTAL CUMULUS PRECIPITATION", 's', true},
    {"RAINNC", "mm", "ACCUMULATED TOTAL GRID SCALE PRECIPITATION", 's', true},
    {"HGT", "m", "Terrain Height", 's', true},
    {"LU_INDEX", "", "LAND USE CATEGORY", 's', true},
    {"XLAND", "", "LAND MASK (1 FOR LAND, 2 FOR WATER)", 's', true}};

std::vector<std::string> dimensions_of(char shape) {
  switch (shape) {
    case 's':
      return {"Time", "south_north", "west_east"};
    case 'x':
      return {"Time", "bottom_top", "south_north", "west_east_stag"};
    case 'y':
      return {"Time", "bottom_top", "south_north_stag", "west_east"};
    case 'z':
      return {"Time", "bottom_top_stag", "south_north", "west_east"};
    default:
      return {"Time", "bottom_top", "south_north", "west_east"};
  }
}

std::size_t as_size(int n) {
  return static_cast<std::size_t>(n);
}

int map_projection_number(const std::string& projection) {
  if (projection == "lambert") return 1;
  if (projection == "polar_stereographic") return 2;
  if (projection == "mercator") return 3;
  return 6;
}

/// "2020-03-30_16:00:00".
std::string wrf_time(UtcTime time) {
  std::string text = to_iso8601(time).substr(0, 19);
  text[10] = '_';
  return text;
}

template <class Work>
Array2<double> made(const GridMetrics& metrics, Work work) {
  Array2<double> field(metrics.rows(), metrics.columns());
  for (int j = 0; j < metrics.rows(); ++j)
    for (int i = 0; i < metrics.columns(); ++i) field(j, i) = work(j, i);
  return field;
}

}  // namespace

void check_wrf_projection(const GridConfig& grid, const std::string& path, Problems& problems) {
  if (grid.projection == "weather" || grid.projection == "utm")
    problems.add(
        fmt::format("{}: grid.projection: \"{}\" cannot stand in a WRF-like file; lambert, mercator, "
                    "polar_stereographic and lon_lat can",
                    path, grid.projection));
  if (grid.sphere_radius_m != wrf_sphere_radius_m)
    problems.add(fmt::format("{}: grid.sphere_radius_m: is {:g}; WRF-like files lie on the sphere of {:g} m",
                             path, grid.sphere_radius_m, wrf_sphere_radius_m));
}

WrfLikeFile::WrfLikeFile(const std::string& path, const Place& place, UtcTime first)
    : writer_(path), place_(place) {
  define_variables();
  write_attributes(first);
}

void WrfLikeFile::define_variables() {
  writer_.dimension("Time", 0);
  writer_.dimension("DateStrLen", 19);
  writer_.dimension("west_east", as_size(place_.metrics.columns()));
  writer_.dimension("south_north", as_size(place_.metrics.rows()));
  writer_.dimension("bottom_top", as_size(place_.layers.count()));
  writer_.dimension("west_east_stag", as_size(place_.metrics.columns() + 1));
  writer_.dimension("south_north_stag", as_size(place_.metrics.rows() + 1));
  writer_.dimension("bottom_top_stag", as_size(place_.layers.count() + 1));
  writer_.variable("Times", NetcdfWriter::Type::text, {"Time", "DateStrLen"});
  writer_.variable("P_TOP", NetcdfWriter::Type::real32, {"Time"});
  writer_.attribute("P_TOP", "units", "Pa");
  for (const Variable& one : variables) {
    writer_.variable(one.name, NetcdfWriter::Type::real32, dimensions_of(one.shape));
    if (one.is_constant) writer_.compress(one.name);
    writer_.attribute(one.name, "units", one.units);
    writer_.attribute(one.name, "description", one.description);
    writer_.attribute(one.name, "stagger",
                      one.shape == 'x'   ? "X"
                      : one.shape == 'y' ? "Y"
                      : one.shape == 'z' ? "Z"
                                         : "");
  }
}

void WrfLikeFile::write_attributes(UtcTime first) {
  const GridConfig& grid = place_.grid;
  const bool is_lon_lat = grid.projection == "lon_lat";
  writer_.attribute("", "TITLE", " OUTPUT FROM LANTIAN DIAGNOSE, IN THE FORM OF WRF");
  writer_.attribute("", "START_DATE", wrf_time(first));
  writer_.integer_attribute("", "LANTIAN_DIAGNOSED_WIND", 1);
  writer_.integer_attribute("", "WEST-EAST_GRID_DIMENSION", place_.metrics.columns() + 1);
  writer_.integer_attribute("", "SOUTH-NORTH_GRID_DIMENSION", place_.metrics.rows() + 1);
  writer_.integer_attribute("", "BOTTOM-TOP_GRID_DIMENSION", place_.layers.count() + 1);
  constexpr double metres_per_degree = wrf_sphere_radius_m * M_PI / 180.0;
  const double size_m = is_lon_lat ? grid.cell_size_deg * metres_per_degree : grid.cell_size_m;
  writer_.attribute("", "DX", size_m);
  writer_.attribute("", "DY", size_m);
  writer_.integer_attribute("", "MAP_PROJ", map_projection_number(grid.projection));
  writer_.attribute("", "TRUELAT1", grid.standard_parallel_1_deg);
  writer_.attribute("", "TRUELAT2", grid.standard_parallel_2_deg);
  writer_.attribute("", "MOAD_CEN_LAT", grid.origin_latitude_deg);
  writer_.attribute("", "STAND_LON", grid.central_meridian_deg);
  writer_.attribute("", "CEN_LAT", grid.centre_latitude_deg);
  writer_.attribute("", "CEN_LON", grid.centre_longitude_deg);
  writer_.attribute("", "POLE_LAT", 90.0);
  writer_.attribute("", "POLE_LON", 0.0);
  writer_.attribute("", "MMINLU", "MODIFIED_IGBP_MODIS_NOAH");
  writer_.integer_attribute("", "NUM_LAND_CAT", 21);
  writer_.integer_attribute("", "ISWATER", 17);
}

void WrfLikeFile::put(const std::string& name, const Array3<double>& values) {
  writer_.write(name, {record_, 0, 0, 0},
                {1, as_size(values.layers()), as_size(values.rows()), as_size(values.columns())},
                {values.values().begin(), values.values().end()});
}

void WrfLikeFile::put(const std::string& name, const Array2<double>& values) {
  writer_.write(name, {record_, 0, 0}, {1, as_size(values.rows()), as_size(values.columns())},
                {values.values().begin(), values.values().end()});
}

void WrfLikeFile::append(const DiagnosedHour& hour) {
  writer_.write_text("Times", {record_, 0}, wrf_time(hour.surface.time));
  const int top = place_.layers.count();
  double top_pa = hour.air.interface_pressure_pa(top, 0, 0);
  for (int j = 0; j < place_.metrics.rows(); ++j)
    for (int i = 0; i < place_.metrics.columns(); ++i)
      top_pa = std::max(top_pa, hour.air.interface_pressure_pa(top, j, i));
  writer_.write("P_TOP", {record_}, {1}, {top_pa});
  append_ground();
  append_columns(hour);
  append_surface(hour);
  ++record_;
}

void WrfLikeFile::append_ground() {
  const DiagnosedGround& ground = place_.ground;
  put("XLAT", place_.metrics.latitude_deg);
  put("XLONG", place_.metrics.longitude_deg);
  put("HGT", ground.terrain_m);
  put("LU_INDEX",
      made(place_.metrics, [&](int j, int i) { return static_cast<double>(ground.land_use(j, i)); }));
  put("XLAND", made(place_.metrics, [&](int j, int i) { return ground.is_land(j, i) ? 1.0 : 2.0; }));
}

void WrfLikeFile::append_columns(const DiagnosedHour& hour) {
  constexpr double cloud_m = 2000.0;  // where a cloud cover that has no height is put
  const int layers = place_.layers.count(), rows = place_.metrics.rows(), columns = place_.metrics.columns();
  Array3<double> geopotential(layers + 1, rows, columns), base(layers, rows, columns),
      rest = base, theta = base, cloud(layers, rows, columns, 0.0);
  for (int j = 0; j < rows; ++j)
    for (int i = 0; i < columns; ++i) {
      const double terrain_m = place_.ground.terrain_m(j, i);
      for (int k = 0; k <= layers; ++k)
        geopotential(k, j, i) =
            gravity_m_s2 * (terrain_m + place_.layers.interface_above_ground_m(k, terrain_m));
      for (int k = 0; k < layers; ++k) {
        const double low_m = place_.layers.interface_above_ground_m(k, terrain_m);
        const double high_m = place_.layers.interface_above_ground_m(k + 1, terrain_m);
        // A pressure close to that of any day, so that the rest keeps its digits in real32.
        base(k, j, i) = standard_pressure_pa * std::exp(-(terrain_m + 0.5 * (low_m + high_m)) / 8200.0);
        rest(k, j, i) = hour.air.pressure_pa(k, j, i) - base(k, j, i);
        theta(k, j, i) = hour.air.potential_temperature_k(k, j, i) - base_temperature_k;
        if (low_m <= cloud_m && cloud_m < high_m) cloud(k, j, i) = hour.surface.cloud_fraction(j, i);
      }
    }
  put("U", hour.wind.x_m_s);
  put("V", hour.wind.y_m_s);
  put("W", hour.wind.vertical_m_s);
  put("PH", Array3<double>(layers + 1, rows, columns, 0.0));
  put("PHB", geopotential);
  put("P", rest);
  put("PB", base);
  put("T", theta);
  put("QVAPOR", hour.air.vapour_kg_kg);
  put("QCLOUD", Array3<double>(layers, rows, columns, 0.0));
  put("CLDFRA", cloud);
}

void WrfLikeFile::append_surface(const DiagnosedHour& hour) {
  const DiagnosedSurface& at = hour.surface;
  const DiagnosedAir& air = hour.air;
  // The adjustment moves the wind of 10 m as it moves that of the lowest layer.
  const auto moved = [&](int j, int i, bool along_x) {
    if (along_x)
      return 0.5 * (hour.wind.x_m_s(0, j, i) + hour.wind.x_m_s(0, j, i + 1)) - air.wind_x_m_s(0, j, i);
    return 0.5 * (hour.wind.y_m_s(0, j, i) + hour.wind.y_m_s(0, j + 1, i)) - air.wind_y_m_s(0, j, i);
  };
  put("T2", at.temperature_k);
  put("PSFC", at.pressure_pa);
  put("U10", made(place_.metrics, [&](int j, int i) {
        return at.wind_x_m_s(j, i) + at.breeze_x_m_s(j, i) + moved(j, i, true);
      }));
  put("V10", made(place_.metrics, [&](int j, int i) {
        return at.wind_y_m_s(j, i) + at.breeze_y_m_s(j, i) + moved(j, i, false);
      }));
  put("PBLH", at.mixing_height_m);
  put("UST", at.friction_velocity_m_s);
  put("HFX", made(place_.metrics, [&](int j, int i) {
        const double density = at.pressure_pa(j, i) / (dry_air_gas_constant_j_kg_k * at.temperature_k(j, i));
        return density * air_heat_capacity_j_kg_k * at.heat_flux_k_m_s(j, i);
      }));
  put("SWDOWN", at.short_wave_w_m2);
  put("RAINC", Array2<double>(place_.metrics.rows(), place_.metrics.columns(), 0.0));
  put("RAINNC", hour.rain_mm);
}

}  // namespace lantian
