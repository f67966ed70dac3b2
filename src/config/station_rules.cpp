#include "lantian/config/station_rules.hpp"

#include "table_reader.hpp"
#include "toml_document.hpp"

#include <fmt/format.h>

#include <cmath>

namespace lantian {

template <class Visitor>
void declare(Visitor& v, StationSector& c) {
  v.key("name", c.name, {.meaning = "name of the sector", .required = true});
  v.key("azimuth_deg", c.azimuth_deg,
        {.unit = "deg",
         .meaning = "direction seen from the domain's middle",
         .least = 0.0,
         .most = 360.0,
         .required = true});
  v.key("stations", c.stations, {.meaning = "stations whose mean speaks for it", .required = true});
}

template <class Visitor>
void declare(Visitor& v, StationRules& c) {
  v.key("utc_offset_h", c.utc_offset_h,
        {.unit = "h", .meaning = "zone of the table's times", .least = -12.0, .most = 14.0});
  v.key("stamp", c.stamp, {.meaning = "what a time stands for", .allowed = {"end", "begin"}});
  v.key("day_begin_h", c.day_begin_h,
        {.meaning = "first local hour of the afternoon", .least = 0, .most = 23});
  v.key("day_end_h", c.day_end_h, {.meaning = "hour that ends it", .least = 1, .most = 24});
  v.key(
      "day_depth_m", c.day_depth_m,
      {.unit = "m",
       .meaning = "least depth of station air in those hours, where the edge's own mixed layer is shallower "
                  "than that about the stations (the edge at sea)",
       .least = 0.0,
       .most = 3000.0});
  v.key("night_depth_m", c.night_depth_m,
        {.unit = "m",
         .meaning =
             "least depth of station air at all hours; it fills the edge's mixed layer where that is deeper",
         .least = 0.0,
         .most = 3000.0});
  v.key("residual_top_m", c.residual_top_m,
        {.unit = "m", .meaning = "top of the afternoons' air", .least = 0.0, .most = 6000.0});
  v.key("scale_height_m", c.scale_height_m,
        {.unit = "m",
         .meaning =
             "pollutant = height over which a station's value falls to 1/e, for what lives for hours and is "
             "measured beside its sources, as NO2; others are uniform",
         .least = 10.0,
         .most = 10000.0});
  v.key("no_per_no2", c.no_per_no2, {.meaning = "NO beside observed NO2", .least = 0.0, .most = 2.0});
  v.key("pm25_split", c.pm25_split, {.meaning = "shares of PM2.5 by species", .least = 0.0, .most = 1.0});
  v.tables("sector", c.sector, "stations that speak for the air from a direction");
}

StationRules read_station_rules(const std::string& path) {
  Problems problems;
  const toml::table document = parse_document(path, {}, problems);
  StationRules rules;
  if (document.contains("pm25_split")) rules.pm25_split.clear();
  KeyRecord record(path, problems);
  TableReader reader(document, "", record);
  declare(reader, rules);
  reader.refuse_unknown();
  double sum = 0.0;
  for (const auto& [species, share] : rules.pm25_split) sum += share;
  if (record.is_sound({"pm25_split"}) && std::fabs(sum - 1.0) > 1.0e-6)
    record.fault("pm25_split", fmt::format("its shares add up to {}; they must add up to 1", sum));
  if (record.is_sound({"day_begin_h", "day_end_h"}) && rules.day_end_h <= rules.day_begin_h)
    record.fault("day_end_h",
                 fmt::format("{} does not lie after day_begin_h, {}", rules.day_end_h, rules.day_begin_h));
  if (record.is_sound({"sector"}) && rules.sector.empty())
    record.fault("sector", "at least one [[sector]] is needed");
  problems.throw_if_any();
  return rules;
}

}  // namespace lantian
