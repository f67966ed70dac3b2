#include "feature_values.hpp"

#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace lantian {

std::optional<double> number_of(const GeoFeature& feature, const NumberProperty& property,
                                FeatureFaults& faults) {
  const auto found = feature.properties.find(property.name);
  if (found == feature.properties.end()) {
    std::vector<std::string> names;
    for (const auto& [name, value] : feature.properties) names.push_back(name);
    faults.add(feature.at,
               fmt::format("has no property \"{}\"; found {}.{}", property.name,
                           names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", ")),
                           did_you_mean(property.name, names)),
               fmt::format("the case reads {} from \"{}\"", property.meaning, property.name));
    return std::nullopt;
  }
  const GeoValue& value = found->second;
  if (value.is_null() && property.may_be_null) return std::nullopt;
  const std::string what = fmt::format("{} is {}", property.name, value.written);
  if (!value.number) {
    faults.add(feature.at, what, fmt::format("a number is needed, {}", property.meaning));
    return std::nullopt;
  }
  if (*value.number < property.least || *value.number > property.most) {
    faults.add(feature.at, what,
               property.most < any
                   ? fmt::format("allowed are {} to {} {}", property.least, property.most, property.meaning)
                   : fmt::format("allowed is {} or more, {}", property.least, property.meaning));
    return std::nullopt;
  }
  return value.number;
}

void make_coarse(Tonnes& tonnes, const FeaturePlace& at, FeatureFaults& faults) {
  const auto pm10 = tonnes.find("PM10");
  if (pm10 == tonnes.end()) return;
  const auto fine = tonnes.find("PM25");
  const double fine_t = fine == tonnes.end() ? 0.0 : fine->second;
  if (fine_t > pm10->second)
    faults.add(at, fmt::format("PM25 of {:.6g} t exceeds PM10 of {:.6g} t", fine_t, pm10->second),
               "PM10 holds PM25");
  tonnes["PMC"] = std::max(pm10->second - fine_t, 0.0);
  tonnes.erase("PM10");
}

}  // namespace lantian
