#pragma once

#include "steady_parts.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace lantian::steady {

/// Values of one quantity in one hour, [row][receptor]: concentrations [ug m-3], or what falls [mg m-2].
class HourOfRows {
 public:
  HourOfRows(std::size_t rows, std::size_t receptors) : receptors_(receptors), values_(rows * receptors) {}
  [[nodiscard]] std::span<double> row(std::size_t n) {
    return std::span(values_).subspan(n * receptors_, receptors_);
  }
  [[nodiscard]] std::span<const double> row(std::size_t n) const {
    return std::span(values_).subspan(n * receptors_, receptors_);
  }
  [[nodiscard]] std::size_t rows() const { return values_.size() / receptors_; }
  [[nodiscard]] std::span<double> all() { return values_; }

 private:
  std::size_t receptors_;
  std::vector<double> values_;
};

/// What the hours of one quantity come to.
struct PeriodOfRows {
  Quantity quantity;
  HourOfRows sum;                    // of the hours; of concentrations their mean once the period is over
  std::vector<double> highest_hour;  // of all rows together, one a receptor
  std::vector<double> emitted_t;     // in the period, one a row
};

/// Turns plumes of 1 g s-1 into concentrations and depositions and adds them up; on one rank.
class Contributions {
 public:
  explicit Contributions(SteadyInputs::Parts& parts);

  /// Takes the n-th hour. @param unit  [series of SourcePlan][receptor] of 1 g s-1
  /// Calls `each(quantity, rows)` once a quantity of the case.
  template <class Each>
  void add_hour(std::size_t n, std::span<const double> unit, Each each) {
    const std::vector<double> courses = parts_.courses(n);
    for (std::size_t p = 0; p < periods_.size(); ++p) {
      fill(p, unit, courses);
      book(p, courses);
      each(periods_[p].quantity, static_cast<const HourOfRows&>(hour_));
    }
    ++hours_;
  }

  /// Makes means of sums of concentrations; once, after the last hour.
  void finish();
  [[nodiscard]] const std::vector<PeriodOfRows>& periods() const { return periods_; }

 private:
  void fill(std::size_t p, std::span<const double> unit, std::span<const double> courses);
  [[nodiscard]] double nitrogen_dioxide_ratio(double nox_ug_m3) const;
  void book(std::size_t p, std::span<const double> courses);

  SteadyInputs::Parts& parts_;
  std::vector<PeriodOfRows> periods_;
  HourOfRows hour_;
  std::size_t hours_ = 0;  // taken so far
};

/// Mean over the receptors of a named place.
[[nodiscard]] double at_place(std::span<const double> receptors, const NamedPlace& place);

}  // namespace lantian::steady
