#include "lantian/io/netcdf_digests.hpp"

#include "support/temporary_folder.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <gtest/gtest.h>
#include <netcdf.h>

namespace lantian {
namespace {

std::string made_file(const TemporaryFolder& folder, NetcdfWriter::Digests digests) {
  std::string path = folder.file("made.nc");
  NetcdfWriter file(path);
  file.dimension("time", 0);
  file.dimension("x", 5);
  file.variable("time", NetcdfWriter::Type::real64, {"time"});
  file.variable("O3", NetcdfWriter::Type::real32, {"time", "x"});
  file.attribute("O3", "units", "ug m-3");
  for (std::size_t hour = 0; hour < 3; ++hour) {
    file.write("time", {hour}, {1}, {3600.0 * static_cast<double>(hour)});
    file.write("O3", {hour, 0}, {1, 5}, {1, 2, 3, 4, static_cast<double>(hour)});
  }
  file.finish(digests);
  return path;
}

/// Changes a file behind its digests.
template <class Change>
void change(const std::string& path, Change&& change_of) {
  int id = -1, variable = -1;
  ASSERT_EQ(nc_open(path.c_str(), NC_WRITE, &id), NC_NOERR);
  ASSERT_EQ(nc_inq_varid(id, "O3", &variable), NC_NOERR);
  ASSERT_EQ(change_of(id, variable), NC_NOERR);
  ASSERT_EQ(nc_close(id), NC_NOERR);
}

TEST(NetcdfDigests, OfAFinishedFileAreSound) {
  const TemporaryFolder folder;
  const DigestReport report = check_digests(made_file(folder, NetcdfWriter::Digests::of_variables));
  EXPECT_TRUE(report.damaged.empty());
  EXPECT_EQ(report.variables, 2U);
  EXPECT_EQ(report.bytes, 3 * 8 + 15 * 4U);
}

TEST(NetcdfDigests, NameTheVariableWithAChangedValue) {
  const TemporaryFolder folder;
  const std::string path = made_file(folder, NetcdfWriter::Digests::of_variables);
  change(path, [](int id, int variable) {
    const std::size_t at[] = {1, 2};
    const float value = 3.0000002F;  // the next float after 3
    return nc_put_var1_float(id, variable, at, &value);
  });
  EXPECT_EQ(check_digests(path).damaged, std::vector<std::string>{"O3"});
}

TEST(NetcdfDigests, ShowAChangedUnit) {
  const TemporaryFolder folder;
  const std::string path = made_file(folder, NetcdfWriter::Digests::of_variables);
  change(path, [](int id, int variable) { return nc_put_att_text(id, variable, "units", 6, "mg m-3"); });
  EXPECT_EQ(check_digests(path).damaged, std::vector<std::string>{"names, dimensions or attributes"});
}

TEST(NetcdfDigests, AreMissedInAFileThatHasNone) {
  const TemporaryFolder folder;
  EXPECT_THROW((void)check_digests(made_file(folder, NetcdfWriter::Digests::none)), DataError);
  EXPECT_THROW((void)check_digests(folder.file("nowhere.nc")), MissingFileError);
}

}  // namespace
}  // namespace lantian
