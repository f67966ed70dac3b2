#include "weather_domain.hpp"

#include "land_use.hpp"
#include "weather_layers.hpp"

#include "lantian/base/constants.hpp"
#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace lantian {

namespace {

constexpr int least_cells = 8;

/// The weather's own grid, trimmed and cut to the window; or the one [grid] spells out.
HorizontalGrid model_grid(const GridConfig& config, const HorizontalGrid& weather_grid, CellWindow& window) {
  if (config.projection != "weather") return HorizontalGrid::from_config(config);
  const int trim = config.trim;
  window = {trim, trim, weather_grid.columns() - 2 * trim, weather_grid.rows() - 2 * trim};
  const auto& [first_column, first_row, columns, rows] = config.window;
  if (columns > 0 || rows > 0) window = {trim + first_column, trim + first_row, columns, rows};
  if (window.columns < least_cells || window.rows < least_cells)
    throw ConfigError(
        fmt::format("grid: {} x {} cells are left of the weather's {} x {} by grid.trim = {} and "
                    "grid.window; at least {} x {} are needed",
                    window.columns, window.rows, weather_grid.columns(), weather_grid.rows(), trim,
                    least_cells, least_cells));
  if (first_column < 0 || first_row < 0 ||
      window.first_column + window.columns > weather_grid.columns() - trim ||
      window.first_row + window.rows > weather_grid.rows() - trim)
    throw ConfigError(fmt::format(
        "grid.window = [{}, {}, {}, {}] does not lie in the weather's {} x {} cells (grid.trim = {})",
        first_column, first_row, columns, rows, weather_grid.columns(), weather_grid.rows(), trim));
  return weather_grid.window(window.first_column, window.first_row, window.columns, window.rows);
}

/// Lowest top of the weather's layers at the times of the case.
double lowest_top_m(const WrfFiles& files, const WrfReader& reader) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const auto& instant : files.instants()) lowest = std::min(lowest, reader.lowest_top_m(instant));
  return lowest;
}

/// The tops of the case; without any the default ones, lifted over high ground and cut below the weather's
/// top.
Layers model_layers(const GridConfig& config, const Array2<double>& terrain_m, double lowest_top_m) {
  double highest_ground_m = 0.0, mean_ground_m = 0.0;
  for (const double height : terrain_m.values()) {
    highest_ground_m = std::max(highest_ground_m, height);
    mean_ground_m += height / static_cast<double>(terrain_m.values().size());
  }
  const double allowed_m = std::floor(lowest_top_m);
  std::vector<double> tops = config.layer_tops_m;
  if (tops.empty()) {
    tops = Layers::default_tops_m();
    // z* squeezes layers over high ground: stretched so that they have their depth over the mean ground.
    const double stretch = mean_ground_m > 500.0 ? (tops.back() + mean_ground_m) / tops.back() : 1.0;
    for (double& top : tops) top = std::round(top * stretch * 10.0) / 10.0;
    while (!tops.empty() && tops.back() > allowed_m) tops.pop_back();
  }
  Layers layers(tops);
  if (layers.model_top_m() > allowed_m)
    throw ConfigError(fmt::format(
        "grid.layer_tops_m: the model top at {:g} m lies above the weather's top, which comes down "
        "to {:.0f} m above sea level; the highest top allowed is {:g} m",
        layers.model_top_m(), lowest_top_m, allowed_m));
  if (layers.model_top_m() < highest_ground_m + 1000.0)
    throw ConfigError(fmt::format(
        "grid.layer_tops_m: the model top at {:g} m leaves less than 1000 m over the highest ground at "
        "{:.0f} m; the highest top that the weather allows is {:g} m",
        layers.model_top_m(), highest_ground_m, allowed_m));
  return layers;
}

/// The table of categories that the land use of a file is of. @throws DataError
std::string category_table(const NetcdfReader& file, const std::string& variable) {
  const std::string mminlu = file.text_attribute("", "MMINLU").value_or("");
  const int count = static_cast<int>(file.number_attribute("", "NUM_LAND_CAT").value_or(0.0));
  std::string table = land_use_table(mminlu, count);
  if (table.empty())
    throw DataError(fmt::format(
        "{}: MMINLU is \"{}\" and NUM_LAND_CAT {}; {} can be read by the USGS and the MODIS table",
        file.path(), mminlu, count, variable));
  return table;
}

