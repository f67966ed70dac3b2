#include "lantian/sources/emissions.hpp"

#include "embedded/speciation_grs.hpp"
#include "embedded/speciation_tracers.hpp"
#include "embedded/temporal.hpp"
#include "embedded/vertical.hpp"
#include "release_height.hpp"
#include "source_maps.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/csv_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace lantian {

namespace {

constexpr double grams_per_tonne = 1.0e6;

/// A gridded sector, ready for the hours.
struct Sector {
  GriddedInventory inventory;
  SourceProfiles profiles;
  int year = 0;
  std::map<std::string, Array2<double>> scaling;  // of each pollutant; by district
};

/// A stack in a cell of the grid.
struct PlacedStack {
  StackSource source;
  SourceProfiles profiles;
  HorizontalGrid::Cell cell{};
  std::map<std::string, double> scaling;  // of each pollutant
};

CsvTable table_of(const Case& configuration, const std::string& key_value, const std::string& name,
                  std::string_view embedded) {
  if (key_value.empty()) return CsvTable::parse("inputs/profiles/" + name, std::string(embedded));
  return CsvTable::read(configuration.resolve(key_value));
}

/// Tonnes a second of a gridded pollutant's period in an hour, as a factor on the map of that period.
struct HourShare {
  std::size_t period;
  double per_s;
};

HourShare hour_share(const PollutantMap& map, TemporalProfile& temporal, const CivilTime& local,
                     int inventory_year) {
  if (map.inside_t.size() == 12) {
    const double month_s = 86400.0 * days_in_month(local.year, local.month);
    return {static_cast<std::size_t>(local.month - 1), temporal.of_month(local) / month_s};
  }
  return {0, temporal.of_year(local) / (86400.0 * days_in_year(inventory_year))};
}

}  // namespace

double MassTableRow::residual() const {
  const double scale = std::max(std::fabs(inventory_t), std::fabs(injected_t));
  return scale > 0.0 ? std::fabs(inventory_t - outside_domain_t - cut_t - injected_t) / scale : 0.0;
}

struct Emissions::State {
  State(const Case& configuration, const HorizontalGrid& where, const Layers& model_layers,
        const SpeciesTable& table)
      : config(configuration.emissions),
        run(configuration.run),
        grid(where),
        layers(model_layers),
        species(table) {}

  EmissionsConfig config;
  RunConfig run;
  const HorizontalGrid& grid;
  const Layers& layers;
  SpeciesTable species;
  ProfileTables tables;
  DistrictMap districts;
  std::vector<Sector> sectors;
  std::vector<PlacedStack> stacks;
  std::vector<StackSource> outside;  // stacks beyond the grid
  std::vector<std::string> files;
  std::vector<MassTableRow> mass;

  void load(const Case& configuration, Problems& problems);
  void load_sector(const Case& configuration, const InventoryConfig& entry, ProfileFinder& finder,
                   Problems& problems);
  void load_list(const std::string& path, ProfileFinder& finder, Problems& problems);
  [[nodiscard]] Array2<double> scaling_map(const std::string& sector, const std::string& pollutant) const;
  MassTableRow& mass_row(const std::string& sector, const std::string& pollutant);
  void add_sector(Sector& sector, const CivilTime& local, const Surface& surface,
                  std::vector<Array3<double>>& rates);
  void add_stack(PlacedStack& stack, const CivilTime& local, const WeatherSnapshot& weather,
                 const Surface& surface, std::vector<Array3<double>>& rates);
  [[nodiscard]] Array3<double>* field_of(const std::string& name, std::vector<Array3<double>>& rates) const;
  [[nodiscard]] const std::vector<SpeciationPart>* parts_of(const SourceProfiles& profiles,
                                                            const std::string& pollutant) const;
};

void Emissions::State::load(const Case& configuration, Problems& problems) {
  const bool is_grs = species.find("ROC").has_value();
  try {
    tables = ProfileTables::load(
        table_of(configuration, config.temporal_profiles, "temporal.csv", embedded::temporal),
        table_of(configuration, config.vertical_profiles, "vertical.csv", embedded::vertical),
        table_of(configuration, config.speciation_profiles,
                 is_grs ? "speciation_grs.csv" : "speciation_tracers.csv",
                 is_grs ? embedded::speciation_grs : embedded::speciation_tracers),
        problems);
    if (!config.districts.empty()) {
      districts = read_districts(configuration.resolve(config.districts), grid);
      files.push_back(configuration.resolve(config.districts));
    }
  } catch (const Error& error) {
    problems.add(error);
  }
  ProfileFinder finder(tables, problems);
  for (const InventoryConfig& entry : config.inventory) load_sector(configuration, entry, finder, problems);
  for (const std::string& path : config.enterprises) load_list(configuration.resolve(path), finder, problems);
}

