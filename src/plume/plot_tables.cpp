#include "plot_tables.hpp"

#include "deck_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace lantian::plume {

PlotTables::PlotTables(const Deck& deck, TableOrigin origin, ValueLayout layout)
    : deck_(deck), origin_(std::move(origin)), layout_(std::move(layout)), types_(result_types(deck)) {
  for (std::size_t n = 0; n < deck.receptors.size(); ++n) {
    places_.push_back(place(n));
    heights_.push_back(heights(n));
  }
}

std::string PlotTables::value(double number) const {
  return deck_.outputs.is_exponential ? exponential(number) : fixed(number);
}

std::string PlotTables::header(const std::string& keyword, const std::string& of_file) const {
  if (deck_.outputs.without_header.contains(keyword)) return "";
  return file_header(deck_, origin_) + of_file;
}

std::string PlotTables::place(std::size_t receptor) const {
  const Position& at = deck_.receptors[receptor].place;
  return fmt::format(" {} {}", fixed(at.x_m), fixed(at.y_m));
}

std::string PlotTables::heights(std::size_t receptor) const {
  const Receptor& one = deck_.receptors[receptor];
  return fmt::format(" {:8.2f} {:8.2f} {:8.2f}", one.elevation_m, one.hill_height_m, one.flagpole_m);
}

std::string PlotTables::value_format() const {
  return deck_.outputs.is_exponential ? fmt::format("(2(1X,F13.5),{}(1X,E13.6)", types_.size())
                                      : fmt::format("({}(1X,F13.5)", 2 + types_.size());
}

std::string PlotTables::columns(const std::string& after_group) const {
  std::string names = "*        X             Y    ", lines = "* ____________  ____________ ";
  for (const ResultType& one : types_) {
    names += "  " + one.heading;
    lines += " ____________ ";
  }
  return names + "    ZELEV    ZHILL    ZFLAG    AVE     GRP" + after_group + "\n" + lines +
         "  ______   ______   ______  ______  ________  ________  ________\n";
}

std::size_t PlotTables::group_of(const std::string& name) const {
  return static_cast<std::size_t>(std::ranges::find(deck_.groups, name, &SourceGroup::name) -
                                  deck_.groups.begin());
}

/// A record of Fortran as gfortran and Intel's compiler lay it out: its bytes between two counts of them of
/// four bytes each. Date, hours (or years), group of eight letters; then the values of each type, which are
/// doubles. @see POSTFL, PSTANN of AERMOD 24142.
std::string PlotTables::record(int date, int count, const std::string& group,
                               std::span<const double> values) const {
  std::string bytes;
  const auto add = [](std::string& to, const auto& what) {
    std::array<char, sizeof(what)> raw{};
    std::memcpy(raw.data(), &what, raw.size());
    to.append(raw.data(), raw.size());
  };
  add(bytes, static_cast<std::int32_t>(date));
  add(bytes, static_cast<std::int32_t>(count));
  bytes += fmt::format("{:8.8}", group);
  for (std::size_t type = 0; type < types_.size(); ++type)
    for (std::size_t n = 0; n < layout_.receptors; ++n)
      add(bytes, values[layout_.row(type, group_of(group)) * layout_.receptors + n]);
  std::string mark;
  add(mark, static_cast<std::int32_t>(bytes.size()));
  return mark + bytes + mark;
}

std::string PlotTables::post_header(const PostFile& file) const {
  if (file.is_unformatted) return "";
  return header("POSTFILE",
                fmt::format("*         POST/PLOT FILE OF CONCURRENT {} VALUES FOR SOURCE GROUP: {:8}\n"
                            "*         FOR A TOTAL OF {:5} RECEPTORS.\n"
                            "*         FORMAT: {},3(1X,F8.2),2X,A6,2X,A8,2X,I8.8,2X,A8)\n",
                            short_name(file.average), file.group, deck_.receptors.size(), value_format()) +
                    columns("       DATE     NET ID"));
}

template <typename ValueOf>
std::string PlotTables::rows(const std::string& ending_before_network, ValueOf&& value_of) const {
  std::string text;
  for (std::size_t n = 0; n < deck_.receptors.size(); ++n) {
    text += places_[n];
    for (std::size_t type = 0; type < types_.size(); ++type)
      text.append(1, ' ').append(value(value_of(type, n)));
    text += heights_[n] + ending_before_network + fmt::format("  {:8}\n", deck_.receptors[n].network);
  }
  return text;
}

std::string PlotTables::post_rows(const PostFile& file, const BlockMeans::Block& block) const {
  const bool is_month = file.average.kind == AveragingTime::Kind::month;
  if (file.is_unformatted)
    return record(date_stamp(block.end), is_month ? hours_of_month : file.average.hours, file.group,
                  block.values);
  const std::size_t group = group_of(file.group);
  return rows(
      fmt::format("  {:>6}  {:8}  {:08}", short_name(file.average), file.group, date_stamp(block.end)),
      [&](std::size_t type, std::size_t n) {
        return block.values[layout_.row(type, group) * layout_.receptors + n];
      });
}

