#include "lantian/io/history_writer.hpp"

#include "grid_mapping.hpp"
#include "parallel_file.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace lantian {

namespace {

using Extent = OutputVariable::Extent;
using Type = ParallelFile::Type;

std::size_t as_size(int n) {
  return static_cast<std::size_t>(n);
}

/// More than the index of one chunk takes in the file.
constexpr std::size_t chunk_index_bytes = 4096;

OutputVariable fixed_plane(std::string name, std::string long_name, std::string units,
                           std::string standard_name) {
  return {std::move(name),    std::move(long_name), std::move(units), std::move(standard_name), "",
          Extent::fixed_plane};
}

}  // namespace

struct HistoryWriter::Handle {
  struct Written {
    int id{};
    Extent extent{};
    bool is_double = false;
  };

  Communicator ranks;
  ParallelFile file;
  Tile tile;
  bool is_lon_lat;
  std::map<std::string, Written> variables;
  int time = -1, bounds = -1, height = -1, y = -1, x = -1;  // dimensions
  std::size_t hours = 0;
  std::size_t fixed_bytes = 0, hour_bytes = 0;  // upper bounds of what is written once and each hour

  Handle(const std::string& path, const Communicator& group, const HistoryLayout& layout)
      : ranks(group),
        file(path, group),
        tile(layout.tile),
        is_lon_lat(layout.grid.projection().is_lon_lat()) {}

  /// Only rank 0 writes what does not belong to a tile.
  void write_shared(const std::string& name, const std::vector<std::size_t>& start,
                    std::vector<std::size_t> count, std::vector<double> values) {
    if (ranks.rank() != 0) {
      std::ranges::fill(count, std::size_t{0});
      values.clear();
    }
    file.write(variables.at(name).id, start, count, values);
  }
  int define(const std::string& name, Type type, const std::vector<int>& dimensions,
             const std::vector<std::pair<std::string, std::string>>& attributes) {
    const int id = file.variable(name, type, dimensions);
    for (const auto& [key, value] : attributes) file.attribute(id, key, value);
    variables[name] = {id, Extent::fixed_plane};
    return id;
  }
  void define_dimensions(const HistoryLayout& layout);
  void define_time(const HistoryLayout& layout);
  void define_place(const HistoryLayout& layout);
  void define_height(const HistoryLayout& layout);
  void define_crs(const HistoryLayout& layout);
  void define_output(const OutputVariable& variable);
  void add_attributes(const std::map<std::string, std::string>& attributes);

  void write_place(const HorizontalGrid& grid);
  void write_height(const Layers& layers, bool has_terrain);
  template <class Cell>
  void write_plane(const std::string& name, const Cell& value_at);
  [[nodiscard]] const Written& expected(const std::string& name, bool is_3d) const;
};

void HistoryWriter::Handle::define_dimensions(const HistoryLayout& layout) {
  time = file.dimension("time", 0);
  bounds = file.dimension("bnds", 2);
  height = file.dimension("height", as_size(layout.layers.count()));
  y = file.dimension(is_lon_lat ? "lat" : "y", as_size(layout.grid.rows()));
  x = file.dimension(is_lon_lat ? "lon" : "x", as_size(layout.grid.columns()));
}

void HistoryWriter::Handle::define_time(const HistoryLayout&) {
  define("time", Type::real64, {time},
         {{"standard_name", "time"},
          {"long_name", "end of the averaging hour"},
          {"units", "seconds since 1970-01-01 00:00:00"},
          {"calendar", "standard"},
          {"axis", "T"},
          {"bounds", "time_bnds"}});
  define("time_bnds", Type::real64, {time, bounds}, {});
}

