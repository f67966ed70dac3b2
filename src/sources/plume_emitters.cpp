#include "lantian/sources/plume_emitters.hpp"

#include "embedded/temporal.hpp"
#include "enterprise_list.hpp"
#include "profiles.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace lantian {

struct PlumeEmitters::State {
  std::vector<PlumeEmitter> emitters;
  std::vector<TemporalProfile*> courses;  // one an emitter
  ProfileTables tables;
  std::vector<std::string> files;

  void load_courses(const Case& configuration, Problems& problems);
  [[nodiscard]] TemporalProfile* course_of(const std::string& sector, const std::string& named,
                                           const std::string& written_at, Problems& problems);
  void add_list(const std::string& path, int year, Problems& problems);
};

void PlumeEmitters::State::load_courses(const Case& configuration, Problems& problems) {
  const EmissionsConfig& config = configuration.emissions;
  Holidays holidays;
  if (!config.holidays.empty()) {
    files.push_back(configuration.resolve(config.holidays));
    holidays = read_holidays(CsvTable::read(files.back()), problems);
  }
  if (config.temporal_profiles.empty()) {
    tables.load_temporal(CsvTable::parse("inputs/profiles/temporal.csv", std::string(embedded::temporal)),
                         holidays, problems);
    return;
  }
  files.push_back(configuration.resolve(config.temporal_profiles));
  tables.load_temporal(CsvTable::read(files.back()), holidays, problems);
}

/// The named profile, else the sector's own, else "default", as for the grid model.
TemporalProfile* PlumeEmitters::State::course_of(const std::string& sector, const std::string& named,
                                                 const std::string& written_at, Problems& problems) {
  auto& profiles = tables.temporal;
  if (profiles.empty()) return nullptr;  // told already
  std::vector<std::string> known;
  for (const auto& [name, profile] : profiles) known.push_back(name);
  if (!named.empty() && !profiles.contains(named)) {
    problems.add(fmt::format("{}: there is no temporal profile \"{}\"; known are {}.{}", written_at, named,
                             fmt::join(known, ", "), did_you_mean(named, known)));
    return nullptr;
  }
  for (const std::string& name : {named, sector, std::string("default")})
    if (const auto found = profiles.find(name); found != profiles.end()) return &found->second;
  problems.add(fmt::format("{}: sector \"{}\" has no temporal profile of its own and there is none named "
                           "\"default\"",
                           written_at, sector));
  return nullptr;
}

void PlumeEmitters::State::add_list(const std::string& path, int year, Problems& problems) {
  files.push_back(path);
  for (StackSource& source : read_enterprises(path, year, problems)) {
    courses.push_back(course_of(source.sector, source.profile, source.written_at, problems));
    PlumeEmitter& emitter = emitters.emplace_back();
    emitter.enterprise_id = std::move(source.enterprise_id);
    emitter.enterprise_name = std::move(source.enterprise_name);
    emitter.district = std::move(source.district);
    emitter.stack_id = std::move(source.stack_id);
    emitter.sector = std::move(source.sector);
    emitter.written_at = std::move(source.written_at);
    emitter.place = source.place;
    emitter.stack = source.stack;
    emitter.fugitive = source.fugitive;
    emitter.t_yr = std::move(source.t_yr);
    // The list holds PM10 as what lies beyond PM25.
    if (const auto coarse = emitter.t_yr.find("PMC"); coarse != emitter.t_yr.end()) {
      emitter.t_yr["PM10"] = coarse->second + emitter.t_yr["PM25"];
      emitter.t_yr.erase("PMC");
    }
  }
}

PlumeEmitters::PlumeEmitters(const Case& configuration, Problems& problems)
    : state_(std::make_unique<State>()) {
  try {
    state_->load_courses(configuration, problems);
  } catch (const Error& error) {
    problems.add(error);
  }
  const int year = civil_time(configuration.run.start, configuration.run.utc_offset_h).year;
  for (const std::string& path : configuration.emissions.enterprises)
    state_->add_list(configuration.resolve(path), year, problems);
}

PlumeEmitters::~PlumeEmitters() = default;
PlumeEmitters::PlumeEmitters(PlumeEmitters&&) noexcept = default;
PlumeEmitters& PlumeEmitters::operator=(PlumeEmitters&&) noexcept = default;

const std::vector<PlumeEmitter>& PlumeEmitters::all() const {
  return state_->emitters;
}

double PlumeEmitters::course(std::size_t n, const CivilTime& local) {
  return state_->courses.at(n)->of_year(local);
}

const std::vector<std::string>& PlumeEmitters::files() const {
  return state_->files;
}

}  // namespace lantian
