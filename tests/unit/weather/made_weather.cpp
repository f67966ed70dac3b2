#include "made_weather.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/time.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace lantian {

namespace {

constexpr double radius_m = 6370000.0;
constexpr double radian = std::numbers::pi / 180.0;

double conformal(double latitude_deg) {
  return std::tan(std::numbers::pi / 4.0 + 0.5 * latitude_deg * radian);
}

/// Snyder (1987), eqs. 15-1 to 15-5 with R F; the origin of y is the pole.
struct Cone {
  double n, rf;
  Cone(double latitude_1, double latitude_2) {
    n = latitude_1 == latitude_2 ? std::sin(latitude_1 * radian)
                                 : std::log(std::cos(latitude_1 * radian) / std::cos(latitude_2 * radian)) /
                                       std::log(conformal(latitude_2) / conformal(latitude_1));
    rf = radius_m * std::cos(latitude_1 * radian) * std::pow(conformal(latitude_1), n) / n;
  }
};

/// Standard atmosphere.
struct Air {
  double temperature_k, pressure_pa;
};
Air standard_air(double height_m) {
  constexpr double lapse = 0.0065, exponent = gravity_m_s2 / (dry_air_gas_constant_j_kg_k * lapse);
  const double z = std::min(height_m, 11000.0);
  Air air{288.0 - lapse * z, 0.0};
  air.pressure_pa =
      101000.0 * std::pow(air.temperature_k / 288.0, exponent) *
      std::exp(-gravity_m_s2 * (height_m - z) / (dry_air_gas_constant_j_kg_k * air.temperature_k));
  return air;
}

std::string wrf_time(UtcTime time) {
  std::string text = to_iso8601(time).substr(0, 19);
  text[10] = '_';
  return text;
}

}  // namespace

LonLat MadeWeather::centre(int j, double i) const {
  const double d = cell_size_m;
  switch (map_projection) {
    case 1: {
      const Cone cone(true_latitude_1, true_latitude_2);
      const double rho = cone.rf / std::pow(conformal(first.latitude_deg), cone.n);
      const double theta = cone.n * (first.longitude_deg - standard_longitude) * radian;
      const double x = rho * std::sin(theta) + i * d, y = -rho * std::cos(theta) + j * d;
      const double at = std::hypot(x, y);
      return {standard_longitude + std::atan2(x, -y) / cone.n / radian,
              2.0 * std::atan(std::pow(cone.rf / at, 1.0 / cone.n)) / radian - 90.0};
    }
    case 2: {
      const double k = 1.0 + std::sin(true_latitude_1 * radian);
      const double rho = radius_m * k * std::tan((90.0 - first.latitude_deg) * radian / 2.0);
      const double theta = (first.longitude_deg - standard_longitude) * radian;
      const double x = rho * std::sin(theta) + i * d, y = -rho * std::cos(theta) + j * d;
      return {standard_longitude + std::atan2(x, -y) / radian,
              90.0 - 2.0 * std::atan(std::hypot(x, y) / (radius_m * k)) / radian};
    }
    case 3: {
      const double scale = radius_m * std::cos(true_latitude_1 * radian);
      const double y = scale * std::log(conformal(first.latitude_deg)) + j * d;
      return {first.longitude_deg + i * d / scale / radian,
              2.0 * std::atan(std::exp(y / scale)) / radian - 90.0};
    }
    default:
      return {first.longitude_deg + i * d / (radius_m * radian),
              first.latitude_deg + j * d / (radius_m * radian)};
  }
}

namespace {

/// Writes the fields of a file, one after another.
class FileMaker {
 public:
  FileMaker(const MadeWeather& made, const std::string& path) : made_(made), file_(path) {}

  void write() {
    using enum NetcdfWriter::Type;
    file_.dimension("Time", 0);
    file_.dimension("DateStrLen", 19);
    file_.dimension("west_east", size(made_.columns));
    file_.dimension("south_north", size(made_.rows));
    file_.dimension("bottom_top", size(made_.layers));
    file_.dimension("west_east_stag", size(made_.columns + 1));
    file_.dimension("south_north_stag", size(made_.rows + 1));
    file_.dimension("bottom_top_stag", size(made_.layers + 1));
    if (made_.has_land_use_shares) file_.dimension("land_cat_stag", land_categories);
    if (!made_.without.contains("Times")) file_.variable("Times", text, {"Time", "DateStrLen"});
    attributes();
    planes();
    volumes();
    if (made_.mean_flux != 0.0) mean_fluxes();
    if (made_.has_own_top && !made_.without.contains("P_TOP")) {
      file_.variable("P_TOP", real32, {"Time"});
      file_.write("P_TOP", {0}, {1}, {standard_air(made_.top_m).pressure_pa});
    }
    const UtcTime start = parse_utc(made_.start);
    for (int r = 0; r < made_.records && !made_.without.contains("Times"); ++r)
      file_.write_text("Times", {size(r), 0},
                       wrf_time(start.plus_seconds(static_cast<long long>(r) * made_.interval_s)));
    file_.finish();
  }

