#include "lantian/io/restart.hpp"

#include "hdf5_object.hpp"
#include "space_reservation.hpp"
#include "tile_selection.hpp"
#include "write_fault.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

namespace lantian {

namespace {

/// More than HDF5's own structure takes for a few hundred variables.
constexpr std::size_t structure_bytes = 1048576;

/// "20200331T060500Z": names that sort by time.
std::string stamp_of(UtcTime time) {
  std::string text = to_iso8601(time);
  std::erase_if(text, [](char one) { return one == '-' || one == ':'; });
  return text;
}

}  // namespace

struct RestartWriter::Handle {
  Communicator ranks;
  std::string name, path, temporary;  // name: of the set
  SpaceReservation space;
  Hdf5Object file, collective, creation;
  std::vector<RestartManifest::Variable> variables;

  Handle(const std::string& folder, UtcTime time, Communicator group)
      : ranks(std::move(group)),
        name("restart_" + stamp_of(time)),
        path(fmt::format("{}/{}.h5", folder, name)),
        temporary(ranks.broadcast(fmt::format("{}.tmp.{}", path, ::getpid()), 0)),
        space(temporary),
        collective(H5Pcreate(H5P_DATASET_XFER), &H5Pclose),
        creation(H5Pcreate(H5P_DATASET_CREATE), &H5Pclose) {
    H5Pset_dxpl_mpio(collective.id(), H5FD_MPIO_COLLECTIVE);
    H5Pset_layout(creation.id(), H5D_CONTIGUOUS);
    H5Pset_alloc_time(creation.id(), H5D_ALLOC_TIME_EARLY);
    H5Pset_fill_time(creation.id(), H5D_FILL_TIME_NEVER);  // every cell is written
    H5Pset_obj_track_times(creation.id(), false);          // the same run gives the same bytes
  }

  void agree(const std::string& fault) {
    const int first_faulty = ranks.size() - ranks.max_of(fault.empty() ? 0 : ranks.size() - ranks.rank());
    if (first_faulty == ranks.size()) return;
    file.abandon();  // closing would write again, and HDF5 1.10 crashes when that fails once more
    if (ranks.rank() == 0) std::remove(temporary.c_str());
    throw OutputError(ranks.broadcast(fault, first_faulty));
  }
  void check(bool is_done, const std::string& what) {
    agree(is_done ? "" : system_write_fault(path, what, errno == 0 ? EIO : errno));
  }

  void create(std::size_t bytes);
  /// Creates a variable and writes what `selection` names of it.
  void write(const std::string& variable, hid_t type, const TileSelection& selection, const void* values);
  void write_shared(const std::string& variable, hid_t type, std::size_t count, const void* values);
  [[nodiscard]] RestartManifest digested(std::uint64_t bytes);
};

void RestartWriter::Handle::create(std::size_t bytes) {
  // One process tries first: MPI-IO may end the program when it cannot make a file.
  agree(ranks.rank() == 0 ? creation_fault(path, temporary) : "");
  const Hdf5Object access(H5Pcreate(H5P_FILE_ACCESS), &H5Pclose);
  H5Pset_fapl_mpio(access.id(), ranks.raw(), MPI_INFO_NULL);
  const Hdf5Object root(H5Pcreate(H5P_FILE_CREATE), &H5Pclose);
  H5Pset_obj_track_times(root.id(), false);
  H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18);
  errno = 0;
  file = Hdf5Object(H5Fcreate(temporary.c_str(), H5F_ACC_TRUNC, root.id(), access.id()), &H5Fclose);
  check(file.is_open(), "the file");
  const int fault = ranks.rank() == 0 ? space.grow_to(bytes + structure_bytes) : 0;
  agree(fault == 0 ? "" : system_write_fault(path, "the restart", fault));
}

void RestartWriter::Handle::write(const std::string& variable, hid_t type, const TileSelection& selection,
                                  const void* values) {
  errno = 0;
  const Hdf5Object data(H5Dcreate2(file.id(), variable.c_str(), type, selection.file_space.id(), H5P_DEFAULT,
                                   creation.id(), H5P_DEFAULT),
                        &H5Dclose);
  check(data.is_open(), variable);
  check(H5Dwrite(data.id(), type, selection.memory_space.id(), selection.file_space.id(), collective.id(),
                 values) >= 0,
        variable);
  variables.push_back({.name = variable,
                       .offset = H5Dget_offset(data.id()),
                       .bytes = H5Dget_storage_size(data.id()),
                       .digest = ""});
}

