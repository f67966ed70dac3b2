#include "lantian/io/restart.hpp"

#include "support/shared_folder.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/digest.hpp"
#include "lantian/parallel/decomposition.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace lantian {
namespace {

constexpr int columns = 21, rows = 17, layers = 3;

double cell_value(int k, int row, int column) {
  return 0.1 + 100.0 * k + 3.0 * row + column / 7.0;
}

Tile tile_of(const Communicator& ranks) {
  return Decomposition(ranks.size(), columns, rows, layers).tile(ranks.rank());
}

Field<double> made_field(const Tile& tile) {
  Field<double> field(tile, layers);
  for (int k = 0; k < layers; ++k)
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i)
        field(k, j, i) = cell_value(k, tile.first_row + j, tile.first_column + i);
  return field;
}

const UtcTime made_time = from_civil(2020, 3, 31, 6, 5);

/// A small set with all kinds of content. @return its manifest
std::string write_set(const std::string& folder, const Communicator& ranks, UtcTime time = made_time) {
  const Tile tile = tile_of(ranks);
  RestartWriter set(folder, time, ranks, 100000);
  set.field("mixing_ratio_ppb.O3", tile, made_field(tile));
  set.numbers("clock", {1.0, 1.0 / 3.0});
  set.text("hashes", "a b\nc d\n");
  set.text("nothing", "");
  return ranks.broadcast(set.finish({{"layout", "1"}, {"case", "[run]\nname = \"made city\"\n"}}), 0);
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void overwrite(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

TEST(Restart, GivesBackEveryBitOnTheTilesThatWroteIt) {
  const Communicator world = Communicator::world();
  const SharedFolder folder;
  const RestartReader set(RestartManifest::read(write_set(folder.path(), world)), world);
  const Tile tile = tile_of(world);
  Field<double> field(tile, layers);
  set.field("mixing_ratio_ppb.O3", tile, field);
  for (int k = 0; k < layers; ++k)
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i)
        ASSERT_EQ(field(k, j, i), cell_value(k, tile.first_row + j, tile.first_column + i));
  EXPECT_EQ(set.numbers("clock"), (std::vector<double>{1.0, 1.0 / 3.0}));
  EXPECT_EQ(set.text("hashes"), "a b\nc d\n");
  EXPECT_EQ(set.text("nothing"), "");
  EXPECT_EQ(set.manifest().fact("case"), "[run]\nname = \"made city\"\n");
  EXPECT_FALSE(set.has("ledger.emission"));
}

TEST(Restart, HasTheSameBytesAndDigestsWhateverTheNumberOfRanks) {
  const Communicator world = Communicator::world();
  const SharedFolder together, alone;
  const Communicator own = world.split(world.rank());
  const std::string manifest = write_set(together.path(), world);
  std::string manifest_alone;
  if (world.rank() == 0) manifest_alone = write_set(alone.path(), own);
  if (world.rank() != 0) return;
  EXPECT_EQ(content_of(manifest), content_of(manifest_alone));
}

TEST(Restart, FindsEveryFlippedBitOfAThousand) {
  const Communicator world = Communicator::world();
  const SharedFolder folder;
  const std::string manifest = write_set(folder.path(), world);
  if (world.rank() != 0) return;
  const std::string file = RestartManifest::read(manifest).file_path();
  std::mt19937_64 numbers(20200331);
  int found = 0;
  constexpr int flips = 1000;
  for (int n = 0; n < flips; ++n) {
    const std::string& path = n % 10 == 0 ? manifest : file;  // the manifest is the smaller
    const std::string sound = content_of(path);
    std::string flipped = sound;
    const auto bit = static_cast<int>(numbers() % 8);
    char& hit = flipped[numbers() % sound.size()];
    hit = static_cast<char>(hit ^ (1 << bit));
    overwrite(path, flipped);
    try {
      if (!damaged_parts(RestartManifest::read(manifest)).empty()) ++found;
    } catch (const DataError&) {
      ++found;
    }
    overwrite(path, sound);
  }
  EXPECT_EQ(found, flips);
  EXPECT_TRUE(damaged_parts(RestartManifest::read(manifest)).empty());  // all are mended
}

TEST(Restart, NamesTheVariableThatIsDamaged) {
  const Communicator world = Communicator::world();
  const SharedFolder folder;
  const std::string path = write_set(folder.path(), world);
  const RestartManifest manifest = RestartManifest::read(path);
  world.barrier();
  if (world.rank() == 0) {
    std::string content = content_of(manifest.file_path());
    for (const auto& one : manifest.variables)
      if (one.name == "mixing_ratio_ppb.O3") content[one.offset + 17] ^= 1;
    overwrite(manifest.file_path(), content);
  }
  world.barrier();
  std::string sentence;
  try {
    const RestartReader set(manifest, world);
  } catch (const DataError& error) {
    sentence = error.what();  // on all ranks, whichever looked at it
  }
  EXPECT_EQ(sentence, path + ": damaged: mixing_ratio_ppb.O3 in restart_20200331T060500Z.h5");
}

TEST(Restart, LeavesNothingWhenItIsNotFinished) {
  const Communicator world = Communicator::world();
  const SharedFolder folder;
  {
    RestartWriter set(folder.path(), made_time, world, 1000);
    set.numbers("clock", {1.0});
  }
  world.barrier();
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Restart, KeepsTheNamedSetsAndRemovesOlderOnesAndWhatAKillLeft) {
  const Communicator world = Communicator::world();
  const SharedFolder folder;
  std::vector<std::string> manifests;
  for (const int hour : {1, 2, 3})
    manifests.push_back(write_set(folder.path(), world, from_civil(2020, 3, 31, hour)));
  if (world.rank() != 0) return;
  overwrite(folder.file("restart_20200331T040000Z.h5.tmp.77"), "half");
  overwrite(folder.file("mine.txt"), "not ours");
  EXPECT_EQ(restart_manifests(folder.path()),
            (std::vector<std::string>{manifests[2], manifests[1], manifests[0]}));
  remove_restart_files(folder.path(), {manifests[2], manifests[1]});
  EXPECT_EQ(restart_manifests(folder.path()), (std::vector<std::string>{manifests[2], manifests[1]}));
  const auto files = std::distance(std::filesystem::directory_iterator(folder.path()), {});
  EXPECT_EQ(files, 5);  // two sets of two files, and mine.txt
}

}  // namespace
}  // namespace lantian