 private:
  static constexpr int land_categories = 24;  // of USGS
  static std::size_t size(int n) { return static_cast<std::size_t>(n); }

  double terrain(double j, double i) const {
    const double x = i - 0.5 * made_.columns, y = j - 0.5 * made_.rows;
    return made_.hill_m * std::exp(-(x * x + y * y) / 12.0);
  }
  double terrain(int j, int i, int record) const { return terrain(j, i + record * made_.east_per_record); }
  /// Height of interface k above sea level.
  double height(int k, int j, int i, int record) const {
    const double s = static_cast<double>(k) / made_.layers, ground = terrain(j, i, record);
    return ground + (made_.top_m - ground) * s * s;
  }
  double middle(int k, int j, int i, int record) const {
    return 0.5 * (height(k, j, i, record) + height(k + 1, j, i, record));
  }

  void attributes() {
    std::map<std::string, double> all{{"MAP_PROJ", made_.map_projection},
                                      {"TRUELAT1", made_.true_latitude_1},
                                      {"TRUELAT2", made_.true_latitude_2},
                                      {"MOAD_CEN_LAT", made_.origin_latitude},
                                      {"STAND_LON", made_.standard_longitude},
                                      {"CEN_LAT", 0.0},  // a lie, as in cut files
                                      {"CEN_LON", 0.0},
                                      {"POLE_LAT", 90.0},
                                      {"DX", made_.cell_size_m},
                                      {"DY", made_.cell_size_m},
                                      {"NUM_LAND_CAT", 24}};
    for (const auto& [name, value] : made_.attributes) all[name] = value;
    for (const auto& [name, value] : all)
      if (!made_.without.contains(name)) file_.attribute("", name, value);
    file_.attribute("", "MMINLU", "USGS");
  }

  template <class Value>
  void field(const std::string& name, const std::vector<std::string>& dimensions, std::vector<int> extent,
             Value value) {
    if (made_.without.contains(name)) return;
    const bool has_time = dimensions.front() == "Time";
    file_.variable(name, NetcdfWriter::Type::real32, dimensions);
    for (int r = 0; r < (has_time ? made_.records : 1); ++r) {
      std::vector<double> values;
      for (int k = 0; k < extent[0]; ++k)
        for (int j = 0; j < extent[1]; ++j)
          for (int i = 0; i < extent[2]; ++i) values.push_back(value(k, j, i, r));
      if (made_.change) made_.change(name, r, values);
      std::vector<std::size_t> start(dimensions.size(), 0), count;
      if (has_time) start[0] = size(r), count.push_back(1);
      const std::size_t in_space = dimensions.size() - count.size();
      if (in_space != 2) count.push_back(size(extent[0]));
      if (in_space > 1) count.push_back(size(extent[1])), count.push_back(size(extent[2]));
      file_.write(name, start, count, values);
    }
  }

  template <class Value>
  void plane(const std::string& name, Value value, bool is_static = false) {
    std::vector<std::string> dimensions{"south_north", "west_east"};
    if (!is_static || made_.static_with_time) dimensions.insert(dimensions.begin(), "Time");
    field(name, dimensions, {1, made_.rows, made_.columns},
          [&](int, int j, int i, int r) { return value(j, i, r); });
  }

