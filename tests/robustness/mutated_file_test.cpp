#include "start.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/sanitizer.hpp"
#include "lantian/config/case_reader.hpp"
#include "lantian/io/netcdf_digests.hpp"
#include "lantian/io/restart_manifest.hpp"
#include "lantian/io/safe_read.hpp"
#include "lantian/model/inputs.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>

// Sound netCDF files with bits flipped, pieces overwritten or cut off, each read in a process without MPI
// that has 4 GiB of memory and 10 s. LANTIAN_MUTATED_FILES says how many; validation/mutated_files tries
// 10,000.

namespace lantian {
namespace {

namespace fs = std::filesystem;

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// How reading a changed file ended.
enum class End { sound, refused, contained, crashed, hung, unclear };
const std::map<End, const char*> end_names = {
    {End::sound, "read"},
    {End::refused, "refused with 65 or 69"},
    {End::contained, "crash or hang kept in the child of --safe-read"},
    {End::crashed, "crash"},
    {End::hung, "hang"},
    {End::unclear, "another error"}};

constexpr int contained_code = 200;  // of a child in which --safe-read has found a crash or a hang

/// What a child does with a file, under the same limits as the program with --safe-read: it ends with the
/// exit code that would have.
[[noreturn]] void read_and_end(void (*read)(), const std::string& safely_read) {
  const rlimit memory{1ULL << 32, 1ULL << 32}, core{0, 0};
  if constexpr (!is_sanitized) ::setrlimit(RLIMIT_AS, &memory);
  ::setrlimit(RLIMIT_CORE, &core);
  if (std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(1);
  int code = 0;
  try {
    if (!safely_read.empty() && !crash_of_reading(safely_read).empty()) ::_exit(contained_code);
    ::alarm(10);
    read();
  } catch (const Error& error) {
    code = static_cast<int>(error.exit_code());
  } catch (...) {
    code = 1;
  }
  ::_exit(code);
}

/// @param safely_read  the file that is read by --safe-read first; empty: none is.
End end_of(void (*read)(), const std::string& safely_read = "") {
  const pid_t child = ::fork();
  if (child == 0) read_and_end(read, safely_read);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGALRM ? End::hung : End::crashed;
  if (WEXITSTATUS(status) == 0) return End::sound;
  if (WEXITSTATUS(status) == contained_code) return End::contained;
  return WEXITSTATUS(status) == 65 || WEXITSTATUS(status) == 69 ? End::refused : End::unclear;
}

// The readers, in the working directory.
void read_inputs() {
  (void)Inputs::open(read_case("case.toml"));
}

std::string set_in_folder() {
  return restart_manifests("results/restart").at(0);
}

void read_restart() {
  const std::vector<std::string> damaged = damaged_parts(RestartManifest::read(set_in_folder()), {});
  if (!damaged.empty()) throw DataError(damaged.front());
}

void read_results() {
  if (!check_digests("results/history.nc").damaged.empty()) throw DataError("results/history.nc: damaged");
}

struct Subject {
  std::string name, file;
  void (*read)();
  NetcdfWriter::Format format = NetcdfWriter::Format::netcdf4;
  bool is_result = false;
};

std::vector<Subject> subjects() {
  using Format = NetcdfWriter::Format;
  std::vector<Subject> all;
  for (const auto& [format, name] :
       {std::pair{Format::netcdf4, "netCDF-4"}, std::pair{Format::classic, "64-bit offset"},
        std::pair{Format::classic_32_bit, "classic"}})
    for (const char* file : {"wrfout.nc", "inventory.nc", "air.nc"})
      all.push_back(
          {.name = std::string(file) + ", " + name, .file = file, .read = read_inputs, .format = format});
  all.push_back(
      {.name = "history.nc", .file = "results/history.nc", .read = read_results, .is_result = true});
  return all;
}

/// Air from outside as a map of O3.
void write_air(const std::string& path, NetcdfWriter::Format format) {
  NetcdfWriter file(path, format);
  for (const auto& [name, units, first, length] :
       {std::tuple{"lat", "degrees_north", 35.0, std::size_t{4}},
        std::tuple{"lon", "degrees_east", 119.0, std::size_t{5}}}) {
    file.dimension(name, length);
    std::vector<double> values;
    for (std::size_t n = 0; n < length; ++n) values.push_back(first + static_cast<double>(n));
    file.variable(name, NetcdfWriter::Type::real64, {name});
    file.attribute(name, "units", units);
    file.write(name, values);
  }
  file.variable("O3", NetcdfWriter::Type::real32, {"lat", "lon"});
  file.attribute("O3", "units", "ppb");
  file.write("O3", std::vector<double>(20, 40.0));
  file.finish();
}

/// Flips a bit, overwrites or cuts; half of the changes lie in the first kilobyte, where headers are.
std::string mutated(std::string bytes, std::mt19937& random) {
  const auto below = [&](std::size_t n) {
    return static_cast<std::size_t>(random()) % std::max<std::size_t>(n, 1);
  };
  if (below(10) == 0) return bytes.substr(0, below(bytes.size()));
  for (std::size_t times = 1 + below(3); times > 0; --times) {
    const std::size_t at = below(below(2) == 0 ? std::min<std::size_t>(1024, bytes.size()) : bytes.size());
    const std::size_t length = std::min<std::size_t>(1 + below(8), bytes.size() - at);
    switch (below(4)) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
      case 1:
        for (std::size_t n = 0; n < length; ++n) bytes[at + n] = static_cast<char>(below(256));
        break;
      case 2:
        bytes.replace(at, length, length, static_cast<char>(below(2) == 0 ? 0 : 0xff));
        break;
      default:
        bytes.replace(at, length, bytes, below(bytes.size() - length), length);
    }
  }
  return bytes;
}

class MutatedFile : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("OMPI_MCA_btl", "self,vader", 0);
    ::setenv("OMP_NUM_THREADS", "1", 0);
    set_log_rank(1);  // only the first rank speaks
    before_ = fs::current_path();
    fs::current_path(folder_.path());
  }
  void TearDown() override {
    fs::current_path(before_);
    set_log_rank(0);
  }
  void write_inputs(NetcdfWriter::Format format) const {
    Start start;
    start.weather.format = format;
    start.weather.columns = 9;
    start.weather.rows = 8;
    start.weather.layers = 8;
    start.inventory.format = format;
    start.case_text = with(start.case_text, "[receptors]",
                           "[[boundary.air]]\nkind = \"netcdf\"\nfile = \"air.nc\"\n\n[receptors]");
    start.write(folder_.path());
    write_air(folder_.file("air.nc"), format);
  }
  void run(const std::vector<std::string>& further) const {
    std::vector<std::string> words = {LANTIAN_PROGRAM, "run", "case.toml"};
    words.insert(words.end(), further.begin(), further.end());
    const TemporaryFolder log;
    const ChildResult result = run_child(words, folder_.path(), log.path());
    ASSERT_TRUE(result.exit_code == 0 || result.exit_code == 85) << result.standard_error;
  }
  TemporaryFolder folder_;
  fs::path before_;
};

