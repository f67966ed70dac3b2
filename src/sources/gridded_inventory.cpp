#include "gridded_inventory.hpp"

#include "regrid.hpp"

#include "lantian/base/text.hpp"
#include "lantian/base/time.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace lantian {

namespace {

const std::vector<std::string> known_pollutants = {"NOx",  "VOC",  "SO2", "NH3", "CO",
                                                   "PM25", "PM10", "BC",  "OC"};

/// The cells of the file: their corners, and where their mass goes. Made once for all variables of a file.
struct SourceGrid {
  std::size_t rows = 0, columns = 0;
  std::vector<double> area_m2;
  std::vector<std::vector<CellShare>> shares;
};

/// Edges half way between the centres of an axis.
std::vector<double> edges_of(const std::vector<double>& centres) {
  std::vector<double> edges(centres.size() + 1);
  for (std::size_t n = 1; n < centres.size(); ++n) edges[n] = 0.5 * (centres[n - 1] + centres[n]);
  edges.front() = centres.front() - (edges[1] - centres.front());
  edges.back() = centres.back() + (centres.back() - edges[centres.size() - 1]);
  return edges;
}

/// The first of the names that is an axis: a variable of one dimension.
std::string first_axis(const NetcdfReader& file, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (file.has_variable(name) && file.shape(name).size() == 1) return name;
  return "";
}

bool is_monotonic(const std::vector<double>& axis) {
  const bool rises = axis.back() > axis.front();
  for (std::size_t n = 1; n < axis.size(); ++n)
    if ((axis[n] > axis[n - 1]) != rises || std::isnan(axis[n])) return false;
  return true;
}

void check_axes(const std::string& path, const std::vector<double>& lon, const std::vector<double>& lat) {
  if (lon.size() < 2 || lat.size() < 2)
    throw DataError(fmt::format("{}: lon and lat have {} and {} values; two of each are the least", path,
                                lon.size(), lat.size()));
  if (!is_monotonic(lon) || !is_monotonic(lat))
    throw DataError(fmt::format("{}: lon and lat must rise or fall throughout", path));
  const auto greatest = [](const std::vector<double>& axis) {
    return std::max(std::fabs(axis.front()), std::fabs(axis.back()));
  };
  if (greatest(lat) > 90.5)
    throw DataError(fmt::format("{}: lat runs from {} to {}; latitudes lie within -90 and 90{}", path,
                                lat.front(), lat.back(),
                                greatest(lon) <= 90.5 ? ": lon and lat seem to be swapped" : ""));
}

/// A file on longitude and latitude axes, or on the axes of a map projection that its grid_mapping or PROJ
/// text names.
SourceGrid source_grid(const NetcdfReader& file, const std::string& variable, const HorizontalGrid& grid) {
  SourceGrid cells;
  const std::string lon_name = first_axis(file, {"lon", "longitude", "x"}),
                    lat_name = first_axis(file, {"lat", "latitude", "y"});
  if (lon_name.empty() || lat_name.empty())
    throw DataError(fmt::format("{}: {}: has no axes; lon and lat, or x and y with a projection, are needed",
                                file.path(), variable));
  const std::vector<double> x = file.read(lon_name), y = file.read(lat_name);
  std::optional<Projection> projection;
  if (lon_name == "x") {
    const std::string mapping = file.text_attribute(variable, "grid_mapping").value_or("crs");
    const auto definition =
        file.has_variable(mapping) ? file.text_attribute(mapping, "proj4") : file.text_attribute("", "proj4");
    if (!definition)
      throw DataError(fmt::format("{}: {}: lies on x and y, but no attribute proj4 says in which projection",
                                  file.path(), variable));
    projection.emplace(*definition);
  } else {
    check_axes(file.path(), x, y);
  }
  cells.rows = y.size();
  cells.columns = x.size();
  const std::vector<double> x_edge = edges_of(x), y_edge = edges_of(y);
  const auto place = [&projection](double px, double py) {
    return projection ? projection->inverse({px, py}) : LonLat{px, py};
  };
  const double radius_m = grid.sphere_radius_m(), radian = std::numbers::pi / 180.0;
  for (std::size_t j = 0; j < cells.rows; ++j) {
    for (std::size_t i = 0; i < cells.columns; ++i) {
      const double west = std::min(x_edge[i], x_edge[i + 1]), east = std::max(x_edge[i], x_edge[i + 1]);
      const double south = std::min(y_edge[j], y_edge[j + 1]), north = std::max(y_edge[j], y_edge[j + 1]);
      cells.shares.push_back(overlap_shares(
          grid, {place(west, south), place(east, south), place(east, north), place(west, north)}));
      const double area = projection ? (east - west) * (north - south)
                                     : radius_m * radius_m * (east - west) * radian *
                                           (std::sin(north * radian) - std::sin(south * radian));
      cells.area_m2.push_back(area);
    }
  }
  return cells;
}

/// What turns a value into tonnes of a period (a year, or month `month` when > 0) of the inventory's
/// calendar.
struct ToTonnes {
  double factor;
  bool per_area;
};

ToTonnes to_tonnes(const std::string& unit, const std::string& pollutant, int year, int month) {
  std::string plain = lower_case(trimmed(unit));
  const double period_s = 86400.0 * (month > 0 ? days_in_month(year, month) : days_in_year(year));
  const double in_year =
      month > 0 ? static_cast<double>(days_in_month(year, month)) / days_in_year(year) : 1.0;
  for (const auto& [mass, tonnes] :
       {std::pair{std::string("t"), 1.0}, std::pair{std::string("mg"), 1.0},
        std::pair{std::string("kt"), 1000.0}, std::pair{std::string("kg"), 0.001}}) {
    for (const std::string& yearly :
         {mass + "/yr", mass + " yr-1", mass + "/year", mass + "/a", mass + " a-1"})
      if (plain == yearly) return {tonnes * in_year, false};
    for (const std::string& monthly : {mass + "/month", mass + " month-1"})
      if (plain == monthly) {
        if (month == 0) throw DataError(fmt::format("the unit \"{}\" needs twelve months in the file", unit));
        return {tonnes, false};
      }
  }
  if (units_are_convertible(unit, "kg m-2 s-1"))
    return {0.001 * period_s * unit_conversion(unit, "kg m-2 s-1").factor, true};
  if (units_are_convertible(unit, "kg s-1"))
    return {0.001 * period_s * unit_conversion(unit, "kg s-1").factor, false};
  const double molar_mass = inventory_molar_mass_g_mol(pollutant);
  const std::string moles = plain == "moles/s" ? "mol s-1" : unit;
  if (molar_mass > 0.0 && units_are_convertible(moles, "mol s-1"))
    return {1.0e-6 * molar_mass * period_s * unit_conversion(moles, "mol s-1").factor, false};
  throw DataError(
      fmt::format("the unit \"{}\" is no emission of {}; known are t/yr, t/month, kg m-2 s-1, kg s-1{}", unit,
                  pollutant, molar_mass > 0.0 ? ", mol s-1" : ""));
}

class InventoryReader {
 public:
  InventoryReader(const InventoryConfig& config, const std::string& path, int year,
                  const HorizontalGrid& grid)
      : config_(config), file_(path), year_(year), grid_(grid) {}

