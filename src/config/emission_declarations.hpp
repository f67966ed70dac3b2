#pragma once

#include "key.hpp"

#include "lantian/config/case.hpp"

namespace lantian {

// Every key of [emissions], declared once. A visitor reads or documents them.

template <class Visitor>
void declare(Visitor& v, InventoryConfig& c) {
  v.key("sector", c.sector, {.meaning = "name of the sector in tables and rankings", .required = true});
  v.key("file", c.file, {.meaning = "netCDF file, relative to the case file", .required = true});
  v.key("units", c.units, {.meaning = "unit of the variables; empty: each variable's own attribute"});
  v.key("variables", c.variables,
        {.meaning = "pollutant = variable; pollutants: NOx, VOC, SO2, NH3, CO, PM25, PM10, BC, OC",
         .required = true});
  v.key("temporal", c.temporal, {.meaning = "temporal profile; empty: named as the sector"});
  v.key("vertical", c.vertical, {.meaning = "vertical profile"});
  v.key("speciation", c.speciation, {.meaning = "speciation profile; empty: named as the sector"});
  v.key("scale", c.scale, {.meaning = "multiplies the inventory", .least = 0.0, .most = 1000.0});
  v.key("year", c.year,
        {.meaning = "calendar year of the inventory; 0: that of run.start", .least = 0, .most = 2100});
}

/// What areas and lines have in common.
template <class Visitor>
void declare_feature(Visitor& v, FeatureConfig& c, const std::string& units, bool has_values) {
  v.key("sector", c.sector, {.meaning = "name of the sector in tables and rankings", .required = true});
  v.key("file", c.file,
        {.meaning = "GeoJSON FeatureCollection in WGS 84, relative to the case file", .required = true});
  v.key("name", c.name, {.meaning = "property that names a feature in messages"});
  v.key("district", c.district,
        {.meaning = "property that holds the district; empty: that of each cell (emissions.districts)"});
  v.key("units", c.units, {.meaning = units, .required = has_values});
  v.key("variables", c.variables,
        {.meaning = "pollutant = property; pollutants: NOx, VOC, SO2, NH3, CO, PM25, PM10",
         .required = has_values});
  v.key("temporal", c.temporal, {.meaning = "temporal profile; empty: named as the sector"});
  v.key("vertical", c.vertical, {.meaning = "vertical profile"});
  v.key("speciation", c.speciation, {.meaning = "speciation profile; empty: named as the sector"});
  v.key("scale", c.scale, {.meaning = "multiplies the emission", .least = 0.0, .most = 1000.0});
  v.key("year", c.year,
        {.meaning = "calendar year of the values; 0: that of run.start", .least = 0, .most = 2100});
}

template <class Visitor>
void declare(Visitor& v, FeatureConfig& c) {
  declare_feature(v, c, "unit of the values: t/yr of a polygon, t km-2 yr-1, kg m-2 s-1", true);
}

template <class Visitor>
void declare(Visitor& v, LineConfig& c) {
  declare_feature(v, c, "unit of the values of variables: t/yr of a line, t km-1 yr-1, kg m-1 s-1", false);
  v.key("traffic", c.traffic,
        {.meaning = "instead of variables: vehicle class = property with its vehicles a day"});
  v.key("fleet", c.fleet, {.meaning = "traffic: CSV vehicle_class,standard,share"});
  v.key("speed", c.speed,
        {.unit = "km/h", .meaning = "traffic: property with the mean speed; empty: factors as they stand"});
  v.key("emission_factors", c.emission_factors,
        {.meaning = "traffic: CSV vehicle_class,standard,pollutant,g_per_km; empty: the product's table"});
  v.key("speed_factors", c.speed_factors,
        {.meaning = "traffic: CSV vehicle_class,pollutant,from_km_h,to_km_h,factor; empty: the product's "
                    "table"});
}

template <class Visitor>
void declare(Visitor& v, ScalingConfig& c) {
  v.key("sectors", c.sectors, {.meaning = "sectors that are meant; empty: all"});
  v.key("districts", c.districts, {.meaning = "districts that are meant; empty: all"});
  v.key("enterprises", c.enterprises,
        {.meaning = "enterprise_id of those that are meant; empty: all sources"});
  v.key("pollutants", c.pollutants,
        {.meaning = "pollutants that are meant; empty: all",
         .allowed = {"VOC", "NOx", "SO2", "NH3", "PM", "CO"}});
  v.key("factor", c.factor,
        {.meaning = "multiplies the emission of all that match", .least = 0.0, .most = 1000.0});
}

template <class Visitor>
void declare(Visitor& v, NaturalSourceConfig& c) {
  v.key("enabled", c.enabled,
        {.meaning =
             "\"auto\": on with a mechanism that has ISOP, TERP, NA and PCL, such as cb6r5; the log says "
             "which are on"});
  v.key("scale", c.scale, {.meaning = "multiplies the emission", .least = 0.0, .most = 1000.0});
}

template <class Visitor>
void declare(Visitor& v, BiogenicConfig& c) {
  declare(v, static_cast<NaturalSourceConfig&>(c));
  v.key("past_temperature_c", c.past_temperature_c,
        {.unit = "deg C",
         .meaning = "mean temperature of the last ten days, that leaves are used to; 24 in a warm summer",
         .least = -30.0,
         .most = 40.0});
}

template <class Visitor>
void declare(Visitor& v, WindDustConfig& c) {
  declare(v, static_cast<NaturalSourceConfig&>(c));
  v.key("clay_share", c.clay_share,
        {.meaning = "share of clay in bare soil; dust is in proportion to it", .least = 0.0, .most = 0.2});
}

template <class Visitor>
void declare(Visitor& v, NaturalConfig& c) {
  v.table("biogenic", c.biogenic, "organics of plants, sector biogenic");
  v.table("soil", c.soil, "nitric oxide of soils, sector soil");
  v.table("sea_salt", c.sea_salt, "salt of the open sea, sector sea_salt");
  v.table("wind_dust", c.wind_dust, "dust of bare ground, sector wind_dust");
}

template <class Visitor>
void declare(Visitor& v, EmissionsConfig& c) {
  v.key("enabled", c.enabled, {.meaning = "false: no emission inside (a boundary-only run)"});
  v.key("enterprises", c.enterprises, {.meaning = "CSV lists of enterprises, relative to the case file"});
  v.key("districts", c.districts,
        {.meaning = "district of each cell: netCDF (integer district, attribute district_names) or GeoJSON"});
  v.key("temporal_profiles", c.temporal_profiles,
        {.meaning = "CSV of temporal profiles; empty: the product's table"});
  v.key("vertical_profiles", c.vertical_profiles,
        {.meaning = "CSV of vertical profiles; empty: the product's table"});
  v.key("speciation_profiles", c.speciation_profiles,
        {.meaning = "CSV of speciation profiles; empty: the product's table"});
  v.key("holidays", c.holidays,
        {.meaning = "CSV date,counts_as (2020-04-04,Sunday): days with another day's weights; empty: none"});
  v.table("natural", c.natural, "sources that the weather decides, worked out hour by hour");
  v.tables("inventory", c.inventory, "a gridded inventory of one sector");
  v.tables("lines", c.lines, "roads, ships' lanes and other lines of one sector");
  v.tables("areas", c.areas, "ports, building sites and other polygons of one sector");
  v.tables("scaling", c.scaling, "a cut or a rise of some sources; all that match are multiplied");
}

}  // namespace lantian
