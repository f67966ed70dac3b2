#include "mechanism.hpp"

#include <algorithm>
#include <set>

namespace lantian::generator {

SparsePattern eliminate(const Mechanism& mechanism) {
  const auto count = mechanism.species.size();
  std::vector<std::set<std::size_t>> row(count), column(count);  // of what is not yet eliminated
  const auto add = [&](std::size_t r, std::size_t c) {
    row[r].insert(c);
    column[c].insert(r);
  };
  for (std::size_t s = 0; s < count; ++s) add(s, s);
  for (const Reaction& reaction : mechanism.reactions)
    for (const auto& [s, coefficient] : reaction.net)
      for (const int by : reaction.reactants) add(static_cast<std::size_t>(s), static_cast<std::size_t>(by));

  SparsePattern pattern;
  std::vector<std::size_t> position(count, count);
  std::vector<std::set<std::size_t>> filled = row;
  for (std::size_t step = 0; step < count; ++step) {
    std::size_t best = count, least = 0;
    for (std::size_t s = 0; s < count; ++s) {
      if (position[s] < count) continue;
      const std::size_t cost = (row[s].size() - 1) * (column[s].size() - 1);
      if (best == count || cost < least) {
        best = s;
        least = cost;
      }
    }
    position[best] = step;
    pattern.order.push_back(static_cast<int>(best));
    for (const std::size_t r : column[best]) {
      if (r == best) continue;
      for (const std::size_t c : row[best]) {
        if (c == best) continue;
        add(r, c);
        filled[r].insert(c);
      }
    }
    for (const std::size_t c : row[best]) column[c].erase(best);
    for (const std::size_t r : column[best]) row[r].erase(best);
    row[best].clear();
    column[best].clear();
  }
  pattern.row.resize(count);
  for (std::size_t s = 0; s < count; ++s) {
    for (const std::size_t c : filled[s]) pattern.row[position[s]].push_back(static_cast<int>(position[c]));
    std::ranges::sort(pattern.row[position[s]]);
  }
  return pattern;
}

}  // namespace lantian::generator
