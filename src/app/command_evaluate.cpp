#include "commands.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>

namespace lantian {

void command_evaluate(const EvaluationOptions& options, const std::string& directory) {
  const std::vector<StationSeries> observed = read_observations(options);
  const std::vector<StationSeries> model = read_model_stations(options.model);
  const std::vector<StationSeries> boundary_only = options.boundary_only.empty()
                                                       ? std::vector<StationSeries>{}
                                                       : read_model_stations(options.boundary_only);
  Problems problems;
  check_evaluation(options, observed, model, boundary_only, problems);
  problems.throw_if_any();
  const std::vector<EvaluationRow> rows = evaluate(options, observed, model, boundary_only);
  if (rows.empty())
    throw DataError(fmt::format(
        "{}: nothing can be scored: no station has an hour with an observation and every predictor; species "
        "that are scored are PM25, PM10, O3, NO2, SO2, CO, and the regional mean needs a second station",
        options.observations));
  const std::string page = evaluation_page(options, stations_without_model(observed, model), rows);
  create_directory(directory);
  write_text_file(directory + "/evaluation.csv", evaluation_csv(rows));
  write_text_file(directory + "/pairs.csv", pairs_csv(options, observed, model, boundary_only));
  write_text_file(directory + "/evaluation.txt", page);
  print_page(page);
  log_info(
      fmt::format("{0}/evaluation.csv and {0}/pairs.csv hold all stations, {0}/evaluation.txt this page; "
                  "scripts/plot_series.py {0}/pairs.csv draws them",
                  directory));
}

}  // namespace lantian
