#include "lantian/io/text_writer.hpp"

#include "support/temporary_folder.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/text_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <utility>

namespace lantian {
namespace {

TEST(TextWriter, GivesAFileItsNameOnlyWhenItIsFinished) {
  const TemporaryFolder folder;
  TextWriter writer(folder.file("below/table.txt"));
  writer.append("first\n");
  EXPECT_FALSE(std::filesystem::exists(folder.file("below/table.txt")));
  TextWriter moved = std::move(writer);
  moved.append("second\n");
  moved.finish();
  EXPECT_EQ(read_text_file(folder.file("below/table.txt")), "first\nsecond\n");
}

TEST(TextWriter, LeavesNothingOfAFileThatIsNotFinished) {
  const TemporaryFolder folder;
  {
    TextWriter writer(folder.file("table.txt"));
    writer.append("half");
  }
  EXPECT_TRUE(folder.is_empty());
}

TEST(TextWriter, NamesTheFileThatCannotBeWritten) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("file")) << "no folder";
  EXPECT_THROW(TextWriter(folder.file("file/table.txt")), OutputError);
}

}  // namespace
}  // namespace lantian
