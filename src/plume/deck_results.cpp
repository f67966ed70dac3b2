#include "deck_results.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace lantian::plume {

namespace {

std::size_t count_of(std::span<const WeatherHour> hours, HourState state) {
  return static_cast<std::size_t>(std::ranges::count(hours, state, &WeatherHour::state));
}

DeckHour time_of(const WeatherHour& hour) {
  return {hour.year, hour.month, hour.day, hour.hour};
}

}  // namespace

bool is_of_standard(const Deck& deck, const AveragingTime& average) {
  if (deck.is_plain_ranking || average.kind != AveragingTime::Kind::hours) return false;
  if (std::ranges::count_if(deck.averages, &AveragingTime::is_short) != 1) return false;
  const bool is_gas = deck.pollutant == "NO2" || deck.pollutant == "SO2";
  static const std::set<std::string> names_of_fine = {"PM25", "PM2.5", "PM-2.5", "PM-25"};
  const bool is_fine = names_of_fine.contains(deck.pollutant);
  return (is_gas && average.hours == 1) || (is_fine && average.hours == 24);
}

std::optional<AveragingTime> average_of_standard(const Deck& deck) {
  for (const AveragingTime& one : deck.averages)
    if (is_of_standard(deck, one)) return one;
  return std::nullopt;
}

ValueLayout layout_of(const Deck& deck) {
  ValueLayout layout{{}, deck.groups.size(), deck.receptors.size()};
  for (const ResultType& type : result_types(deck)) layout.is_sum.push_back(type.is_deposition);
  return layout;
}

double expected_bytes(const Deck& deck, std::size_t hours, bool with_netcdf) {
  const auto receptors = static_cast<double>(deck.receptors.size());
  const auto types = static_cast<double>(result_types(deck).size());
  double bytes =
      with_netcdf ? 4.0 * static_cast<double>(hours * deck.groups.size()) * receptors * types : 0.0;
  for (const PostFile& file : deck.outputs.post_files) {
    if (file.average.kind != AveragingTime::Kind::hours) continue;
    const double row = file.is_unformatted ? 8.0 * types : 96.0 + 14.0 * types;
    bytes += row * receptors * static_cast<double>(hours) / file.average.hours;
  }
  const double hours_of_seasons = 96.0, row_of_group = 110.0;
  const double days = static_cast<double>(hours) / 24.0;
  const OutputRequests& wanted = deck.outputs;
  bytes += row_of_group * receptors *
           (hours_of_seasons * static_cast<double>(wanted.season_files.size()) +
            days * static_cast<double>(wanted.daily_files.size()));
  return bytes;
}

DeckResults::DeckResults(const Deck& deck, const TableOrigin& origin, std::span<const WeatherHour> hours,
                         const std::string& netcdf_path)
    : deck_(deck),
      hours_(hours),
      layout_(layout_of(deck)),
      plots_(deck, origin, layout_),
      prints_(deck, origin, layout_),
      netcdf_path_(netcdf_path),
      printed_(deck.outputs.printed_path) {
  printed_.append(
      prints_.setup(hours.size(), count_of(hours, HourState::calm), count_of(hours, HourState::missing)));
  for (const AveragingTime& average : deck.averages) {
    if (average.is_short()) {
      prepare(average);
    } else {
      long_average_ = average;
      long_mean_.emplace(average.kind == AveragingTime::Kind::annual, layout_);
    }
  }
  begin_files_of_groups();
  if (!deck.events.empty()) events_.emplace(deck, layout_);
  if (!netcdf_path.empty())
    netcdf_ = std::make_unique<ConcentrationFile>(netcdf_path, deck, origin, layout_, hours);
}

