// A run whose wind turns round: what it blew out of the city comes back, with the same bits on any ranks and
// across any stop.
#include "course.hpp"
#include "made_case.hpp"

#include "lantian/io/netcdf_file.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace lantian::testing {
namespace {

/// Three hours in which the wind dies down and turns after one and a half. The city fills the domain, so
/// that its air leaves and comes back.
class WindThatTurns : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    city_ = std::make_unique<MadeCity>(3, 12, 10);
    if (world().rank() == 0) {
      TinyWrf wrf;
      wrf.columns = 12;
      wrf.rows = 10;
      wrf.start = from_civil(2020, 3, 30, 4);
      wrf.wind_change_per_h = -2.0 / 3.0;
      write_tiny_wrf(city_->configuration().directory + "/turning.nc", wrf);
    }
    world().barrier();
  }
  static void TearDownTestSuite() {
    world().barrier();
    city_.reset();
  }
  static Communicator world() { return Communicator::world(); }
  static Case turning(const std::string& name, double memory_s) {
    Case made = city_->configuration();
    made.weather.files = {"turning.nc"};
    made.boundary.memory_s = memory_s;
    made.restart.every_h = 1;
    made.output.nest = true;
    made.output.directory = made.directory + "/" + name;
    return made;
  }
  static NetcdfReader result(const Case& made) { return NetcdfReader(made.output.directory + "/nest.nc"); }
  static std::string final_hash(const Case& made) {
    return result(made).text_attribute("", "final_state_hash").value();
  }
  static inline std::unique_ptr<MadeCity> city_;
};

TEST_F(WindThatTurns, BringsBackTheSameBitsOnAnyRanksAndAcrossAStopInMidHour) {
  const Case alone = turning("alone", 7200.0), together = turning("together", 7200.0),
             stopped = turning("stopped", 7200.0);
  run_on_first(1, alone, {});
  run_on_first(world().size(), together, {});
  run_on_first(1, stopped, {.steps = 14});  // in the third hour, when air comes back
  run_on_first(1, stopped, {.resumes = true, .most_wall_s = 1.0e-9});
  run_on_first(world().size(), stopped, {.resumes = true});
  EXPECT_EQ(final_hash(together), final_hash(alone));
  EXPECT_EQ(final_hash(stopped), final_hash(alone));
}

TEST_F(WindThatTurns, BringsBackMoreOfTheCitysAirTheLongerTheMemory) {
  double before = 0.0;
  for (const double memory_s : {0.0, 900.0, 14400.0}) {
    const Case made = turning("memory", memory_s);
    run_on_first(world().size(), made, {});
    double sum_ppb = 0.0;
    for (const double co_ppb : result(made).read("CO")) sum_ppb += co_ppb;
    EXPECT_GT(sum_ppb, before);
    before = sum_ppb;
    for (const double q_ppb : result(made).read("UNIFORM")) EXPECT_NEAR(q_ppb, 1.0, 1.0e-12);
    world().barrier();
  }
}

TEST_F(WindThatTurns, ClosesItsBudgetsWithWhatComesBack) {
  const QuietLog quiet;
  const Case made = turning("budget", 7200.0);
  Inputs inputs = Inputs::open(made);
  Model model(made, world(), inputs);
  double residual = 1.0;
  model.run([&](const HourReport& hour) { residual = hour.budget.worst_inert_residual(); });
  EXPECT_LE(residual, 1.0e-12);
}

}  // namespace
}  // namespace lantian::testing
