#include "contribution_ranking.hpp"

#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

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
  for (const PeriodOfRows& period : periods) {
    if (period.quantity.is_air())
      add_air(period);
    else
      add_fallen(period);
  }
  for (PollutantRanking& ranking : rankings_)
    std::ranges::stable_sort(ranking.sources, std::greater{}, &RankedSource::mean_ug_m3);
}

void ContributionRanking::add_air(const PeriodOfRows& period) {
  const double days = parts_.configuration.hours() / 24.0;
  PollutantRanking& ranking = rankings_.emplace_back();
  ranking.pollutant = period.quantity.pollutant;
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
}

/// Follows the concentrations of its pollutant.
void ContributionRanking::add_fallen(const PeriodOfRows& period) {
  PollutantRanking& ranking = rankings_.back();
  ranking.falls = true;
  for (RankedSource& source : ranking.sources) {
    std::vector<double> at_places;
    for (const NamedPlace* place : places_) at_places.push_back(at_place(period.sum.row(source.row), *place));
    (period.quantity.kind == Quantity::Kind::dry ? source.dry_mg_m2 : source.wet_mg_m2) = mean_of(at_places);
  }
}

std::string ContributionRanking::table() const {
  std::string text =
      "pollutant,rank,source,name,district,sector,emitted_t,mean_ug_m3,share_pct,mean_per_t_d_ug_m3,"
      "greatest_at,greatest_ug_m3";
  const bool falls = std::ranges::any_of(rankings_, &PollutantRanking::falls);
  if (falls) text += ",dry_deposition_mg_m2,wet_deposition_mg_m2";
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
      if (falls)
        text += ranking.falls ? fmt::format(",{:.6g},{:.6g}", source.dry_mg_m2, source.wet_mg_m2) : ",,";
      for (const double value : source.place_ug_m3) text += fmt::format(",{:.6g}", value);
      text += '\n';
    }
  return text;
}

/// As the ranking of the grid model has it: the case, its period, a note, then the entries with the values of
/// each place by its name.
std::string ContributionRanking::json(const std::string& program) const {
  const PlumeCase& c = parts_.configuration;
  nlohmann::ordered_json page = {{"case", c.run.name},
                                 {"note", premises()},
                                 {"standing", "primary_plumes"},
                                 {"program", program},
                                 {"start", to_iso8601(c.run.start)},
                                 {"end", to_iso8601(c.run.end)},
                                 {"by", c.output.by},
                                 {"places", are_districts_ ? "districts" : "points"},
                                 {"contributions", nlohmann::ordered_json::array()}};
  for (const PollutantRanking& ranking : rankings_)
    for (std::size_t n = 0; n < ranking.sources.size(); ++n) {
      const RankedSource& source = ranking.sources[n];
      const SourceRow& row = parts_.sources.rows[source.row];
      nlohmann::ordered_json entry = {{"pollutant", ranking.pollutant},
                                      {"rank", n + 1},
                                      {"source", row.id},
                                      {"name", row.name},
                                      {"district", row.district},
                                      {"sector", row.sector},
                                      {"emitted_t", source.emitted_t},
                                      {"mean_ug_m3", source.mean_ug_m3},
                                      {"share", source.share},
                                      {"mean_per_t_d_ug_m3", source.per_t_d_ug_m3}};
      if (ranking.falls) {
        entry["dry_deposition_mg_m2"] = source.dry_mg_m2;
        entry["wet_deposition_mg_m2"] = source.wet_mg_m2;
      }
      nlohmann::ordered_json& at = entry["receptor_ug_m3"] = nlohmann::ordered_json::object();
      for (std::size_t p = 0; p < places_.size(); ++p) at[places_[p]->name] = source.place_ug_m3[p];
      page["contributions"].push_back(std::move(entry));
    }
  return page.dump(2) + "\n";
}

std::string ContributionRanking::page_of(const PollutantRanking& ranking) const {
  const bool falls = ranking.falls;
  std::string text = fmt::format(
      "\n## {}\n\n| rank 排名 | source 来源 | name 名称 | emitted t 排放量 | mean µg/m³ 平均贡献 | share % "
      "占比 | "
      "µg/m³ per t/d 单位排放贡献 |{}\n|---:|---|---|---:|---:|---:|---:|{}\n",
      ranking.pollutant, falls ? " dry mg/m² 干沉降 | wet mg/m² 湿沉降 |" : "", falls ? "---:|---:|" : "");
  for (std::size_t n = 0; n < std::min(most_told, ranking.sources.size()); ++n) {
    const RankedSource& source = ranking.sources[n];
    const SourceRow& row = parts_.sources.rows[source.row];
    text += fmt::format("| {} | {} | {} | {:.4g} | {:.4g} | {:.1f} | {:.3g} |", n + 1, row.id, row.name,
                        source.emitted_t, source.mean_ug_m3, 100.0 * source.share, source.per_t_d_ug_m3);
    if (falls) text += fmt::format(" {:.3g} | {:.3g} |", source.dry_mg_m2, source.wet_mg_m2);
    text += '\n';
  }
  return text;
}

/// What the steady plumes of this case hold and leave out.
std::string ContributionRanking::premises() const {
  const PlumeCase& c = parts_.configuration;
  std::vector<std::string> falling;
  for (const FallClass& fall : parts_.sources.classes)
    if (!fall.pollutant.empty()) falling.push_back(fall.pollutant);
  return fmt::format(
      "steady plumes of primary emissions over {}, each in the air of its own place; {}no chemistry but NO2 "
      "by {}, {}",
      c.terrain.file.empty() ? "flat ground" : "terrain",
      c.emissions.buildings.empty() ? "" : "wakes of buildings; ", c.plume.no2_name(),
      falling.empty() ? "no deposition" : fmt::format("deposition of {}", fmt::join(falling, ", ")));
}

std::string ContributionRanking::premises_in_chinese() const {
  const PlumeCase& c = parts_.configuration;
  std::vector<std::string> falling;
  for (const FallClass& fall : parts_.sources.classes)
    if (!fall.pollutant.empty()) falling.push_back(fall.pollutant);
  return fmt::format("一次排放的稳态烟羽，{}，各来源采用所在网格的气象；{}除 {} 法的 NO2 外不计化学转化，{}",
                     c.terrain.file.empty() ? "平坦地形" : "考虑地形",
                     c.emissions.buildings.empty() ? "" : "计入建筑物下洗；", c.plume.no2_name(),
                     falling.empty() ? "不计沉降" : fmt::format("计入 {} 的沉降", fmt::join(falling, "、")));
}

std::string ContributionRanking::page() const {
  const PlumeRunConfig& run = parts_.configuration.run;
  const char* what = are_districts_ ? "districts" : "points";
  const char* chinese = are_districts_ ? "个区县" : "个点位";
  std::string text = fmt::format(
      "# {}: what each {} brings, 各来源贡献排名\n\n"
      "Mean of {} to {} over {} {}, {}.\n\n"
      "{} 至 {}（UTC）共 {} 小时、{} {}的平均；{}。\n",
      run.name, parts_.configuration.output.by == "total" ? "source" : parts_.configuration.output.by,
      to_iso8601(run.start), to_iso8601(run.end), places_.size(), what, premises(), to_iso8601(run.start),
      to_iso8601(run.end), parts_.configuration.hours(), places_.size(), chinese, premises_in_chinese());
  for (const PollutantRanking& ranking : rankings_) text += page_of(ranking);
  return text;
}

}  // namespace lantian::steady
