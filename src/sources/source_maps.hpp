#pragma once

#include "enterprise_list.hpp"
#include "gridded_inventory.hpp"
#include "profiles.hpp"

#include "lantian/config/case.hpp"
#include "lantian/field/array.hpp"
#include "lantian/field/species.hpp"
#include "lantian/sources/district_map.hpp"

#include <map>
#include <string>
#include <vector>

namespace lantian {

/// The group of pollutants that a cut names: PM for PM25 and PMC, else the pollutant itself.
[[nodiscard]] std::string pollutant_group(const std::string& pollutant);

/// What a selection meets: the attributes of a source.
struct SourceAttributes {
  std::string sector, district, enterprise_id, pollutant;
};

/// Whether a cut means a source. @see ScalingConfig
[[nodiscard]] bool is_meant(const ScalingConfig& selection, const SourceAttributes& source);

/// Product of the factors of all cuts that mean a source.
[[nodiscard]] double scaling_of(const std::vector<ScalingConfig>& scalings, const SourceAttributes& source);

/// What sources are called.
struct SourceNames {
  std::vector<std::string> sectors, districts, enterprises;
};

/// Faults for cuts that name a sector, district or enterprise that is not there: they would cut nothing.
void check_scalings(const std::vector<ScalingConfig>& scalings, const SourceNames& known, Problems& problems);

/// Profiles that a source uses, looked up once.
struct SourceProfiles {
  TemporalProfile* temporal = nullptr;
  const VerticalProfile* vertical = nullptr;
  const std::map<std::string, std::vector<SpeciationPart>>* speciation = nullptr;
};

/// A name's profile, else "default", else a fault. A sector without a profile of its own is told once in the
/// log.
class ProfileFinder {
 public:
  ProfileFinder(ProfileTables& tables, Problems& problems) : tables_(tables), problems_(problems) {}
  /// `named` must exist when not empty; else the sector's own or the default is taken.
  SourceProfiles find(const std::string& sector, const std::string& temporal, const std::string& vertical,
                      const std::string& speciation);

 private:
  template <class Map>
  auto* pick(Map& map, const std::string& kind, const std::string& named, const std::string& sector);
  ProfileTables& tables_;
  Problems& problems_;
};

}  // namespace lantian
