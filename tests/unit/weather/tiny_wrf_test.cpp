#include "support/tiny_wrf.hpp"

#include "support/temporary_folder.hpp"

#include "lantian/weather/weather.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

/// The second hour of a small file, read as weather.
WeatherHour second_hour(const TinyWrf& wrf, const std::string& path) {
  write_tiny_wrf(path, wrf);
  Case configuration;
  configuration.weather.files = {path};
  configuration.run.start = wrf.start;
  configuration.run.end = wrf.start.plus_seconds(3LL * wrf.interval_s);
  configuration.run.spin_up_h = 0.0;
  Problems problems;
  Weather weather(configuration, problems);
  EXPECT_TRUE(problems.empty()) << problems.sentences().front();
  return weather.hour(wrf.start.plus_seconds(wrf.interval_s));
}

TEST(TinyWrf, IsWeatherOnEveryProjectionInBothFormats) {
  // A wind that is the same everywhere in a layer converges over flat ground only as far as the map's scale
  // changes: 1e-4 a cell. A hydrostatic column at rest keeps its mass.
  const TemporaryFolder folder;
  for (const int map_proj : {1, 2, 3, 6}) {
    for (const auto format : {NetcdfWriter::Format::netcdf4, NetcdfWriter::Format::classic}) {
      TinyWrf wrf;
      wrf.map_proj = map_proj;
      wrf.format = format;
      if (map_proj == 2) wrf.true_latitude_1_deg = 60.0;
      EXPECT_LT(second_hour(wrf, folder.file("wrf.nc")).adjustment_rms, 1.0e-3) << map_proj;
    }
  }
}

TEST(TinyWrf, WithAHillIsStillNearlyMassConsistent) {
  const TemporaryFolder folder;
  TinyWrf wrf;
  wrf.hill_m = 400.0;
  EXPECT_LT(second_hour(wrf, folder.file("wrf.nc")).adjustment_rms, 0.05);
}

}  // namespace
}  // namespace lantian