void HistoryWriter::Handle::define_place(const HistoryLayout&) {
  const bool is_1d = is_lon_lat;
  if (!is_1d) {
    define("y", Type::real64, {y},
           {{"standard_name", "projection_y_coordinate"}, {"units", "m"}, {"axis", "Y"}});
    define("x", Type::real64, {x},
           {{"standard_name", "projection_x_coordinate"}, {"units", "m"}, {"axis", "X"}});
  }
  std::vector<std::pair<std::string, std::string>> lat = {{"standard_name", "latitude"},
                                                          {"long_name", "latitude of the cell's centre"},
                                                          {"units", "degrees_north"}},
                                                   lon = {{"standard_name", "longitude"},
                                                          {"long_name", "longitude of the cell's centre"},
                                                          {"units", "degrees_east"}};
  if (is_1d) {
    lat.emplace_back("axis", "Y");
    lon.emplace_back("axis", "X");
  }
  define("lat", Type::real64, is_1d ? std::vector{y} : std::vector{y, x}, lat);
  define("lon", Type::real64, is_1d ? std::vector{x} : std::vector{y, x}, lon);
}

/// z = a + b orog, the hybrid height of CF appendix D, is what the terrain-following layers are: interface k
/// lies at terrain + nominal_k (H - terrain)/H = nominal_k + (1 - nominal_k/H) terrain above sea level.
void HistoryWriter::Handle::define_height(const HistoryLayout& layout) {
  const bool has_formula = !layout.terrain_m.empty() && !layout.layers.follow_weather();
  std::vector<std::pair<std::string, std::string>> attributes = {
      {"standard_name", has_formula ? "atmosphere_hybrid_height_coordinate" : "height"},
      {"long_name", layout.layers.follow_weather()
                        ? "mean over the domain of the height of the layer's middle above the ground; the "
                          "layers are the weather's own"
                        : "height of the layer's middle above ground that lies at sea level"},
      {"units", "m"},
      {"positive", "up"},
      {"axis", "Z"},
      {"bounds", "height_bnds"}};
  if (has_formula) attributes.emplace_back("formula_terms", "a: height b: height_b orog: terrain");
  define("height", Type::real64, {height}, attributes);
  const int bounds_id = define("height_bnds", Type::real64, {height, bounds}, {});
  if (!has_formula) return;
  file.attribute(bounds_id, "formula_terms", "a: height_bnds b: height_b_bnds orog: terrain");
  define("height_b", Type::real64, {height},
         {{"long_name", "share of the terrain's height in the layer's height above sea level"},
          {"units", "1"},
          {"bounds", "height_b_bnds"}});
  define("height_b_bnds", Type::real64, {height, bounds}, {});
}

void HistoryWriter::Handle::define_crs(const HistoryLayout& layout) {
  const GridMapping mapping = grid_mapping(layout.grid);
  const int crs = define("crs", Type::int32, {}, {});
  for (const auto& [name, text] : mapping.texts) file.attribute(crs, name, text);
  for (const auto& [name, values] : mapping.numbers) file.attribute(crs, name, values);
}

void HistoryWriter::Handle::define_output(const OutputVariable& variable) {
  std::vector<int> dimensions = {y, x};
  std::vector<std::size_t> chunk = {as_size(tile.grid_rows), as_size(tile.grid_columns)};
  if (variable.extent == Extent::layers) {
    dimensions.insert(dimensions.begin(), height);
    chunk.insert(chunk.begin(), as_size(tile.layers));
  }
  const bool is_fixed = variable.extent == Extent::fixed_plane;
  if (!is_fixed) {
    dimensions.insert(dimensions.begin(), time);
    chunk.insert(chunk.begin(), 1);
  }
  const int id = file.variable(variable.name, variable.is_double ? Type::real64 : Type::real32, dimensions,
                               is_fixed ? std::vector<std::size_t>{} : chunk);
  file.fill_value(id);
  const std::string area = variable.name == "cell_area" ? "" : "area: cell_area";
  const std::pair<const char*, std::string> attributes[] = {
      {"standard_name", variable.standard_name},
      {"long_name", variable.long_name},
      {"units", variable.units},
      {"cell_methods", is_fixed ? "" : variable.cell_methods},
      {"cell_measures", area},
      {"grid_mapping", "crs"},
      {"coordinates", is_lon_lat ? "" : "lat lon"}};
  for (const auto& [name, value] : attributes)
    if (!value.empty()) file.attribute(id, name, value);
  variables[variable.name] = {id, variable.extent, variable.is_double};
  const std::size_t plane_bytes = (variable.is_double ? sizeof(double) : sizeof(float)) *
                                  as_size(tile.grid_rows) * as_size(tile.grid_columns);
  if (is_fixed)
    fixed_bytes += plane_bytes;
  else
    hour_bytes += chunk_index_bytes + plane_bytes * (variable.extent == Extent::layers ? chunk[1] : 1);
}

