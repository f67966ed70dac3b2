#pragma once

#include "contributions.hpp"
#include "steady_parts.hpp"

#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/station_writer.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lantian::steady {

/// What a plume case leaves in output.directory, written by one rank; files get their names when all is done:
/// hourly.nc and hourly_<grid>.nc (every hour of every row), contribution.nc and map_<grid>.nc (means over
/// the period), receptors.nc (the sum of all rows at the points, as a run of the grid model writes it).
class ResultFiles {
 public:
  ResultFiles(const SteadyInputs::Parts& parts, std::string program);

  /// Before the quantities of the n-th hour.
  void begin_hour(std::size_t n);
  void write(std::size_t n, const Quantity& quantity, const HourOfRows& rows);
  /// @return the files that were written
  std::vector<std::string> finish(const std::vector<PeriodOfRows>& periods);

 private:
  [[nodiscard]] std::string path(const std::string& name) const;
  [[nodiscard]] bool has_terrain() const;
  void define_rows(NetcdfWriter& file) const;
  void define_time(NetcdfWriter& file) const;
  void define_grid(NetcdfWriter& file, const ReceptorGrid& grid) const;
  void define_places(NetcdfWriter& file) const;
  void write_contributions(const std::vector<PeriodOfRows>& periods);
  void write_map(const ReceptorGrid& grid, const std::vector<PeriodOfRows>& periods);
  [[nodiscard]] std::vector<double> at_places(const HourOfRows& rows) const;

  const SteadyInputs::Parts& parts_;
  std::string program_;
  std::unique_ptr<NetcdfWriter> hourly_;
  std::vector<std::unique_ptr<NetcdfWriter>> hourly_grids_;
  std::optional<StationWriter> stations_;
  std::vector<std::string> files_;
};

}  // namespace lantian::steady
