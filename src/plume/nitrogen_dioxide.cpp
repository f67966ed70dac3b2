#include "nitrogen_dioxide.hpp"

#include "plume/nitrogen_dioxide.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace lantian::plume {
namespace {

/// The NOx of all sources at one receptor.
class ReceptorColumn {
 public:
  ReceptorColumn(std::span<double> all, std::size_t count, std::size_t receptor)
      : all_(all), count_(count), receptor_(receptor) {}
  double& of(std::size_t source) const { return all_[source * count_ + receptor_]; }

 private:
  std::span<double> all_;
  std::size_t count_, receptor_;
};

void by_ratio(const ReceptorColumn& nox, std::size_t source_count, const Options& options) {
  double sum = 0.0;
  for (std::size_t s = 0; s < source_count; ++s) sum += nox.of(s);
  const double ratio = arm2_ratio(sum, options.arm2_least_ratio, options.arm2_greatest_ratio);
  for (std::size_t s = 0; s < source_count; ++s) nox.of(s) *= ratio;
}

using SourceNumbers = std::vector<std::size_t>;

/// Sources that share the ozone of the air, in the order of the first of each; one without a group has all of
/// it.
std::vector<SourceNumbers> ozone_sharers(const std::vector<Source>& sources) {
  std::vector<SourceNumbers> found;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    const std::string& name = sources[s].ozone_group;
    const auto same = std::ranges::find_if(found, [&](const SourceNumbers& one) {
      return !name.empty() && sources[one.front()].ozone_group == name;
    });
    if (same == found.end())
      found.push_back({s});
    else
      same->push_back(s);
  }
  return found;
}

void by_ozone(const ReceptorColumn& nox, const std::vector<Source>& sources, const SourceNumbers& sharers,
              const Options& options, std::optional<double> ozone_ug_m3) {
  double sum = 0.0, no = 0.0, no2 = 0.0;
  for (const std::size_t s : sharers) {
    sum += nox.of(s);
    no += (1.0 - sources[s].no2_share_of_nox) * nox.of(s);
  }
  const double oxidised = ozone_ug_m3 ? ozone_limited_share(no, *ozone_ug_m3) : 1.0;
  for (const std::size_t s : sharers) {
    const double in_stack = sources[s].no2_share_of_nox;
    nox.of(s) *= in_stack + oxidised * (1.0 - in_stack);
    no2 += nox.of(s);
  }
  const double most = options.no2_equilibrium_ratio * sum;
  if (no2 <= most) return;
  for (const std::size_t s : sharers) nox.of(s) *= most / no2;
}

}  // namespace

void convert_to_nitrogen_dioxide(const std::vector<Source>& sources, const Options& options,
                                 std::optional<double> ozone_ug_m3, std::span<double> concentration_ug_m3) {
  if (options.no2 != NitrogenDioxide::arm2 && options.no2 != NitrogenDioxide::olm) return;
  if (sources.empty()) return;
  const std::size_t count = concentration_ug_m3.size() / sources.size();
  const std::vector<SourceNumbers> sharing = ozone_sharers(sources);
  for (std::size_t i = 0; i < count; ++i) {
    const ReceptorColumn nox(concentration_ug_m3, count, i);
    if (options.no2 == NitrogenDioxide::arm2) {
      by_ratio(nox, sources.size(), options);
    } else {
      for (const SourceNumbers& sharers : sharing) by_ozone(nox, sources, sharers, options, ozone_ug_m3);
    }
  }
}

}  // namespace lantian::plume
