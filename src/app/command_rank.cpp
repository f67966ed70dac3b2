#include "commands.hpp"

#include "lantian/apportion/ranking.hpp"
#include "lantian/apportion/zero_out.hpp"
#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/config/case_reader.hpp"
#include "lantian/model/inputs.hpp"
#include "lantian/report/ranking_report.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace lantian {

void command_rank(const CaseOptions& options) {
  const Communicator world = Communicator::world();
  const Case configuration = read_case(options.path, options.set);
  const Inputs inputs = Inputs::open(configuration);
  KnownSources known{
      .sectors = inputs.emissions.sectors(), .districts = inputs.emissions.districts(), .enterprises = {}};
  for (const SourceGroup& one : inputs.emissions.enterprises())
    known.enterprises.push_back(one.enterprise_id);
  const std::vector<Member> members = ensemble_members(configuration.ranking, known);
  log_info(fmt::format("{}: {} runs of {} x {} x {} cells on {} rank(s)", configuration.run.name,
                       members.size(), inputs.weather.grid().columns(), inputs.weather.grid().rows(),
                       inputs.weather.layers().count(), world.size()));
  catch_interrupts();
  const RankingResult ranking = ranking_of(members, run_ensemble(configuration, members, world));
  if (world.rank() != 0) return;
  write_ranking(configuration.output.directory, configuration, ranking, inputs.receptors);
  std::fputs(ranking_page(configuration, ranking, inputs.receptors).c_str(), stdout);
  log_info(fmt::format("{0}/ranking.csv and {0}/ranking.json hold the whole table",
                       configuration.output.directory));
}

}  // namespace lantian