std::string PlotTables::long_record(const PostFile& file, const LongMean& mean, int date) const {
  const bool is_annual = file.average.kind == AveragingTime::Kind::annual;
  return record(date, is_annual ? mean.years() : mean.hours(), file.group, mean.values());
}

std::string PlotTables::long_table(const AveragingTime& average, const std::string& group_name,
                                   const LongMean& mean, bool is_post_file) const {
  const bool is_annual = average.kind == AveragingTime::Kind::annual;
  const std::string across = is_post_file && !is_annual
                                 ? ""
                                 : fmt::format(" AVERAGED ACROSS {:3} YEARS", is_annual ? mean.years() : 0);
  const std::size_t group = group_of(group_name);
  return header(is_post_file ? "POSTFILE" : "PLOTFILE",
                fmt::format("*         {} FILE OF {} VALUES{} FOR SOURCE GROUP: {:8}\n"
                            "*         FOR A TOTAL OF {:5} RECEPTORS.\n"
                            "*         FORMAT: {},3(1X,F8.2),2X,A6,2X,A8,2X,I8.8,2X,A8)\n",
                            is_post_file ? "POST/PLOT" : "PLOT", average.name(), across, group_name,
                            deck_.receptors.size(), value_format()) +
                    columns(is_annual ? "      NUM YRS   NET ID" : "      NUM HRS   NET ID")) +
         rows(fmt::format("  {:6}  {:8}  {:08}", average.name(), group_name,
                          is_annual ? mean.years() : mean.hours()),
              [&](std::size_t type, std::size_t n) {
                return mean.values()[layout_.row(type, group) * layout_.receptors + n];
              });
}

std::string PlotTables::rank_table(const PlotFile& file, const ReceptorHighs& highs) const {
  std::string names = "*        X             Y    ", lines = "* ____________  ____________ ";
  for (const ResultType& one : types_) {
    names += "  " + one.heading;
    lines += " ____________ ";
  }
  std::string text =
      header("PLOTFILE",
             fmt::format("*         PLOT FILE OF  HIGH {} HIGH {} VALUES FOR SOURCE GROUP: {:8}\n"
                         "*         FOR A TOTAL OF {:5} RECEPTORS.\n"
                         "*         FORMAT: {},3(1X,F8.2),3X,A5,2X,A8,2X,A5,5X,A8,2X,I8)\n",
                         rank_name(file.rank), short_name(file.average), file.group, deck_.receptors.size(),
                         value_format()) +
                 names + "    ZELEV    ZHILL    ZFLAG    AVE     GRP       RANK     NET ID   DATE(CONC)\n" +
                 lines + "  ______   ______   ______  ______  ________  ________  ________  ________\n");
  const std::size_t group = group_of(file.group);
  for (std::size_t n = 0; n < deck_.receptors.size(); ++n) {
    text += place(n);
    for (std::size_t type = 0; type < types_.size(); ++type) {
      const Ranked& one = highs.at(type, group, n, file.rank);
      text.append(1, ' ').append(value(one.value));
    }
    text += heights(n) + fmt::format("   {:5}  {:8}  {:5}     {:8}  {:8}\n", short_name(file.average),
                                     file.group, rank_name(file.rank), deck_.receptors[n].network,
                                     highs.at(0, group, n, file.rank).date);
  }
  return text;
}

std::string PlotTables::overall_table(const RankFile& file, const OverallHighs& highs) const {
  std::string text;
  for (std::size_t type = 0; type < types_.size(); ++type) {
    text += header(
        "RANKFILE",
        fmt::format(
            "*         RANK-FILE OF UP TO {:5} TOP {} VALUES FOR {:3} SOURCE GROUPS\n"
            "*         INCLUDES OVERALL MAXIMUM VALUES WITH DUPLICATE DATA PERIODS REMOVED\n"
            "*         FORMAT: (1X,I6,1X,{},1X,I8.8,2(1X,F13.5),3(1X,F7.2),2X,A8)\n"
            "*  RANK  {}      DATE         X             Y        ZELEV   ZHILL   ZFLAG     GRP\n"
            "* _____  ____________  ________  ____________  ____________  ______  ______  ______  ________\n",
            file.count, short_name(file.average), deck_.groups.size(),
            deck_.outputs.is_exponential ? "E13.6" : "F13.5", types_[type].heading));
    for (std::size_t group = 0; group < deck_.groups.size(); ++group) {
      int rank = 0;
      for (const Ranked& one : highs.list(type, group)) {
        ++rank;
        if (one.date == 0) break;  // fewer blocks than values that were asked for
        const Receptor& at = deck_.receptors[one.receptor];
        text += fmt::format(" {:6} {} {:08}{} {:7.2f} {:7.2f} {:7.2f}  {:8}\n", rank, value(one.value),
                            one.date, place(one.receptor), at.elevation_m, at.hill_height_m, at.flagpole_m,
                            deck_.groups[group].name);
      }
    }
  }
  return text;
}

}  // namespace lantian::plume