Array2<double> Emissions::State::scaling_map(const std::string& sector, const std::string& pollutant) const {
  Array2<double> map(grid.rows(), grid.columns(), 1.0);
  std::vector<double> by_district(districts.names.size() + 1);
  for (std::size_t d = 0; d < by_district.size(); ++d)
    by_district[d] = scaling_of(config.scaling, {.sector = sector,
                                                 .district = d == 0 ? "" : districts.names[d - 1],
                                                 .enterprise_id = "",
                                                 .pollutant = pollutant});
  for (int j = 0; j < grid.rows(); ++j)
    for (int i = 0; i < grid.columns(); ++i)
      map(j, i) =
          by_district[districts.number.empty() ? 0 : static_cast<std::size_t>(districts.number(j, i))];
  return map;
}

void Emissions::State::load_sector(const Case& configuration, const InventoryConfig& entry,
                                   ProfileFinder& finder, Problems& problems) {
  Sector sector;
  sector.year = entry.year > 0 ? entry.year : civil_time(run.start, run.utc_offset_h).year;
  const std::string path = configuration.resolve(entry.file);
  sector.inventory = read_inventory(entry, path, sector.year, grid, problems);
  sector.profiles = finder.find(entry.sector, entry.temporal, entry.vertical, entry.speciation);
  for (const auto& [pollutant, map] : sector.inventory.pollutants)
    sector.scaling[pollutant] = scaling_map(entry.sector, pollutant);
  if (std::ranges::find(files, path) == files.end()) files.push_back(path);
  sectors.push_back(std::move(sector));
}

void Emissions::State::load_list(const std::string& path, ProfileFinder& finder, Problems& problems) {
  files.push_back(path);
  std::map<std::pair<std::string, std::string>, SourceProfiles> found;
  for (StackSource& source : read_enterprises(path, problems)) {
    const auto cell = grid.locate(source.place);
    if (!cell) {
      outside.push_back(source);
      continue;
    }
    const auto [at, is_new] = found.try_emplace({source.sector, source.profile}, SourceProfiles{});
    if (is_new) at->second = finder.find(source.sector, source.profile, "surface", "");
    PlacedStack stack{.source = source, .profiles = at->second, .cell = *cell, .scaling = {}};
    for (const auto& [pollutant, t_yr] : source.t_yr)
      stack.scaling[pollutant] =
          scaling_of(config.scaling, {source.sector, source.district, source.enterprise_id, pollutant});
    stacks.push_back(std::move(stack));
  }
  if (!outside.empty())
    log_info(fmt::format("{}: {} stacks lie outside the grid; the mass table counts them as outside", path,
                         outside.size()));
}

MassTableRow& Emissions::State::mass_row(const std::string& sector, const std::string& pollutant) {
  for (MassTableRow& row : mass)
    if (row.sector == sector && row.pollutant == pollutant) return row;
  return mass.emplace_back(MassTableRow{.sector = sector, .pollutant = pollutant});
}

Array3<double>* Emissions::State::field_of(const std::string& name,
                                           std::vector<Array3<double>>& rates) const {
  const auto s = species.find(name);
  if (!s) return nullptr;
  Array3<double>& field = rates[static_cast<std::size_t>(*s)];
  if (field.empty()) field = Array3<double>(layers.count(), grid.rows(), grid.columns(), 0.0);
  return &field;
}

const std::vector<SpeciationPart>* Emissions::State::parts_of(const SourceProfiles& profiles,
                                                              const std::string& pollutant) const {
  for (const auto* table : {profiles.speciation, &tables.speciation.at("default")}) {
    const auto found = table->find(pollutant);
    if (found != table->end()) return &found->second;
  }
  return nullptr;
}

