#include "printed_tables.hpp"

#include "deck_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace lantian::plume {

namespace {

std::string ruled(int dashes) {
  std::string line;
  for (int n = 0; n < dashes; ++n) line += " -";
  return line + "\n";
}

const std::string receptor_kinds =
    "\n  *** RECEPTOR TYPES:  GC = GRIDCART\n                       GP = GRIDPOLR\n                       DC "
    "= DISCCART\n"
    "                       DP = DISCPOLR\n";

}  // namespace

PrintedTables::PrintedTables(const Deck& deck, TableOrigin origin, ValueLayout layout)
    : deck_(deck), origin_(std::move(origin)), layout_(std::move(layout)), types_(result_types(deck)) {}

std::string PrintedTables::page() const {
  return fmt::format(
      "\n *** {} ***   *** {:68} ***\n *** AERMET - VERSION {:>6} ***   *** {:68} ***\n\n *** MODELOPTs:   "
      " {}\n",
      origin_.program, deck_.titles[0], origin_.aermet, deck_.titles[1], fmt::join(deck_.option_words, "  "));
}

std::string PrintedTables::setup(std::size_t hours, std::size_t calm, std::size_t missing) const {
  std::vector<std::string> averages;
  for (const AveragingTime& one : deck_.averages) averages.push_back(one.name());
  std::string text = page();
  text += "\n                                            ***    MODEL SETUP OPTIONS SUMMARY       ***\n" +
          ruled(66);
  text += fmt::format(
      " **Deck: {}\n **Pollutant: {}\n **Averages: {}\n **This Run Includes: {:6} Source(s); {:6} Source "
      "Group(s); and "
      "{:6} Receptor(s)\n **Surface File: {}\n **Profile File: {}\n **{} Hours, {} of them Calm, {} Missing\n"
      " **Emission Units = {}; Output Units = {}\n",
      deck_.path, deck_.pollutant, fmt::join(averages, "  "), deck_.sources.size(), deck_.groups.size(),
      deck_.receptors.size(), deck_.weather.surface, deck_.weather.profile, hours, calm, missing,
      deck_.emission_unit,
      fmt::join(
          [&] {
            std::vector<std::string> units;
            for (const ResultType& one : types_) units.push_back(one.code + " " + one.unit);
            return units;
          }(),
          ", "));
  text += " **Values are followed by c when calm hours are in them, m with missing ones, b with both\n";
  for (const std::string& note : deck_.notes) text += fmt::format(" **NOTE: {}\n", note);
  return text;
}

std::string PrintedTables::sources_of(std::size_t group) const {
  std::string text = "                                  INCLUDING SOURCE(S):     ";
  constexpr std::size_t most = 29, on_first_line = 5, on_line = 8;
  const std::vector<std::size_t>& sources = deck_.groups[group].sources;
  for (std::size_t n = 0; n < std::min(most, sources.size()); ++n) {
    if (n == on_first_line || (n > on_first_line && (n - on_first_line) % on_line == 0))
      text += fmt::format("\n{:17}", "");
    const bool is_cut = n + 1 == most && sources.size() > most;
    text += fmt::format("{:12}, ", is_cut ? " . . ." : deck_.sources[sources[n]].name);
  }
  return text + "\n";
}

std::string PrintedTables::unit_line(const ResultType& type) const {
  return fmt::format("\n{:40}** {:4} OF {:8} IN {:40} **\n\n", "", type.code, deck_.pollutant, type.unit);
}

