#pragma once

#include "lantian/base/time.hpp"
#include "lantian/config/case.hpp"
#include "lantian/field/species.hpp"
#include "lantian/grid/horizontal_grid.hpp"

#include <memory>
#include <optional>
#include <string>

namespace lantian {

/// Where and when a value is asked for.
struct AirSpot {
  UtcTime hour{};     // begin of the hour that a series speaks of
  UtcTime instant{};  // within the hour or at its end, for sources that are linear in time
  LonLat place{};     // centre of the cell
  LonLat entrance{};  // middle of the face that air enters the cell through; the centre inside
  double entrance_columns = 1.0, entrance_rows = 1.0;  // cells that it spans; 0: a face across that axis
  double height_m = 0.0, azimuth_deg = 0.0, mixing_height_m = 0.0;
  double dry_air_mol_m3 = 40.0;
  double bottom_m = 0.0, top_m = 0.0;  // of the layer, above ground; equal for a level
  double scale_height_m = 8000.0;      // over which the air thins out to 1/e
};

/// One [[boundary.air]] entry: a value for a species at a spot, or nothing.
class AirSource {
 public:
  AirSource() = default;
  virtual ~AirSource() = default;
  AirSource(const AirSource&) = delete;
  AirSource& operator=(const AirSource&) = delete;
  /// Whether it may have a value of the species at all; of others `ppb` gives none, everywhere and always.
  [[nodiscard]] virtual bool may_give(const Species& /*species*/) const { return true; }
  /// What `ppb` gives of the species everywhere and always; nothing when that depends on the spot.
  [[nodiscard]] virtual std::optional<double> everywhere_ppb(const Species& /*species*/) const {
    return std::nullopt;
  }
  /// Seconds between the instants that it is linear between; divides 3600. 0: one value an hour.
  [[nodiscard]] virtual int interval_s() const { return 0; }
  [[nodiscard]] virtual std::optional<double> ppb(const Species& species, const AirSpot& spot) const = 0;
};

/// Opens what an entry names. @throws Error with every fault of its files.
[[nodiscard]] std::unique_ptr<AirSource> open_air_source(const Case& configuration,
                                                         const BoundaryAirConfig& config,
                                                         const HorizontalGrid& grid,
                                                         const SpeciesTable& species);

}  // namespace lantian
