#include "contributions.hpp"

#include "plume/nitrogen_dioxide.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace lantian::steady {

Contributions::Contributions(SteadyInputs::Parts& parts)
    : parts_(parts), hour_(parts.sources.rows.size(), parts.receptors.receptors.size()) {
  const std::size_t receptors = parts.receptors.receptors.size(), rows = parts.sources.rows.size();
  for (const Quantity& quantity : parts.sources.quantities)
    periods_.push_back({quantity, HourOfRows(rows, receptors), std::vector<double>(receptors, 0.0),
                        std::vector<double>(rows, 0.0)});
}

/// Of the NOx of all sources at a receptor in the hour that is being taken.
double Contributions::nitrogen_dioxide_ratio(double nox_ug_m3) const {
  const PlumePhysicsConfig& c = parts_.configuration.plume;
  return parts_.ozone_ug_m3.empty() ? plume::arm2_ratio(nox_ug_m3, c.arm2_least_ratio, c.arm2_greatest_ratio)
                                    : plume::olm_ratio(nox_ug_m3, c.no2_stack_ratio, c.no2_equilibrium_ratio,
                                                       parts_.ozone_ug_m3[hours_]);
}

/// Receptors are shared out among threads; each is added up over the sources in their order.
void Contributions::fill(std::size_t p, std::span<const double> unit, std::span<const double> courses) {
  const SourcePlan& plan = parts_.sources;
  const std::size_t receptors = parts_.receptors.receptors.size();
  constexpr std::size_t piece = 2048;
  const auto pieces = static_cast<std::int64_t>((receptors + piece - 1) / piece);
  const Quantity& quantity = periods_[p].quantity;
  const bool is_nitrogen_dioxide = quantity.pollutant == "NO2";
  constexpr double mg_per_g = 1.0e3;
  const double scale = quantity.is_air() ? 1.0 : mg_per_g;
#pragma omp parallel for schedule(static)
  for (std::int64_t b = 0; b < pieces; ++b) {
    const std::size_t from = static_cast<std::size_t>(b) * piece, to = std::min(from + piece, receptors);
    for (std::size_t row = 0; row < plan.rows.size(); ++row)
      std::fill_n(hour_.row(row).begin() + static_cast<std::ptrdiff_t>(from), to - from, 0.0);
    for (std::size_t s = 0; s < plan.sources.size(); ++s) {
      const double rate_g_s = scale * plan.planned[s].rate_g_s[quantity.emitted] * courses[s];
      const std::optional<std::size_t> series = plan.series_of(s, quantity.kind);
      if (!series || rate_g_s == 0.0) continue;
      const std::span<double> row = hour_.row(plan.planned[s].row);
      const std::span<const double> of_unit = unit.subspan(*series * receptors, receptors);
      for (std::size_t n = from; n < to; ++n) row[n] += rate_g_s * of_unit[n];
    }
    for (std::size_t n = from; n < to; ++n) {
      double total = 0.0;
      for (std::size_t row = 0; row < plan.rows.size(); ++row) total += hour_.row(row)[n];
      if (is_nitrogen_dioxide) {
        const double ratio = nitrogen_dioxide_ratio(total);
        for (std::size_t row = 0; row < plan.rows.size(); ++row) hour_.row(row)[n] *= ratio;
        total *= ratio;
      }
      periods_[p].highest_hour[n] = std::max(periods_[p].highest_hour[n], total);
    }
    for (std::size_t row = 0; row < plan.rows.size(); ++row)
      for (std::size_t n = from; n < to; ++n) periods_[p].sum.row(row)[n] += hour_.row(row)[n];
  }
}

void Contributions::book(std::size_t p, std::span<const double> courses) {
  constexpr double t_per_g = 1.0e-6, seconds = 3600.0;
  for (std::size_t s = 0; s < parts_.sources.planned.size(); ++s) {
    const PlannedSource& source = parts_.sources.planned[s];
    periods_[p].emitted_t[source.row] +=
        t_per_g * seconds * source.rate_g_s[periods_[p].quantity.emitted] * courses[s];
  }
}

void Contributions::finish() {
  for (PeriodOfRows& period : periods_)
    if (period.quantity.is_air())
      for (double& value : period.sum.all()) value /= static_cast<double>(hours_);
}

double at_place(std::span<const double> receptors, const NamedPlace& place) {
  double sum = 0.0;
  for (std::size_t n = place.first; n < place.first + place.count; ++n) sum += receptors[n];
  return sum / static_cast<double>(place.count);
}

}  // namespace lantian::steady
