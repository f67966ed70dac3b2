#include "wrf_reader.hpp"

#include "value_check.hpp"
#include "wrf_variables.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/io/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace lantian {

namespace {

const ValueRange height_range{"(PH + PHB)/g", "m", -500.0, 90000.0};
const ValueRange pressure_range{"P + PB", "Pa", 100.0, 110000.0};
const ValueRange lowest_pressure_range{"P + PB of the lowest layer", "Pa", 30000.0, 110000.0};
const ValueRange theta_range{"T + 300", "K", 180.0, 2000.0};
const ValueRange temperature_range{"the temperature from T, P and PB", "K", 180.0, 340.0};
const ValueRange vapour_range{"QVAPOR", "kg kg-1", -1.0e-4, 0.1};

std::size_t as_size(int n) {
  return static_cast<std::size_t>(n);
}

bool has_time(const std::vector<NetcdfReader::Dimension>& shape) {
  return !shape.empty() && shape.front().name == "Time";
}

void check_shape(const NetcdfReader& file, const Wanted& what, CellWindow domain, int layers,
                 Problems& problems) {
  const auto shape = file.shape(what.name);
  if (const auto fault = axis_order_fault(file, what.name)) {
    problems.add(*fault);
    return;
  }
  std::vector<std::size_t> found, expected;
  for (std::size_t d = has_time(shape) ? 1 : 0; d < shape.size(); ++d) found.push_back(shape[d].length);
  if (what.has_layers) expected.push_back(as_size(layers + what.extra_layers));
  expected.push_back(as_size(domain.rows + what.extra_rows));
  expected.push_back(as_size(domain.columns + what.extra_columns));
  if (found == expected) return;
  problems.add(fmt::format("{}: {} is {} (without Time); expected {} as XLAT and T say", file.path(),
                           what.name, fmt::join(found, " x "), fmt::join(expected, " x ")));
}

/// A unit that is not WRF's own has been given to a file by whoever changed it.
void check_units(const NetcdfReader& file, const Wanted& what, Problems& problems) {
  const std::string units = file.text_attribute(what.name, "units").value_or(""), expected = what.units;
  if (units.empty() || expected.empty() || !units_are_convertible(units, expected)) return;
  const UnitConversion conversion = unit_conversion(units, expected);
  if (conversion.factor != 1.0 || conversion.offset != 0.0)
    problems.add(fmt::format(R"({}: {} is in "{}"; "{}" is needed, in which WRF writes it)", file.path(),
                             what.name, units, expected));
}

}  // namespace

double virtual_temperature_k(double temperature_k, double water_vapour_kg_kg) {
  constexpr double ratio = water_vapour_gas_constant_j_kg_k / dry_air_gas_constant_j_kg_k;
  return temperature_k * (1.0 + ratio * water_vapour_kg_kg) / (1.0 + water_vapour_kg_kg);
}

std::size_t WrfReader::first_row(const WrfInstant& at) const {
  return as_size(common_.first_row + window_.first_row - at.north);
}

std::size_t WrfReader::first_column(const WrfInstant& at) const {
  return as_size(common_.first_column + window_.first_column - at.east);
}

WrfReader::WrfReader(const WrfFiles& files, CellWindow domain, CellWindow common, bool uses_own_diffusivity)
    : files_(files),
      domain_(domain),
      common_(common),
      window_{0, 0, common.columns, common.rows},
      uses_own_diffusivity_(uses_own_diffusivity) {
  const auto& first = files_.file(files_.instants().front().file);
  for (const auto& what : wanted)
    if (first.has_variable(what.name)) present_.insert(what.name);
  if (const auto length = first.dimension_length("bottom_top")) layers_ = static_cast<int>(*length);
  // A nest that moves averages what passed over changing ground.
  const bool moves = common.columns != domain.columns || common.rows != domain.rows;
  has_mean_fluxes_ = !moves && has("AVGFLX_RUM") && has("AVGFLX_RVM") && first.has_variable("ZNW") &&
                     (has("MAPFAC_UY") || has("MAPFAC_U")) && (has("MAPFAC_VX") || has("MAPFAC_V"));
}

void WrfReader::check_variables(Problems& problems) const {
  std::set<int> in_use;
  for (const auto& instant : files_.instants()) in_use.insert(instant.file);
  for (const int index : in_use) {
    const NetcdfReader& file = files_.file(index);
    for (const auto& what : wanted) {
      const bool is_own_diffusivity = std::string(what.name) == own_diffusivity;
      if (is_own_diffusivity && !uses_own_diffusivity_) continue;
      if (what.purpose == mean_flux && !has_mean_fluxes_) continue;
      if (is_own_diffusivity && !file.has_variable(what.name))
        problems.add(fmt::format(
            "{}: has no variable {}, which weather.eddy_diffusivity = \"wrf\" reads; let WRF write "
            "it (iofields_filename with +:h:0:{}), or choose obrien, troen_mahrt or jericevic",
            file.path(), what.name, what.name));
      else if (file.has_variable(what.name)) {
        check_shape(file, what, domain_, layers_, problems);
        check_units(file, what, problems);
      } else if (what.is_required)
        problems.add(
            fmt::format("{}: has no variable {}; it gives {}", file.path(), what.name, what.purpose));
      else if (has(what.name))
        problems.add(fmt::format("{}: has no variable {}, but the first file has; it gives {}", file.path(),
                                 what.name, what.purpose));
    }
  }
}

