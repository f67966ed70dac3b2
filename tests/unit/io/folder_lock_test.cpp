#include "lantian/io/folder_lock.hpp"

#include "support/case_text.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace lantian {
namespace {

/// Exit code and sentence of an attempt to hold a folder; 0 when it is held.
std::pair<int, std::string> attempt(const std::string& folder) {
  try {
    const FolderLock lock(folder);
    return {0, ""};
  } catch (const Error& error) {
    return {static_cast<int>(error.exit_code()), error.what()};
  }
}

TEST(FolderLock, LetsOneAtATimeIn) {
  const TemporaryFolder folder;
  const std::string results = folder.file("a/b");
  {
    const FolderLock first(results);
    const auto [code, sentence] = attempt(results);
    EXPECT_EQ(code, 73);
    EXPECT_EQ(sentence.find(fmt::format("{}: process {} on ", results, ::getpid())), 0U) << sentence;
  }
  EXPECT_EQ(attempt(results).first, 0);
}

TEST(FolderLock, LeavesNoFile) {
  const TemporaryFolder folder;
  { const FolderLock lock(folder.path()); }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(FolderLock, IsNotHinderedByWhatAKilledRunHasLeft) {
  const TemporaryFolder folder;
  write_text(folder.file(".lantian.lock"), "process 1 on elsewhere\n");
  EXPECT_EQ(attempt(folder.path()).first, 0);
}

TEST(FolderLock, SaysThatAFolderCannotBeMade) {
  const TemporaryFolder folder;
  write_text(folder.file("file"), "");
  EXPECT_EQ(
      attempt(folder.file("file/results")),
      std::pair(74, folder.file("file/results") +
                        ": cannot create the folder: Not a directory; choose another output.directory"));
}

}  // namespace
}  // namespace lantian
