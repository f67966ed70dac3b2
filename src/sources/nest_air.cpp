#include "nest_air.hpp"

#include "axis_shares.hpp"
#include "inventory_grid.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/log.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace lantian {

namespace {

/// One axis of the parent's cell centres, evenly spaced.
struct CentreAxis {
  double first = 0.0, spacing = 1.0;
  int count = 0;
  double circle = 0.0;  // 360 for longitudes

  /// Position in cells: 0 at the first centre, count - 1 at the last.
  [[nodiscard]] double position(double value) const {
    const double middle = first + 0.5 * (count - 1) * spacing;
    const double apart = circle > 0.0 ? std::remainder(value - middle, circle) : value - middle;
    return apart / spacing + 0.5 * (count - 1);
  }
  [[nodiscard]] bool holds(double position) const {
    constexpr double rounding = 1.0e-6;  // cells: centres that meet come from two projections
    return position >= -rounding && position <= count - 1 + rounding;
  }
};

CentreAxis centre_axis(const NetcdfReader& file, const std::string& name, double circle) {
  const std::vector<double> centres = file.read(name);
  if (centres.size() < 2)
    throw DataError(
        fmt::format("{}: {}: has {} cells; a nest needs 2 or more", file.path(), name, centres.size()));
  CentreAxis axis{.first = centres.front(), .count = static_cast<int>(centres.size()), .circle = circle};
  axis.spacing = (centres.back() - centres.front()) / (axis.count - 1);
  for (std::size_t n = 0; n < centres.size(); ++n)
    if (!(axis.spacing > 0.0) || !(std::fabs(axis.position(centres[n]) - static_cast<double>(n)) < 1.0e-6))
      throw DataError(
          fmt::format("{}: {}: value {} is {}; cells must rise evenly", file.path(), name, n, centres[n]));
  return axis;
}

/// Cells of the parent that the run needs.
struct ParentWindow {
  int row = 0, column = 0, rows = 0, columns = 0;
};

/// Mixing ratios [ppb] of the window at one time, [species][layer][row][column].
struct Record {
  std::size_t index = 0;
  std::map<std::string, std::vector<double>> ppb;
};

/// One cell of the parent's grid and its share in a value.
struct Part {
  std::size_t index;  // in a record
  double share;
};

class NestAir : public AirSource {
 public:
  NestAir(const std::string& path, double sphere_radius_m)
      : file_(path), projection_(projection_of(file_, sphere_radius_m)) {
    const bool is_lon_lat = projection_.is_lon_lat();
    x_ = centre_axis(file_, is_lon_lat ? "lon" : "x", is_lon_lat ? 360.0 : 0.0);
    y_ = centre_axis(file_, is_lon_lat ? "lat" : "y", 0.0);
    for (const double value : file_.read("time"))
      times_.push_back(UtcTime{}.plus_seconds(std::llround(value)));
    const std::vector<double> bounds = file_.read("height_bnds");
    layers_ = bounds.size() / 2;
    for (std::size_t k = 0; k < layers_; ++k) interface_m_.push_back(bounds[2 * k]);
    interface_m_.push_back(bounds.at(bounds.size() - 1));
    terrain_m_.assign(static_cast<std::size_t>(x_.count) * static_cast<std::size_t>(y_.count), 0.0);
    if (file_.has_variable("terrain")) terrain_m_ = file_.read("terrain");
    check_axes();
  }

  void check_mechanism(const Case& configuration, const BoundaryAirConfig& config) const {
    const std::string mechanism = file_.text_attribute("", "mechanism").value_or("");
    if (mechanism != configuration.chemistry.mechanism && config.species.empty())
      throw DataError(fmt::format(
          "{}: its parent ran with chemistry.mechanism \"{}\", this run has \"{}\"; run both with one "
          "mechanism, or name in this entry's key species those that mean the same in both",
          file_.path(), mechanism, configuration.chemistry.mechanism));
  }

  void check_hours(UtcTime first, UtcTime last) const {
    if (times_.front() <= first && last <= times_.back()) return;
    throw DataError(fmt::format(
        "{}: time: holds {} to {}; this run needs {} to {} (spin-up included). Let the parent's run.start be "
        "an hour before the first, or shorten this run",
        file_.path(), to_iso8601(times_.front()), to_iso8601(times_.back()), to_iso8601(first),
        to_iso8601(last)));
  }