Array3<double> WrfReader::category_shares(const WrfInstant& at) const {
  constexpr const char* name = "LANDUSEF";
  const NetcdfReader& file = files_.file(at.file);
  if (!file.has_variable(name)) return {};
  std::vector<std::size_t> lengths;
  for (const auto& dimension : file.shape(name))
    if (dimension.name != "Time") lengths.push_back(dimension.length);
  if (lengths.size() != 3 || lengths[1] != as_size(domain_.rows) || lengths[2] != as_size(domain_.columns))
    throw DataError(fmt::format("{}: {} is {} (without Time); expected categories x {} x {} as XLAT says",
                                file.path(), name, fmt::join(lengths, " x "), domain_.rows, domain_.columns));
  return block(at, name, static_cast<int>(lengths[0]), Place::centre);
}

Array3<double> WrfReader::volume(const WrfInstant& at, const std::string& name, Place place) const {
  return block(at, name, layers_ + (place == Place::z_face ? 1 : 0), place);
}

Array3<double> WrfReader::block(const WrfInstant& at, const std::string& name, int layers,
                                Place place) const {
  const NetcdfReader& file = files_.file(at.file);
  Array3<double> values(layers, window_.rows + (place == Place::y_face ? 1 : 0),
                        window_.columns + (place == Place::x_face ? 1 : 0));
  std::vector<std::size_t> start{0, first_row(at), first_column(at)};
  std::vector<std::size_t> count{as_size(layers), as_size(values.rows()), as_size(values.columns())};
  if (has_time(file.shape(name))) {
    start.insert(start.begin(), at.record);
    count.insert(count.begin(), 1);
  }
  std::ranges::copy(file.read(name, start, count), values.values().begin());
  return values;
}

Array2<double> WrfReader::plane(const WrfInstant& at, const std::string& name) const {
  return plane(at, name, Place::centre);
}

Array2<double> WrfReader::plane(const WrfInstant& at, const std::string& name, Place place) const {
  const NetcdfReader& file = files_.file(at.file);
  Array2<double> values(window_.rows + (place == Place::y_face ? 1 : 0),
                        window_.columns + (place == Place::x_face ? 1 : 0));
  std::vector<std::size_t> start{first_row(at), first_column(at)};
  std::vector<std::size_t> count{as_size(values.rows()), as_size(values.columns())};
  if (has_time(file.shape(name))) {
    start.insert(start.begin(), at.record);
    count.insert(count.begin(), 1);
  }
  std::ranges::copy(file.read(name, start, count), values.values().begin());
  return values;
}

void WrfReader::check(const WrfInstant& at, const ValueRange& range, const Array3<double>& values,
                      Problems& problems) const {
  if (const auto fault = range_fault(
          files_.place(at), range, values.values(), {values.layers(), values.rows(), values.columns()},
          {0, static_cast<int>(first_row(at)), static_cast<int>(first_column(at))}))
    problems.add(*fault);
}

void WrfReader::check(const WrfInstant& at, const ValueRange& range, const Array2<double>& values,
                      Problems& problems) const {
  if (const auto fault =
          range_fault(files_.place(at), range, values.values(), {values.rows(), values.columns()},
                      {static_cast<int>(first_row(at)), static_cast<int>(first_column(at))}))
    problems.add(*fault);
}

Array2<double> WrfReader::checked_plane(const WrfInstant& at, const ValueRange& range,
                                        Problems& problems) const {
  if (!has(range.name)) return {};
  Array2<double> values = plane(at, range.name);
  check(at, range, values, problems);
  return values;
}

Array2<double> WrfReader::terrain_m(const WrfInstant& at, Problems& problems) const {
  return has("HGT") ? checked_plane(at, {"HGT", "m", -500.0, 9000.0}, problems) : interface_m(at, 0);
}

Array2<double> WrfReader::interface_m(const WrfInstant& at, int k) const {
  const NetcdfReader& file = files_.file(at.file);
  Array2<double> height(window_.rows, window_.columns);
  for (const char* name : {"PH", "PHB"}) {
    std::vector<std::size_t> start{as_size(k), first_row(at), first_column(at)};
    std::vector<std::size_t> count{1, as_size(window_.rows), as_size(window_.columns)};
    if (has_time(file.shape(name))) {
      start.insert(start.begin(), at.record);
      count.insert(count.begin(), 1);
    }
    const auto part = file.read(name, start, count);
    for (std::size_t n = 0; n < part.size(); ++n) height.values()[n] += part[n] / gravity_m_s2;
  }
  return height;
}