  PollutantMap read(const std::string& pollutant, const std::string& variable) {
    if (!file_.has_variable(variable)) {
      const std::vector<std::string> names = file_.variables();
      throw DataError(fmt::format("{}: there is no variable \"{}\" (for {} of sector {}); found {}.{}",
                                  file_.path(), variable, pollutant, config_.sector, fmt::join(names, ", "),
                                  did_you_mean(variable, names)));
    }
    if (cells_.rows == 0) cells_ = source_grid(file_, variable, grid_);
    const std::size_t cell_count = cells_.rows * cells_.columns;
    const std::vector<double> values = file_.read(variable);
    const std::size_t periods = values.size() / cell_count;
    if (values.size() != periods * cell_count || (periods != 1 && periods != 12))
      throw DataError(fmt::format("{}: {}: has {} values; {} x {} cells once or for twelve months are needed",
                                  file_.path(), variable, values.size(), cells_.rows, cells_.columns));
    const std::string unit =
        config_.units.empty() ? file_.text_attribute(variable, "units").value_or("") : config_.units;
    if (unit.empty())
      throw DataError(
          fmt::format("{}: {}: has no units attribute; name the unit in emissions.inventory units",
                      file_.path(), variable));
    PollutantMap map;
    for (std::size_t period = 0; period < periods; ++period) {
      const ToTonnes conversion =
          tonnes_of(unit, pollutant, variable, periods == 12 ? static_cast<int>(period) + 1 : 0);
      spread({values.begin() + static_cast<std::ptrdiff_t>(period * cell_count),
              values.begin() + static_cast<std::ptrdiff_t>((period + 1) * cell_count)},
             conversion, variable, map);
    }
    return map;
  }

