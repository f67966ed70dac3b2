#pragma once

#include "lantian/base/time.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lantian::plume {

/// What a source looks like; the words in brackets are those of AERMOD's decks.
enum class SourceShape {
  point,             ///< POINT
  capped_point,      ///< POINTCAP
  horizontal_point,  ///< POINTHOR
  volume,            ///< VOLUME
  area,              ///< AREA, AREAPOLY, AREACIRC and LINE: a polygon at one height
  pit,               ///< OPENPIT: a rectangle below ground, out of which part of the emission rises
  road,              ///< RLINE: a line with RLINE's own dispersion
};

struct Position {
  double x_m{};
  double y_m{};
};

/// A building as the wind of one ten-degree sector sees it.
struct BuildingSector {
  double height_m{};
  double width_m{};          ///< across the wind
  double length_m{};         ///< along the wind
  double along_offset_m{};   ///< XBADJ: from the stack to the upwind face, along the wind
  double across_offset_m{};  ///< YBADJ: from the stack to the middle of the upwind face, across the wind,
                             ///< above 0 to the left of one who looks downwind
};

/// A class of particle sizes (deposition after METHOD_1).
struct ParticleClass {
  double diameter_um{};
  double mass_fraction{};
  double density_g_cm3{};
};

/// Particles known by their fine share and mean diameter only (METHOD_2).
struct ParticleMean {
  double fine_mass_fraction{};
  double mean_diameter_um{};
};

/// Properties of a depositing gas (GASDEPOS).
struct DepositingGas {
  double diffusivity_air_cm2_s{};
  double diffusivity_water_cm2_s{};
  double cuticular_resistance_s_cm{};
  double henry_pa_m3_mol{};
};

struct Source {
  std::string name;
  SourceShape shape = SourceShape::point;
  Position place;  ///< stack or centre; of a polygon: where its plume counts from by GRSM
  double base_elevation_m{};
  double emission{};               ///< g s-1; area, pit: g s-1 m-2; road: g s-1 m-1 over its length
  double release_height_m{};       ///< pit: above its floor
  double gas_temperature_k{};      ///< point: 0: that of the air; below 0: so much above it
  double gas_velocity_m_s{};       ///< point
  double stack_diameter_m{};       ///< point
  double initial_sigma_y_m{};      ///< volume
  double initial_sigma_z_m{};      ///< volume, area, road
  std::vector<Position> vertices;  ///< area, pit: closed ring without its repeated end; road: its two ends
  double pit_depth_m{};            ///< pit: its volume over its area
  double road_width_m{};           ///< road
  double plume_width_m{};          ///< area: what its plume begins with by GRSM; 0: the root of its size
  std::optional<std::size_t> urban_area;  ///< of Options::urban_areas; none: rural
  bool flat_terrain = false;              ///< flat ground for this source in a run over terrain
  double no2_share_of_nox = 0.0;          ///< in the stack
  std::string ozone_group;                ///< OLMGROUP: sources that share the ozone; empty: alone with it
  std::vector<BuildingSector> buildings;  ///< none, or 36 by flow direction 10, 20, ... 360 degrees
  std::vector<ParticleClass> particles;
  std::optional<ParticleMean> particle_mean;
  std::optional<DepositingGas> gas;
  std::optional<double> decay_s;         ///< first-order loss [s-1] in place of Options::decay_s
  std::vector<double> emission_factors;  ///< by hour of the run; empty: 1 throughout
};

struct Receptor {
  Position place;
  double elevation_m{};
  double hill_height_m{};  ///< hill height scale of AERMAP
  double flagpole_m{};     ///< height above the ground
  std::string network;     ///< name of its grid; empty: a discrete receptor
};

/// A level of a measured profile; what is missing is empty.
struct ProfileLevel {
  double height_m{};
  std::optional<double> wind_from_deg;
  std::optional<double> wind_speed_m_s;
  std::optional<double> temperature_k;
  std::optional<double> wind_direction_spread_deg;
  std::optional<double> sigma_w_m_s;
};

