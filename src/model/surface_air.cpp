#include "lantian/model/surface_air.hpp"

#include "lantian/base/constants.hpp"

#include <utility>

namespace lantian {

namespace {

bool is_fine_particle(const Species& one) {
  return one.phase == Phase::particle && one.deposits_as == "particle_fine";
}

}  // namespace

double gas_ug_m3_per_ppb(double molar_mass_g_mol) {
  // 1e-9 mol/mol x g/mol x 1e6 ug/g over the molar volume [m3 mol-1]
  const double molar_volume_m3 = gas_constant_j_mol_k * reference_gas_temperature_k / standard_pressure_pa;
  return 1.0e-3 * molar_mass_g_mol / molar_volume_m3;
}

std::vector<SurfaceQuantity> surface_quantities(const SpeciesTable& species) {
  SurfaceQuantity fine{.name = "PM25", .long_name = "PM2.5, dry", .species = {}, .is_particle = true};
  SurfaceQuantity all{.name = "PM10", .long_name = "PM10, dry", .species = {}, .is_particle = true};
  std::vector<SurfaceQuantity> quantities;
  for (int s = 0; s < species.count(); ++s) {
    const bool is_particle = species[s].phase == Phase::particle;
    if (is_fine_particle(species[s])) fine.species.push_back(s);
    if (is_particle) all.species.push_back(s);
    quantities.push_back(
        {.name = species[s].name, .long_name = species[s].name, .species = {s}, .is_particle = is_particle});
  }
  if (!all.species.empty()) quantities.insert(quantities.begin(), {fine, all});
  return quantities;
}

HourlyMean::HourlyMean(const Tile& tile, const SpeciesTable& species, std::vector<int> species_3d)
    : tile_(tile),
      species_(species),
      quantities_(surface_quantities(species)),
      species_3d_(std::move(species_3d)) {
  clear();
}

void HourlyMean::clear() {
  weight_s_ = 0.0;
  sum_ug_s_m3_.assign(quantities_.size(), Array2<double>(tile_.rows, tile_.columns, 0.0));
  sum_ppb_s_.assign(species_3d_.size(), Array3<double>(tile_.layers, tile_.rows, tile_.columns, 0.0));
}

void HourlyMean::add(const State& state, const Surface& surface, double weight_s) {
  weight_s_ += weight_s;
  Array2<double> particle_mol_m3_per_ppb(tile_.rows, tile_.columns);
  for (int j = 0; j < tile_.rows; ++j) {
    for (int i = 0; i < tile_.columns; ++i) {
      const int row = tile_.first_row + j, column = tile_.first_column + i;
      const double volume_m3 =
          surface.cell_area_m2(row, column) * surface.interface_above_ground_m(1, row, column);
      particle_mol_m3_per_ppb(j, i) = 1.0e-9 * state.air_mass_kg(0, j, i) * mol_air_per_kg / volume_m3;
    }
  }
  for (std::size_t n = 0; n < quantities_.size(); ++n) {
    for (const int s : quantities_[n].species) {
      const double molar_mass_g_mol = species_[s].molar_mass_g_mol;
      const double gas_factor = gas_ug_m3_per_ppb(molar_mass_g_mol);
      for (int j = 0; j < tile_.rows; ++j) {
        for (int i = 0; i < tile_.columns; ++i) {
          const double factor = quantities_[n].is_particle
                                    ? 1.0e6 * molar_mass_g_mol * particle_mol_m3_per_ppb(j, i)
                                    : gas_factor;
          sum_ug_s_m3_[n](j, i) += weight_s * factor * state.mixing_ratio_ppb[s](0, j, i);
        }
      }
    }
  }
  for (std::size_t n = 0; n < species_3d_.size(); ++n)
    for (int k = 0; k < tile_.layers; ++k)
      for (int j = 0; j < tile_.rows; ++j)
        for (int i = 0; i < tile_.columns; ++i)
          sum_ppb_s_[n](k, j, i) += weight_s * state.mixing_ratio_ppb[species_3d_[n]](k, j, i);
}

void HourlyMean::save(RestartWriter& set) const {
  set.numbers("mean.weight_s", {weight_s_});
  for (std::size_t n = 0; n < quantities_.size(); ++n)
    set.cells("mean.surface." + quantities_[n].name, tile_, sum_ug_s_m3_[n].values());
  for (std::size_t n = 0; n < species_3d_.size(); ++n)
    set.cells("mean.layers." + species_[species_3d_[n]].name, tile_, sum_ppb_s_[n].values());
}

void HourlyMean::load(const RestartReader& set) {
  clear();
  weight_s_ = set.numbers("mean.weight_s").at(0);
  for (std::size_t n = 0; n < quantities_.size(); ++n)
    set.cells("mean.surface." + quantities_[n].name, tile_, sum_ug_s_m3_[n].values());
  for (std::size_t n = 0; n < species_3d_.size(); ++n)
    set.cells("mean.layers." + species_[species_3d_[n]].name, tile_, sum_ppb_s_[n].values());
}

Array2<double> HourlyMean::surface_ug_m3(std::size_t n) const {
  Array2<double> mean = sum_ug_s_m3_[n];
  for (double& value : mean.values()) value /= weight_s_;
  return mean;
}

Array3<double> HourlyMean::mean_3d_ppb(std::size_t n) const {
  Array3<double> mean = sum_ppb_s_[n];
  for (double& value : mean.values()) value /= weight_s_;
  return mean;
}

}  // namespace lantian
