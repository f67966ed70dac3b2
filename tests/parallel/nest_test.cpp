// A run whose boundary is the file of a coarser run: what enters is the parent's air, on any ranks and across
// any stop.
#include "course.hpp"
#include "made_case.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netcdf.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

constexpr double uniform_ppb = 0.3;                             // no number of 32 bits
constexpr std::array<int, 4> lee_of_the_city = {13, 2, 9, 13};  // the wind blows from the west

/// Six hours over the city whose sources are steady, then the last three of them over its lee, in the same
/// cells.
class Nest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    city_ = std::make_unique<MadeCity>(6);
    parent_ = city_->configuration();
    for (InventoryConfig& one : parent_.emissions.inventory) one.temporal = "default";
    parent_.output.directory = folder() + "/parent";
    parent_.output.nest = true;
    parent_.output.nest_interval_min = 20;
    parent_.boundary.air.front().values_ppb["UNIFORM"] = uniform_ppb;
    run(parent_, world(), {});
    world().barrier();
  }
  static void TearDownTestSuite() {
    world().barrier();
    city_.reset();
  }
  static Communicator world() { return Communicator::world(); }
  static std::string folder() { return city_->configuration().directory; }
  static Case child(const std::string& name) {
    Case made = parent_;
    made.run.start = parent_.run.start.plus_seconds(3 * 3600LL);
    made.grid.window = lee_of_the_city;
    made.restart.every_h = 1;
    made.output.directory = folder() + "/" + name;
    BoundaryAirConfig air;
    air.kind = "nest";
    air.file = parent_.output.directory + "/nest.nc";
    made.boundary.air = {air};
    return made;
  }
  static void run_on(int ranks, const Case& made, Course course = {}) { run_on_first(ranks, made, course); }
  static NetcdfReader result(const Case& made) { return NetcdfReader(made.output.directory + "/nest.nc"); }
  static std::string final_hash(const Case& made) {
    return result(made).text_attribute("", "final_state_hash").value();
  }
  static std::string fault_of(const Case& made) {
    const QuietLog quiet;
    try {
      const Inputs inputs = Inputs::open(made);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  static void expect_fault(const Case& made, const std::vector<std::string>& parts) {
    const std::string fault = fault_of(made);
    for (const std::string& part : parts) EXPECT_NE(fault.find(part), std::string::npos) << fault;
  }
  static inline std::unique_ptr<MadeCity> city_;
  static inline Case parent_;
};

TEST_F(Nest, KeepsAUniformTracerOfTheParentUniform) {
  const Case made = child("uniform");
  run_on(world().size(), made);
  for (const double q_ppb : result(made).read("UNIFORM")) EXPECT_NEAR(q_ppb, uniform_ppb, 1.0e-12);
}

TEST_F(Nest, GivesTheSameBitsOnAnyRanksAndAcrossAStopInMidHour) {
  const Case alone = child("alone"), together = child("together"), stopped = child("stopped");
  run_on(1, alone);
  run_on(world().size(), together);
  run_on(1, stopped, {.steps = 8});  // in the second hour
  run_on(1, stopped, {.resumes = true, .most_wall_s = 1.0e-9});
  run_on(world().size(), stopped, {.resumes = true});
  EXPECT_EQ(final_hash(together), final_hash(alone));
  EXPECT_EQ(final_hash(stopped), final_hash(alone));
  EXPECT_EQ(result(alone).read("time").size(), 9u);  // three an hour
  for (const char* written : {"time", "CO", "O3"}) {
    EXPECT_EQ(result(together).read(written), result(alone).read(written));
    EXPECT_EQ(result(stopped).read(written), result(alone).read(written));
  }
}

TEST_F(Nest, ClosesItsBudgetsWithWhatFlowsIn) {
  const QuietLog quiet;
  const Case made = child("budget");
  Inputs inputs = Inputs::open(made);
  Model model(made, world(), inputs);
  double residual = 1.0;
  model.run([&](const HourReport& hour) { residual = hour.budget.worst_inert_residual(); });
  EXPECT_LE(residual, 1.0e-12);
}

TEST_F(Nest, RefusesAParentThatDoesNotCoverItsCells) {
  Case made = child("wide");
  made.grid.window = {0, 0, 0, 0};
  expect_fault(made, {"nest.nc: the parent does not cover this run", "columns 0 to 22 and rows 0 to 16"});
}

TEST_F(Nest, RefusesAParentThatDoesNotCoverItsHours) {
  Case made = child("early");
  made.run.start = parent_.run.start;
  expect_fault(made, {"nest.nc: time: holds 2020-03-30T04:20:00Z to 2020-03-30T10:00:00Z",
                      "needs 2020-03-30T04:00:00Z to 2020-03-30T10:00:00Z"});
}

TEST_F(Nest, RefusesInstantsThatDoNotLieEvenlyWithinTheHour) {
  Case made = child("uneven");
  std::string& file = made.boundary.air.front().file;
  const std::string sound = file;
  file = folder() + fmt::format("/uneven_{}.nc", world().rank());
  const auto move = [&](std::size_t instant) {
    std::filesystem::copy_file(sound, file, std::filesystem::copy_options::overwrite_existing);
    int id = -1, time = -1;
    double seconds = 0.0;
    ASSERT_EQ(nc_open(file.c_str(), NC_WRITE, &id), NC_NOERR);
    ASSERT_EQ(nc_inq_varid(id, "time", &time), NC_NOERR);
    ASSERT_EQ(nc_get_var1_double(id, time, &instant, &seconds), NC_NOERR);
    seconds += 60.0;
    ASSERT_EQ(nc_put_var1_double(id, time, &instant, &seconds), NC_NOERR);
    ASSERT_EQ(nc_close(id), NC_NOERR);
  };
  move(1);
  expect_fault(made,
               {"time: 2020-03-30T04:41:00Z follows 2020-03-30T04:20:00Z; an interval that divides an hour"});
  move(2);
  expect_fault(made, {"time: 2020-03-30T05:01:00Z follows 2020-03-30T04:40:00Z; every 1200 s are needed"});
}

TEST_F(Nest, RefusesAParentWithALowerModelTop) {
  Case made = child("high");
  made.grid.layer_tops_m.back() = 4000.0;
  expect_fault(made, {"the parent's model top is 3500 m, this run's is 4000 m"});
}

TEST_F(Nest, RefusesAnotherMechanismUnlessItsSpeciesAreNamed) {
  Case made = child("other");
  made.chemistry.mechanism = "none";
  made.chemistry.inert_tracers = {"UNIFORM"};
  made.emissions.enabled = false;
  expect_fault(made, {R"(chemistry.mechanism "grs", this run has "none")"});
  made.boundary.air.front().species = {"UNIFORM"};
  EXPECT_EQ(fault_of(made), "");
}

TEST_F(Nest, RefusesAFileThatIsNoNest) {
  Case made = child("history");
  made.boundary.air.front().file = parent_.output.directory + "/history.nc";
  expect_fault(made, {"history.nc: ", R"(the unit "ug m-3" is not "1e-9")"});
  made.boundary.air.front().file = folder() + "/inventory.nc";
  expect_fault(made, {"inventory.nc: has no variable crs; a nest.nc is needed"});
}

TEST_F(Nest, LeavesASpeciesThatTheParentLacksToTheEntryBefore) {
  Case made = child("dye");
  made.chemistry.inert_tracers = {"UNIFORM", "DYE"};
  BoundaryAirConfig before;
  before.values_ppb = {{"DYE", 2.0}, {"UNIFORM", 9.0}};
  made.boundary.air.insert(made.boundary.air.begin(), before);
  made.run.end = made.run.start.plus_seconds(3600);
  run_on(world().size(), made);
  for (const double q_ppb : result(made).read("DYE")) EXPECT_NEAR(q_ppb, 2.0, 2.0e-12);
  for (const double q_ppb : result(made).read("UNIFORM")) EXPECT_NEAR(q_ppb, uniform_ppb, 1.0e-12);
}

}  // namespace
}  // namespace lantian::testing