std::string PrintedTables::network_table(const ReceptorNetwork& network, const Cells& cells) {
  const std::size_t at_once = cells.has_dates ? 5 : 9;
  std::string text;
  for (std::size_t first = 0; first < network.columns.size(); first += at_once) {
    const std::size_t end = std::min(first + at_once, network.columns.size());
    if (cells.has_dates) {
      text += fmt::format(" {} |{:50}{}\n {} |  ", network.is_polar ? "DIRECTION" : " Y-COORD ", "",
                          network.is_polar ? "DISTANCE (METERS)" : "X-COORD (METERS)",
                          network.is_polar ? "(DEGREES)" : " (METERS)");
      for (std::size_t i = first; i < end; ++i)
        text += fmt::format("{}{:13.2f}", i == first ? " " : "           ", network.columns[i]);
    } else {
      text += fmt::format("   {} |{:48}{}\n   {} | ", network.is_polar ? "DIRECTION" : " Y-COORD ", "",
                          network.is_polar ? "DISTANCE (METERS)" : "X-COORD (METERS)",
                          network.is_polar ? "(DEGREES)" : " (METERS)");
      for (std::size_t i = first; i < end; ++i) text += fmt::format(" {:12.2f}", network.columns[i]);
    }
    text += fmt::format("\n{}\n", ruled(66));
    for (std::size_t row = 0; row < network.rows.size(); ++row) {
      // From north to south, as on a map; directions as they come.
      const std::size_t j = network.is_polar ? row : network.rows.size() - 1 - row;
      text += cells.has_dates ? fmt::format(" {:9.1f} |", network.rows[j])
                              : fmt::format("  {:10.2f} | ", network.rows[j]);
      for (std::size_t i = first; i < end; ++i)
        text += cells.at(network.first + j * network.columns.size() + i);
      text += "\n";
    }
    text += "\n";
  }
  return text;
}

std::string PrintedTables::discrete_table(ReceptorKind kind, const ResultType& type,
                                          const Cells& cells) const {
  std::string text;
  const std::string column = fmt::format("      X-COORD (M)  Y-COORD (M)        {:4}{}", type.code,
                                         cells.has_dates ? "     (YYMMDDHH)" : "");
  std::size_t count = 0;
  for (std::size_t n = 0; n < deck_.receptors.size(); ++n) {
    if (deck_.receptor_kinds[n] != kind) continue;
    if (count == 0) text += fmt::format("{:66}{}\n", column, column) + ruled(66);
    const Position& at = deck_.receptors[n].place;
    const std::string cell = fmt::format("      {:11.2f}  {:11.2f}  {}", at.x_m, at.y_m, cells.at(n));
    text += count % 2 == 0 ? fmt::format("{:65}", cell) : cell + "\n";
    ++count;
  }
  return text + (count % 2 == 0 ? "" : "\n");
}

std::string PrintedTables::receptor_tables(const std::string& title, std::size_t group,
                                           const ResultType& type, const Cells& cells) const {
  const std::string above = page() + "\n" + title + sources_of(group);
  std::string text;
  for (const ReceptorNetwork& network : deck_.networks)
    text += above +
            fmt::format("\n{:35}*** NETWORK ID: {:8} ;  NETWORK TYPE: {:8} ***\n", "", network.name,
                        network.is_polar ? "GRIDPOLR" : "GRIDCART") +
            unit_line(type) + network_table(network, cells);
  for (const ReceptorKind kind : {ReceptorKind::discrete_cartesian, ReceptorKind::discrete_polar}) {
    const std::string table = discrete_table(kind, type, cells);
    if (table.empty()) continue;
    text += above;
    text += fmt::format("\n{:45}*** DISCRETE {} RECEPTOR POINTS ***\n", "",
                        kind == ReceptorKind::discrete_cartesian ? "CARTESIAN" : "POLAR");
    text += unit_line(type);
    text += table;
  }
  return text;
}

std::string PrintedTables::day_tables(const AveragingTime& average, const BlockMeans::Block& block) const {
  std::string text;
  const DeckHour& end = block.end;
  const long long day =
      (hour_number({end.year, end.month, end.day, 1}) - hour_number({end.year, 1, 1, 1})) / 24 + 1;
  for (std::size_t type = 0; type < types_.size(); ++type)
    for (std::size_t group = 0; group < deck_.groups.size(); ++group) {
      const std::string title = fmt::format(
          "{:19}*** CONCURRENT {} {:24}VALUES ENDING WITH HOUR {:2} FOR DAY {:3} OF {:4} FOR SOURCE GROUP: "
          "{:8} ***\n",
          "", short_name(average), types_[type].words, end.hour, day, end.year, deck_.groups[group].name);
      text += receptor_tables(title, group, types_[type],
                              {false, [&](std::size_t n) {
                                 return fixed(block.values[layout_.row(type, group) * layout_.receptors + n]);
                               }});
    }
  return text;
}

