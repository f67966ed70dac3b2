#pragma once

#include "plume/briggs1975.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/time.hpp"
#include "lantian/config/case.hpp"
#include "lantian/grid/projection.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// A source as plumes begin at it: a stack of the enterprise list, or a line or an area of a GeoJSON file.
struct PlumeEmitter {
  enum class Kind { stack, line, area };
  Kind kind = Kind::stack;
  std::string enterprise_id, enterprise_name, district, stack_id, sector;
  std::string written_at;  // file:line
  LonLat place{};
  Stack stack{};
  std::optional<double> base_elevation_m;  // of the ground at a stack; none: that of a map of terrain
  double fugitive = 0.0;                   // share that leaves near the ground
  // Of lines and areas: lines, or rings whose last place is their first (holes hang on slits), and where the
  // emission leaves.
  std::vector<std::vector<LonLat>> places;
  bool is_at_ground = true;                       // vertical profile "surface"
  double release_height_m = 0.0, spread_m = 0.0;  // else: mean and standard deviation of the profile's height
  std::map<std::string, double> t_yr;             // NOx, VOC, SO2, NH3, CO, PM25, PM10
};

/// The sources of a case that have a place of their own, and their courses in time: the inputs of the grid
/// model.
class PlumeEmitters {
 public:
  /// Reads what emissions of `configuration` names. Faults go to `problems`.
  PlumeEmitters(const Case& configuration, Problems& problems);
  ~PlumeEmitters();
  PlumeEmitters(PlumeEmitters&&) noexcept;
  PlumeEmitters& operator=(PlumeEmitters&&) noexcept;

  [[nodiscard]] const std::vector<PlumeEmitter>& all() const;
  /// Rate of the n-th source in the hour that begins at `local`, over its mean rate of that year.
  [[nodiscard]] double course(std::size_t n, const CivilTime& local);
  /// Files that were read.
  [[nodiscard]] const std::vector<std::string>& files() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lantian
