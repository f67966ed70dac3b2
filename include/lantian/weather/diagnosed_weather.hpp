#pragma once

#include "lantian/config/diagnose_case.hpp"
#include "lantian/weather/diagnosed_columns.hpp"
#include "lantian/weather/wind_adjustment.hpp"

#include <string>
#include <vector>

namespace lantian {

/// The wind on the faces of the grid's cells, and what the adjustment has done to it.
struct DiagnosedWind {
  Array3<double> x_m_s;         // [layer][row][column + 1]
  Array3<double> y_m_s;         // [layer][row + 1][column]
  Array3<double> vertical_m_s;  // [layer + 1][row][column], true vertical
  WindAdjustment adjustment{};
};

/// The air's wind with its divergence taken out: first guess along the terrain-following levels, then
/// Sherman's adjustment.
/// @param vertical_freedom  (alpha_1 / alpha_2)^2 of Sherman (1978).
[[nodiscard]] DiagnosedWind consistent_wind(const DiagnosedAir& air, const DiagnosedGround& ground,
                                            const GridMetrics& metrics, const Layers& layers,
                                            double vertical_freedom, WindAdjuster& adjuster);

/// What `diagnose_weather` has done.
struct DiagnoseSummary {
  std::vector<std::string> files;
  int hours = 0;
  double divergence_reduction = 0.0;  // worst hour: rms after over rms before
  double change_rms = 0.0;            // mean over the hours: rms of the correction over rms of the wind
  std::vector<std::string> breeze_days;
};

/// Reads and checks the inputs, diagnoses every hour and writes it as WRF-like netCDF.
///
/// @param only_check  stop after the checks; nothing is written.
/// @throws Error with every fault of the inputs; OutputError.
DiagnoseSummary diagnose_weather(const DiagnoseCase& configuration, bool only_check);

}  // namespace lantian
