#include "lantian/io/netcdf_file.hpp"

#include "classic_header.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <netcdf.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <numeric>
#include <string_view>

namespace lantian {

namespace {

std::string damage_fault(const std::string& path, const std::string& reason) {
  return fmt::format("{}: cut short or damaged: {}; copy it again", path, reason);
}

}  // namespace

struct NetcdfReader::Handle {
  std::string path;
  int id = -1;

  ~Handle() {
    if (id >= 0) nc_close(id);
  }
  void check(int status, const std::string& what) const {
    if (status == NC_NOERR) return;
    const bool is_damage = status == NC_EHDFERR || status > 0;
    throw DataError(is_damage ? damage_fault(path, fmt::format("{}: {}", what, nc_strerror(status)))
                              : fmt::format("{}: {}: {}", path, what, nc_strerror(status)));
  }
  [[nodiscard]] int variable(const std::string& name) const {
    int variable = -1;
    if (nc_inq_varid(id, name.c_str(), &variable) != NC_NOERR)
      throw DataError(fmt::format("{}: there is no variable \"{}\"", path, name));
    return variable;
  }
  /// A damaged header can speak of more values than any memory holds.
  void check_fits_memory(const std::string& what, const std::vector<std::size_t>& count) const {
    double bytes = sizeof(double);
    for (const std::size_t length : count) bytes *= static_cast<double>(length);
    const double memory =
        static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
    if (bytes > memory)
      throw DataError(
          damage_fault(path, fmt::format("{}: its header speaks of {:.3g} values, which no memory here holds",
                                         what, bytes / sizeof(double))));
  }
  /// Id for attributes: a variable's, or the file's when the name is empty.
  [[nodiscard]] int attribute_owner(const std::string& name) const {
    return name.empty() ? NC_GLOBAL : variable(name);
  }
};

namespace {

using Name = std::array<char, NC_MAX_NAME + 1>;

/// Values that stand for "missing" in a variable: its attributes, or netCDF's default.
struct MissingValues {
  std::vector<double> values;
  bool is_real32 = false;  // an attribute of another type has to be rounded as the values are