void Emissions::State::add_sector(Sector& sector, const CivilTime& local, const Surface& surface,
                                  std::vector<Array3<double>>& rates) {
  const std::string& name = sector.inventory.config.sector;
  for (const auto& [pollutant, map] : sector.inventory.pollutants) {
    const std::vector<SpeciationPart>* parts = parts_of(sector.profiles, pollutant);
    const HourShare share = hour_share(map, *sector.profiles.temporal, local, sector.year);
    const Array2<double>&inside = map.inside_t[share.period], &factor = sector.scaling.at(pollutant);
    MassTableRow& row = mass_row(name, pollutant);
    const double hour_t = 3600.0 * share.per_s;
    row.inventory_t += map.whole_t[share.period] * hour_t;
    row.outside_domain_t += map.outside_t[share.period] * hour_t;
    if (parts == nullptr) continue;
    double injected_t = 0.0, cut_t = 0.0;
    for (int j = 0; j < grid.rows(); ++j) {
      for (int i = 0; i < grid.columns(); ++i) {
        if (inside(j, i) == 0.0) continue;
        const double g_s = inside(j, i) * factor(j, i) * share.per_s * grams_per_tonne;
        cut_t += inside(j, i) * (1.0 - factor(j, i)) * hour_t;
        const std::vector<double> by_layer =
            layer_shares(*sector.profiles.vertical, layers, surface.terrain_m(j, i));
        for (const SpeciationPart& part : *parts) {
          Array3<double>* field = field_of(part.species, rates);
          for (int k = 0; k < layers.count() && field != nullptr; ++k) {
            const double part_g_s = g_s * by_layer[static_cast<std::size_t>(k)] * part.share;
            if (part_g_s == 0.0) continue;
            (*field)(k, j, i) += part_g_s * part.mol_per_g;
            injected_t += part_g_s * 3600.0 / grams_per_tonne;
          }
        }
      }
    }
    row.injected_t += injected_t;
    row.cut_t += cut_t;
  }
}

void Emissions::State::add_stack(PlacedStack& stack, const CivilTime& local, const WeatherSnapshot& weather,
                                 const Surface& surface, std::vector<Array3<double>>& rates) {
  const auto [row, column] = stack.cell;
  const StackSource& source = stack.source;
  const double per_s = stack.profiles.temporal->of_year(local) / (86400.0 * days_in_year(local.year));
  std::vector<double> by_layer = plume_layer_shares(source.stack, weather, surface, row, column);
  for (double& share : by_layer) share *= 1.0 - source.fugitive;
  by_layer[0] += source.fugitive;
  for (const auto& [pollutant, t_yr] : source.t_yr) {
    MassTableRow& mass_line = mass_row(source.sector, pollutant);
    const std::vector<SpeciationPart>* parts = parts_of(stack.profiles, pollutant);
    const double hour_t = 3600.0 * per_s, factor = stack.scaling.at(pollutant);
    mass_line.inventory_t += t_yr * hour_t;
    if (parts == nullptr) continue;
    mass_line.cut_t += t_yr * (1.0 - factor) * hour_t;
    for (const SpeciationPart& part : *parts) {
      Array3<double>* field = field_of(part.species, rates);
      for (int k = 0; k < layers.count() && field != nullptr; ++k) {
        const double part_g_s =
            t_yr * factor * per_s * grams_per_tonne * by_layer[static_cast<std::size_t>(k)] * part.share;
        (*field)(k, row, column) += part_g_s * part.mol_per_g;
        mass_line.injected_t += part_g_s * 3600.0 / grams_per_tonne;
      }
    }
  }
}

Emissions::Emissions(const Case& configuration, const HorizontalGrid& grid, const Layers& layers,
                     const SpeciesTable& species, Problems& problems)
    : state_(std::make_unique<State>(configuration, grid, layers, species)) {
  const std::size_t faults = problems.sentences().size();
  state_->load(configuration, problems);
  if (problems.sentences().size() > faults) return;  // then not all names are known
  SourceNames known{.sectors = sectors(), .districts = districts(), .enterprises = {}};
  for (const SourceGroup& one : enterprises()) known.enterprises.push_back(one.enterprise_id);
  for (const StackSource& one : state_->outside) {
    known.sectors.push_back(one.sector);
    known.districts.push_back(one.district);
    known.enterprises.push_back(one.enterprise_id);
  }
  check_scalings(configuration.emissions.scaling, known, problems);
}

