// A small day's figures as they were: a change of any is a change of results, and says so in its commit.
//
// LANTIAN_WRITE_GOLD=1 gold_test writes gold.csv anew. The bits must be the same where compiler and processor
// family are; elsewhere nine digits.
#include "made_case.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/io/text_file.hpp"
#include "lantian/model/model.hpp"
#include "lantian/parallel/reproducible_sum.hpp"
#include "lantian/parallel/state_hash.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

/// What the last bits depend on.
std::string toolchain() {
  std::string family = "baseline";
#ifdef __AVX2__
  family = "avx2";
#endif
#ifdef __AVX512F__
  family = "avx512";
#endif
#ifdef NDEBUG
  const char* build = "release";
#else
  const char* build = "debug";
#endif
  return fmt::format("{} {} {}", __VERSION__, family, build);
}

struct Norms {
  std::string hour_end, species, hash;
  double least_ppb, greatest_ppb, mean_ppb, sum_ppb;
};

Norms norms_of(const HourReport& hour, const Communicator& ranks, int s) {
  const State& state = hour.state;
  const Tile& tile = state.tile;
  FieldSet<double> one(tile, 1, tile.layers);
  one[0] = state.mixing_ratio_ppb[s];
  std::vector<double> values;
  for (int k = 0; k < tile.layers; ++k)
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i) values.push_back(one[0](k, j, i));
  const double sum = reproducible_sum(ranks, values);
  const double cells = static_cast<double>(tile.grid_columns) * tile.grid_rows * tile.layers;
  return {.hour_end = to_iso8601(hour.end),
          .species = state.species[s].name,
          .hash = state_hash(ranks, tile, one),
          .least_ppb = -ranks.max_of(-*std::ranges::min_element(values)),
          .greatest_ppb = ranks.max_of(*std::ranges::max_element(values)),
          .mean_ppb = sum / cells,
          .sum_ppb = sum};
}

std::vector<Norms> norms_of_the_made_city() {
  const QuietLog quiet;
  const Communicator world = Communicator::world();
  const MadeCity city(3);
  Inputs inputs = Inputs::open(city.configuration());
  Model model(city.configuration(), world, inputs);
  std::vector<Norms> all;
  model.run([&](const HourReport& hour) {
    for (int s = 0; s < hour.state.species.count(); ++s) all.push_back(norms_of(hour, world, s));
  });
  world.barrier();  // nobody reads the files any more
  return all;
}

void write(const std::vector<Norms>& all) {
  std::string text =
      "# Norms of mixing ratios [ppb] of the made city, by hour and species; toolchain: " + toolchain() +
      "\nhour_end,species,least,greatest,mean,sum,xxh64\n";
  for (const Norms& one : all)
    text += fmt::format("{},{},{:.17g},{:.17g},{:.17g},{:.17g},{}\n", one.hour_end, one.species,
                        one.least_ppb, one.greatest_ppb, one.mean_ppb, one.sum_ppb, one.hash);
  write_text_file(LANTIAN_GOLD, text);
}

bool is_of_this_toolchain() {
  std::ifstream file(LANTIAN_GOLD);
  std::string first;
  std::getline(file, first);
  return first.ends_with("toolchain: " + toolchain());
}

TEST(Gold, HoldsForEachSpeciesAndHour) {
  const std::vector<Norms> found = norms_of_the_made_city();
  if (std::getenv("LANTIAN_WRITE_GOLD") != nullptr) {
    if (Communicator::world().rank() == 0) write(found);
    GTEST_SKIP() << "gold.csv is written anew";
  }
  const CsvTable gold = CsvTable::read(LANTIAN_GOLD);
  ASSERT_EQ(gold.rows(), found.size());
  const bool is_exact = is_of_this_toolchain();
  for (std::size_t n = 0; n < found.size(); ++n) {
    const Norms& one = found[n];
    const auto cell = [&](const char* name) { return gold.cell(n, gold.required_column(name)); };
    const std::string where = one.species + " at " + one.hour_end;
    ASSERT_EQ(cell("species") + " at " + cell("hour_end"), where);
    if (is_exact) {
      EXPECT_EQ(cell("xxh64"), one.hash) << where;
    }
    for (const auto& [name, value] :
         {std::pair{"least", one.least_ppb}, std::pair{"greatest", one.greatest_ppb},
          std::pair{"mean", one.mean_ppb}, std::pair{"sum", one.sum_ppb}}) {
      const double stated = std::stod(cell(name));
      EXPECT_NEAR(value, stated, 1.0e-9 * std::max(std::fabs(stated), 1.0e-6)) << where << ": " << name;
    }
  }
}

}  // namespace
}  // namespace lantian::testing
