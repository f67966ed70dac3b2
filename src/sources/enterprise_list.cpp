#include "enterprise_list.hpp"

#include "embedded/enterprise_headers.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/base/time.hpp"
#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

namespace lantian {

namespace {

/// Full-width brackets as plain ones.
std::string plain_brackets(std::string text) {
  for (const auto& [wide, plain] : {std::pair{std::string("（"), "("}, std::pair{std::string("）"), ")"}})
    for (auto at = text.find(wide); at != std::string::npos; at = text.find(wide))
      text.replace(at, wide.size(), plain);
  return text;
}

/// What else a column may be called, Chinese headers above all.
const std::map<std::string, std::string>& header_aliases() {
  static const std::map<std::string, std::string> table = [] {
    const CsvTable csv =
        CsvTable::parse("inputs/enterprise_headers.csv", std::string(embedded::enterprise_headers));
    std::map<std::string, std::string> aliases;
    for (std::size_t row = 0; row < csv.rows(); ++row)
      aliases[csv.cell(row, csv.required_column("header"))] = csv.cell(row, csv.required_column("column"));
    return aliases;
  }();
  return table;
}

const std::array<std::string, 18> plain_columns = {
    "enterprise_id", "enterprise_name", "district", "industry_code", "grade",      "stack_id",
    "longitude",     "latitude",        "crs",      "height_m",      "diameter_m", "temperature_k",
    "temperature_c", "velocity_m_s",    "fugitive", "sector",        "profile",    "base_elevation_m"};
const std::array<std::string, 7> pollutants = {"NOx", "VOC", "SO2", "NH3", "CO", "PM25", "PM10"};

/// A column such as SO2_t_yr or VOC_kg_d: pollutant and what turns it into t yr-1.
struct RateColumn {
  std::size_t column;
  std::string pollutant;
  double to_t_yr;
};

class ListReader {
 public:
  ListReader(const std::string& path, int year, Problems& problems)
      : table_(CsvTable::read(path)), days_(days_in_year(year)), problems_(problems) {
    read_header();
  }

  std::vector<StackSource> read() {
    std::vector<StackSource> sources;
    if (!has_needed_columns_) return sources;
    if (table_.rows() == 0)
      problems_.add(fmt::format("{}: has no line below its header; one a stack is needed", table_.path()));
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      StackSource source = read_row(row);
      if (!seen.insert({source.enterprise_id, source.stack_id}).second)
        problems_.add(
            fmt::format("{}: enterprise_id \"{}\", stack_id \"{}\" stands there a second time; give each "
                        "stack an id of its own",
                        table_.place(row), source.enterprise_id, source.stack_id));
      sources.push_back(std::move(source));
    }
    for (const auto& [column, count] : defaulted_)
      log_info(fmt::format("{}: {} empty cells of {} take the default {}", table_.path(), count, column,
                           defaults_.at(column)));
    for (const auto& [column, count] : without_rate_)
      log_info(fmt::format("{}: {} empty cells of {} count as no emission", table_.path(), count, column));
    if (only_coarse_ > 0)
      log_warning(fmt::format("{}: {} stacks have PM10 but no PM25: all of it counts as coarse",
                              table_.path(), only_coarse_));
    return sources;
  }

 private:
  void read_header() {
    const std::size_t faults = problems_.sentences().size();
    std::vector<std::string> known(plain_columns.begin(), plain_columns.end());
    for (const std::string& pollutant : pollutants) known.push_back(pollutant + "_t_yr");
    for (std::size_t c = 0; c < table_.header().size(); ++c) {
      std::string name = plain_brackets(table_.header()[c]);
      if (const auto alias = header_aliases().find(name); alias != header_aliases().end())
        name = alias->second;
      const bool is_plain = std::ranges::find(plain_columns, name) != plain_columns.end();
      if (is_plain && !column_.try_emplace(name, c).second)
        problems_.add(fmt::format(R"({}:1: "{}" and "{}" both mean {}; keep one)", table_.path(),
                                  table_.header()[column_.at(name)], table_.header()[c], name));
      if (!is_plain && !read_rate_header(name, c))
        problems_.add(
            fmt::format("{}:1: \"{}\" is no column of an enterprise list.{} Pollutants are named like "
                        "SO2_t_yr or VOC_kg_d",
                        table_.path(), table_.header()[c], did_you_mean(name, known)));
    }
    for (const char* needed : {"enterprise_id", "longitude", "latitude", "sector"}) {
      if (column_.contains(needed)) continue;
      problems_.add(fmt::format("{}:1: there is no column \"{}\"; found {}", table_.path(), needed,
                                fmt::join(table_.header(), ", ")));
      has_needed_columns_ = false;
    }
    if (rates_.empty() && problems_.sentences().size() == faults)
      problems_.add(fmt::format("{}:1: there is no column of emission such as SO2_t_yr or VOC_kg_d; found {}",
                                table_.path(), fmt::join(table_.header(), ", ")));
  }