/// Rank 0 writes; the others take part.
void RestartWriter::Handle::write_shared(const std::string& variable, hid_t type, std::size_t count,
                                         const void* values) {
  if (count == 0) return;
  const hsize_t length = count;
  TileSelection selection{.file_space = {H5Screate_simple(1, &length, nullptr), &H5Sclose},
                          .memory_space = {H5Screate_simple(1, &length, nullptr), &H5Sclose}};
  if (ranks.rank() != 0) {
    H5Sselect_none(selection.file_space.id());
    H5Sselect_none(selection.memory_space.id());
  }
  write(variable, type, selection, values);
}

/// Digests what lies in the file now: each rank some variables, rank 0 what is between them.
RestartManifest RestartWriter::Handle::digested(std::uint64_t bytes) {
  std::ranges::sort(variables, {}, &RestartManifest::Variable::offset);
  RestartManifest manifest{.path = fmt::format("{}.manifest", path.substr(0, path.size() - 3)),
                           .facts = {},
                           .file = name + ".h5",
                           .file_bytes = bytes,
                           .variables = variables,
                           .rest_digest = ""};
  std::string fault;
  std::vector<std::uint64_t> own(variables.size(), 0);
  std::uint64_t rest = 0;
  try {
    for (std::size_t n = 0; n < variables.size(); ++n)
      if (n % static_cast<std::size_t>(ranks.size()) == static_cast<std::size_t>(ranks.rank()))
        own[n] = digest_of_bytes(temporary, variables[n].offset, variables[n].bytes);
    if (ranks.rank() == 0) rest = digest_of_rest(temporary, bytes, variables);
  } catch (const Error& error) {
    fault = error.what();
  }
  agree(fault);
  for (std::size_t n = 0; n < variables.size(); ++n)
    manifest.variables[n].digest = fmt::format("{:016x}", ranks.sum_of(own[n]));
  manifest.rest_digest = fmt::format("{:016x}", ranks.sum_of(rest));
  return manifest;
}

RestartWriter::RestartWriter(const std::string& folder, UtcTime time, const Communicator& ranks,
                             std::size_t state_bytes) {
  silence_hdf5();
  handle_ = std::make_unique<Handle>(folder, time, ranks);
  handle_->create(state_bytes);
}

/// Closing is collective, and a rank that is here alone would wait for ever.
RestartWriter::~RestartWriter() {
  if (!handle_->file.is_open()) return;
  handle_->file.abandon();
  if (handle_->ranks.rank() == 0) std::remove(handle_->temporary.c_str());
}

void RestartWriter::cells(const std::string& name, const Tile& tile, std::span<const double> values) {
  const TileSelection selection = select_tile(tile, values.size());
  handle_->write(name, H5T_NATIVE_DOUBLE, selection, values.data());
}

void RestartWriter::field(const std::string& name, const Tile& tile, const Field<double>& values) {
  std::vector<double> own;
  own.reserve(static_cast<std::size_t>(values.layers()) * static_cast<std::size_t>(values.rows()) *
              static_cast<std::size_t>(values.columns()));
  for (int k = 0; k < values.layers(); ++k)
    for (int j = 0; j < values.rows(); ++j)
      own.insert(own.end(), values.row(k, j), values.row(k, j) + values.columns());
  cells(name, tile, own);
}

void RestartWriter::numbers(const std::string& name, const std::vector<double>& values) {
  handle_->write_shared(name, H5T_NATIVE_DOUBLE, values.size(), values.data());
}

void RestartWriter::text(const std::string& name, const std::string& value) {
  handle_->write_shared(name, H5T_NATIVE_CHAR, value.size(), value.data());
}

std::string RestartWriter::finish(const std::vector<std::pair<std::string, std::string>>& facts) {
  Handle& h = *handle_;
  errno = 0;
  h.check(H5Fflush(h.file.id(), H5F_SCOPE_GLOBAL) >= 0, "the last values");
  h.check(h.file.release(), "the last values");
  std::error_code ignored;
  RestartManifest manifest = h.digested(std::filesystem::file_size(h.temporary, ignored));
  manifest.facts = facts;
  std::string fault;
  if (h.ranks.rank() == 0) {
    try {
      h.space.release();
      publish_file(h.temporary, h.path);
      manifest.write();
    } catch (const Error& error) {
      fault = error.what();
    }
  }
  h.agree(fault);
  return manifest.path;
}

}  // namespace lantian
