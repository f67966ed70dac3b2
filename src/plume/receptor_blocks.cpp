#include "receptor_blocks.hpp"

#include <algorithm>

namespace lantian::plume {

std::vector<ReceptorBlock> receptor_blocks(const std::vector<Receptor>& receptors) {
  std::vector<ReceptorBlock> blocks;
  for (std::size_t first = 0; first < receptors.size(); first += lane_count) {
    ReceptorBlock block;
    block.first = first;
    block.count = static_cast<int>(std::min<std::size_t>(lane_count, receptors.size() - first));
    for (int lane = 0; lane < lane_count; ++lane) {
      const Receptor& receptor = receptors[first + static_cast<std::size_t>(std::min(lane, block.count - 1))];
      block.x_m[lane] = receptor.place.x_m;
      block.y_m[lane] = receptor.place.y_m;
      block.elevation_m[lane] = receptor.elevation_m;
      block.hill_height_m[lane] = receptor.hill_height_m;
      block.flagpole_m[lane] = receptor.flagpole_m;
    }
    blocks.push_back(block);
  }
  return blocks;
}

}  // namespace lantian::plume
