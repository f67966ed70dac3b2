#include "lantian/io/netcdf_digests.hpp"

#include "classic_header.hpp"
#include "write_fault.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/closing_file.hpp"
#include "lantian/io/digest.hpp"

#include <fmt/format.h>
#include <netcdf.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <numeric>
#include <utility>

namespace lantian {

namespace {

constexpr const char* of_variable = "xxh64";
constexpr const char* of_file = "content_xxh64";
/// About as much of a variable is read at once.
constexpr std::size_t part_bytes = 1U << 23;

using Name = std::array<char, NC_MAX_NAME + 1>;

/// An open netCDF file; a fault of the library is a DataError.
class NetcdfFile {
 public:
  NetcdfFile(const std::string& path, int mode) : path_(path) {
    if (const std::string fault = classic_header_fault(path); !fault.empty())
      throw DataError(fmt::format("{}: damaged: {}", path, fault));
    check(nc_open(path.c_str(), mode, &id_));
  }
  ~NetcdfFile() {
    if (id_ >= 0) nc_close(id_);
  }
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;

  void check(int status) const {
    if (status != NC_NOERR)
      throw DataError(
          fmt::format("{}: damaged: it cannot be read as netCDF: {}", path_, nc_strerror(status)));
  }
  /// Ends writing. The file is given up when that fails: HDF5 would try again, and crash when it fails again.
  void finish(const std::string& final_path) {
    const int id = std::exchange(id_, -1);
    check(nc_sync(id));
    const ClosingFile closing(final_path.c_str(), path_.c_str());
    check(nc_close(id));
  }
  [[nodiscard]] int id() const { return id_; }
  [[nodiscard]] int variables() const {
    int count = 0;
    check(nc_inq_nvars(id_, &count));
    return count;
  }
  [[nodiscard]] std::string name(int variable) const {
    Name name{};
    check(nc_inq_varname(id_, variable, name.data()));
    return name.data();
  }
  [[nodiscard]] std::vector<std::size_t> shape(int variable) const {
    int count = 0;
    check(nc_inq_varndims(id_, variable, &count));
    std::vector<int> ids(static_cast<std::size_t>(count));
    check(nc_inq_vardimid(id_, variable, ids.data()));
    std::vector<std::size_t> lengths(ids.size());
    for (std::size_t n = 0; n < ids.size(); ++n) check(nc_inq_dimlen(id_, ids[n], &lengths[n]));
    return lengths;
  }
  [[nodiscard]] std::size_t value_bytes(int variable) const {
    nc_type type = NC_NAT;
    std::size_t size = 0;
    check(nc_inq_vartype(id_, variable, &type));
    check(nc_inq_type(id_, type, nullptr, &size));
    if (type > NC_UINT64) throw DataError(fmt::format("{}: {}: has no plain numbers", path_, name(variable)));
    return size;
  }
  /// The attribute as text, or nothing.
  [[nodiscard]] std::string text(int variable, const char* attribute) const {
    std::size_t length = 0;
    nc_type type = NC_NAT;
    if (nc_inq_att(id_, variable, attribute, &type, &length) != NC_NOERR || type != NC_CHAR) return "";
    std::string value(length, ' ');
    check(nc_get_att_text(id_, variable, attribute, value.data()));
    return value;
  }
  /// Names, types and bytes of all attributes but the digests.
  [[nodiscard]] std::string attributes(int variable) const {
    int count = 0;
    check(variable == NC_GLOBAL ? nc_inq_natts(id_, &count) : nc_inq_varnatts(id_, variable, &count));
    std::vector<std::string> all;
    for (int n = 0; n < count; ++n) {
      Name name{};
      nc_type type = NC_NAT;
      std::size_t length = 0, size = 0;
      check(nc_inq_attname(id_, variable, n, name.data()));
      if (name.data() == std::string(of_variable) || name.data() == std::string(of_file)) continue;
      check(nc_inq_att(id_, variable, name.data(), &type, &length));
      check(nc_inq_type(id_, type, nullptr, &size));
      if (type > NC_UINT64) continue;  // texts of netCDF-4's own kind: Lantian writes none
      std::string bytes(length * size, ' ');
      check(nc_get_att(id_, variable, name.data(), bytes.data()));
      all.push_back(fmt::format("{} {} {}\n", name.data(), type, bytes));
    }
    std::ranges::sort(all);
    return std::accumulate(all.begin(), all.end(), std::string());
  }
  [[nodiscard]] std::string digest(int variable) const;

