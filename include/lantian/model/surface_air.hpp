#pragma once

#include "lantian/field/array.hpp"
#include "lantian/io/restart.hpp"
#include "lantian/processes/process.hpp"

#include <string>
#include <vector>

namespace lantian {

/// One quantity of the air near the ground that is reported: a sum of species.
struct SurfaceQuantity {
  std::string name;  // O3, PM25, ...
  std::string long_name;
  std::vector<int> species;
  bool is_particle = false;  // ambient conditions; else gas at 298.15 K and 1013.25 hPa
};

/// What a run reports near the ground: PM25, PM10, each gas and each part of PM2.5.
[[nodiscard]] std::vector<SurfaceQuantity> surface_quantities(const SpeciesTable& species);

/// Time mean of the lowest layer over an hour, in ug m-3, and of chosen species on all layers, in ppb.
///
/// Gases: mass in a cubic metre at 298.15 K and 1013.25 hPa; particles: in a cubic metre of the cell's own
/// air (GB 3095-2012, amendment of 2018).
class HourlyMean {
 public:
  HourlyMean(const Tile& tile, const SpeciesTable& species, std::vector<int> species_3d);

  /// Adds the state as it is now, with the given weight (seconds).
  void add(const State& state, const Surface& surface, double weight_s);
  void clear();
  /// The sums of an hour that is not yet whole.
  void save(RestartWriter& set) const;
  void load(const RestartReader& set);

  [[nodiscard]] const std::vector<SurfaceQuantity>& quantities() const { return quantities_; }
  /// Mean [ug m-3] of quantity n on the tile.
  [[nodiscard]] Array2<double> surface_ug_m3(std::size_t n) const;
  [[nodiscard]] const std::vector<int>& species_3d() const { return species_3d_; }
  /// Mean [ppb] of the n-th chosen species on the tile, [layer][row][column].
  [[nodiscard]] Array3<double> mean_3d_ppb(std::size_t n) const;

 private:
  Tile tile_;
  SpeciesTable species_;
  std::vector<SurfaceQuantity> quantities_;
  std::vector<int> species_3d_;
  std::vector<Array2<double>> sum_ug_s_m3_;
  std::vector<Array3<double>> sum_ppb_s_;
  double weight_s_ = 0.0;
};

/// Micrograms per cubic metre at 298.15 K and 1013.25 hPa for one ppb of a gas.
[[nodiscard]] double gas_ug_m3_per_ppb(double molar_mass_g_mol);

}  // namespace lantian