std::string PrintedTables::long_tables(const AveragingTime& average, const LongMean& mean) const {
  std::string text;
  for (std::size_t type = 0; type < types_.size(); ++type)
    for (std::size_t group = 0; group < deck_.groups.size(); ++group) {
      const std::string title =
          average.kind == AveragingTime::Kind::annual
              ? fmt::format(
                    "{:19}*** THE {:6} {:24} VALUES AVERAGED OVER {:3} YEARS FOR SOURCE GROUP: {:8} ***\n",
                    "", average.name(), types_[type].words, mean.years(), deck_.groups[group].name)
              : fmt::format("{:30}*** THE {:6} ({:6} HRS) {:24}VALUES FOR SOURCE GROUP: {:8} ***\n", "",
                            average.name(), mean.hours(), types_[type].words, deck_.groups[group].name);
      text +=
          receptor_tables(title, group, types_[type],
                          {false, [&](std::size_t n) {
                             return fixed(mean.values()[layout_.row(type, group) * layout_.receptors + n]);
                           }});
    }
  return text;
}

std::string PrintedTables::rank_tables(const AveragingTime& average, const std::vector<int>& ranks,
                                       const ReceptorHighs& highs) const {
  std::string text;
  for (std::size_t type = 0; type < types_.size(); ++type)
    for (std::size_t group = 0; group < deck_.groups.size(); ++group)
      for (const int rank : ranks) {
        const std::string title =
            fmt::format("{:30}*** THE {} HIGHEST {} {:24}VALUES FOR SOURCE GROUP:  {:8} ***\n", "",
                        rank_name(rank), short_name(average), types_[type].words, deck_.groups[group].name);
        text += receptor_tables(title, group, types_[type],
                                {true, [&](std::size_t n) {
                                   const Ranked& one = highs.at(type, group, n, rank);
                                   return fmt::format("{}{}({:08})", fixed(one.value), one.flag, one.date);
                                 }});
      }
  return text;
}

std::string PrintedTables::overall_tables(const AveragingTime& average, int count,
                                          const OverallHighs& highs) const {
  std::string text;
  for (std::size_t type = 0; type < types_.size(); ++type)
    for (std::size_t group = 0; group < deck_.groups.size(); ++group) {
      text += page() +
              fmt::format("\n{:30}*** THE MAXIMUM {:4}  {} {:24}VALUES FOR SOURCE GROUP:  {:8} ***\n", "",
                          count, short_name(average), types_[type].words, deck_.groups[group].name) +
              sources_of(group) + unit_line(types_[type]);
      const std::string column = fmt::format(
          " RANK        {:4}    (YYMMDDHH) AT      RECEPTOR (XR,YR) OF TYPE    ", types_[type].code);
      text += column + column + "\n" + ruled(66);
      const std::span<const Ranked> list = highs.list(type, group);
      const auto cell = [&](std::size_t n) {
        const Ranked& one = list[n];
        const bool is_there = one.date != 0;
        const Position at = is_there ? deck_.receptors[one.receptor].place : Position{};
        return fmt::format(" {:4}. {}{}({:08}) AT ({:10.2f}, {:10.2f})  {:2}", n + 1, fixed(one.value),
                           one.flag, one.date, at.x_m, at.y_m,
                           is_there ? kind_name(deck_.receptor_kinds[one.receptor]) : "");
      };
      const std::size_t half = (list.size() + 1) / 2;
      for (std::size_t n = 0; n < half; ++n)
        text += cell(n) + (n + half < list.size() ? fmt::format("    {}", cell(n + half)) : "") + "\n";
      text += receptor_kinds;
    }
  return text;
}

