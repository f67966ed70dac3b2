#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/plume/plume_case.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace lantian::plume {

/// Over how long a value is a mean (of a deposition: a sum).
struct AveragingTime {
  enum class Kind { hours, month, period, annual };
  Kind kind = Kind::hours;
  int hours = 1;  ///< of Kind::hours: a divisor of 24

  /// As AERMOD's tables have it: 1-HR, 24-HR, MONTH, PERIOD, ANNUAL.
  [[nodiscard]] std::string name() const;
  /// Whether there are many values, so that they can be ranked.
  [[nodiscard]] bool is_short() const { return kind == Kind::hours || kind == Kind::month; }
  friend bool operator==(const AveragingTime&, const AveragingTime&) = default;
};

/// How a factor varies with time (EMISFACT, O3VALUES). D: weekdays, Saturday, Sunday; 7: each day of the
/// week.
enum class FactorScheme {
  annual,
  season,
  month,
  hour,
  wind_speed,
  season_hour,
  hour_d,
  hour_7,
  season_hour_d,
  season_hour_7,
  month_hour_d,
  month_hour_7
};

struct VaryingFactor {
  FactorScheme scheme = FactorScheme::annual;
  std::vector<double> values;
};

/// What HOUREMIS says of a source in an hour. What it leaves out stays as SRCPARAM has it.
struct HourlyRelease {
  double emission{};
  std::optional<double> gas_temperature_k, gas_velocity_m_s;                     // point
  std::optional<double> release_height_m, initial_sigma_y_m, initial_sigma_z_m;  // volume, area
};

/// A source's course in time beside its parameters.
struct SourceCourse {
  VaryingFactor factor;                       ///< no values: 1 throughout
  std::map<long long, HourlyRelease> hourly;  ///< by hour_number of the hour; empty: not from HOUREMIS
};

struct SourceGroup {
  std::string name;
  std::vector<std::size_t> sources;  ///< ascending
  enum class Background { not_told, wanted, refused };
  Background background = Background::not_told;  ///< whether BACKGRND is added to it
};

/// How a network of receptors lies, for the tables; discrete receptors are no network.
struct ReceptorNetwork {
  std::string name;
  bool is_polar = false;
  std::vector<double> columns;  ///< x of a Cartesian, distance of a polar network [m]
  std::vector<double> rows;     ///< y [m]; direction [deg]
  std::size_t first = 0;        ///< of its receptors, which lie row by row
};

/// What kind of receptor: GC, GP, DC, DP as AERMOD's tables have them.
enum class ReceptorKind { grid_cartesian, grid_polar, discrete_cartesian, discrete_polar };

/// An instant of the weather file as the deck names it; hour 1-24.
struct DeckHour {
  int year{}, month{}, day{}, hour{};
};

/// Hours since 1900-01-01 00:00 of an hour that ends at `hour`, 1-24.
[[nodiscard]] long long hour_number(const DeckHour& at);
/// Days since 1900-01-01 of an hour's day, to which its hour 24 belongs.
[[nodiscard]] long long day_number(const DeckHour& at);

/// The hour, when there is such a one; a year below 100 is one of 1950-2049.
[[nodiscard]] std::optional<DeckHour> checked_hour(int year, int month, int day, int hour);

/// Which measured turbulence of the profile file counts.
struct TurbulenceTaken {
  bool direction_spread = true;
  bool sigma_w = true;
};

struct WeatherFiles {
  std::string surface, profile;                           ///< full paths
  std::optional<int> surface_station, upper_air_station;  ///< SURFDATA, UAIRDATA
  std::optional<int> first_year;                          ///< of SURFDATA
  double profile_base_elevation_m{};
  std::optional<DeckHour> first, last;  ///< STARTEND
  std::array<bool, 366> days{};         ///< DAYRANGE by day of a leap year; none set: all
  std::set<long long> event_days;       ///< of events, counted from 1900-01-01 on; none: all
  double wind_rotation_deg{};           ///< WDROTATE, taken off each wind direction
  std::array<double, 5> wind_speed_bounds_m_s = {1.54, 3.09, 5.14, 8.23, 10.8};  ///< WINDCATS
  bool dates_may_jump = false;                                                   ///< NOCHKD, WARNCHKD
  TurbulenceTaken stable_hours, convective_hours;                                ///< NOTURB and its kin
  int years = 1;                                                                 ///< NUMYEARS
};

/// What the air holds of a gas without the deck's sources, when the wind is in one sector.
struct BackgroundCourse {
  std::optional<VaryingFactor> varying_ug_m3;  ///< a value, or a scheme of them
  std::map<long long, double> hourly_ug_m3;    ///< from a file, by hour_number
  bool is_hourly = false;
};

/// What the air holds of a gas without the deck's sources.
struct SectorBackground {
  /// Where sectors begin, ascending, by the direction that the wind goes to; none: no matter where it goes.
  std::vector<double> sectors_deg;
  std::vector<BackgroundCourse> courses = std::vector<BackgroundCourse>(1);  ///< one a sector
};

