#pragma once

#include "averaging.hpp"
#include "concentration_file.hpp"
#include "event_results.hpp"
#include "plot_tables.hpp"
#include "printed_tables.hpp"

#include "lantian/io/text_writer.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lantian::plume {

/// All that a deck asks to be written: takes hour after hour, and gives the files their names when the last
/// one is in.
class DeckResults {
 public:
  /// @param netcdf_path  empty: none
  /// @throws OutputError
  DeckResults(const Deck& deck, const TableOrigin& origin, std::span<const WeatherHour> hours,
              const std::string& netcdf_path);
  /// @param values  [type][group][receptor] of the n-th hour, in the deck's units
  void add(std::size_t n, std::span<const double> values);
  /// @return the files that were written
  [[nodiscard]] std::vector<std::string> finish();

 private:
  /// What is gathered of one averaging time.
  struct OfAverage {
    explicit OfAverage(BlockMeans blocks) : means(std::move(blocks)) {}
    BlockMeans means;
    std::vector<int> printed_ranks;
    bool is_by_day = false;
    std::optional<ReceptorHighs> highs;
    std::optional<YearlyHighs> yearly;
    std::optional<DailyMaxima> days;
    std::optional<OverallHighs> maxima;
    int maxima_count = 0;
    std::vector<std::pair<const RankFile*, OverallHighs>> rank_files;
    std::vector<const PostFile*> post_files;
    std::vector<const ThresholdFile*> threshold_files;
    std::vector<std::pair<const GroupFile*, TextWriter>> daily_files;
    std::vector<std::pair<const ShareFile*, RankShares>> share_files;
  };
  void begin_files_of_groups();
  static void begin_day(OfAverage& one, const DeckHour& at, const PlotTables& plots);
  void finish_files_of_groups();
  void prepare(const AveragingTime& average);
  void add_block(OfAverage& one, const BlockMeans::Block& block);
  void finish_short(OfAverage& one, std::string& summary);
  void finish_long(std::string& summary);
  void write_whole(const std::string& path, const std::string& text);
  [[nodiscard]] static const ReceptorHighs& highs_of(const OfAverage& one) {
    return one.yearly ? one.yearly->highs() : *one.highs;
  }

  const Deck& deck_;
  std::span<const WeatherHour> hours_;
  ValueLayout layout_;
  PlotTables plots_;
  PrintedTables prints_;
  std::vector<OfAverage> averages_;
  std::map<std::string, TextWriter> texts_;  // of POSTFILE and MAXIFILE by path: cards may share one
  std::optional<SeasonHours> seasons_;
  std::optional<LongMean> long_mean_;
  std::optional<EventResults> events_;
  AveragingTime long_average_;
  std::unique_ptr<ConcentrationFile> netcdf_;
  std::string netcdf_path_;
  TextWriter printed_;
  std::map<std::string, TextWriter> whole_;  // texts that wait for their names, by path
  std::vector<std::string> written_;
};

/// Whether the highest values of an averaging time are those of the standards of NO2, SO2 and PM2.5: when it
/// is the only short one.
[[nodiscard]] bool is_of_standard(const Deck& deck, const AveragingTime& average);

/// The averaging time that `is_of_standard`, when the deck has one.
[[nodiscard]] std::optional<AveragingTime> average_of_standard(const Deck& deck);

/// Types, groups and receptors of a deck's results.
[[nodiscard]] ValueLayout layout_of(const Deck& deck);

/// Bytes that the greatest files of a run will take: hourly values as netCDF and as text.
[[nodiscard]] double expected_bytes(const Deck& deck, std::size_t hours, bool with_netcdf);

}  // namespace lantian::plume
