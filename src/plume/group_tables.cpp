#include "deck_fields.hpp"
#include "plot_tables.hpp"

#include "lantian/base/time.hpp"

#include <fmt/format.h>

#include <cmath>

// Texts of MAXIFILE, SEASONHR, MAXDAILY, MXDYBYYR and MAXDCONT. @see EPA-454/B-24-007, appendix C.

namespace lantian::plume {

namespace {

std::string heights_of(const Receptor& one, int width) {
  return fmt::format(" {0:{3}.2f} {1:{3}.2f} {2:{3}.2f}", one.elevation_m, one.hill_height_m, one.flagpole_m,
                     width);
}

/// G12.4 of Fortran; what is below 0.1 or from 10000 on has more digits than there.
std::string general(double value) {
  const double size = std::abs(value);
  constexpr int digits = 4;
  if (size == 0.0) return fmt::format("{:8.3f}    ", value);
  if (size < 0.1 || size >= 1.0e4) return exponential(value).substr(1);
  const int before = size < 1.0 ? 0 : static_cast<int>(std::floor(std::log10(size))) + 1;
  return fmt::format("{:8.{}f}    ", value, digits - before);
}

int day_of_year(const DeckHour& at) {
  if (at.month == 0) return 0;
  constexpr long long hours_of_day = 24;
  return static_cast<int>((hour_number({at.year, at.month, at.day, 1}) - hour_number({at.year, 1, 1, 1})) /
                          hours_of_day) +
         1;
}

}  // namespace

std::string PlotTables::threshold_header(const ThresholdFile& file) const {
  return header(
      "MAXIFILE",
      fmt::format(
          "*         MAXI-FILE FOR {} VALUES >= A THRESHOLD OF {}\n"
          "*         FOR SOURCE GROUP: {:8}\n"
          "*         FORMAT: (1X,I3,1X,A8,1X,I8.8,2(1X,F13.5),3(1X,F7.2),1X,{})\n"
          "*AVE   GRP     DATE           X             Y        ZELEV   ZHILL   ZFLAG  {}\n"
          "*___ ________ ________  ____________  ____________  ______  ______  ______  ____________\n",
          short_name(file.average), general(file.threshold), file.group,
          deck_.outputs.is_exponential ? "E13.6" : "F13.5", types_[0].heading));
}

std::string PlotTables::threshold_rows(const ThresholdFile& file, const BlockMeans::Block& block) const {
  const bool is_month = file.average.kind == AveragingTime::Kind::month;
  const bool is_hour = !is_month && file.average.hours == 1;
  if (is_hour && block.flag != ' ') return "";  // calm or missing: no value
  const std::size_t first = group_of(file.group) * layout_.receptors;
  std::string text;
  for (std::size_t n = 0; n < deck_.receptors.size(); ++n) {
    const double found = block.values[first + n];
    if (found < file.threshold) continue;
    text +=
        fmt::format(" {:3} {:8} {:08}{}{} {}\n", is_month ? hours_of_month : file.average.hours, file.group,
                    date_stamp(block.end), places_[n], heights_of(deck_.receptors[n], 7), value(found));
  }
  return text;
}

std::string PlotTables::season_header(const GroupFile& file) const {
  std::string names, lines;
  for (const ResultType& one : types_) {
    names += "  " + one.heading;
    lines += "  ____________";
  }
  return header(
      "SEASONHR",
      fmt::format(
          "*         FILE OF SEASON/HOUR VALUES FOR SOURCE GROUP: {:8}\n"
          "*         FOR A TOTAL OF {:5} RECEPTORS.\n"
          "*         FORMAT: (2(1X,F13.5),{}(1X,{}),3(1X,F7.2),2X,A8,2X,3(I4,2X),A8)\n"
          "*        X             Y      {}   ZELEV   ZHILL   ZFLAG  GRP       NHRS  SEAS  HOUR  NET ID\n"
          "* ____________  ____________{}  ______  ______  ______  ________  ____  ____  ____  ________\n",
          file.group, deck_.receptors.size(), types_.size(), deck_.outputs.is_exponential ? "E13.6" : "F13.8",
          names, lines));
}

std::string PlotTables::season_rows(const GroupFile& file, const SeasonHours& seasons, std::size_t season,
                                    std::size_t hour) const {
  const std::size_t group = group_of(file.group);
  const auto number = [&](double found) {
    constexpr std::size_t width = 13;
    const std::string written = fmt::format("{:13.8f}", found);
    return deck_.outputs.is_exponential || written.size() != width ? exponential(found) : written;
  };
  std::string text;
  for (std::size_t n = 0; n < deck_.receptors.size(); ++n) {
    text += places_[n];
    for (std::size_t type = 0; type < types_.size(); ++type)
      text.append(1, ' ').append(number(seasons.value(type, group, n, season, hour)));
    text += fmt::format("{}  {:8}  {:4}  {:4}  {:4}  {:8}\n", heights_of(deck_.receptors[n], 7), file.group,
                        seasons.valid_hours(season, hour), season + 1, hour, deck_.receptors[n].network);
  }
  return text;
}

std::string PlotTables::daily_columns(const std::string& of_file, const std::string& group,
                                      const std::string& third) const {
  return fmt::format(
      "*         {}{:8}\n"
      "*         FOR A TOTAL OF {:5} RECEPTORS.\n"
      "*         FORMAT: (3(1X,F13.5),3(1X,F8.2),2X,A6,2X,A8,2X,I4,2X,I3,2X,I8.8,2X,A8)\n"
      "*        X             Y        {}    ZELEV    ZHILL    ZFLAG  {:>6}  GRP       JDAY   HR      "
      "DATE  NET ID\n"
      "* ____________  ____________  ____________   ______   ______   ______  ______  ________  ____"
      "  ___  ________  ________\n",
      of_file, group, deck_.receptors.size(), types_[0].heading, third);
}

std::string PlotTables::daily_header(const AveragingTime& average, const GroupFile& file) const {
  return header(
      "MAXDAILY",
      daily_columns(fmt::format("MAXDAILY FILE OF DAILY MAXIMUM {} VALUES BY DAY FOR SOURCE GROUP: ",
                                short_name(average)),
                    file.group, "AVE"));
}

/// @param day  whose date stands there, with hour 0, when no hour has a value above zero
std::string PlotTables::daily_row(std::size_t receptor, const Ranked& one, const DeckHour& day,
                                  const std::string& third, const std::string& group) const {
  constexpr int hours = 100;
  DeckHour at = day;
  int stamp = date_stamp({day.year, day.month, day.day, 0});
  if (one.date != 0) {
    stamp = one.date;
    at = checked_hour(stamp / 1000000, stamp / 10000 % hours, stamp / hours % hours, stamp % hours)
             .value_or(day);
  }
  return fmt::format("{} {}{}  {:>6}  {:8}  {:4}  {:3}  {:08}  {:8}\n", places_[receptor], fixed(one.value),
                     heights_[receptor], third, group, day_of_year(at), stamp % hours, stamp,
                     deck_.receptors[receptor].network);
}

std::string PlotTables::daily_rows(const AveragingTime& average, const GroupFile& file,
                                   const DailyMaxima& day) const {
  if (!day.last()) return "";
  const std::size_t first = group_of(file.group) * layout_.receptors;
  std::string text;
  for (std::size_t n = 0; n < deck_.receptors.size(); ++n)
    text += daily_row(n, day.values()[first + n], *day.last(), short_name(average), file.group);
  return text;
}

std::string PlotTables::yearly_table(const AveragingTime& average, const GroupFile& file,
                                     const std::vector<int>& ranks,
                                     std::span<const ReceptorHighs> years) const {
  std::string text = header(
      "MXDYBYYR",
      daily_columns(fmt::format("MXDYBYYR FILE OF RANKED DAILY MAXIMUM {} VALUES BY YEAR FOR SOURCE GROUP: ",
                                short_name(average)),
                    file.group, "RANK"));
  const std::size_t group = group_of(file.group);
  for (const ReceptorHighs& year : years)
    for (const int rank : ranks)
      for (std::size_t n = 0; n < deck_.receptors.size(); ++n) {
        const Ranked& one = year.at(0, group, n, rank);
        text += daily_row(n, one, {}, ordinal(rank), file.group);
      }
  return text;
}

std::string PlotTables::share_header(const AveragingTime& average, const ShareFile& file, int rank,
                                     int years) const {
  std::string names, lines;
  for (const SourceGroup& one : deck_.groups) {
    names += fmt::format("  CONT {:8}", one.name);
    lines += "  _____________";
  }
  return header(
      "MAXDCONT",
      fmt::format("*         MAXDCONT FILE OF {}-HIGHEST {} VALUES AVERAGED OVER {:3} YEARS FOR SOURCE "
                  "GROUP: {:8}{}\n"
                  "*         FOR A TOTAL OF {:6} RECEPTORS AND {:4} SOURCE GROUPS WITH CONTRIBUTIONS FROM "
                  "OTHER SOURCE "
                  "GROUPS PAIRED IN TIME & SPACE\n"
                  "*         FORMAT: (3(1X,F13.5),3(1X,F8.2),2X,A6,2X,A8,2X,A5,5X,A8,{}(2X,F13.5))\n"
                  "*        X             Y      {}    ZELEV    ZHILL    ZFLAG    AVE     GRP       RANK     "
                  "NET ID{}\n"
                  "* ____________  ____________  ____________   ______   ______   ______  ______  ________  "
                  "________  "
                  "________{}\n",
                  rank_name(rank), short_name(average), years, file.group,
                  file.threshold ? fmt::format(" ; ABOVE THRESH = {:12.5f}", *file.threshold) : "",
                  deck_.receptors.size(), deck_.groups.size(), deck_.groups.size(), "  " + types_[0].heading,
                  names, lines));
}

std::string PlotTables::share_table(const AveragingTime& average, const ShareFile& file,
                                    const RankShares& shares) const {
  std::string text;
  const std::size_t group = group_of(file.group);
  for (int rank = file.first_rank; rank <= file.last_rank; ++rank) {
    text += share_header(average, file, rank, shares.years());
    bool is_reached = false;
    for (std::size_t n = 0; n < deck_.receptors.size(); ++n) {
      const std::span<const double> of_groups = shares.at(n, rank);
      const bool is_told = !file.threshold || of_groups[group] >= *file.threshold;
      is_reached = is_reached || is_told;
      text +=
          fmt::format("{} {}{}  {:>6}  {:8}  {:5}     {:8}", places_[n], fixed(of_groups[group]), heights_[n],
                      short_name(average), file.group, rank_name(rank), deck_.receptors[n].network);
      for (const double share : of_groups) text += fmt::format("  {}", fixed(is_told ? share : 0.0));
      text += "\n";
    }
    if (!is_reached) break;
  }
  return text;
}

}  // namespace lantian::plume
