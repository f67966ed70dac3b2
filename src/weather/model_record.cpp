#include "model_record.hpp"

#include "column_remap.hpp"

#include "lantian/base/constants.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lantian {

namespace {

std::size_t as_size(int n) {
  return static_cast<std::size_t>(n);
}

/// The column between two cells: the mean of both, or one cell where they are the same.
struct Neighbours {
  int j0, i0, j1, i1;
};

/// Columns in a row of work; buffers are kept from one to the next.
class RemapBench {
 public:
  RemapBench(const MetFields& fields, const ModelCells& cells)
      : fields_(fields),
        cells_(cells),
        met_layers_(fields.layers()),
        layers_(cells.layers.count()),
        value_(as_size(met_layers_)),
        mean_(as_size(layers_) + 1),
        interface_(as_size(layers_) + 1) {
    column_.interface_m.resize(as_size(met_layers_) + 1);
    column_.dry_air_kg_m2.resize(as_size(met_layers_));
    column_.log_pressure_drop.resize(as_size(met_layers_));
  }

  void set(Neighbours n) {
    const auto& above = fields_.interface_above_ground_m;
    for (int k = 0; k <= met_layers_; ++k)
      column_.interface_m[as_size(k)] = 0.5 * (above(k, n.j0, n.i0) + above(k, n.j1, n.i1));
    for (int k = 0; k < met_layers_; ++k) {
      const auto& air = fields_.dry_air_kg_m2;
      column_.dry_air_kg_m2[as_size(k)] = 0.5 * (air(k, n.j0, n.i0) + air(k, n.j1, n.i1));
      const double depth_m = column_.interface_m[as_size(k) + 1] - column_.interface_m[as_size(k)];
      const double warm_k = 0.5 * (virtual_k(k, n.j0, n.i0) + virtual_k(k, n.j1, n.i1));
      column_.log_pressure_drop[as_size(k)] = gravity_m_s2 * depth_m / (dry_air_gas_constant_j_kg_k * warm_k);
    }
    if (cells_.layers.follow_weather()) {  // one to one, however high they stand at this time
      std::copy_n(column_.interface_m.begin(), interface_.size(), interface_.begin());
      remap_.set(column_, interface_);
      return;
    }
    const auto& model = cells_.surface.interface_above_ground_m;
    for (int k = 0; k <= layers_; ++k)
      interface_[as_size(k)] = 0.5 * (model(k, n.j0, n.i0) + model(k, n.j1, n.i1));
    remap_.set(column_, interface_);
  }

  /// Mean of a field of the weather in model layer k after `average`; k = layers: above the top.
  [[nodiscard]] double mean(int k) const { return mean_[as_size(k)]; }
  [[nodiscard]] double air_kg_m2(int k) const { return remap_.air_kg_m2(k); }
  [[nodiscard]] const MetColumn& column() const { return column_; }

  void average(const Array3<double>& field, int j, int i) {
    for (int k = 0; k < met_layers_; ++k) value_[as_size(k)] = field(k, j, i);
    remap_.average(value_, mean_);
  }

