#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/config/case.hpp"
#include "lantian/field/array.hpp"
#include "lantian/field/species.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/grid/layers.hpp"
#include "lantian/weather/meteorology.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lantian {

/// One line of the mass table: annual or run total of a pollutant of a sector [t].
struct MassTableRow {
  std::string sector, pollutant;
  double inventory_t = 0.0;  // in the files, over the run's hours
  double outside_domain_t = 0.0;
  double cut_t = 0.0;       // what [[emissions.scaling]] took away (negative: added)
  double unused_t = 0.0;    // what the run has no species for
  double injected_t = 0.0;  // what the model received
  /// |inventory - outside - cut - unused - injected| over the greater of inventory and injected.
  [[nodiscard]] double residual() const;
};

/// A group of sources that a cut can name.
struct SourceGroup {
  std::string sector, district, enterprise_id, enterprise_name;
};

/// All emissions of a case on the model grid, hour by hour. Knows nothing of ranks: each rank holds the whole
/// domain.
class Emissions {
 public:
  /// Reads inventories and enterprise lists, regrids them, loads profiles. Faults go to `problems`.
  Emissions(const Case& configuration, const HorizontalGrid& grid, const Layers& layers,
            const SpeciesTable& species, Problems& problems);
  ~Emissions();
  Emissions(Emissions&&) noexcept;
  Emissions& operator=(Emissions&&) noexcept;

  /// Rates [mol s-1] of the hour that begins at `start`: one field [layer][row][column] a species; empty
  /// where a species is not emitted. The plume rise takes the weather of the hour's middle.
  [[nodiscard]] std::vector<Array3<double>> rates_mol_s(UtcTime start, const WeatherSnapshot& weather,
                                                        const Surface& surface);

  /// Mass of every hour that `rates_mol_s` has given so far.
  [[nodiscard]] const std::vector<MassTableRow>& mass_table() const;
  /// Takes the table of an earlier moment of the run for its own, so that a resumed run goes on from it.
  void restore_mass_table(const std::vector<MassTableRow>& rows);

  /// Works out what the natural sources emit in the hour that begins at `start`, for `mean_rate_t_d`.
  void survey_natural(UtcTime start, const WeatherSnapshot& weather, const Surface& surface);

  /// Mean rate over the run [t d-1] of a pollutant (VOC, NOx, SO2, NH3, PM, CO) of the sources a cut names;
  /// of natural sources the hours that `survey_natural` was given.
  [[nodiscard]] double mean_rate_t_d(const ScalingConfig& selection, const std::string& pollutant,
                                     UtcTime from, UtcTime to) const;

  /// Of inventories, lists and natural sources.
  [[nodiscard]] std::vector<std::string> sectors() const;
  /// Those of `sectors` that the weather decides.
  [[nodiscard]] std::vector<std::string> natural_sectors() const;
  [[nodiscard]] std::vector<std::string> districts() const;
  [[nodiscard]] std::vector<SourceGroup> enterprises() const;
  [[nodiscard]] const std::vector<std::string>& files() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lantian
