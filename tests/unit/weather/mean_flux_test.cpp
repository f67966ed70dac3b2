#include "made_weather.hpp"

#include "lantian/base/log.hpp"
#include "lantian/weather/weather.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace lantian {
namespace {

constexpr const char* first_hour = "2020-04-01T00:00:00Z";
constexpr const char* second_hour = "2020-04-01T01:00:00Z";

struct Read {
  WeatherHour hour;
  std::string said;
  int warnings = 0;
};

/// An hour of a file, and what is said of the file until then.
Read read(const MadeWeather& made, const char* start) {
  const TestFolder folder;
  made.write(folder.path("wrfout"));
  Read result;
  const int before = warning_count();
  testing::internal::CaptureStderr();
  Problems problems;
  Weather weather(two_hours({folder.path("wrfout")}), problems);
  if (problems.sentences().empty()) result.hour = weather.hour(parse_utc(start));
  result.said = testing::internal::GetCapturedStderr();
  result.warnings = warning_count() - before;
  problems.throw_if_any();
  return result;
}

/// A file whose fluxes carry so many times what its winds say.
MadeWeather averaged(double mean_flux) {
  MadeWeather made;
  made.mean_flux = mean_flux;
  return made;
}

/// Largest difference of the fluxes to the sides, over the largest of them.
double difference(const AirFluxes& a, const AirFluxes& b) {
  double most = 0.0, apart = 0.0;
  for (const auto side : {&AirFluxes::x_kg_s, &AirFluxes::y_kg_s})
    for (std::size_t n = 0; n < (a.*side).values().size(); ++n) {
      most = std::max(most, std::fabs((a.*side).values()[n]));
      apart = std::max(apart, std::fabs((a.*side).values()[n] - (b.*side).values()[n]));
    }
  return apart / most;
}

TEST(MeanFluxes, OfAWindThatChangesEvenlyCarryWhatTheInstantsCarry) {
  // WRF's Registry: AVGFLX_RUM is the mean of mu u/m [Pa m s-1]; U and the air change evenly between the
  // outputs, so that the mean is that of the middle; the rest is the files' real32.
  for (const int projection : {1, 2, 3, 6}) {
    MadeWeather with = averaged(1.0), without;
    for (MadeWeather* made : {&with, &without}) {
      made->map_projection = projection;
      made->true_latitude_1 = projection == 2 ? 60.0 : 30.0;
    }
    const Read mean = read(with, second_hour);
    EXPECT_LT(difference(mean.hour.fluxes, read(without, second_hour).hour.fluxes), 1.0e-5) << projection;
    EXPECT_LE(mismatch(mean.hour), 1.0e-12) << projection;
  }
}

TEST(MeanFluxes, TakeThePlaceOfTheWindsOfTheInstantsAndTheLogSaysSo) {
  MadeWeather faster;
  faster.change = [](const std::string& name, int, std::vector<double>& values) {
    if (name == "U" || name == "V")
      for (double& value : values) value *= 1.5;
  };
  const Read mean = read(averaged(1.5), second_hour);
  EXPECT_LT(difference(mean.hour.fluxes, read(faster, second_hour).hour.fluxes), 1.0e-5);
  EXPECT_GT(difference(mean.hour.fluxes, read(MadeWeather(), second_hour).hour.fluxes), 0.3);
  EXPECT_NE(mean.said.find("WRF's own means (AVGFLX_RUM, AVGFLX_RVM)"), std::string::npos) << mean.said;
  EXPECT_EQ(mean.warnings, 0);
  EXPECT_EQ(read(MadeWeather(), second_hour).said.find("AVGFLX"), std::string::npos);
}

TEST(MeanFluxes, LeaveTheWindsOfTheCellsThoseOfTheInstants) {
  const Read mean = read(averaged(1.5), second_hour), instants = read(MadeWeather(), second_hour);
  EXPECT_TRUE(
      std::ranges::equal(mean.hour.middle.wind_x_m_s.values(), instants.hour.middle.wind_x_m_s.values()));
}

TEST(MeanFluxes, BelongToTheTimeBeforeTheirOutput) {
  MadeWeather made = averaged(1.0);
  made.change = [](const std::string& name, int record, std::vector<double>& values) {
    if (name.starts_with("AVGFLX") && record == 1)
      for (double& value : values) value *= 2.0;
  };
  const AirFluxes usual_first = read(averaged(1.0), first_hour).hour.fluxes;
  const AirFluxes usual_second = read(averaged(1.0), second_hour).hour.fluxes;
  EXPECT_GT(difference(read(made, first_hour).hour.fluxes, usual_first), 0.4);
  EXPECT_EQ(difference(read(made, second_hour).hour.fluxes, usual_second), 0.0);
}

TEST(MeanFluxes, AreOneForAllHoursBetweenTwoOutputs) {
  MadeWeather made = averaged(1.0);
  made.interval_s = 3 * 3600;
  made.hill_m = 0.0;
  const AirFluxes first = read(made, first_hour).hour.fluxes, second = read(made, second_hour).hour.fluxes;
  EXPECT_LT(difference(first, second), 1.0e-6);  // 20 Pa more air in three hours share out the correction
}

TEST(MeanFluxes, ThatAreZeroAfterANewStartOfWrfGiveWayToTheInstantsWithOneWarning) {
  MadeWeather made = averaged(1.5);
  made.change = [](const std::string& name, int record, std::vector<double>& values) {
    if (name.starts_with("AVGFLX") && record == 2) std::ranges::fill(values, 0.0);
  };
  const Read mean = read(made, second_hour);
  EXPECT_EQ(difference(mean.hour.fluxes, read(MadeWeather(), second_hour).hour.fluxes), 0.0);
  EXPECT_EQ(mean.warnings, 1);
  EXPECT_NE(mean.said.find("2020-04-01T02:00:00Z"), std::string::npos) << mean.said;
}

TEST(MeanFluxes, AreNotUsedWithoutTheLayersOfEtaOrTheMapFactors) {
  for (const char* absent : {"ZNW", "MAPFAC_UY", "MAPFAC_VX", "AVGFLX_RVM"}) {
    MadeWeather made = averaged(1.5);
    made.without = {absent};
    const Read mean = read(made, second_hour);
    EXPECT_EQ(difference(mean.hour.fluxes, read(MadeWeather(), second_hour).hour.fluxes), 0.0) << absent;
    EXPECT_EQ(mean.warnings, 1) << absent;
    EXPECT_NE(mean.said.find("ZNW, MAPFAC_UY"), std::string::npos) << mean.said;
  }
}

TEST(MeanFluxes, ThatNoStormHasAreRefused) {
  MadeWeather made = averaged(1.0);
  made.change = [](const std::string& name, int record, std::vector<double>& values) {
    if (name == "AVGFLX_RUM" && record == 1) values[100] *= 1000.0;
  };
  EXPECT_THROW((void)read(made, first_hour), Error);
}

TEST(MeanFluxes, CarryTheAirAboveACutModelTooAndKeepItsMass) {
  MadeWeather cut = averaged(1.0);
  cut.has_own_top = false;  // W at the model top stays that of the instants
  EXPECT_LE(mismatch(read(cut, first_hour).hour), 1.0e-12);
}

}  // namespace
}  // namespace lantian
