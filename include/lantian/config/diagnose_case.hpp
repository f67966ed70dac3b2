#pragma once

#include "lantian/base/time.hpp"
#include "lantian/config/case.hpp"

#include <string>
#include <vector>

namespace lantian {

/// [period]
struct PeriodConfig {
  UtcTime start{};  // first instant
  UtcTime end{};    // last instant
  double utc_offset_h = 8.0;
};

/// [inputs]
struct DiagnoseInputsConfig {
  std::string surface;    // CSV of surface records
  std::string upper_air;  // CSV of profiles; empty: standard atmosphere and power law
  std::string terrain;    // netCDF: terrain_m, land_fraction, land_use, lon, lat
};

/// [air]: what the records leave open.
struct DiagnosedAirConfig {
  double record_reach_km = 30.0;    // softening length of the inverse-distance weights
  double sea_temperature_c = 15.0;  // sea-surface temperature
  double sea_layer_least_m = 80.0;  // mixing height over a sea colder than the air
  double sea_layer_most_m = 150.0;
  double inversion_k_km = 5.0;      // rise of potential temperature above the mixed layer, no profile given
  double power_law_exponent = 0.2;  // wind above 10 m when no profile is given, up to 1000 m
  double record_roughness_m = 0.1;  // of the land around the anemometers
  double urban_heat_w_m2 = 25.0;    // that cities give off, day and night
  double urban_night_height_m = 150.0;  // least mixing height over cities
  double albedo = 0.18;
  double bowen_moisture = 0.8;    // alpha of Holtslag and van Ulden (1983): 1 wet, 0.5 dry grass
  double vertical_freedom = 1.0;  // (alpha_1 / alpha_2)^2 of Sherman (1978)
};

/// [sea_breeze]: added to records that hold none.
struct SeaBreezeConfig {
  bool enabled = false;
  std::vector<std::string> days;  // local dates; empty: wherever the two thresholds say so
  double least_contrast_k = 6.0;  // warmest land record of the day less the sea
  double most_wind_m_s = 7.0;     // wind at 1000 m at the onset
  double peak_m_s = 3.5;
  double onset_h = 10.5;  // local
  double peak_h = 15.0;
  double end_h = 20.0;
  double from_begin_deg = 140.0;              // direction at the onset
  double from_end_deg = 200.0;                // and at the end
  double reach_km = 40.0;                     // inland at the end
  double sea_reach_km = 60.0;                 // offshore, 1/e
  double depth_m = 400.0;                     // of the inflow at its peak
  std::vector<std::string> land_breeze_days;  // local dates on which the night from 23 to 08 h has one
  double land_breeze_m_s = 1.2;
  double land_breeze_from_deg = 330.0;
  double land_breeze_depth_m = 120.0;
};

/// The file that `lantian diagnose` reads, typed and checked.
struct DiagnoseCase {
  std::string path;
  std::string directory;
  std::string output;  // {date} in it: one file a UTC day
  PeriodConfig period;
  GridConfig grid;
  DiagnoseInputsConfig inputs;
  DiagnosedAirConfig air;
  SeaBreezeConfig sea_breeze;

  /// A path of the file made absolute.
  [[nodiscard]] std::string resolve(const std::string& path_in_case) const;
};

/// Reads and checks the file; `set` as in `read_case`.
/// @throws MissingFileError; ConfigError (Error) with every fault: file:line, key, found, allowed.
[[nodiscard]] DiagnoseCase read_diagnose_case(const std::string& path,
                                              const std::vector<std::string>& set = {});

/// All keys of the file with type, unit, default and meaning.
[[nodiscard]] std::string diagnose_reference_page();

}  // namespace lantian
