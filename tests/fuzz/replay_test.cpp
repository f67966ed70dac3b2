#include "parsers.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

// Inputs that have once broken a reader, and inputs of the repository changed at random, always the same way.
// Longer searches are made with libFuzzer (preset fuzz).

namespace lantian {
namespace {

using namespace std::string_view_literals;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Parser {
  const char* name;
  void (*read)(const std::string& bytes);
  std::vector<std::string> seeds;  // below inputs/
};

const std::vector<Parser> parsers = {
    {"case",
     fuzz::read_as_case,
     {"cases/qingdao_spring/case.toml", "cases/road_and_area_example/entries.toml"}},
    {"enterprises", fuzz::read_as_enterprises, {"cases/qingdao_spring/enterprises.csv"}},
    {"mechanism", fuzz::read_as_mechanism, {"mechanisms/grs/grs.kpp", "mechanisms/nox_o3/nox_o3.kpp"}},
    {"features",
     fuzz::read_as_features,
     {"cases/road_and_area_example/roads.geojson", "cases/road_and_area_example/areas.geojson",
      "cases/road_and_area_example/lanes.geojson"}},
    {"deck", fuzz::read_as_deck, {"cases/deck_example/plant.inp"}},
    {"aermet", fuzz::read_as_aermet, {"cases/deck_example/day.sfc", "cases/deck_example/day.pfl"}}};

/// Flips bits, cuts out, doubles or overwrites a piece, puts in a sign that means something: one to four
/// times.
std::string mutated(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % (n == 0 ? 1 : n); };
  constexpr std::string_view signs = "\0\n\r\t\"',;:={}[]()<>#-+.eE0/\\\xff\xef"sv;
  for (std::size_t times = 1 + below(4); times > 0 && !text.empty(); --times) {
    const std::size_t at = below(text.size()),
                      length = 1 + below(std::min<std::size_t>(64, text.size() - at));
    switch (below(5)) {
      case 0:
        text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      case 3:
        text.replace(at, length, text.substr(below(text.size()), length));
        break;
      default:
        text.insert(at, 1 + below(3), signs[below(signs.size())]);
    }
  }
  return text;
}

class Replay : public testing::TestWithParam<Parser> {
 protected:
  /// A parser may refuse what it reads, but lets nothing else be thrown.
  static void expect_proper_end(const std::string& bytes, const std::string& what) {
    EXPECT_NO_THROW(GetParam().read(bytes)) << what;
  }
};

TEST_P(Replay, OfWhatOnceBrokeAReaderEndsProperly) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(LANTIAN_CORPORA)) {
    if (!entry.path().filename().string().starts_with(GetParam().name)) continue;
    expect_proper_end(content_of(entry.path()), entry.path().string());
    ++count;
  }
  EXPECT_GT(count, 0U);
}

TEST_P(Replay, OfChangedInputsEndsProperly) {
  std::mt19937 random(20200330);
  for (const std::string& seed : GetParam().seeds) {
    const std::string text = content_of(std::filesystem::path(LANTIAN_INPUTS) / seed);
    ASSERT_FALSE(text.empty()) << seed;
    for (int n = 0; n < 500; ++n)
      expect_proper_end(mutated(text, random), seed + ", change " + std::to_string(n));
  }
}

INSTANTIATE_TEST_SUITE_P(Of, Replay, testing::ValuesIn(parsers),
                         [](const testing::TestParamInfo<Parser>& one) {
                           return std::string(one.param.name);
                         });

}  // namespace
}  // namespace lantian
