// A plume that crosses the edge of a nest must be that of the run around it, within 2 % (l1).
#include "course.hpp"
#include "made_case.hpp"

#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

constexpr int parent_columns = 44, parent_rows = 28, hours = 6;
constexpr double most_l1 = 0.02, most_l1_of_equal_cells = 0.01;

/// The wind of a night that does not change, a city ten cells west of the middle, and a nest of 16 x 20
/// parent's cells whose western edge lies in it or in its lee.
struct Night {
  double wind_y_m_s = 0.0, shear_per_km = 0.0;  // beside 4 m/s along x
  double time_step_s = 300.0;
  int first_column = 15;
  int finer = 1;           // cells of the nest in one of the parent, along each axis
  bool holds_city = true;  // false: the nest lies in the lee of all sources
  int begins_after_h = 3;  // the plume reaches through the nest an hour later
  int nest_interval_min = 60;
};

constexpr int nest_columns = 16, nest_rows = 20, first_row = 4;

class NestPlume : public ::testing::Test {
 protected:
  NestPlume() {
    if (world().rank() == 0) folder_ = std::make_unique<TemporaryFolder>();
    path_ = world().broadcast(folder_ ? folder_->path() : "", 0);
  }
  void TearDown() override { world().barrier(); }  // nobody reads the folder any more
  static Communicator world() { return Communicator::world(); }

  static TinyWrf weather_of(const Night& night) {
    TinyWrf wrf;
    wrf.columns = parent_columns;
    wrf.rows = parent_rows;
    wrf.wind_y_m_s = night.wind_y_m_s;
    wrf.shear_per_km = night.shear_per_km;
    wrf.has_sea = false;
    wrf.centre_longitude_deg = 120.63;
    wrf.start = from_civil(2020, 3, 30, 15);  // 23 h there
    wrf.records = hours + 1;
    return wrf;
  }
  [[nodiscard]] Case parent_of(const Night& night, const TinyWrf& wrf) const {
    Case parent = made_case(path_);
    parent.run.start = wrf.start;
    parent.run.end = wrf.start.plus_seconds(3600LL * hours);
    parent.run.time_step_s = night.time_step_s;
    parent.chemistry.mechanism = "none";
    parent.chemistry.inert_tracers = {"CO"};
    parent.emissions.inventory.resize(1);
    parent.emissions.inventory.front().variables = {{"CO", "CO"}};
    parent.emissions.inventory.front().temporal = "default";
    parent.boundary.air.front().values_ppb = {{"CO", 0.0}};
    parent.output.directory = path_ + "/parent";
    parent.output.nest = true;
    parent.output.nest_interval_min = night.nest_interval_min;
    return parent;
  }
  static Case child_of(const Night& night, const TinyWrf& wrf, const Case& parent) {
    Case child = parent;
    child.run.start = parent.run.start.plus_seconds(3600LL * night.begins_after_h);
    child.grid.window = {night.first_column, first_row, nest_columns, nest_rows};
    if (night.finer > 1) {
      const GridConfig coarse = tiny_wrf::grid_config(wrf);
      const LonLat middle = HorizontalGrid::from_config(coarse).corner(first_row + nest_rows / 2,
                                                                       night.first_column + nest_columns / 2);
      const std::vector<double> tops_m = child.grid.layer_tops_m;
      child.grid = coarse;
      child.grid.layer_tops_m = tops_m;
      child.grid.centre_longitude_deg = middle.longitude_deg;
      child.grid.centre_latitude_deg = middle.latitude_deg;
      child.grid.cell_size_m = wrf.cell_size_m / night.finer;
      child.grid.columns = night.finer * nest_columns;
      child.grid.rows = night.finer * nest_rows;
      child.run.time_step_s = night.time_step_s / night.finer;
    }
    if (!night.holds_city) {
      child.emissions = {};
      child.emissions.enabled = false;
    }
    child.output.directory = parent.directory + "/child";
    BoundaryAirConfig air;
    air.kind = "nest";
    air.file = parent.output.directory + "/nest.nc";
    child.boundary.air = {air};
    return child;
  }

