#include "averaging.hpp"

#include "lantian/base/time.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian::plume {

namespace {

/// The same day and hour one year later; of 29 February the 1 March.
long long year_later(const DeckHour& at) {
  const bool is_leap_day = at.month == 2 && at.day == 29;
  return is_leap_day ? hour_number({at.year + 1, 3, 1, at.hour})
                     : hour_number({at.year + 1, at.month, at.day, at.hour});
}

DeckHour later_by_years(const DeckHour& first, int years) {
  const int year = first.year + years;
  if (first.month == 2 && first.day == 29 && days_in_year(year) == 365) return {year, 3, 1, first.hour};
  return {year, first.month, first.day, first.hour};
}

}  // namespace

int date_stamp(const DeckHour& at) {
  return ((at.year % 100 * 100 + at.month) * 100 + at.day) * 100 + at.hour;
}

BlockMeans::BlockMeans(AveragingTime average, ValueLayout layout)
    : average_(average), layout_(std::move(layout)), sums_(layout_.size(), 0.0) {}

std::optional<BlockMeans::Block> BlockMeans::add(const DeckHour& at, HourState state,
                                                 std::span<const double> values) {
  const bool is_month = average_.kind == AveragingTime::Kind::month;
  const long long block = is_month ? at.year * 12LL + at.month : (hour_number(at) - 1) / average_.hours;
  if (block != block_) {
    std::ranges::fill(sums_, 0.0);
    valid_ = calm_ = missing_ = 0;
    block_ = block;
  }
  if (state == HourState::valid) {
    for (std::size_t n = 0; n < sums_.size(); ++n) sums_[n] += values[n];
    ++valid_;
  }
  calm_ += state == HourState::calm ? 1 : 0;
  missing_ += state == HourState::missing ? 1 : 0;
  const int length = is_month ? 24 * days_in_month(at.year, at.month) : average_.hours;
  const bool ends = is_month ? at.day * 24 == length && at.hour == 24 : at.hour % average_.hours == 0;
  if (!ends) return std::nullopt;
  Block result{at, calm_ > 0 && missing_ > 0 ? 'b' : calm_ > 0 ? 'c' : missing_ > 0 ? 'm' : ' ', sums_};
  const int least_hours = static_cast<int>(std::lround(0.75 * length + 0.4));
  const double divisor = std::max(valid_, least_hours);
  for (std::size_t type = 0; type < layout_.types(); ++type) {
    if (layout_.is_sum[type]) continue;
    const std::span<double> of_type =
        std::span(result.values)
            .subspan(layout_.row(type, 0) * layout_.receptors, layout_.groups * layout_.receptors);
    for (double& value : of_type) value /= divisor;
  }
  block_ = -1;
  return result;
}

LongMean::LongMean(bool is_annual, ValueLayout layout)
    : is_annual_(is_annual),
      layout_(std::move(layout)),
      sums_(layout_.size(), 0.0),
      means_(layout_.size(), 0.0) {}

void LongMean::add(const DeckHour& at, HourState state, std::span<const double> values) {
  if (!first_) {
    first_ = at;
    next_year_ = year_later(at);
  }
  if (is_annual_ && hour_number(at) >= next_year_) {
    end_year();
    next_year_ = hour_number(later_by_years(*first_, years_ + 1));
  }
  ++hours_;
  ++hours_of_year_;
  if (state != HourState::valid) return;
  ++valid_;
  for (std::size_t n = 0; n < sums_.size(); ++n) sums_[n] += values[n];
}

void LongMean::end_year() {
  for (std::size_t type = 0; type < layout_.types(); ++type) {
    const double divisor = layout_.is_sum[type] ? 1.0 : std::max(valid_, 1);
    const std::size_t begin = layout_.row(type, 0) * layout_.receptors;
    for (std::size_t n = begin; n < begin + layout_.groups * layout_.receptors; ++n)
      means_[n] += sums_[n] / divisor;
  }
  std::ranges::fill(sums_, 0.0);
  valid_ = hours_of_year_ = 0;
  ++years_;
}

void LongMean::finish() {
  constexpr int hours_of_short_year = 8760;
  if (years_ == 0 || hours_of_year_ >= hours_of_short_year) end_year();
  if (years_ > 1)
    for (double& value : means_) value /= years_;
}

void insert_ranked(std::span<Ranked> highest, const Ranked& one) {
  if (highest.empty() || !(one.value > highest.back().value)) return;
  std::size_t at = highest.size() - 1;
  for (; at > 0 && one.value > highest[at - 1].value; --at) highest[at] = highest[at - 1];
  highest[at] = one;
}

ReceptorHighs::ReceptorHighs(ValueLayout layout, int ranks)
    : layout_(std::move(layout)), ranks_(static_cast<std::size_t>(ranks)), highs_(layout_.size() * ranks_) {}

void ReceptorHighs::add(const BlockMeans::Block& block) {
  const int date = date_stamp(block.end);
  for (std::size_t n = 0; n < layout_.size(); ++n)
    insert_ranked(std::span(highs_).subspan(n * ranks_, ranks_),
                  {block.values[n], date, block.flag, n % layout_.receptors});
}

