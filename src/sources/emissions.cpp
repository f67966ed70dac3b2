#include "lantian/sources/emissions.hpp"

#include "embedded/speciation_cb6r5.hpp"
#include "embedded/speciation_grs.hpp"
#include "embedded/speciation_tracers.hpp"
#include "embedded/temporal.hpp"
#include "embedded/vertical.hpp"
#include "feature_inventory.hpp"
#include "gridded_sector.hpp"
#include "natural_sources.hpp"
#include "placed_stack.hpp"
#include "release_height.hpp"

#include "lantian/base/log.hpp"
#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace lantian {

namespace {

/// A table that is part of the program.
struct OwnTable {
  const char* file;
  std::string_view text;
};

/// How organics are lumped tells the mechanism.
OwnTable speciation_for(const SpeciesTable& species) {
  if (species.find("ROC")) return {"speciation_grs.csv", embedded::speciation_grs};
  if (species.find("PAR")) return {"speciation_cb6r5.csv", embedded::speciation_cb6r5};
  return {"speciation_tracers.csv", embedded::speciation_tracers};
}

CsvTable table_of(const Case& configuration, const std::string& key_value, const std::string& name,
                  std::string_view embedded) {
  if (key_value.empty()) return CsvTable::parse("inputs/profiles/" + name, std::string(embedded));
  return CsvTable::read(configuration.resolve(key_value));
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
}

}  // namespace

double MassTableRow::residual() const {
  const double scale = std::max(std::fabs(inventory_t), std::fabs(injected_t));
  const double missing_t = inventory_t - outside_domain_t - cut_t - unused_t - injected_t;
  return scale > 0.0 ? std::fabs(missing_t) / scale : 0.0;
}

struct Emissions::State {
  State(const Case& configuration, const HorizontalGrid& where, Layers model_layers, SpeciesTable table)
      : config(configuration.emissions),
        run(configuration.run),
        grid(where),
        target(where),
        layers(std::move(model_layers)),
        species(std::move(table)) {}

  EmissionsConfig config;
  RunConfig run;
  HorizontalGrid grid;
  InventoryTarget target;
  Layers layers;
  SpeciesTable species;
  ProfileTables tables;
  DistrictMap districts;
  std::vector<GriddedSector> sectors;
  std::vector<PlacedStack> stacks;
  NaturalSources natural;
  std::vector<std::string> files;
  std::map<const VerticalProfile*, ProfileShares> shares;
  MassTable mass;

  /// The year of an entry, else that of the run.
  [[nodiscard]] int year_of(int given) const {
    return given > 0 ? given : civil_time(run.start, run.utc_offset_h).year;
  }
  void load(const Case& configuration, Problems& problems);
  void load_tables(const Case& configuration, Problems& problems);
  void load_sector(const Case& configuration, const InventoryConfig& entry, ProfileFinder& finder,
                   Problems& problems);
  void load_features(const Case& configuration, ProfileFinder& finder, Problems& problems);
  void load_natural(Problems& problems);
  void load_list(const std::string& path, ProfileFinder& finder, Problems& problems);
  [[nodiscard]] SourceNames names() const;
  void warn_of_unused() const;
  void warn_of_strange_districts() const;
  void say_other_years() const;
  [[nodiscard]] const ProfileShares& shares_of(const VerticalProfile* profile, const Surface& surface);
  [[nodiscard]] std::vector<CivilTime> hours(UtcTime from, UtcTime to) const;
};

void Emissions::State::load_tables(const Case& configuration, Problems& problems) {
  const OwnTable own_speciation = speciation_for(species);
  Holidays holidays;
  if (!config.holidays.empty())
    holidays = read_holidays(CsvTable::read(configuration.resolve(config.holidays)), problems);
  tables.load_temporal(table_of(configuration, config.temporal_profiles, "temporal.csv", embedded::temporal),
                       holidays, problems);
  tables.load_vertical(table_of(configuration, config.vertical_profiles, "vertical.csv", embedded::vertical),
                       problems);
  tables.load_speciation(
      table_of(configuration, config.speciation_profiles, own_speciation.file, own_speciation.text),
      problems);
  for (const std::string& own : {config.holidays, config.temporal_profiles, config.vertical_profiles,
                                 config.speciation_profiles, config.districts})
    if (!own.empty()) files.push_back(configuration.resolve(own));
  if (!config.districts.empty()) districts = read_districts(configuration.resolve(config.districts), grid);
}

