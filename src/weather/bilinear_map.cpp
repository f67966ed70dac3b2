#include "bilinear_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lantian {

namespace {

/// Mean of neighbours along x, from faces to centres.
Array3<double> x_centres(const Array3<double>& faces) {
  Array3<double> centres(faces.layers(), faces.rows(), faces.columns() - 1);
  for (int k = 0; k < centres.layers(); ++k)
    for (int j = 0; j < centres.rows(); ++j)
      for (int i = 0; i < centres.columns(); ++i)
        centres(k, j, i) = 0.5 * (faces(k, j, i) + faces(k, j, i + 1));
  return centres;
}

Array3<double> y_centres(const Array3<double>& faces) {
  Array3<double> centres(faces.layers(), faces.rows() - 1, faces.columns());
  for (int k = 0; k < centres.layers(); ++k)
    for (int j = 0; j < centres.rows(); ++j)
      for (int i = 0; i < centres.columns(); ++i)
        centres(k, j, i) = 0.5 * (faces(k, j, i) + faces(k, j + 1, i));
  return centres;
}

/// From centres to faces; the outermost faces take the value of their cell.
Array3<double> x_faces(const Array3<double>& c) {
  Array3<double> faces(c.layers(), c.rows(), c.columns() + 1);
  for (int k = 0; k < c.layers(); ++k)
    for (int j = 0; j < c.rows(); ++j)
      for (int i = 0; i <= c.columns(); ++i)
        faces(k, j, i) = 0.5 * (c(k, j, std::max(i - 1, 0)) + c(k, j, std::min(i, c.columns() - 1)));
  return faces;
}

Array3<double> y_faces(const Array3<double>& c) {
  Array3<double> faces(c.layers(), c.rows() + 1, c.columns());
  for (int k = 0; k < c.layers(); ++k)
    for (int j = 0; j <= c.rows(); ++j)
      for (int i = 0; i < c.columns(); ++i)
        faces(k, j, i) = 0.5 * (c(k, std::max(j - 1, 0), i) + c(k, std::min(j, c.rows() - 1), i));
  return faces;
}

}  // namespace

std::optional<BilinearMap> BilinearMap::between(const HorizontalGrid& from, const HorizontalGrid& to,
                                                Problems& problems) {
  BilinearMap map;
  map.rows_ = to.rows();
  map.columns_ = to.columns();
  int west = from.columns(), east = 0, south = from.rows(), north = 0;
  for (int j = 0; j < to.rows(); ++j)
    for (int i = 0; i < to.columns(); ++i) {
      const LonLat place = to.centre(j, i);
      const ProjectedPoint at = from.projection().forward(place);
      double east_m = at.x_m - from.shape().x_west_m;
      if (from.projection().is_lon_lat()) east_m -= 360.0 * std::floor(east_m / 360.0);
      const double x = east_m / from.shape().dx_m - 0.5;
      const double y = (at.y_m - from.shape().y_south_m) / from.shape().dy_m - 0.5;
      const double last_x = from.columns() - 1, last_y = from.rows() - 1;
      constexpr double slack = 1.0e-6;  // of a cell: the same grid must map on itself
      if (!(x >= -slack && x <= last_x + slack && y >= -slack && y <= last_y + slack)) {
        problems.add(fmt::format(
            "grid: cell [j={}][i={}] at {:.4f} E, {:.4f} N lies outside the weather ({} x {} cells; its "
            "place there "
            "is column {:.1f}, row {:.1f}); make the grid smaller, move it, or take weather that covers it",
            j, i, place.longitude_deg, place.latitude_deg, from.columns(), from.rows(), x, y));
        return std::nullopt;
      }
      const int i0 = std::clamp(static_cast<int>(std::floor(x)), 0, from.columns() - 2);
      const int j0 = std::clamp(static_cast<int>(std::floor(y)), 0, from.rows() - 2);
      const double turn =
          to.projection().grid_convergence_rad(place) - from.projection().grid_convergence_rad(place);
      map.points_.push_back({j0, i0, std::clamp(y - j0, 0.0, 1.0), std::clamp(x - i0, 0.0, 1.0),
                             std::cos(turn), std::sin(turn)});
      west = std::min(west, i0);
      east = std::max(east, i0 + 1);
      south = std::min(south, j0);
      north = std::max(north, j0 + 1);
    }
  map.window_ = {west, south, east - west + 1, north - south + 1};
  for (auto& point : map.points_) point.i -= west, point.j -= south;
  return map;
}

