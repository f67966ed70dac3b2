#pragma once

#include "lantian/base/time.hpp"

#include <optional>
#include <span>
#include <vector>

namespace lantian {

/// Daily maximum 8-h means of an hourly series, one a local day that is complete.
///
/// The 8-h means are those that end at 8, 9, ... 24 h local time, all inside the day (HJ 663-2013, table 1:
/// at least 14 of the 17 must exist; a model has all). Hour n of the series begins at `first` + n h.
[[nodiscard]] std::vector<double> daily_maximum_8h(std::span<const double> hourly, UtcTime first,
                                                   double utc_offset_h);

/// Mean of the daily maximum 8-h means; for a series without a complete local day the greatest 8-h mean of
/// the series; nothing below 8 hours.
[[nodiscard]] std::optional<double> mean_daily_maximum_8h(std::span<const double> hourly, UtcTime first,
                                                          double utc_offset_h);

}  // namespace lantian
