#pragma once

#include "chemistry/lanes.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace lantian {

/// The accepted steps of an integration: how long each was and from which amounts it began, lane by lane.
///
/// Step n of a lane stands in entry n whatever the other lanes did in the meantime: refused attempts leave no
/// trace, and a lane's entries do not depend on the lanes beside it. A lane with fewer steps than the block
/// has no amounts in the last entries, and its step there is the whole interval, a finite number.
/// Keeps its memory from one integration to the next, so that it grows only to the longest one met.
template <class Mechanism, class V>
class RosenbrockRecord {
 public:
  using Traits = LaneTraits<V>;
  static constexpr auto species = static_cast<std::size_t>(Mechanism::species_count);

  struct Entry {
    typename Traits::Real step{};
    typename Traits::Mask taken{};  // lanes that have this step
    std::array<V, species> c{};     // amounts before it
  };

  void begin(double interval_s) {
    interval_s_ = interval_s;
    count_.fill(0);
    used_ = 0;
  }

  /// The lanes of `accepted` take a step from c.
  void add(const V* c, const typename Traits::Real& step, const typename Traits::Mask& accepted) {
    for (int lane = 0; lane < Traits::lanes; ++lane) {
      if (!Traits::holds(accepted, lane)) continue;
      Entry& entry = entry_of(count_[static_cast<std::size_t>(lane)]++);
      LaneTraits<typename Traits::Real>::set(entry.step, lane,
                                             LaneTraits<typename Traits::Real>::get(step, lane));
      Traits::mark(entry.taken, lane);
      for (std::size_t s = 0; s < species; ++s) Traits::set(entry.c[s], lane, Traits::get(c[s], lane));
    }
  }

  [[nodiscard]] std::size_t size() const { return used_; }
  [[nodiscard]] const Entry& operator[](std::size_t n) const { return entries_[n]; }

 private:
  Entry& entry_of(std::size_t n) {
    if (n == used_) {
      if (n == entries_.size()) entries_.emplace_back();
      entries_[n] = Entry{};
      entries_[n].step = entries_[n].step + interval_s_;
      ++used_;
    }
    return entries_[n];
  }

  double interval_s_ = 0.0;
  std::vector<Entry> entries_;
  std::size_t used_ = 0;  // entries of the present integration
  std::array<std::size_t, static_cast<std::size_t>(Traits::lanes)> count_{};  // steps of each lane
};

}  // namespace lantian