/// Class of every cell: of LU_INDEX, or the one that grid.land_use names.
Array2<int> land_use(const Case& configuration, const WrfFiles& files, const WrfReader& reader,
                     const HorizontalGrid& grid, const std::optional<BilinearMap>& map) {
  Array2<int> classes(grid.rows(), grid.columns());
  const std::string& key = configuration.grid.land_use;
  if (!reader.has("LU_INDEX")) {
    const auto names = land_use_names();
    const auto number = land_use_number(key);
    if (!number)
      throw ConfigError(fmt::format(
          "grid.land_use: the weather has no LU_INDEX, so the case must name the class of its cells; "
          "\"{}\" is none of {}.{}",
          key, fmt::join(names, ", "), did_you_mean(key, names)));
    log_warning(
        fmt::format("weather: LU_INDEX is missing; every cell is taken as \"{}\" (grid.land_use)", key));
    std::ranges::fill(classes.values(), *number);
    return classes;
  }
  const auto& first = files.instants().front();
  const NetcdfReader& file = files.file(first.file);
  const std::string table = category_table(file, "LU_INDEX");
  const Array2<double> index =
      map ? map->nearest(reader.plane(first, "LU_INDEX")) : reader.plane(first, "LU_INDEX");
  for (int j = 0; j < classes.rows(); ++j)
    for (int i = 0; i < classes.columns(); ++i) {
      const auto number = std::isfinite(index(j, i))
                              ? zhang_class(table, static_cast<int>(std::lround(index(j, i))))
                              : std::nullopt;
      if (!number)
        throw DataError(
            fmt::format("{}: LU_INDEX is {} at [j={}][i={}], which is no category of the {} table",
                        file.path(), index(j, i), j, i, table));
      classes(j, i) = *number;
    }
  return classes;
}

/// One category of a block [category][row][column].
Array2<double> category(const Array3<double>& all, int n) {
  Array2<double> one(all.rows(), all.columns());
  for (int j = 0; j < one.rows(); ++j)
    for (int i = 0; i < one.columns(); ++i) one(j, i) = all(n, j, i);
  return one;
}

/// Makes the shares of each cell 1 together; they are to within a hundredth. @throws DataError
void complete_shares(const std::string& path, Array3<double>& shares) {
  constexpr double most_off = 0.01;
  for (int j = 0; j < shares.rows(); ++j)
    for (int i = 0; i < shares.columns(); ++i) {
      double sum = 0.0;
      for (int n = 0; n < shares.layers(); ++n) sum += shares(n, j, i);
      if (!(std::abs(sum - 1.0) <= most_off))
        throw DataError(
            fmt::format("{}: the shares LANDUSEF are {:g} together at [j={}][i={}]; they must be 1 within "
                        "{:g}: mend the file, "
                        "or take LANDUSEF out of it for one class a cell by LU_INDEX",
                        path, sum, j, i, most_off));
      for (int n = 0; n < shares.layers(); ++n) shares(n, j, i) /= sum;
    }
}

/// Shares of the classes in every cell by LANDUSEF; empty when the weather has none.
Array3<double> land_use_share(const WrfFiles& files, const WrfReader& reader,
                              const std::optional<BilinearMap>& map) {
  const auto& first = files.instants().front();
  const Array3<double> categories = reader.category_shares(first);
  if (categories.empty()) return {};
  const NetcdfReader& file = files.file(first.file);
  const std::string table = category_table(file, "LANDUSEF");
  Array3<double> shares;
  for (int n = 0; n < categories.layers(); ++n) {
    const Array2<double> one = map ? map->nearest(category(categories, n)) : category(categories, n);
    if (shares.empty()) shares = Array3<double>(land_use_class_count, one.rows(), one.columns(), 0.0);
    const auto number = zhang_class(table, n + 1);
    for (int j = 0; j < one.rows(); ++j)
      for (int i = 0; i < one.columns(); ++i) {
        if (one(j, i) == 0.0) continue;
        if (!number || !(one(j, i) > 0.0 && one(j, i) <= 1.01))
          throw DataError(fmt::format(
              "{}: LANDUSEF is {} for category {} at [j={}][i={}]; {}", file.path(), one(j, i), n + 1, j, i,
              number ? "it must be 0 to 1" : fmt::format("the {} table has no such category", table)));
        shares(*number - 1, j, i) += one(j, i);
      }
  }
  complete_shares(file.path(), shares);
  return shares;
}

