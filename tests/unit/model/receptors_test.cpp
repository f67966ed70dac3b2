#include "lantian/model/receptors.hpp"

#include "support/case_text.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/io/netcdf_file.hpp"
#include "lantian/parallel/decomposition.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace lantian {
namespace {

constexpr int columns = 16, rows = 12;

HorizontalGrid grid() {
  GridConfig config;
  config.projection = "lon_lat";
  config.centre_longitude_deg = 120.0;
  config.centre_latitude_deg = 36.0;
  config.cell_size_deg = 0.1;
  config.columns = columns;
  config.rows = rows;
  return HorizontalGrid::from_config(config);  // 119.2 to 120.8, 35.4 to 36.6
}

struct Read {
  std::vector<Receptor> receptors;
  std::vector<std::string> faults;
};

Read read(const std::string& text) {
  const TemporaryFolder folder;
  write_text(folder.file("receptors.csv"), text);
  Case made;
  made.directory = folder.path();
  made.receptors.file = "receptors.csv";
  Problems problems;
  Read result{read_receptors(made, grid(), problems), {}};
  for (const std::string& fault : problems.sentences())
    result.faults.push_back(with(fault, folder.path() + "/", ""));
  return result;
}

TEST(Receptors, LieInTheCellThatHoldsThem) {
  const Read found =
      read("name,longitude,latitude,district\nShinan,120.38,36.07,City\n,,,\nFar,130,36,City\n");
  EXPECT_TRUE(found.faults.empty());
  ASSERT_EQ(found.receptors.size(), 1U) << "Far lies outside and is left out with a warning";
  EXPECT_EQ(found.receptors[0].name, "Shinan");
  EXPECT_EQ(found.receptors[0].district, "City");
  EXPECT_EQ(found.receptors[0].cell, (HorizontalGrid::Cell{6, 11}));
}

TEST(Receptors, AreRefusedOnceEachWithTheLine) {
  const std::string header = "name,longitude,latitude\n";
  EXPECT_EQ(read(header + "A,12O.3,36\n").faults,
            std::vector<std::string>{"receptors.csv:2: longitude: \"12O.3\" is no number"});
  EXPECT_EQ(read(header + "A,,36\n").faults,
            std::vector<std::string>{"receptors.csv:2: \"A\" needs a longitude and a latitude in degrees"});
  EXPECT_EQ(read(header + "A,36.1,120.3\n").faults,
            std::vector<std::string>{"receptors.csv:2: \"A\" lies at latitude 120.3; latitudes lie within "
                                     "-90 and 90: longitude and latitude seem to be swapped"});
  EXPECT_EQ(read(header + "A,120,36\nB,120,36\nA,120.1,36\n").faults,
            std::vector<std::string>{
                "receptors.csv:4: the name \"A\" stands there a second time; names must differ"});
  EXPECT_EQ(read(header + ",120,36\n").faults, std::vector<std::string>{"receptors.csv:2: name is empty"});
}

/// Two cells of the file for each of the grid, one person in each, and one far away.
void write_population(const std::string& path) {
  NetcdfWriter file(path);
  const auto axis = [&](const char* name, std::size_t length, double first, double step) {
    std::vector<double> values;
    for (std::size_t n = 0; n < length; ++n) values.push_back(first + static_cast<double>(n) * step);
    file.dimension(name, length);
    file.variable(name, NetcdfWriter::Type::real64, {name});
    file.write(name, values);
  };
  axis("lat", rows, 35.45, 0.1);
  constexpr std::size_t file_columns = std::size_t{2} * columns + 2;
  axis("lon", file_columns, 119.225, 0.05);
  file.variable("population", NetcdfWriter::Type::real64, {"lat", "lon"});
  file.write("population", std::vector<double>(rows * file_columns, 1.0));
  file.finish();
}

TEST(Population, IsCountedInTheCellsItLivesIn) {
  const TemporaryFolder folder;
  write_population(folder.file("population.nc"));
  Case made;
  made.directory = folder.path();
  made.receptors.population = "population.nc";
  Problems problems;
  const Array2<double> persons = read_population(made, grid(), problems);
  EXPECT_TRUE(problems.empty());
  for (const double count : persons.values()) EXPECT_EQ(count, 2.0);
}

class Fields : public testing::Test {
 protected:
  Fields() {
    for (int j = 0; j < tile_.rows; ++j)
      for (int i = 0; i < tile_.columns; ++i)
        field_(j, i) = 100.0 * (tile_.first_row + j) + tile_.first_column + i;
  }
  Communicator ranks_ = Communicator::world();
  Tile tile_ = Decomposition(ranks_.size(), columns, rows, 1).tile(ranks_.rank());
  Array2<double> field_{tile_.rows, tile_.columns};
};

TEST_F(Fields, AreReadOffAtReceptorsOnEveryRank) {
  const std::vector<Receptor> receptors = {
      {"A", "", {}, {0, 0}}, {"B", "", {}, {11, 15}}, {"C", "", {}, {5, 8}}};
  EXPECT_EQ(at_receptors(ranks_, tile_, field_, receptors), (std::vector<double>{0.0, 1115.0, 508.0}));
}

TEST_F(Fields, AreWeightedWithPersons) {
  EXPECT_NEAR(population_mean(ranks_, tile_, field_, {}), 550.0 + 7.5, 1.0e-12);
  Array2<double> persons(rows, columns, 0.0);
  persons(2, 3) = 3.0;
  persons(10, 1) = 1.0;
  EXPECT_NEAR(population_mean(ranks_, tile_, field_, persons), (3.0 * 203.0 + 1001.0) / 4.0, 1.0e-12);
}

}  // namespace
}  // namespace lantian
