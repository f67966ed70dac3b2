#pragma once

#include "steady_parts.hpp"

#include "lantian/parallel/communicator.hpp"
#include "lantian/plume/plume_engine.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace lantian::steady {

/// What 1 g s-1 of each source brings to each receptor, hour by hour, each source in its own column of air.
///
/// All pollutants of a source share its plume, so that this is worked out once for them.
class UnitPlumes {
 public:
  UnitPlumes(const SteadyInputs::Parts& parts, const Communicator& ranks);

  /// How many hours are worked out at once: their values stay below some 64 MB, one hour at least. Not a
  /// matter of ranks.
  [[nodiscard]] std::size_t hours_at_once() const { return hours_at_once_; }
  /// Works out the hours from `first` to `end`, which all ranks share, for the first rank.
  /// @throws NumericalError on all ranks for a value that is not finite, DataError of the weather.
  void work_out(std::size_t first, std::size_t end);
  /// Concentrations [ug m-3 for 1 g s-1] and what falls [g m-2 an hour] in an hour that was worked out last,
  /// [series of SourcePlan][receptor], on the first rank. Valid until hours are worked out again.
  [[nodiscard]] std::span<const double> hour(std::size_t n) const;

 private:
  /// A column of air in an hour.
  struct Unit {
    std::size_t hour, column;
  };
  void set_order(std::size_t first, std::size_t end);
  [[nodiscard]] std::vector<std::vector<Unit>> units_of_ranks() const;
  [[nodiscard]] std::vector<std::size_t> ends_of_ranks(const std::vector<std::vector<Unit>>& units) const;
  void cut_at_reach(plume::Position source, std::span<double> row) const;
  [[nodiscard]] std::size_t values_of(const Unit& unit) const;
  /// Works out a unit into `found`. @return its fault, or nothing
  [[nodiscard]] std::string fill(const Unit& unit, const plume::WeatherHour& air,
                                 std::span<double> found) const;

  const SteadyInputs::Parts& parts_;
  const Communicator& ranks_;
  std::vector<plume::PlumeEngine> engines_;  // one a column
  std::size_t hours_at_once_ = 1;
  std::vector<std::size_t> hours_;  // worked out last, in the order of their values
  std::vector<double> values_;      // of all ranks on the first, elsewhere of this one
};

}  // namespace lantian::steady
