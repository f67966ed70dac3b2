#include "commands.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/box/box_model.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lantian {

void command_box(const BoxOptions& options) {
  if (options.print_reference) {
    print_page(box_reference_page());
    return;
  }
  if (options.which.path.empty())
    throw ConfigError("lantian box wants a file, for example inputs/cases/box_urban/case.toml");
  const BoxCase configuration = read_box_case(options.which.path, options.which.set, box_vocabularies());
  const BoxMechanism& mechanism = *box_mechanisms().at(configuration.mechanism);
  if (options.check_only) {
    print_page(fmt::format("{}: all inputs are in order; nothing was run\n", configuration.path));
    return;
  }
  if (options.draw_isopleths) {
    const EkmaPeaks peaks = run_ekma(configuration, mechanism);
    write_ekma(configuration, peaks);
    print_page(
        fmt::format("{} runs; highest ozone {:.1f} to {:.1f} ppb\n{}_ekma.csv written; scripts/plot_ekma.py "
                    "draws it\n",
                    peaks.peak_ppb.size(), std::ranges::min(peaks.peak_ppb), std::ranges::max(peaks.peak_ppb),
                    configuration.output));
    return;
  }
  const BoxSeries series = mechanism.run(configuration);
  write_box(configuration, series);
  print_page(fmt::format(
      "{}: {} species, {:g} h in {} steps ({} refused); {:.2g} ppb made by lifting negative amounts\n"
      "{}.csv and {}.nc written\n",
      configuration.mechanism, series.species.size(), configuration.run.length_h, series.steps,
      series.rejected, series.clipped_ppb, configuration.output, configuration.output));
}

}  // namespace lantian
