// The case that a cell leaves whose chemistry failed: a box reads it, and begins and goes on as the cell did.
#include "failed_cell.hpp"

#include "lantian/box/box_model.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace {

using namespace lantian;

TEST(FailedCell, LeavesACaseThatABoxReplays) {
  constexpr double j_no2 = 6.0e-3, temperature_k = 287.3, air_per_cm3 = 2.5e19;
  FailedCell cell{
      .layer = 2,
      .row = 5,
      .column = 7,
      .air = {.temperature_k = temperature_k, .air_per_cm3 = air_per_cm3, .water_per_cm3 = 3.0e17},
      .photolysis = {Photolysis::NO2},
      .species = "O3",
      .names = {"NO", "NO2", "O3"},
      .amount_ppb = {3.0, 12.0, 41.0},
      .source_ppb_h = {0.0, 0.0, -2.0}};
  cell.air.photolysis_per_s[static_cast<std::size_t>(Photolysis::NO2)] = j_no2;
  ChemistryConfig chemistry;
  chemistry.mechanism = "nox_o3";
  const Step step{
      .start = parse_utc("2020-04-04T04:00:00Z"), .length_s = 300.0, .seconds_into_hour = 0.0, .index = 0};
  const std::string fault = fault_of(cell, chemistry, step);
  const std::size_t mark = fault.find(replay_mark);
  ASSERT_NE(mark, std::string::npos);
  EXPECT_EQ(
      fault.substr(0, mark),
      "chemistry at 2020-04-04T04:00:00Z: the solver found no step that keeps its tolerance in row 5, column "
      "7, layer 3, at 287.3 K, for O3 (41 ppb); look at the emissions and the weather there");
  const auto path = std::filesystem::temp_directory_path() / ("cell_" + std::to_string(::getpid()) + ".toml");
  std::ofstream(path) << fault.substr(mark + 1);
  const BoxCase replay = read_box_case(path.string(), {}, box_vocabularies());
  std::filesystem::remove(path);
  const BoxSeries series = box_mechanisms().at("nox_o3")->run(replay);
  const auto at = [&](std::size_t time, const char* species) {
    for (std::size_t s = 0; s < series.species.size(); ++s)
      if (series.species[s] == species) return series.at(time, s);
    return std::nan("");
  };
  const std::size_t last = series.time_s.size() - 1;
  EXPECT_DOUBLE_EQ(series.time_s[last], 300.0);
  EXPECT_NEAR(at(0, "O3"), 41.0, 1.0e-12);
  // Ox keeps its sum but for the sink; NO, NO2 and O3 are in photostationary state with J as it was in the
  // cell.
  EXPECT_NEAR(at(last, "O3") + at(last, "NO2"), 53.0 - 2.0 / 12.0, 1.0e-6);
  const double k_ppb_s = 1.4e-12 * std::exp(-1310.0 / temperature_k) * air_per_cm3 * 1.0e-9;
  EXPECT_NEAR(j_no2 * at(last, "NO2") / (at(last, "NO") * at(last, "O3") * k_ppb_s), 1.0, 0.02);
}

}  // namespace
