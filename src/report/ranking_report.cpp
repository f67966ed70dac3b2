#include "lantian/report/ranking_report.hpp"

#include "lantian/io/csv_table.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <string_view>

namespace lantian {

namespace {

/// What a ranking by a mechanism is good for: one that lumps all hydrocarbons is for screening.
std::string_view standing_of(const std::string& mechanism) {
  const bool is_compact = mechanism == "grs" || mechanism == "nox_o3" || mechanism == "none";
  return is_compact ? "screening" : "full_chemistry";
}

std::string note_of(const std::string& mechanism) {
  const bool is_screening = standing_of(mechanism) == "screening";
  return fmt::format("{}; brute force, each line is a run of its own; negative is cleaner",
                     is_screening ? "screening: compact chemistry" : "full chemistry (" + mechanism + ")");
}

nlohmann::ordered_json json_of(const ControllableShare& share) {
  return {{"base_ug_m3", share.base},
          {"own_city_ug_m3", share.own_city},
          {"neighbours_ug_m3", share.neighbours},
          {"boundary_ug_m3", share.boundary},
          {"initial_air_ug_m3", share.initial_air}};
}

nlohmann::ordered_json by_name(const std::vector<double>& values, const std::vector<Receptor>& receptors) {
  nlohmann::ordered_json at = nlohmann::ordered_json::object();
  for (std::size_t n = 0; n < receptors.size(); ++n) at[receptors[n].name] = values[n];
  return at;
}

nlohmann::ordered_json json_of(const RankedEffect& effect, const std::vector<Receptor>& receptors) {
  return {{"metric", effect.metric},
          {"group", effect.group},
          {"pollutant", effect.pollutant},
          {"removed_t_d", effect.removed_t_d},
          {"change_ug_m3", effect.change_ug_m3.city},
          {"change_per_t_d_ug_m3", effect.per_tonne_ug_m3},
          {"receptor_change_ug_m3", by_name(effect.change_ug_m3.receptors, receptors)}};
}

std::string csv_of(const RankingResult& ranking, const std::vector<Receptor>& receptors,
                   std::string_view standing) {
  std::string text = "metric,group,pollutant,removed_t_d,change_ug_m3,change_per_t_d_ug_m3";
  for (const Receptor& receptor : receptors)
    text += fmt::format(",{}", csv_cell(fmt::format("change_at_{}_ug_m3", receptor.name)));
  text += ",standing";
  text += '\n';
  for (const RankedEffect& effect : ranking.effects) {
    text +=
        fmt::format("{},{},{},{:.6g},{:.6g},{:.6g}", effect.metric, csv_cell(effect.group), effect.pollutant,
                    effect.removed_t_d, effect.change_ug_m3.city, effect.per_tonne_ug_m3);
    for (const double change : effect.change_ug_m3.receptors) text += fmt::format(",{:.6g}", change);
    text += fmt::format(",{}\n", standing);
  }
  return text;
}

std::string share_line(const std::string& name, const ControllableShare& share) {
  const auto percent = [&share](double part) { return share.base > 0.0 ? 100.0 * part / share.base : 0.0; };
  return fmt::format(
      "{:<8} base {:7.2f} ug/m3 = own city {:7.2f} ({:.0f} %) + neighbours {:7.2f} ({:.0f} %) + boundary air "
      "{:7.2f} ({:.0f} %) + "
      "initial air {:.2f} ({:.0f} %)\n",
      name, share.base, share.own_city, percent(share.own_city), share.neighbours, percent(share.neighbours),
      share.boundary, percent(share.boundary), share.initial_air, percent(share.initial_air));
}

/// What four decimals print as -0.0000 is no effect to a reader.
double without_minus_zero(double change_ug_m3) {
  return std::fabs(change_ug_m3) < 0.5e-4 ? 0.0 : change_ug_m3;
}

/// The regime of the city and of each receptor, with the two changes that tell it.
std::string regime_table(const RankingResult& ranking, const std::vector<Receptor>& receptors) {
  if (!ranking.has_regime) return "";
  std::string page = fmt::format(
      "\nWhat limits O3: change of its daily maximum 8-h mean by 30 % less of all VOC and by 30 % less of "
      "all "
      "NOx, ug/m3\n{:<24} {:>12} {:>12}  limited by\n",
      "place", "less VOC", "less NOx");
  const auto line = [&page](const std::string& place, double by_voc, double by_nox, Regime regime) {
    page += fmt::format("{:<24} {:>+12.3f} {:>+12.3f}  {}{}\n", place, by_voc, by_nox, name_of(regime),
                        by_nox > 0.0 ? "; less NOx raises O3" : "");
  };
  line("population mean", ranking.o3_by_voc.city, ranking.o3_by_nox.city, ranking.city_regime);
  for (std::size_t n = 0; n < ranking.receptor_regime.size(); ++n)
    line(receptors[n].name, ranking.o3_by_voc.receptors[n], ranking.o3_by_nox.receptors[n],
         ranking.receptor_regime[n]);
  return page;
}

}  // namespace

void write_ranking(const std::string& directory, const Case& configuration, const RankingResult& ranking,
                   const std::vector<Receptor>& receptors) {
  nlohmann::ordered_json page = {
      {"case", configuration.run.name},
      {"note", note_of(configuration.chemistry.mechanism)},
      {"standing", standing_of(configuration.chemistry.mechanism)},
      {"mechanism", configuration.chemistry.mechanism},
      {"start", to_iso8601(configuration.run.start)},
      {"end", to_iso8601(configuration.run.end)},
      {"cut", configuration.ranking.cut},
      {"base_state_hash", ranking.base_state_hash},
      {"receptor_base_ug_m3",
       {{"PM25", by_name(ranking.base_pm25.receptors, receptors)},
        {"O3_MDA8", by_name(ranking.base_o3.receptors, receptors)}}},
      {"share", {{"PM25", json_of(ranking.pm25)}, {"O3_MDA8", json_of(ranking.o3)}}},
      {"regime", {{"city", name_of(ranking.city_regime)}}}};
  if (ranking.has_regime) {
    page["regime"]["o3_change_by_30_pct_less_VOC_ug_m3"] = ranking.o3_by_voc.city;
    page["regime"]["o3_change_by_30_pct_less_NOx_ug_m3"] = ranking.o3_by_nox.city;
  }
  for (std::size_t n = 0; n < ranking.receptor_regime.size(); ++n)
    page["regime"]["receptors"][receptors[n].name] = name_of(ranking.receptor_regime[n]);
  for (const RankedEffect& effect : ranking.effects) page["effects"].push_back(json_of(effect, receptors));
  create_directory(directory);
  write_text_file(directory + "/ranking.csv",
                  csv_of(ranking, receptors, standing_of(configuration.chemistry.mechanism)));
  write_text_file(directory + "/ranking.json", page.dump(2) + "\n");
}

std::string ranking_page(const Case& configuration, const RankingResult& ranking,
                         const std::vector<Receptor>& receptors) {
  std::string page =
      fmt::format("Ranking of {} ({} to {}), {:g} % cut of each group\n{}\n\n", configuration.run.name,
                  to_iso8601(configuration.run.start), to_iso8601(configuration.run.end),
                  100.0 * configuration.ranking.cut, note_of(configuration.chemistry.mechanism));
  page += "Where it comes from (population mean)\n";
  page += share_line("PM2.5", ranking.pm25) + share_line("O3 MDA8", ranking.o3);
  std::string metric;
  for (const RankedEffect& effect : ranking.effects) {
    if (effect.metric != metric) {
      metric = effect.metric;
      page += fmt::format(
          "\n{} (population mean); best cut first, + is dirtier\n{:<24} {:<6} {:>12} {:>14} {:>22}\n",
          metric == "PM25" ? "PM2.5, mean" : "O3, daily maximum 8-h mean", "group", "cut", "removed t/d",
          "change ug/m3", "ug/m3 per t/d removed");
    }
    page +=
        fmt::format("{:<24} {:<6} {:>12.3f} {:>+14.4f} {:>+22.3g}\n", effect.group, effect.pollutant,
                    effect.removed_t_d, without_minus_zero(effect.change_ug_m3.city), effect.per_tonne_ug_m3);
  }
  return page + regime_table(ranking, receptors);
}

}  // namespace lantian
