#include "commands.hpp"
#include "thermo_points.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/text_file.hpp"
#include "lantian/processes/inorganic_points.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <vector>

namespace lantian {

namespace {

void check_policy(const ThermoOptions& options) {
  const bool is_isorropia = options.policy == "isorropia";
  if (is_isorropia && options.water_table.empty())
    throw Error(
        ExitCode::usage,
        "--policy isorropia needs --water-table FILE: a CSV salt,a_w,molality_mol_per_kg of the molalities "
        "that ISORROPIA uses, which are not shipped; docs/thermo.md tells its form. --policy smooth needs "
        "none");
  if (!is_isorropia && !options.water_table.empty())
    throw Error(ExitCode::usage,
                "--water-table is read by --policy isorropia alone; leave it out or choose that policy");
}

/// The solver settles at every composition that was ever tried: what it leaves is told, not hidden.
void tell_unsettled(const ThermoTable& table, const std::vector<InorganicEquilibrium<double>>& answers) {
  constexpr double settled = 1.0e-6;
  std::size_t count = 0, first = 0;
  for (std::size_t n = answers.size(); n-- > 0;) {
    if (answers[n].residual <= settled) continue;
    ++count;
    first = n;
  }
  if (count > 0)
    log_warning(fmt::format(
        "{}: {} rows did not settle, the first with a residual of {:.1e}; the column residual tells "
        "which and how far",
        table.place(first), count, answers[first].residual));
}

}  // namespace

void command_thermo(const ThermoOptions& options) {
  check_policy(options);
  const bool is_isorropia = options.policy == "isorropia";
  const ThermoTable table =
      read_thermo_points(options.points, is_isorropia ? isorropia_humidity : smooth_humidity);
  const auto answers = is_isorropia
                           ? isorropia_equilibria(table.points, WaterTable::read(options.water_table))
                           : smooth_equilibria(table.points);
  write_text_file(options.output, thermo_csv(table, answers));
  tell_unsettled(table, answers);
  log_info(fmt::format("{}: {} points, policy {}", options.output, answers.size(), options.policy));
}

}  // namespace lantian
