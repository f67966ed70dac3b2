#include "parallel_file.hpp"

#include "write_fault.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/closing_file.hpp"
#include "lantian/io/netcdf_digests.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <netcdf.h>
#include <netcdf_par.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <utility>

namespace lantian {

namespace {

nc_type netcdf_type(ParallelFile::Type type) {
  switch (type) {
    case ParallelFile::Type::real32:
      return NC_FLOAT;
    case ParallelFile::Type::real64:
      return NC_DOUBLE;
    default:
      return NC_INT;
  }
}

/// More than the definitions of a file need.
constexpr std::size_t header_bytes = 1048576;

}  // namespace

ParallelFile::ParallelFile(std::string path, const Communicator& ranks)
    : path_(std::move(path)),
      temporary_(ranks.broadcast(fmt::format("{}.tmp.{}", path_, ::getpid()), 0)),
      space_(temporary_),
      ranks_(ranks) {
  // One process tries first: MPI-IO may end the program when it cannot make a file.
  agree(ranks_.rank() == 0 ? creation_fault(path_, temporary_) : "");
  int id = -1;
  const int status =
      nc_create_par(temporary_.c_str(), NC_NETCDF4 | NC_CLOBBER, ranks_.raw(), MPI_INFO_NULL, &id);
  if (status == NC_NOERR) id_ = id;
  check(status, "the file");
  reserve(header_bytes);
}

/// Closing is collective, and a rank that is here alone would wait for ever: the others may not be on their
/// way. The file loses its name; MPI_Finalize closes it.
ParallelFile::~ParallelFile() {
  if (id_ >= 0) abandon();
}

/// Gives the file up without closing it: HDF5 would try again to write what could not be written, and its
/// 1.10 crashes when that fails once more.
void ParallelFile::abandon() {
  id_ = -1;
  if (ranks_.rank() == 0) std::remove(temporary_.c_str());
}

void ParallelFile::agree(const std::string& fault) {
  const int first_faulty = ranks_.size() - ranks_.max_of(fault.empty() ? 0 : ranks_.size() - ranks_.rank());
  if (first_faulty == ranks_.size()) return;
  abandon();
  throw OutputError(ranks_.broadcast(fault, first_faulty));
}

void ParallelFile::check(int netcdf_status, const std::string& what) {
  agree(netcdf_status == NC_NOERR ? "" : write_fault(path_, what, netcdf_status));
}

std::string ParallelFile::name_of(int variable) const {
  std::array<char, NC_MAX_NAME + 1> name{};
  return nc_inq_varname(id_, variable, name.data()) == NC_NOERR ? name.data() : "attributes";
}

int ParallelFile::dimension(const std::string& name, std::size_t length) {
  int dimension = -1;
  check(nc_def_dim(id_, name.c_str(), length == 0 ? NC_UNLIMITED : length, &dimension), name);
  return dimension;
}

int ParallelFile::variable(const std::string& name, Type type, const std::vector<int>& dimensions,
                           const std::vector<std::size_t>& chunk) {
  int variable = -1;
  check(nc_def_var(id_, name.c_str(), netcdf_type(type), static_cast<int>(dimensions.size()),
                   dimensions.data(), &variable),
        name);
  if (!chunk.empty()) check(nc_def_var_chunking(id_, variable, NC_CHUNKED, chunk.data()), name);
  check(nc_var_par_access(id_, variable, NC_COLLECTIVE), name);
  return variable;
}

void ParallelFile::attribute(int variable, const std::string& name, const std::string& value) {
  check(nc_put_att_text(id_, variable, name.c_str(), value.size(), value.data()), name);
}

void ParallelFile::attribute(int variable, const std::string& name, const std::vector<double>& values) {
  check(nc_put_att_double(id_, variable, name.c_str(), NC_DOUBLE, values.size(), values.data()), name);
}

void ParallelFile::file_attribute(const std::string& name, const std::string& value) {
  attribute(NC_GLOBAL, name, value);
}

void ParallelFile::fill_value(int variable) {
  constexpr float fill = NC_FILL_FLOAT;
  constexpr double double_fill = NC_FILL_DOUBLE;
  nc_type type = NC_NAT;
  check(nc_inq_vartype(id_, variable, &type), name_of(variable));
  const void* const of_type = type == NC_DOUBLE ? static_cast<const void*>(&double_fill) : &fill;
  check(nc_def_var_fill(id_, variable, NC_FILL, of_type), name_of(variable));
}

void ParallelFile::end_definitions() {
  check(nc_enddef(id_), "the header");
}

void ParallelFile::write(int variable, const std::vector<std::size_t>& start,
                         const std::vector<std::size_t>& count, const std::vector<double>& values) {
  check(nc_put_vara_double(id_, variable, start.data(), count.data(), values.data()), name_of(variable));
}

void ParallelFile::write(int variable, const std::vector<std::size_t>& start,
                         const std::vector<std::size_t>& count, const std::vector<float>& values) {
  check(nc_put_vara_float(id_, variable, start.data(), count.data(), values.data()), name_of(variable));
}

void ParallelFile::reserve(std::size_t bytes) {
  reserved_bytes_ += bytes;
  const int fault = ranks_.rank() == 0 ? space_.grow_to(reserved_bytes_) : 0;
  agree(fault == 0 ? "" : system_write_fault(path_, "the next values", fault));
}

void ParallelFile::finish() {
  check(nc_sync(id_), "the last values");
  int status = NC_NOERR;
  {
    const ClosingFile closing(path_.c_str(), temporary_.c_str());
    status = nc_close(std::exchange(id_, -1));
  }
  check(status, "the last values");
  std::string fault;
  try {
    if (ranks_.rank() == 0) {
      add_digests(temporary_, path_);
      space_.release();
      publish_file(temporary_, path_);
    }
  } catch (const OutputError& error) {
    fault = error.what();
  }
  agree(fault);
}

}  // namespace lantian
