#pragma once

#include "averaging.hpp"
#include "table_text.hpp"

#include "lantian/io/netcdf_file.hpp"

#include <span>
#include <string>

namespace lantian::plume {

/// Every hour of every group and receptor as netCDF: time series at points (CF-1.8, featureType timeSeries),
/// variables (group, time, receptor) in single precision. Calm and missing hours hold 0, as AERMOD's files
/// do; hour_state says which they are. Times are local standard times of the weather file and stand for the
/// end of their hour.
/// @see CF Metadata Conventions 1.8, chapter 9.
class ConcentrationFile {
 public:
  ConcentrationFile(const std::string& path, const Deck& deck, const TableOrigin& origin,
                    const ValueLayout& layout, std::span<const WeatherHour> hours);
  /// @param values  [type][group][receptor] of the n-th hour
  void write(std::size_t n, std::span<const double> values);
  void finish();

 private:
  void define(const Deck& deck, const TableOrigin& origin);
  void define_receptors();
  void write_axes(const Deck& deck, std::span<const WeatherHour> hours);
  NetcdfWriter file_;
  ValueLayout layout_;
  std::vector<ResultType> types_;
};

}  // namespace lantian::plume
