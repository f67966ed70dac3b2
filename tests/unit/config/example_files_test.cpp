#include "support/case_text.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/config/case_reader.hpp"

#include <gtest/gtest.h>

#include <iterator>

namespace lantian {
namespace {

const std::string inputs = LANTIAN_INPUTS;

/// The sound case with an example laid below it.
Case case_with(const std::string& example) {
  std::ifstream file(inputs + "/" + example, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const TemporaryFolder folder;
  write_text(folder.file("case.toml"), sound_case + text);
  return read_case(folder.file("case.toml"));
}

TEST(InventoryMapping, OfMeicIsOneOfMonthsInTonnes) {
  const Case read = case_with("emission_mappings/meic.toml");
  EXPECT_GE(read.emissions.inventory.size(), 5U);  // its five sectors
  for (const InventoryConfig& entry : read.emissions.inventory) {
    EXPECT_EQ(entry.units, "t/month") << entry.sector;
    EXPECT_GT(entry.year, 0) << entry.sector;
  }
}

TEST(InventoryMapping, OfEdgarIsOneOfFluxes) {
  const Case read = case_with("emission_mappings/edgar.toml");
  EXPECT_GE(read.emissions.inventory.size(), 3U);
  for (const InventoryConfig& entry : read.emissions.inventory) EXPECT_EQ(entry.units, "kg m-2 s-1");
}

TEST(DemoCase, IsReadWithoutAFault) {
  EXPECT_GE(read_case(inputs + "/cases/qingdao_spring/case.toml").ranking.group.size(), 4U);
}

}  // namespace
}  // namespace lantian
