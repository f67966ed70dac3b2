#pragma once

#include "emission_targets.hpp"
#include "gridded_inventory.hpp"

#include "lantian/base/time.hpp"
#include "lantian/field/array.hpp"
#include "lantian/sources/district_map.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// Shares of a vertical profile in the layers of every column.
struct ProfileShares {
  int layers = 0;  // the lowest that have any
  Array3<double> share;
};

/// A sector of a gridded inventory, ready for the hours.
class GriddedSector {
 public:
  GriddedSector(GriddedInventory inventory, SourceProfiles profiles)
      : inventory_(std::move(inventory)), profiles_(profiles) {}

  /// Works out species and cuts, once.
  void prepare(const ProfileTables& tables, const SpeciesTable& species, const DistrictMap& of_cells,
               const std::vector<ScalingConfig>& scaling);

  [[nodiscard]] const std::string& name() const { return inventory_.config.sector; }
  /// That all of it belongs to; empty: to that of each cell.
  [[nodiscard]] const std::string& district() const { return inventory_.district; }
  [[nodiscard]] const VerticalProfile* vertical() const { return profiles_.vertical; }
  /// Pollutants of which some share has no species in the run.
  [[nodiscard]] std::vector<std::string> unused() const;

  /// Adds the rates [mol s-1] of the hour that begins at `local` and books its mass.
  void add_hour(const CivilTime& local, const ProfileShares& by_layer, std::vector<Array3<double>>& rates,
                MassTable& table);

  /// Mass [t] of the pollutants of a group ("all" of them) that a selection means, over some hours.
  [[nodiscard]] double selected_t(const ScalingConfig& selection, const std::string& group,
                                  const std::vector<CivilTime>& hours, const DistrictMap& of_cells);

 private:
  struct Pollutant {
    EmissionTargets targets;
    std::vector<Array2<double>> kept_t;  // by period, after cuts
    std::vector<double> cut_t, kept_sum_t;
  };
  struct HourPart {
    std::size_t period;
    double share;  // of the period's mass that falls into the hour
  };
  /// The map that tells where its mass belongs: of one district, or the case's.
  [[nodiscard]] const DistrictMap& districts_of(const DistrictMap& districts) const;
  HourPart part_of(const PollutantMap& map, const CivilTime& local) const;

  GriddedInventory inventory_;
  SourceProfiles profiles_;
  std::map<std::string, Pollutant> pollutants_;
  std::optional<DistrictMap> own_district_;
};

}  // namespace lantian