std::string PrintedTables::place_of(std::size_t receptor) const {
  const Receptor& at = deck_.receptors[receptor];
  return fmt::format("AT ({:11.2f}, {:11.2f}, {:8.2f}, {:8.2f}, {:7.2f})  {:2}  {:8}", at.place.x_m,
                     at.place.y_m, at.elevation_m, at.hill_height_m, at.flagpole_m,
                     kind_name(deck_.receptor_kinds[receptor]), at.network);
}

std::string PrintedTables::long_summary(const AveragingTime& average, const LongMean& mean) const {
  std::string text;
  for (std::size_t type = 0; type < types_.size(); ++type) {
    text += page();
    text += average.kind == AveragingTime::Kind::annual
                ? fmt::format("\n{:46}*** THE SUMMARY OF MAXIMUM {:6} RESULTS AVERAGED OVER {:3} YEARS ***\n",
                              "", average.name(), mean.years())
                : fmt::format("\n{:46}*** THE SUMMARY OF MAXIMUM {:6} ({:8} HRS) RESULTS ***\n", "",
                              average.name(), mean.hours());
    text += unit_line(types_[type]) +
            fmt::format(
                "{:109}NETWORK\nGROUP ID{:23}{:12}{:16}RECEPTOR  (XR, YR, ZELEV, ZHILL, ZFLAG)   OF TYPE  "
                "GRID-ID\n",
                "", "", types_[type].heading, "") +
            ruled(60);
    for (std::size_t group = 0; group < deck_.groups.size(); ++group) {
      constexpr std::size_t most = 10;
      std::vector<Ranked> highest(std::min(most, layout_.receptors));
      for (std::size_t n = 0; n < layout_.receptors; ++n)
        insert_ranked(highest, {mean.values()[layout_.row(type, group) * layout_.receptors + n], 1, ' ', n});
      text += "\n";
      for (std::size_t rank = 0; rank < highest.size(); ++rank)
        if (highest[rank].date != 0)
          text +=
              fmt::format("{:8}{} HIGHEST VALUE IS {:>15} {}\n", rank == 0 ? deck_.groups[group].name : "",
                          rank_name(static_cast<int>(rank) + 1), fixed(highest[rank].value),
                          place_of(highest[rank].receptor));
    }
    text += receptor_kinds;
  }
  return text;
}

std::string PrintedTables::rank_summary(const AveragingTime& average, const std::vector<int>& ranks,
                                        const ReceptorHighs& highs, int years_averaged) const {
  std::string text;
  for (std::size_t type = 0; type < types_.size(); ++type) {
    text +=
        page() +
        fmt::format("\n{:46}*** THE SUMMARY OF HIGHEST {} RESULTS{} ***\n", "", short_name(average),
                    years_averaged > 0 ? fmt::format(" AVERAGED OVER {:3} YEARS", years_averaged) : "") +
        unit_line(types_[type]) +
        fmt::format(
            "{:54}DATE{:68}NETWORK\nGROUP ID{:26}{:12}    (YYMMDDHH){:13}RECEPTOR  (XR, YR, ZELEV, ZHILL, "
            "ZFLAG)   OF TYPE  GRID-ID\n",
            "", "", "", types_[type].heading, "") +
        ruled(66);
    for (std::size_t group = 0; group < deck_.groups.size(); ++group) {
      text += "\n";
      for (const int rank : ranks) {
        Ranked highest;
        for (std::size_t n = 0; n < layout_.receptors; ++n)
          if (const Ranked& one = highs.at(type, group, n, rank); one.value > highest.value) highest = one;
        const std::string name = rank == ranks.front() ? deck_.groups[group].name : "";
        text +=
            highest.date == 0
                ? fmt::format("{:8} HIGH {} HIGH VALUE IS {:>15}\n", name, rank_name(rank), fixed(0.0))
                : fmt::format("{:8} HIGH {} HIGH VALUE IS {:>15}{} ON {:08}: {}\n", name, rank_name(rank),
                              fixed(highest.value), highest.flag, highest.date, place_of(highest.receptor));
      }
    }
    text += receptor_kinds;
  }
  return text;
}

}  // namespace lantian::plume
