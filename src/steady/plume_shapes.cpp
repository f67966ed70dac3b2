#include "plume_shapes.hpp"

#include <cmath>
#include <cstddef>
#include <utility>

namespace lantian::steady {

namespace {

double length_m(plume::Position a, plume::Position b) {
  return std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
}

LonLat middle_of(LonLat a, LonLat b) {
  return {0.5 * (a.longitude_deg + b.longitude_deg), 0.5 * (a.latitude_deg + b.latitude_deg)};
}

/// The strip of a width along a piece of a line.
std::vector<plume::Position> strip(plume::Position a, plume::Position b, double width_m) {
  const double scale = 0.5 * width_m / length_m(a, b);
  const double x = -(b.y_m - a.y_m) * scale, y = (b.x_m - a.x_m) * scale;
  return {{a.x_m + x, a.y_m + y}, {b.x_m + x, b.y_m + y}, {b.x_m - x, b.y_m - y}, {a.x_m - x, a.y_m - y}};
}

/// Area of a ring without its repeated end. @see Shoelace formula (Meister 1769)
double area_on_map_m2(const std::vector<plume::Position>& ring) {
  double twice = 0.0;
  for (std::size_t n = 0; n < ring.size(); ++n) {
    const plume::Position &a = ring[n], &b = ring[(n + 1) % ring.size()];
    // About the first corner: coordinates of millions of metres would cost digits.
    twice += (a.x_m - ring[0].x_m) * (b.y_m - ring[0].y_m) - (b.x_m - ring[0].x_m) * (a.y_m - ring[0].y_m);
  }
  return 0.5 * std::fabs(twice);
}

}  // namespace

plume::Position PlumeShapes::on_map(LonLat place) const {
  const ProjectedPoint at = map_.forward(place);
  return {at.x_m, at.y_m};
}

plume::Source PlumeShapes::stack(const PlumeEmitter& emitter,
                                 std::vector<plume::BuildingSector> buildings) const {
  plume::Source source;
  source.place = on_map(emitter.place);
  source.emission = 1.0;
  source.release_height_m = emitter.stack.height_m;
  source.gas_temperature_k = emitter.stack.exit_temperature_k;
  source.gas_velocity_m_s = emitter.stack.exit_velocity_m_s;
  source.stack_diameter_m = emitter.stack.diameter_m;
  source.buildings = std::move(buildings);
  return source;
}

plume::Source PlumeShapes::fugitive(const PlumeEmitter& emitter) const {
  plume::Source source;
  source.shape = plume::SourceShape::volume;
  source.place = on_map(emitter.place);
  source.emission = 1.0;
  source.release_height_m = 0.5 * config_.fugitive_height_m;
  source.initial_sigma_y_m = config_.fugitive_width_m / 4.3;
  source.initial_sigma_z_m = config_.fugitive_height_m / 2.15;
  return source;
}

void PlumeShapes::set_height(plume::Source& source, const PlumeEmitter& emitter) const {
  source.release_height_m = emitter.is_at_ground ? 0.5 * config_.surface_depth_m : emitter.release_height_m;
  source.initial_sigma_z_m = emitter.is_at_ground ? config_.surface_depth_m / 2.15 : emitter.spread_m;
}

std::vector<PlacedShape> PlumeShapes::lines(const PlumeEmitter& emitter, bool falls) const {
  const bool is_road = emitter.is_at_ground && !falls;
  std::vector<PlacedShape> pieces;
  double whole_m = 0.0;
  for (const std::vector<LonLat>& line : emitter.places)
    for (std::size_t n = 1; n < line.size(); ++n) {
      const plume::Position a = on_map(line[n - 1]), b = on_map(line[n]);
      if (length_m(a, b) == 0.0) continue;
      whole_m += length_m(a, b);
      PlacedShape& piece = pieces.emplace_back();
      piece.middle = middle_of(line[n - 1], line[n]);
      plume::Source& source = piece.source;
      source.shape = is_road ? plume::SourceShape::road : plume::SourceShape::area;
      source.vertices = is_road ? std::vector<plume::Position>{a, b} : strip(a, b, config_.road_width_m);
      source.place = source.vertices.front();
      source.road_width_m = config_.road_width_m;
      set_height(source, emitter);
    }
  for (PlacedShape& piece : pieces)
    piece.source.emission = 1.0 / (is_road ? whole_m : whole_m * config_.road_width_m);
  return pieces;
}

std::vector<PlacedShape> PlumeShapes::areas(const PlumeEmitter& emitter) const {
  std::vector<PlacedShape> pieces;
  double whole_m2 = 0.0;
  for (const std::vector<LonLat>& ring : emitter.places) {
    PlacedShape& piece = pieces.emplace_back();
    plume::Source& source = piece.source;
    source.shape = plume::SourceShape::area;
    const auto corners = static_cast<double>(ring.size() - 1);  // the last is the first
    for (std::size_t n = 0; n + 1 < ring.size(); ++n) {
      source.vertices.push_back(on_map(ring[n]));
      piece.middle.longitude_deg += ring[n].longitude_deg / corners;
      piece.middle.latitude_deg += ring[n].latitude_deg / corners;
    }
    source.place = source.vertices.front();
    set_height(source, emitter);
    whole_m2 += area_on_map_m2(source.vertices);
  }
  for (PlacedShape& piece : pieces) piece.source.emission = 1.0 / whole_m2;
  return pieces;
}

}  // namespace lantian::steady