/// Heights of the layers z* of a case.
Array3<double> interfaces_m(const Layers& layers, const Array2<double>& terrain_m) {
  Array3<double> heights(layers.count() + 1, terrain_m.rows(), terrain_m.columns());
  for (int k = 0; k <= layers.count(); ++k)
    for (int j = 0; j < terrain_m.rows(); ++j)
      for (int i = 0; i < terrain_m.columns(); ++i)
        heights(k, j, i) = layers.interface_above_ground_m(k, terrain_m(j, i));
  return heights;
}

void fill_cells(const HorizontalGrid& grid, Surface& surface, CellPlaces& places) {
  const int rows = grid.rows(), columns = grid.columns();
  surface.roughness_length_m = surface.cell_area_m2 = surface.cell_width_m = surface.cell_depth_m =
      Array2<double>(rows, columns);
  places.longitude_deg = places.latitude_deg = Array2<double>(rows, columns);
  for (int j = 0; j < rows; ++j)
    for (int i = 0; i < columns; ++i) {
      surface.roughness_length_m(j, i) = land_use_class(surface.land_use(j, i)).roughness_length_m;
      surface.cell_area_m2(j, i) = grid.cell_area_m2(j, i);
      surface.cell_width_m(j, i) = grid.cell_width_m(j, i);
      surface.cell_depth_m(j, i) = grid.cell_depth_m(j, i);
      const LonLat place = grid.centre(j, i);
      places.longitude_deg(j, i) = place.longitude_deg;
      places.latitude_deg(j, i) = place.latitude_deg;
    }
}

/// @throws ConfigError when the model's layers are to be the weather's own and the files are cut: what
///         passes their highest layer is not known.
TopRule top_rule(const WrfFiles& files, const WrfReader& reader, bool is_one_to_one) {
  const auto& first = files.instants().front();
  const NetcdfReader& file = files.file(first.file);
  if (file.number_attribute("", "LANTIAN_DIAGNOSED_WIND").value_or(0.0) != 0.0) return TopRule::closed;
  // The weather's own top is there when the pressure just below it says so.
  if (file.has_variable("P_TOP")) {
    const double own_top_pa = file.read("P_TOP").front();
    Problems ignored;
    const MetFields fields = reader.read(first, ignored);
    const int k = fields.layers() - 1;
    const double depth_m =
        fields.interface_above_ground_m(k + 1, 0, 0) - fields.interface_above_ground_m(k, 0, 0);
    const double drop =
        gravity_m_s2 * depth_m / (dry_air_gas_constant_j_kg_k * fields.temperature_k(k, 0, 0));
    const double top_pa = fields.pressure_pa(k, 0, 0) * std::exp(-0.5 * drop);
    if (std::fabs(top_pa / own_top_pa - 1.0) < 0.25) return TopRule::air_above;
  } else if (file.number_attribute("", "BOTTOM-TOP_GRID_DIMENSION").value_or(0.0) == reader.layers() + 1.0) {
    return TopRule::air_above;
  }
  if (is_one_to_one)
    throw ConfigError(fmt::format(
        "grid.layers: \"weather\" takes files that reach up to the weather's own top, as WRF writes them, "
        "but {} "
        "is cut below it; take whole files (and grid.layer_count for the lowest layers) or grid.layers = "
        "\"heights\"",
        file.path()));
  if (reader.has("W")) return TopRule::vertical_wind;
  log_warning(
      "weather: the files are cut below the weather's own top and have no W; no air is let through the model "
      "top");
  return TopRule::closed;
}

}  // namespace

