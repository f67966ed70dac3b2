#include "lantian/weather/diagnosed_ground.hpp"

#include "land_use.hpp"

#include "lantian/io/netcdf_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace lantian {

namespace {

constexpr int category_count = 21;
constexpr int crops = 12, water = 17;

/// Longitudes and latitudes of every point of the file, [row][column].
struct Points {
  std::vector<double> longitude, latitude;
};

Points points_of(const NetcdfReader& file) {
  const std::string lon = file.has_variable("lon") ? "lon" : "longitude";
  const std::string lat = file.has_variable("lat") ? "lat" : "latitude";
  const std::vector<double> x = file.read(lon), y = file.read(lat);
  if (file.shape(lon).size() == 2) return {x, y};
  Points all;
  for (const double latitude : y)
    for (const double longitude : x) {
      all.longitude.push_back(longitude);
      all.latitude.push_back(latitude);
    }
  return all;
}

/// Sums of the points within each cell.
struct Gathered {
  Array2<double> count, terrain, land;
  Array2<std::array<int, category_count + 1>> categories;

  Gathered(int rows, int columns)
      : count(rows, columns, 0.0),
        terrain(rows, columns, 0.0),
        land(rows, columns, 0.0),
        categories(rows, columns) {}
};

Gathered gather(const NetcdfReader& file, const HorizontalGrid& grid, Problems& problems) {
  Gathered sums(grid.rows(), grid.columns());
  const Points at = points_of(file);
  const std::vector<double> terrain = file.read("terrain_m"), land = file.read("land_fraction");
  const std::vector<double> use =
      file.has_variable("land_use") ? file.read("land_use") : std::vector<double>(terrain.size(), crops);
  if (terrain.size() != at.longitude.size() || land.size() != terrain.size() ||
      use.size() != terrain.size()) {
    problems.add(
        fmt::format("{}: terrain_m, land_fraction, land_use and lon x lat differ in shape", file.path()));
    return sums;
  }
  for (std::size_t n = 0; n < terrain.size(); ++n) {
    const auto cell = grid.locate({at.longitude[n], at.latitude[n]});
    if (!cell) continue;
    if (!(terrain[n] > -500.0 && terrain[n] < 9000.0) || !(land[n] >= 0.0 && land[n] <= 1.0) ||
        !(use[n] >= 1.0 && use[n] <= category_count)) {
      problems.add(
          fmt::format("{}: at {:.3f} E, {:.3f} N: terrain_m {:g}, land_fraction {:g}, land_use {:g}; -500 to "
                      "9000 m, 0 to 1 "
                      "and MODIS categories 1 to 21 are allowed",
                      file.path(), at.longitude[n], at.latitude[n], terrain[n], land[n], use[n]));
      return sums;
    }
    sums.count(cell->row, cell->column) += 1.0;
    sums.terrain(cell->row, cell->column) += terrain[n];
    sums.land(cell->row, cell->column) += land[n];
    ++sums.categories(cell->row, cell->column)[static_cast<std::size_t>(use[n])];
  }
  return sums;
}

/// The nearest cell that holds a point, within `reach` cells.
std::optional<HorizontalGrid::Cell> nearest_filled(const Array2<double>& count, int j, int i, int reach) {
  std::optional<HorizontalGrid::Cell> best;
  int best_square = reach * reach + 1;
  for (int b = std::max(0, j - reach); b <= std::min(count.rows() - 1, j + reach); ++b)
    for (int a = std::max(0, i - reach); a <= std::min(count.columns() - 1, i + reach); ++a) {
      const int square = (b - j) * (b - j) + (a - i) * (a - i);
      if (count(b, a) == 0.0 || square >= best_square) continue;
      best = HorizontalGrid::Cell{b, a};
      best_square = square;
    }
  return best;
}

}  // namespace

DiagnosedGround read_ground(const std::string& path, const HorizontalGrid& grid, Problems& problems) {
  constexpr int reach = 12;  // cells
  const int rows = grid.rows(), columns = grid.columns();
  const Gathered sums = gather(NetcdfReader(path), grid, problems);
  DiagnosedGround ground{Array2<double>(rows, columns), Array2<double>(rows, columns),
                         Array2<int>(rows, columns), Array2<double>(rows, columns)};
  int bare = 0;
  for (int j = 0; j < rows; ++j)
    for (int i = 0; i < columns; ++i) {
      const auto from = nearest_filled(sums.count, j, i, reach);
      bare += from ? 0 : 1;
      const auto [b, a] = from.value_or(HorizontalGrid::Cell{j, i});
      const double count = std::max(1.0, sums.count(b, a));
      ground.terrain_m(j, i) = std::max(0.0, sums.terrain(b, a) / count);
      ground.land_fraction(j, i) = sums.land(b, a) / count;
      const auto& categories = sums.categories(b, a);
      const int use = static_cast<int>(std::ranges::max_element(categories) - categories.begin());
      ground.land_use(j, i) = ground.is_land(j, i) ? (use == 0 || use == water ? crops : use) : water;
      ground.roughness_length_m(j, i) =
          land_use_class(*zhang_class("MODIS", ground.land_use(j, i))).roughness_length_m;
    }
  if (bare > 0 && problems.empty())
    problems.add(fmt::format("{}: tells nothing of {} of {} cells of the grid; it must cover all of it", path,
                             bare, rows * columns));
  return ground;
}

std::optional<double> CoastWalk::distance_m(HorizontalGrid::Cell from, double x, double y) const {
  constexpr double step_cells = 0.5;
  const bool begins_on_land = ground_.is_land(from.row, from.column);
  const double length = std::hypot(x, y);
  const double step_x = step_cells * x / length, step_y = step_cells * y / length;
  const double step_m = step_cells * cell_m_;
  std::optional<double> entered_m;
  for (int n = 1; n * step_m <= most_m_ + (entered_m ? least_run_m_ : 0.0); ++n) {
    const int i = static_cast<int>(std::floor(from.column + 0.5 + n * step_x));
    const int j = static_cast<int>(std::floor(from.row + 0.5 + n * step_y));
    if (i < 0 || j < 0 || i >= ground_.terrain_m.columns() || j >= ground_.terrain_m.rows()) return entered_m;
    if (ground_.is_land(j, i) == begins_on_land)
      entered_m.reset();
    else if (!entered_m)
      entered_m = n * step_m;
    if (entered_m && n * step_m - *entered_m >= least_run_m_) return entered_m;
  }
  return entered_m;
}

}  // namespace lantian
