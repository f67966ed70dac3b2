#include "lantian/weather/diagnosed_weather.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/weather/weather.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace lantian {
namespace {

namespace fs = std::filesystem;

/// A coast that runs north and south: sea in the east, land with one hill in the west; 16 x 14 cells of 3 km;
/// two stations from 00 to 12 UTC on 31 March 2020.
class DiagnosedWeather : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / fmt::format("lantian_diagnose_{}_{}", info->name(), ::getpid());
    fs::create_directories(folder_);
    write_terrain();
    write("upper.csv",
          upper_air("2020-03-31T00:00:00Z") + upper_air("2020-03-31T12:00:00Z").substr(header_length));
    write("surface.csv", records());
    write("weather.toml", case_text());
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

  [[nodiscard]] std::string case_text() const {
    return fmt::format(R"(output = "{}"
[period]
start = 2020-03-31T02:00:00Z
end = 2020-03-31T08:00:00Z
[grid]
projection = "lambert"
standard_parallel_1_deg = 25.0
standard_parallel_2_deg = 47.0
central_meridian_deg = 118.0
origin_latitude_deg = 36.0
centre_longitude_deg = 120.0
centre_latitude_deg = 36.0
cell_size_m = 3000.0
columns = 16
rows = 14
layer_tops_m = [20, 60, 120, 250, 500, 900, 1500, 2500, 4000, 6000]
[inputs]
surface = "surface.csv"
upper_air = "upper.csv"
terrain = "static.nc"
)",
                       path("out.nc"));
  }

  void write_terrain() const {
    NetcdfWriter file(path("static.nc"));
    constexpr int size = 60;
    file.dimension("lat", size);
    file.dimension("lon", size);
    using Type = NetcdfWriter::Type;
    file.variable("lon", Type::real64, {"lon"});
    file.variable("lat", Type::real64, {"lat"});
    for (const char* name : {"terrain_m", "land_fraction", "land_use"})
      file.variable(name, Type::real64, {"lat", "lon"});
    std::vector<double> lon, lat, terrain, land, use;
    for (int n = 0; n < size; ++n) {
      lon.push_back(119.5 + n / 60.0);
      lat.push_back(35.5 + n / 60.0);
    }
    for (const double y : lat)
      for (const double x : lon) {
        const bool is_land = x < 120.0;
        const double dx = x - 119.85, dy = y - 36.0;
        terrain.push_back(is_land ? 300.0 * std::exp(-(dx * dx + dy * dy) / 0.003) : 0.0);
        land.push_back(is_land ? 1.0 : 0.0);
        use.push_back(is_land ? 12.0 : 17.0);
      }
    file.write("lon", lon);
    file.write("lat", lat);
    file.write("terrain_m", terrain);
    file.write("land_fraction", land);
    file.write("land_use", use);
    file.finish();
  }

  static std::string records(int skipped_hour = -1) {
    std::string text =
        "station,longitude,latitude,time,temperature_c,relative_humidity_pct,wind_speed_m_s,wind_direction_"
        "deg,"
        "pressure_hpa,cloud_fraction,rain_mm_h\n";
    for (int hour = 0; hour <= 12; ++hour) {
      if (hour == skipped_hour) continue;
      const double warm = 10.0 + 6.0 * std::sin((hour - 0.0) / 12.0 * M_PI);
      text += fmt::format("field,119.85,35.9,2020-03-31T{:02}:00:00Z,{:.2f},50,3.0,270,1015,0.2,0.5\n", hour,
                          warm);
      text += fmt::format("buoy,120.10,36.0,2020-03-31T{:02}:00:00Z,9.0,85,4.0,270,1015,0.2,0.0\n", hour);
    }
    return text;
  }

  static constexpr std::size_t header_length = 97;
  static std::string upper_air(const std::string& time) {
    std::string text =
        "time,height_m,potential_temperature_k,wind_speed_m_s,wind_direction_deg,relative_humidity_pct      "
        "\n";
    for (const auto& [height, theta] : {std::pair{0, 286.0}, {1000, 288.0}, {3000, 297.0}, {8000, 315.0}})
      text += fmt::format("{},{},{},6.0,280,50\n", time, height, theta);
    return text;
  }

  [[nodiscard]] DiagnoseSummary diagnose(const std::vector<std::string>& set = {}) const {
    return diagnose_weather(read_diagnose_case(path("weather.toml"), set), false);
  }
  /// The sentences of a start that fails; empty when it does not.
  [[nodiscard]] std::string fault(const std::vector<std::string>& set = {}) const {
    try {
      static_cast<void>(diagnose(set));
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  fs::path folder_;
};

TEST_F(DiagnosedWeather, IsReadByTheReaderOfWrfFiles) {
  const DiagnoseSummary summary = diagnose();
  EXPECT_EQ(summary.hours, 7);
  Case configuration;
  configuration.directory = folder_.string();
  configuration.weather.files = {"out.nc"};
  configuration.run.start = parse_utc("2020-03-31T04:00:00Z");
  configuration.run.end = parse_utc("2020-03-31T06:00:00Z");
  configuration.run.spin_up_h = 0.0;
  configuration.grid.layer_tops_m = {20, 60, 120, 250, 500, 900, 1500, 2500, 4000};
  Problems problems;
  Weather weather(configuration, problems);
  problems.throw_if_any();
  const WeatherHour hour = weather.hour(configuration.run.start);

  const NetcdfReader file(path("out.nc"));
  const auto expect_same = [&](const char* name, const Array2<double>& field) {
    const auto plane = file.read(name, {2, 0, 0}, {1, 14, 16});  // record 2 is 04 UTC
    for (std::size_t n = 0; n < plane.size(); ++n) EXPECT_DOUBLE_EQ(field.values()[n], plane[n]) << name;
  };
  expect_same("PBLH", hour.begin.mixing_height_m);
  expect_same("UST", hour.begin.friction_velocity_m_s);
  expect_same("T2", hour.begin.temperature_2m_k);
  EXPECT_GT(hour.begin.mixing_height_m(7, 2),
            2.0 * hour.begin.mixing_height_m(7, 14));  // land by day, cold sea
  EXPECT_NEAR(hour.begin.cloud_fraction(3, 3), 0.2, 1.0e-6);
  EXPECT_NEAR(hour.begin.rain_rate_mm_h(3, 2), 0.5, 1.0e-3);  // real32 sums
  // What the reader must still correct is the air that the falling or rising pressure moves, and the cut top.
  EXPECT_LT(hour.adjustment_rms, 0.05);
}

TEST_F(DiagnosedWeather, IsInHydrostaticBalance) {
  const DiagnoseCase c = read_diagnose_case(path("weather.toml"), {});
  Problems problems;
  const HorizontalGrid grid = HorizontalGrid::from_config(c.grid);
  const DiagnosedGround ground = read_ground(path("static.nc"), grid, problems);
  const SurfaceRecords stations(path("surface.csv"), problems);
  const UpperAir upper_air_table(path("upper.csv"), problems);
  problems.throw_if_any();
  SurfaceDiagnosis surface(c, grid, ground, stations);
  const UtcTime noon = parse_utc("2020-03-31T04:00:00Z");
  const Layers layers(c.grid.layer_tops_m);
  const DiagnosedSurface at = surface.hour(noon, upper_air_table.at(noon));
  const DiagnosedAir air = diagnose_columns(at, ground, surface.metrics(), layers, upper_air_table.at(noon));
  for (int j = 0; j < grid.rows(); ++j)
    for (int i = 0; i < grid.columns(); ++i) {
      double weight_pa = 0.0;
      for (int k = 0; k < layers.count(); ++k)
        weight_pa +=
            gravity_m_s2 * air.density_kg_m3(k, j, i) * layers.thickness_m(k, ground.terrain_m(j, i));
      EXPECT_NEAR(at.pressure_pa(j, i) - weight_pa, air.interface_pressure_pa(layers.count(), j, i), 1.0e-6);
      for (int k = 1; k < layers.count(); ++k)  // nothing overturns
        EXPECT_GE(air.potential_temperature_k(k, j, i), air.potential_temperature_k(k - 1, j, i) - 1.0e-9);
    }
}

TEST_F(DiagnosedWeather, FollowsTheLogarithmNearTheGroundWhenNeutral) {
  UpperAirProfile aloft;
  aloft.levels = {{0.0, 290.0, 8.0, 0.0, 0.5}, {5000.0, 305.0, 8.0, 0.0, 0.5}};
  DiagnosedColumn column{};
  column.surface_potential_temperature_k = 290.0;
  column.mixing_height_m = 1000.0;
  column.roughness_length_m = 0.06;
  column.wind_x_m_s = 5.0;
  column.breeze_depth_m = 400.0;
  for (const double height_m : {10.0, 40.0, 100.0})
    EXPECT_NEAR(column_wind(column, aloft, height_m).x_m_s,
                5.0 * std::log(height_m / 0.06) / std::log(10.0 / 0.06), 1.0e-10);
  EXPECT_NEAR(column_wind(column, aloft, 1000.0).x_m_s, 8.0, 1.0e-12);  // the wind aloft at the mixing height
}

TEST_F(DiagnosedWeather, TurnsTrueWestWindAlongTheParallels) {
  // Two degrees east of the central meridian the grid is turned by more than one degree: a wind from true
  // west must follow the parallel, whose direction the file's own latitudes tell.
  static_cast<void>(diagnose());
  const NetcdfReader file(path("out.nc"));
  const auto lat = file.read("XLAT", {0, 0, 0}, {1, 14, 16}),
             lon = file.read("XLONG", {0, 0, 0}, {1, 14, 16});
  const auto u = file.read("U10", {0, 0, 0}, {1, 14, 16}), v = file.read("V10", {0, 0, 0}, {1, 14, 16});
  const std::size_t n = 7 * 16 + 13;  // at sea, where the adjustment hardly acts
  const double lat_x = lat[n + 1] - lat[n - 1], lat_y = lat[n + 16] - lat[n - 16];
  const double northward = u[n] * lat_x + v[n] * lat_y;
  EXPECT_GT(std::fabs(u[n] * lat_x), 0.02 * u[n] * lat_y);  // the turn is there
  EXPECT_NEAR(northward / (u[n] * lat_y), 0.0, 0.004);      // 0.2 degrees, for the adjustment
}

TEST_F(DiagnosedWeather, BringsTheBreezeToTheCoastAndNotFarInland) {
  const std::vector<std::string> breeze = {"sea_breeze.enabled=true",    "sea_breeze.from_begin_deg=90",
                                           "sea_breeze.from_end_deg=90", "sea_breeze.onset_h=10",
                                           "sea_breeze.reach_km=4",      "sea_breeze.days=[\"2020-03-31\"]"};
  const auto wind_x = [&](const std::vector<std::string>& set) {
    EXPECT_EQ(diagnose(set).breeze_days.size(), set.empty() ? 0U : 1U);
    return NetcdfReader(path("out.nc")).read("U10", {5, 0, 0}, {1, 14, 16});  // 15 h local
  };
  const auto without = wind_x({}), with = wind_x(breeze);
  constexpr std::size_t width = 16, row = 10 * width;
  EXPECT_LT(with[row + 8], without[row + 8] - 1.0);    // the first sea cells: easterly added
  EXPECT_NEAR(with[row + 1], without[row + 1], 0.15);  // 20 km inland: beyond the front
}

TEST_F(DiagnosedWeather, SaysThatItHasNoProfileAndWritesAllTheSame) {
  const int before = warning_count();
  testing::internal::CaptureStderr();
  EXPECT_EQ(diagnose({"inputs.upper_air=", "air.power_law_exponent=0.21"}).hours, 7);
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_EQ(warning_count(), before + 1);
  EXPECT_NE(said.find("standard atmosphere"), std::string::npos) << said;
  EXPECT_NE(said.find("0.21"), std::string::npos) << said;  // the exponent that was used
}

TEST(StandardProfile, IsTheStandardAtmosphereThroughTheSurfaceValueUnderAPowerLawOfTheWind) {
  const UpperAirProfile air = standard_profile({.sea_level_temperature_k = 288.15,
                                                .wind_east_m_s = 4.0,
                                                .wind_north_m_s = -3.0,
                                                .relative_humidity = 0.6,
                                                .exponent = 0.2});
  // US Standard Atmosphere (1976), table I at 1000 m: 281.65 K, 89875 Pa.
  EXPECT_NEAR(air.at(1000.0).potential_temperature_k, 281.65 * std::pow(1.0e5 / 89875.0, 0.2857), 0.05);
  EXPECT_NEAR(air.at(100.0).wind_east_m_s, 4.0 * std::pow(10.0, 0.2), 1.0e-12);
  EXPECT_NEAR(air.at(1000.0).wind_north_m_s, -3.0 * std::pow(100.0, 0.2), 1.0e-12);
  EXPECT_NEAR(air.at(6000.0).wind_east_m_s, 4.0 * std::pow(100.0, 0.2), 1.0e-12);
}

TEST_F(DiagnosedWeather, WritesOneFileADayWhenThePathHasADate) {
  const auto summary = diagnose({"output=" + path("day_{date}.nc")});
  ASSERT_EQ(summary.files.size(), 1U);
  EXPECT_TRUE(fs::exists(path("day_2020-03-31.nc")));
}

TEST_F(DiagnosedWeather, NamesTheHoursThatNoStationHas) {
  write("surface.csv", records(5));
  EXPECT_NE(fault().find("surface.csv: no station has a record of 2020-03-31T05:00:00Z; each hour from"),
            std::string::npos)
      << fault();
  EXPECT_FALSE(fs::exists(path("out.nc")));
}

TEST_F(DiagnosedWeather, NamesAMissingColumn) {
  std::string text = records();
  text.replace(text.find("wind_direction_deg"), 18, "wind_dir_deg");
  write("surface.csv", text);
  EXPECT_NE(fault().find("wind_direction_deg"), std::string::npos) << fault();
}

TEST_F(DiagnosedWeather, KnowsKelvinPascalPercentAndDirectionsThatAreNone) {
  const auto with_row = [&](const std::string& row) {
    write("surface.csv", records() + row + "\n");
    return fault();
  };
  EXPECT_NE(with_row("x,119.9,36,2020-03-31T03:00:00Z,283.15,50,3,270,1015,0,0")
                .find("surface.csv:28: temperature_c is 283.15; -60 to 60 is allowed. It looks like kelvin: "
                      "subtract 273.15."),
            std::string::npos);
  EXPECT_NE(with_row("x,119.9,36,2020-03-31T03:00:00Z,10,50,3,270,101500,0,0").find("It looks like pascal"),
            std::string::npos);
  EXPECT_NE(with_row("x,119.9,36,2020-03-31T03:00:00Z,10,50,3,270,1015,50,0").find("It looks like tenths"),
            std::string::npos);
  EXPECT_NE(with_row("x,119.9,36,2020-03-31T03:00:00Z,10,50,3,361,1015,0,0")
                .find("wind_direction_deg is 361; 0 to 360 is allowed."),
            std::string::npos);
  EXPECT_NE(with_row("field,119.9,36,2020-03-31T03:00:00Z,10,50,3,270,1015,0,0")
                .find("station field has 2020-03-31T03:00:00Z twice; keep one"),
            std::string::npos);
}

TEST_F(DiagnosedWeather, ListsTheFaultsOfOneStartTogether) {
  write("surface.csv", records(5));
  const std::string text = fault({"grid.centre_longitude_deg=121.2", "period.end=2020-03-31T12:00:00Z"}) +
                           fault({"period.end=2020-03-31T14:00:00Z"});
  EXPECT_NE(text.find("static.nc: tells nothing of"), std::string::npos) << text;
  EXPECT_NE(text.find("the profiles run from 2020-03-31T00:00:00Z to 2020-03-31T12:00:00Z; "),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("no station has a record"), std::string::npos);
}

TEST_F(DiagnosedWeather, RefusesKeysAndGridsThatItDoesNotKnow) {
  EXPECT_NE(fault({"air.albdo=0.2"}).find("Did you mean \"albedo\"?"), std::string::npos)
      << fault({"air.albdo=0.2"});
  EXPECT_NE(fault({"grid.projection=utm"}).find("cannot stand in a WRF-like file"), std::string::npos);
  EXPECT_NE(fault({"sea_breeze.peak_h=9"}).find("must rise"), std::string::npos);
}

TEST_F(DiagnosedWeather, IsOnlyCheckedWhenAsked) {
  EXPECT_EQ(diagnose_weather(read_diagnose_case(path("weather.toml")), true).hours, 0);
  EXPECT_FALSE(fs::exists(path("out.nc")));
}

}  // namespace
}  // namespace lantian
