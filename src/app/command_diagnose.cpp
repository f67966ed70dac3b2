#include "commands.hpp"

#include "lantian/parallel/communicator.hpp"
#include "lantian/weather/diagnosed_weather.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lantian {

void command_diagnose(const DiagnoseOptions& options) {
  if (Communicator::world().rank() != 0) return;  // serial: the other ranks have nothing to do
  if (options.print_reference) {
    print_page(diagnose_reference_page());
    return;
  }
  if (options.which.path.empty())
    throw ConfigError("lantian diagnose wants a file, for example inputs/cases/qingdao_spring/weather.toml");
  const DiagnoseCase configuration = read_diagnose_case(options.which.path, options.which.set);
  const DiagnoseSummary summary = diagnose_weather(configuration, options.check_only);
  if (options.check_only) {
    print_page(fmt::format("{}: all inputs are in order; nothing was written\n", options.which.path));
    return;
  }
  std::string page = fmt::format("{} hours of weather written:\n", summary.hours);
  for (const std::string& file : summary.files) page += fmt::format("  {}\n", file);
  page += fmt::format(
      "adjustment of the wind: divergence left {:.1e} of what it was (worst hour), winds changed by {:.1f} % "
      "(rms)\n",
      summary.divergence_reduction, 100.0 * summary.change_rms);
  if (configuration.sea_breeze.enabled)
    page += fmt::format("sea breeze on: {}\n", summary.breeze_days.empty()
                                                   ? "no day"
                                                   : fmt::format("{}", fmt::join(summary.breeze_days, ", ")));
  print_page(page);
}

}  // namespace lantian