 private:
  std::string path_;
  int id_ = -1;
};

std::size_t product(const std::vector<std::size_t>& lengths) {
  return std::accumulate(lengths.begin(), lengths.end(), std::size_t{1}, std::multiplies<>());
}

/// Reads some steps along the first dimension at a time.
std::string NetcdfFile::digest(int variable) const {
  std::vector<std::size_t> count = shape(variable), start(count.size(), 0);
  const std::size_t size = value_bytes(variable), total = product(count);
  const std::unique_ptr<XXH64_state_t, XXH_errorcode (*)(XXH64_state_t*)> state(XXH64_createState(),
                                                                                &XXH64_freeState);
  XXH64_reset(state.get(), 0);
  const std::size_t steps = count.empty() ? 1 : count[0];
  const std::size_t step_bytes = steps == 0 ? 0 : total / steps * size;
  const std::size_t at_once = std::max<std::size_t>(1, part_bytes / std::max<std::size_t>(1, step_bytes));
  std::vector<char> values(step_bytes * std::min(at_once, steps));
  for (std::size_t step = 0; total > 0 && step < steps; step += at_once) {
    const std::size_t now = std::min(at_once, steps - step);
    if (!count.empty()) {
      start[0] = step;
      count[0] = now;
    }
    check(nc_get_vara(id_, variable, start.data(), count.data(), values.data()));
    XXH64_update(state.get(), values.data(), step_bytes * now);
  }
  return fmt::format("{:016x}", XXH64_digest(state.get()));
}

/// All of a variable but its values, in words.
std::string description(const NetcdfFile& file, int variable) {
  std::string text = fmt::format("{} {}", file.name(variable), file.value_bytes(variable));
  for (const std::size_t length : file.shape(variable)) text += fmt::format(" {}", length);
  return text + "\n" + file.attributes(variable);
}

std::string content_digest(const NetcdfFile& file, const std::vector<std::string>& digests) {
  std::string text = file.attributes(NC_GLOBAL);
  for (int v = 0; v < file.variables(); ++v)
    text += description(file, v) + digests[static_cast<std::size_t>(v)] + "\n";
  return digest_of(text);
}

}  // namespace

void add_digests(const std::string& path, const std::string& final_path) {
  try {
    NetcdfFile file(path, NC_WRITE);
    std::vector<std::string> digests;
    digests.reserve(static_cast<std::size_t>(file.variables()));
    for (int v = 0; v < file.variables(); ++v) digests.push_back(file.digest(v));
    const std::string content = content_digest(file, digests);
    for (int v = 0; v < file.variables(); ++v) {
      const std::string& digest = digests[static_cast<std::size_t>(v)];
      file.check(nc_put_att_text(file.id(), v, of_variable, digest.size(), digest.data()));
    }
    file.check(nc_put_att_text(file.id(), NC_GLOBAL, of_file, content.size(), content.data()));
    file.finish(final_path);
  } catch (const DataError&) {
    throw OutputError(write_fault(final_path, "the digests", NC_EHDFERR));
  }
}

DigestReport check_digests(const std::string& path) {
  if (!std::filesystem::is_regular_file(path))
    throw MissingFileError(fmt::format("{}: there is no such file", path));
  const NetcdfFile file(path, NC_NOWRITE);
  const std::string content = file.text(NC_GLOBAL, of_file);
  if (content.empty())
    throw DataError(
        fmt::format("{}: has no digests: it is no result of lantian run, or of an earlier version", path));
  DigestReport report{.variables = static_cast<std::size_t>(file.variables()), .bytes = 0, .damaged = {}};
  std::vector<std::string> stated;
  for (int v = 0; v < file.variables(); ++v) {
    stated.push_back(file.text(v, of_variable));
    report.bytes += product(file.shape(v)) * file.value_bytes(v);
    if (file.digest(v) != stated.back()) report.damaged.push_back(file.name(v));
  }
  if (content_digest(file, stated) != content) report.damaged.emplace_back("names, dimensions or attributes");
  return report;
}

}  // namespace lantian
