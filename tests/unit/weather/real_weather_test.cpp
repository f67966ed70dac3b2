#include "lantian/base/constants.hpp"
#include "lantian/base/log.hpp"
#include "lantian/config/case.hpp"
#include "lantian/weather/weather.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace lantian {
namespace {

/// Path of a file of the validation data, or empty.
std::string validation_file(const std::string& name) {
  const char* root = std::getenv("LANTIAN_DATA");
  return root == nullptr ? "" : std::string(root) + "/data/met/" + name;
}

Case nine_hours(const std::string& file, const std::string& start) {
  Case configuration;
  configuration.weather.files = {file};
  configuration.run.start = parse_utc(start);
  configuration.run.end = configuration.run.start.plus_seconds(9 * 3600LL);
  configuration.run.spin_up_h = 0.0;
  return configuration;
}

struct Extremes {
  double adjustment = 0.0;                              // largest rms of the correction
  double mismatch = 0.0;                                // max |M_begin - 3600 div - M_end|/M_end
  double largest_w = 0.0;                               // of |vertical| [kg/s]
  double lowest_top_m_s = 1e9, highest_top_m_s = -1e9;  // velocity at 1 kg/m3 that passes the top
};

void look_at(const WeatherHour& hour, const Surface& surface, Extremes& seen) {
  const auto& f = hour.fluxes;
  const auto& begin = hour.begin.air_mass_kg;
  for (int k = 0; k < begin.layers(); ++k)
    for (int j = 0; j < begin.rows(); ++j)
      for (int i = 0; i < begin.columns(); ++i) {
        const double leaving = f.x_kg_s(k, j, i + 1) - f.x_kg_s(k, j, i) + f.y_kg_s(k, j + 1, i) -
                               f.y_kg_s(k, j, i) + f.vertical_kg_s(k + 1, j, i) - f.vertical_kg_s(k, j, i);
        seen.mismatch = std::max(
            seen.mismatch,
            std::fabs((begin(k, j, i) - seconds_per_hour * leaving) / hour.end.air_mass_kg(k, j, i) - 1.0));
        seen.largest_w = std::max(seen.largest_w, std::fabs(f.vertical_kg_s(k + 1, j, i)));
        EXPECT_GE(hour.middle.eddy_diffusivity_m2_s(k + 1, j, i), 0.0);
        EXPECT_GT(hour.middle.pressure_pa(k, j, i), 10000.0);
        if (k == begin.layers() - 1) {
          const double top_m_s = f.vertical_kg_s(k + 1, j, i) / surface.cell_area_m2(j, i);
          seen.lowest_top_m_s = std::min(seen.lowest_top_m_s, top_m_s);
          seen.highest_top_m_s = std::max(seen.highest_top_m_s, top_m_s);
        }
      }
  seen.adjustment = std::max(seen.adjustment, hour.adjustment_rms);
}

Extremes run(Weather& weather, UtcTime start) {
  Extremes seen;
  for (int h = 0; h < 9; ++h) look_at(weather.hour(start.plus_seconds(h * 3600LL)), weather.surface(), seen);
  std::printf(
      "layers %d to %.0f m: adjustment rms %.3f %%, air mismatch %.1e, flux through the top %.4f to %.4f kg "
      "m-2 s-1\n",
      weather.layers().count(), weather.layers().model_top_m(), 100.0 * seen.adjustment, seen.mismatch,
      seen.lowest_top_m_s, seen.highest_top_m_s);
  return seen;
}

TEST(RealWeather, HighTerrainUnderTheWeathersOwnTop) {
  const std::string file = validation_file("wrfout_allvars_tibet30km_20050921.nc");
  if (file.empty()) GTEST_SKIP() << "NOT TESTED: set LANTIAN_DATA to read the real WRF output of Tibet";
  const Case configuration = nine_hours(file, "2005-09-21T00:00:00Z");
  Problems problems;
  Weather weather(configuration, problems);
  ASSERT_TRUE(problems.empty()) << problems.sentences().front();
  const Extremes seen = run(weather, configuration.run.start);
  EXPECT_LE(seen.mismatch, 1.0e-12);
  EXPECT_LT(seen.adjustment, 0.2);
}

TEST(RealWeather, HurricaneInFilesCutBelowTheWeathersTop) {
  const std::string file = validation_file("wrfout_katrina10km_20050828.nc");
  if (file.empty())
    GTEST_SKIP() << "NOT TESTED: set LANTIAN_DATA to read the real WRF output of hurricane Katrina";
  Case configuration = nine_hours(file, "2005-08-28T12:00:00Z");
  configuration.grid.land_use = "water";
  const int warnings = warning_count();
  Problems problems;
  Weather weather(configuration, problems);
  ASSERT_TRUE(problems.empty()) << problems.sentences().front();
  EXPECT_GE(warning_count() - warnings, 5);  // LU_INDEX, PBLH, UST, HFX, SWDOWN
  const Extremes seen = run(weather, configuration.run.start);
  EXPECT_LE(seen.mismatch, 1.0e-12);
  EXPECT_LT(seen.lowest_top_m_s, 0.0);
  EXPECT_GT(seen.highest_top_m_s, 0.0);
}

}  // namespace
}  // namespace lantian