void Emissions::State::load(const Case& configuration, Problems& problems) {
  const std::size_t faults = problems.sentences().size();
  try {
    load_tables(configuration, problems);
  } catch (const Error& error) {
    problems.add(error);
  }
  ProfileFinder finder(tables, problems);
  for (const InventoryConfig& entry : config.inventory) load_sector(configuration, entry, finder, problems);
  load_features(configuration, finder, problems);
  say_other_years();
  target.cells = {};  // a global file's take memory
  for (const std::string& path : config.enterprises) load_list(configuration.resolve(path), finder, problems);
  load_natural(problems);
  if (problems.sentences().size() == faults)  // else not all names are known
    check_scalings(config.scaling, names(), problems);
  for (GriddedSector& sector : sectors) sector.prepare(tables, species, districts, config.scaling);
  for (PlacedStack& stack : stacks) stack.prepare(tables, species, config.scaling);
  if (config.enabled) warn_of_unused();
  warn_of_strange_districts();
}

void Emissions::State::load_sector(const Case& configuration, const InventoryConfig& entry,
                                   ProfileFinder& finder, Problems& problems) {
  const std::string path = configuration.resolve(entry.file);
  const SourceProfiles profiles = finder.find(entry.sector, entry.temporal, entry.vertical, entry.speciation);
  sectors.emplace_back(read_inventory(entry, path, year_of(entry.year), target, problems), profiles);
  add_once(files, path);
}

void Emissions::State::load_features(const Case& configuration, ProfileFinder& finder, Problems& problems) {
  const auto add = [&](const FeatureConfig& entry, std::vector<GriddedInventory> parts) {
    const SourceProfiles profiles =
        finder.find(entry.sector, entry.temporal, entry.vertical, entry.speciation);
    for (GriddedInventory& part : parts) sectors.emplace_back(std::move(part), profiles);
    add_once(files, configuration.resolve(entry.file));
  };
  for (const LineConfig& entry : config.lines) {
    add(entry, read_lines(entry, configuration, year_of(entry.year), target, problems));
    for (const std::string& own : {entry.fleet, entry.emission_factors, entry.speed_factors})
      if (!own.empty()) add_once(files, configuration.resolve(own));
  }
  for (const FeatureConfig& entry : config.areas)
    add(entry, read_areas(entry, configuration, year_of(entry.year), target, problems));
}

void Emissions::State::load_list(const std::string& path, ProfileFinder& finder, Problems& problems) {
  files.push_back(path);
  const int year = year_of(0);
  std::map<std::pair<std::string, std::string>, SourceProfiles> found;
  int outside = 0;
  for (StackSource& source : read_enterprises(path, year, problems)) {
    const auto cell = grid.locate(source.place);
    const LonLat turned{source.place.latitude_deg, source.place.longitude_deg};
    const bool are_degrees =
        std::max(std::fabs(source.place.longitude_deg), std::fabs(source.place.latitude_deg)) <= 90.0;
    if (!cell && are_degrees && grid.locate(turned))
      problems.add(
          fmt::format("{}: longitude {} and latitude {} seem to be swapped: turned round they lie in "
                      "the model grid",
                      source.written_at, source.place.longitude_deg, source.place.latitude_deg));
    if (!cell && lies_inside_as_radians(source.place, grid))
      problems.add(fmt::format("{}: longitude {} and latitude {} seem to be radians: degrees are needed",
                               source.written_at, source.place.longitude_deg, source.place.latitude_deg));
    if (!cell) ++outside;
    const auto [at, is_new] = found.try_emplace({source.sector, source.profile}, SourceProfiles{});
    if (is_new) at->second = finder.find(source.sector, source.profile, "surface", "");
    stacks.emplace_back(std::move(source), at->second, cell);
  }
  if (outside > 0)
    log_info(fmt::format("{}: {} stacks lie outside the grid; the mass table counts them as outside", path,
                         outside));
}

