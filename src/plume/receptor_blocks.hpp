#pragma once

#include "lantian/base/lanes.hpp"
#include "lantian/plume/plume_case.hpp"

#include <cstddef>
#include <vector>

namespace lantian::plume {

/// Eight receptors side by side; the last block is filled up with its last receptor.
struct ReceptorBlock {
  Lanes x_m{}, y_m{}, elevation_m{}, hill_height_m{}, flagpole_m{};
  std::size_t first{};  ///< number of its first receptor
  int count{};          ///< how many are real
};

[[nodiscard]] std::vector<ReceptorBlock> receptor_blocks(const std::vector<Receptor>& receptors);

}  // namespace lantian::plume