  bool read_rate_header(const std::string& name, std::size_t column) {
    const std::map<std::string, double> units = {{"_t_yr", 1.0},
                                                 {"_kg_yr", 0.001},
                                                 {"_kg_d", 0.001 * days_},
                                                 {"_kg_h", 0.024 * days_},
                                                 {"_t_d", days_}};
    for (const auto& [suffix, factor] : units) {
      if (!name.ends_with(suffix)) continue;
      const std::string pollutant = name.substr(0, name.size() - suffix.size());
      if (std::ranges::find(pollutants, pollutant) == pollutants.end()) return false;
      rates_.push_back({column, pollutant, factor});
      return true;
    }
    return false;
  }

  std::string text(std::size_t row, const std::string& name) const {
    return column_.contains(name) ? table_.cell(row, column_.at(name)) : "";
  }

  struct Range {
    double least, most;
    const char* unit;
  };

  /// The unit that a value out of range is likely in; empty when none is.
  static std::string_view lookalike(const std::string& name, double value, Range range) {
    if (value < 0.0) return "";
    if (name == "temperature_k" && value < range.least)
      return "; it looks like degrees Celsius: add 273.15, or name the column temperature_c";
    if (name == "fugitive" && value <= 100.0) return "; it looks like per cent: divide by 100";
    if ((name == "height_m" || name == "diameter_m") && value > range.most && value <= 100.0 * range.most)
      return "; it looks like cm: divide by 100";
    return "";
  }

  double number(std::size_t row, const std::string& name, Range range) {
    const auto given =
        column_.contains(name) ? table_.number(row, column_.at(name), problems_) : std::nullopt;
    if (!given) {
      ++defaulted_[name];
      return defaults_.at(name);
    }
    if (name == "temperature_c") range = {range.least - 273.15, range.most - 273.15, "C"};
    if (*given < range.least || *given > range.most)
      problems_.add(fmt::format("{}: {}: {} is out of range; allowed are {} to {}{}{}{}", table_.place(row),
                                name, *given, range.least, range.most, *range.unit == '\0' ? "" : " ",
                                range.unit, lookalike(name, *given, range)));
    return *given;
  }

  LonLat place(std::size_t row) {
    const std::size_t faults = problems_.sentences().size();
    const auto lon = table_.number(row, column_.at("longitude"), problems_),
               lat = table_.number(row, column_.at("latitude"), problems_);
    if (!lon || !lat) {
      if (problems_.sentences().size() == faults)
        problems_.add(fmt::format("{}: longitude and latitude are needed", table_.place(row)));
      return {};
    }
    if (std::fabs(*lat) > 90.0)
      problems_.add(
          fmt::format("{}: latitude {} lies beyond 90{}", table_.place(row), *lat,
                      std::fabs(*lon) <= 90.0 ? ": longitude and latitude seem to be swapped" : ""));
    const std::string crs = text(row, "crs");
    static const std::vector<std::string> known = {"WGS84", "CGCS2000", "GCJ02"};
    if (crs == "GCJ02") return from_gcj02({*lon, *lat});
    if (!crs.empty() && std::ranges::find(known, crs) == known.end())
      problems_.add(fmt::format("{}: crs: \"{}\" is unknown; known are WGS84, CGCS2000, GCJ02.{}",
                                table_.place(row), crs, did_you_mean(crs, known)));
    return {*lon, *lat};
  }