 private:
  [[nodiscard]] double virtual_k(int k, int j, int i) const {
    return virtual_temperature_k(fields_.temperature_k(k, j, i), fields_.water_vapour_kg_kg(k, j, i));
  }
  const MetFields& fields_;
  const ModelCells& cells_;
  int met_layers_, layers_;
  MetColumn column_;
  ColumnRemap remap_;
  std::vector<double> value_, mean_, interface_;
};

/// Calls `fill(j, bench)` for each of `rows` rows, each in one thread that has a bench of its own.
template <class Fill>
void for_each_row(const MetFields& fields, const ModelCells& cells, int rows, Fill&& fill) {
#pragma omp parallel
  {
    RemapBench bench(fields, cells);
#pragma omp for schedule(static)
    for (int j = 0; j < rows; ++j) fill(j, bench);
  }
}

/// Scalars of the cells.
void fill_cells(const MetFields& f, const ModelCells& cells, ModelRecord& record) {
  const int layers = cells.layers.count();
  WeatherSnapshot& at = record.at;
  constexpr double ratio = water_vapour_gas_constant_j_kg_k / dry_air_gas_constant_j_kg_k;
  for_each_row(f, cells, f.rows(), [&](int j, RemapBench& bench) {
    const auto put = [&](const Array3<double>& field, Array3<double>& target, int i) {
      bench.average(field, j, i);
      for (int k = 0; k < layers; ++k) target(k, j, i) = bench.mean(k);
    };
    for (int i = 0; i < f.columns(); ++i) {
      bench.set({j, i, j, i});
      const double area_m2 = cells.surface.cell_area_m2(j, i);
      put(f.temperature_k, at.temperature_k, i);
      put(f.water_vapour_kg_kg, at.water_vapour_kg_kg, i);
      if (!f.cloud_water_kg_kg.empty()) put(f.cloud_water_kg_kg, at.cloud_water_kg_kg, i);
      for (int k = 0; k < layers; ++k) {
        at.air_mass_kg(k, j, i) = bench.air_kg_m2(k) * area_m2;
        if (cells.layers.follow_weather()) {
          at.pressure_pa(k, j, i) = f.pressure_pa(k, j, i);
          continue;
        }
        const double depth_m = cells.surface.interface_above_ground_m(k + 1, j, i) -
                               cells.surface.interface_above_ground_m(k, j, i);
        // The pressure that belongs to this density: amounts per volume agree with amounts per air.
        at.pressure_pa(k, j, i) = bench.air_kg_m2(k) / depth_m * dry_air_gas_constant_j_kg_k *
                                  at.temperature_k(k, j, i) * (1.0 + ratio * at.water_vapour_kg_kg(k, j, i));
      }
      record.air_above_kg(j, i) = bench.air_kg_m2(layers) * area_m2;
    }
  });
}

/// Mass fluxes through the faces of winds at the faces, and what the air above the top gives to its sides.
SideFluxes side_fluxes(const MetFields& f, const ModelCells& cells, const Array3<double>& wind_x_m_s,
                       const Array3<double>& wind_y_m_s) {
  const int layers = cells.layers.count(), rows = f.rows(), columns = f.columns();
  SideFluxes flux{Array3<double>(layers, rows, columns + 1), Array3<double>(layers, rows + 1, columns),
                  Array2<double>(rows, columns)};
  for_each_row(f, cells, rows, [&](int j, RemapBench& bench) {
    for (int i = 0; i <= columns; ++i) {
      const int w = std::max(i - 1, 0), e = std::min(i, columns - 1);
      bench.set({j, w, j, e});
      bench.average(wind_x_m_s, j, i);
      const double length_m = cells.faces.x(j, i);
      for (int k = 0; k < layers; ++k) flux.x_kg_s(k, j, i) = bench.air_kg_m2(k) * bench.mean(k) * length_m;
      const double above_kg_s = bench.air_kg_m2(layers) * bench.mean(layers) * length_m;
      if (i > 0) flux.outflow_above_kg_s(j, i - 1) += above_kg_s;
      if (i < columns) flux.outflow_above_kg_s(j, i) -= above_kg_s;
    }
  });
  Array2<double> northwards_above_kg_s(rows + 1, columns);
  for_each_row(f, cells, rows + 1, [&](int j, RemapBench& bench) {
    for (int i = 0; i < columns; ++i) {
      const int s = std::max(j - 1, 0), n = std::min(j, rows - 1);
      bench.set({s, i, n, i});
      bench.average(wind_y_m_s, j, i);
      const double length_m = cells.faces.y(j, i);
      for (int k = 0; k < layers; ++k) flux.y_kg_s(k, j, i) = bench.air_kg_m2(k) * bench.mean(k) * length_m;
      northwards_above_kg_s(j, i) = bench.air_kg_m2(layers) * bench.mean(layers) * length_m;
    }
  });
  for (int j = 0; j <= rows; ++j)
    for (int i = 0; i < columns; ++i) {
      if (j > 0) flux.outflow_above_kg_s(j - 1, i) += northwards_above_kg_s(j, i);
      if (j < rows) flux.outflow_above_kg_s(j, i) -= northwards_above_kg_s(j, i);
    }
  return flux;
}

/// Winds at the centres: mean of the faces' velocities by mass.
void fill_centre_winds(const MetFields& f, const ModelCells& cells, WeatherSnapshot& at) {
  Array3<double> x(f.layers(), f.rows(), f.columns()), y(f.layers(), f.rows(), f.columns());
  for_each_row(f, cells, f.rows(), [&](int j, RemapBench& bench) {
    for (int k = 0; k < f.layers(); ++k)
      for (int i = 0; i < f.columns(); ++i) {
        x(k, j, i) = 0.5 * (f.wind_x_m_s(k, j, i) + f.wind_x_m_s(k, j, i + 1));
        y(k, j, i) = 0.5 * (f.wind_y_m_s(k, j, i) + f.wind_y_m_s(k, j + 1, i));
      }
    for (int i = 0; i < f.columns(); ++i) {
      bench.set({j, i, j, i});
      bench.average(x, j, i);
      for (int k = 0; k < cells.layers.count(); ++k) at.wind_x_m_s(k, j, i) = bench.mean(k);
      bench.average(y, j, i);
      for (int k = 0; k < cells.layers.count(); ++k) at.wind_y_m_s(k, j, i) = bench.mean(k);
    }
  });
}

/// Air that W carries through the model top [kg s-1], which is level: no slope takes part.
Array2<double> flux_of_vertical_wind(const MetFields& f, const ModelCells& cells) {
  Array2<double> flux_kg_s(f.rows(), f.columns());
  const int layers = cells.layers.count();
  for (int j = 0; j < f.rows(); ++j)
    for (int i = 0; i < f.columns(); ++i) {
      const double top_m = cells.surface.interface_above_ground_m(layers, j, i);
      int k = 0;
      while (k < f.layers() - 1 && f.interface_above_ground_m(k + 1, j, i) < top_m) ++k;
      const double bottom_m = f.interface_above_ground_m(k, j, i);
      const double depth_m = f.interface_above_ground_m(k + 1, j, i) - bottom_m;
      const double x = std::clamp((top_m - bottom_m) / depth_m, 0.0, 1.0);
      const double wind = (1.0 - x) * f.vertical_wind_m_s(k, j, i) + x * f.vertical_wind_m_s(k + 1, j, i);
      // Within its layer the air thins out exponentially.
      const double drop = gravity_m_s2 * depth_m /
                          (dry_air_gas_constant_j_kg_k *
                           virtual_temperature_k(f.temperature_k(k, j, i), f.water_vapour_kg_kg(k, j, i)));
      const double density =
          f.dry_air_kg_m2(k, j, i) / depth_m * drop * std::exp(-drop * x) / -std::expm1(-drop);
      flux_kg_s(j, i) = density * wind * cells.surface.cell_area_m2(j, i);
    }
  return flux_kg_s;
}

/// The weather's own K at the model's interfaces, linear in height between its own; at the ground and the top
/// 0.
void fill_own_diffusivity(const MetFields& f, const ModelCells& cells, WeatherSnapshot& at) {
  const int layers = cells.layers.count();
  at.eddy_diffusivity_m2_s = Array3<double>(layers + 1, f.rows(), f.columns());
  for (int j = 0; j < f.rows(); ++j)
    for (int i = 0; i < f.columns(); ++i) {
      int met = 0;
      for (int k = 1; k < layers; ++k) {
        if (cells.layers.follow_weather()) {
          at.eddy_diffusivity_m2_s(k, j, i) = f.eddy_diffusivity_m2_s(k, j, i);
          continue;
        }
        const double z = cells.surface.interface_above_ground_m(k, j, i);
        while (met < f.layers() - 1 && f.interface_above_ground_m(met + 1, j, i) < z) ++met;
        const double below_m = f.interface_above_ground_m(met, j, i);
        const double x = (z - below_m) / (f.interface_above_ground_m(met + 1, j, i) - below_m);
        at.eddy_diffusivity_m2_s(k, j, i) =
            (1.0 - x) * f.eddy_diffusivity_m2_s(met, j, i) + x * f.eddy_diffusivity_m2_s(met + 1, j, i);
      }
    }
}

/// Largest cloud fraction of the column: clouds above one another.
Array2<double> cloud_cover(const MetFields& f) {
  Array2<double> cover(f.rows(), f.columns());
  if (f.cloud_fraction.empty()) return cover;
  for (int k = 0; k < f.layers(); ++k)
    for (int j = 0; j < f.rows(); ++j)
      for (int i = 0; i < f.columns(); ++i) cover(j, i) = std::max(cover(j, i), f.cloud_fraction(k, j, i));
  return cover;
}

void fill_planes(const MetFields& f, ModelRecord& record) {
  WeatherSnapshot& at = record.at;
  at.surface_pressure_pa = f.surface_pressure_pa;
  at.temperature_2m_k = f.temperature_2m_k;
  at.friction_velocity_m_s = f.friction_velocity_m_s;
  at.sensible_heat_flux_w_m2 = f.sensible_heat_flux_w_m2;
  at.mixing_height_m = f.mixing_height_m;
  at.short_wave_w_m2 = f.short_wave_w_m2;
  at.cloud_fraction = cloud_cover(f);
  at.snow_cover = f.snow_cover;
  at.snow_depth_m = f.snow_depth_m;
  at.wind_speed_10m_m_s = Array2<double>(f.rows(), f.columns());
  for (std::size_t n = 0; n < at.wind_speed_10m_m_s.values().size(); ++n)
    at.wind_speed_10m_m_s.values()[n] =
        std::hypot(f.wind_x_10m_m_s.values()[n], f.wind_y_10m_m_s.values()[n]);
  record.rain_mm = f.rain_mm;
}

}  // namespace

