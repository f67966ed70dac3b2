#include "feature_faults.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lantian {

void FeatureFaults::add(const FeaturePlace& at, const std::string& found, const std::string& mend) {
  const auto known = std::ranges::find(kinds_, mend, &Kind::mend);
  if (known == kinds_.end()) {
    kinds_.push_back({at, found, mend, 1, at.index});
  } else if (known->last != at.index) {
    ++known->features;
    known->last = at.index;
  }
}

void FeatureFaults::tell(Problems& problems) const {
  for (const Kind& kind : kinds_) {
    const std::string name = kind.at.name.empty() ? "" : fmt::format(" \"{}\"", kind.at.name),
                      count =
                          kind.features > 1 ? fmt::format(" (one of {} such features)", kind.features) : "";
    problems.add(fmt::format("{}: features[{}]{}: {}{}; {}", path_, kind.at.index, name, kind.found, count,
                             kind.mend));
  }
}

}  // namespace lantian