void Emissions::State::load_natural(Problems& problems) {
  const std::vector<std::string> given = names().sectors;
  natural = NaturalSources(config, species, problems);
  for (const std::string& name : natural.sectors())
    if (std::ranges::find(given, name) != given.end())
      problems.add(
          fmt::format("emissions.natural.{0}: \"{0}\" is also the sector of an inventory, so that it would "
                      "count twice; set emissions.natural.{0}.enabled = false, or rename the sector",
                      name));
}

SourceNames Emissions::State::names() const {
  SourceNames known{.sectors = {}, .districts = districts.names, .enterprises = {}};
  for (const GriddedSector& sector : sectors) {
    add_once(known.sectors, sector.name());
    add_once(known.districts, sector.district());
  }
  for (const PlacedStack& stack : stacks) {
    add_once(known.sectors, stack.source().sector);
    add_once(known.districts, stack.source().district);
    add_once(known.enterprises, stack.source().enterprise_id);
  }
  for (const std::string& name : natural.sectors()) add_once(known.sectors, name);
  return known;
}

void Emissions::State::warn_of_unused() const {
  std::set<std::string> names;
  for (const GriddedSector& sector : sectors)
    for (const std::string& name : sector.unused()) names.insert(name);
  for (const PlacedStack& stack : stacks)
    for (const std::string& name : stack.unused()) names.insert(name);
  for (const std::string& name : natural.unused()) names.insert(name);
  if (!names.empty())
    log_warning(
        fmt::format("the run has no species for the emission of {}, or for a part of it; it is not "
                    "used, and the mass table counts it",
                    fmt::join(names, ", ")));
}

/// An inventory of one year in a run of another is usual, and must be known.
void Emissions::State::say_other_years() const {
  const int run_year = civil_time(run.start, run.utc_offset_h).year;
  std::map<int, std::vector<std::string>> others;
  const auto note = [&](const auto& entry) {
    if (entry.year > 0 && entry.year != run_year) add_once(others[entry.year], entry.sector);
  };
  std::ranges::for_each(config.inventory, note);
  std::ranges::for_each(config.lines, note);
  std::ranges::for_each(config.areas, note);
  for (const auto& [year, sectors_of_year] : others)
    log_info(fmt::format("the inventory of {} stands for {} in sector {}", year, run_year,
                         fmt::join(sectors_of_year, ", ")));
}

/// A district that only the lists know is one that a cut by the map's name would miss.
void Emissions::State::warn_of_strange_districts() const {
  if (districts.names.empty()) return;
  std::map<std::string, int> strange;
  for (const PlacedStack& stack : stacks) {
    const std::string& name = stack.source().district;
    if (stack.is_inside() && !name.empty() &&
        std::ranges::find(districts.names, name) == districts.names.end())
      ++strange[name];
  }
  for (const auto& [name, count] : strange)
    log_warning(fmt::format("district \"{}\" of {} stacks is not on the map of districts, which has {}.{}",
                            name, count, fmt::join(districts.names, ", "),
                            did_you_mean(name, districts.names)));
}

const ProfileShares& Emissions::State::shares_of(const VerticalProfile* profile, const Surface& surface) {
  const auto [found, is_new] = shares.try_emplace(profile);
  ProfileShares& by_layer = found->second;
  if (!is_new) return by_layer;
  by_layer.share = Array3<double>(layers.count(), grid.rows(), grid.columns(), 0.0);
  for (int j = 0; j < grid.rows(); ++j) {
    for (int i = 0; i < grid.columns(); ++i) {
      std::vector<double> interface_m;
      for (int k = 0; k <= layers.count(); ++k)
        interface_m.push_back(surface.interface_above_ground_m(k, j, i));
      const std::vector<double> column = layer_shares(*profile, interface_m);
      for (int k = 0; k < layers.count(); ++k) {
        by_layer.share(k, j, i) = column[static_cast<std::size_t>(k)];
        if (column[static_cast<std::size_t>(k)] > 0.0) by_layer.layers = std::max(by_layer.layers, k + 1);
      }
    }
  }
  return by_layer;
}

