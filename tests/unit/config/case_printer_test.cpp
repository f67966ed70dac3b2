#include "faults_of.hpp"

#include "lantian/config/case_reader.hpp"
#include "lantian/config/diagnose_case.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace lantian {
namespace {

Case read(const std::string& text) {
  const TemporaryFolder folder;
  write_text(folder.file("case.toml"), text);
  return read_case(folder.file("case.toml"));
}

/// Keys of a printed case as "table.key", without the numbers of tables in arrays.
std::set<std::string> keys_of(const std::string& printed) {
  std::set<std::string> keys;
  std::string table, line;
  for (std::istringstream lines(printed); std::getline(lines, line);) {
    if (line.starts_with("["))
      table = line.substr(line.find_first_not_of('['), line.find(']') - line.find_first_not_of('['));
    const std::size_t equals = line.find(" = ");
    if (!line.starts_with("[") && equals != std::string::npos)
      keys.insert(table + "." + line.substr(0, equals));
  }
  return keys;
}

/// A case with an entry in every array, and with texts that TOML must quote.
const std::string rich_case = sound_case + R"(
[[emissions.inventory]]
sector = "road"
file = "a \"b\" \\ c.nc"
variables = { NOx = "nox", "odd name" = "x.y" }
units = "line\nbreak"
[[emissions.lines]]
sector = "road"
file = "roads.geojson"
traffic = { bus = "buses" }
fleet = "fleet.csv"
[[emissions.areas]]
sector = "port"
file = "ports.geojson"
units = "t/yr"
variables = { SO2 = "so2" }
[[emissions.scaling]]
sectors = ["road"]
factor = 1e-7
[[ranking.group]]
name = "道路"
)";

TEST(PrintedCase, ReadsBackAsTheSameCase) {
  const Case first = read(rich_case);
  const std::string printed = print_config(first);
  const Case again = read(printed);
  EXPECT_EQ(print_config(again), printed);
  EXPECT_EQ(again.digest, first.digest);
  EXPECT_EQ(again.emissions.inventory[0].file, "a \"b\" \\ c.nc");
  EXPECT_EQ(again.emissions.inventory[0].units, "line\nbreak");
  EXPECT_EQ(again.emissions.inventory[0].variables.at("odd name"), "x.y");
  EXPECT_EQ(again.emissions.lines[0].traffic.at("bus"), "buses");
  EXPECT_EQ(again.emissions.areas[0].variables.at("SO2"), "so2");
  EXPECT_EQ(again.emissions.scaling[0].factor, 1e-7);
  EXPECT_EQ(again.ranking.group[0].name, "道路");
}

TEST(PrintedCase, HoldsDefaultsToo) {
  const std::string printed = print_config(read(sound_case));
  EXPECT_NE(printed.find("utc_offset_h = 8.0\n"), std::string::npos);
  EXPECT_NE(printed.find("start = 2020-03-30T16:00:00Z\n"), std::string::npos);
  EXPECT_NE(printed.find("eddy_diffusivity = \"obrien\"\n"), std::string::npos);
}

TEST(ReferencePage, ExplainsEveryKeyOfACase) {
  const std::string page = reference_page();
  const std::set<std::string> keys = keys_of(print_config(read(rich_case)));
  EXPECT_GE(keys.size(), 80U);  // as many as there are at least
  for (const std::string& key : keys) {
    const std::size_t dot = key.rfind('.');
    const std::string table = key.substr(0, dot), name = key.substr(dot + 1);
    std::size_t at = page.find("\n[" + table + "]");
    if (at == std::string::npos) at = page.find("\n[[" + table + "]]");
    ASSERT_NE(at, std::string::npos) << table;
    const std::size_t end = page.find("\n[", at + 1), found = page.find("\n  " + name + " ", at);
    EXPECT_LT(found, end) << key << " is not explained below its table";
  }
}

TEST(ReferencePage, SaysTypeUnitDefaultMeaningAndWhatIsAllowed) {
  const std::string page = reference_page();
  EXPECT_NE(page.find("  spin_up_h                  number             h         default 24.0\n"
                      "      hours run before start and not reported\n"
                      "      allowed: 0 to 8784 h\n"),
            std::string::npos);
  EXPECT_NE(page.find("      one of: unlimited, positive_definite, selective, monotone\n"),
            std::string::npos);
  EXPECT_NE(page.find("\n[[emissions.inventory]]  "), std::string::npos);
  EXPECT_NE(page.find("  directory                  string             -         required\n"),
            std::string::npos);
}

TEST(ReferencePage, OfDiagnosedWeatherHasAPageOfItsOwn) {
  EXPECT_NE(diagnose_reference_page().find("\n[sea_breeze]"), std::string::npos);
}

}  // namespace
}  // namespace lantian
