#include "source_plan.hpp"

#include "building_list.hpp"
#include "fall_classes.hpp"
#include "plume_shapes.hpp"

#include "lantian/base/log.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <utility>

namespace lantian::steady {

namespace {

/// A source and the share of its emitter's rate that it stands for.
struct Placed {
  plume::Source source;
  LonLat place;  // whose air it takes
  double share = 1.0;
};

/// A source and what it belongs to.
struct Part {
  plume::Source source;
  PlannedSource planned;
};

class Planner {
 public:
  Planner(const PlumeCase& configuration, const HorizontalGrid& weather, const Projection& map,
          const BuildingList& buildings, SourcePlan& plan)
      : case_(configuration), weather_(weather), map_(map), buildings_(buildings), plan_(plan) {
    const int year = civil_time(case_.run.start, case_.run.utc_offset_h).year;
    constexpr double g_per_t = 1.0e6;
    g_s_per_t_yr_ = g_per_t / (86400.0 * days_in_year(year));
  }

  void add(std::size_t n, const PlumeEmitter& emitter, Problems& problems) {
    ++all_;
    std::vector<double> rate_g_s;
    for (const std::string& pollutant : plan_.pollutants) {
      const auto found = emitter.t_yr.find(pollutant);
      rate_g_s.push_back(found == emitter.t_yr.end() ? 0.0 : found->second * g_s_per_t_yr_);
    }
    if (std::ranges::all_of(rate_g_s, [](double rate) { return rate == 0.0; })) {
      ++idle_;
      return;
    }
    bool is_inside = true;
    for (std::size_t fall = 0; fall < plan_.classes.size(); ++fall) {
      const PlannedSource planned{
          .emitter = n, .row = 0, .column = 0, .rate_g_s = rates_in(plan_, fall, rate_g_s)};
      if (std::ranges::all_of(planned.rate_g_s, [](double rate) { return rate == 0.0; })) continue;
      for (Placed& part : parts_of(emitter, fall))
        is_inside = add_part(std::move(part), planned, emitter, fall) && is_inside;
    }
    if (is_inside) return;
    tell_wrong_degrees(emitter, problems);
    if (outside_.empty() || outside_.back() != name_of(emitter)) outside_.push_back(name_of(emitter));
  }

  /// Puts the sources of a column beside each other, and tells what is left out.
  void finish(Problems& problems) {
    std::ranges::stable_sort(parts_, {}, [](const Part& part) { return part.planned.column; });
    plan_.first_of_column.assign(plan_.columns.size() + 1, 0);
    for (Part& part : parts_) {
      ++plan_.first_of_column[part.planned.column + 1];
      plan_.sources.push_back(std::move(part.source));
      plan_.planned.push_back(std::move(part.planned));
    }
    std::partial_sum(plan_.first_of_column.begin(), plan_.first_of_column.end(),
                     plan_.first_of_column.begin());
    lay_out_series(case_, plan_);
    tell(problems);
  }

 private:
  static std::string name_of(const PlumeEmitter& emitter) {
    return emitter.stack_id.empty() ? emitter.enterprise_id
                                    : fmt::format("{}, stack {}", emitter.enterprise_id, emitter.stack_id);
  }

  void tell_wrong_degrees(const PlumeEmitter& emitter, Problems& problems) const {
    const auto [longitude, latitude] = emitter.place;
    if (std::fabs(longitude) <= 90.0 && weather_.locate({latitude, longitude}))
      problems.add(
          fmt::format("{}: longitude {} and latitude {} seem to be swapped: turned round they lie in the "
                      "weather's grid",
                      emitter.written_at, longitude, latitude));
    if (lies_inside_as_radians(emitter.place, weather_))
      problems.add(fmt::format("{}: longitude {} and latitude {} seem to be radians: degrees are needed",
                               emitter.written_at, longitude, latitude));
  }

  void tell(Problems& problems) const {
    const std::string pollutants = fmt::format("{}", fmt::join(plan_.pollutants, ", "));
    if (idle_ > 0 && idle_ == all_)
      problems.add(fmt::format("{}: none of the {} sources emits any of {}", case_.path, all_, pollutants));
    else if (idle_ > 0)
      log_info(fmt::format("{} of the sources emit none of {}", idle_, pollutants));
    if (outside_.empty()) return;
    const LonLat south_west = weather_.corner(0, 0),
                 north_east = weather_.corner(weather_.rows(), weather_.columns());
    const std::string span = fmt::format(
        "the weather, which spans about lon {:.2f} to {:.2f}, lat {:.2f} to {:.2f}", south_west.longitude_deg,
        north_east.longitude_deg, south_west.latitude_deg, north_east.latitude_deg);
    constexpr std::size_t most_told = 6;
    const std::vector<std::string> first(
        outside_.begin(),
        outside_.begin() + static_cast<std::ptrdiff_t>(std::min(most_told, outside_.size())));
    const std::string names =
        fmt::format("{}{}", fmt::join(first, "; "), outside_.size() > most_told ? "; ..." : "");
    if (plan_.sources.empty())
      problems.add(fmt::format("{}: all {} sources that emit any of {} lie beyond {}: {}", case_.path,
                               outside_.size(), pollutants, span, names));
    else
      log_warning(
          fmt::format("{} sources lie beyond {}, and are left out: {}", outside_.size(), span, names));
  }

