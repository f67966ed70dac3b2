#pragma once

#include "space_reservation.hpp"

#include "lantian/parallel/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace lantian {

/// A netCDF-4 file that all ranks of a group create and write together, collectively. It carries a temporary
/// name until `finish`, which adds digests of its content; when it is not finished, it is removed.
class ParallelFile {
 public:
  /// @throws OutputError on all ranks, as all members do.
  ParallelFile(std::string path, const Communicator& ranks);
  ~ParallelFile();
  ParallelFile(const ParallelFile&) = delete;
  ParallelFile& operator=(const ParallelFile&) = delete;

  enum class Type { real32, real64, int32 };
  [[nodiscard]] int dimension(const std::string& name, std::size_t length);  // 0 = unlimited
  /// `chunk` is empty for a variable of fixed size.
  [[nodiscard]] int variable(const std::string& name, Type type, const std::vector<int>& dimensions,
                             const std::vector<std::size_t>& chunk = {});
  void attribute(int variable, const std::string& name, const std::string& value);
  void attribute(int variable, const std::string& name, const std::vector<double>& values);
  void file_attribute(const std::string& name, const std::string& value);
  /// The default of netCDF for numbers of the type.
  void fill_value(int variable);
  void end_definitions();

  /// The part [start, start + count) of this rank; a rank without a part gives counts of 0.
  void write(int variable, const std::vector<std::size_t>& start, const std::vector<std::size_t>& count,
             const std::vector<double>& values);
  void write(int variable, const std::vector<std::size_t>& start, const std::vector<std::size_t>& count,
             const std::vector<float>& values);
  /// Takes the disk space of the next `bytes` before they are written.
  void reserve(std::size_t bytes);
  void finish();

 private:
  void check(int netcdf_status, const std::string& what);
  void agree(const std::string& fault);
  void abandon();
  [[nodiscard]] std::string name_of(int variable) const;

  std::string path_, temporary_;
  SpaceReservation space_;
  Communicator ranks_;
  std::uintmax_t reserved_bytes_ = 0;
  int id_ = -1;
};

}  // namespace lantian