/// Rank 0's attributes, so that all ranks define the same.
void HistoryWriter::Handle::add_attributes(const std::map<std::string, std::string>& attributes) {
  std::vector<std::pair<std::string, std::string>> all(attributes.begin(), attributes.end());
  all.resize(static_cast<std::size_t>(ranks.max_of(ranks.rank() == 0 ? static_cast<int>(all.size()) : 0)));
  for (const auto& [name, value] : all) {
    const std::string said_name = ranks.broadcast(name, 0), said_value = ranks.broadcast(value, 0);
    file.file_attribute(said_name, said_value);
  }
}

template <class Cell>
void HistoryWriter::Handle::write_plane(const std::string& name, const Cell& value_at) {
  std::vector<double> values;
  for (int j = 0; j < tile.rows; ++j)
    for (int i = 0; i < tile.columns; ++i)
      values.push_back(value_at(tile.first_row + j, tile.first_column + i));
  file.write(variables.at(name).id, {as_size(tile.first_row), as_size(tile.first_column)},
             {as_size(tile.rows), as_size(tile.columns)}, values);
}

void HistoryWriter::Handle::write_place(const HorizontalGrid& grid) {
  const auto rows = as_size(grid.rows()), columns = as_size(grid.columns());
  std::vector<double> along_y, along_x;
  for (int j = 0; j < grid.rows(); ++j) along_y.push_back(grid.centre_xy(j, 0).y_m);
  for (int i = 0; i < grid.columns(); ++i) along_x.push_back(grid.centre_xy(0, i).x_m);
  write_shared(is_lon_lat ? "lat" : "y", {0}, {rows}, along_y);
  write_shared(is_lon_lat ? "lon" : "x", {0}, {columns}, along_x);
  if (!is_lon_lat) {
    write_plane("lat", [&](int j, int i) { return grid.centre(j, i).latitude_deg; });
    write_plane("lon", [&](int j, int i) { return grid.centre(j, i).longitude_deg; });
  }
  write_plane("cell_area", [&](int j, int i) { return grid.cell_area_m2(j, i); });
}

void HistoryWriter::Handle::write_height(const Layers& layers, bool has_terrain) {
  const auto count = as_size(layers.count());
  const std::vector<double>& interfaces = layers.nominal_interfaces_m();
  std::vector<double> middle, edges, share, share_edges;
  for (std::size_t k = 0; k < count; ++k) {
    middle.push_back(0.5 * (interfaces[k] + interfaces[k + 1]));
    share.push_back(1.0 - middle.back() / layers.model_top_m());
    for (const double edge : {interfaces[k], interfaces[k + 1]}) {
      edges.push_back(edge);
      share_edges.push_back(1.0 - edge / layers.model_top_m());
    }
  }
  write_shared("height", {0}, {count}, middle);
  write_shared("height_bnds", {0, 0}, {count, 2}, edges);
  if (!has_terrain || layers.follow_weather()) return;
  write_shared("height_b", {0}, {count}, share);
  write_shared("height_b_bnds", {0, 0}, {count, 2}, share_edges);
}

const HistoryWriter::Handle::Written& HistoryWriter::Handle::expected(const std::string& name,
                                                                      bool is_3d) const {
  const auto found = variables.find(name);
  const bool is_known = found != variables.end() && (found->second.extent == Extent::layers) == is_3d;
  if (!is_known) throw InternalError(fmt::format("\"{}\" is no variable of this kind in the history", name));
  if (hours == 0 && found->second.extent != Extent::fixed_plane)
    throw InternalError(fmt::format("\"{}\" is written before the first hour has begun", name));
  return found->second;
}

