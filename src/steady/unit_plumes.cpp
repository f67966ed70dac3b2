#include "unit_plumes.hpp"

#include "fall_classes.hpp"
#include "hour_of_air.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace lantian::steady {

namespace {

constexpr std::size_t most_values = 8'000'000, longest = 48;

}  // namespace

UnitPlumes::UnitPlumes(const SteadyInputs::Parts& parts, const Communicator& ranks)
    : parts_(parts), ranks_(ranks) {
  const SourcePlan& plan = parts.sources;
  std::vector<plume::PlumeEngine> bare;  // one a class
  for (const FallClass& fall : plan.classes)
    bare.emplace_back(std::vector<plume::Source>{}, parts.receptors.receptors,
                      options_of(parts.configuration, fall), plume::WeatherTraits{});
  for (std::size_t c = 0; c < plan.columns.size(); ++c) {
    const auto from = plan.sources.begin() + static_cast<std::ptrdiff_t>(plan.first_of_column[c]),
               to = plan.sources.begin() + static_cast<std::ptrdiff_t>(plan.first_of_column[c + 1]);
    engines_.push_back(bare[plan.class_of_column[c]].with_sources({from, to}));
  }
  const std::size_t values_an_hour = plan.series_count() * parts.receptors.receptors.size();
  hours_at_once_ = std::clamp<std::size_t>(most_values / values_an_hour, 1, longest);
}

/// What each rank works out of a block: hours in their order, and columns of an hour that lies between two
/// ranks, so that each has about as many sources and few ranks read an hour of weather. The first rank has
/// less, as it adds up the hours.
std::vector<std::vector<UnitPlumes::Unit>> UnitPlumes::units_of_ranks() const {
  constexpr std::size_t pollutants_added_like_a_plume = 80;
  const SourcePlan& plan = parts_.sources;
  const std::size_t series = plan.series_count(), all = hours_.size() * series,
                    adding = all * plan.quantities.size() / pollutants_added_like_a_plume;
  const auto size = static_cast<std::size_t>(ranks_.size());
  std::vector<std::vector<Unit>> units(size);
  for (std::size_t n = 0; n < hours_.size(); ++n)
    for (std::size_t c = 0; c < plan.columns.size(); ++c) {
      const std::size_t before = n * series + plan.first_series[c];
      units[size > 1 ? (adding + before) * size / (adding + all) : 0].push_back({hours_[n], c});
    }
  return units;
}

std::size_t UnitPlumes::values_of(const Unit& unit) const {
  const std::vector<std::size_t>& first = parts_.sources.first_series;
  return (first[unit.column + 1] - first[unit.column]) * parts_.receptors.receptors.size();
}

/// Where the values of each rank end among those of all.
std::vector<std::size_t> UnitPlumes::ends_of_ranks(const std::vector<std::vector<Unit>>& units) const {
  std::vector<std::size_t> ends;
  std::size_t end = 0;
  for (const std::vector<Unit>& of_rank : units) {
    for (const Unit& unit : of_rank) end += values_of(unit);
    ends.push_back(end);
  }
  return ends;
}

/// Takes away what lies further from a source than plume.reach_km.
void UnitPlumes::cut_at_reach(plume::Position source, std::span<double> row) const {
  constexpr double m_per_km = 1000.0;
  const double reach_m = m_per_km * parts_.configuration.plume.reach_km, reach_m2 = reach_m * reach_m;
  for (std::size_t n = 0; n < row.size(); ++n) {
    const plume::Position& at = parts_.receptors.receptors[n].place;
    const double x = at.x_m - source.x_m, y = at.y_m - source.y_m;
    if (x * x + y * y > reach_m2) row[n] = 0.0;
  }
}