/// Surface values of an hour (AERMET's surface file).
struct SurfaceHour {
  double sensible_heat_w_m2{};
  double friction_velocity_m_s{};
  double convective_velocity_m_s{};     ///< w*; not above 0: none
  double lapse_above_k_m{};             ///< potential temperature gradient above the mixing height
  double convective_mixing_height_m{};  ///< not above 0: none
  double mechanical_mixing_height_m{};
  double obukhov_length_m{};
  double roughness_length_m{};
  double bowen_ratio{};
  double albedo{};
  double reference_wind_speed_m_s{};
  double reference_wind_from_deg{};
  double reference_wind_height_m{};
  double temperature_k{};
  double temperature_height_m{};
  int precipitation_code{};
  double precipitation_mm_h{};
  double relative_humidity_percent{};
  double pressure_hPa{};
  double cloud_cover_tenths{};
};

/// What the hours before left on and in the ground.
struct GroundWater {
  double recent_rain_mm{};        ///< of this hour and the two before
  double soil_water_share = 0.9;  ///< of what plants can use
};

/// Why an hour is not worked out.
enum class HourState { valid, calm, missing };

struct WeatherHour {
  int year{};
  int month{};
  int day{};
  int hour{};  ///< 1-24, ending hour, local standard time of the file
  HourState state = HourState::valid;
  SurfaceHour surface;
  GroundWater ground;
  std::vector<ProfileLevel> levels;
  std::optional<double> ozone_ug_m3;  ///< of the background
  std::optional<double> nox_ug_m3;    ///< of the background, as NO2
};

/// What holds for all hours of a weather file.
struct WeatherTraits {
  double profile_base_elevation_m{};        ///< PROFBASE
  bool adjusted_friction_velocity = false;  ///< AERMET ran with ADJ_U*
  bool bulk_richardson = false;             ///< AERMET ran with BULKRN
};

struct UrbanArea {
  std::string name;  ///< of one among several
  double population{};
  double roughness_length_m = 1.0;
};

enum class NitrogenDioxide { none, full, arm2, olm, pvmrm, grsm };

struct Options {
  bool flat_terrain = false;  ///< of all sources
  bool stack_tip_downwash = true;
  bool dry_depletion = true;
  bool wet_depletion = true;
  bool deposition = false;             ///< dry and wet deposition are asked for
  bool romberg_depletion = false;      ///< dry depletion is integrated by Romberg's rule, not with two points
  bool one_depletion_of_area = false;  ///< AREADPLT: an area is depleted by one factor, not along its plume
  bool areas_by_sides = false;         ///< areas are integrated as AERMOD does, within 1 % a side
  std::optional<double> gas_velocity_m_s;                  ///< GASDEPVD: of all sources without particles
  double gas_reactivity = 0.0;                             ///< GASDEPDF: f0, 1 as ozone
  double leaves_in_autumn = 0.5, leaves_in_spring = 0.25;  ///< GASDEPDF: over those in summer
  double decay_s = 0.0;                                    ///< first-order loss [s-1]; none of roads
  std::vector<UrbanArea> urban_areas;
  bool urban_mornings = true;  ///< a city's night goes on until convection is deeper than its layer
  NitrogenDioxide no2 = NitrogenDioxide::none;
  double no2_equilibrium_ratio = 0.9;
  double arm2_least_ratio = 0.5;
  double arm2_greatest_ratio = 0.9;
  std::vector<std::vector<std::size_t>>
      source_groups;                          ///< GRSM: sources that react together, each group alone
  std::array<int, 12> deposition_seasons{};   ///< GDSEASON by month, 1-5; 0: not given
  std::array<int, 36> deposition_land_use{};  ///< GDLANUSE by direction 10 ... 360 degrees, 1-9; 0: not given
};

/// Whether the plume of a source goes over flat ground, whatever the heights of receptors.
[[nodiscard]] inline bool over_flat_ground(const Source& source, const Options& options) {
  return options.flat_terrain || source.flat_terrain;
}

/// Concentration and deposition of one hour: [source][receptor].
struct HourResult {
  std::vector<double> concentration_ug_m3;
  std::vector<double> dry_deposition_g_m2;
  std::vector<double> wet_deposition_g_m2;
  std::vector<double> group_no2_ug_m3;  ///< GRSM: [group][receptor] of Options::source_groups
};

}  // namespace lantian::plume
