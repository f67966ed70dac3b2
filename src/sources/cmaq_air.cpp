#include "cmaq_air.hpp"

#include "cmaq_profile.hpp"
#include "embedded/cmaq_cb6_ae7_to_cb6r5.hpp"
#include "embedded/cmaq_cb6_ae7_to_grs.hpp"

#include "lantian/base/log.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

namespace lantian {

namespace {

CsvTable map_for(const std::string& species_map, const SpeciesTable& species) {
  if (!species_map.empty()) return CsvTable::read(species_map);
  const bool is_grs = species.find("ROC").has_value();
  return CsvTable::parse(
      fmt::format("inputs/boundary_mappings/cmaq_cb6_ae7_to_{}.csv", is_grs ? "grs" : "cb6r5"),
      std::string(is_grs ? embedded::cmaq_cb6_ae7_to_grs : embedded::cmaq_cb6_ae7_to_cb6r5));
}

class CmaqAir : public AirSource {
 public:
  CmaqAir(const std::string& path, const CsvTable& map, bool is_own_map, const SpeciesTable& species)
      : profile_(path, map, is_own_map, species) {
    if (!profile_.unknown().empty())
      log_warning(fmt::format("{}: {} does not name {}: left out", path, map.path(),
                              fmt::join(profile_.unknown(), ", ")));
    if (!profile_.left_out().empty())
      log_info(fmt::format("{}: left out, as {} says: {}", path, map.path(),
                           fmt::join(profile_.left_out(), ", ")));
  }
  [[nodiscard]] bool may_give(const Species& species) const override { return profile_.has(species.name); }
  [[nodiscard]] std::optional<double> ppb(const Species& species, const AirSpot& spot) const override {
    if (!profile_.has(species.name)) return std::nullopt;
    const bool is_layer = spot.top_m > spot.bottom_m;
    return profile_.mean_ppb(species.name, is_layer ? spot.bottom_m : spot.height_m,
                             is_layer ? spot.top_m : spot.height_m);
  }

 private:
  CmaqProfile profile_;
};

}  // namespace

std::unique_ptr<AirSource> open_cmaq_air(const std::string& path, const std::string& species_map,
                                         const SpeciesTable& species) {
  return std::make_unique<CmaqAir>(path, map_for(species_map, species), species_map.empty(), species);
}

}  // namespace lantian
