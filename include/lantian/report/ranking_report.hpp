#pragma once

#include "lantian/apportion/ranking.hpp"
#include "lantian/config/case.hpp"
#include "lantian/model/receptors.hpp"

#include <string>
#include <vector>

namespace lantian {

/// Writes ranking.csv (one line a metric, group and pollutant) and ranking.json (all of it) into a folder,
/// each under a temporary name first. @throws OutputError
void write_ranking(const std::string& directory, const Case& configuration, const RankingResult& ranking,
                   const std::vector<Receptor>& receptors);

/// The table a terminal shows.
[[nodiscard]] std::string ranking_page(const Case& configuration, const RankingResult& ranking,
                                       const std::vector<Receptor>& receptors);

}  // namespace lantian