  void check_top(double top_m) const {
    if (top_m > interface_m_.back() + 1.0e-6)
      throw DataError(
          fmt::format("{}: height_bnds: the parent's model top is {} m, this run's is {} m; at most the "
                      "parent's is allowed",
                      file_.path(), interface_m_.back(), top_m));
  }

  /// Every cell, and every face at the edge, must lie among the parent's cell centres.
  void set_window(const HorizontalGrid& grid) {
    double least_x = x_.count, least_y = y_.count, most_x = -1.0, most_y = -1.0;
    const HorizontalGrid::Shape& shape = grid.shape();
    for (int j = 0; j <= 2 * shape.rows; ++j) {
      for (int i = 0; i <= 2 * shape.columns; ++i) {
        const LonLat place = grid.projection().inverse(
            {shape.x_west_m + 0.5 * i * shape.dx_m, shape.y_south_m + 0.5 * j * shape.dy_m});
        const ProjectedPoint at = projection_.forward(place);
        const double x = x_.position(at.x_m), y = y_.position(at.y_m);
        if (!x_.holds(x) || !y_.holds(y))
          throw DataError(fmt::format(
              "{}: the parent does not cover this run: longitude {:.4f}, latitude {:.4f} lies at column "
              "{:.2f}, "
              "row {:.2f} of the parent; columns 0 to {} and rows 0 to {}, centre to centre, are allowed",
              file_.path(), place.longitude_deg, place.latitude_deg, x, y, x_.count - 1, y_.count - 1));
        least_x = std::min(least_x, x);
        least_y = std::min(least_y, y);
        most_x = std::max(most_x, x);
        most_y = std::max(most_y, y);
      }
    }
    cell_columns_ = (most_x - least_x) / shape.columns;
    cell_rows_ = (most_y - least_y) / shape.rows;
    const AxisShares columns = axis_shares(0.5 * (least_x + most_x), most_x - least_x, x_.count),
                     rows = axis_shares(0.5 * (least_y + most_y), most_y - least_y, y_.count);
    window_ = {.row = rows.first,
               .column = columns.first,
               .rows = static_cast<int>(rows.share.size()),
               .columns = static_cast<int>(columns.share.size())};
  }

  void set_species(const BoundaryAirConfig& config, const SpeciesTable& species) {
    std::vector<std::string> missing;
    for (const std::string& name : species.names()) {
      if (!config.species.empty() && std::ranges::find(config.species, name) == config.species.end())
        continue;
      (file_.has_variable(name) ? species_ : missing).push_back(name);
    }
    if (species_.empty())
      throw DataError(fmt::format("{}: holds none of this run's species, {}", file_.path(),
                                  fmt::join(species.names(), ", ")));
    for (const std::string& name : species_) check_shape(name);
    if (!missing.empty())
      log_warning(fmt::format("{}: the parent has no {}; what an entry before gives enters, or else none",
                              file_.path(), fmt::join(missing, ", ")));
  }

  [[nodiscard]] int interval_s() const override {
    return static_cast<int>(times_[1].seconds_since(times_[0]));
  }

  [[nodiscard]] std::optional<double> ppb(const Species& species, const AirSpot& spot) const override {
    if (std::ranges::find(species_, species.name) == species_.end()) return std::nullopt;
    if (spot.instant < times_.front() || spot.instant > times_.back()) return std::nullopt;
    if (!is_placed(spot)) place(spot);
    const auto after = std::ranges::upper_bound(times_, spot.instant);
    const auto n = static_cast<std::size_t>(
        std::min(after - times_.begin() - 1, static_cast<std::ptrdiff_t>(times_.size()) - 2));
    const double share = static_cast<double>(spot.instant.seconds_since(times_[n])) /
                         static_cast<double>(times_[n + 1].seconds_since(times_[n]));
    if (share == 0.0) return value(record(n), species.name);
    const double begin = value(record(n), species.name), end = value(record(n + 1), species.name);
    return begin + share * (end - begin);
  }

