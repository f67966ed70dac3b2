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
  /// Concentrations [ug m-3 for 1 g s-1] and what falls [g m-2 an hour] in the hours from `first` to `end`,
  /// [hour][series of SourcePlan][receptor], on the first rank, of those that share the work; empty on the
  /// others. Valid until the next call.
  /// @throws NumericalError on all ranks for a value that is not finite, DataError of the weather.
  [[nodiscard]] std::span<const double> hours(std::size_t first, std::size_t end);

 private:
  /// A column of air in an hour.
  struct Unit {
    std::size_t hour, column;
  };
  [[nodiscard]] std::vector<std::vector<Unit>> units_of_ranks(std::size_t first, std::size_t end) const;
  [[nodiscard]] std::vector<std::size_t> ends_of_ranks(const std::vector<std::vector<Unit>>& units) const;
  void cut_at_reach(plume::Position source, std::span<double> row) const;
  [[nodiscard]] std::size_t values_of(const Unit& unit) const;
  /// Works out a unit into `found`. @return its fault, or nothing
  [[nodiscard]] std::string work_out(const Unit& unit, const plume::WeatherHour& air,
                                     std::span<double> found) const;

  const SteadyInputs::Parts& parts_;
  const Communicator& ranks_;
  std::vector<plume::PlumeEngine> engines_;  // one a column
  std::size_t hours_at_once_ = 1;
  std::vector<double> values_;  // of all ranks on the first, elsewhere of this one
};

}  // namespace lantian::steady
