#include "contribution_ranking.hpp"

#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace lantian::steady {

namespace {

constexpr std::size_t most_told = 20;

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

ContributionRanking::ContributionRanking(const SteadyInputs::Parts& parts,
                                         const std::vector<PeriodOfRows>& periods)
    : parts_(parts) {
  for (const NamedPlace& place : parts.receptors.named)
    if (place.ranks_sources) places_.push_back(&place);
  are_districts_ = !places_.empty() && places_.front()->is_district;
  if (places_.empty()) return;
  const double days = parts.configuration.hours() / 24.0;
  for (const PeriodOfRows& period : periods) {
    PollutantRanking& ranking = rankings_.emplace_back();
    ranking.pollutant = period.pollutant;
    double all = 0.0;
    for (std::size_t row = 0; row < period.sum.rows(); ++row) {
      RankedSource& source = ranking.sources.emplace_back();
      source.row = row;
      for (const NamedPlace* place : places_)
        source.place_ug_m3.push_back(at_place(period.sum.row(row), *place));
      source.mean_ug_m3 = mean_of(source.place_ug_m3);
      source.emitted_t = period.emitted_t[row];
      if (source.emitted_t > 0.0) source.per_t_d_ug_m3 = source.mean_ug_m3 / (source.emitted_t / days);
      all += source.mean_ug_m3;
    }
    for (RankedSource& source : ranking.sources)
      if (all > 0.0) source.share = source.mean_ug_m3 / all;
    std::ranges::stable_sort(ranking.sources, std::greater{}, &RankedSource::mean_ug_m3);
  }
}

std::string ContributionRanking::table() const {
  std::string text =
      "pollutant,rank,source,name,district,sector,emitted_t,mean_ug_m3,share_pct,mean_per_t_d_ug_m3,"
      "greatest_at,greatest_ug_m3";
  for (const NamedPlace* place : places_)
    text += fmt::format(",{}", csv_cell(fmt::format("at_{}_ug_m3", place->name)));
  text += '\n';
  for (const PollutantRanking& ranking : rankings_)
    for (std::size_t n = 0; n < ranking.sources.size(); ++n) {
      const RankedSource& source = ranking.sources[n];
      const SourceRow& row = parts_.sources.rows[source.row];
      const auto greatest = std::ranges::max_element(source.place_ug_m3);
      text += fmt::format(
          "{},{},{},{},{},{},{:.6g},{:.6g},{:.6g},{:.6g},{},{:.6g}", ranking.pollutant, n + 1,
          csv_cell(row.id), csv_cell(row.name), csv_cell(row.district), csv_cell(row.sector),
          source.emitted_t, source.mean_ug_m3, 100.0 * source.share, source.per_t_d_ug_m3,
          csv_cell(places_[static_cast<std::size_t>(greatest - source.place_ug_m3.begin())]->name),
          *greatest);
      for (const double value : source.place_ug_m3) text += fmt::format(",{:.6g}", value);
      text += '\n';
    }
  return text;
}

std::string ContributionRanking::page_of(const PollutantRanking& ranking) const {
  std::string text = fmt::format(
      "\n## {}\n\n| rank 排名 | source 来源 | name 名称 | emitted t 排放量 | mean µg/m³ 平均贡献 | share % "
      "占比 | "
      "µg/m³ per t/d 单位排放贡献 |\n|---:|---|---|---:|---:|---:|---:|\n",
      ranking.pollutant);
  for (std::size_t n = 0; n < std::min(most_told, ranking.sources.size()); ++n) {
    const RankedSource& source = ranking.sources[n];
    const SourceRow& row = parts_.sources.rows[source.row];
    text += fmt::format("| {} | {} | {} | {:.4g} | {:.4g} | {:.1f} | {:.3g} |\n", n + 1, row.id, row.name,
                        source.emitted_t, source.mean_ug_m3, 100.0 * source.share, source.per_t_d_ug_m3);
  }
  return text;
}

std::string ContributionRanking::page() const {
  const PlumeRunConfig& run = parts_.configuration.run;
  const char* what = are_districts_ ? "districts" : "points";
  const char* chinese = are_districts_ ? "个区县" : "个点位";
  std::string text = fmt::format(
      "# {}: what each {} brings, 各来源贡献排名\n\n"
      "Mean of {} to {} over {} {}, steady plumes of primary emissions over flat ground, each in the air of "
      "its own "
      "place; no chemistry but NO2 by ARM2, no deposition.\n\n"
      "{} 至 {}（UTC）共 {} 小时、{} {}的平均；一次排放的稳态烟羽，平坦地形，各来源采用所在网格的气象；"
      "除 ARM2 法的 NO2 外不计化学转化，不计沉降。\n",
      run.name, parts_.configuration.output.by == "total" ? "source" : parts_.configuration.output.by,
      to_iso8601(run.start), to_iso8601(run.end), places_.size(), what, to_iso8601(run.start),
      to_iso8601(run.end), parts_.configuration.hours(), places_.size(), chinese);
  for (const PollutantRanking& ranking : rankings_) text += page_of(ranking);
  return text;
}

}  // namespace lantian::steady