HistoryWriter::HistoryWriter(const std::string& path, const Communicator& ranks, const HistoryLayout& layout)
    : handle_(std::make_unique<Handle>(path, ranks, layout)) {
  Handle& h = *handle_;
  h.define_dimensions(layout);
  h.define_time(layout);
  h.define_place(layout);
  h.define_height(layout);
  h.define_crs(layout);
  h.define_output(fixed_plane("cell_area", "area of the cell on the sphere", "m2", "cell_area"));
  const bool has_terrain = !layout.terrain_m.empty();
  if (has_terrain)
    h.define_output(fixed_plane("terrain", "height of the ground above sea level", "m", "surface_altitude"));
  for (const OutputVariable& variable : layout.variables) h.define_output(variable);
  h.file.file_attribute("Conventions", "CF-1.8");
  h.add_attributes(layout.attributes);
  const std::size_t positions =
      2 * sizeof(double) * as_size(layout.grid.rows()) * as_size(layout.grid.columns());
  h.file.reserve(h.fixed_bytes + positions);
  h.file.end_definitions();
  h.write_place(layout.grid);
  h.write_height(layout.layers, has_terrain);
  if (has_terrain) h.write_plane("terrain", [&](int j, int i) { return layout.terrain_m(j, i); });
}

HistoryWriter::~HistoryWriter() = default;

void HistoryWriter::append_hour(UtcTime begin, UtcTime end) {
  handle_->file.reserve(handle_->hour_bytes);
  const std::size_t hour = handle_->hours++;
  const auto from = static_cast<double>(begin.unix_seconds()), to = static_cast<double>(end.unix_seconds());
  handle_->write_shared("time", {hour}, {1}, {to});
  handle_->write_shared("time_bnds", {hour, 0}, {1, 2}, {from, to});
}

void HistoryWriter::write_2d(const std::string& name, const Array2<double>& tile_values) {
  const auto& written = handle_->expected(name, false);
  const int id = written.id;
  const Extent extent = written.extent;
  const Tile& tile = handle_->tile;
  std::vector<std::size_t> start = {as_size(tile.first_row), as_size(tile.first_column)};
  std::vector<std::size_t> count = {as_size(tile.rows), as_size(tile.columns)};
  if (extent == Extent::plane) {
    start.insert(start.begin(), handle_->hours - 1);
    count.insert(count.begin(), 1);
  }
  if (tile_values.rows() != tile.rows || tile_values.columns() != tile.columns)
    throw InternalError(fmt::format("\"{}\" has not the shape of its tile", name));
  std::vector<float> values;
  for (const double value : tile_values.values()) values.push_back(static_cast<float>(value));
  handle_->file.write(id, start, count, values);
}

void HistoryWriter::write_3d(const std::string& name, const Array3<double>& tile_values) {
  const auto& [id, extent, is_double] = handle_->expected(name, true);
  const Tile& tile = handle_->tile;
  if (tile_values.layers() != tile.layers || tile_values.rows() != tile.rows ||
      tile_values.columns() != tile.columns)
    throw InternalError(fmt::format("\"{}\" has not the shape of its tile", name));
  const std::vector<std::size_t> start = {handle_->hours - 1, 0, as_size(tile.first_row),
                                          as_size(tile.first_column)};
  const std::vector<std::size_t> count = {1, as_size(tile.layers), as_size(tile.rows), as_size(tile.columns)};
  const std::vector<double> exact(tile_values.values().begin(), tile_values.values().end());
  if (is_double)
    handle_->file.write(id, start, count, exact);
  else
    handle_->file.write(id, start, count, std::vector<float>(exact.begin(), exact.end()));
}

void HistoryWriter::finish(const std::map<std::string, std::string>& attributes) {
  handle_->add_attributes(attributes);
  handle_->file.finish();
}

}  // namespace lantian
