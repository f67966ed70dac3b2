#include "enterprise_list.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
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

/// Chinese headers of the lists that environmental bureaus keep.
const std::map<std::string, std::string>& header_aliases() {
  static const std::map<std::string, std::string> table = {{"企业编码", "enterprise_id"},
                                                           {"企业编号", "enterprise_id"},
                                                           {"统一社会信用代码", "enterprise_id"},
                                                           {"企业名称", "enterprise_name"},
                                                           {"区县", "district"},
                                                           {"区（市、县）", "district"},
                                                           {"所属区县", "district"},
                                                           {"行业代码", "industry_code"},
                                                           {"绩效等级", "grade"},
                                                           {"绩效分级", "grade"},
                                                           {"排放口编号", "stack_id"},
                                                           {"排口编号", "stack_id"},
                                                           {"经度", "longitude"},
                                                           {"纬度", "latitude"},
                                                           {"坐标系", "crs"},
                                                           {"排放高度", "height_m"},
                                                           {"排气筒高度", "height_m"},
                                                           {"烟囱高度", "height_m"},
                                                           {"排气筒内径", "diameter_m"},
                                                           {"内径", "diameter_m"},
                                                           {"烟气温度", "temperature_k"},
                                                           {"烟气流速", "velocity_m_s"},
                                                           {"出口流速", "velocity_m_s"},
                                                           {"无组织比例", "fugitive"},
                                                           {"行业", "sector"},
                                                           {"部门", "sector"},
                                                           {"时间廓线", "profile"},
                                                           {"二氧化硫(吨/年)", "SO2_t_yr"},
                                                           {"氮氧化物(吨/年)", "NOx_t_yr"},
                                                           {"VOCs(吨/年)", "VOC_t_yr"},
                                                           {"颗粒物(吨/年)", "PM10_t_yr"},
                                                           {"PM2.5(吨/年)", "PM25_t_yr"},
                                                           {"氨(吨/年)", "NH3_t_yr"},
                                                           {"一氧化碳(吨/年)", "CO_t_yr"}};
  return table;
}

const std::array<std::string, 16> plain_columns = {
    "enterprise_id", "enterprise_name", "district", "industry_code", "grade",      "stack_id",
    "longitude",     "latitude",        "crs",      "height_m",      "diameter_m", "temperature_k",
    "velocity_m_s",  "fugitive",        "sector",   "profile"};
const std::array<std::string, 7> pollutants = {"NOx", "VOC", "SO2", "NH3", "CO", "PM25", "PM10"};

/// A column such as SO2_t_yr or VOC_kg_d: pollutant and what turns it into t yr-1.
struct RateColumn {
  std::size_t column;
  std::string pollutant;
  double to_t_yr;
};

class ListReader {
 public:
  ListReader(const std::string& path, Problems& problems)
      : table_(CsvTable::read(path)), problems_(problems) {
    read_header();
  }

  std::vector<StackSource> read() {
    std::vector<StackSource> sources;
    if (!has_needed_columns_) return sources;
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
    return sources;
  }

 private:
  void read_header() {
    std::vector<std::string> known(plain_columns.begin(), plain_columns.end());
    for (const std::string& pollutant : pollutants) known.push_back(pollutant + "_t_yr");
    for (std::size_t c = 0; c < table_.header().size(); ++c) {
      std::string name = table_.header()[c];
      if (const auto alias = header_aliases().find(name); alias != header_aliases().end())
        name = alias->second;
      const bool is_plain = std::ranges::find(plain_columns, name) != plain_columns.end();
      if (is_plain) column_[name] = c;
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
  }

  bool read_rate_header(const std::string& name, std::size_t column) {
    static const std::map<std::string, double> units = {
        {"_t_yr", 1.0}, {"_kg_yr", 0.001}, {"_kg_d", 0.365}, {"_kg_h", 8.76}, {"_t_d", 365.0}};
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

  double number(std::size_t row, const std::string& name, Range range) {
    const auto given =
        column_.contains(name) ? table_.number(row, column_.at(name), problems_) : std::nullopt;
    if (!given) {
      ++defaulted_[name];
      return defaults_.at(name);
    }
    const bool looks_celsius = name == "temperature_k" && *given >= 0.0 && *given < range.least;
    if (*given < range.least || *given > range.most)
      problems_.add(fmt::format("{}: {}: {} is out of range; allowed are {} to {} {}{}", table_.place(row),
                                name, *given, range.least, range.most, range.unit,
                                looks_celsius ? "; it looks like degrees Celsius: add 273.15" : ""));
    return *given;
  }

  LonLat place(std::size_t row) {
    const auto lon = table_.number(row, column_.at("longitude"), problems_),
               lat = table_.number(row, column_.at("latitude"), problems_);
    if (!lon || !lat) {
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

  StackSource read_row(std::size_t row) {
    StackSource source{.enterprise_id = text(row, "enterprise_id"),
                       .enterprise_name = text(row, "enterprise_name"),
                       .district = text(row, "district"),
                       .stack_id = text(row, "stack_id"),
                       .sector = text(row, "sector"),
                       .profile = text(row, "profile")};
    if (source.enterprise_id.empty())
      problems_.add(fmt::format("{}: enterprise_id is empty", table_.place(row)));
    if (source.sector.empty()) problems_.add(fmt::format("{}: sector is empty", table_.place(row)));
    source.place = place(row);
    source.stack = {.height_m = number(row, "height_m", {0.0, 500.0, "m"}),
                    .diameter_m = number(row, "diameter_m", {0.01, 40.0, "m"}),
                    .exit_temperature_k = number(row, "temperature_k", {200.0, 2000.0, "K"}),
                    .exit_velocity_m_s = number(row, "velocity_m_s", {0.0, 60.0, "m s-1"})};
    source.fugitive = number(row, "fugitive", {0.0, 1.0, ""});
    for (const RateColumn& rate : rates_) {
      const auto value = table_.number(row, rate.column, problems_);
      if (!value) continue;
      if (*value < 0.0)
        problems_.add(fmt::format("{}: {}: {} is negative; an emission cannot be", table_.place(row),
                                  table_.header()[rate.column], *value));
      source.t_yr[rate.pollutant] += *value * rate.to_t_yr;
    }
    if (source.t_yr.contains("PM10")) {
      source.t_yr["PMC"] = std::max(source.t_yr["PM10"] - source.t_yr["PM25"], 0.0);
      source.t_yr.erase("PM10");
    }
    return source;
  }

  CsvTable table_;
  Problems& problems_;
  std::map<std::string, std::size_t> column_;
  std::vector<RateColumn> rates_;
  bool has_needed_columns_ = true;
  std::map<std::string, double> defaults_ = {{"height_m", 30.0},
                                             {"diameter_m", 1.0},
                                             {"temperature_k", 400.0},
                                             {"velocity_m_s", 10.0},
                                             {"fugitive", 0.0}};
  std::map<std::string, int> defaulted_;
};

}  // namespace

std::vector<StackSource> read_enterprises(const std::string& path, Problems& problems) {
  try {
    return ListReader(path, problems).read();
  } catch (const Error& error) {
    problems.add(error);
    return {};
  }
}

}  // namespace lantian
