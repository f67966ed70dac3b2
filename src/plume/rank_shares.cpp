#include "rank_shares.hpp"

#include <algorithm>

namespace lantian::plume {

RankShares::RankShares(const ValueLayout& layout, std::size_t group, int ranks, bool of_daily_maxima)
    : group_(group),
      groups_(layout.groups),
      receptors_(layout.receptors),
      ranks_(static_cast<std::size_t>(ranks)),
      of_daily_maxima_(of_daily_maxima),
      places_(receptors_ * ranks_),
      shares_(receptors_ * ranks_ * groups_),
      mean_(receptors_ * ranks_ * groups_),
      day_(receptors_ * groups_) {
  for (std::size_t n = 0; n < places_.size(); ++n) places_[n].slot = n % ranks_;
}

void RankShares::add(const BlockMeans::Block& block) {
  const DeckHour& at = block.end;
  if (last_ && day_number(*last_) != day_number(at)) end_day();
  if (count_.is_begun_anew_by(at)) end_year();
  last_ = at;
  for (std::size_t receptor = 0; receptor < receptors_; ++receptor) {
    const std::span<double> shares = std::span(day_).subspan(receptor * groups_, groups_);
    if (!(block.values[group_ * receptors_ + receptor] > shares[group_])) continue;
    for (std::size_t group = 0; group < groups_; ++group)
      shares[group] = block.values[group * receptors_ + receptor];
  }
  if (!of_daily_maxima_) end_day();
}

void RankShares::end_day() {
  for (std::size_t receptor = 0; receptor < receptors_; ++receptor)
    insert(receptor, std::span(day_).subspan(receptor * groups_, groups_));
  std::ranges::fill(day_, 0.0);
}

void RankShares::insert(std::size_t receptor, std::span<const double> shares) {
  const std::span<Place> places = std::span(places_).subspan(receptor * ranks_, ranks_);
  const double value = shares[group_];
  if (!(value > places.back().value)) return;
  const std::size_t slot = places.back().slot;  // of the value that falls out
  std::size_t at = ranks_ - 1;
  for (; at > 0 && value > places[at - 1].value; --at) places[at] = places[at - 1];
  places[at] = {value, slot};
  const std::size_t to = (receptor * ranks_ + slot) * groups_;
  std::ranges::copy(shares, std::span(shares_).subspan(to, groups_).begin());
}

void RankShares::end_year() {
  for (std::size_t n = 0; n < places_.size(); ++n) {
    const std::size_t from = (n / ranks_ * ranks_ + places_[n].slot) * groups_;
    for (std::size_t group = 0; group < groups_; ++group) mean_[n * groups_ + group] += shares_[from + group];
    places_[n].value = 0.0;
  }
  std::ranges::fill(shares_, 0.0);
}

void RankShares::finish() {
  end_day();
  if (count_.counts_last()) end_year();
  if (years() > 1)
    for (double& share : mean_) share /= years();
}

}  // namespace lantian::plume