double BilinearMap::value(const Array2<double>& plane, const Point& p) {
  const double south = (1.0 - p.fx) * plane(p.j, p.i) + p.fx * plane(p.j, p.i + 1);
  const double north = (1.0 - p.fx) * plane(p.j + 1, p.i) + p.fx * plane(p.j + 1, p.i + 1);
  return (1.0 - p.fy) * south + p.fy * north;
}

Array2<double> BilinearMap::operator()(const Array2<double>& plane) const {
  if (plane.empty()) return {};
  Array2<double> result(rows_, columns_);
  for (std::size_t n = 0; n < points_.size(); ++n) result.values()[n] = value(plane, points_[n]);
  return result;
}

Array2<double> BilinearMap::nearest(const Array2<double>& plane) const {
  Array2<double> result(rows_, columns_);
  for (std::size_t n = 0; n < points_.size(); ++n) {
    const Point& p = points_[n];
    result.values()[n] = plane(p.fy < 0.5 ? p.j : p.j + 1, p.fx < 0.5 ? p.i : p.i + 1);
  }
  return result;
}

Array3<double> BilinearMap::volume(const Array3<double>& f) const {
  if (f.empty()) return {};
  Array3<double> result(f.layers(), rows_, columns_);
  std::size_t n = 0;
  for (int k = 0; k < f.layers(); ++k)
    for (const Point& p : points_) {
      const double south = (1.0 - p.fx) * f(k, p.j, p.i) + p.fx * f(k, p.j, p.i + 1);
      const double north = (1.0 - p.fx) * f(k, p.j + 1, p.i) + p.fx * f(k, p.j + 1, p.i + 1);
      result.values()[n++] = (1.0 - p.fy) * south + p.fy * north;
    }
  return result;
}

void BilinearMap::turn(Array3<double>& x, Array3<double>& y) const {
  for (std::size_t n = 0; n < x.values().size(); ++n) {
    const Point& p = points_[n % points_.size()];
    const double along = x.values()[n], across = y.values()[n];
    x.values()[n] = p.cosine * along - p.sine * across;
    y.values()[n] = p.sine * along + p.cosine * across;
  }
}

MetFields BilinearMap::operator()(const MetFields& f) const {
  MetFields r;
  r.time = f.time;
  r.interface_above_ground_m = volume(f.interface_above_ground_m);
  r.dry_air_kg_m2 = volume(f.dry_air_kg_m2);
  r.pressure_pa = volume(f.pressure_pa);
  r.temperature_k = volume(f.temperature_k);
  r.water_vapour_kg_kg = volume(f.water_vapour_kg_kg);
  r.cloud_water_kg_kg = volume(f.cloud_water_kg_kg);
  r.cloud_fraction = volume(f.cloud_fraction);
  r.vertical_wind_m_s = volume(f.vertical_wind_m_s);
  r.eddy_diffusivity_m2_s = volume(f.eddy_diffusivity_m2_s);
  const auto put_winds = [&](const Array3<double>& from_x, const Array3<double>& from_y, Array3<double>& to_x,
                             Array3<double>& to_y) {
    if (from_x.empty()) return;
    Array3<double> x = volume(x_centres(from_x)), y = volume(y_centres(from_y));
    turn(x, y);
    to_x = x_faces(x);
    to_y = y_faces(y);
  };
  put_winds(f.wind_x_m_s, f.wind_y_m_s, r.wind_x_m_s, r.wind_y_m_s);
  put_winds(f.mean_wind_x_m_s, f.mean_wind_y_m_s, r.mean_wind_x_m_s, r.mean_wind_y_m_s);

  r.surface_pressure_pa = (*this)(f.surface_pressure_pa);
  r.snow_depth_m = (*this)(f.snow_depth_m);
  r.temperature_2m_k = (*this)(f.temperature_2m_k);
  r.ground_temperature_k = (*this)(f.ground_temperature_k);
  // Only the speed at 10 m is used, so its components need no turning.
  r.wind_x_10m_m_s = (*this)(f.wind_x_10m_m_s);
  r.wind_y_10m_m_s = (*this)(f.wind_y_10m_m_s);
  r.friction_velocity_m_s = (*this)(f.friction_velocity_m_s);
  r.sensible_heat_flux_w_m2 = (*this)(f.sensible_heat_flux_w_m2);
  r.mixing_height_m = (*this)(f.mixing_height_m);
  r.short_wave_w_m2 = (*this)(f.short_wave_w_m2);
  r.rain_mm = (*this)(f.rain_mm);
  r.snow_cover = (*this)(f.snow_cover);
  return r;
}

}  // namespace lantian
