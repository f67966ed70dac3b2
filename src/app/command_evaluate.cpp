#include "commands.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace lantian {

void command_evaluate(const EvaluationOptions& options, const std::string& directory) {
  const std::vector<StationSeries> observed = read_observations(options);
  const std::vector<StationSeries> model = read_model_stations(options.model);
  const std::vector<StationSeries> boundary_only = options.boundary_only.empty()
                                                       ? std::vector<StationSeries>{}
                                                       : read_model_stations(options.boundary_only);
  const std::vector<EvaluationRow> rows = evaluate(options, observed, model, boundary_only);
  create_directory(directory);
  write_text_file(directory + "/evaluation.csv", evaluation_csv(rows));
  write_text_file(directory + "/pairs.csv", pairs_csv(options, observed, model, boundary_only));
  std::fputs(evaluation_page(options, rows).c_str(), stdout);
  log_info(
      fmt::format("{0}/evaluation.csv and {0}/pairs.csv hold all stations; scripts/plot_series.py draws them",
                  directory));
}

}  // namespace lantian
