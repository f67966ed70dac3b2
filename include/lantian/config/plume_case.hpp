#pragma once

#include "lantian/base/time.hpp"
#include "lantian/config/case.hpp"

#include <string>
#include <vector>

namespace lantian {

/// [run] of a plume case
struct PlumeRunConfig {
  std::string name;
  UtcTime start{};  // begin of the first hour
  UtcTime end{};    // end of the last hour
  double utc_offset_h = 8.0;
};

/// [output] of a plume case
struct PlumeOutputConfig {
  std::string directory;
  std::string hourly = "points";  // points | all | none: which receptors have their hours written
  std::string by = "enterprise";  // enterprise | stack | sector | district | total: what results are told of
};

/// [weather] of a plume case
struct PlumeWeatherConfig {
  std::vector<std::string> files;
};

/// [grid] of a plume case
struct PlumeGridConfig {
  std::string land_use;  // class of every cell where the weather has none
};

/// [emissions] of a plume case: the inputs of the grid model that are no gridded inventories
struct PlumeEmissionsConfig {
  std::vector<std::string> enterprises;
  std::vector<LineConfig> lines;
  std::vector<FeatureConfig> areas;
  std::string temporal_profiles, vertical_profiles, holidays;
  std::vector<std::string> buildings;  // CSV or GeoJSON: what the wind of each direction meets
};

/// [terrain]
struct PlumeTerrainConfig {
  std::string file;  // empty: flat ground, all at one height
  std::string variable = "terrain_m";
  double least_m = 0.0;  // heights below count as this: depths of the sea
  double hill_reach_km = 30.0;
};

/// [[deposition.particles]]: particles of known sizes
struct DepositingParticlesConfig {
  std::string pollutant;
  std::vector<double> diameters_um, mass_shares, densities_g_cm3;
};

/// [[deposition.particle_means]]: particles known by their fine share and mean diameter
struct DepositingMeanConfig {
  std::string pollutant;
  double fine_share = 0.0, mean_diameter_um = 0.0;
};

/// [[deposition.gases]]
struct DepositingGasConfig {
  std::string pollutant;
  double diffusivity_air_cm2_s = 0.0, diffusivity_water_cm2_s = 0.0;
  double cuticular_resistance_s_cm = 0.0, henry_pa_m3_mol = 0.0;
  double reactivity = 0.0;
};

/// [deposition]
struct PlumeDepositionConfig {
  bool output = true;  // what falls is told, too
  bool dry_depletion = true, wet_depletion = true, romberg = false;
  std::vector<std::string> seasons;   // one a month
  std::vector<std::string> land_use;  // one, or one a direction
  double leaves_in_autumn = 0.5, leaves_in_spring = 0.25;
  std::vector<DepositingParticlesConfig> particles;
  std::vector<DepositingMeanConfig> particle_means;
  std::vector<DepositingGasConfig> gases;

  [[nodiscard]] bool is_empty() const { return particles.empty() && particle_means.empty() && gases.empty(); }
};

/// [plume]
struct PlumePhysicsConfig {
  std::vector<std::string> pollutants = {"SO2", "NOx", "PM25"};
  std::string no2_method = "arm2";                           // arm2 | olm: NO2 of the NOx of all sources
  double arm2_least_ratio = 0.5, arm2_greatest_ratio = 0.9;  // NO2 of NOx
  double no2_stack_ratio = 0.0;                              // olm: NO2 of the NOx that leaves a source
  double no2_equilibrium_ratio = 0.9;                        // olm: most NO2 of NOx
  std::string ozone_file;                                    // olm: CSV time_utc,ozone_ug_m3
  double ozone_ug_m3 = 0.0;                                  // olm: of hours that the file lacks
  bool stack_tip_downwash = true;
  double reach_km = 50.0;        // of a plume
  double surface_depth_m = 2.6;  // that lines and areas at the ground are mixed into at once
  double road_width_m = 14.0;
  double fugitive_height_m = 10.0;  // of the volume that the fugitive share leaves from
  double fugitive_width_m = 50.0;

  /// What reports call no2_method.
  [[nodiscard]] std::string no2_name() const { return no2_method == "olm" ? "OLM" : "ARM2"; }
};

/// [[receptors.grid]]
struct ReceptorGridConfig {
  std::string name;
  double centre_longitude_deg = 0.0, centre_latitude_deg = 0.0;
  double spacing_m = 100.0;
  int columns = 0, rows = 0;
};

/// [receptors] of a plume case
struct PlumeReceptorsConfig {
  double height_m = 0.0;  // above the ground
  std::string file;       // CSV name,longitude,latitude[,district,elevation_m,hill_height_m]
  std::vector<std::string> city_districts;  // whose points or districts rank the sources; empty: all
  std::string districts;  // map of districts: each one's value is the mean over sample points in it
  double district_spacing_m = 3000.0;
  std::vector<ReceptorGridConfig> grid;
};

/// The file that `lantian plume` reads when it is no control deck, typed and checked.
struct PlumeCase {
  std::string path;
  std::string directory;
  PlumeRunConfig run;
  PlumeOutputConfig output;
  PlumeWeatherConfig weather;
  PlumeGridConfig grid;
  PlumeEmissionsConfig emissions;
  PlumePhysicsConfig plume;
  PlumeTerrainConfig terrain;
  PlumeDepositionConfig deposition;
  PlumeReceptorsConfig receptors;

  /// Hours from run.start to run.end.
  [[nodiscard]] int hours() const { return static_cast<int>(run.end.seconds_since(run.start) / 3600); }
  /// A path of the file made absolute.
  [[nodiscard]] std::string resolve(const std::string& path_in_case) const;
  /// The same period, weather and sources for readers that the grid model has too.
  [[nodiscard]] Case shared_part() const;
};

/// Pollutants that plume.pollutants may name.
[[nodiscard]] const std::vector<std::string>& plume_pollutants();
/// Words of deposition.seasons and deposition.land_use, in the order of AERMOD's codes from 1 on.
[[nodiscard]] const std::vector<std::string>& deposition_seasons();
[[nodiscard]] const std::vector<std::string>& deposition_land_uses();

/// Reads and checks the file; `set` as in `read_case`.
/// @throws MissingFileError; ConfigError (Error) with every fault: file:line, key, found, allowed.
[[nodiscard]] PlumeCase read_plume_case(const std::string& path, const std::vector<std::string>& set = {});

/// All keys of the file with type, unit, default and meaning.
[[nodiscard]] std::string plume_reference_page();

}  // namespace lantian