 private:
  static Projection projection_of(const NetcdfReader& file, double sphere_radius_m) {
    for (const char* name : {"crs", "time", "height_bnds"})
      if (!file.has_variable(name))
        throw DataError(
            fmt::format("{}: has no variable {}; a nest.nc is needed, as a run with output.nest = "
                        "true writes it",
                        file.path(), name));
    return Projection(proj_text_of_grid_mapping(file, "crs", sphere_radius_m));
  }

  void check_axes() const {
    if (times_.size() < 2)
      throw DataError(
          fmt::format("{}: time: holds {} instants; 2 or more are needed", file_.path(), times_.size()));
    const std::int64_t interval_s = times_[1].seconds_since(times_[0]);
    if (interval_s <= 0 || 3600 % interval_s != 0)
      throw DataError(fmt::format("{}: time: {} follows {}; an interval that divides an hour is needed",
                                  file_.path(), to_iso8601(times_[1]), to_iso8601(times_[0])));
    for (std::size_t n = 1; n < times_.size(); ++n)
      if (times_[n].seconds_since(times_[n - 1]) != interval_s)
        throw DataError(fmt::format("{}: time: {} follows {}; every {} s are needed", file_.path(),
                                    to_iso8601(times_[n]), to_iso8601(times_[n - 1]), interval_s));
    for (std::size_t k = 1; k < interface_m_.size(); ++k)
      if (!(interface_m_[k] > interface_m_[k - 1]))
        throw DataError(fmt::format("{}: height_bnds: {} m follows {} m; layers must rise", file_.path(),
                                    interface_m_[k], interface_m_[k - 1]));
    if (terrain_m_.size() != static_cast<std::size_t>(x_.count) * static_cast<std::size_t>(y_.count))
      throw DataError(fmt::format("{}: terrain: has {} values; {} cells need one each", file_.path(),
                                  terrain_m_.size(), x_.count * y_.count));
  }

  void check_shape(const std::string& name) const {
    const std::string unit = file_.text_attribute(name, "units").value_or("");
    if (unit != "1e-9")
      throw DataError(
          fmt::format(R"({}: {}: the unit "{}" is not "1e-9" (ppb in dry air))", file_.path(), name, unit));
    const std::vector<std::size_t> wanted = {times_.size(), layers_, static_cast<std::size_t>(y_.count),
                                             static_cast<std::size_t>(x_.count)};
    std::vector<std::size_t> found;
    for (const auto& dimension : file_.shape(name)) found.push_back(dimension.length);
    if (found != wanted)
      throw DataError(fmt::format("{}: {}: has the shape {}; {} is needed", file_.path(), name,
                                  fmt::join(found, " x "), fmt::join(wanted, " x ")));
  }

  /// Two instants are kept: the ends of the interval that a run is in.
  const Record& record(std::size_t index) const {
    Record& kept = records_[index % records_.size()];
    if (kept.index == index && !kept.ppb.empty()) return kept;
    Record fresh{.index = index, .ppb = {}};
    for (const std::string& name : species_) {
      std::vector<double>& values = fresh.ppb[name];
      values = file_.read(
          name, {index, 0, static_cast<std::size_t>(window_.row), static_cast<std::size_t>(window_.column)},
          {1, layers_, static_cast<std::size_t>(window_.rows), static_cast<std::size_t>(window_.columns)});
      for (const double value : values)
        if (!std::isfinite(value))
          throw DataError(fmt::format("{}: {}: holds {} at {}; a number is needed in every cell",
                                      file_.path(), name, value, to_iso8601(times_[index])));
    }
    kept = std::move(fresh);
    return kept;
  }

  [[nodiscard]] double value(const Record& record, const std::string& name) const {
    const std::vector<double>& values = record.ppb.at(name);
    double sum = 0.0, least = values[parts_.front().index], greatest = least;
    for (const Part& part : parts_) {
      sum += part.share * values[part.index];
      least = std::min(least, values[part.index]);
      greatest = std::max(greatest, values[part.index]);
    }
    return std::clamp(sum, least, greatest);  // a parabola may pass them beside a sharp edge
  }

  [[nodiscard]] bool is_placed(const AirSpot& spot) const {
    return !parts_.empty() && spot.entrance.longitude_deg == placed_.entrance.longitude_deg &&
           spot.entrance.latitude_deg == placed_.entrance.latitude_deg && spot.bottom_m == placed_.bottom_m &&
           spot.top_m == placed_.top_m && spot.scale_height_m == placed_.scale_height_m;
  }