  [[nodiscard]] std::vector<Placed> parts_of(const PlumeEmitter& emitter, std::size_t fall) const {
    const PlumePhysicsConfig& config = case_.plume;
    const PlumeShapes shapes(map_, config);
    std::vector<Placed> parts;
    if (emitter.kind == PlumeEmitter::Kind::stack) {
      if (emitter.fugitive < 1.0)
        parts.push_back(
            {shapes.stack(emitter, buildings_.of(emitter)), emitter.place, 1.0 - emitter.fugitive});
      if (emitter.fugitive > 0.0)
        parts.push_back({shapes.fugitive(emitter), emitter.place, emitter.fugitive});
    } else {
      for (PlacedShape& shape :
           emitter.kind == PlumeEmitter::Kind::line ? shapes.lines(emitter, fall > 0) : shapes.areas(emitter))
        parts.push_back({std::move(shape.source), shape.middle, 1.0});
    }
    for (Placed& part : parts) {
      part.source.name = name_of(emitter);
      part.source.particles = plan_.classes[fall].particles;
      part.source.particle_mean = plan_.classes[fall].particle_mean;
      part.source.gas = plan_.classes[fall].gas;
    }
    return parts;
  }

  /// False when the place lies beyond the weather.
  bool add_part(Placed part, PlannedSource planned, const PlumeEmitter& emitter, std::size_t fall) {
    const auto cell = weather_.locate(part.place);
    if (!cell) return false;
    planned.row = row_of(emitter);
    planned.column = column_of(*cell, fall);
    for (double& rate : planned.rate_g_s) rate *= part.share;
    parts_.push_back({std::move(part.source), std::move(planned)});
    return true;
  }

  std::size_t row_of(const PlumeEmitter& emitter) {
    const std::string& by = case_.output.by;
    SourceRow row{emitter.enterprise_id, emitter.enterprise_name, emitter.district, emitter.sector};
    if (by == "stack") row.id = emitter.enterprise_id + "/" + emitter.stack_id;
    if (by == "sector") row = {emitter.sector, "", "", emitter.sector};
    if (by == "district")
      row = {emitter.district.empty() ? "none" : emitter.district, "", emitter.district, ""};
    if (by == "total") row = {"total", "", "", ""};
    const auto [found, is_new] = row_by_id_.try_emplace(row.id, plan_.rows.size());
    if (is_new) plan_.rows.push_back(std::move(row));
    return found->second;
  }

  std::size_t column_of(HorizontalGrid::Cell cell, std::size_t fall) {
    const auto [found, is_new] =
        column_by_cell_.try_emplace({cell.row, cell.column, fall}, plan_.columns.size());
    if (is_new) {
      plan_.columns.push_back(cell);
      plan_.class_of_column.push_back(fall);
      plan_.convergence_rad.push_back(map_.grid_convergence_rad(weather_.centre(cell.row, cell.column)));
    }
    return found->second;
  }

  const PlumeCase& case_;
  const HorizontalGrid& weather_;
  const Projection& map_;
  const BuildingList& buildings_;
  SourcePlan& plan_;
  double g_s_per_t_yr_ = 0.0;
  std::size_t all_ = 0, idle_ = 0;
  std::vector<std::string> outside_;
  std::vector<Part> parts_;
  std::map<std::string, std::size_t> row_by_id_;
  std::map<std::tuple<int, int, std::size_t>, std::size_t> column_by_cell_;  // of row, column, class
};

}  // namespace

std::string Quantity::name() const {
  if (is_air()) return pollutant;
  return pollutant + (kind == Kind::dry ? "_dry_deposition" : "_wet_deposition");
}

std::optional<std::size_t> SourcePlan::series_of(std::size_t source, Quantity::Kind kind) const {
  const std::size_t c = planned[source].column, count = first_of_column[c + 1] - first_of_column[c],
                    series = first_series[c] + static_cast<std::size_t>(kind) * count + source -
                             first_of_column[c];
  if (series >= first_series[c + 1]) return std::nullopt;
  return series;
}

SourcePlan source_plan(const PlumeCase& configuration, const PlumeEmitters& emitters,
                       const HorizontalGrid& weather, const Projection& map, Problems& problems) {
  SourcePlan plan;
  for (const std::string& wanted : configuration.plume.pollutants)
    if (const std::string name = emitted_as(wanted);
        std::ranges::find(plan.pollutants, name) == plan.pollutants.end())
      plan.pollutants.push_back(name);
  plan.classes = fall_classes(configuration);
  plan.quantities = quantities_of(configuration, plan.pollutants);
  const BuildingList buildings(configuration, emitters.all(), problems);
  Planner planner(configuration, weather, map, buildings, plan);
  for (std::size_t n = 0; n < emitters.all().size(); ++n) planner.add(n, emitters.all()[n], problems);
  planner.finish(problems);
  return plan;
}

}  // namespace lantian::steady
