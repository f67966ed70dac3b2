#include "lantian/io/hour_store.hpp"

#include "support/shared_folder.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/parallel/decomposition.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>

namespace lantian {
namespace {

constexpr int columns = 21, rows = 17;

Tile tile_of(const Communicator& ranks) {
  return Decomposition(ranks.size(), columns, rows, 1).tile(ranks.rank());
}

/// A number that a float holds, for each hour, plane and cell.
double cell_value(std::size_t hour, int plane, int row, int column) {
  return 1000.0 * static_cast<double>(hour) + 500.0 * plane + 20.0 * row + 0.5 * column;
}

void add_hour(HourStore& store, const Tile& tile) {
  const std::size_t hour = store.hours();
  const UtcTime begin = from_civil(2020, 3, 31).plus_seconds(3600 * static_cast<long long>(hour));
  store.begin_hour(begin, begin.plus_seconds(3600));
  for (const int plane : {0, 1}) {
    Array2<double> values(tile.rows, tile.columns);
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i)
        values(j, i) = cell_value(hour, plane, tile.first_row + j, tile.first_column + i);
    store.append(values);
  }
  store.end_hour();
}

void expect_hours(const HourStore& store, const Tile& tile, std::size_t hours) {
  ASSERT_EQ(store.hours(), hours);
  ASSERT_EQ(store.first_damaged_hour(), hours);
  for (std::size_t hour = 0; hour < hours; ++hour) {
    EXPECT_EQ(store.times(hour).second.seconds_since(from_civil(2020, 3, 31)),
              3600 * static_cast<long long>(hour + 1));
    const Array2<double> values = store.read(hour, 1);
    for (int j = 0; j < tile.rows; ++j)
      for (int i = 0; i < tile.columns; ++i)
        ASSERT_EQ(values(j, i), cell_value(hour, 1, tile.first_row + j, tile.first_column + i));
  }
}

TEST(HourStore, IsCutAtTheRestartAndGoesOnOnOtherRanks) {
  const Communicator world = Communicator::world();
  const SharedFolder folder;
  const Communicator own = world.split(world.rank());
  if (world.rank() == 0) {  // one rank writes three hours, the third after the restart
    HourStore store(folder.file("hours.bin"), own, tile_of(own), 2);
    for (int n = 0; n < 3; ++n) add_hour(store, tile_of(own));
  }
  world.barrier();
  HourStore store = HourStore::resume(folder.file("hours.bin"), world, tile_of(world), 2, 2);
  expect_hours(store, tile_of(world), 2);
  add_hour(store, tile_of(world));
  expect_hours(store, tile_of(world), 3);
}

TEST(HourStore, RefusesADamagedHourAndAnotherGrid) {
  const Communicator world = Communicator::world();
  const SharedFolder folder;
  const std::string path = folder.file("hours.bin");
  HourStore store(path, world, tile_of(world), 2);
  for (int n = 0; n < 2; ++n) add_hour(store, tile_of(world));
  EXPECT_THROW((void)HourStore::resume(path, world, tile_of(world), 3, 2), DataError);
  EXPECT_THROW((void)HourStore::resume(path, world, tile_of(world), 2, 3), DataError);  // there are two
  world.barrier();
  if (world.rank() == 0) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-100, std::ios::end);
    file.put('x');
  }
  world.barrier();
  std::string sentence;
  try {
    (void)HourStore::resume(path, world, tile_of(world), 2, 2);
  } catch (const DataError& error) {
    sentence = error.what();
  }
  EXPECT_EQ(sentence, path + ": the 2. of 2 reported hours is damaged");
  EXPECT_EQ(HourStore::resume(path, world, tile_of(world), 2, 1).hours(), 1U);
}

TEST(HourStore, FindsEveryFlippedBitOfAThousand) {
  const Communicator own = Communicator::world().split(Communicator::world().rank());
  const SharedFolder folder;
  if (Communicator::world().rank() != 0) return;
  const std::string path = folder.file("hours.bin");
  HourStore store(path, own, tile_of(own), 2);
  for (int n = 0; n < 2; ++n) add_hour(store, tile_of(own));
  std::ifstream file(path, std::ios::binary);
  const std::string sound{std::istreambuf_iterator<char>(file), {}};
  std::mt19937_64 numbers(20200401);
  int found = 0;
  constexpr int flips = 1000;
  for (int n = 0; n < flips; ++n) {
    std::string flipped = sound;
    const std::size_t among = n % 10 == 0 ? 64 : sound.size();  // the header is the smaller part
    const auto bit = static_cast<int>(numbers() % 8);
    char& hit = flipped[numbers() % among];
    hit = static_cast<char>(hit ^ (1 << bit));
    std::ofstream(path, std::ios::binary | std::ios::trunc) << flipped;
    try {
      (void)HourStore::resume(path, own, tile_of(own), 2, 2);
    } catch (const DataError&) {
      ++found;
    }
  }
  EXPECT_EQ(found, flips);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << sound;
  EXPECT_EQ(HourStore::resume(path, own, tile_of(own), 2, 2).hours(), 2U);
}

}  // namespace
}  // namespace lantian
