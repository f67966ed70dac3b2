#pragma once

#include "lantian/base/time.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace lantian {

/// [run]
struct RunConfig {
  std::string name;
  UtcTime start{};  // first reported instant
  UtcTime end{};
  double utc_offset_h = 8.0;   // local standard time: days, profiles, daily 8-h maxima
  double spin_up_h = 24.0;     // run before `start` and not reported
  double time_step_s = 300.0;  // synchronisation step; divides 3600 s
};

/// [output]
struct OutputConfig {
  std::string directory;
  std::vector<std::string> fields_3d;  // species whose hourly mean is also written on all layers
  bool nest = false;                   // nest.nc is written, the boundary of a finer run
  int nest_interval_min = 60;          // between its instants; divides 60, a multiple of the time step
};

/// [restart]
struct RestartConfig {
  int every_h = 6;        // model hours between restart sets; 0: only when the run is asked to stop
  std::string directory;  // empty: the folder restart in output.directory
};

/// [grid]
struct GridConfig {
  std::string projection = "weather";  // weather | lambert | mercator | polar_stereographic | utm | lon_lat
  double sphere_radius_m = 6370000.0;
  double standard_parallel_1_deg = 30.0;
  double standard_parallel_2_deg = 60.0;
  double central_meridian_deg = 0.0;
  double origin_latitude_deg = 0.0;
  int utm_zone = 50;
  double centre_longitude_deg = 0.0;  // middle of the domain
  double centre_latitude_deg = 0.0;
  double cell_size_m = 3000.0;
  double cell_size_deg = 0.03;  // lon_lat only
  int columns = 0;
  int rows = 0;
  std::array<int, 4> window = {
      0, 0, 0,
      0};  // of the weather grid or of the grid above: first column, first row, columns, rows; 0 0 0 0 = all
  int trim = 0;                    // cells cut from each side of the weather grid
  std::string layers = "heights";  // heights | weather
  int layer_count = 0;             // weather: the lowest ones; 0: all
  std::vector<double>
      layer_tops_m;      // nominal heights above sea-level ground; the last is the model top above sea level
  std::string land_use;  // class of every cell where the weather has none
};

/// [weather]
struct WeatherConfig {
  std::vector<std::string> files;  // paths or patterns (* ?), relative to the case file; sorted by time
  std::string eddy_diffusivity = "obrien";  // obrien | troen_mahrt | jericevic | wrf
  double minimum_kz_m2_s = 0.1;
  double minimum_kz_urban_m2_s = 0.5;
};

/// [transport]
struct TransportConfig {
  std::string limiter_background = "selective";     // O3, CO, long-lived particles
  std::string limiter_plume = "positive_definite";  // what is emitted here and short-lived
  double smagorinsky_coefficient = 0.2;
  bool horizontal_diffusion = true;
  std::string splitting = "source";          // source | strang | lie
  std::string vertical_mixing = "k_theory";  // k_theory | acm2
};

/// [chemistry]
struct ChemistryConfig {
  std::string mechanism = "grs";  // a folder of inputs/mechanisms known to this build, or "none"
  double relative_tolerance = 1.0e-3;
  double absolute_tolerance_ppb = 1.0e-6;
  std::string photolysis = "mcm";                       // mcm | two_stream
  double ozone_column_du = 320.0;                       // overhead, for two_stream
  double uv_albedo = 0.06;                              // of the ground, for two_stream
  bool aerosol_light = true;                            // particles change the light of two_stream
  std::vector<std::string> inert_tracers;               // extra passive species
  std::string inorganic_aerosol = "ammonium_nitrate";   // ammonium_nitrate | equilibrium
  std::string cloud_nitrogen_dioxide = "lee_schwartz";  // off | constant | lee_schwartz
  std::map<std::string, double> rate_factors;           // of reactions by label; 0: off
};

/// [deposition]
struct DepositionConfig {
  bool dry = true;
  std::string gas = "zhang2003";        // zhang2003 | wesely1989
  std::string particles = "zhang2001";  // zhang2001 | emerson2020
  std::string ammonia = "uptake";       // uptake | bidirectional
  bool settling = true;                 // of coarse particles, through the layers
  bool wet = true;
  std::string wet_gas = "ratios";  // ratios | henry
  bool re_evaporation = true;      // of rain below cloud, with the particles in it
};

/// [[emissions.inventory]]
struct InventoryConfig {
  std::string sector;
  std::string file;
  std::string units;  // overrides the variables' own `units` when not empty
  std::map<std::string, std::string>
      variables;                     // pollutant (NOx, VOC, SO2, NH3, CO, PM25, PM10, BC, OC) -> variable
  std::string temporal;              // temporal profile id; default: the sector
  std::string vertical = "surface";  // vertical profile id
  std::string speciation;            // speciation profile id; default: the sector
  double scale = 1.0;
  int year = 0;  // calendar year of the inventory; 0: that of run.start
};

/// [[emissions.areas]]: polygons of a GeoJSON file, with what lines have in common with them.
struct FeatureConfig {
  std::string sector;
  std::string file;
  std::string name = "name";                     // property that names a feature in messages
  std::string district;                          // property; empty: the district of each cell
  std::string units;                             // of the values of `variables`
  std::map<std::string, std::string> variables;  // pollutant -> property
  std::string temporal;                          // temporal profile id; default: the sector
  std::string vertical = "surface";
  std::string speciation;  // default: the sector
  double scale = 1.0;
  int year = 0;  // calendar year of the values; 0: that of run.start
};

