#include "lantian/io/history_writer.hpp"

#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/digest.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/parallel/decomposition.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <utility>

namespace lantian {
namespace {

using Extent = OutputVariable::Extent;

GridConfig config_of(const std::string& projection) {
  GridConfig config;
  config.projection = projection;
  config.standard_parallel_1_deg = projection == "polar_stereographic" ? 60.0 : 30.0;
  config.standard_parallel_2_deg = 45.0;
  config.central_meridian_deg = 120.0;
  config.origin_latitude_deg = 36.0;
  config.utm_zone = 51;
  config.centre_longitude_deg = 120.3;
  config.centre_latitude_deg = 36.2;
  config.columns = 21;
  config.rows = 17;
  return config;
}

/// Any smooth field: the value of a cell depends on where it is, not on who holds it.
double field_at(int hour, int k, int row, int column) {
  return std::sin(0.3 * column + 0.1 * hour) * std::cos(0.2 * row) + 0.5 * k + 40.0;
}

Array2<double> terrain_of(const HorizontalGrid& grid) {
  Array2<double> terrain(grid.rows(), grid.columns());
  for (int j = 0; j < grid.rows(); ++j)
    for (int i = 0; i < grid.columns(); ++i) terrain(j, i) = 10.0 * (j + i);
  return terrain;
}

/// Two hours of a plane, a volume and a fixed plane, written by all ranks of a group.
void write_history(const std::string& path, const Communicator& ranks,
                   const std::string& projection = "lambert") {
  const HorizontalGrid grid = HorizontalGrid::from_config(config_of(projection));
  const Layers layers({100.0, 500.0, 5000.0});
  const Tile tile =
      Decomposition(ranks.size(), grid.columns(), grid.rows(), layers.count()).tile(ranks.rank());
  HistoryWriter history(
      path, ranks,
      {.grid = grid,
       .layers = layers,
       .tile = tile,
       .terrain_m = terrain_of(grid),
       .variables =
           {{.name = "O3",
             .long_name = "ozone near the ground",
             .units = "ug m-3",
             .standard_name = "mass_concentration_of_ozone_in_air"},
            {.name = "NO2_3d", .long_name = "nitrogen dioxide", .units = "1e-9", .extent = Extent::layers},
            {.name = "land", .long_name = "share of land", .units = "1", .extent = Extent::fixed_plane}},
       .attributes = {{"title", "a test"}, {"rank", std::to_string(ranks.rank())}}});
  Array2<double> plane(tile.rows, tile.columns);
  Array3<double> volume(tile.layers, tile.rows, tile.columns);
  const UtcTime start = parse_utc("2020-03-30T16:00:00Z");
  for (int hour = 0; hour < 2; ++hour) {
    history.append_hour(start.plus_seconds(3600LL * hour), start.plus_seconds(3600LL * (hour + 1)));
    for (int k = 0; k < tile.layers; ++k)
      for (int j = 0; j < tile.rows; ++j)
        for (int i = 0; i < tile.columns; ++i)
          volume(k, j, i) = field_at(hour, k, tile.first_row + j, tile.first_column + i);
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i) plane(j, i) = 2.0 * volume(0, j, i);
    history.write_2d("O3", plane);
    history.write_3d("NO2_3d", volume);
    if (hour == 0) history.write_2d("land", plane);
  }
  history.finish({{"budget_residual", "1e-15"}});
}

/// A folder that all ranks of a node see.
class SharedFolder {
 public:
  explicit SharedFolder(Communicator ranks) : ranks_(std::move(ranks)) {
    path_ = ranks_.broadcast(ranks_.rank() == 0 ? own_.path() : "", 0);
  }
  ~SharedFolder() { ranks_.barrier(); }
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  TemporaryFolder own_;
  Communicator ranks_;
  std::string path_;
};

TEST(HistoryWriter, WritesTheSameBytesOnAnyNumberOfRanks) {
  const Communicator ranks = Communicator::world();
  const SharedFolder folder(ranks);
  write_history(folder.file("together.nc"), ranks);
  const Communicator alone = ranks.split(ranks.rank());
  if (ranks.rank() == 0) write_history(folder.file("alone.nc"), alone);
  ranks.barrier();
  EXPECT_EQ(digest_of_file(folder.file("together.nc")), digest_of_file(folder.file("alone.nc")));
}

TEST(HistoryWriter, GivesBackEveryCellOfEveryHour) {
  const Communicator ranks = Communicator::world();
  const SharedFolder folder(ranks);
  write_history(folder.file("history.nc"), ranks);
  const NetcdfReader file(folder.file("history.nc"));
  const std::vector<double> plane = file.read("O3"), volume = file.read("NO2_3d");
  ASSERT_EQ(plane.size(), 2U * 17U * 21U);
  ASSERT_EQ(volume.size(), 3U * plane.size());
  std::size_t n = 0, m = 0;
  for (int hour = 0; hour < 2; ++hour) {
    for (int j = 0; j < 17; ++j)
      for (int i = 0; i < 21; ++i)
        EXPECT_EQ(plane[n++], static_cast<double>(static_cast<float>(2.0 * field_at(hour, 0, j, i))));
    for (int k = 0; k < 3; ++k)
      for (int j = 0; j < 17; ++j)
        for (int i = 0; i < 21; ++i)
          EXPECT_EQ(volume[m++], static_cast<double>(static_cast<float>(field_at(hour, k, j, i))));
  }
}

TEST(HistoryWriter, GivesEachVariableTheFillValueOfItsType) {
  const Communicator world = Communicator::world();
  const SharedFolder folder(world);
  const HorizontalGrid grid = HorizontalGrid::from_config(config_of("lambert"));
  const Layers layers({100.0, 500.0, 5000.0});
  const Tile tile =
      Decomposition(world.size(), grid.columns(), grid.rows(), layers.count()).tile(world.rank());
  HistoryWriter history(folder.file("history.nc"), world,
                        {.grid = grid,
                         .layers = layers,
                         .tile = tile,
                         .terrain_m = terrain_of(grid),
                         .variables = {{.name = "single", .long_name = "of 32 bits", .units = "1"},
                                       {.name = "double",
                                        .long_name = "of 64 bits",
                                        .units = "1",
                                        .extent = Extent::layers,
                                        .is_double = true}},
                         .attributes = {}});
  history.finish({});
  world.barrier();
  const NetcdfReader file(folder.file("history.nc"));
  constexpr double fill = 9.9692099683868690e+36;  // NC_FILL_DOUBLE; NC_FILL_FLOAT is the same in 32 bits
  EXPECT_EQ(file.number_attribute("double", "_FillValue"), fill);
  EXPECT_EQ(file.number_attribute("single", "_FillValue"), static_cast<double>(static_cast<float>(fill)));
}

TEST(HistoryWriter, StampsTheEndOfTheHourAndSaysItsBounds) {
  const Communicator ranks = Communicator::world();
  const SharedFolder folder(ranks);
  write_history(folder.file("history.nc"), ranks);
  const NetcdfReader file(folder.file("history.nc"));
  const auto start = static_cast<double>(parse_utc("2020-03-30T16:00:00Z").unix_seconds());
  EXPECT_EQ(file.read("time"), (std::vector<double>{start + 3600.0, start + 7200.0}));
  EXPECT_EQ(file.read("time_bnds"),
            (std::vector<double>{start, start + 3600.0, start + 3600.0, start + 7200.0}));
}

TEST(HistoryWriter, LaysLayersAboveTheTerrainAsTheGridDoes) {
  // CF appendix D: z = a + b orog must be terrain + middle_above_ground_m.
  const Communicator ranks = Communicator::world();
  const SharedFolder folder(ranks);
  write_history(folder.file("history.nc"), ranks);
  const NetcdfReader file(folder.file("history.nc"));
  const std::vector<double> a = file.read("height"), b = file.read("height_b"), orog = file.read("terrain");
  const Layers layers({100.0, 500.0, 5000.0});
  for (int k = 0; k < layers.count(); ++k) {
    const auto n = static_cast<std::size_t>(k);
    EXPECT_NEAR(a[n] + b[n] * orog[100], orog[100] + layers.middle_above_ground_m(k, orog[100]), 1.0e-9);
  }
}

TEST(HistoryWriter, KeepsTheAttributesOfRankZeroAndThoseOfTheEnd) {
  const Communicator ranks = Communicator::world();
  const SharedFolder folder(ranks);
  write_history(folder.file("history.nc"), ranks);
  const NetcdfReader file(folder.file("history.nc"));
  EXPECT_EQ(file.text_attribute("", "Conventions"), "CF-1.8");
  EXPECT_EQ(file.text_attribute("", "rank"), "0");
  EXPECT_EQ(file.text_attribute("", "budget_residual"), "1e-15");
}

TEST(HistoryWriter, NamesEveryProjectionAsCfDoes) {
  const Communicator ranks = Communicator::world();
  const std::map<std::string, std::string> known = {{"lambert", "lambert_conformal_conic"},
                                                    {"mercator", "mercator"},
                                                    {"polar_stereographic", "polar_stereographic"},
                                                    {"utm", "transverse_mercator"},
                                                    {"lon_lat", "latitude_longitude"}};
  for (const auto& [projection, cf_name] : known) {
    const SharedFolder folder(ranks);
    write_history(folder.file("history.nc"), ranks, projection);
    const NetcdfReader file(folder.file("history.nc"));
    EXPECT_EQ(file.text_attribute("crs", "grid_mapping_name"), cf_name);
    EXPECT_EQ(file.number_attribute("crs", "earth_radius"), 6370000.0);
    EXPECT_NE(file.text_attribute("crs", "crs_wkt").value_or("").find("CRS["), std::string::npos)
        << projection;
    EXPECT_EQ(file.text_attribute("O3", "grid_mapping"), "crs");
  }
}

TEST(HistoryWriter, LeavesNoFileWhenItIsNotFinished) {
  const Communicator ranks = Communicator::world();
  const TemporaryFolder own;
  const std::string folder = ranks.broadcast(own.path(), 0);
  {
    const HorizontalGrid grid = HorizontalGrid::from_config(config_of("lambert"));
    const Layers layers({100.0, 500.0});
    const Tile tile = Decomposition(ranks.size(), grid.columns(), grid.rows(), 2).tile(ranks.rank());
    const HistoryWriter history(
        folder + "/history.nc", ranks,
        {.grid = grid, .layers = layers, .tile = tile, .terrain_m = {}, .variables = {}, .attributes = {}});
  }
  ranks.barrier();
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  ranks.barrier();
}

TEST(HistoryWriter, RefusesAFolderThatIsNotThereOnAllRanks) {
  const Communicator ranks = Communicator::world();
  try {
    write_history("/nowhere/at/all/history.nc", ranks);
    FAIL() << "must throw";
  } catch (const OutputError& error) {
    EXPECT_EQ(std::string(error.what()),
              "/nowhere/at/all/history.nc: cannot write the file: No such file or directory; free space or "
              "choose another place");
  }
}

TEST(HistoryWriter, ThrowsOnAllRanksAndLeavesNoFileWhenTheDiskIsFull) {
  const Communicator ranks = Communicator::world();
  const SharedFolder folder(ranks);
  for (const rlim_t bytes : {4096U, 1060000U, 1080000U}) {  // at the start, in the first, in the second hour
    std::string fault;
    try {
      const FileSizeLimit limit(bytes);
      write_history(folder.file("history.nc"), ranks);
    } catch (const OutputError& error) {
      fault = error.what();
    }
    EXPECT_EQ(fault, folder.file("history.nc") +
                         ": cannot write the next values: File too large; free space "
                         "or choose another place")
        << bytes;
    ranks.barrier();
    EXPECT_TRUE(std::filesystem::is_empty(folder.file("")));
    ranks.barrier();
  }
}

}  // namespace
}  // namespace lantian
