#include "write_fault.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/closing_file.hpp"
#include "lantian/io/netcdf_digests.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <netcdf.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

namespace lantian {

struct NetcdfWriter::Handle {
  std::string path, temporary;
  int id = -1;
  bool is_defining = true;
  mutable bool is_broken = false;  // a write has failed
  std::map<std::string, int> dimension_ids;

  void check(int status, const std::string& what) const {
    if (status == NC_NOERR) return;
    is_broken = true;
    throw OutputError(write_fault(path, what, status));
  }
  [[nodiscard]] int variable(const std::string& name) const {
    int v = NC_GLOBAL;
    if (!name.empty()) check(nc_inq_varid(id, name.c_str(), &v), name);
    return v;
  }
  void begin_data() {
    if (is_defining) check(nc_enddef(id), "the header");
    is_defining = false;
  }
  /// Count of a variable's values.
  [[nodiscard]] std::size_t size_of(const std::string& name) const {
    int dimensions = 0;
    check(nc_inq_varndims(id, variable(name), &dimensions), name);
    std::vector<int> ids(static_cast<std::size_t>(dimensions));
    check(nc_inq_vardimid(id, variable(name), ids.data()), name);
    std::size_t size = 1;
    for (const int dimension : ids) {
      std::size_t length = 0;
      check(nc_inq_dimlen(id, dimension, &length), name);
      size *= length;
    }
    return size;
  }
  void expect_size(const std::string& name, std::size_t expected, std::size_t given) const {
    if (expected != given)
      throw InternalError(
          fmt::format("{}: {} values are given for \"{}\", {} expected", path, given, name, expected));
  }
  void begin_definitions() {
    if (!is_defining) check(nc_redef(id), "the header");
    is_defining = true;
  }
};

NetcdfWriter::NetcdfWriter(std::string path, Format format) : handle_(std::make_unique<Handle>()) {
  handle_->path = std::move(path);
  handle_->temporary = fmt::format("{}.tmp.{}", handle_->path, ::getpid());
  if (const std::string fault = creation_fault(handle_->path, handle_->temporary); !fault.empty())
    throw OutputError(fault);
  const int mode = format == Format::netcdf4 ? NC_NETCDF4 : format == Format::classic ? NC_64BIT_OFFSET : 0;
  const int status = nc_create(handle_->temporary.c_str(), mode | NC_CLOBBER, &handle_->id);
  if (status != NC_NOERR) std::remove(handle_->temporary.c_str());
  handle_->check(status, "the file");
}

NetcdfWriter::~NetcdfWriter() {
  if (handle_->id < 0) return;
  // A broken file is not closed: HDF5 would write again, and its 1.10 crashes when that fails once more.
  if (!handle_->is_broken) nc_close(handle_->id);
  std::remove(handle_->temporary.c_str());
}

void NetcdfWriter::dimension(const std::string& name, std::size_t length) {
  handle_->begin_definitions();
  int d = -1;
  handle_->check(nc_def_dim(handle_->id, name.c_str(), length == 0 ? NC_UNLIMITED : length, &d), name);
  handle_->dimension_ids[name] = d;
}

void NetcdfWriter::variable(const std::string& name, Type type, const std::vector<std::string>& dimensions) {
  handle_->begin_definitions();
  std::vector<int> ids;
  ids.reserve(dimensions.size());
  for (const std::string& one : dimensions) ids.push_back(handle_->dimension_ids.at(one));
  const nc_type kind = type == Type::real32   ? NC_FLOAT
                       : type == Type::real64 ? NC_DOUBLE
                       : type == Type::int32  ? NC_INT
                                              : NC_CHAR;
  int v = -1;
  handle_->check(nc_def_var(handle_->id, name.c_str(), kind, static_cast<int>(ids.size()), ids.data(), &v),
                 name);
}

void NetcdfWriter::compress(const std::string& variable) {
  handle_->check(nc_def_var_deflate(handle_->id, handle_->variable(variable), 1, 1, 1), variable);
}

void NetcdfWriter::compress(const std::string& variable, const std::vector<std::size_t>& piece) {
  handle_->check(nc_def_var_chunking(handle_->id, handle_->variable(variable), NC_CHUNKED, piece.data()),
                 variable);
  compress(variable);
}

void NetcdfWriter::attribute(const std::string& variable, const std::string& name, const std::string& value) {
  handle_->begin_definitions();
  handle_->check(
      nc_put_att_text(handle_->id, handle_->variable(variable), name.c_str(), value.size(), value.data()),
      name);
}

void NetcdfWriter::attribute(const std::string& variable, const std::string& name, double value) {
  handle_->begin_definitions();
  handle_->check(
      nc_put_att_double(handle_->id, handle_->variable(variable), name.c_str(), NC_DOUBLE, 1, &value), name);
}

void NetcdfWriter::integer_attribute(const std::string& variable, const std::string& name, int value) {
  handle_->begin_definitions();
  handle_->check(nc_put_att_int(handle_->id, handle_->variable(variable), name.c_str(), NC_INT, 1, &value),
                 name);
}

void NetcdfWriter::write(const std::string& variable, const std::vector<double>& values) {
  handle_->begin_data();
  handle_->expect_size(variable, handle_->size_of(variable), values.size());
  handle_->check(nc_put_var_double(handle_->id, handle_->variable(variable), values.data()), variable);
}

void NetcdfWriter::write(const std::string& variable, const std::vector<std::size_t>& start,
                         const std::vector<std::size_t>& count, const std::vector<double>& values) {
  handle_->begin_data();
  handle_->expect_size(variable,
                       std::accumulate(count.begin(), count.end(), std::size_t{1}, std::multiplies<>()),
                       values.size());
  handle_->check(
      nc_put_vara_double(handle_->id, handle_->variable(variable), start.data(), count.data(), values.data()),
      variable);
}

void NetcdfWriter::write_text(const std::string& variable, const std::vector<std::size_t>& start,
                              const std::string& value) {
  handle_->begin_data();
  std::vector<std::size_t> count(start.size(), 1);
  count.back() = value.size();
  handle_->check(
      nc_put_vara_text(handle_->id, handle_->variable(variable), start.data(), count.data(), value.data()),
      variable);
}

void NetcdfWriter::finish(Digests digests) {
  handle_->begin_data();
  handle_->check(nc_sync(handle_->id), "the last values");
  int status = NC_NOERR;
  {
    const ClosingFile closing(handle_->path.c_str(), handle_->temporary.c_str());
    status = nc_close(std::exchange(handle_->id, -1));
  }
  if (status != NC_NOERR) std::remove(handle_->temporary.c_str());
  handle_->check(status, "the last values");
  try {
    if (digests == Digests::of_variables) add_digests(handle_->temporary, handle_->path);
  } catch (const OutputError&) {
    std::remove(handle_->temporary.c_str());
    throw;
  }
  publish_file(handle_->temporary, handle_->path);
}

}  // namespace lantian