std::vector<CivilTime> Emissions::State::hours(UtcTime from, UtcTime to) const {
  std::vector<CivilTime> all;
  for (UtcTime hour = from; hour < to; hour = hour.plus_seconds(3600))
    all.push_back(civil_time(hour, run.utc_offset_h));
  return all;
}

Emissions::Emissions(const Case& configuration, const HorizontalGrid& grid, const Layers& layers,
                     const SpeciesTable& species, Problems& problems)
    : state_(std::make_unique<State>(configuration, grid, layers, species)) {
  state_->load(configuration, problems);
}

Emissions::~Emissions() = default;
Emissions::Emissions(Emissions&&) noexcept = default;
Emissions& Emissions::operator=(Emissions&&) noexcept = default;

std::vector<Array3<double>> Emissions::rates_mol_s(UtcTime start, const WeatherSnapshot& weather,
                                                   const Surface& surface) {
  std::vector<Array3<double>> rates(static_cast<std::size_t>(state_->species.count()));
  if (!state_->config.enabled) return rates;
  const CivilTime local = civil_time(start, state_->run.utc_offset_h);
  for (GriddedSector& sector : state_->sectors)
    sector.add_hour(local, state_->shares_of(sector.vertical(), surface), rates, state_->mass);
  for (PlacedStack& stack : state_->stacks) stack.add_hour(local, weather, surface, rates, state_->mass);
  state_->natural.add_hour(start, weather, surface, rates, state_->mass);
  return rates;
}

const std::vector<MassTableRow>& Emissions::mass_table() const {
  return state_->mass.rows();
}

void Emissions::restore_mass_table(const std::vector<MassTableRow>& rows) {
  state_->mass = MassTable();
  for (const MassTableRow& row : rows) state_->mass.row(row.sector, row.pollutant) = row;
}

double Emissions::mean_rate_t_d(const ScalingConfig& selection, const std::string& pollutant, UtcTime from,
                                UtcTime to) const {
  const std::vector<CivilTime> hours = state_->hours(from, to);
  double sum_t = 0.0;
  for (GriddedSector& sector : state_->sectors)
    sum_t += sector.selected_t(selection, pollutant, hours, state_->districts);
  for (PlacedStack& stack : state_->stacks) sum_t += stack.selected_t(selection, pollutant, hours);
  sum_t += state_->natural.selected_t(selection, pollutant, from, to);
  return sum_t / (static_cast<double>(to.seconds_since(from)) / 86400.0);
}

std::vector<std::string> Emissions::sectors() const {
  std::vector<std::string> names;
  for (const GriddedSector& sector : state_->sectors) add_once(names, sector.name());
  for (const PlacedStack& stack : state_->stacks)
    if (stack.is_inside()) add_once(names, stack.source().sector);
  for (const std::string& name : natural_sectors()) add_once(names, name);
  return names;
}

std::vector<std::string> Emissions::natural_sectors() const {
  return state_->natural.sectors();
}

void Emissions::survey_natural(UtcTime start, const WeatherSnapshot& weather, const Surface& surface) {
  state_->natural.survey(start, weather, surface);
}

std::vector<std::string> Emissions::districts() const {
  std::vector<std::string> names = state_->districts.names;
  for (const GriddedSector& sector : state_->sectors) add_once(names, sector.district());
  for (const PlacedStack& stack : state_->stacks)
    if (stack.is_inside()) add_once(names, stack.source().district);
  return names;
}

std::vector<SourceGroup> Emissions::enterprises() const {
  std::vector<SourceGroup> groups;
  std::set<std::string> seen;
  for (const PlacedStack& stack : state_->stacks)
    if (stack.is_inside() && seen.insert(stack.source().enterprise_id).second)
      groups.push_back({stack.source().sector, stack.source().district, stack.source().enterprise_id,
                        stack.source().enterprise_name});
  return groups;
}

const std::vector<std::string>& Emissions::files() const {
  return state_->files;
}

}  // namespace lantian
