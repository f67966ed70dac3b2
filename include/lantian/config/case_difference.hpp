#pragma once

#include <string>
#include <vector>

namespace lantian {

/// Keys in which two printed cases differ, as `transport.limiter_plume: "monotone" there, "unlimited" here`.
[[nodiscard]] std::vector<std::string> case_differences(const std::string& there, const std::string& here);

}  // namespace lantian
