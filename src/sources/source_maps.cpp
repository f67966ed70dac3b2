#include "source_maps.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace lantian {

std::string pollutant_group(const std::string& pollutant) {
  return pollutant == "PM25" || pollutant == "PMC" ? "PM" : pollutant;
}

bool is_meant(const ScalingConfig& selection, const SourceAttributes& source) {
  const auto meets = [](const std::vector<std::string>& wanted, const std::string& found) {
    return wanted.empty() || std::ranges::find(wanted, found) != wanted.end();
  };
  return meets(selection.sectors, source.sector) && meets(selection.districts, source.district) &&
         meets(selection.enterprises, source.enterprise_id) &&
         meets(selection.pollutants, pollutant_group(source.pollutant));
}

double scaling_of(const std::vector<ScalingConfig>& scalings, const SourceAttributes& source) {
  double factor = 1.0;
  for (const ScalingConfig& one : scalings)
    if (is_meant(one, source)) factor *= one.factor;
  return factor;
}

void check_scalings(const std::vector<ScalingConfig>& scalings, const SourceNames& known,
                    Problems& problems) {
  const auto check = [&problems](std::size_t n, const std::vector<std::string>& wanted,
                                 const std::vector<std::string>& found, const std::string& what) {
    for (const std::string& name : wanted)
      if (std::ranges::find(found, name) == found.end())
        problems.add(fmt::format("emissions.scaling.{}: there is no {} \"{}\"; known are {}.{}", n, what,
                                 name, found.empty() ? "none" : fmt::format("{}", fmt::join(found, ", ")),
                                 did_you_mean(name, found)));
  };
  for (std::size_t n = 0; n < scalings.size(); ++n) {
    check(n, scalings[n].sectors, known.sectors, "sector");
    check(n, scalings[n].districts, known.districts, "district");
    check(n, scalings[n].enterprises, known.enterprises, "enterprise");
  }
}

template <class Map>
auto* ProfileFinder::pick(Map& map, const std::string& kind, const std::string& named,
                          const std::string& sector) {
  if (map.empty()) {  // a table that cannot be read has its fault already
    if (problems_.empty()) problems_.add(fmt::format("emissions: the table of {} profiles is empty", kind));
    return static_cast<typename Map::mapped_type*>(nullptr);
  }
  std::vector<std::string> known;
  known.reserve(map.size());
  for (const auto& [name, profile] : map) known.push_back(name);
  if (!named.empty()) {
    const auto found = map.find(named);
    if (found != map.end()) return &found->second;
    problems_.add(fmt::format(R"(sector "{}": there is no {} profile "{}"; known are {}.{})", sector, kind,
                              named, fmt::join(known, ", "), did_you_mean(named, known)));
  }
  const auto own = map.find(sector);
  if (own != map.end()) return &own->second;
  const auto otherwise = map.find("default");
  if (otherwise == map.end())
    problems_.add(fmt::format(
        R"(sector "{}": there is neither a {} profile of that name nor one named "default")", sector, kind));
  if (named.empty() && kind != "vertical")
    log_info(fmt::format(R"(sector "{}" has no {} profile of its own; "default" is used)", sector, kind));
  return otherwise == map.end() ? nullptr : &otherwise->second;
}

SourceProfiles ProfileFinder::find(const std::string& sector, const std::string& temporal,
                                   const std::string& vertical, const std::string& speciation) {
  return {pick(tables_.temporal, "temporal", temporal, sector),
          pick(tables_.vertical, "vertical", vertical, sector),
          pick(tables_.speciation, "speciation", speciation, sector)};
}

}  // namespace lantian