std::size_t file_count() {
  const char* wanted = std::getenv("LANTIAN_MUTATED_FILES");
  return wanted == nullptr ? 300 : std::stoul(wanted);
}

TEST_F(MutatedFile, IsReadOrRefusedAndNeverCrashesOrHangsWhoReadsItSafely) {
  std::mt19937 random(20200330);
  std::map<End, std::size_t> ends;
  const std::vector<Subject> all = subjects();
  const char* keep =
      std::getenv("LANTIAN_KEEP_MUTATED");  // a folder that takes what was contained or not clean
  const std::size_t each = (file_count() + all.size() - 1) / all.size();
  for (const Subject& subject : all) {
    write_inputs(subject.format);
    if (subject.is_result) run({});
    ASSERT_EQ(end_of(subject.read), End::sound) << subject.name;
    const std::string sound = content_of(subject.file);
    std::map<End, std::size_t> here;
    for (std::size_t n = 0; n < each; ++n) {
      write_text(subject.file, mutated(sound, random));
      const End end = end_of(subject.read, subject.file);
      ++here[end];
      ++ends[end];
      const bool is_clean = end == End::sound || end == End::refused || end == End::contained;
      EXPECT_TRUE(is_clean) << subject.name << ", change " << n << ": " << end_names.at(end);
      if (keep != nullptr && (!is_clean || end == End::contained))
        fs::copy_file(subject.file,
                      fmt::format("{}/{}_{}", keep, n, fs::path(subject.file).filename().string()),
                      fs::copy_options::overwrite_existing);
    }
    write_text(subject.file, sound);
    std::printf("%s:", subject.name.c_str());
    for (const auto& [end, count] : here) std::printf(" %s %zu;", end_names.at(end), count);
    std::printf("\n");
  }
  for (const auto& [end, count] : ends) std::printf("%s: %zu\n", end_names.at(end), count);
}

TEST_F(MutatedFile, OfARestartSetIsAlwaysFoundByItsDigests) {
  std::mt19937 random(20200331);
  write_inputs(NetcdfWriter::Format::netcdf4);
  run({"--max-wall", "0.001"});
  ASSERT_EQ(end_of(read_restart), End::sound);
  const std::string manifest = set_in_folder(), fields = RestartManifest::read(manifest).file_path();
  for (const std::string& file : {manifest, fields}) {
    const std::string sound = content_of(file);
    for (std::size_t n = 0; n < std::max<std::size_t>(20, file_count() / 20); ++n) {
      const std::string bytes = mutated(sound, random);
      write_text(file, bytes);
      EXPECT_EQ(end_of(read_restart), bytes == sound ? End::sound : End::refused) << file << ", change " << n;
    }
    write_text(file, sound);
  }
}

}  // namespace
}  // namespace lantian