  /// sum |child - parent| over sum parent in the parent's cells in the nest, by air; one each hour.
  std::vector<double> l1_of(const Night& night) {
    const TinyWrf wrf = weather_of(night);
    if (world().rank() == 0) {
      write_tiny_wrf(path_ + "/wrfout.nc", wrf);
      write_made_inventory(path_ + "/inventory.nc");
    }
    world().barrier();
    const Case parent = parent_of(night, wrf), child = child_of(night, wrf, parent);
    run_on_first(world().size(), parent, {});
    run_on_first(world().size(), child, {});
    const std::vector<double> outer = NetcdfReader(parent.output.directory + "/nest.nc").read("CO"),
                              inner = NetcdfReader(child.output.directory + "/nest.nc").read("CO");
    std::vector<double> result;
    for (int hour = 0; hour < hours - night.begins_after_h; ++hour)
      result.push_back(l1_of(night, outer, inner, hour));
    world().barrier();
    return result;
  }

 private:
  static double l1_of(const Night& night, const std::vector<double>& outer, const std::vector<double>& inner,
                      int hour) {
    const int instants = 60 / night.nest_interval_min;  // of nest.nc in an hour
    constexpr std::array<double, 7> depth_m = {30, 50, 100, 220, 500, 900, 1700};
    const int layers = static_cast<int>(depth_m.size());
    const auto at = [](int record, int k, int j, int i, std::array<int, 3> shape) {
      const int row = (record * shape[0] + k) * shape[1] + j;
      const int place = row * shape[2] + i;
      return static_cast<std::size_t>(place);
    };
    double apart = 0.0, whole = 0.0;
    for (int k = 0; k < layers; ++k) {
      for (int j = 0; j < nest_rows; ++j) {
        for (int i = 0; i < nest_columns; ++i) {
          const double parent_ppb =
              outer.at(at(instants * (hour + night.begins_after_h + 1) - 1, k, first_row + j,
                          night.first_column + i, {layers, parent_rows, parent_columns}));
          double child_ppb = 0.0;
          for (int dj = 0; dj < night.finer; ++dj)
            for (int di = 0; di < night.finer; ++di)
              child_ppb +=
                  inner.at(at(instants * (hour + 1) - 1, k, night.finer * j + dj, night.finer * i + di,
                              {layers, night.finer * nest_rows, night.finer * nest_columns})) /
                  (night.finer * night.finer);
          apart += depth_m.at(static_cast<std::size_t>(k)) * std::fabs(child_ppb - parent_ppb);
          whole += depth_m.at(static_cast<std::size_t>(k)) * parent_ppb;
        }
      }
    }
    return apart / whole;
  }
  std::unique_ptr<TemporaryFolder> folder_;
  std::string path_;
};

void expect_within(const std::vector<double>& l1, double most, std::size_t hours_of_nest = 3) {
  EXPECT_EQ(l1.size(), hours_of_nest);
  for (std::size_t hour = 0; hour < l1.size(); ++hour) EXPECT_LE(l1[hour], most) << "hour " << hour + 1;
}

TEST_F(NestPlume, IsTheParentsInAConstantWind) {
  expect_within(l1_of({}), most_l1_of_equal_cells);
}

TEST_F(NestPlume, IsTheParentsInAWindAslantAndSmallSteps) {
  // what comes back from the edges where the plume leaves is largest here
  expect_within(l1_of({.wind_y_m_s = 1.0, .time_step_s = 100.0}), most_l1_of_equal_cells);
}

TEST_F(NestPlume, IsTheParentsInAShearedWind) {
  expect_within(l1_of({.wind_y_m_s = 1.0, .shear_per_km = 0.4}), most_l1_of_equal_cells);
}

TEST_F(NestPlume, IsTheParentsInCellsOfAThird) {
  for (const double shear_per_km : {0.0, 0.4})
    expect_within(l1_of({.shear_per_km = shear_per_km, .first_column = 18, .finer = 3, .holds_city = false}),
                  most_l1);
}

TEST_F(NestPlume, IsTheParentsWhileItsFrontEntersWhereInstantsLieTenMinutesApart) {
  // The front passes five cells an hour, and reaches the edge some 20 minutes after the nest begins.
  Night front{.first_column = 18, .holds_city = false, .begins_after_h = 1, .nest_interval_min = 10};
  for (const int finer : {1, 3}) {
    front.finer = finer;
    expect_within(l1_of(front), most_l1, 5);
  }
  front.finer = 1;
  front.nest_interval_min = 60;
  EXPECT_GT(l1_of(front).front(), most_l1) << "hourly instants would do too";
}

}  // namespace
}  // namespace lantian::testing
