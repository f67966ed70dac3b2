#pragma once

#include "averaging.hpp"
#include "table_text.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lantian::plume {

/// What each source brings to the means that EVENTPER asks for.
class EventResults {
 public:
  explicit EventResults(const Deck& deck, const ValueLayout& layout);
  /// @param values  [type][group][receptor] of an hour; behind the groups of SRCGROUP each source is one
  void add(const DeckHour& at, HourState state, std::span<const double> values);
  /// The tables of EVENTOUT: SOCONT, and with DETAIL the hours of each event too.
  [[nodiscard]] std::string tables() const;
  /// The mean of an event's group, and what each source of the group brings to it; empty: no such hours.
  struct Shares {
    double group = 0.0;
    std::vector<double> sources;  ///< of the group, in its order
    char flag = ' ';
  };
  [[nodiscard]] const std::optional<Shares>& shares(std::size_t event, std::size_t type) const {
    return shares_[event * layout_.types() + type];
  }

 private:
  [[nodiscard]] Shares shares_of(const Event& event, std::size_t n, std::size_t type,
                                 std::span<const double> values) const;
  [[nodiscard]] std::string table(std::size_t n, std::size_t type) const;
  struct Hour {
    DeckHour at;
    Shares shares;
  };

  const Deck& deck_;
  ValueLayout layout_;
  std::vector<ResultType> types_;
  std::vector<BlockMeans> means_;              // one an averaging time
  std::vector<std::optional<Shares>> shares_;  // [event][type]
  std::vector<std::vector<Hour>> hours_;       // [event][type] of DETAIL
};

}  // namespace lantian::plume
