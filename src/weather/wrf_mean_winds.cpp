#include "value_check.hpp"
#include "wrf_reader.hpp"

#include "lantian/base/constants.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lantian {

// Mass fluxes that WRF averaged from one output to the next (namelist do_avgflx_em = 1). Its Registry says:
// AVGFLX_RUM "hist-time-averaged mu-coupled u", Pa m s-1, staggered along x; AVGFLX_RVM the same along y.
// What WRF couples is u (c1h mu + c2h)/m, the map factor m that of the face's length; times the layer's
// thickness in eta over g it is the flux of dry air through a metre of the face on the map.

namespace {

/// Thickness of the layers in eta, positive.
std::vector<double> eta_thickness(const NetcdfReader& file, std::size_t record, int layers) {
  const auto count = static_cast<std::size_t>(layers) + 1;
  const bool has_time = file.shape("ZNW").size() > 1;
  const std::vector<double> eta =
      has_time ? file.read("ZNW", {record, 0}, {1, count}) : file.read("ZNW", {0}, {count});
  std::vector<double> thickness(count - 1);
  for (std::size_t k = 0; k < thickness.size(); ++k) thickness[k] = eta[k] - eta[k + 1];
  return thickness;
}

bool is_nothing(const Array3<double>& values) {
  return std::ranges::all_of(values.values(), [](double value) { return value == 0.0; });
}

}  // namespace

Array2<double> WrfReader::map_factor(const WrfInstant& at, Place place) const {
  if (place == Place::x_face) return plane(at, has("MAPFAC_UY") ? "MAPFAC_UY" : "MAPFAC_U", place);
  return plane(at, has("MAPFAC_VX") ? "MAPFAC_VX" : "MAPFAC_V", place);
}

Array3<double> WrfReader::mean_wind(const WrfInstant& at, const std::string& name, Place place,
                                    const Array3<double>& dry_air_kg_m2) const {
  const auto eta = eta_thickness(files_.file(at.file), at.record, layers_);
  const Array2<double> factor = map_factor(at, place);
  const int to_west = place == Place::x_face ? 1 : 0, to_south = place == Place::y_face ? 1 : 0;
  Array3<double> wind_m_s = volume(at, name, place);
  for (int k = 0; k < layers_; ++k)
    for (int j = 0; j < wind_m_s.rows(); ++j)
      for (int i = 0; i < wind_m_s.columns(); ++i) {
        const double here = dry_air_kg_m2(k, std::min(j, window_.rows - 1), std::min(i, window_.columns - 1));
        const double there = dry_air_kg_m2(k, std::max(j - to_south, 0), std::max(i - to_west, 0));
        const double flux_kg_m_s = wind_m_s(k, j, i) * eta[static_cast<std::size_t>(k)] / gravity_m_s2;
        wind_m_s(k, j, i) = flux_kg_m_s * factor(j, i) / (0.5 * (here + there));
      }
  return wind_m_s;
}

void WrfReader::read_mean_winds(const WrfInstant& at, MetFields& fields, Problems& problems) const {
  Array3<double> x = mean_wind(at, "AVGFLX_RUM", Place::x_face, fields.dry_air_kg_m2);
  Array3<double> y = mean_wind(at, "AVGFLX_RVM", Place::y_face, fields.dry_air_kg_m2);
  // The first output of a WRF run: nothing is averaged yet.
  if (is_nothing(x) && is_nothing(y)) return;
  check(at, {"the wind of AVGFLX_RUM", "m s-1", -150.0, 150.0}, x, problems);
  check(at, {"the wind of AVGFLX_RVM", "m s-1", -150.0, 150.0}, y, problems);
  fields.mean_wind_x_m_s = std::move(x);
  fields.mean_wind_y_m_s = std::move(y);
}

}  // namespace lantian