std::string UnitPlumes::fill(const Unit& unit, const plume::WeatherHour& air, std::span<double> found) const {
  const SourcePlan& plan = parts_.sources;
  const std::size_t receptors = parts_.receptors.receptors.size(), first = plan.first_of_column[unit.column],
                    sources = plan.first_of_column[unit.column + 1] - first;
  const plume::HourResult hour = engines_[unit.column].hour(air, 0);
  auto end = std::ranges::copy(hour.concentration_ug_m3, found.begin()).out;
  for (const std::vector<double>* fallen : {&hour.dry_deposition_g_m2, &hour.wet_deposition_g_m2})
    end = std::ranges::copy(*fallen, end).out;
  const auto bad = std::ranges::find_if_not(found, [](double value) { return std::isfinite(value); });
  for (std::size_t s = 0; s * receptors < found.size(); ++s)
    cut_at_reach(plan.sources[first + s % sources].place, found.subspan(s * receptors, receptors));
  if (bad == found.end()) return "";
  const auto n = static_cast<std::size_t>(bad - found.begin());
  const LonLat place = parts_.receptors.places[n % receptors];
  return fmt::format(
      "{}: source {} at the receptor at lon {:.4f}, lat {:.4f}: the {} is not finite",
      to_iso8601(parts_.configuration.run.start.plus_seconds(3600LL * static_cast<long long>(unit.hour))),
      plan.sources[first + n / receptors % sources].name, place.longitude_deg, place.latitude_deg,
      n < sources * receptors ? "concentration" : "deposition");
}

/// Every so many-th hour follows in the order of a block as there are ranks: neighbours, which take about as
/// long, go to different ranks.
void UnitPlumes::set_order(std::size_t first, std::size_t end) {
  const auto size = static_cast<std::size_t>(ranks_.size());
  hours_.clear();
  for (std::size_t rank = 0; rank < size; ++rank)
    for (std::size_t hour = first + rank; hour < end; hour += size) hours_.push_back(hour);
}

std::span<const double> UnitPlumes::hour(std::size_t n) const {
  const std::size_t values = parts_.sources.series_count() * parts_.receptors.receptors.size();
  const auto at = static_cast<std::size_t>(std::ranges::find(hours_, n) - hours_.begin());
  return std::span(values_).subspan(at * values, values);
}

void UnitPlumes::work_out(std::size_t first, std::size_t end) {
  set_order(first, end);
  const SourcePlan& plan = parts_.sources;
  const auto rank = static_cast<std::size_t>(ranks_.rank());
  const std::vector<std::vector<Unit>> of_ranks = units_of_ranks();
  const std::vector<std::size_t> ends = ends_of_ranks(of_ranks);
  const std::vector<Unit>& units = of_ranks[rank];
  values_.resize(rank == 0 ? ends.back() : ends[rank] - ends[rank - 1]);
  std::vector<std::span<double>> found;
  for (std::size_t at = 0; const Unit& unit : units) {
    found.push_back(std::span(values_).subspan(at, values_of(unit)));
    at += values_of(unit);
  }
  std::map<std::size_t, std::vector<ColumnAir>> air;  // by hour; the main thread alone may read files
  Problems problems;
  for (const Unit& unit : units)
    if (!air.contains(unit.hour)) air[unit.hour] = parts_.weather.hour(unit.hour, problems);
  std::vector<std::string> faults(units.size());
  const auto work = [&](std::size_t n) {
    const Unit& unit = units[n];
    try {
      plume::WeatherHour hour = hour_of_air(air.at(unit.hour)[unit.column], parts_.local_begin(unit.hour),
                                            plan.convergence_rad[unit.column]);
      if (!parts_.ground.empty()) hour.ground = parts_.ground[unit.hour * plan.columns.size() + unit.column];
      faults[n] = fill(unit, hour, found[n]);
    } catch (const std::exception& error) {
      faults[n] = error.what();
    }
  };
  const auto count = static_cast<std::int64_t>(problems.empty() ? units.size() : 0);
  // With few columns the threads share the receptors of each instead.
  const bool has_many = count >= 4LL * omp_get_max_threads();
#pragma omp parallel for schedule(dynamic, 1) if (has_many)
  for (std::int64_t n = 0; n < count; ++n) work(static_cast<std::size_t>(n));
  const auto bad = std::ranges::find_if(faults, [](const std::string& fault) { return !fault.empty(); });
  const std::string fault = !problems.empty()     ? problems.sentences().front()
                            : bad != faults.end() ? *bad
                                                  : "";
  ranks_.throw_together(fault, static_cast<std::int64_t>(first));
  ranks_.collect(values_, values_, ends);
}

}  // namespace lantian::steady