  /// The parent's cells that make up a spot, kept for its other species.
  void place(const AirSpot& spot) const {
    placed_ = spot;
    parts_.clear();
    const ProjectedPoint at = projection_.forward(spot.entrance);
    const double x = std::clamp(x_.position(at.x_m), 0.0, x_.count - 1.0),
                 y = std::clamp(y_.position(at.y_m), 0.0, y_.count - 1.0);
    const AxisShares columns = axis_shares(x, spot.entrance_columns * cell_columns_, x_.count),
                     rows = axis_shares(y, spot.entrance_rows * cell_rows_, y_.count);
    for (std::size_t j = 0; j < rows.share.size(); ++j) {
      for (std::size_t i = 0; i < columns.share.size(); ++i) {
        const double share = rows.share[j] * columns.share[i];
        if (share != 0.0)
          add_column(rows.first + static_cast<int>(j), columns.first + static_cast<int>(i), share, spot);
      }
    }
  }

  /// Layers of one column of the parent: follow its terrain, nominal_k (1 - terrain/top) above the ground.
  void add_column(int row, int column, double share, const AirSpot& spot) const {
    const double terrain_m = terrain_m_[static_cast<std::size_t>(row) * static_cast<std::size_t>(x_.count) +
                                        static_cast<std::size_t>(column)];
    const double squeeze = 1.0 - terrain_m / interface_m_.back();
    const auto below = [&](double height_m) { return -std::expm1(-height_m / spot.scale_height_m); };
    std::vector<double> air(layers_, 0.0);
    double sum = 0.0;
    for (std::size_t k = 0; k < layers_; ++k) {
      const bool is_lowest = k == 0, is_highest = k + 1 == layers_;  // they reach as far as is asked
      const double from = is_lowest ? spot.bottom_m : std::max(squeeze * interface_m_[k], spot.bottom_m);
      const double to = is_highest ? spot.top_m : std::min(squeeze * interface_m_[k + 1], spot.top_m);
      if (to > from) sum += air[k] = below(to) - below(from);
    }
    if (sum == 0.0) {  // a level, not a layer: the layer it lies in
      std::size_t k = 0;
      while (k + 1 < layers_ && squeeze * interface_m_[k + 1] < spot.bottom_m) ++k;
      sum = air[k] = 1.0;
    }
    const auto rows = static_cast<std::size_t>(window_.rows),
               columns = static_cast<std::size_t>(window_.columns);
    const auto j = static_cast<std::size_t>(row - window_.row),
               i = static_cast<std::size_t>(column - window_.column);
    for (std::size_t k = 0; k < layers_; ++k)
      if (air[k] > 0.0) parts_.push_back({(k * rows + j) * columns + i, share * air[k] / sum});
  }

  NetcdfReader file_;
  Projection projection_;
  CentreAxis x_, y_;
  std::vector<UtcTime> times_;
  std::size_t layers_ = 0;
  std::vector<double> interface_m_;              // over ground at sea level
  std::vector<double> terrain_m_;                // [row][column]
  double cell_columns_ = 1.0, cell_rows_ = 1.0;  // of the parent, in a cell of this run
  ParentWindow window_;
  std::vector<std::string> species_;
  mutable std::array<Record, 2> records_;
  mutable AirSpot placed_;
  mutable std::vector<Part> parts_;  // of the spot placed last
};

}  // namespace

std::unique_ptr<AirSource> open_nest_air(const Case& configuration, const BoundaryAirConfig& config,
                                         const HorizontalGrid& grid, const SpeciesTable& species) {
  auto nest = std::make_unique<NestAir>(configuration.resolve(config.file), grid.sphere_radius_m());
  nest->check_mechanism(configuration, config);
  nest->check_hours(configuration.run.start.plus_seconds(-std::llround(configuration.run.spin_up_h * 3600.0)),
                    configuration.run.end);
  if (!configuration.grid.layer_tops_m.empty()) nest->check_top(configuration.grid.layer_tops_m.back());
  nest->set_window(grid);
  nest->set_species(config, species);
  return nest;
}

}  // namespace lantian
