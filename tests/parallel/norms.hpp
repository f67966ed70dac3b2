// Norms of a run's fields, and the comparison with those that stand in a golden file.
#pragma once

#include "lantian/io/csv_table.hpp"
#include "lantian/io/text_file.hpp"
#include "lantian/model/model.hpp"
#include "lantian/parallel/reproducible_sum.hpp"
#include "lantian/parallel/state_hash.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace lantian::testing {

/// What the last bits depend on.
inline std::string toolchain() {
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

/// Of one species over all cells of the grid at the end of an hour.
struct Norms {
  std::string hour_end, species, hash;
  double least_ppb = 0.0, greatest_ppb = 0.0, mean_ppb = 0.0, sum_ppb = 0.0;
};

inline Norms norms_of(const HourReport& hour, const Communicator& ranks, int s) {
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

inline void append_norms_of(const HourReport& hour, const Communicator& ranks, std::vector<Norms>& all) {
  for (int s = 0; s < hour.state.species.count(); ++s) all.push_back(norms_of(hour, ranks, s));
}

/// A file of norms, and how near other compilers and processors must come to them.
struct Gold {
  std::string path, title;
  std::function<double(const Norms&)> allowed;  // relative distance, where the toolchain is another

  /// With LANTIAN_WRITE_GOLD=1 in the environment the first rank writes the file anew, and nothing is
  /// compared.
  void hold(const std::vector<Norms>& found, const Communicator& ranks) const {
    if (std::getenv("LANTIAN_WRITE_GOLD") != nullptr) {  // NOLINT(concurrency-mt-unsafe): no other thread
      if (ranks.rank() == 0) write(found);
      GTEST_SKIP() << path << " is written anew";
    }
    const CsvTable gold = CsvTable::read(path);
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
      const double share = is_exact ? 0.0 : allowed(one);
      for (const auto& [name, value] : named(one)) {
        const double stated = std::stod(cell(name));
        EXPECT_NEAR(value, stated, share * std::max(std::fabs(stated), 1.0e-6)) << where << ": " << name;
      }
    }
  }

 private:
  static std::vector<std::pair<const char*, double>> named(const Norms& one) {
    return {{"least", one.least_ppb},
            {"greatest", one.greatest_ppb},
            {"mean", one.mean_ppb},
            {"sum", one.sum_ppb}};
  }

  void write(const std::vector<Norms>& all) const {
    std::string text = fmt::format(
        "# Norms of mixing ratios [ppb] of {}, by hour and species; toolchain: {}\n"
        "hour_end,species,least,greatest,mean,sum,xxh64\n",
        title, toolchain());
    for (const Norms& one : all)
      text += fmt::format("{},{},{:.17g},{:.17g},{:.17g},{:.17g},{}\n", one.hour_end, one.species,
                          one.least_ppb, one.greatest_ppb, one.mean_ppb, one.sum_ppb, one.hash);
    write_text_file(path, text);
  }

  [[nodiscard]] bool is_of_this_toolchain() const {
    std::ifstream file(path);
    std::string first;
    std::getline(file, first);
    return first.ends_with("toolchain: " + toolchain());
  }
};

}  // namespace lantian::testing