void warn_of_missing_fields(const WrfReader& reader) {
  const auto warn = [&](const char* variable, const char* instead) {
    if (!reader.has(variable)) log_warning(fmt::format("weather: {} is missing; {}", variable, instead));
  };
  const char* ground =
      reader.has("TSK") ? "" : ", with T2 for the temperature of the ground, as TSK is missing too";
  const std::string louis = fmt::format("by Louis (1979) from the lowest layer and the ground{}", ground);
  warn("PBLH",
       "the mixing height is where the bulk Richardson number reaches 0.25 (Vogelezang & Holtslag 1996)");
  warn("UST", ("the friction velocity is made " + louis).c_str());
  warn("HFX", ("the sensible heat flux is made " + louis).c_str());
  warn("SWDOWN",
       "the short wave is that of a clear sky times what clouds let through (Kasten & Czeplak 1980)");
  warn("QCLOUD", "there is no cloud water");
  warn("RAINNC", reader.has("RAINC") ? "rain is RAINC alone" : "there is no grid-scale rain");
  warn("U10", "the wind at 10 m follows the logarithm below the lowest layer");
}

void tell_of_mean_fluxes(const WrfReader& reader) {
  if (reader.has_mean_fluxes())
    log_info(
        "weather: winds between the times of the files are WRF's own means (AVGFLX_RUM, AVGFLX_RVM), in "
        "place "
        "of those of the instants");
  else if (reader.has("AVGFLX_RUM") || reader.has("AVGFLX_RVM"))
    log_warning(
        "weather: the mean mass fluxes of the files are not used: that takes AVGFLX_RUM, AVGFLX_RVM, ZNW, "
        "MAPFAC_UY (or MAPFAC_U) and MAPFAC_VX (or MAPFAC_V) on a domain that does not move; winds are those "
        "of the instants");
}

std::optional<WeatherDomain> weather_domain(const Case& configuration, const WrfFiles& files,
                                            WrfReader& reader, const HorizontalGrid& weather_grid,
                                            Problems& problems) {
  try {
    CellWindow window;
    HorizontalGrid grid = model_grid(configuration.grid, weather_grid, window);
    std::optional<BilinearMap> map;
    if (configuration.grid.projection != "weather") {
      map = BilinearMap::between(weather_grid, grid, problems);
      if (!map) return std::nullopt;
      window = map->window();
    }
    reader.set_window(window);
    Surface surface;
    const std::size_t faults = problems.sentences().size();
    surface.terrain_m = reader.terrain_m(files.instants().front(), problems);
    if (problems.sentences().size() > faults) return std::nullopt;
    if (map) surface.terrain_m = (*map)(surface.terrain_m);
    surface.land_use = land_use(configuration, files, reader, grid, map);
    const bool is_one_to_one = configuration.grid.layers == "weather";
    const TopRule top = top_rule(files, reader, is_one_to_one);
    WeatherLayers vertical =
        is_one_to_one
            ? weather_layers(configuration.grid, files, reader, map)
            : WeatherLayers{model_layers(configuration.grid, surface.terrain_m, lowest_top_m(files, reader)),
                            {}};
    surface.interface_above_ground_m = is_one_to_one ? std::move(vertical.interface_above_ground_m)
                                                     : interfaces_m(vertical.layers, surface.terrain_m);
    CellPlaces places;
    fill_cells(grid, surface, places);
    surface.land_use_share = land_use_share(files, reader, map);
    surface.longitude_deg = places.longitude_deg;
    surface.latitude_deg = places.latitude_deg;
    FaceLengths faces = face_lengths(grid);
    return WeatherDomain{std::move(grid),
                         std::move(vertical.layers),
                         std::move(surface),
                         std::move(faces),
                         std::move(places),
                         std::move(map),
                         top};
  } catch (const Error& error) {
    problems.add(error);
    return std::nullopt;
  }
}

}  // namespace lantian