  /// A stack's gas is not colder than winter air, so Celsius below 260 stand out.
  double temperature_k(std::size_t row) {
    const Range range{260.0, 2000.0, "K"};
    const bool is_celsius = column_.contains("temperature_c") && !column_.contains("temperature_k");
    if (is_celsius && !text(row, "temperature_c").empty())
      return number(row, "temperature_c", range) + 273.15;
    return number(row, "temperature_k", range);
  }

  /// Nothing when the cell is empty: a map of terrain has it.
  std::optional<double> base_elevation_m(std::size_t row) {
    if (!column_.contains("base_elevation_m")) return std::nullopt;
    const std::size_t column = column_.at("base_elevation_m");
    const std::optional<double> given = table_.number(row, column, problems_);
    constexpr double least_m = -500.0, most_m = 9000.0;
    if (given && (*given < least_m || *given > most_m))
      problems_.add(fmt::format("{}: base_elevation_m: {} is out of range; allowed are {:g} to {:g} m",
                                table_.place(row), *given, least_m, most_m));
    return given;
  }

  StackSource read_row(std::size_t row) {
    StackSource source{.enterprise_id = text(row, "enterprise_id"),
                       .enterprise_name = text(row, "enterprise_name"),
                       .district = text(row, "district"),
                       .stack_id = text(row, "stack_id"),
                       .sector = text(row, "sector"),
                       .profile = text(row, "profile"),
                       .written_at = table_.place(row)};
    if (source.enterprise_id.empty())
      problems_.add(fmt::format("{}: enterprise_id is empty", table_.place(row)));
    if (source.sector.empty()) problems_.add(fmt::format("{}: sector is empty", table_.place(row)));
    source.place = place(row);
    source.stack = {.height_m = number(row, "height_m", {0.0, 500.0, "m"}),
                    .diameter_m = number(row, "diameter_m", {0.01, 40.0, "m"}),
                    .exit_temperature_k = temperature_k(row),
                    .exit_velocity_m_s = number(row, "velocity_m_s", {0.0, 60.0, "m s-1"})};
    source.base_elevation_m = base_elevation_m(row);
    source.fugitive = number(row, "fugitive", {0.0, 1.0, ""});
    for (const RateColumn& rate : rates_) {
      const auto value = table_.number(row, rate.column, problems_);
      if (!value) ++without_rate_[table_.header()[rate.column]];
      if (!value) continue;
      if (*value < 0.0)
        problems_.add(fmt::format("{}: {}: {} is negative; an emission cannot be", table_.place(row),
                                  table_.header()[rate.column], *value));
      source.t_yr[rate.pollutant] += *value * rate.to_t_yr;
    }
    make_coarse(source);
    return source;
  }

  /// PM10 becomes what it holds beyond PM25.
  void make_coarse(StackSource& source) {
    const auto pm10 = source.t_yr.find("PM10");
    if (pm10 == source.t_yr.end()) return;
    const auto fine = source.t_yr.find("PM25");
    const double fine_t_yr = fine == source.t_yr.end() ? 0.0 : fine->second;
    if (fine_t_yr > pm10->second)
      problems_.add(fmt::format("{}: PM25 of {} t/yr exceeds PM10 of {} t/yr; PM10 holds PM25",
                                source.written_at, fine_t_yr, pm10->second));
    if (fine == source.t_yr.end() && pm10->second > 0.0) ++only_coarse_;
    source.t_yr["PMC"] = std::max(pm10->second - fine_t_yr, 0.0);
    source.t_yr.erase("PM10");
  }

  CsvTable table_;
  double days_;
  Problems& problems_;
  int only_coarse_ = 0;
  std::map<std::string, std::size_t> column_;
  std::vector<RateColumn> rates_;
  bool has_needed_columns_ = true;
  std::map<std::string, double> defaults_ = {
      {"height_m", 30.0},       {"diameter_m", 1.0},
      {"temperature_k", 400.0}, {"temperature_c", 400.0 - 273.15},  // of a cell such as NA
      {"velocity_m_s", 10.0},   {"fugitive", 0.0}};
  std::map<std::string, int> defaulted_, without_rate_;
};

}  // namespace

std::vector<StackSource> read_enterprises(const std::string& path, int year, Problems& problems) {
  try {
    return ListReader(path, year, problems).read();
  } catch (const Error& error) {
    problems.add(error);
    return {};
  }
}

}  // namespace lantian
