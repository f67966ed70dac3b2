#pragma once

#include "file_kind.hpp"

#include "lantian/sources/feature_summary.hpp"

#include <string>

namespace lantian {

/// What features are to Lantian: lines and areas that emit, districts, buildings at stacks.
[[nodiscard]] FileKind kind_of(const FeatureSummary& features);

/// Geometries, extent and properties of features, a line each.
[[nodiscard]] std::string page_of(const FeatureSummary& features);

}  // namespace lantian