/// [[emissions.lines]]: lines of a GeoJSON file, with values of `variables` or with traffic.
struct LineConfig : FeatureConfig {
  std::map<std::string, std::string> traffic;  // vehicle class -> property [vehicles a day]
  std::string fleet;                           // CSV of standards
  std::string speed;                           // property [km/h]; empty: factors as they stand
  std::string emission_factors;                // CSV; empty: the product's own table
  std::string speed_factors;                   // CSV; empty: the product's own table
};

/// [[emissions.scaling]]: a cut or rise of some sources; all that match are multiplied. Empty = any.
struct ScalingConfig {
  std::vector<std::string> sectors;
  std::vector<std::string> districts;
  std::vector<std::string> enterprises;  // enterprise_id
  std::vector<std::string> pollutants;   // VOC, NOx, SO2, NH3, PM, CO
  double factor = 1.0;
};

/// On, off, or on where the run has what it takes.
enum class Switch { automatic, off, on };

/// [emissions.natural.<name>]
struct NaturalSourceConfig {
  Switch enabled = Switch::automatic;  // automatic: with a mechanism that has ISOP, TERP, NA and PCL
  double scale = 1.0;
};

/// [emissions.natural.biogenic]
struct BiogenicConfig : NaturalSourceConfig {
  double past_temperature_c = 24.0;  // mean of the last days
};

/// [emissions.natural.wind_dust]
struct WindDustConfig : NaturalSourceConfig {
  double clay_share = 0.15;  // of bare soil
};

/// [emissions.natural]
struct NaturalConfig {
  BiogenicConfig biogenic;
  NaturalSourceConfig soil, sea_salt;
  WindDustConfig wind_dust;
};

/// [emissions]
struct EmissionsConfig {
  bool enabled = true;
  std::vector<InventoryConfig> inventory;
  std::vector<LineConfig> lines;
  std::vector<FeatureConfig> areas;
  std::vector<std::string> enterprises;  // CSV lists
  std::string districts;                 // NetCDF (integer `district`, attribute `district_names`) or GeoJSON
  std::string temporal_profiles;         // CSV; empty: the product's own table
  std::string vertical_profiles;
  std::string speciation_profiles;
  std::string holidays;
  std::vector<ScalingConfig> scaling;
  NaturalConfig natural;
};

/// [[boundary.air]]: where the air that enters comes from; a later entry overrides an earlier one for its
/// species.
struct BoundaryAirConfig {
  std::string kind = "constant";               // constant | profile | netcdf | stations | nest | cmaq_profile
  std::vector<std::string> species;            // empty: all the source has
  std::map<std::string, double> values_ppb;    // constant: gases
  std::map<std::string, double> values_ug_m3;  // constant: particles
  std::string file;   // profile: CSV height_m,<species>_<unit>; stations: CSV of a time series; nest: nest.nc
                      // of a coarser run
  std::string rules;  // stations: TOML of sectors and vertical rules
  std::string species_map;  // cmaq_profile: CSV cmaq,species,factor; empty: the product's for the mechanism
};

/// [boundary]
struct BoundaryConfig {
  std::vector<BoundaryAirConfig> air;
  double initial_factor =
      1.0;                // multiplies the air inside at the first instant; 0 shows what it still contributes
  double memory_s = 0.0;  // in which air that left and comes back is replaced by that outside; 0: at once
};

/// [receptors]
struct ReceptorsConfig {
  std::string file;  // CSV: name,longitude,latitude[,district]
  std::string
      population;  // NetCDF with variable `population` [persons per cell] on lon/lat or projected axes
};

/// [[ranking.group]]
struct RankingGroupConfig {
  std::string name;
  std::vector<std::string> sectors, districts, enterprises;  // empty = any
};

/// [ranking]
struct RankingConfig {
  std::string by = "sector";  // sector | district | enterprise | groups (only the listed ones)
  std::vector<RankingGroupConfig> group;
  std::vector<std::string> pollutants = {"VOC", "NOx", "SO2", "NH3", "PM"};
  double cut = 1.0;                         // share removed
  std::vector<std::string> city_districts;  // of the own city; empty: every source in the domain is own
  bool pollutants_separately = true;        // one member a group and pollutant; false: one a group
  bool regime = true;                       // 30 % cuts of all VOC and of all NOx
  int members_at_once = 0;                  // sub-communicators; 0: as many as ranks
};

/// One case file, typed and checked.
struct Case {
  std::string path;  // of the case file; relative paths in it are relative to its folder
  std::string directory;
  std::string digest;  // xxh64 of what decides the results: see results_text
  RunConfig run;
  OutputConfig output;
  RestartConfig restart;
  GridConfig grid;
  WeatherConfig weather;
  TransportConfig transport;
  ChemistryConfig chemistry;
  DepositionConfig deposition;
  EmissionsConfig emissions;
  BoundaryConfig boundary;
  ReceptorsConfig receptors;
  RankingConfig ranking;

  /// Folder of the restart sets.
  [[nodiscard]] std::string restart_directory() const;
  /// A path of the case file made absolute.
  [[nodiscard]] std::string resolve(const std::string& path_in_case) const;
};

}  // namespace lantian
