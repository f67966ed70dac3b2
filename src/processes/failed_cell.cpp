#include "failed_cell.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lantian {

namespace {

/// name = value of each that is not 0.
std::string table_of(const std::vector<std::string_view>& names, const std::vector<double>& values) {
  std::string text;
  for (std::size_t n = 0; n < names.size(); ++n)
    if (values[n] != 0.0) text += fmt::format("{} = {:.17g}\n", names[n], values[n]);
  return text;
}

/// The sun stands overhead, and J has no slant: J = l throughout.
std::string box_case_of(const FailedCell& cell, const ChemistryConfig& chemistry, Step step) {
  const RateConditions<>& air = cell.air;
  std::string text = fmt::format(
      "# A cell whose chemistry failed: layer {}, row {}, column {}, {}. lantian box THIS_FILE\n"
      "{}"
      "mechanism = \"{}\"\noutput = \"failed_cell\"\n\n"
      "[run]\nbegin_h = 12.0\nlength_h = {:.17g}\noutput_interval_s = {:.17g}\nsolver = \"ros3\"\n"
      "relative_tolerance = {:.17g}\nabsolute_tolerance_ppb = {:.17g}\n\n",
      cell.layer + 1, cell.row, cell.column, to_iso8601(step.start),
      chemistry.rate_factors.empty() ? ""
                                     : "# chemistry.rate_factors of the case are not in it: a box has none\n",
      chemistry.mechanism, step.length_s / 3600.0, step.length_s, chemistry.relative_tolerance,
      chemistry.absolute_tolerance_ppb);
  text += fmt::format(
      "[air]\ntemperature_k = {:.17g}\nrelative_humidity = {:.17g}\ncloud_water_g_m3 = {:.17g}\n"
      "air_per_cm3 = {:.17g}\nwater_per_cm3 = {:.17g}\nparticle_surface_m2_m3 = {:.17g}\n"
      "particle_radius_m = {:.17g}\nn2o5_uptake = {:.17g}\norganic_nitrate_share = {:.17g}\n"
      "aqueous_ozone_cm3_s = {:.17g}\naqueous_peroxide_cm3_s = {:.17g}\n"
      "aqueous_methyl_hydroperoxide_cm3_s = {:.17g}\naqueous_peroxyacetic_acid_cm3_s = {:.17g}\n"
      "aqueous_nitrogen_dioxide_cm3_s = {:.17g}\naqueous_metals_per_s = {:.17g}\nground_surface_m2_m3 = "
      "{:.17g}\n\n"
      "[sun]\nlatitude_deg = 0.0\ndeclination_deg = 0.0\n\n",
      air.temperature_k, air.relative_humidity, air.cloud_water_g_m3, air.air_per_cm3, air.water_per_cm3,
      air.particle_surface_m2_m3, air.particle_radius_m, air.n2o5_uptake, air.organic_nitrate_share,
      air.aqueous_ozone_cm3_s, air.aqueous_peroxide_cm3_s, air.aqueous_methyl_hydroperoxide_cm3_s,
      air.aqueous_peroxyacetic_acid_cm3_s, air.aqueous_nitrogen_dioxide_cm3_s, air.aqueous_metals_per_s,
      air.ground_surface_m2_m3);
  text += "[initial_ppb]\n" + table_of(cell.names, cell.amount_ppb) + "\n[emission_ppb_h]\n" +
          table_of(cell.names, cell.source_ppb_h) + "\n";
  for (const Photolysis process : cell.photolysis) {
    const auto p = static_cast<std::size_t>(process);
    text += fmt::format("[[photolysis]]\nprocess = \"{}\"\nl = {:.17g}\nm = 0.0\nn = 0.0\n",
                        photolysis_names.at(p), air.photolysis_per_s.at(p));
  }
  return text;
}

}  // namespace

std::string fault_of(const FailedCell& cell, const ChemistryConfig& chemistry, Step step) {
  const auto at = std::ranges::find(cell.names, cell.species) - cell.names.begin();
  return fmt::format(
             "chemistry at {}: the solver found no step that keeps its tolerance in row {}, column {}, layer "
             "{}, at {:.1f} K, "
             "for {} ({:.3g} ppb); look at the emissions and the weather there",
             to_iso8601(step.start), cell.row, cell.column, cell.layer + 1, cell.air.temperature_k,
             cell.species, cell.amount_ppb[static_cast<std::size_t>(at)]) +
         replay_mark + box_case_of(cell, chemistry, step);
}

}  // namespace lantian
