#pragma once

#include "meteorology/holtslag_van_ulden1983.hpp"

#include "lantian/config/diagnose_case.hpp"
#include "lantian/field/array.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/weather/diagnosed_ground.hpp"
#include "lantian/weather/grid_metrics.hpp"
#include "lantian/weather/surface_records.hpp"
#include "lantian/weather/upper_air.hpp"

#include <map>
#include <string>
#include <vector>

namespace lantian {

/// The lowest air of one instant, [row][column]; winds along the grid's axes.
struct DiagnosedSurface {
  UtcTime time{};
  Array2<double> temperature_k, relative_humidity, pressure_pa, cloud_fraction, rain_mm_h, short_wave_w_m2;
  Array2<double> wind_x_m_s, wind_y_m_s;      // of the records, at 10 m
  Array2<double> breeze_x_m_s, breeze_y_m_s;  // to be added, at 10 m
  Array2<double> breeze_depth_m;
  Array2<double> friction_velocity_m_s, heat_flux_k_m_s, inverse_obukhov_per_m, mixing_height_m;
};

/// Turns records into fields, hour after hour; remembers how far the mixed layer has grown.
class SurfaceDiagnosis {
 public:
  SurfaceDiagnosis(const DiagnoseCase& configuration, const HorizontalGrid& grid,
                   const DiagnosedGround& ground, const SurfaceRecords& records);
  [[nodiscard]] const GridMetrics& metrics() const { return metrics_; }

  /// The fields of one instant. Instants must follow each other by an hour.
  [[nodiscard]] DiagnosedSurface hour(UtcTime time, const UpperAirProfile& aloft);
  /// Mean record of an instant, for the air aloft when no profile tells of it.
  [[nodiscard]] SurfaceRecord mean_record(UtcTime time) const;
  /// Local dates that have had a sea breeze so far.
  [[nodiscard]] std::vector<std::string> sea_breeze_days() const;

 private:
  struct Source {
    const SurfaceStation* station;
    ProjectedPoint place;
    double height_m;
    bool is_at_sea;
  };
  struct Weighted;
  void interpolate(DiagnosedSurface& at) const;
  void add_breeze(DiagnosedSurface& at, const UpperAirProfile& aloft);
  void add_land_breeze(DiagnosedSurface& at) const;
  void exchange(DiagnosedSurface& at) const;
  [[nodiscard]] SurfaceExchange<double> land_exchange(const RoutineRecord<double>& record, double pressure_pa,
                                                      int j, int i) const;
  /// 10 m wind of a cell over that of the records.
  [[nodiscard]] double exposure(int j, int i) const;
  void grow_mixed_layer(DiagnosedSurface& at, const UpperAirProfile& aloft);
  [[nodiscard]] double land_height_m(const DiagnosedSurface& at, const UpperAirProfile& aloft, int j, int i);
  [[nodiscard]] Weighted weighted_records(UtcTime time, int j, int i) const;
  [[nodiscard]] double sea_height_m(const DiagnosedSurface& at, int j, int i) const;
  [[nodiscard]] bool passes_thresholds(UtcTime time, const UpperAirProfile& aloft) const;

  const DiagnoseCase& config_;
  HorizontalGrid grid_;
  GridMetrics metrics_;
  const DiagnosedGround& ground_;
  std::vector<Source> sources_;
  Array2<double> grown_m_;                   // height of the layer that the day has mixed
  std::map<std::string, bool> breeze_days_;  // local date
};

}  // namespace lantian