 private:
  [[nodiscard]] ToTonnes tonnes_of(const std::string& unit, const std::string& pollutant,
                                   const std::string& variable, int month) const {
    try {
      return to_tonnes(unit, pollutant, year_, month);
    } catch (const DataError& error) {
      throw DataError(fmt::format("{}: {}: {}", file_.path(), variable, error.what()));
    }
  }

  void spread(const std::vector<double>& values, ToTonnes conversion, const std::string& variable,
              PollutantMap& map) const {
    Array2<double> inside(grid_.rows(), grid_.columns(), 0.0);
    double whole = 0.0, outside = 0.0;
    for (std::size_t n = 0; n < values.size(); ++n) {
      if (std::isnan(values[n]) || values[n] == 0.0)
        continue;  // missing in an inventory: nothing is emitted there
      if (values[n] < 0.0)
        throw DataError(fmt::format("{}: {}: row {}, column {} is {}; an emission cannot be negative",
                                    file_.path(), variable, n / cells_.columns, n % cells_.columns,
                                    values[n]));
      const double tonnes =
          config_.scale * values[n] * conversion.factor * (conversion.per_area ? cells_.area_m2[n] : 1.0);
      double shared = 0.0;
      for (const CellShare& one : cells_.shares[n]) {
        inside(one.row, one.column) += tonnes * one.share;
        shared += one.share;
      }
      whole += tonnes;
      outside += tonnes * std::max(1.0 - shared, 0.0);
    }
    map.inside_t.push_back(inside);
    map.whole_t.push_back(whole);
    map.outside_t.push_back(outside);
  }

  InventoryConfig config_;
  NetcdfReader file_;
  int year_;
  const HorizontalGrid& grid_;
  SourceGrid cells_;
};

/// PM10 becomes what it holds beyond PM25 in each cell.
void make_coarse(std::map<std::string, PollutantMap>& pollutants) {
  const auto found = pollutants.find("PM10");
  if (found == pollutants.end()) return;
  PollutantMap coarse = found->second;
  const auto fine = pollutants.find("PM25");
  for (std::size_t p = 0;
       fine != pollutants.end() && p < std::min(coarse.inside_t.size(), fine->second.inside_t.size()); ++p) {
    double inside = 0.0;
    for (std::size_t n = 0; n < coarse.inside_t[p].values().size(); ++n) {
      double& value = coarse.inside_t[p].values()[n];
      value = std::max(value - fine->second.inside_t[p].values()[n], 0.0);
      inside += value;
    }
    coarse.outside_t[p] = std::max(coarse.outside_t[p] - fine->second.outside_t[p], 0.0);
    coarse.whole_t[p] = inside + coarse.outside_t[p];
  }
  pollutants.erase(found);
  pollutants["PMC"] = coarse;
}

}  // namespace

double inventory_molar_mass_g_mol(const std::string& pollutant) {
  static const std::map<std::string, double> table = {
      {"NOx", 46.0055}, {"SO2", 64.064}, {"NH3", 17.031}, {"CO", 28.01}};
  const auto found = table.find(pollutant);
  return found == table.end() ? 0.0 : found->second;
}

GriddedInventory read_inventory(const InventoryConfig& config, const std::string& path, int year,
                                const HorizontalGrid& grid, Problems& problems) {
  GriddedInventory inventory{config, {}};
  try {
    InventoryReader reader(config, path, year, grid);
    for (const auto& [pollutant, variable] : config.variables) {
      if (std::ranges::find(known_pollutants, pollutant) == known_pollutants.end()) {
        problems.add(fmt::format("emissions.inventory \"{}\": \"{}\" is no pollutant; known are {}.{}",
                                 config.sector, pollutant, fmt::join(known_pollutants, ", "),
                                 did_you_mean(pollutant, known_pollutants)));
        continue;
      }
      if (pollutant == "BC" || pollutant == "OC") continue;  // inside PM25
      try {
        inventory.pollutants[pollutant] = reader.read(pollutant, variable);
      } catch (const Error& error) {
        problems.add(error);
        inventory.pollutants.erase(pollutant);
      }
    }
  } catch (const Error& error) {
    problems.add(error);
  }
  make_coarse(inventory.pollutants);
  return inventory;
}

}  // namespace lantian