  void planes() {
    const bool fixed = made_.east_per_record == 0;
    const auto place = [this](int j, int i, int r) { return made_.centre(j, i + r * made_.east_per_record); };
    plane(
        "XLAT", [&](int j, int i, int r) { return place(j, i, r).latitude_deg; }, fixed);
    plane(
        "XLONG", [&](int j, int i, int r) { return place(j, i, r).longitude_deg; }, fixed);
    plane(
        "HGT", [&](int j, int i, int r) { return terrain(j, i, r); }, fixed);
    plane(
        "LU_INDEX", [](int j, int i, int) { return j == 0 && i == 0 ? 1.0 : (i < 4 ? 16.0 : 2.0); }, fixed);
    if (made_.has_land_use_shares)
      field("LANDUSEF", {"Time", "land_cat_stag", "south_north", "west_east"},
            {land_categories, made_.rows, made_.columns}, [](int k, int j, int i, int) {
              if (j == 0 && i == 0) return k == 15 ? 1.0 : 0.0;
              return k == 0 ? 0.25 : k == 1 ? 0.75 : 0.0;
            });
    if (made_.snow_m > 0.0) plane("SNOWH", [&](int, int, int r) { return (r + 1) * made_.snow_m; });
    plane("PSFC", [&](int j, int i, int r) { return standard_air(terrain(j, i, r)).pressure_pa; });
    plane("T2", [&](int j, int i, int r) { return standard_air(terrain(j, i, r)).temperature_k + 0.5; });
    plane("TSK", [&](int j, int i, int r) { return standard_air(terrain(j, i, r)).temperature_k + 4.0; });
    plane("U10", [](int, int, int) { return 3.0; });
    plane("V10", [](int, int, int) { return -4.0; });
    plane("PBLH", [](int, int, int) { return 800.0; });
    plane("UST", [](int, int, int) { return 0.35; });
    plane("HFX", [](int, int, int) { return 120.0; });
    plane("SWDOWN", [](int, int, int) { return 500.0; });
    plane("RAINC", [](int, int, int r) { return 0.5 * r; });
    plane("RAINNC", [](int, int, int r) { return 1.5 * r; });
    plane("I_RAINNC", [](int, int, int) { return 0.0; });
  }

  void volumes() {
    const int nx = made_.columns, ny = made_.rows, nz = made_.layers;
    const std::vector<std::string> centre{"Time", "bottom_top", "south_north", "west_east"};
    const std::vector<std::string> w{"Time", "bottom_top_stag", "south_north", "west_east"};
    field("PHB", w, {nz + 1, ny, nx},
          [&](int k, int j, int i, int r) { return gravity_m_s2 * height(k, j, i, r); });
    field("PH", w, {nz + 1, ny, nx}, [](int, int, int, int) { return 0.0; });
    field("PB", centre, {nz, ny, nx},
          [&](int k, int j, int i, int r) { return standard_air(middle(k, j, i, r)).pressure_pa; });
    field("P", centre, {nz, ny, nx}, [](int, int, int, int r) { return 20.0 * r; });
    field("T", centre, {nz, ny, nx}, [&](int k, int j, int i, int r) {
      const Air air = standard_air(middle(k, j, i, r));
      return air.temperature_k * std::pow(1.0e5 / (air.pressure_pa + 20.0 * r), 287.0 / 1004.5) - 300.0;
    });
    field("QVAPOR", centre, {nz, ny, nx},
          [&](int k, int j, int i, int r) { return 0.006 * std::exp(-middle(k, j, i, r) / 2500.0); });
    field("QCLOUD", centre, {nz, ny, nx}, [](int k, int, int, int) { return k == 4 ? 5.0e-4 : 0.0; });
    field("W", w, {nz + 1, ny, nx}, [](int, int, int i, int) { return 0.02 * std::sin(0.7 * i); });
    if (made_.has_own_diffusivity)
      field("EXCH_H", w, {nz + 1, ny, nx}, [&](int k, int j, int i, int r) {
        const double above_m = height(k, j, i, r) - height(0, j, i, r);
        return above_m < 1500.0 ? 0.01 * above_m : 0.0;
      });
    field("U", {"Time", "bottom_top", "south_north", "west_east_stag"}, {nz, ny, nx + 1}, wind_x);
    field("V", {"Time", "bottom_top", "south_north_stag", "west_east"}, {nz, ny + 1, nx}, wind_y);
  }

  static double wind_x(int k, int j, int i, double r) {
    return 4.0 + 0.5 * k + std::sin(0.3 * j) + 0.02 * i + 0.2 * r;
  }
  static double wind_y(int k, int, int i, double r) { return -2.0 + 0.2 * k + std::cos(0.4 * i) - 0.1 * r; }
  /// Dry air of a layer of a nest that stands, by the equation of state [kg m-2]; r between records too.
  double dry_air_kg_m2(int k, int j, int i, double r) const {
    const double z = middle(k, j, i, 0), vapour = 0.006 * std::exp(-z / 2500.0);
    const Air air = standard_air(z);
    const double depth_m = height(k + 1, j, i, 0) - height(k, j, i, 0);
    return (air.pressure_pa + 20.0 * r) / (287.0 * air.temperature_k * (1.0 + 461.6 / 287.0 * vapour)) *
           depth_m;
  }
  /// Side of a cell on the map over its side on the sphere, along x.
  double map_factor(double j, double i) const {
    const LonLat a = made_.centre(static_cast<int>(j), i - 0.5),
                 b = made_.centre(static_cast<int>(j), i + 0.5);
    const double middle_latitude = 0.5 * (a.latitude_deg + b.latitude_deg) * radian;
    const double x = (b.longitude_deg - a.longitude_deg) * std::cos(middle_latitude);
    return made_.cell_size_m / (radius_m * radian * std::hypot(x, b.latitude_deg - a.latitude_deg));
  }
  double eta(int k) const { return std::pow(1.0 - static_cast<double>(k) / made_.layers, 2); }

