#include "inventory_units.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"
#include "lantian/base/time.hpp"
#include "lantian/io/units.hpp"

#include <fmt/format.h>

#include <map>
#include <regex>

namespace lantian {

namespace {

enum class Period { none, year, month };

/// "t km-2 yr-1" is "t km-2" in a year.
struct PeriodicUnit {
  std::string rest;
  Period period;
};

PeriodicUnit without_period(std::string unit) {
  static const std::regex cell(R"(\s*(/\s*(grid ?cell|grid|cell)\b|\bper (grid ?cell|grid|cell)\b))");
  static const std::regex per(R"(\s+per\s+)");
  static const std::regex year(
      R"(/\s*(yr|year|annum|a)(?![A-Za-z0-9])|(^|[\s.*])(yr|year|annum|a)\s*(\^|\*\*)?\s*-1)");
  static const std::regex month(R"(/\s*(month|mon)(?![A-Za-z0-9])|(^|[\s.*])(month|mon)\s*(\^|\*\*)?\s*-1)");
  unit = std::regex_replace(unit, cell, "");
  unit = std::regex_replace(unit, per, "/");
  unit = std::regex_replace(unit, std::regex(R"(\b(moles|mole)\b)"), "mol");
  unit = std::regex_replace(unit, std::regex(R"(\bkt\b)"), "Gg");  // kilotonnes; UDUNITS reads knots
  Period period = Period::none;
  for (const auto& [pattern, found] : {std::pair{&year, Period::year}, std::pair{&month, Period::month}}) {
    if (!std::regex_search(unit, *pattern)) continue;
    unit = std::regex_replace(unit, *pattern, " ", std::regex_constants::format_first_only);
    period = found;
  }
  return {std::string(trimmed(unit)), period};
}

/// UDUNITS reads these words otherwise than inventories mean them.
void refuse_ambiguous(const std::string& unit) {
  static const std::regex milligram(R"((^|[\s.*])mg(?![A-Za-z]))"), ton(R"((^|[\s.*])tons?(?![A-Za-z]))"),
      tesla(R"((^|[\s.*])T(?![A-Za-z]))");
  if (std::regex_search(unit, milligram))
    throw DataError(fmt::format(R"(the unit "{}" means milligrams; tonnes are "Mg" or "t")", unit));
  if (std::regex_search(unit, ton))
    throw DataError(
        fmt::format(R"(the unit "{}" is ambiguous: a ton may be 907 kg; write "t" for 1000 kg)", unit));
  if (std::regex_search(unit, tesla))
    throw DataError(fmt::format(R"(the unit "{}" means tesla; tonnes are "t")", unit));
}

double factor_or_zero(const std::string& from, const std::string& to) {
  return units_are_convertible(from, to) ? unit_conversion(from, to).factor : 0.0;
}

}  // namespace

double inventory_molar_mass_g_mol(const std::string& pollutant) {
  static const std::map<std::string, double> table = {
      {"NOx", 46.0055}, {"SO2", 64.064}, {"NH3", 17.031}, {"CO", 28.01}};
  const auto found = table.find(pollutant);
  return found == table.end() ? 0.0 : found->second;
}

ToTonnes inventory_conversion(const std::string& unit, const std::string& pollutant, int year, int month) {
  refuse_ambiguous(unit);
  const auto [rest, period] = without_period(unit);
  const double days = month > 0 ? days_in_month(year, month) : days_in_year(year);
  if (period == Period::month && month == 0)
    throw DataError(fmt::format("the unit \"{}\" needs twelve months in the file", unit));
  // What the value has to be multiplied with to cover the year or month.
  double periods = 1.0;
  if (period == Period::none) periods = 86400.0 * days;
  if (period == Period::year) periods = days / days_in_year(year);
  const std::string per = period == Period::none ? " s-1" : "";
  const double molar_mass_t_mol = 1.0e-6 * inventory_molar_mass_g_mol(pollutant);
  if (const double f = factor_or_zero(rest, "kg" + per); f > 0.0) return {0.001 * periods * f, false};
  if (const double f = factor_or_zero(rest, "kg m-2" + per); f > 0.0) return {0.001 * periods * f, true};
  if (molar_mass_t_mol > 0.0) {
    if (const double f = factor_or_zero(rest, "mol" + per); f > 0.0)
      return {molar_mass_t_mol * periods * f, false};
    if (const double f = factor_or_zero(rest, "mol m-2" + per); f > 0.0)
      return {molar_mass_t_mol * periods * f, true};
  }
  throw DataError(
      fmt::format("the unit \"{}\" is no emission of {}; known are t/yr, t/month, t km-2 yr-1, kg m-2 s-1, "
                  "kg s-1{}",
                  unit, pollutant, molar_mass_t_mol > 0.0 ? ", mol s-1" : ""));
}

FeatureToTonnes feature_conversion(const std::string& unit, const std::string& pollutant, int year,
                                   Extent extent) {
  refuse_ambiguous(unit);
  const auto [rest, period] = without_period(unit);
  if (period == Period::month)
    throw DataError(fmt::format(
        "the unit \"{}\" is one of a month; a feature has one value for the year, as in t/yr", unit));
  const double periods = period == Period::none ? 86400.0 * days_in_year(year) : 1.0;
  const std::string per = period == Period::none ? " s-1" : "",
                    over = extent == Extent::length ? "m-1" : "m-2";
  if (const double f = factor_or_zero(rest, "kg" + per); f > 0.0) return {0.001 * periods * f, false};
  if (const double f = factor_or_zero(rest, "kg " + over + per); f > 0.0) return {0.001 * periods * f, true};
  throw DataError(
      fmt::format("the unit \"{}\" is no emission of {} of {}; known are t/yr, kg s-1, t k{} yr-1, kg {} s-1",
                  unit, pollutant, extent == Extent::length ? "a line" : "an area", over, over));
}

}  // namespace lantian
