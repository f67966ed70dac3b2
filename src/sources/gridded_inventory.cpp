#include "gridded_inventory.hpp"

#include "compensated_sum.hpp"
#include "inventory_units.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/base/time.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace lantian {

namespace {

const std::vector<std::string> known_pollutants = {"NOx",  "VOC",  "SO2", "NH3", "CO",
                                                   "PM25", "PM10", "BC",  "OC"};

/// No cell emits that much over a year: 3 t a square metre. A steel works in one square kilometre is a
/// hundredth.
constexpr double absurd_flux_kg_m2_s = 1.0e-4;

class InventoryReader {
 public:
  InventoryReader(InventoryConfig config, const std::string& path, int year, InventoryTarget& target,
                  Problems& problems)
      : config_(std::move(config)),
        file_(path),
        year_(year),
        target_(target),
        grid_(target.grid),
        cells_(target.cells),
        problems_(problems) {}

  PollutantMap read(const std::string& pollutant, const std::string& variable) {
    if (!file_.has_variable(variable)) {
      const std::vector<std::string> names = file_.variables();
      throw DataError(fmt::format("{}: there is no variable \"{}\" (for {} of sector {}); found {}.{}",
                                  file_.path(), variable, pollutant, config_.sector, fmt::join(names, ", "),
                                  did_you_mean(variable, names)));
    }
    make_cells(variable);
    const std::string unit =
        config_.units.empty() ? file_.text_attribute(variable, "units").value_or("") : config_.units;
    if (unit.empty())
      throw DataError(
          fmt::format("{}: {}: has no units attribute; name the unit in emissions.inventory units",
                      file_.path(), variable));
    const std::size_t periods = periods_of(variable);
    PollutantMap map;
    for (std::size_t period = 0; period < periods; ++period)
      spread(values(variable, period), conversion(unit, pollutant, variable, month_of(period, periods)),
             {variable, month_of(period, periods)}, map);
    if (missing_ > 0)
      log_info(fmt::format("{}: {}: {} missing values count as no emission", file_.path(), variable,
                           std::exchange(missing_, 0)));
    return map;
  }

 private:
  struct Part {
    std::string variable;
    int month;  // 0: the year
  };

  static int month_of(std::size_t period, std::size_t periods) {
    return periods == 12 ? static_cast<int>(period) + 1 : 0;
  }

  void make_cells(const std::string& variable) {
    const auto shape = file_.shape(variable);
    const bool is_made = shape.size() >= 2 && target_.cells_of == file_.path() &&
                         cells_.column_axis == shape.back().name &&
                         cells_.row_axis == shape[shape.size() - 2].name;
    if (!is_made) {
      target_.cells_of.clear();  // should the next line throw
      cells_ = read_inventory_grid(file_, variable, target_.regridder, grid_.sphere_radius_m());
      target_.cells_of = file_.path();
    }
    if (cells_.inside.empty())
      throw DataError(
          fmt::format("{}: {}: no cell touches the model grid; the file spans {} {} to {}, {} {} to {}, the "
                      "grid's middle is lon {:.2f}, lat {:.2f}{}",
                      file_.path(), variable, cells_.column_axis, cells_.column_centre.front(),
                      cells_.column_centre.back(), cells_.row_axis, cells_.row_centre.front(),
                      cells_.row_centre.back(), middle().longitude_deg, middle().latitude_deg,
                      spans_grid_as_radians() ? ": these seem to be radians; degrees are needed" : ""));
  }

  /// Whether the axes, read as radians, hold the middle of the grid between their ends.
  [[nodiscard]] bool spans_grid_as_radians() const {
    const auto holds = [](const std::vector<double>& axis, double degrees) {
      const double radians = degrees * std::numbers::pi / 180.0;
      return (axis.front() - radians) * (axis.back() - radians) <= 0.0;
    };
    return holds(cells_.column_centre, middle().longitude_deg) &&
           holds(cells_.row_centre, middle().latitude_deg);
  }

