#pragma once

#include "emission_declarations.hpp"
#include "key.hpp"

#include "lantian/config/plume_case.hpp"

namespace lantian {

// Every key of a plume case, declared once. A visitor reads or documents them.

template <class Visitor>
void declare(Visitor& v, PlumeRunConfig& c) {
  v.key("name", c.name, {.meaning = "name of the case in outputs; default: the file's name"});
  v.key("start", c.start,
        {.unit = "UTC", .meaning = "begin of the first hour, as 2020-03-30T16:00:00Z", .required = true});
  v.key("end", c.end, {.unit = "UTC", .meaning = "end of the last hour", .required = true});
  v.key("utc_offset_h", c.utc_offset_h,
        {.unit = "h",
         .meaning = "local standard time east of Greenwich: emission profiles and the times of outputs",
         .least = -12.0,
         .most = 14.0});
}

template <class Visitor>
void declare(Visitor& v, PlumeOutputConfig& c) {
  v.key("directory", c.directory,
        {.meaning = "folder of the results; relative to the working directory", .required = true});
  v.key("hourly", c.hourly,
        {.meaning = "receptors whose hours are written to hourly.nc; points: named points and districts",
         .allowed = {"points", "all", "none"}});
  v.key("by", c.by,
        {.meaning = "what the results are told of; sectors are those of the lists",
         .allowed = {"enterprise", "stack", "sector", "district", "total"}});
}

template <class Visitor>
void declare(Visitor& v, PlumeWeatherConfig& c) {
  v.key(
      "files", c.files,
      {.meaning = "hourly output of lantian diagnose or of WRF; paths or patterns with * and ?, relative to "
                  "the case file",
       .required = true});
}

template <class Visitor>
void declare(Visitor& v, PlumeGridConfig& c) {
  v.key("land_use", c.land_use,
        {.meaning = "land-use class of every cell where the weather has none, e.g. urban"});
}

template <class Visitor>
void declare(Visitor& v, PlumeEmissionsConfig& c) {
  v.key("enterprises", c.enterprises, {.meaning = "CSV lists of enterprises, relative to the case file"});
  v.key("temporal_profiles", c.temporal_profiles,
        {.meaning = "CSV of temporal profiles; empty: the product's table"});
  v.key("vertical_profiles", c.vertical_profiles,
        {.meaning = "CSV of vertical profiles, for lines and areas; empty: the product's table"});
  v.key("holidays", c.holidays,
        {.meaning = "CSV date,counts_as (2020-04-04,Sunday): days with another day's weights; empty: none"});
  v.tables("lines", c.lines, "roads, ships' lanes and other lines of one sector");
  v.tables("areas", c.areas, "ports, building sites and other polygons of one sector");
  v.key("buildings", c.buildings,
        {.meaning = "CSV or GeoJSON of what the wind of each of 36 directions meets at a stack, relative to "
                    "the case file; empty: no wakes of buildings"});
}

template <class Visitor>
void declare(Visitor& v, PlumeTerrainConfig& c) {
  v.key("file", c.file,
        {.meaning = "netCDF of heights on axes lon, lat, relative to the case file: of receptors, sources "
                    "and hills; empty: flat ground"});
  v.key("variable", c.variable,
        {.meaning = "its variable on (lat, lon); a length by its attribute units, metres without"});
  v.key("least_m", c.least_m,
        {.unit = "m",
         .meaning = "heights below it count as this, as depths of the sea do; lower it where land lies below "
                    "the sea",
         .least = -500.0,
         .most = 9000.0});
  v.key("hill_reach_km", c.hill_reach_km,
        {.unit = "km", .meaning = "how far from a receptor hills count", .least = 0.1, .most = 100.0});
}

template <class Visitor>
void declare(Visitor& v, DepositingParticlesConfig& c) {
  v.key("pollutant", c.pollutant,
        {.meaning = "one of plume.pollutants", .allowed = {"PM25", "PM10"}, .required = true});
  v.key("diameters_um", c.diameters_um,
        {.unit = "um",
         .meaning = "mean diameters of the sizes",
         .least = 0.001,
         .most = 1000.0,
         .required = true});
  v.key("mass_shares", c.mass_shares,
        {.meaning = "of each size, 1 together", .least = 0.0, .most = 1.0, .required = true});
  v.key("densities_g_cm3", c.densities_g_cm3,
        {.unit = "g cm-3", .meaning = "of each size", .least = 0.01, .most = 25.0, .required = true});
}

template <class Visitor>
void declare(Visitor& v, DepositingMeanConfig& c) {
  v.key("pollutant", c.pollutant,
        {.meaning = "one of plume.pollutants", .allowed = {"PM25", "PM10"}, .required = true});
  v.key("fine_share", c.fine_share,
        {.meaning = "share of the mass in particles below 2.5 um",
         .least = 0.0,
         .most = 1.0,
         .required = true});
  v.key("mean_diameter_um", c.mean_diameter_um,
        {.unit = "um", .meaning = "mean diameter by mass", .least = 0.001, .most = 1000.0, .required = true});
}

template <class Visitor>
void declare(Visitor& v, DepositingGasConfig& c) {
  v.key("pollutant", c.pollutant,
        {.meaning = "one of plume.pollutants",
         .allowed = {"SO2", "NOx", "CO", "VOC", "NH3"},
         .required = true});
  v.key("diffusivity_air_cm2_s", c.diffusivity_air_cm2_s,
        {.unit = "cm2 s-1", .meaning = "in air", .least = 1.0e-4, .most = 10.0, .required = true});
  v.key("diffusivity_water_cm2_s", c.diffusivity_water_cm2_s,
        {.unit = "cm2 s-1", .meaning = "in water", .least = 1.0e-9, .most = 1.0e-2, .required = true});
  v.key("cuticular_resistance_s_cm", c.cuticular_resistance_s_cm,
        {.unit = "s cm-1",
         .meaning = "of the lipids of a leaf",
         .least = 1.0e-6,
         .most = 1.0e12,
         .required = true});
  v.key("henry_pa_m3_mol", c.henry_pa_m3_mol,
        {.unit = "Pa m3/mol",
         .meaning = "Henry's constant",
         .least = 1.0e-12,
         .most = 1.0e8,
         .required = true});
  v.key("reactivity", c.reactivity, {.meaning = "f0 of Wesely: 1 as ozone", .least = 0.0, .most = 1.0});
}

template <class Visitor>
void declare(Visitor& v, PlumeDepositionConfig& c) {
  v.key("output", c.output, {.meaning = "what falls is written and ranked beside what stays in the air"});
  v.key("dry_depletion", c.dry_depletion, {.meaning = "what falls dry is missing in the air"});
  v.key("wet_depletion", c.wet_depletion, {.meaning = "what rain takes is missing in the air"});
  v.key("romberg", c.romberg,
        {.meaning = "dry depletion is integrated by Romberg's rule instead of two points: slower, finer"});
  v.key("seasons", c.seasons,
        {.meaning = "state of the plants in each of the 12 months; gases need it",
         .allowed = deposition_seasons()});
  v.key("land_use", c.land_use,
        {.meaning = "one for all, or one for each direction 10, 20 ... 360 degrees that the wind blows to; "
                    "gases need it",
         .allowed = deposition_land_uses()});
  v.key("leaves_in_autumn", c.leaves_in_autumn,
        {.meaning = "leaves over those in summer", .least = 0.01, .most = 1.0});
  v.key("leaves_in_spring", c.leaves_in_spring,
        {.meaning = "leaves over those in summer", .least = 0.01, .most = 1.0});
  v.tables("particles", c.particles, "a pollutant of particles of known sizes");
  v.tables("particle_means", c.particle_means,
           "a pollutant of particles known by their fine share and mean diameter");
  v.tables("gases", c.gases, "a gas that deposits");
}

template <class Visitor>
void declare(Visitor& v, PlumePhysicsConfig& c) {
  v.key("pollutants", c.pollutants,
        {.meaning = "primary pollutants to work out; NO2 is made of the NOx of all sources",
         .allowed = plume_pollutants()});
  v.key("no2_method", c.no2_method,
        {.meaning = "how NO2 is made: arm2, a ratio that falls with NOx; olm, limited by the air's ozone",
         .allowed = {"arm2", "olm"}});
  v.key("arm2_least_ratio", c.arm2_least_ratio,
        {.meaning = "least NO2/NOx of the ambient ratio method ARM2", .least = 0.0, .most = 1.0});
  v.key("arm2_greatest_ratio", c.arm2_greatest_ratio,
        {.meaning = "greatest NO2/NOx of ARM2", .least = 0.0, .most = 1.0});
  v.key("no2_stack_ratio", c.no2_stack_ratio,
        {.meaning = "NO2/NOx of what leaves the sources; olm needs it", .least = 0.0, .most = 1.0});
  v.key("no2_equilibrium_ratio", c.no2_equilibrium_ratio,
        {.meaning = "greatest NO2/NOx of olm", .least = 0.1, .most = 1.0});
  v.key(
      "ozone_file", c.ozone_file,
      {.meaning = "CSV time_utc,ozone_ug_m3 for olm, a line an hour, by its end; relative to the case file"});
  v.key("ozone_ug_m3", c.ozone_ug_m3,
        {.unit = "ug m-3",
         .meaning = "ozone for olm in hours that ozone_file lacks, or in all without a file",
         .least = 0.0,
         .most = 1000.0});
  v.key("stack_tip_downwash", c.stack_tip_downwash,
        {.meaning = "slow gas is drawn down behind the stack (Briggs 1974)"});
  v.key("reach_km", c.reach_km,
        {.unit = "km",
         .meaning =
             "a source brings nothing to receptors further away; steady plumes are held to serve up to 50 km",
         .least = 0.1,
         .most = 500.0});
  v.key("surface_depth_m", c.surface_depth_m,
        {.unit = "m",
         .meaning =
             "depth that lines and areas with vertical = \"surface\" are mixed into at once; 1.7 times the "
             "height of cars",
         .least = 0.1,
         .most = 100.0});
  v.key("road_width_m", c.road_width_m,
        {.unit = "m", .meaning = "width of lines", .least = 1.0, .most = 500.0});
  v.key("fugitive_height_m", c.fugitive_height_m,
        {.unit = "m",
         .meaning = "height of the volume that the fugitive share of an enterprise leaves from",
         .least = 1.0,
         .most = 100.0});
  v.key("fugitive_width_m", c.fugitive_width_m,
        {.unit = "m", .meaning = "side of that volume", .least = 1.0, .most = 5000.0});
}

template <class Visitor>
void declare(Visitor& v, ReceptorGridConfig& c) {
  v.key("name", c.name, {.meaning = "name of the grid's file: map_<name>.nc", .required = true});
  v.key("centre_longitude_deg", c.centre_longitude_deg,
        {.unit = "deg", .meaning = "middle of the grid", .least = -180.0, .most = 180.0, .required = true});
  v.key("centre_latitude_deg", c.centre_latitude_deg,
        {.unit = "deg", .meaning = "middle of the grid", .least = -80.0, .most = 84.0, .required = true});
  v.key("spacing_m", c.spacing_m,
        {.unit = "m", .meaning = "between receptors", .least = 1.0, .most = 50000.0});
  v.key("columns", c.columns,
        {.meaning = "receptors from west to east", .least = 1, .most = 5000, .required = true});
  v.key("rows", c.rows,
        {.meaning = "receptors from south to north", .least = 1, .most = 5000, .required = true});
}

template <class Visitor>
void declare(Visitor& v, PlumeReceptorsConfig& c) {
  v.key("height_m", c.height_m,
        {.unit = "m", .meaning = "of all receptors above the ground", .least = 0.0, .most = 500.0});
  v.key("file", c.file,
        {.meaning = "CSV name,longitude,latitude[,district,elevation_m,hill_height_m] of named points "
                    "such as a city's stations; heights count with terrain.file and go before its own"});
  v.key("city_districts", c.city_districts,
        {.meaning = "sources are ranked by what they bring to the points in these districts, or to these "
                    "districts when there is no point; empty: all"});
  v.key("districts", c.districts,
        {.meaning = "map of districts: netCDF (integer district, attribute district_names) or GeoJSON; each "
                    "has the mean over points in it"});
  v.key("district_spacing_m", c.district_spacing_m,
        {.unit = "m", .meaning = "between the points in districts", .least = 100.0, .most = 50000.0});
  v.tables("grid", c.grid,
           "a regular grid of receptors, along the axes of UTM in the zone of the first one's middle");
}

template <class Visitor>
void declare(Visitor& v, PlumeCase& c) {
  v.table("run", c.run, "The hours.");
  v.table("output", c.output, "The results.");
  v.table("weather", c.weather, "Hourly weather; each source takes the air of the cell it stands in.");
  v.table("grid", c.grid, "The cells of the weather.");
  v.table("emissions", c.emissions, "Sources: the lists, roads and areas of the grid model.");
  v.table("plume", c.plume, "What is worked out, and how.");
  v.table("terrain", c.terrain, "The ground: flat unless a file is named.");
  v.table("deposition", c.deposition, "What falls on the ground: nothing unless a pollutant is named.");
  v.table("receptors", c.receptors, "Where it is worked out.");
}

}  // namespace lantian
