#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/config/case.hpp"
#include "lantian/field/array.hpp"
#include "lantian/field/field.hpp"
#include "lantian/field/species.hpp"
#include "lantian/grid/horizontal_grid.hpp"
#include "lantian/weather/meteorology.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lantian {

/// Mixing ratios [ppb] of the air outside the domain in one hour, [species][layer][cell along the side].
struct BoundaryHour {
  std::vector<Array2<double>> west, east;    // one a species: [layer][row]
  std::vector<Array2<double>> south, north;  // one a species: [layer][column]
  std::vector<Array2<double>> top;  // one a species: [row][column], what enters through the model top
};

/// `end` where share is 1, `begin` where it is 0, linear between; equal values stay as they are.
[[nodiscard]] BoundaryHour between(const BoundaryHour& begin, const BoundaryHour& end, double share);

/// Boundary and initial air of a case.
class BoundaryAir {
 public:
  /// Faults go to `problems`; a species that no entry names gets 0 and one warning that lists them all.
  BoundaryAir(const Case& configuration, const HorizontalGrid& grid, const SpeciesTable& species,
              Problems& problems);
  ~BoundaryAir();
  BoundaryAir(BoundaryAir&&) noexcept;
  BoundaryAir& operator=(BoundaryAir&&) noexcept;

  /// From now on hours and instants hold the air at the sides and the top of a tile alone, and 0 elsewhere.
  void restrict_to(const Tile& tile);
  /// The hour that begins at `start`, in its first instant.
  [[nodiscard]] BoundaryHour hour(UtcTime start, const WeatherSnapshot& weather, const Surface& surface);
  /// An instant of that hour, its end counted.
  [[nodiscard]] BoundaryHour at(UtcTime instant, UtcTime start, const WeatherSnapshot& weather,
                                const Surface& surface);
  /// Seconds between the instants of an hour that the air goes linearly between; divides 3600. 0: it stays
  /// what it is in the hour's first instant.
  [[nodiscard]] int interval_s() const;
  /// Air inside at the first instant, on a tile's own cells: into one field [ppb] a species.
  void fill_initial(UtcTime start, const WeatherSnapshot& weather, const Surface& surface, const Tile& tile,
                    FieldSet<double>& inside_ppb) const;
  [[nodiscard]] const std::vector<std::string>& files() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lantian