bool DailyMaxima::is_over_by(const DeckHour& at) const {
  return last_ && day_number(*last_) != day_number(at);
}

void DailyMaxima::add(const BlockMeans::Block& block) {
  if (is_over_by(block.end)) std::ranges::fill(values_, Ranked{});
  last_ = block.end;
  const int date = date_stamp(block.end);
  for (std::size_t n = 0; n < values_.size(); ++n)
    if (block.values[n] > values_[n].value) values_[n] = {block.values[n], date, block.flag, n % receptors_};
}

SeasonHours::SeasonHours(ValueLayout layout, std::vector<std::size_t> groups)
    : layout_(std::move(layout)),
      groups_(std::move(groups)),
      sums_(seasons * hours_of_day * layout_.types() * groups_.size() * layout_.receptors, 0.0) {}

void SeasonHours::add(const DeckHour& at, HourState state, std::span<const double> values) {
  if (state != HourState::valid) return;
  const auto season = static_cast<std::size_t>(at.month % 12 / 3);
  const std::size_t season_hour = season * hours_of_day + static_cast<std::size_t>(at.hour - 1);
  ++counts_[season_hour];
  for (std::size_t type = 0; type < layout_.types(); ++type)
    for (std::size_t n = 0; n < groups_.size(); ++n) {
      const std::size_t from = layout_.row(type, groups_[n]) * layout_.receptors;
      for (std::size_t receptor = 0; receptor < layout_.receptors; ++receptor)
        sums_[first_of(season_hour, type, n) + receptor] += values[from + receptor];
    }
}

double SeasonHours::value(std::size_t type, std::size_t group, std::size_t receptor, std::size_t season,
                          std::size_t hour) const {
  const auto at = static_cast<std::size_t>(std::ranges::find(groups_, group) - groups_.begin());
  const double sum = sums_[first_of(season * hours_of_day + hour - 1, type, at) + receptor];
  const int count = valid_hours(season, hour);
  return layout_.is_sum[type] || count == 0 ? sum : sum / count;
}

bool YearCount::is_begun_anew_by(const DeckHour& at) {
  const long long number = hour_number(at);
  if (!first_) {
    first_ = at;
    begun_ = number;
    next_year_ = year_later(at);
  }
  last_ = number;
  if (number < next_year_) return false;
  ++years_;
  begun_ = number;
  next_year_ = hour_number(later_by_years(*first_, years_ + 1));
  return true;
}

bool YearCount::counts_last() {
  constexpr long long hours_of_short_year = 8760, hours_of_day = 24;
  const bool counts = years_ == 0 || last_ - begun_ + hours_of_day >= hours_of_short_year;
  if (counts) ++years_;
  return counts;
}

YearlyHighs::YearlyHighs(const ValueLayout& layout, int ranks, bool of_daily_maxima, bool keeps_years)
    : of_daily_maxima_(of_daily_maxima),
      keeps_years_(keeps_years),
      year_(layout, ranks),
      mean_(layout, ranks),
      day_(layout) {}

void YearlyHighs::add(const BlockMeans::Block& block) {
  if (day_.is_over_by(block.end)) end_day();
  if (count_.is_begun_anew_by(block.end)) end_year();
  if (!of_daily_maxima_) {
    year_.add(block);
    return;
  }
  day_.add(block);
}

void YearlyHighs::end_day() {
  if (!of_daily_maxima_) return;
  const std::span<const Ranked> day = day_.values();
  for (std::size_t n = 0; n < day.size(); ++n)
    insert_ranked(std::span(year_.highs_).subspan(n * year_.ranks_, year_.ranks_), day[n]);
}

void YearlyHighs::end_year() {
  if (keeps_years_) by_year_.push_back(year_);
  for (std::size_t n = 0; n < mean_.highs_.size(); ++n) {
    const double sum = mean_.highs_[n].value + year_.highs_[n].value;
    mean_.highs_[n] = year_.highs_[n];
    mean_.highs_[n].value = sum;
    year_.highs_[n] = {};
  }
}

void YearlyHighs::finish() {
  end_day();
  if (count_.counts_last()) end_year();
  if (years() > 1)
    for (Ranked& one : mean_.highs_) one.value /= years();
}

OverallHighs::OverallHighs(ValueLayout layout, int count, bool one_a_block)
    : layout_(std::move(layout)),
      count_(static_cast<std::size_t>(count)),
      one_a_block_(one_a_block),
      highs_(layout_.rows() * count_) {}

void OverallHighs::add(const BlockMeans::Block& block) {
  const int date = date_stamp(block.end);
  for (std::size_t row = 0; row < layout_.rows(); ++row) {
    const std::span<Ranked> list = std::span(highs_).subspan(row * count_, count_);
    const std::span<const double> values =
        std::span(block.values).subspan(row * layout_.receptors, layout_.receptors);
    if (one_a_block_) {
      const auto most = std::ranges::max_element(values);
      if (most != values.end())
        insert_ranked(list, {*most, date, block.flag, static_cast<std::size_t>(most - values.begin())});
      continue;
    }
    for (std::size_t n = 0; n < values.size(); ++n) insert_ranked(list, {values[n], date, block.flag, n});
  }
}

}  // namespace lantian::plume