void DeckResults::prepare(const AveragingTime& average) {
  OfAverage one(BlockMeans(average, layout_));
  const OutputRequests& wanted = deck_.outputs;
  int ranks = 0;
  for (const auto& [time, printed] : wanted.ranks) {
    if (time != average || printed.empty()) continue;
    one.printed_ranks = printed;
    ranks = printed.back();
  }
  for (const PlotFile& file : wanted.plot_files)
    if (file.average == average) ranks = std::max(ranks, file.rank);
  if (ranks > 0 && is_of_standard(deck_, average))
    one.yearly.emplace(layout_, ranks, average.hours == 1, !wanted.yearly_files.empty());
  else if (ranks > 0)
    one.highs.emplace(layout_, ranks);
  for (const auto& [time, count] : wanted.maxima) {
    if (time != average) continue;
    one.maxima_count = count;
    one.maxima.emplace(layout_, count, false);
  }
  for (const RankFile& file : wanted.rank_files)
    if (file.average == average) one.rank_files.emplace_back(&file, OverallHighs(layout_, file.count, true));
  for (const PostFile& file : wanted.post_files) {
    if (file.average != average) continue;
    one.post_files.push_back(&file);
    texts_.try_emplace(file.path, file.path).first->second.append(plots_.post_header(file));
  }
  for (const ThresholdFile& file : wanted.threshold_files)
    if (file.average == average) one.threshold_files.push_back(&file);
  if (is_of_standard(deck_, average) && !wanted.daily_files.empty()) {
    one.days.emplace(layout_);
    for (const GroupFile& file : wanted.daily_files) {
      one.daily_files.emplace_back(&file, TextWriter(file.path));
      one.daily_files.back().second.append(plots_.daily_header(average, file));
    }
  }
  if (is_of_standard(deck_, average))
    for (const ShareFile& file : wanted.share_files)
      one.share_files.emplace_back(
          &file, RankShares(layout_, plots_.group_of(file.group), file.last_rank, average.hours == 1));
  one.is_by_day = std::ranges::find(wanted.days, average) != wanted.days.end();
  averages_.push_back(std::move(one));
}

void DeckResults::begin_files_of_groups() {
  for (const ThresholdFile& file : deck_.outputs.threshold_files)
    texts_.try_emplace(file.path, file.path).first->second.append(plots_.threshold_header(file));
  if (deck_.outputs.season_files.empty()) return;
  std::vector<std::size_t> groups;
  for (const GroupFile& file : deck_.outputs.season_files) groups.push_back(plots_.group_of(file.group));
  seasons_.emplace(layout_, std::move(groups));
}

/// Writes the day that is over by an hour.
void DeckResults::begin_day(OfAverage& one, const DeckHour& at, const PlotTables& plots) {
  if (!one.days || !one.days->is_over_by(at)) return;
  for (auto& [file, writer] : one.daily_files)
    writer.append(plots.daily_rows(one.means.average(), *file, *one.days));
}

void DeckResults::add(std::size_t n, std::span<const double> values) {
  const DeckHour at = time_of(hours_[n]);
  const HourState state = hours_[n].state;
  if (netcdf_) netcdf_->write(n, values);
  if (long_mean_) long_mean_->add(at, state, values);
  if (seasons_) seasons_->add(at, state, values);
  if (events_) events_->add(at, state, values);
  for (OfAverage& one : averages_)
    if (const std::optional<BlockMeans::Block> block = one.means.add(at, state, values))
      add_block(one, *block);
}

void DeckResults::add_block(OfAverage& one, const BlockMeans::Block& block) {
  for (const PostFile* file : one.post_files) texts_.at(file->path).append(plots_.post_rows(*file, block));
  for (const ThresholdFile* file : one.threshold_files)
    texts_.at(file->path).append(plots_.threshold_rows(*file, block));
  begin_day(one, block.end, plots_);
  if (one.days) one.days->add(block);
  if (one.is_by_day) printed_.append(prints_.day_tables(one.means.average(), block));
  if (one.highs) one.highs->add(block);
  if (one.yearly) one.yearly->add(block);
  if (one.maxima) one.maxima->add(block);
  for (auto& [file, highs] : one.rank_files) highs.add(block);
  for (auto& [file, shares] : one.share_files) shares.add(block);
}