FaceLengths face_lengths(const HorizontalGrid& grid) {
  FaceLengths lengths{Array2<double>(grid.rows(), grid.columns() + 1),
                      Array2<double>(grid.rows() + 1, grid.columns())};
  for (int j = 0; j < grid.rows(); ++j)
    for (int i = 0; i <= grid.columns(); ++i) lengths.x(j, i) = grid.x_face_length_m(j, i);
  for (int j = 0; j <= grid.rows(); ++j)
    for (int i = 0; i < grid.columns(); ++i) lengths.y(j, i) = grid.y_face_length_m(j, i);
  return lengths;
}

ModelRecord model_record(const MetFields& fields, const ModelCells& cells, TopRule rule) {
  const int layers = cells.layers.count(), rows = fields.rows(), columns = fields.columns();
  ModelRecord record;
  record.at.time = fields.time;
  for (auto* volume : {&record.at.air_mass_kg, &record.at.temperature_k, &record.at.pressure_pa,
                       &record.at.water_vapour_kg_kg, &record.at.cloud_water_kg_kg, &record.at.wind_x_m_s,
                       &record.at.wind_y_m_s})
    *volume = Array3<double>(layers, rows, columns);
  record.air_above_kg = Array2<double>(rows, columns);
  fill_cells(fields, cells, record);
  record.fluxes = side_fluxes(fields, cells, fields.wind_x_m_s, fields.wind_y_m_s);
  if (!fields.mean_wind_x_m_s.empty())
    record.since_last = side_fluxes(fields, cells, fields.mean_wind_x_m_s, fields.mean_wind_y_m_s);
  fill_centre_winds(fields, cells, record.at);
  fill_planes(fields, record);
  if (!fields.eddy_diffusivity_m2_s.empty()) fill_own_diffusivity(fields, cells, record.at);
  if (rule != TopRule::air_above) {
    const Array2<double> through_top =
        rule == TopRule::vertical_wind ? flux_of_vertical_wind(fields, cells) : Array2<double>(rows, columns);
    std::ranges::fill(record.air_above_kg.values(), 0.0);
    record.fluxes.outflow_above_kg_s = through_top;
    record.since_last.outflow_above_kg_s = Array2<double>();
  }
  return record;
}

}  // namespace lantian