  [[nodiscard]] LonLat middle() const { return grid_.centre(grid_.rows() / 2, grid_.columns() / 2); }

  [[nodiscard]] std::size_t periods_of(const std::string& variable) const {
    std::size_t periods = 1;
    const auto shape = file_.shape(variable);
    for (std::size_t d = 0; d + 2 < shape.size(); ++d) periods *= shape[d].length;
    if (periods != 1 && periods != 12)
      throw DataError(
          fmt::format("{}: {}: has {} fields of {} x {} cells; one, or one a month of the year, is needed",
                      file_.path(), variable, periods, cells_.row_axis, cells_.column_axis));
    return periods;
  }

  [[nodiscard]] std::vector<double> values(const std::string& variable, std::size_t period) const {
    std::vector<std::size_t> start, count;
    for (const auto& dimension : file_.shape(variable)) {
      start.push_back(0);
      count.push_back(dimension.length);
    }
    for (std::size_t d = 0; d + 2 < start.size(); ++d) {
      if (count[d] != 12) continue;
      start[d] = period;
      count[d] = 1;
    }
    return file_.read(variable, start, count);
  }

  [[nodiscard]] ToTonnes conversion(const std::string& unit, const std::string& pollutant,
                                    const std::string& variable, int month) const {
    try {
      return inventory_conversion(unit, pollutant, year_, month);
    } catch (const DataError& error) {
      throw DataError(fmt::format("{}: {}: {}", file_.path(), variable, error.what()));
    }
  }

  struct Fault {
    std::size_t cell = 0;
    double value = 0.0;
    int count = 0;  // of all in the field
  };

  /// Whether a value is an emission; else the first fault of a field is kept.
  bool is_sound(double value, double tonnes, std::size_t n, const Part& part, Fault& fault) const {
    const double days = part.month > 0 ? days_in_month(year_, part.month) : days_in_year(year_);
    const bool is_absurd = !std::isfinite(tonnes) ||
                           1000.0 * tonnes / (cells_.area_m2[n] * 86400.0 * days) > absurd_flux_kg_m2_s;
    if (value >= 0.0 && !is_absurd) return true;
    if (++fault.count == 1) fault = {n, value, 1};
    return false;
  }

  void tell(const Fault& fault, const Part& part) {
    if (fault.count == 0) return;
    const std::string more = fault.count > 1 ? fmt::format(" (one of {} such values)", fault.count) : "",
                      month = part.month > 0 ? fmt::format(", month {}", part.month) : "";
    problems_.add(fmt::format(
        "{}: {}: {}{} is {:.6g}{}; {}", file_.path(), part.variable, cells_.place(fault.cell), month,
        fault.value, more,
        fault.value < 0.0 ? "an emission cannot be negative: set it to 0 or to missing"
                          : "no cell emits so much: check the unit, and that fill values carry _FillValue"));
  }

  void spread(const std::vector<double>& values, ToTonnes conversion, const Part& part, PollutantMap& map) {
    Array2<double> inside(grid_.rows(), grid_.columns(), 0.0);
    CompensatedSum whole, outside;
    Fault fault;
    auto cell = cells_.inside.begin();
    for (std::size_t n = 0; n < values.size(); ++n) {
      const bool is_inside = cell != cells_.inside.end() && cell->index == n;
      const auto at = is_inside ? cell++ : cells_.inside.end();
      if (std::isnan(values[n])) ++missing_;
      if (std::isnan(values[n]) || values[n] == 0.0) continue;
      const double unscaled_t =
          values[n] * conversion.factor * (conversion.is_per_area ? cells_.area_m2[n] : 1.0);
      if (!is_sound(values[n], unscaled_t, n, part, fault)) continue;
      const double tonnes = config_.scale * unscaled_t;
      whole.add(tonnes);
      double beyond = 1.0;
      for (std::size_t s = 0; is_inside && s < at->shares.size(); ++s) {
        inside(at->shares[s].row, at->shares[s].column) += tonnes * at->shares[s].share;
        beyond -= at->shares[s].share;
      }
      if (beyond > 1.0e-12) outside.add(tonnes * beyond);
    }
    tell(fault, part);
    map.inside_t.push_back(std::move(inside));
    map.whole_t.push_back(whole.value());
    map.outside_t.push_back(outside.value());
  }

