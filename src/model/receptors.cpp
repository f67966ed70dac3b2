#include "lantian/model/receptors.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/parallel/reproducible_sum.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <optional>
#include <set>

namespace lantian {

namespace {

/// Position along an axis of a longitude and a latitude for each value of a variable on (lat, lon) or (y, x).
struct Places {
  std::vector<double> longitude_deg, latitude_deg;
};

Places places_of(const NetcdfReader& file, const std::string& variable) {
  const auto shape = file.shape(variable);
  if (shape.size() != 2)
    throw DataError(fmt::format("{}: {}: has {} dimensions; it must be on (lat, lon) or (y, x)", file.path(),
                                variable, shape.size()));
  const std::vector<double> lon = file.read("lon"), lat = file.read("lat");
  const std::size_t rows = shape[0].length, columns = shape[1].length;
  if (lon.size() == rows * columns && lat.size() == rows * columns) return {lon, lat};
  if (lon.size() != columns || lat.size() != rows)
    throw DataError(fmt::format(
        "{}: {}: lon and lat have {} and {} values; {} and {} (axes) or {} each (cells) are needed",
        file.path(), variable, lon.size(), lat.size(), columns, rows, rows * columns));
  Places places;
  for (std::size_t j = 0; j < rows; ++j) {
    for (std::size_t i = 0; i < columns; ++i) {
      places.longitude_deg.push_back(lon[i]);
      places.latitude_deg.push_back(lat[j]);
    }
  }
  return places;
}

struct PlaceColumns {
  std::size_t longitude, latitude;
};

std::optional<LonLat> place_in(const CsvTable& table, std::size_t row, PlaceColumns columns,
                               Problems& problems) {
  const std::size_t faults = problems.sentences().size();
  const auto lon = table.number(row, columns.longitude, problems),
             lat = table.number(row, columns.latitude, problems);
  const std::string& title = table.cell(row, *table.column("name"));
  if (problems.sentences().size() > faults) return std::nullopt;
  if (!lon || !lat) {
    problems.add(
        fmt::format("{}: \"{}\" needs a longitude and a latitude in degrees", table.place(row), title));
    return std::nullopt;
  }
  if (std::fabs(*lat) > 90.0) {
    problems.add(fmt::format("{}: \"{}\" lies at latitude {}; latitudes lie within -90 and 90{}",
                             table.place(row), title, *lat,
                             std::fabs(*lon) <= 90.0 ? ": longitude and latitude seem to be swapped" : ""));
    return std::nullopt;
  }
  if (std::fabs(*lon) > 360.0) {
    problems.add(fmt::format("{}: \"{}\" lies at longitude {}; longitudes lie within -360 and 360",
                             table.place(row), title, *lon));
    return std::nullopt;
  }
  return LonLat{*lon, *lat};
}

}  // namespace

std::vector<Receptor> read_receptors(const Case& configuration, const HorizontalGrid& grid,
                                     Problems& problems) {
  std::vector<Receptor> receptors;
  if (configuration.receptors.file.empty()) return receptors;
  try {
    const CsvTable table = CsvTable::read(configuration.resolve(configuration.receptors.file));
    const std::size_t name = table.required_column("name"), longitude = table.required_column("longitude"),
                      latitude = table.required_column("latitude");
    const std::optional<std::size_t> district = table.column("district");
    std::vector<std::string> outside;
    std::set<std::string> names;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::string& title = table.cell(row, name);
      if (title.empty()) problems.add(fmt::format("{}: name is empty", table.place(row)));
      if (!names.insert(title).second)
        problems.add(fmt::format("{}: the name \"{}\" stands there a second time; names must differ",
                                 table.place(row), title));
      const auto read_place = place_in(table, row, {longitude, latitude}, problems);
      if (!read_place) continue;
      const LonLat place = *read_place;
      const auto cell = grid.locate(place);
      if (cell)
        receptors.push_back({title, district ? table.cell(row, *district) : "", place, *cell});
      else
        outside.push_back(title);
      if (!cell && lies_inside_as_radians(place, grid))
        problems.add(fmt::format("{}: \"{}\" lies at {}, {}: these seem to be radians; degrees are needed",
                                 table.place(row), title, place.longitude_deg, place.latitude_deg));
    }
    if (table.rows() == 0)
      problems.add(fmt::format("{}: has no line below its header; one a receptor is needed", table.path()));
    if (!outside.empty())
      log_warning(fmt::format("{}: {} receptors lie outside the grid and are left out: {}", table.path(),
                              outside.size(), fmt::join(outside, ", ")));
  } catch (const Error& error) {
    problems.add(error);
  }
  return receptors;
}

Array2<double> read_population(const Case& configuration, const HorizontalGrid& grid, Problems& problems) {
  if (configuration.receptors.population.empty()) return {};
  Array2<double> persons(grid.rows(), grid.columns(), 0.0);
  try {
    const NetcdfReader file(configuration.resolve(configuration.receptors.population));
    const std::vector<double> values = file.read("population");
    const Places places = places_of(file, "population");
    double inside = 0.0;
    for (std::size_t n = 0; n < values.size(); ++n) {
      if (std::isnan(values[n])) continue;
      if (values[n] < 0.0)
        throw DataError(fmt::format("{}: population: value {} is {}; persons cannot be negative", file.path(),
                                    n, values[n]));
      const auto cell = grid.locate({places.longitude_deg[n], places.latitude_deg[n]});
      if (cell) persons(cell->row, cell->column) += values[n];
      if (cell) inside += values[n];
    }
    if (inside <= 0.0)
      throw DataError(fmt::format("{}: population: nobody lives inside the grid", file.path()));
  } catch (const Error& error) {
    problems.add(error);
  }
  return persons;
}

std::vector<double> at_receptors(const Communicator& ranks, const Tile& tile, const Array2<double>& field,
                                 const std::vector<Receptor>& receptors) {
  std::vector<double> values(receptors.size(), 0.0);
  for (std::size_t n = 0; n < receptors.size(); ++n) {
    const int j = receptors[n].cell.row - tile.first_row, i = receptors[n].cell.column - tile.first_column;
    if (j >= 0 && j < tile.rows && i >= 0 && i < tile.columns) values[n] = field(j, i);
  }
  ranks.sum_disjoint(values);
  return values;
}

double population_mean(const Communicator& ranks, const Tile& tile, const Array2<double>& field,
                       const Array2<double>& population) {
  Array2<double> weights(tile.rows, tile.columns, 1.0), weighted(tile.rows, tile.columns);
  for (int j = 0; j < tile.rows; ++j) {
    for (int i = 0; i < tile.columns; ++i) {
      if (!population.empty()) weights(j, i) = population(tile.first_row + j, tile.first_column + i);
      weighted(j, i) = weights(j, i) * field(j, i);
    }
  }
  return reproducible_sum(ranks, weighted.values()) / reproducible_sum(ranks, weights.values());
}

}  // namespace lantian
