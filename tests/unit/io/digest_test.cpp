#include "lantian/io/digest.hpp"

#include "support/temporary_folder.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace lantian {
namespace {

TEST(Digest, IsXxh64WithSeedZero) {
  // Published test values of xxHash (doc/xxhash_spec.md and the reference implementation).
  EXPECT_EQ(digest_of(""), "ef46db3751d8e999");
  EXPECT_EQ(digest_of("a"), "d24ec4f1a98c6e5b");
  EXPECT_EQ(digest_of("abc"), "44bc2cf5ad770999");
}

TEST(Digest, OfAFileIsThatOfItsBytes) {
  const TemporaryFolder folder;
  const std::string bytes(200000, 'q');  // more than one buffer
  std::ofstream(folder.file("f")) << bytes;
  EXPECT_EQ(digest_of_file(folder.file("f")), digest_of(bytes));
  EXPECT_THROW(static_cast<void>(digest_of_file(folder.file("g"))), MissingFileError);
}

}  // namespace
}  // namespace lantian
