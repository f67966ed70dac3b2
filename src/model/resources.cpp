#include "lantian/model/resources.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/model/budget.hpp"
#include "lantian/model/surface_air.hpp"
#include "lantian/parallel/decomposition.hpp"
#include "lantian/parallel/machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <system_error>

namespace lantian {

namespace {

constexpr double margin = 0.9;  // of what is left that a run may take

double hours_between(UtcTime begin, UtcTime end) {
  return static_cast<double>(end.seconds_since(begin)) / 3600.0;
}

std::size_t species_on_all_layers(const Case& configuration, const SpeciesTable& species) {
  return static_cast<std::size_t>(
      std::ranges::count_if(configuration.output.fields_3d,
                            [&](const std::string& name) { return species.find(name).has_value(); }));
}

/// A rank holds its own columns of the tracers, a few times a plane of each, the tendency of a band of rows
/// or of all, and the whole grid of weather and of each emission.
double memory_of_rank(const Case& configuration, const Tile& tile, double species) {
  constexpr double weather_fields = 64.0;  // three instants, fluxes, and what is read for them
  constexpr double planes =
      static_cast<double>(mass_term_count) + 4.0;  // ledger, mean, air above, deposition
  const double columns = static_cast<double>(tile.columns) * tile.rows, layers = tile.layers;
  const double with_halo = static_cast<double>(tile.row_stride()) * (tile.rows + 2 * halo_width) * layers;
  const double of_grid = static_cast<double>(tile.grid_columns) * tile.grid_rows * layers;
  constexpr int band_rows = 8;  // more where a rank has many threads
  const int rows = configuration.transport.splitting == "source" ? std::min(tile.rows, band_rows) : tile.rows;
  const double of_tendency = species * tile.columns * rows * layers;
  const EmissionsConfig& emissions = configuration.emissions;
  const bool emits = emissions.enabled && !(emissions.inventory.empty() && emissions.enterprises.empty() &&
                                            emissions.lines.empty() && emissions.areas.empty());
  const double of_emission = emits ? species * of_grid : 0.0;
  return sizeof(double) * ((species + 1.0) * with_halo + of_tendency + planes * species * columns +
                           of_emission + weather_fields * of_grid);
}

std::uintmax_t size_of_folder(const std::string& folder) {
  std::uintmax_t bytes = 0;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
    const std::uintmax_t size = entry.is_regular_file(fault) ? entry.file_size(fault) : 0;
    if (!fault) bytes += size;
  }
  return bytes;
}

/// Free bytes where a folder is or will be; infinite when the system does not tell.
double free_disk_bytes(const std::string& folder) {
  std::error_code fault;
  std::filesystem::path place = std::filesystem::absolute(folder, fault);
  while (!std::filesystem::exists(place, fault) && place.has_relative_path()) place = place.parent_path();
  const auto space = std::filesystem::space(place, fault);
  return fault ? std::numeric_limits<double>::infinity() : static_cast<double>(space.available);
}

std::string as_size(double bytes) {
  constexpr double mega = 1e6, giga = 1e9;
  return bytes < giga ? fmt::format("{:.0f} MB", std::ceil(bytes / mega))
                      : fmt::format("{:.1f} GB", bytes / giga);
}

std::string as_duration(double seconds) {
  constexpr double minute = 60.0, hour = 3600.0;
  if (seconds < 2.0 * minute) return fmt::format("{:.0f} s", std::ceil(seconds));
  return seconds < 2.0 * hour ? fmt::format("{:.0f} min", seconds / minute)
                              : fmt::format("{:.1f} h", seconds / hour);
}

}  // namespace

std::size_t restart_bytes(const Case& configuration, const SpeciesTable& species, std::size_t columns,
                          std::size_t layers) {
  const auto count = static_cast<std::size_t>(species.count());
  const std::size_t of_state = (count + 1) * layers, of_ledger = mass_term_count * count;
  // At most, for cells along the sides: a grid has eight rows and columns or more.
  const std::size_t along_sides = configuration.boundary.memory_s > 0.0 ? 2 * (8 + columns / 8) : 0;
  return sizeof(double) * (count + 1) * layers * along_sides +
         sizeof(double) * columns *
             (of_state + of_ledger + surface_quantities(species).size() +
              layers * species_on_all_layers(configuration, species));
}

