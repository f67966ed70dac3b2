// `lantian thermo`: what it writes, and how it refuses.
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/io/csv_table.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <string>
#include <vector>

namespace lantian {
namespace {

const std::string header = "T_K,RH,tNa,tSO4,tNH4,tNO3,tCl,tCa,tK,tMg\n";
const std::string winter = "275,0.75,2e-8,1e-7,6e-7,3e-7,5e-8,2e-8,1e-8,5e-9\n";
const std::string summer = "300,0.60,0,1e-7,3e-7,5e-8,0,0,0,0\n";

/// A folder with points.csv, in which the program is run.
class Thermo {
 public:
  explicit Thermo(const std::string& points) { std::ofstream(folder_.file("points.csv")) << points; }

  ChildResult run(std::vector<std::string> more = {}) {
    ::setenv("OMPI_MCA_btl", "self,vader", 0);  // one rank needs no network
    std::vector<std::string> command{LANTIAN_PROGRAM, "thermo", "points.csv", "--output", "out.csv"};
    command.insert(command.end(), more.begin(), more.end());
    return run_child(command, folder_.path(), log_.path());
  }
  [[nodiscard]] CsvTable output() const { return CsvTable::read(folder_.file("out.csv")); }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_.file(name); }

 private:
  TemporaryFolder folder_, log_;
};

double number(const CsvTable& table, std::size_t row, const std::string& column) {
  return std::stod(table.cell(row, table.required_column(column)));
}

TEST(ThermoCommand, WritesTheRowsWithGasesIonsWaterAndAcidity) {
  Thermo thermo(header + winter + summer);
  const ChildResult done = thermo.run();
  ASSERT_EQ(done.exit_code, 0) << done.standard_error;
  const CsvTable table = thermo.output();
  ASSERT_EQ(table.rows(), 2U);
  EXPECT_EQ(table.cell(0, table.required_column("tNH4")), "6e-7");  // as it was written
  for (std::size_t row = 0; row < 2; ++row) {
    const auto of = [&](const char* column) { return number(table, row, column); };
    EXPECT_NEAR(of("gNH3") + of("NH4"), of("tNH4"), 1.0e-14 * of("tNH4"));
    EXPECT_NEAR(of("gHNO3") + of("NO3"), of("tNO3"), 1.0e-14 * of("tNO3"));
    EXPECT_NEAR(of("SO4") + of("HSO4") + of("CaSO4"), of("tSO4"), 1.0e-14 * of("tSO4"));
    const double positive = of("H_mol") + of("NH4") + of("Na") + of("K") + 2.0 * (of("Mg") + of("Ca"));
    const double negative = of("OH") + of("HSO4") + of("NO3") + of("Cl") + 2.0 * of("SO4");
    EXPECT_NEAR(positive, negative, 1.0e-12 * positive);
    EXPECT_NEAR(of("pH"), -std::log10(of("H_mol") / (0.018 * of("H2O_mol"))), 1.0e-4);
  }
  EXPECT_GT(number(table, 0, "NO3"), 0.9 * 3.0e-7);  // cold and humid: condensed
  EXPECT_LT(number(table, 1, "NO3"), 0.2 * 5.0e-8);  // hot and dry: evaporated
}

TEST(ThermoCommand, NamesEachColumnThatIsMissingOrUnknown) {
  const ChildResult done = Thermo("T_K,RH,tNa,tSO4,tNH4,tNO3,tCl,tCa,tK,Mg\n" + summer).run();
  EXPECT_EQ(done.exit_code, 65);
  EXPECT_NE(done.standard_error.find("points.csv: there is no column \"tMg\""), std::string::npos)
      << done.standard_error;
  EXPECT_NE(done.standard_error.find("points.csv: the column \"Mg\" is not known"), std::string::npos);
  EXPECT_NE(done.standard_error.find("Did you mean \"tMg\"?"), std::string::npos);
}

TEST(ThermoCommand, NamesLineColumnValueAndRangeOfEachFault) {
  const ChildResult done =
      Thermo(header + winter + "280,75,-1e-9,nan,,inf,3,0,0,abc\n" + "2,0.5,0,0,0,0,0,0,0,0\n").run();
  EXPECT_EQ(done.exit_code, 65);
  for (const char* part :
       {"points.csv:3: RH: found \"75\"; a number from 0.1 to 0.99 (a fraction) is needed",
        "points.csv:3: tNa: found \"-1e-9\"; a number from 0 to 0.001 (mol per m3 of air) is needed",
        "points.csv:3: tSO4: found \"nan\"", "points.csv:3: tNH4: found nothing",
        "points.csv:3: tNO3: found \"inf\"", "points.csv:3: tCl: found \"3\"",
        "points.csv:3: tMg: found \"abc\"",
        "points.csv:4: T_K: found \"2\"; a number from 220 to 330 (K) is needed"})
    EXPECT_NE(done.standard_error.find(part), std::string::npos) << part << "\n" << done.standard_error;
}

TEST(ThermoCommand, AsksForTheWaterTableOfIsorropia) {
  Thermo thermo(header + summer);
  const ChildResult without = thermo.run({"--policy", "isorropia"});
  EXPECT_EQ(without.exit_code, 64);
  EXPECT_NE(without.standard_error.find("--policy isorropia needs --water-table FILE"), std::string::npos);
  EXPECT_EQ(thermo.run({"--policy", "isorropia", "--water-table", "nowhere.csv"}).exit_code, 69);
  EXPECT_EQ(thermo.run({"--water-table", "nowhere.csv"}).exit_code, 64);  // it would not be read
}

TEST(ThermoCommand, RefusesATableWithoutRowsAndAFileThatIsNotThere) {
  EXPECT_EQ(Thermo(header).run().exit_code, 65);
  EXPECT_EQ(Thermo(header + summer).run({"--output", "no_such_folder/out.csv"}).exit_code,
            64);  // given twice
}

}  // namespace
}  // namespace lantian
