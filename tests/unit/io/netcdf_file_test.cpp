#include "lantian/io/netcdf_file.hpp"

#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/base/errors.hpp"

#include <gtest/gtest.h>
#include <netcdf.h>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace lantian {
namespace {

using Format = NetcdfWriter::Format;
using Type = NetcdfWriter::Type;

/// Two records of a small variable, and text.
void write_small_file(const std::string& path, Format format) {
  NetcdfWriter file(path, format);
  file.dimension("Time", 0);
  file.dimension("x", 3);
  file.dimension("length", 5);
  file.variable("T", Type::real32, {"Time", "x"});
  file.variable("fixed", Type::real64, {"x"});
  file.variable("Times", Type::text, {"Time", "length"});
  file.attribute("T", "units", "K");
  file.attribute("", "DX", 3000.0);
  file.integer_attribute("", "MAP_PROJ", 1);
  file.write("T", {0, 0}, {2, 3}, {1.0, 2.0, 3.0, 4.0, 5.0, 6.0});
  file.write("fixed", {7.0, 8.0, 9.0});
  file.write_text("Times", {0, 0}, "noon");
  file.write_text("Times", {1, 0}, "night");
  file.attribute("", "added_late", "yes");
  file.finish();
}

std::string fault_of(const std::string& path) {
  try {
    const NetcdfReader reader(path);
    for (const std::string& name : reader.variables())
      if (name != "Times") static_cast<void>(reader.read(name));
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(NetcdfFile, GivesBackWhatWasWrittenInEitherFormat) {
  const TemporaryFolder folder;
  for (const Format format : {Format::netcdf4, Format::classic}) {
    const std::string path = folder.file("small.nc");
    write_small_file(path, format);
    const NetcdfReader file(path);
    EXPECT_EQ(file.format(), format == Format::netcdf4 ? "netCDF-4" : "64-bit offset");
    EXPECT_EQ(file.read("T"), (std::vector<double>{1.0, 2.0, 3.0, 4.0, 5.0, 6.0}));
    EXPECT_EQ(file.read("T", {1, 1}, {1, 2}), (std::vector<double>{5.0, 6.0}));
    EXPECT_EQ(file.read("fixed"), (std::vector<double>{7.0, 8.0, 9.0}));
    EXPECT_EQ(file.read_texts("Times"), (std::vector<std::string>{"noon", "night"}));
    EXPECT_EQ(file.text_attribute("T", "units"), "K");
    EXPECT_EQ(file.number_attribute("", "DX"), 3000.0);
    EXPECT_EQ(file.number_attribute("", "MAP_PROJ"), 1.0);
    EXPECT_EQ(file.text_attribute("", "added_late"), "yes");
    EXPECT_EQ(file.text_attribute("", "absent"), std::nullopt);
    EXPECT_EQ(file.dimension_length("Time"), 2U);
    EXPECT_EQ(file.shape("T")[1].name, "x");
  }
}

TEST(NetcdfFile, UnpacksAndTurnsMissingValuesToNaN) {
  // A packed short with _FillValue, a float whose missing_value is a double that no float equals.
  const TemporaryFolder folder;
  const std::string path = folder.file("packed.nc");
  int id = 0, x = 0, packed = 0, real = 0;
  nc_create(path.c_str(), NC_CLOBBER, &id);
  nc_def_dim(id, "x", 3, &x);
  nc_def_var(id, "packed", NC_SHORT, 1, &x, &packed);
  nc_def_var(id, "real", NC_FLOAT, 1, &x, &real);
  const double factor = 0.5, offset = 273.0, missing = -9999.9;
  const short fill = -1;
  nc_put_att_double(id, packed, "scale_factor", NC_DOUBLE, 1, &factor);
  nc_put_att_double(id, packed, "add_offset", NC_DOUBLE, 1, &offset);
  nc_put_att_short(id, packed, "_FillValue", NC_SHORT, 1, &fill);
  nc_put_att_double(id, real, "missing_value", NC_DOUBLE, 1, &missing);
  nc_enddef(id);
  const short shorts[] = {10, -1, 20};
  const float reals[] = {-9999.9F, 1.5F, NC_FILL_FLOAT};
  nc_put_var_short(id, packed, shorts);
  nc_put_var_float(id, real, reals);
  nc_close(id);

  const NetcdfReader file(path);
  const std::vector<double> unpacked = file.read("packed"), values = file.read("real");
  EXPECT_EQ(unpacked[0], 278.0);
  EXPECT_TRUE(std::isnan(unpacked[1]));
  EXPECT_EQ(unpacked[2], 283.0);
  EXPECT_TRUE(std::isnan(values[0]));
  EXPECT_EQ(values[1], 1.5);
  EXPECT_TRUE(std::isnan(values[2]));
}

TEST(NetcdfFile, NamesAFileThatIsCutShortWhereverItIsCut) {
  const TemporaryFolder folder;
  for (const Format format : {Format::netcdf4, Format::classic}) {
    const std::string path = folder.file("cut.nc");
    write_small_file(path, format);
    const auto whole = std::filesystem::file_size(path);
    for (const double share : {0.99, 0.9, 0.5, 0.1, 0.01, 0.0}) {
      write_small_file(path, format);
      std::filesystem::resize_file(path, static_cast<std::uintmax_t>(share * static_cast<double>(whole)));
      EXPECT_TRUE(fault_of(path).starts_with(path + ": cut short or damaged: ")) << share << fault_of(path);
    }
  }
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Writes the bytes with a big-endian number of four bytes at `place` of them.
void write_with_number(const std::string& path, std::string bytes, std::size_t place, std::uint32_t number) {
  for (std::size_t n = 0; n < 4; ++n) bytes.at(place + n) = static_cast<char>(number >> (24 - 8 * n));
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST(NetcdfFile, RefusesAClassicHeaderThatSpeaksOfMoreThanTheFileHolds) {
  const TemporaryFolder folder;
  const std::string path = folder.file("air.nc"), variable_mark = {0, 0, 0, 0x0b};
  write_small_file(path, Format::classic);
  const std::string sound = content_of(path);
  const auto fault_after = [&](const std::string& after, std::size_t at, std::uint32_t number) {
    write_with_number(path, sound, sound.find(after) + after.size() + at, number);
    const std::string beginning = path + ": cut short or damaged: ", fault = fault_of(path);
    EXPECT_TRUE(fault.starts_with(beginning)) << fault;
    return fault.substr(std::min(beginning.size(), fault.size()));
  };
  EXPECT_EQ(fault_after("CDF", 9, 0x20000002),
            "its header speaks of 536870914 dimensions, more than the file has bytes for; copy it again");
  EXPECT_EQ(fault_after(variable_mark, 0, 0x10000003),
            "its header speaks of 268435459 variables, more than the file has bytes for; copy it again");
  EXPECT_EQ(fault_after("CDF", 5, 0x0b),
            "where its header should list dimensions, it has the mark 11; copy it again");
  EXPECT_EQ(fault_after("Time", 0, 0xfffffff0).find("it has "), 0U);
}

TEST(NetcdfFile, OpensOrRefusesAClassicFileWhateverNumberOfItsHeaderIsSetToItsMost) {
  const TemporaryFolder folder;
  const std::string path = folder.file("air.nc");
  write_small_file(path, Format::classic);
  const std::string sound = content_of(path);
  const std::size_t numbers = sound.size() / 4;
  std::size_t refused = 0;
  for (const std::uint32_t set : {0xffffffffU, 0x7fffffffU, 0x10000003U, 0U}) {
    for (std::size_t n = 1; n < numbers; ++n) {
      write_with_number(path, sound, 4 * n, set);
      refused += fault_of(path).empty() ? 0 : 1;
    }
  }
  EXPECT_GT(refused, numbers);
}

TEST(NetcdfFile, SaysWhatIsNotThere) {
  const TemporaryFolder folder;
  const std::string path = folder.file("small.nc");
  EXPECT_THROW(NetcdfReader{path}, MissingFileError);
  EXPECT_EQ(fault_of(path), path + ": there is no such file");
  write_small_file(path, Format::netcdf4);
  const NetcdfReader file(path);
  EXPECT_THROW(static_cast<void>(file.read("PSFC")), DataError);
  EXPECT_THROW(static_cast<void>(file.read("Times")), DataError);
  EXPECT_THROW(static_cast<void>(file.read("T", {0, 0}, {3, 3})), DataError);
  std::ofstream(folder.file("text.nc")) << "station,lon,lat\n";
  EXPECT_TRUE(fault_of(folder.file("text.nc")).starts_with(folder.file("text.nc") + ": is not netCDF"));
}

TEST(NetcdfWriter, LeavesNothingBehindWhenItIsNotFinished) {
  const TemporaryFolder folder;
  {
    NetcdfWriter file(folder.file("half.nc"));
    file.dimension("x", 3);
    EXPECT_FALSE(std::filesystem::exists(folder.file("half.nc")));
  }
  EXPECT_TRUE(folder.is_empty());
}

TEST(NetcdfWriter, SaysPathAndReasonWhenItCannotWrite) {
  try {
    const NetcdfWriter file("/nowhere/at/all/out.nc");
    FAIL() << "must throw";
  } catch (const OutputError& error) {
    EXPECT_EQ(
        std::string(error.what()),
        "/nowhere/at/all/out.nc: cannot write the file: No such file or directory; free space or choose "
        "another place");
  }
}

TEST(NetcdfWriter, SaysPathAndReasonAndLeavesNothingWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  for (const Format format : {Format::netcdf4, Format::classic}) {
    const std::string path = folder.file("full.nc");
    std::string fault;
    try {
      const FileSizeLimit limit(20000);
      NetcdfWriter file(path, format);
      file.dimension("x", 10000);
      file.variable("T", Type::real64, {"x"});
      file.write("T", std::vector<double>(10000, 1.0));
      file.finish();
    } catch (const OutputError& error) {
      fault = error.what();
    }
    EXPECT_TRUE(fault.starts_with(path + ": cannot write ")) << fault;
    EXPECT_NE(fault.find("File too large"), std::string::npos) << fault;
    EXPECT_TRUE(folder.is_empty());
  }
}

TEST(NetcdfWriter, RefusesMoreOrFewerValuesThanTheVariableHas) {
  const TemporaryFolder folder;
  NetcdfWriter file(folder.file("out.nc"));
  file.dimension("x", 3);
  file.variable("T", Type::real32, {"x"});
  EXPECT_THROW(file.write("T", {1.0, 2.0}), InternalError);
  EXPECT_THROW(file.write("T", {0}, {3}, {1.0}), InternalError);
}

}  // namespace
}  // namespace lantian