Emissions::~Emissions() = default;
Emissions::Emissions(Emissions&&) noexcept = default;
Emissions& Emissions::operator=(Emissions&&) noexcept = default;

std::vector<Array3<double>> Emissions::rates_mol_s(UtcTime start, const WeatherSnapshot& weather,
                                                   const Surface& surface) {
  std::vector<Array3<double>> rates(static_cast<std::size_t>(state_->species.count()));
  if (!state_->config.enabled) return rates;
  const CivilTime local = civil_time(start, state_->run.utc_offset_h);
  for (Sector& sector : state_->sectors) state_->add_sector(sector, local, surface, rates);
  for (PlacedStack& stack : state_->stacks) state_->add_stack(stack, local, weather, surface, rates);
  for (const StackSource& source : state_->outside) {
    for (const auto& [pollutant, t_yr] : source.t_yr) {
      MassTableRow& row = state_->mass_row(source.sector, pollutant);
      const double hour_t = t_yr / (24.0 * days_in_year(local.year));
      row.inventory_t += hour_t;
      row.outside_domain_t += hour_t;
    }
  }
  return rates;
}

const std::vector<MassTableRow>& Emissions::mass_table() const {
  return state_->mass;
}

double Emissions::mean_rate_t_d(const ScalingConfig& selection, const std::string& pollutant, UtcTime from,
                                UtcTime to) const {
  double sum_t = 0.0;
  const auto counts = [&](const std::string& one) {
    return pollutant == "all" || pollutant_group(one) == pollutant;
  };
  for (UtcTime hour = from; hour < to; hour = hour.plus_seconds(3600)) {
    const CivilTime local = civil_time(hour, state_->run.utc_offset_h);
    for (const Sector& sector : state_->sectors) {
      for (const auto& [name, map] : sector.inventory.pollutants) {
        if (!counts(name)) continue;
        const HourShare share = hour_share(map, *sector.profiles.temporal, local, sector.year);
        const Array2<double>&inside = map.inside_t[share.period], &factor = sector.scaling.at(name);
        for (int j = 0; j < inside.rows(); ++j) {
          for (int i = 0; i < inside.columns(); ++i) {
            const int d = state_->districts.number.empty() ? 0 : state_->districts.number(j, i);
            const SourceAttributes source{
                sector.inventory.config.sector,
                d > 0 ? state_->districts.names[static_cast<std::size_t>(d) - 1] : "", "", name};
            if (inside(j, i) > 0.0 && is_meant(selection, source))
              sum_t += inside(j, i) * factor(j, i) * share.per_s * 3600.0;
          }
        }
      }
    }
    for (const PlacedStack& stack : state_->stacks)
      for (const auto& [name, t_yr] : stack.source.t_yr)
        if (counts(name) && is_meant(selection, {stack.source.sector, stack.source.district,
                                                 stack.source.enterprise_id, name}))
          sum_t += t_yr * stack.scaling.at(name) * stack.profiles.temporal->of_year(local) /
                   (24.0 * days_in_year(local.year));
  }
  return sum_t / (static_cast<double>(to.seconds_since(from)) / 86400.0);
}

std::vector<std::string> Emissions::sectors() const {
  std::vector<std::string> names;
  const auto add = [&names](const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  for (const Sector& sector : state_->sectors) add(sector.inventory.config.sector);
  for (const PlacedStack& stack : state_->stacks) add(stack.source.sector);
  return names;
}

std::vector<std::string> Emissions::districts() const {
  std::vector<std::string> names = state_->districts.names;
  for (const PlacedStack& stack : state_->stacks)
    if (!stack.source.district.empty() && std::ranges::find(names, stack.source.district) == names.end())
      names.push_back(stack.source.district);
  return names;
}

std::vector<SourceGroup> Emissions::enterprises() const {
  std::vector<SourceGroup> groups;
  std::set<std::string> seen;
  for (const PlacedStack& stack : state_->stacks)
    if (seen.insert(stack.source.enterprise_id).second)
      groups.push_back({stack.source.sector, stack.source.district, stack.source.enterprise_id,
                        stack.source.enterprise_name});
  return groups;
}

const std::vector<std::string>& Emissions::files() const {
  return state_->files;
}

}  // namespace lantian
