#include "inventory_grid.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <optional>

namespace lantian {

namespace {

/// Reads the attributes of one grid mapping variable.
class Mapping {
 public:
  Mapping(const NetcdfReader& file, const std::string& name) : file_(file), name_(name) {}

  [[nodiscard]] double number(const std::string& attribute) const {
    if (const auto value = file_.number_attribute(name_, attribute)) return *value;
    throw DataError(
        fmt::format("{}: {}: the grid mapping has no attribute {}", file_.path(), name_, attribute));
  }
  [[nodiscard]] double number(const std::string& attribute, double otherwise) const {
    return file_.number_attribute(name_, attribute).value_or(otherwise);
  }
  /// One or two parallels.
  [[nodiscard]] std::vector<double> parallels() const {
    std::vector<double> values;
    for (const std::string& word : split(file_.text_attribute(name_, "standard_parallel").value_or(""), ','))
      if (const auto value = parse_number(trimmed(word))) values.push_back(*value);
    return values;
  }
  [[nodiscard]] std::string earth(double default_radius_m) const {
    const auto radius_m = file_.number_attribute(name_, "earth_radius");
    const auto semi_major_m = file_.number_attribute(name_, "semi_major_axis");
    if (!semi_major_m) return fmt::format(" +R={}", radius_m.value_or(default_radius_m));
    if (const auto flattening = file_.number_attribute(name_, "inverse_flattening"))
      if (*flattening > 0.0) return fmt::format(" +a={} +rf={}", *semi_major_m, *flattening);
    return fmt::format(" +a={} +b={}", *semi_major_m, number("semi_minor_axis", *semi_major_m));
  }

 private:
  const NetcdfReader& file_;
  const std::string& name_;
};

std::string lambert(const Mapping& m) {
  const std::vector<double> parallels = m.parallels();
  const double origin = m.number("latitude_of_projection_origin");
  return fmt::format(
      "+proj=lcc +lat_1={} +lat_2={} +lat_0={} +lon_0={}", parallels.empty() ? origin : parallels.front(),
      parallels.empty() ? origin : parallels.back(), origin, m.number("longitude_of_central_meridian"));
}

std::string mercator(const Mapping& m) {
  const std::vector<double> parallels = m.parallels();
  const std::string scale = parallels.empty()
                                ? fmt::format("+k_0={}", m.number("scale_factor_at_projection_origin", 1.0))
                                : fmt::format("+lat_ts={}", parallels.front());
  return fmt::format("+proj=merc {} +lon_0={}", scale, m.number("longitude_of_projection_origin"));
}

std::string polar(const Mapping& m) {
  const std::vector<double> parallels = m.parallels();
  const std::string scale = parallels.empty()
                                ? fmt::format("+k_0={}", m.number("scale_factor_at_projection_origin", 1.0))
                                : fmt::format("+lat_ts={}", parallels.front());
  return fmt::format(
      "+proj=stere +lat_0={} {} +lon_0={}", m.number("latitude_of_projection_origin"), scale,
      m.number("straight_vertical_longitude_from_pole", m.number("longitude_of_projection_origin", 0.0)));
}

}  // namespace

std::string proj_text_of_grid_mapping(const NetcdfReader& file, const std::string& mapping,
                                      double default_radius_m) {
  const std::string name = file.text_attribute(mapping, "grid_mapping_name").value_or("");
  const Mapping m(file, mapping);
  std::string text;
  if (name == "lambert_conformal_conic") text = lambert(m);
  if (name == "mercator") text = mercator(m);
  if (name == "polar_stereographic") text = polar(m);
  if (name == "transverse_mercator")
    text = fmt::format("+proj=tmerc +lat_0={} +lon_0={} +k_0={}", m.number("latitude_of_projection_origin"),
                       m.number("longitude_of_central_meridian"),
                       m.number("scale_factor_at_central_meridian", 1.0));
  if (name == "albers_conical_equal_area" && !m.parallels().empty())
    text = fmt::format("+proj=aea +lat_1={} +lat_2={} +lat_0={} +lon_0={}", m.parallels().front(),
                       m.parallels().back(), m.number("latitude_of_projection_origin"),
                       m.number("longitude_of_central_meridian"));
  if (name == "lambert_azimuthal_equal_area")
    text = fmt::format("+proj=laea +lat_0={} +lon_0={}", m.number("latitude_of_projection_origin"),
                       m.number("longitude_of_projection_origin"));
  if (text.empty())
    throw DataError(fmt::format(
        "{}: {}: the grid mapping \"{}\" is unknown; known are lambert_conformal_conic, mercator, "
        "polar_stereographic, transverse_mercator, albers_conical_equal_area, lambert_azimuthal_equal_area, "
        "or give an attribute proj4",
        file.path(), mapping, name));
  return text +
         fmt::format(" +x_0={} +y_0={}", m.number("false_easting", 0.0), m.number("false_northing", 0.0)) +
         m.earth(default_radius_m) + " +units=m +no_defs";
}

}  // namespace lantian