  [[nodiscard]] bool holds(double value) const {
    return std::ranges::any_of(values, [&](double missing) {
      return value == (is_real32 ? static_cast<double>(static_cast<float>(missing)) : missing);
    });
  }
};

std::string format_name(int format) {
  switch (format) {
    case NC_FORMAT_CLASSIC:
      return "classic";
    case NC_FORMAT_64BIT_OFFSET:
      return "64-bit offset";
    case NC_FORMAT_64BIT_DATA:
      return "64-bit data";
    case NC_FORMAT_NETCDF4:
      return "netCDF-4";
    default:
      return "netCDF-4 classic model";
  }
}

double default_fill(nc_type type) {
  switch (type) {
    case NC_FLOAT:
      return static_cast<double>(NC_FILL_FLOAT);
    case NC_DOUBLE:
      return NC_FILL_DOUBLE;
    case NC_INT:
      return NC_FILL_INT;
    case NC_SHORT:
      return NC_FILL_SHORT;
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

/// Why a file that is there cannot be opened: its first bytes tell whether it was netCDF once.
std::string open_fault(const std::string& path, int status) {
  if (std::filesystem::is_directory(path))
    return fmt::format("{}: is a folder, a netCDF file is needed", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return fmt::format("{}: cannot be read; check its permissions", path);
  std::array<char, 4> first{};
  file.read(first.data(), first.size());
  const std::string_view magic(first.data(), static_cast<std::size_t>(file.gcount()));
  const bool was_netcdf = magic.starts_with("CDF") || magic == "\x89HDF" || magic.empty();
  if (was_netcdf) return damage_fault(path, magic.empty() ? "it is empty" : nc_strerror(status));
  return fmt::format("{}: is not netCDF ({})", path, nc_strerror(status));
}

}  // namespace

NetcdfReader::NetcdfReader(const std::string& path) : handle_(std::make_unique<Handle>()) {
  handle_->path = path;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    throw MissingFileError(fmt::format("{}: there is no such file", path));
  if (const std::string fault = classic_header_fault(path); !fault.empty())
    throw DataError(damage_fault(path, fault));
  const int status = nc_open(path.c_str(), NC_NOWRITE, &handle_->id);
  if (status != NC_NOERR) {
    handle_->id = -1;
    throw DataError(open_fault(path, status));
  }
}

NetcdfReader::~NetcdfReader() = default;
NetcdfReader::NetcdfReader(NetcdfReader&&) noexcept = default;
NetcdfReader& NetcdfReader::operator=(NetcdfReader&&) noexcept = default;

const std::string& NetcdfReader::path() const {
  return handle_->path;
}

std::string NetcdfReader::format() const {
  int format = 0;
  handle_->check(nc_inq_format(handle_->id, &format), "format");
  return format_name(format);
}

std::vector<std::string> NetcdfReader::variables() const {
  int count = 0;
  handle_->check(nc_inq_nvars(handle_->id, &count), "variables");
  std::vector<std::string> names;
  for (int v = 0; v < count; ++v) {
    Name name{};
    handle_->check(nc_inq_varname(handle_->id, v, name.data()), "variables");
    names.emplace_back(name.data());
  }
  return names;
}

bool NetcdfReader::has_variable(const std::string& name) const {
  int variable = -1;
  return nc_inq_varid(handle_->id, name.c_str(), &variable) == NC_NOERR;
}

std::vector<NetcdfReader::Dimension> NetcdfReader::dimensions() const {
  int count = 0;
  handle_->check(nc_inq_ndims(handle_->id, &count), "dimensions");
  std::vector<Dimension> all;
  for (int d = 0; d < count; ++d) {
    Name name{};
    std::size_t length = 0;
    handle_->check(nc_inq_dim(handle_->id, d, name.data(), &length), "dimensions");
    all.push_back({name.data(), length});
  }
  return all;
}

std::optional<std::size_t> NetcdfReader::dimension_length(const std::string& name) const {
  for (const Dimension& one : dimensions())
    if (one.name == name) return one.length;
  return std::nullopt;
}

std::vector<NetcdfReader::Dimension> NetcdfReader::shape(const std::string& variable) const {
  const int v = handle_->variable(variable);
  int count = 0;
  handle_->check(nc_inq_varndims(handle_->id, v, &count), variable);
  std::vector<int> ids(static_cast<std::size_t>(count));
  handle_->check(nc_inq_vardimid(handle_->id, v, ids.data()), variable);
  std::vector<Dimension> shape;
  for (const int d : ids) {
    Name name{};
    std::size_t length = 0;
    handle_->check(nc_inq_dim(handle_->id, d, name.data(), &length), variable);
    shape.push_back({name.data(), length});
  }
  return shape;
}

std::optional<std::string> NetcdfReader::text_attribute(const std::string& variable,
                                                        const std::string& name) const {
  const int owner = handle_->attribute_owner(variable);
  nc_type type = NC_NAT;
  std::size_t length = 0;
  if (nc_inq_att(handle_->id, owner, name.c_str(), &type, &length) != NC_NOERR) return std::nullopt;
  handle_->check_fits_memory(name, {length});
  if (type == NC_STRING) {
    std::vector<char*> texts(length, nullptr);
    handle_->check(nc_get_att_string(handle_->id, owner, name.c_str(), texts.data()), name);
    std::string text = length > 0 && texts[0] != nullptr ? texts[0] : "";
    nc_free_string(length, texts.data());
    return text;
  }
  if (type != NC_CHAR) {
    std::vector<double> numbers(length, 0.0);
    handle_->check(nc_get_att_double(handle_->id, owner, name.c_str(), numbers.data()), name);
    std::string text;
    for (const double number : numbers) text += (text.empty() ? "" : ", ") + fmt::format("{}", number);
    return text;
  }
  std::string text(length, '\0');
  handle_->check(nc_get_att_text(handle_->id, owner, name.c_str(), text.data()), name);
  return std::string(trimmed(text.c_str()));
}

std::optional<double> NetcdfReader::number_attribute(const std::string& variable,
                                                     const std::string& name) const {
  const int owner = handle_->attribute_owner(variable);
  nc_type type = NC_NAT;
  std::size_t length = 0;
  if (nc_inq_att(handle_->id, owner, name.c_str(), &type, &length) != NC_NOERR || length < 1)
    return std::nullopt;
  handle_->check_fits_memory(name, {length});
  if (type == NC_CHAR || type == NC_STRING) return parse_number(text_attribute(variable, name).value_or(""));
  std::vector<double> numbers(length, 0.0);
  handle_->check(nc_get_att_double(handle_->id, owner, name.c_str(), numbers.data()), name);
  return numbers[0];
}

std::map<std::string, std::string> NetcdfReader::attributes(const std::string& variable) const {
  const int owner = handle_->attribute_owner(variable);
  int count = 0;
  handle_->check(
      owner == NC_GLOBAL ? nc_inq_natts(handle_->id, &count) : nc_inq_varnatts(handle_->id, owner, &count),
      "attributes");
  std::map<std::string, std::string> all;
  for (int a = 0; a < count; ++a) {
    Name name{};
    handle_->check(nc_inq_attname(handle_->id, owner, a, name.data()), "attributes");
    all[name.data()] = text_attribute(variable, name.data()).value_or("");
  }
  return all;
}

std::vector<double> NetcdfReader::read(const std::string& variable) const {
  std::vector<std::size_t> start, count;
  for (const Dimension& one : shape(variable)) {
    start.push_back(0);
    count.push_back(one.length);
  }
  return read(variable, start, count);
}

std::vector<double> NetcdfReader::read(const std::string& variable, const std::vector<std::size_t>& start,
                                       const std::vector<std::size_t>& count) const {
  const int v = handle_->variable(variable);
  nc_type type = NC_NAT;
  handle_->check(nc_inq_vartype(handle_->id, v, &type), variable);
  if (type == NC_CHAR || type == NC_STRING)
    throw DataError(fmt::format("{}: {}: holds text, numbers are needed", path(), variable));
  handle_->check_fits_memory(variable, count);
  const std::size_t total = std::accumulate(count.begin(), count.end(), std::size_t{1}, std::multiplies<>());
  std::vector<double> values(total);
  const int status = nc_get_vara_double(handle_->id, v, start.data(), count.data(), values.data());
  if (status != NC_ERANGE) handle_->check(status, variable);
  MissingValues missing{.values = {default_fill(type)}, .is_real32 = type == NC_FLOAT};
  for (const char* name : {"_FillValue", "missing_value"})
    if (const auto value = number_attribute(variable, name)) missing.values.push_back(*value);
  const double factor = number_attribute(variable, "scale_factor").value_or(1.0);
  const double offset = number_attribute(variable, "add_offset").value_or(0.0);
  const bool is_packed = factor != 1.0 || offset != 0.0;
  for (double& value : values) {
    if (missing.holds(value)) value = std::numeric_limits<double>::quiet_NaN();
    if (is_packed) value = factor * value + offset;
  }
  return values;
}

std::vector<std::string> NetcdfReader::read_texts(const std::string& variable) const {
  const int v = handle_->variable(variable);
  const std::vector<Dimension> dimensions = shape(variable);
  nc_type type = NC_NAT;
  handle_->check(nc_inq_vartype(handle_->id, v, &type), variable);
  if (type != NC_CHAR || dimensions.empty())
    throw DataError(fmt::format("{}: {}: is not text", path(), variable));
  const std::size_t length = dimensions.back().length;
  std::vector<std::size_t> lengths;
  lengths.reserve(dimensions.size());
  for (const Dimension& one : dimensions) lengths.push_back(one.length);
  handle_->check_fits_memory(variable, lengths);
  const std::size_t rows =
      std::accumulate(lengths.begin(), lengths.end() - 1, std::size_t{1}, std::multiplies<>());
  std::string all(rows * length, '\0');
  handle_->check(nc_get_var_text(handle_->id, v, all.data()), variable);
  std::vector<std::string> texts;
  for (std::size_t n = 0; n < rows; ++n) texts.emplace_back(trimmed(all.substr(n * length, length).c_str()));
  return texts;
}

}  // namespace lantian