/// Background ozone and NOx (as NO2) for the chemistry of NO2.
struct BackgroundAir {
  SectorBackground ozone;       ///< O3SECTOR, OZONEVAL, O3VALUES, OZONEFIL
  SectorBackground nox;         ///< NOXSECTR, NOXVALUE, NOX_VALS, NOX_FILE
  bool has_least_ozone = true;  ///< stable hours of OZONEFIL count with some 40 ppb; NOMINO3: as they are
};

/// A file or table that is asked for.
struct PostFile {
  AveragingTime average;
  std::string group, path;
  bool is_unformatted = false;  ///< UNFORM: records of Fortran, not text
};
struct PlotFile {
  AveragingTime average;
  std::string group, path;
  int rank = 1;  ///< of short averages
};
struct RankFile {
  AveragingTime average;
  int count = 1;
  std::string path;
};
/// MAXIFILE: what is at a threshold or above it. Files of the same path are one file.
struct ThresholdFile {
  AveragingTime average;
  std::string group, path;
  double threshold{};  ///< in the deck's units
};
/// A file of one group (SEASONHR, MAXDAILY, MXDYBYYR).
struct GroupFile {
  std::string group, path;
};
/// MAXDCONT: what each group brings where one has its highest values.
struct ShareFile {
  std::string group, path;
  int first_rank = 1, last_rank = 1;
  std::optional<double> threshold;  ///< in the deck's units: no rank more once no receptor reaches it
};
struct OutputRequests {
  std::vector<std::pair<AveragingTime, std::vector<int>>> ranks;  ///< RECTABLE: ranks from 1 on, ascending
  std::vector<std::pair<AveragingTime, int>> maxima;              ///< MAXTABLE: how many
  std::vector<AveragingTime> days;                                ///< DAYTABLE
  std::vector<PostFile> post_files;
  std::vector<PlotFile> plot_files;
  std::vector<RankFile> rank_files;
  std::vector<ThresholdFile> threshold_files;
  std::vector<GroupFile> season_files;   ///< SEASONHR
  std::vector<GroupFile> daily_files;    ///< MAXDAILY
  std::vector<GroupFile> yearly_files;   ///< MXDYBYYR
  std::vector<ShareFile> share_files;    ///< MAXDCONT
  std::set<std::string> without_header;  ///< NOHEADER: keywords of files
  std::string printed_path;              ///< the deck's name with .out for its ending
  std::string netcdf_path;               ///< likewise with .nc
  std::string summary_path;              ///< SUMMFILE; empty: none
  bool is_exponential = false;
};

/// EVENTPER: a group's mean at one place (the receptor of the event's number) of which the sources' shares
/// are asked for.
struct Event {
  std::string name;
  AveragingTime average;
  std::size_t group{};
  DeckHour end;
  std::optional<double> told_value;  ///< what the deck's author had for it
};

/// A control deck of AERMOD: all that it says, checked, in SI units, with full paths.
struct Deck {
  std::string path;
  std::array<std::string, 2> titles;
  std::vector<std::string> option_words;  ///< for the headers of tables
  std::string pollutant = "OTHER", error_path;
  bool is_plain_ranking = false;  ///< H1H, H2H, INC: no daily maxima over years
  bool with_concentration = true, with_deposition = false, with_dry = false, with_wet = false;
  std::vector<AveragingTime> averages;
  Options options;
  BackgroundAir background;          ///< for the chemistry of NO2
  SectorBackground level;            ///< BACKGRND: added to groups
  bool flat_sources_may_be = false;  ///< MODELOPT FLAT ELEV: sources with FLAT for their elevation
  bool has_flagpoles = false;
  double default_flagpole_m = 0.0;
  double stack_no2_ratio = 0.5;  ///< NO2STACK
  bool is_run = true;

  std::vector<Source> sources;
  std::vector<SourceCourse> courses;  ///< one a source
  std::vector<SourceGroup> groups;
  double emission_unit_factor = 1.0e6;  ///< EMISUNIT, CONCUNIT: of concentration
  double deposition_unit_factor = 1.0;  ///< EMISUNIT of deposition only, DEPOUNIT
  std::string emission_unit = "GRAMS/SEC", concentration_unit = "MICROGRAMS/M**3",
              deposition_unit = "GRAMS/M**2";

  std::vector<Receptor> receptors;
  std::vector<ReceptorKind> receptor_kinds;  ///< one a receptor
  std::vector<ReceptorNetwork> networks;

  WeatherFiles weather;
  std::vector<Event> events;  ///< pathway EV, in place of RE; each source is a group behind the others then
  bool is_of_events = false, events_by_hour = false;  ///< has pathway EV; EVENTOUT DETAIL
  OutputRequests outputs;
  std::vector<std::string> notes;  ///< what the deck asks for that is done otherwise
};

/// Reads a control deck (EPA-454/B-24-007, user's guide of AERMOD, section 3) and the files it names but
/// those of weather. File names are taken from the folder of the deck; outputs go to `output_folder`, or
/// beside the deck when that is empty.
///
/// Every fault goes to `problems` as file:line: pathway keyword: what is wrong; the deck may be used when
/// there is none.
[[nodiscard]] Deck read_aermod_deck(const std::string& path, const std::string& output_folder,
                                    Problems& problems);

}  // namespace lantian::plume
