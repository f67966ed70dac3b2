#include "source_parameters.hpp"

#include "deck_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lantian::plume {

namespace {

constexpr double most_emission = 1.0e9;
constexpr double least_size_m = 1.0e-5;  // what is smaller counts as so small, as in AERMOD

}  // namespace

void SourceParameters::read(const Card& card) {
  for (const std::size_t n : table_.find(card, 0, problems_)) {
    if (!given_.insert(n).second) {
      refuse(card, fmt::format("source {} has a SRCPARAM already", table_.source(n).name), problems_);
      continue;
    }
    const std::string& kind = table_.kind(n);
    if (kind.starts_with("POINT"))
      point(card, table_.source(n));
    else if (kind == "VOLUME")
      volume(card, table_.source(n));
    else if (kind.starts_with("AREA"))
      area(card, n);
    else if (kind == "OPENPIT")
      pit(card, table_.source(n));
    else
      line(card, n);
  }
}

void SourceParameters::set_emission(const Card& card, Source& source, const std::string& unit) {
  // Below 0: what a source takes away, as a credit; chemistry has no such thing.
  const double least = deck_.options.no2 == NitrogenDioxide::none ? -most_emission : 0.0;
  source.emission = number_at(card, 1, "emission", {least, most_emission, unit}, problems_);
  source.release_height_m =
      number_at(card, 2, "release height", {0.0, most_release_height_m, "m"}, problems_);
}

void SourceParameters::point(const Card& card, Source& source) {
  if (!has_fields(card, 6, 6,
                  "source, emission [g/s], height [m], temperature [K], velocity [m/s], diameter [m]",
                  problems_))
    return;
  set_emission(card, source, "g/s");
  source.gas_temperature_k = number_at(card, 3, "gas temperature", {-300.0, 3000.0, "K"}, problems_);
  constexpr double coldest_k = 200.0;
  if (source.gas_temperature_k > 0.0 && source.gas_temperature_k < coldest_k)
    refuse(card,
           fmt::format("gas temperature is {:g} K, which looks like another unit; allowed are {:g} K and "
                       "more, 0 for that of the air, and below 0 for so much above it",
                       source.gas_temperature_k, coldest_k),
           problems_);
  source.gas_velocity_m_s = number_at(card, 4, "gas velocity", {0.0, 1000.0, "m/s"}, problems_);
  source.stack_diameter_m =
      std::max(least_size_m, number_at(card, 5, "stack diameter", {0.0, 500.0, "m"}, problems_));
}

void SourceParameters::volume(const Card& card, Source& source) {
  if (!has_fields(card, 5, 5, "source, emission [g/s], height [m], initial sigma y and sigma z [m]",
                  problems_))
    return;
  set_emission(card, source, "g/s");
  const auto spread = [&](std::size_t field, const char* what) {
    return std::max(least_size_m, number_at(card, field, what, {0.0, 1.0e4, "m"}, problems_));
  };
  source.initial_sigma_y_m = spread(3, "initial sigma y");
  source.initial_sigma_z_m = spread(4, "initial sigma z");
}

void SourceParameters::pit(const Card& card, Source& source) {
  if (!has_fields(card, 6, 7,
                  "source, emission [g/s/m2], height above the floor [m], sides in x and y [m], volume "
                  "[m3] (angle [deg])",
                  problems_))
    return;
  set_emission(card, source, "g/s/m2");
  const double x_m = side(card, 3, "side in x"), y_m = side(card, 4, "side in y");
  const double volume_m3 = number_at(card, 5, "volume", {1.0e-3, 1.0e12, "m3"}, problems_);
  const double angle = card.has(6) ? number_at(card, 6, "angle", {-360.0, 360.0, "deg"}, problems_) : 0.0;
  source.vertices = rectangle(source.place, x_m, y_m, angle);
  source.pit_depth_m = volume_m3 / (x_m * y_m);
  if (source.release_height_m > source.pit_depth_m)
    refuse(card,
           fmt::format("emits {:g} m above the floor, but the pit is {:g} m deep: its volume over its sides",
                       source.release_height_m, source.pit_depth_m),
           problems_);
}

double SourceParameters::side(const Card& card, std::size_t n, const std::string& what) {
  return number_at(card, n, what, {1.0e-2, 1.0e6, "m"}, problems_);
}
double SourceParameters::first_spread(const Card& card, std::size_t n) {
  return card.has(n) ? number_at(card, n, "initial sigma z", {0.0, 1.0e4, "m"}, problems_) : 0.0;
}

void SourceParameters::area(const Card& card, std::size_t n) {
  Source& source = table_.source(n);
  const std::string& kind = table_.kind(n);
  const bool is_rectangle = kind == "AREA", is_circle = kind == "AREACIRC";
  const std::string form =
      is_rectangle
          ? "source, emission [g/s/m2], height [m], side in x [m] (side in y, angle [deg], initial sigma z)"
      : is_circle ? "source, emission [g/s/m2], height [m], radius [m] (corners, initial sigma z)"
                  : "source, emission [g/s/m2], height [m], vertices (initial sigma z)";
  if (!has_fields(card, 4, is_rectangle ? 7 : is_circle ? 6 : 5, form, problems_)) return;
  set_emission(card, source, "g/s/m2");
  if (is_rectangle) {
    const double x_m = side(card, 3, "side in x"), y_m = card.has(4) ? side(card, 4, "side in y") : x_m;
    const double angle = card.has(5) ? number_at(card, 5, "angle", {-360.0, 360.0, "deg"}, problems_) : 0.0;
    source.vertices = rectangle(source.place, x_m, y_m, angle);
    source.plume_width_m = y_m;
    source.initial_sigma_z_m = first_spread(card, 6);
  } else if (is_circle) {
    constexpr int corners_of_aermod = 20;
    const double radius_m = side(card, 3, "radius");
    const int corners =
        card.has(4) ? whole_at(card, 4, "number of corners", 3, 1000, problems_) : corners_of_aermod;
    source.vertices = circle(source.place, radius_m, corners);
    source.initial_sigma_z_m = first_spread(card, 5);
  } else {
    table_.set_vertex_count(
        n, static_cast<std::size_t>(whole_at(card, 3, "number of vertices", 3, 10000, problems_)));
    source.initial_sigma_z_m = first_spread(card, 4);
  }
}

void SourceParameters::line(const Card& card, std::size_t n) {
  if (!has_fields(card, 4, 5, "source, emission [g/s/m2], height [m], width [m] (initial sigma z)",
                  problems_))
    return;
  Source& source = table_.source(n);
  set_emission(card, source, "g/s/m2");
  const double width_m = number_at(card, 3, "width", {0.1, 1.0e4, "m"}, problems_);
  source.initial_sigma_z_m = first_spread(card, 4);
  if (table_.kind(n) == "RLINE") {
    source.road_width_m = width_m;
    source.emission *= width_m;
  } else {
    const Position begin = source.vertices[0], end = source.vertices[1];
    source.vertices = strip(begin, end, width_m);
    source.place = {0.5 * (begin.x_m + end.x_m), 0.5 * (begin.y_m + end.y_m)};
    source.plume_width_m = std::hypot(end.x_m - begin.x_m, end.y_m - begin.y_m);
  }
}

}  // namespace lantian::plume
