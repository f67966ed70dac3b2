#pragma once

#include "emission_targets.hpp"
#include "enterprise_list.hpp"

#include "lantian/base/time.hpp"
#include "lantian/field/array.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/weather/meteorology.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// A stack of the enterprise list on the model grid, or beyond it.
class PlacedStack {
 public:
  PlacedStack(StackSource source, SourceProfiles profiles, std::optional<HorizontalGrid::Cell> cell)
      : source_(std::move(source)), profiles_(profiles), cell_(cell) {}

  /// Works out species and cuts, once.
  void prepare(const ProfileTables& tables, const SpeciesTable& species,
               const std::vector<ScalingConfig>& scaling);

  [[nodiscard]] const StackSource& source() const { return source_; }
  [[nodiscard]] bool is_inside() const { return cell_.has_value(); }
  [[nodiscard]] std::vector<std::string> unused() const;

  /// Adds the rates [mol s-1] of the hour that begins at `local`, at the plume's height, and books its mass.
  void add_hour(const CivilTime& local, const WeatherSnapshot& weather, const Surface& surface,
                std::vector<Array3<double>>& rates, MassTable& table);

  /// Mass [t] of the pollutants of a group ("all" of them) that a selection means, over some hours.
  [[nodiscard]] double selected_t(const ScalingConfig& selection, const std::string& group,
                                  const std::vector<CivilTime>& hours);

 private:
  struct Pollutant {
    EmissionTargets targets;
    double factor = 1.0;
  };
  /// Share of the year's mass that falls into the hour.
  [[nodiscard]] double hour_share(const CivilTime& local) const;

  StackSource source_;
  SourceProfiles profiles_;
  std::optional<HorizontalGrid::Cell> cell_;
  std::map<std::string, Pollutant> pollutants_;
};

}  // namespace lantian
