#pragma once

#include "model_record.hpp"
#include "weather_domain.hpp"
#include "wrf_files.hpp"
#include "wrf_reader.hpp"

#include "lantian/config/case.hpp"
#include "lantian/weather/meteorology.hpp"

#include <cstddef>
#include <map>
#include <vector>

namespace lantian {

/// Weather at any time between the records of the files, linear between them, and by hours.
class WeatherHours {
 public:
  WeatherHours(const WeatherConfig& config, const WrfFiles& files, const WrfReader& reader,
               const WeatherDomain& domain);

  /// @throws DataError when the files do not cover it or a number in them cannot be.
  [[nodiscard]] WeatherHour hour(UtcTime start);

 private:
  /// The part of an hour between two neighbouring records.
  struct Segment {
    std::size_t record;  // the earlier one
    double share;        // of the hour
    double later;        // weight of the later record at the segment's middle
  };
  [[nodiscard]] std::size_t record_before(UtcTime time) const;
  [[nodiscard]] std::vector<Segment> segments(UtcTime start) const;
  [[nodiscard]] const ModelRecord& record(std::size_t n);
  [[nodiscard]] WeatherSnapshot snapshot(UtcTime time);
  [[nodiscard]] double later_weight(std::size_t earlier, UtcTime time) const;
  void complete(WeatherSnapshot& at, const Array2<double>& rain_mm_h) const;
  [[nodiscard]] Array2<double> rain_mm_h(const std::vector<Segment>& parts);
  [[nodiscard]] Array2<double> short_wave(std::size_t earlier, UtcTime time);
  [[nodiscard]] Array2<double> air_above_kg(UtcTime time);
  /// Horizontal fluxes of the hour's mean wind, and what passes the model top.
  struct MeanFluxes {
    Array3<double> x_kg_s, y_kg_s;
    Array2<double> top_kg_s;
  };
  void warn_of_no_mean(std::size_t n);
  [[nodiscard]] MeanFluxes mean_fluxes(UtcTime start, const std::vector<Segment>& parts);

  const WeatherConfig& config_;
  const WrfFiles& files_;
  const WrfReader& reader_;
  const WeatherDomain& domain_;
  std::map<std::size_t, ModelRecord> records_;
  bool has_warned_ = false, has_warned_of_no_mean_ = false;
};

}  // namespace lantian
