#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/config/plume_case.hpp"
#include "lantian/plume/plume_case.hpp"
#include "lantian/sources/plume_emitters.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lantian::steady {

/// What the wind of each direction meets at the stacks of a case.
class BuildingList {
 public:
  /// Reads emissions.buildings: CSV enterprise_id[,stack_id],direction_deg,height_m,width_m,length_m,xbadj_m,
  /// ybadj_m with one line for each of 36 directions (10, 20 ... 360 degrees) that the wind blows to, or
  /// GeoJSON whose features have the same properties with 36 numbers each, without direction_deg. Without a
  /// stack_id a building stands at all stacks of its enterprise that have none of their own. Faults go to
  /// `problems`: values, directions that lack or come twice, enterprises and stacks that are none.
  BuildingList(const PlumeCase& configuration, const std::vector<PlumeEmitter>& emitters, Problems& problems);

  /// Of a stack; empty: none.
  [[nodiscard]] std::vector<plume::BuildingSector> of(const PlumeEmitter& emitter) const;

 private:
  using Key = std::pair<std::string, std::string>;  // enterprise, stack
  struct Building {
    std::string written_at;
    std::map<int, plume::BuildingSector> sectors;  // by direction in tens of degrees
  };
  struct Row {
    Key key;
    std::string written_at;
    int direction = 0;  // in tens of degrees
    plume::BuildingSector sector;
  };
  void read_csv(const std::string& path, Problems& problems);
  void read_geojson(const std::string& path, Problems& problems);
  void add(const Row& row, Problems& problems);
  void check(const std::vector<PlumeEmitter>& emitters, Problems& problems) const;

  std::map<Key, Building> buildings_;
};

}  // namespace lantian::steady
