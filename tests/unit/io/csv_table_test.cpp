#include "lantian/io/csv_table.hpp"

#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace lantian {
namespace {

/// Writes bytes to a file and reads them as a table; the sentence of the fault when it is refused.
class CsvFile : public testing::Test {
 protected:
  void write(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }
  [[nodiscard]] CsvTable read() const { return CsvTable::read(path_); }
  std::string fault_of(const std::string& bytes) {
    write(bytes);
    try {
      static_cast<void>(read());
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("table.csv");
};

TEST_F(CsvFile, WithByteOrderMarkCrlfAndCommentsIsTheSameTableAsWithout) {
  for (const char* bytes : {"name,lon\nA,120.5\n", "\xEF\xBB\xBFname,lon\r\nA,120.5\r\n",
                            "# made \"by hand\nname , lon\n# x\nA,120.5", "name,lon\n\nA,120.5\n,\n"}) {
    write(bytes);
    const CsvTable table = read();
    EXPECT_EQ(table.header(), (std::vector<std::string>{"name", "lon"})) << bytes;
    ASSERT_EQ(table.rows(), 1U) << bytes;
    EXPECT_EQ(table.cell(0, 0), "A");
    EXPECT_EQ(table.cell(0, 1), "120.5");
  }
}

TEST_F(CsvFile, KeepsSeparatorsQuotesAndLineEndsInsideQuotes) {
  write("name,note\n\"a, b\",\"he said \"\"no\"\"\"\n\"two\nlines\",x\nlast,y\n");
  const CsvTable table = read();
  EXPECT_EQ(table.cell(0, 0), "a, b");
  EXPECT_EQ(table.cell(0, 1), "he said \"no\"");
  EXPECT_EQ(table.cell(1, 0), "two\nlines");
  EXPECT_EQ(table.line(2), 5);
}

TEST_F(CsvFile, InGbkIsReadAsUtf8) {
  // "青岛" (Qingdao) in GBK: C7 E0 B5 BA.
  write("name,lon\n\xC7\xE0\xB5\xBA,120.4\n");
  EXPECT_EQ(read().cell(0, 0), "青岛");
  write("name,lon\n青岛,120.4\n");
  EXPECT_EQ(read().cell(0, 0), "青岛");
}

TEST_F(CsvFile, SaysFileLineAndCauseOfWhatItRefuses) {
  EXPECT_EQ(fault_of("a,b\n1,2\n3\n"), path_ + ":3: has 1 cells; the header has 2");
  EXPECT_EQ(fault_of("a,b\n1,\"2\n3,4\n"), path_ + ":2: a quote is opened and never closed");
  EXPECT_EQ(fault_of(std::string("a,b\n1,\0 2\n", 10)),
            path_ + ": holds a NUL byte (byte 7); it is no text, save it as \"CSV UTF-8\"");
  EXPECT_EQ(fault_of("a;b\n1;2\n"),
            path_ + ":1: its cells are separated by semicolons; commas are needed, save it as \"CSV\"");
  EXPECT_EQ(fault_of("a,b,a\n1,2,3\n"), path_ + ":1: the column \"a\" comes twice; names must differ");
  EXPECT_EQ(fault_of(""), path_ + ": is empty; a header line is needed");
  EXPECT_EQ(fault_of("a,b\n\xff\xff,1\n"),
            path_ + ": is neither UTF-8 nor GBK (byte 5); save it as \"CSV UTF-8\"");
}

TEST_F(CsvFile, OfAnyLengthOfLineIsRead) {
  const std::string longest(100000, 'x');
  write("a,b\n" + longest + ",2\n");
  EXPECT_EQ(read().cell(0, 0), longest);
}

TEST_F(CsvFile, NamesTheNearestHeaderOfAMissingColumn) {
  write("latitude,longitud\n1,2\n");
  try {
    static_cast<void>(read().required_column("longitude"));
    FAIL() << "must throw";
  } catch (const DataError& error) {
    EXPECT_EQ(
        std::string(error.what()),
        path_ + ":1: there is no column \"longitude\"; found latitude, longitud Did you mean \"longitud\"?");
  }
}

TEST_F(CsvFile, TakesEmptyCellsAsMissingAndCollectsWhatIsNoNumber) {
  write("SO2_t_yr,NOx_t_yr\n,1.5e3\nNA,12abc\n");
  const CsvTable table = read();
  Problems problems;
  EXPECT_EQ(table.number(0, 0, problems), std::nullopt);
  EXPECT_EQ(table.number(0, 1, problems), 1500.0);
  EXPECT_EQ(table.number(1, 0, problems), std::nullopt);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(table.number(1, 1, problems), std::nullopt);
  EXPECT_EQ(problems.sentences(), (std::vector<std::string>{path_ + ":3: NOx_t_yr: \"12abc\" is no number"}));
}

TEST(CsvTable, ThatIsNotThereIsAMissingFile) {
  EXPECT_THROW(static_cast<void>(CsvTable::read("/nowhere/table.csv")), MissingFileError);
}

TEST(CsvCell, IsQuotedWhereACsvNeedsIt) {
  EXPECT_EQ(csv_cell("道路 roads"), "道路 roads");
  const std::string odd = "a, \"b\"";
  EXPECT_EQ(csv_cell(odd), "\"a, \"\"b\"\"\"");
  EXPECT_EQ(CsvTable::parse("t.csv", "x\n" + csv_cell(odd) + "\n").cell(0, 0), odd);
}

}  // namespace
}  // namespace lantian
