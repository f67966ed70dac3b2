#include "hdf5_object.hpp"
#include "tile_selection.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/restart.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace lantian {

struct RestartReader::Handle {
  RestartManifest manifest;
  Communicator ranks;
  Hdf5Object file;

  /// Throws on all ranks when one has a fault.
  void agree(const std::string& fault) const {
    const int first_faulty = ranks.size() - ranks.max_of(fault.empty() ? 0 : ranks.size() - ranks.rank());
    if (first_faulty < ranks.size()) throw DataError(ranks.broadcast(fault, first_faulty));
  }
  /// Each rank looks at some of the variables.
  [[nodiscard]] std::string damage() const {
    try {
      const auto damaged = damaged_parts(manifest, {ranks.rank(), ranks.size()});
      return damaged.empty() ? "" : fmt::format("{}: damaged: {}", manifest.path, fmt::join(damaged, ", "));
    } catch (const Error& error) {
      return error.what();
    }
  }
  [[nodiscard]] Hdf5Object open(const std::string& name) const {
    Hdf5Object data(H5Dopen2(file.id(), name.c_str(), H5P_DEFAULT), &H5Dclose);
    agree(data.is_open() ? "" : fmt::format("{}: holds no \"{}\"", manifest.file_path(), name));
    return data;
  }
  void check(bool is_read, const std::string& name) const {
    agree(is_read ? "" : fmt::format("{}: \"{}\" cannot be read", manifest.file_path(), name));
  }
  [[nodiscard]] static std::size_t length(const Hdf5Object& data) {
    const Hdf5Object space(H5Dget_space(data.id()), &H5Sclose);
    return static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.id()));
  }
};

RestartReader::RestartReader(RestartManifest manifest, const Communicator& ranks)
    : handle_(std::make_unique<Handle>(Handle{std::move(manifest), ranks, {}})) {
  silence_hdf5();
  handle_->agree(handle_->damage());
  handle_->file =
      Hdf5Object(H5Fopen(handle_->manifest.file_path().c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), &H5Fclose);
  handle_->agree(
      handle_->file.is_open() ? "" : fmt::format("{}: cannot be opened", handle_->manifest.file_path()));
}

RestartReader::~RestartReader() = default;

const RestartManifest& RestartReader::manifest() const {
  return handle_->manifest;
}

bool RestartReader::has(const std::string& name) const {
  return std::ranges::any_of(handle_->manifest.variables, [&](const auto& one) { return one.name == name; });
}

void RestartReader::cells(const std::string& name, const Tile& tile, std::span<double> values) const {
  const Hdf5Object data = handle_->open(name);
  const TileSelection selection = select_tile(tile, values.size());
  const Hdf5Object space(H5Dget_space(data.id()), &H5Sclose);
  handle_->check(H5Sextent_equal(space.id(), selection.file_space.id()) > 0 &&
                     H5Dread(data.id(), H5T_NATIVE_DOUBLE, selection.memory_space.id(),
                             selection.file_space.id(), H5P_DEFAULT, values.data()) >= 0,
                 name);
}

void RestartReader::field(const std::string& name, const Tile& tile, Field<double>& values) const {
  const auto columns = static_cast<std::size_t>(values.columns());
  std::vector<double> own(static_cast<std::size_t>(values.layers()) *
                          static_cast<std::size_t>(values.rows()) * columns);
  cells(name, tile, own);
  const double* from = own.data();
  for (int k = 0; k < values.layers(); ++k)
    for (int j = 0; j < values.rows(); ++j, from += columns) std::copy_n(from, columns, values.row(k, j));
}

std::vector<double> RestartReader::numbers(const std::string& name) const {
  if (!has(name)) return {};
  const Hdf5Object data = handle_->open(name);
  std::vector<double> values(Handle::length(data));
  handle_->check(H5Dread(data.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0,
                 name);
  return values;
}

std::string RestartReader::text(const std::string& name) const {
  if (!has(name)) return "";
  const Hdf5Object data = handle_->open(name);
  std::string value(Handle::length(data), ' ');
  handle_->check(H5Dread(data.id(), H5T_NATIVE_CHAR, H5S_ALL, H5S_ALL, H5P_DEFAULT, value.data()) >= 0, name);
  return value;
}

}  // namespace lantian
