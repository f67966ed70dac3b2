#pragma once

#include "case_declarations.hpp"

#include "lantian/config/diagnose_case.hpp"

namespace lantian {

// Every key of the file of `lantian diagnose`, declared once. A visitor reads or documents them.

template <class Visitor>
void declare(Visitor& v, PeriodConfig& c) {
  v.key("start", c.start, {.unit = "UTC", .meaning = "first instant, a whole hour", .required = true});
  v.key("end", c.end, {.unit = "UTC", .meaning = "last instant, a whole hour", .required = true});
  v.key("utc_offset_h", c.utc_offset_h,
        {.unit = "h", .meaning = "local standard time east of Greenwich", .least = -12.0, .most = 14.0});
}

template <class Visitor>
void declare(Visitor& v, DiagnoseInputsConfig& c) {
  v.key("surface", c.surface,
        {.meaning = "CSV of hourly surface records: station, longitude, latitude, time (UTC), temperature_c, "
                    "relative_humidity_pct, wind_speed_m_s, wind_direction_deg, pressure_hpa (at sea level), "
                    "cloud_fraction, rain_mm_h; optional surface (land | sea)",
         .required = true});
  v.key("upper_air", c.upper_air,
        {.meaning = "CSV of profiles: time (UTC), height_m (above sea level), temperature_c or "
                    "potential_temperature_k, wind_speed_m_s, wind_direction_deg, relative_humidity_pct; "
                    "empty: standard atmosphere and a power law"});
  v.key("terrain", c.terrain,
        {.meaning = "netCDF with terrain_m, land_fraction, land_use (MODIS categories), lon, lat",
         .required = true});
}

template <class Visitor>
void declare(Visitor& v, DiagnosedAirConfig& c) {
  v.key("record_reach_km", c.record_reach_km,
        {.unit = "km",
         .meaning = "softening length of the inverse-distance weights of the records",
         .least = 0.1,
         .most = 1000.0});
  v.key("sea_temperature_c", c.sea_temperature_c,
        {.unit = "C", .meaning = "temperature of the sea surface", .least = -2.0, .most = 40.0});
  v.key("sea_layer_least_m", c.sea_layer_least_m,
        {.unit = "m",
         .meaning = "least mixing height over a sea colder than the air",
         .least = 20.0,
         .most = 1000.0});
  v.key("sea_layer_most_m", c.sea_layer_most_m,
        {.unit = "m",
         .meaning = "greatest mixing height over a sea colder than the air",
         .least = 20.0,
         .most = 1000.0});
  v.key("inversion_k_km", c.inversion_k_km,
        {.unit = "K km-1",
         .meaning = "rise of potential temperature above the mixed layer where no profile tells it",
         .least = 1.0,
         .most = 30.0});
  v.key("power_law_exponent", c.power_law_exponent,
        {.meaning = "wind above 10 m without a profile: (z / 10 m)^p, up to 1000 m",
         .least = 0.0,
         .most = 0.6});
  v.key("record_roughness_m", c.record_roughness_m,
        {.unit = "m",
         .meaning = "roughness length around the anemometers on land",
         .least = 0.001,
         .most = 2.0});
  v.key(
      "urban_heat_w_m2", c.urban_heat_w_m2,
      {.unit = "W m-2", .meaning = "heat that cities give off, day and night", .least = 0.0, .most = 300.0});
  v.key("urban_night_height_m", c.urban_night_height_m,
        {.unit = "m",
         .meaning = "least mixing height over cities (100 to 250 m: Godowitch, Ching & Clarke 1985, J. Clim. "
                    "Appl. Meteorol. 24, 791)",
         .least = 20.0,
         .most = 1000.0});
  v.key("albedo", c.albedo, {.meaning = "of the land", .least = 0.0, .most = 0.9});
  v.key("bowen_moisture", c.bowen_moisture,
        {.meaning = "alpha of Holtslag and van Ulden (1983): 1 wet meadow, 0.5 dry grass",
         .least = 0.0,
         .most = 1.5});
  v.key("vertical_freedom", c.vertical_freedom,
        {.meaning =
             "square of alpha_1 / alpha_2 of Sherman (1978): large lets the air rise, small sends it around",
         .least = 1.0e-6,
         .most = 1.0e6});
}

template <class Visitor>
void declare(Visitor& v, SeaBreezeConfig& c) {
  v.key("enabled", c.enabled, {.meaning = "adds a sea breeze; for records that hold none"});
  v.key("days", c.days, {.meaning = "local dates, 2020-03-31; empty: days that pass both thresholds"});
  v.key("least_contrast_k", c.least_contrast_k,
        {.unit = "K", .meaning = "warmest land record of the day less the sea", .least = 0.0, .most = 30.0});
  v.key("most_wind_m_s", c.most_wind_m_s,
        {.unit = "m s-1", .meaning = "wind at 1000 m at the onset", .least = 0.0, .most = 50.0});
  v.key("peak_m_s", c.peak_m_s, {.unit = "m s-1", .meaning = "at 10 m", .least = 0.0, .most = 15.0});
  v.key("onset_h", c.onset_h, {.unit = "h", .meaning = "local hour", .least = 0.0, .most = 24.0});
  v.key("peak_h", c.peak_h, {.unit = "h", .meaning = "local hour", .least = 0.0, .most = 24.0});
  v.key("end_h", c.end_h, {.unit = "h", .meaning = "local hour", .least = 0.0, .most = 24.0});
  v.key("from_begin_deg", c.from_begin_deg,
        {.unit = "deg", .meaning = "direction it comes from at the onset", .least = 0.0, .most = 360.0});
  v.key("from_end_deg", c.from_end_deg,
        {.unit = "deg", .meaning = "direction it comes from at the end", .least = 0.0, .most = 360.0});
  v.key("reach_km", c.reach_km,
        {.unit = "km", .meaning = "of the front inland, at the end", .least = 1.0, .most = 200.0});
  v.key("sea_reach_km", c.sea_reach_km,
        {.unit = "km", .meaning = "offshore distance of 1/e", .least = 1.0, .most = 300.0});
  v.key("depth_m", c.depth_m,
        {.unit = "m",
         .meaning = "of the inflow; the return flow lies above to three depths",
         .least = 50.0,
         .most = 1500.0});
  v.key("land_breeze_days", c.land_breeze_days,
        {.meaning = "local dates whose hours before 8 and from 23 have a land breeze"});
  v.key("land_breeze_m_s", c.land_breeze_m_s,
        {.unit = "m s-1", .meaning = "at 10 m", .least = 0.0, .most = 10.0});
  v.key("land_breeze_from_deg", c.land_breeze_from_deg,
        {.unit = "deg", .meaning = "direction it comes from", .least = 0.0, .most = 360.0});
  v.key("land_breeze_depth_m", c.land_breeze_depth_m,
        {.unit = "m", .meaning = "of the outflow", .least = 20.0, .most = 1000.0});
}

template <class Visitor>
void declare(Visitor& v, DiagnoseCase& c) {
  v.key(
      "output", c.output,
      {.meaning = "netCDF to write; {date} in it makes one file a UTC day; relative to the working directory",
       .required = true});
  v.table("period", c.period, "The hours to diagnose.");
  v.table("grid", c.grid, "The grid; layer_tops_m are the levels of the output.");
  v.table("inputs", c.inputs, "Records, profiles and ground; relative to this file.");
  v.table("air", c.air, "What records and profiles leave open.");
  v.table("sea_breeze", c.sea_breeze, "A sea breeze and its return flow; a land breeze at night.");
}

}  // namespace lantian