  InventoryConfig config_;
  NetcdfReader file_;
  int year_;
  InventoryTarget& target_;
  const HorizontalGrid& grid_;
  InventoryGrid& cells_;
  Problems& problems_;
  long missing_ = 0;
};

/// A yearly map as twelve months of the same rate.
PollutantMap by_month(const PollutantMap& map, int year) {
  if (map.whole_t.size() == 12) return map;
  PollutantMap months;
  for (int month = 1; month <= 12; ++month) {
    const double part = static_cast<double>(days_in_month(year, month)) / days_in_year(year);
    months.inside_t.push_back(map.inside_t[0]);
    for (double& value : months.inside_t.back().values()) value *= part;
    months.whole_t.push_back(part * map.whole_t[0]);
    months.outside_t.push_back(part * map.outside_t[0]);
  }
  return months;
}

/// PM10 becomes what it holds beyond PM25 in each cell.
void make_coarse(GriddedInventory& inventory, const std::string& path, int year) {
  auto& pollutants = inventory.pollutants;
  const auto found = pollutants.find("PM10");
  if (found == pollutants.end()) return;
  PollutantMap coarse = found->second;
  pollutants.erase(found);
  if (const auto given = pollutants.find("PM25"); given != pollutants.end()) {
    PollutantMap fine = given->second;
    if (fine.whole_t.size() != coarse.whole_t.size()) {
      fine = by_month(fine, year);
      coarse = by_month(coarse, year);
    }
    double lacking_t = 0.0, fine_t = 0.0;
    for (std::size_t p = 0; p < coarse.whole_t.size(); ++p) {
      CompensatedSum whole;
      for (std::size_t n = 0; n < coarse.inside_t[p].values().size(); ++n) {
        double& value = coarse.inside_t[p].values()[n];
        const double fine_value = fine.inside_t[p].values()[n];
        lacking_t += std::max(fine_value - value, 0.0);
        fine_t += fine_value;
        value = std::max(value - fine_value, 0.0);
        whole.add(value);
      }
      coarse.outside_t[p] = std::max(coarse.outside_t[p] - fine.outside_t[p], 0.0);
      whole.add(coarse.outside_t[p]);
      coarse.whole_t[p] = whole.value();
    }
    if (lacking_t > 1.0e-6 * fine_t)
      log_warning(
          fmt::format("{}: sector {}: PM10 holds less than PM25 in some cells ({:.3g} t short); there "
                      "no coarse particles are emitted",
                      path, inventory.config.sector, lacking_t));
  } else {
    log_warning(fmt::format("{}: sector {}: PM10 without PM25: all of it counts as coarse", path,
                            inventory.config.sector));
  }
  pollutants["PMC"] = std::move(coarse);
}

}  // namespace

GriddedInventory read_inventory(const InventoryConfig& config, const std::string& path, int year,
                                InventoryTarget& target, Problems& problems) {
  GriddedInventory inventory{.config = config, .pollutants = {}};
  try {
    InventoryReader reader(config, path, year, target, problems);
    for (const auto& [pollutant, variable] : config.variables) {
      if (std::ranges::find(known_pollutants, pollutant) == known_pollutants.end()) {
        problems.add(fmt::format(R"(emissions.inventory "{}": "{}" is no pollutant; known are {}.{})",
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
  make_coarse(inventory, path, year);
  return inventory;
}

}  // namespace lantian
