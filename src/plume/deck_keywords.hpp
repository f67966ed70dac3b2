#pragma once

#include <string>
#include <vector>

namespace lantian::plume {

/// The keywords of a pathway (CO, SO, RE, ME, OU) that are read.
[[nodiscard]] const std::vector<std::string>& known_keywords(const std::string& pathway);

/// Why a keyword of AERMOD's is not read; empty when AERMOD has no such keyword either.
[[nodiscard]] std::string why_refused(const std::string& pathway, const std::string& keyword);

}  // namespace lantian::plume