Array3<double> WrfReader::interfaces_above_ground_m(const WrfInstant& at) const {
  Array3<double> height = volume(at, "PH", Place::z_face);
  const Array3<double> base = volume(at, "PHB", Place::z_face);
  for (std::size_t n = 0; n < height.values().size(); ++n)
    height.values()[n] = (height.values()[n] + base.values()[n]) / gravity_m_s2;
  bool rises = true;
  for (int k = layers_; k >= 0; --k)  // the ground last
    for (int j = 0; j < height.rows(); ++j)
      for (int i = 0; i < height.columns(); ++i) {
        rises = rises && (k == 0 || height(k, j, i) > height(k - 1, j, i));
        height(k, j, i) -= height(0, j, i);
      }
  if (!rises) throw DataError(falling_layers(at));
  return height;
}

double WrfReader::lowest_top_m(const WrfInstant& at) const {
  const Array2<double> top = interface_m(at, layers_), ground = interface_m(at, 0);
  double lowest = std::numeric_limits<double>::infinity();
  for (std::size_t n = 0; n < top.values().size(); ++n) {
    if (top.values()[n] <= ground.values()[n]) throw DataError(falling_layers(at));
    lowest = std::min(lowest, top.values()[n]);
  }
  return lowest;
}

std::string WrfReader::falling_layers(const WrfInstant& at) const {
  return fmt::format(
      "{}: PH + PHB do not rise with bottom_top_stag; layers must be ordered from the ground up",
      files_.place(at));
}

MetFields WrfReader::read(const WrfInstant& instant, Problems& problems) const {
  MetFields fields;
  fields.time = instant.time;
  read_columns(instant, fields, problems);
  read_winds(instant, fields, problems);
  if (has_mean_fluxes_) read_mean_winds(instant, fields, problems);
  read_planes(instant, fields, problems);
  return fields;
}

void WrfReader::read_columns(const WrfInstant& at, MetFields& fields, Problems& problems) const {
  const auto add = [](Array3<double>& a, const Array3<double>& b, double scale) {
    for (std::size_t n = 0; n < a.values().size(); ++n)
      a.values()[n] = (a.values()[n] + b.values()[n]) * scale;
  };
  const std::size_t faults = problems.sentences().size();
  Array3<double> height = volume(at, "PH", Place::z_face);
  add(height, volume(at, "PHB", Place::z_face), 1.0 / gravity_m_s2);
  check(at, height_range, height, problems);
  fields.pressure_pa = volume(at, "P", Place::centre);
  add(fields.pressure_pa, volume(at, "PB", Place::centre), 1.0);
  check(at, pressure_range, fields.pressure_pa, problems);
  Array2<double> lowest(window_.rows, window_.columns);
  std::copy_n(fields.pressure_pa.values().begin(), lowest.values().size(), lowest.values().begin());
  check(at, lowest_pressure_range, lowest, problems);
  fields.temperature_k = volume(at, "T", Place::centre);
  for (double& value : fields.temperature_k.values()) value += 300.0;
  check(at, theta_range, fields.temperature_k, problems);
  fields.water_vapour_kg_kg = volume(at, "QVAPOR", Place::centre);
  check(at, vapour_range, fields.water_vapour_kg_kg, problems);
  for (double& value : fields.water_vapour_kg_kg.values()) value = std::max(value, 0.0);

  const double kappa = dry_air_gas_constant_j_kg_k / air_heat_capacity_j_kg_k;
  for (std::size_t n = 0; n < fields.temperature_k.values().size(); ++n)
    fields.temperature_k.values()[n] *= std::pow(fields.pressure_pa.values()[n] / 1.0e5, kappa);
  // Of faults that are told already this would be one more sentence.
  if (problems.sentences().size() == faults) check(at, temperature_range, fields.temperature_k, problems);

  fields.interface_above_ground_m = Array3<double>(layers_ + 1, window_.rows, window_.columns);
  fields.dry_air_kg_m2 = Array3<double>(layers_, window_.rows, window_.columns);
  constexpr double ratio = water_vapour_gas_constant_j_kg_k / dry_air_gas_constant_j_kg_k;
  bool rises = true;
  for (int k = 0; k < layers_; ++k)
    for (int j = 0; j < window_.rows; ++j)
      for (int i = 0; i < window_.columns; ++i) {
        fields.interface_above_ground_m(k + 1, j, i) = height(k + 1, j, i) - height(0, j, i);
        const double depth_m = height(k + 1, j, i) - height(k, j, i);
        rises = rises && depth_m > 0.0;
        // The density of dry air that WRF's own equation of state has: its layer mass to rounding.
        const double density =
            fields.pressure_pa(k, j, i) / (dry_air_gas_constant_j_kg_k * fields.temperature_k(k, j, i) *
                                           (1.0 + ratio * fields.water_vapour_kg_kg(k, j, i)));
        fields.dry_air_kg_m2(k, j, i) = density * depth_m;
      }
  if (!rises) problems.add(falling_layers(at));
}