Needs needs_of(const Case& configuration, const Inputs& inputs, int ranks) {
  const HorizontalGrid& grid = inputs.weather.grid();
  const int layers = inputs.weather.layers().count();
  const Decomposition decomposition(ranks, grid.columns(), grid.rows(), layers);
  const double species = inputs.species.count(), columns = static_cast<double>(grid.columns()) * grid.rows();
  Needs needs;
  for (int rank = 0; rank < ranks; ++rank)
    needs.memory_bytes =
        std::max(needs.memory_bytes, memory_of_rank(configuration, decomposition.tile(rank), species));

  const double reported_h = hours_between(configuration.run.start, configuration.run.end);
  const double planes =
      static_cast<double>(surface_quantities(inputs.species).size()) +
      static_cast<double>(species_on_all_layers(configuration, inputs.species)) * layers +
      (configuration.output.nest ? 2.0 * species * layers * 60.0 / configuration.output.nest_interval_min
                                 : 0.0);  // of 64 bits each
  const double hourly_bytes =
      2.0 * sizeof(float) * columns * planes * reported_h;  // in the store, in history.nc
  const double sets =
      configuration.restart.every_h > 0 ? 3.0 : 1.0;  // two are kept while the next is written
  needs.disk_bytes =
      hourly_bytes + sets * static_cast<double>(restart_bytes(configuration, inputs.species,
                                                              static_cast<std::size_t>(columns),
                                                              static_cast<std::size_t>(layers)));

  // Measured: of transport and mixing, and of GRS with the nitrate equilibrium, on cores of 2019 to 2023.
  constexpr double transport_s = 60e-9, chemistry_s = 90e-9;
  const double species_steps = columns * layers * species * (reported_h + configuration.run.spin_up_h) *
                               3600.0 / configuration.run.time_step_s;
  const bool has_chemistry = configuration.chemistry.mechanism != "none";
  needs.core_seconds = species_steps * (transport_s + (has_chemistry ? chemistry_s : 0.0));
  return needs;
}

std::string needs_line(const Case& configuration, const Needs& needs, int ranks) {
  return fmt::format(
      "needs about {} of memory a rank ({} are free), {} of disk ({} are free), and roughly {} on {} "
      "core(s)",
      as_size(needs.memory_bytes), as_size(machine_memory().available_bytes), as_size(needs.disk_bytes),
      as_size(free_disk_bytes(configuration.output.directory)), as_duration(needs.core_seconds / ranks),
      ranks);
}

void check_needs(const Case& configuration, const Needs& needs, const Communicator& ranks) {
  const Communicator machine = ranks.split_by_machine();
  const double available = -machine.max_of(-machine_memory().available_bytes);
  const double needed = needs.memory_bytes * machine.size();
  if (ranks.any(needed > margin * available))
    throw Error(
        ExitCode::missing_resource,
        fmt::format(
            "memory: {} rank(s) on a machine need about {} beyond what the inputs take, {} are free there "
            "and 90 % of it may be used; use more machines, fewer ranks a machine or a smaller "
            "grid, or --ignore-resources",
            machine.size(), as_size(needed), as_size(available)));
  const std::string& folder = configuration.output.directory;
  const double reused = static_cast<double>(size_of_folder(configuration.restart_directory()));
  const double free_bytes = free_disk_bytes(folder) + reused;  // what an earlier run has left there goes
  if (ranks.any(needs.disk_bytes > margin * free_bytes))
    throw OutputError(
        fmt::format("{}: the run writes about {}, {} are free on that disk and 90 % of it may be used; "
                    "free some, choose another output.directory, or --ignore-resources",
                    folder, as_size(needs.disk_bytes), as_size(free_bytes)));
}

}  // namespace lantian
