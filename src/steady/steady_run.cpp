#include "lantian/steady/steady_run.hpp"

#include "contribution_ranking.hpp"
#include "contributions.hpp"
#include "result_files.hpp"
#include "unit_plumes.hpp"

#include "lantian/base/interrupt.hpp"
#include "lantian/base/log.hpp"
#include "lantian/io/text_file.hpp"
#include "lantian/parallel/machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace lantian::steady {

namespace {

/// The values of a block on the first rank, and once more all others together; on the first the sums of each
/// pollutant.
void check_memory(const SteadyInputs::Parts& parts, std::size_t hours_at_once, const Communicator& ranks) {
  const auto receptors = static_cast<double>(parts.receptors.receptors.size()),
             series = static_cast<double>(parts.sources.series_count()),
             rows = static_cast<double>(parts.sources.rows.size()),
             quantities = static_cast<double>(parts.sources.quantities.size());
  const double needed = sizeof(double) * receptors *
                        ((ranks.size() > 1 ? 2.0 : 1.0) * series * static_cast<double>(hours_at_once) +
                         rows * (quantities + 2.0));
  constexpr double margin = 0.9, giga = 1.0e9;
  const double left = machine_memory().available_bytes;
  const std::string fault =
      needed > margin * left
          ? fmt::format(
                "{}: {:.0f} sources at {:.0f} receptors take {:.2g} GB on {} ranks, and {:.2g} GB are free; "
                "take fewer receptors at once, or output.by = \"total\"",
                parts.configuration.path, static_cast<double>(parts.sources.sources.size()), receptors,
                needed / giga, ranks.size(), left / giga)
          : "";
  if (ranks.any(!fault.empty()))
    throw ConfigError(fault.empty() ? "another rank has too little memory for the run" : fault);
}

void stop_if_asked(const Communicator& ranks) {
  const bool is_by_user = ranks.any(stop_request() == StopRequest::by_user);
  if (is_by_user || ranks.any(stop_request() != StopRequest::none))
    throw Interruption("stopped before the last hour; no file was written, run it again",
                       is_by_user ? ExitCode::interrupted : ExitCode::stopped);
}

/// What the first rank does with the hours.
struct Book {
  Book(SteadyInputs::Parts& parts, const std::string& program)
      : contributions(parts), files(parts, program) {}
  Contributions contributions;
  ResultFiles files;
};

void take_hour(Book& book, std::size_t n, std::span<const double> unit) {
  book.files.begin_hour(n);
  book.contributions.add_hour(n, unit, [&](const Quantity& quantity, const HourOfRows& rows) {
    book.files.write(n, quantity, rows);
  });
}

SteadyResults finish(const SteadyInputs::Parts& parts, Book& book, const std::string& program) {
  book.contributions.finish();
  SteadyResults results{book.files.finish(book.contributions.periods()), ""};
  const ContributionRanking ranking(parts, book.contributions.periods());
  if (!ranking.has_places()) return results;
  results.ranking_page = ranking.page();
  const std::string folder = parts.configuration.output.directory;
  write_text_file(folder + "/ranking.csv", ranking.table());
  write_text_file(folder + "/ranking.json", ranking.json(program));
  write_text_file(folder + "/ranking.md", results.ranking_page);
  for (const char* name : {"/ranking.csv", "/ranking.json", "/ranking.md"})
    results.files.push_back(folder + name);
  return results;
}

}  // namespace

SteadyResults run_steady_case(SteadyInputs& inputs, const std::string& program, const Communicator& ranks) {
  SteadyInputs::Parts& parts = inputs.parts();
  UnitPlumes plumes(parts, ranks);
  check_memory(parts, plumes.hours_at_once(), ranks);
  const auto hours = static_cast<std::size_t>(parts.configuration.hours());
  std::optional<Book> book;
  if (ranks.rank() == 0) book.emplace(parts, program);
  for (std::size_t first = 0; first < hours; first += plumes.hours_at_once()) {
    const std::size_t end = std::min(first + plumes.hours_at_once(), hours);
    plumes.work_out(first, end);
    stop_if_asked(ranks);  // before the first rank adds up, so that the others need not wait for it
    for (std::size_t n = first; book && n < end; ++n) take_hour(*book, n, plumes.hour(n));
    show_progress(static_cast<double>(end) / static_cast<double>(hours),
                  fmt::format("hour {} of {}", end, hours));
    if (end * 10 / hours != first * 10 / hours && end < hours)
      log_event("hour", fmt::format("hour {} of {} done", end, hours),
                {{"hour", static_cast<double>(end)}, {"hours", static_cast<double>(hours)}});
  }
  hide_progress();
  return book ? finish(parts, *book, program) : SteadyResults{};
}

}  // namespace lantian::steady