  /// AVGFLX_* as WRF writes them: u (c1h mu + c2h)/m, of the middle between this output and the one before.
  void mean_fluxes() {
    const int nx = made_.columns, ny = made_.rows, nz = made_.layers;
    field("ZNW", {"Time", "bottom_top_stag"}, {nz + 1, 1, 1}, [&](int k, int, int, int) { return eta(k); });
    const auto coupled = [this](int k, double air_kg_m2, double factor) {
      return made_.mean_flux * gravity_m_s2 * air_kg_m2 / (eta(k) - eta(k + 1)) / factor;
    };
    const auto x_factor = [this](int j, int i) { return map_factor(j, i - 0.5); };
    const auto y_factor = [this](int j, int i) {
      return 0.5 * (map_factor(std::max(j - 1, 0), i) + map_factor(std::min(j, made_.rows - 1), i));
    };
    field("MAPFAC_UY", {"Time", "south_north", "west_east_stag"}, {1, ny, nx + 1},
          [&](int, int j, int i, int) { return x_factor(j, i); });
    field("MAPFAC_VX", {"Time", "south_north_stag", "west_east"}, {1, ny + 1, nx},
          [&](int, int j, int i, int) { return y_factor(j, i); });
    field("AVGFLX_RUM", {"Time", "bottom_top", "south_north", "west_east_stag"}, {nz, ny, nx + 1},
          [&](int k, int j, int i, int r) {
            const double air = 0.5 * (dry_air_kg_m2(k, j, std::max(i - 1, 0), r - 0.5) +
                                      dry_air_kg_m2(k, j, std::min(i, nx - 1), r - 0.5));
            return r == 0 ? 0.0 : wind_x(k, j, i, r - 0.5) * coupled(k, air, x_factor(j, i));
          });
    field("AVGFLX_RVM", {"Time", "bottom_top", "south_north_stag", "west_east"}, {nz, ny + 1, nx},
          [&](int k, int j, int i, int r) {
            const double air = 0.5 * (dry_air_kg_m2(k, std::max(j - 1, 0), i, r - 0.5) +
                                      dry_air_kg_m2(k, std::min(j, ny - 1), i, r - 0.5));
            return r == 0 ? 0.0 : wind_y(k, j, i, r - 0.5) * coupled(k, air, y_factor(j, i));
          });
  }

  const MadeWeather& made_;
  NetcdfWriter file_;
};

}  // namespace

void MadeWeather::write(const std::string& path) const {
  FileMaker(*this, path).write();
}

TestFolder::TestFolder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::string name = std::string(test->test_suite_name()) + "." + test->name();
  std::ranges::replace(name, '/', '_');
  folder_ = std::filesystem::path(testing::TempDir()) / ("lantian_" + name);
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

double mismatch(const WeatherHour& hour) {
  const auto& f = hour.fluxes;
  const auto& begin = hour.begin.air_mass_kg;
  double worst = 0.0;
  for (int k = 0; k < begin.layers(); ++k)
    for (int j = 0; j < begin.rows(); ++j)
      for (int i = 0; i < begin.columns(); ++i) {
        const double leaving = f.x_kg_s(k, j, i + 1) - f.x_kg_s(k, j, i) + f.y_kg_s(k, j + 1, i) -
                               f.y_kg_s(k, j, i) + f.vertical_kg_s(k + 1, j, i) - f.vertical_kg_s(k, j, i);
        const double carried = begin(k, j, i) - seconds_per_hour * leaving;
        worst = std::max(worst, std::fabs(carried / hour.end.air_mass_kg(k, j, i) - 1.0));
      }
  return worst;
}

Case two_hours(const std::vector<std::string>& files) {
  Case configuration;
  configuration.weather.files = files;
  configuration.run.start = parse_utc("2020-04-01T00:00:00Z");
  configuration.run.end = parse_utc("2020-04-01T02:00:00Z");
  configuration.run.spin_up_h = 0.0;
  configuration.grid.layer_tops_m = {25, 60, 120, 250, 500, 900, 1500, 2500, 4000, 6000};
  return configuration;
}

}  // namespace lantian
