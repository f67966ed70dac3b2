#include "lantian/io/units.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/text.hpp"

#include <fmt/format.h>
#include <udunits2.h>

#include <memory>

namespace lantian {

namespace {

const ut_system* unit_system() {
  static const ut_system* system = [] {
    ut_set_error_message_handler(ut_ignore);
    return ut_read_xml(nullptr);
  }();
  if (system == nullptr)
    throw InternalError("the units database of UDUNITS cannot be read; install libudunits2-data");
  return system;
}

using Unit = std::unique_ptr<ut_unit, decltype(&ut_free)>;
using Converter = std::unique_ptr<cv_converter, decltype(&cv_free)>;

Unit parsed(const std::string& text) {
  return {ut_parse(unit_system(), std::string(trimmed(text)).c_str(), UT_UTF8), &ut_free};
}

Converter converter(const std::string& from, const std::string& to) {
  const Unit a = parsed(from), b = parsed(to);
  if (a == nullptr || b == nullptr) return {nullptr, &cv_free};
  return {ut_get_converter(a.get(), b.get()), &cv_free};
}

/// What people write and UDUNITS does not know, or takes for something else.
struct Spelling {
  const char *written, *meant;
};
constexpr Spelling spellings[] = {
    {"deg c", "degC"},   {"degree c", "degC"},      {"celcius", "degC"}, {"c", "degC"},
    {"ppmv", "1e-6"},    {"ppbv", "1e-9"},          {"pptv", "1e-12"},   {"ug/m^3", "ug m-3"},
    {"μg/m³", "ug m-3"}, {"kg/m2/s", "kg m-2 s-1"}, {"fraction", "1"},   {"-", "1"},
    {"none", "1"},       {"dimensionless", "1"},    {"mb", "mbar"},      {"ton", "t"},
    {"tons", "t"},       {"mole/s", "mol s-1"}};

std::string conversion_fault(const std::string& from, const std::string& to) {
  const std::string fault = fmt::format(R"(cannot convert the unit "{}" to "{}")", from, to);
  const std::string written = lower_case(trimmed(from));
  for (const auto& [spelling, meant] : spellings)
    if (written == spelling) return fmt::format("{}; did you mean \"{}\"?", fault, meant);
  return fault + (parsed(from) == nullptr ? "; the first is no unit that UDUNITS knows"
                                          : "; they measure different things");
}

}  // namespace

UnitConversion unit_conversion(const std::string& from, const std::string& to) {
  const Converter convert = converter(from, to);
  if (convert == nullptr) throw DataError(conversion_fault(from, to));
  const double offset = cv_convert_double(convert.get(), 0.0);
  return {.factor = cv_convert_double(convert.get(), 1.0) - offset, .offset = offset};
}

bool units_are_convertible(const std::string& from, const std::string& to) {
  return converter(from, to) != nullptr;
}

}  // namespace lantian