void WrfReader::read_winds(const WrfInstant& at, MetFields& fields, Problems& problems) const {
  fields.wind_x_m_s = volume(at, "U", Place::x_face);
  check(at, {"U", "m s-1", -150.0, 150.0}, fields.wind_x_m_s, problems);
  fields.wind_y_m_s = volume(at, "V", Place::y_face);
  check(at, {"V", "m s-1", -150.0, 150.0}, fields.wind_y_m_s, problems);
  if (has("W")) {
    fields.vertical_wind_m_s = volume(at, "W", Place::z_face);
    check(at, {"W", "m s-1", -100.0, 100.0}, fields.vertical_wind_m_s, problems);
  }
  if (uses_own_diffusivity_) {
    fields.eddy_diffusivity_m2_s = volume(at, own_diffusivity, Place::z_face);
    check(at, {own_diffusivity, "m2 s-1", 0.0, 1.0e4}, fields.eddy_diffusivity_m2_s, problems);
  }
  const auto optional = [&](const char* name, double most) -> Array3<double> {
    if (!has(name)) return {};
    Array3<double> values = volume(at, name, Place::centre);
    check(at, {name, name == std::string("CLDFRA") ? "1" : "kg kg-1", -1.0e-4, most}, values, problems);
    for (double& value : values.values()) value = std::clamp(value, 0.0, 1.0);
    return values;
  };
  fields.cloud_water_kg_kg = optional("QCLOUD", 0.1);
  fields.cloud_fraction = optional("CLDFRA", 1.01);
  const Array3<double> ice = optional("QICE", 0.1);
  for (std::size_t n = 0; n < std::min(ice.values().size(), fields.cloud_water_kg_kg.values().size()); ++n)
    fields.cloud_water_kg_kg.values()[n] += ice.values()[n];
}

void WrfReader::read_planes(const WrfInstant& at, MetFields& fields, Problems& problems) const {
  const auto get = [&](const char* name, const char* units, double least, double most) {
    return checked_plane(at, {name, units, least, most}, problems);
  };
  fields.surface_pressure_pa = get("PSFC", "Pa", 30000.0, 110000.0);
  fields.temperature_2m_k = get("T2", "K", 180.0, 340.0);
  fields.ground_temperature_k = get("TSK", "K", 180.0, 370.0);
  fields.wind_x_10m_m_s = get("U10", "m s-1", -150.0, 150.0);
  fields.wind_y_10m_m_s = get("V10", "m s-1", -150.0, 150.0);
  fields.friction_velocity_m_s = get("UST", "m s-1", 0.0, 10.0);
  fields.sensible_heat_flux_w_m2 = get("HFX", "W m-2", -1000.0, 2000.0);
  fields.mixing_height_m = get("PBLH", "m", 0.0, 6000.0);
  fields.short_wave_w_m2 = get("SWDOWN", "W m-2", -1.0, 1500.0);
  fields.snow_cover = get("SNOWC", "1", 0.0, 1.0);
  fields.snow_depth_m = get("SNOWH", "m", -1.0e-6, 100.0);
  fields.rain_mm = rain_mm(at, problems);
}

Array2<double> WrfReader::rain_mm(const WrfInstant& at, Problems& problems) const {
  const auto get = [&](const char* name, const char* units, double least, double most) {
    return checked_plane(at, {name, units, least, most}, problems);
  };
  Array2<double> rain(window_.rows, window_.columns);
  for (const char* name : {"RAINC", "RAINNC", "RAINSH"}) {
    const Array2<double> part = get(name, "mm", -0.01, 1.0e5);
    for (std::size_t n = 0; n < part.values().size(); ++n)
      rain.values()[n] += std::max(part.values()[n], 0.0);
  }
  // With bucket_mm in its namelist WRF counts how often a sum was emptied.
  const double bucket_mm = files_.file(at.file).number_attribute("", "BUCKET_MM").value_or(-1.0);
  if (bucket_mm <= 0.0) return rain;
  for (const char* name : {"I_RAINC", "I_RAINNC"}) {
    const Array2<double> count = get(name, "buckets", 0.0, 1.0e5);
    for (std::size_t n = 0; n < count.values().size(); ++n) rain.values()[n] += bucket_mm * count.values()[n];
  }
  return rain;
}

}  // namespace lantian