void DeckResults::write_whole(const std::string& path, const std::string& text) {
  const auto [found, is_fresh] = whole_.try_emplace(path, path);
  found->second.append(text);
  if (is_fresh) written_.push_back(path);
}

void DeckResults::finish_long(std::string& summary) {
  if (!long_mean_) return;
  long_mean_->finish();
  printed_.append(prints_.long_tables(long_average_, *long_mean_));
  summary += prints_.long_summary(long_average_, *long_mean_);
  for (const PostFile& file : deck_.outputs.post_files)
    if (file.average == long_average_)
      write_whole(file.path, file.is_unformatted
                                 ? plots_.long_record(file, *long_mean_, date_stamp(time_of(hours_.back())))
                                 : plots_.long_table(file.average, file.group, *long_mean_, true));
  for (const PlotFile& file : deck_.outputs.plot_files)
    if (file.average == long_average_)
      write_whole(file.path, plots_.long_table(file.average, file.group, *long_mean_, false));
}

void DeckResults::finish_short(OfAverage& one, std::string& summary) {
  const AveragingTime& average = one.means.average();
  if (one.yearly) one.yearly->finish();
  if (!one.printed_ranks.empty()) {
    printed_.append(prints_.rank_tables(average, one.printed_ranks, highs_of(one)));
    summary +=
        prints_.rank_summary(average, one.printed_ranks, highs_of(one), one.yearly ? one.yearly->years() : 0);
  }
  if (one.maxima) printed_.append(prints_.overall_tables(average, one.maxima_count, *one.maxima));
  for (const PlotFile& file : deck_.outputs.plot_files)
    if (file.average == average) write_whole(file.path, plots_.rank_table(file, highs_of(one)));
  for (const auto& [file, highs] : one.rank_files)
    write_whole(file->path, plots_.overall_table(*file, highs));
  for (auto& [file, shares] : one.share_files) {
    shares.finish();
    write_whole(file->path, plots_.share_table(average, *file, shares));
  }
}

void DeckResults::finish_files_of_groups() {
  for (auto& [path, writer] : texts_) {
    writer.finish();
    written_.push_back(path);
  }
  for (const GroupFile& file : deck_.outputs.season_files) {
    write_whole(file.path, plots_.season_header(file));
    for (std::size_t season = 0; season < SeasonHours::seasons; ++season)
      for (std::size_t hour = 1; hour <= SeasonHours::hours_of_day; ++hour)
        whole_.at(file.path).append(plots_.season_rows(file, *seasons_, season, hour));
  }
  for (OfAverage& one : averages_) {
    for (auto& [file, writer] : one.daily_files) {
      writer.append(plots_.daily_rows(one.means.average(), *file, *one.days));
      writer.finish();
      written_.push_back(file->path);
    }
    if (!one.yearly) continue;
    for (const GroupFile& file : deck_.outputs.yearly_files)
      write_whole(file.path,
                  plots_.yearly_table(one.means.average(), file, one.printed_ranks, one.yearly->by_year()));
  }
}

std::vector<std::string> DeckResults::finish() {
  std::string summary;
  finish_long(summary);
  if (events_) printed_.append(events_->tables());
  for (OfAverage& one : averages_) finish_short(one, summary);
  finish_files_of_groups();
  printed_.append(summary);
  if (!deck_.outputs.summary_path.empty()) write_whole(deck_.outputs.summary_path, summary);
  if (!deck_.error_path.empty()) {
    std::string notes = "** Faults stop a run before it begins; these are its notes\n";
    for (const std::string& note : deck_.notes) notes += note + "\n";
    write_whole(deck_.error_path, notes);
  }
  for (auto& [path, writer] : whole_) writer.finish();
  printed_.finish();
  written_.push_back(deck_.outputs.printed_path);
  if (netcdf_) {
    netcdf_->finish();
    written_.push_back(netcdf_path_);
  }
  return std::move(written_);
}

}  // namespace lantian::plume
