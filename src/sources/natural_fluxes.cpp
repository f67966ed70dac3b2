#include "natural_fluxes.hpp"

#include "embedded/land_use.hpp"
#include "embedded/natural.hpp"
#include "emission/gong2003.hpp"
#include "emission/guenther2012.hpp"
#include "emission/kok2014.hpp"
#include "emission/yienger_levy1995.hpp"

#include "lantian/io/csv_table.hpp"
#include "lantian/sources/leaf_area.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace lantian {

namespace {

constexpr double grams_per_tonne = 1.0e6, zero_celsius_k = 273.15;
constexpr double wet_rain_mm_h = 0.1;  // from here on the ground counts as wet
constexpr std::size_t organics = 6;

/// What a land-use class gives off.
struct NaturalClass {
  std::array<double, 12> leaf_area_by_month{};
  std::array<double, organics> organic_ug_m2_h{};
  SoilClass soil{};
  bool soil_is_wet = false, is_sea = false;
  double bare_share = 0.0;
};

std::vector<NaturalClass> natural_classes() {
  const CsvTable csv = CsvTable::parse("inputs/emission_factors/natural.csv", std::string(embedded::natural));
  const CsvTable leaves = CsvTable::parse("inputs/landuse/land_use.csv", std::string(embedded::land_use));
  Problems problems;
  std::vector<NaturalClass> classes;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const auto number = [&](const char* name) {
      return csv.number(row, csv.required_column(name), problems).value_or(0.0);
    };
    std::array<double, 12> leaf_area{};
    for (std::size_t month = 0; month < leaf_area.size(); ++month) {
      const std::size_t column = leaves.required_column(fmt::format("leaf_area_{:02d}", month + 1));
      leaf_area.at(month) = leaves.number(row, column, problems).value_or(0.0);
    }
    classes.push_back(
        {.leaf_area_by_month = leaf_area,
         .organic_ug_m2_h = {number("isoprene"), number("alpha_pinene"), number("other_monoterpenes"),
                             number("sesquiterpenes"), number("methanol"), number("acetone")},
         .soil = {.wet_ng_m2_s = number("soil_wet"),
                  .dry_ng_m2_s = number("soil_dry"),
                  .slope = number("soil_slope"),
                  .offset_k = number("soil_offset_c"),
                  .stomata_per_leaf_area = number("stomata_per_leaf_area")},
         .soil_is_wet = number("soil_is_wet") > 0.0,
         .is_sea = number("is_sea") > 0.0,
         .bare_share = number("bare_share")});
  }
  problems.throw_if_any();
  return classes;
}

/// A species that takes a share of a compound; a mole of it is `g_per_mol` of the compound, or its own molar
/// mass where that is 0.
struct Receiver {
  std::string species;
  double share = 1.0, g_per_mol = 0.0;
};
using Receivers = std::vector<Receiver>;

/// The receivers of a compound: the first list whose first species the run has.
NaturalCompound compound(const std::string& name, const std::string& pollutant, const SpeciesTable& species,
                         const std::vector<Receivers>& choices) {
  NaturalCompound made{.name = name, .pollutant = pollutant, .targets = {.parts = {}, .unused_share = 1.0}};
  const auto chosen = std::ranges::find_if(
      choices, [&](const Receivers& one) { return species.find(one.front().species).has_value(); });
  if (chosen == choices.end()) return made;
  double unused = 1.0;
  for (const Receiver& one : *chosen) {
    const auto s = species.find(one.species);
    if (!s) continue;
    const double g_per_mol = one.g_per_mol > 0.0 ? one.g_per_mol : species[*s].molar_mass_g_mol;
    made.targets.parts.push_back({*s, one.share, grams_per_tonne / g_per_mol});
    unused -= one.share;
  }
  made.targets.unused_share = unused < 1.0e-12 ? 0.0 : unused;
  return made;
}

NaturalSource biogenic_source(const BiogenicConfig& config, const SpeciesTable& species,
                              const std::vector<NaturalClass>& classes) {
  const auto organic = [&](const char* name, const std::vector<Receivers>& choices) {
    return compound(name, "VOC", species, choices);
  };
  const double past_k = config.past_temperature_c + zero_celsius_k;
  return {.name = "biogenic",
          .scale = config.scale,
          .detail = fmt::format("leaves used to {} deg C (past_temperature_c)", config.past_temperature_c),
          .compounds = {organic("isoprene", {{{"ISOP"}}}), organic("alpha_pinene", {{{"APIN"}}, {{"TERP"}}}),
                        organic("other_monoterpenes", {{{"TERP"}}}), organic("sesquiterpenes", {{{"SQT"}}}),
                        organic("methanol", {{{"MEOH"}}}), organic("acetone", {{{"ACET"}}})},
          .flux = [classes, past_k](const NaturalGround& at, std::span<double> kg_m2_s) {
            constexpr std::array<CompoundClass, organics> compounds = {
                isoprene_class,      alpha_pinene_class, other_monoterpene_class,
                sesquiterpene_class, methanol_class,     acetone_class};
            constexpr double kg_s_per_ug_h = 1.0e-9 / 3600.0;
            const NaturalClass& land = classes[at.land_use];
            const CanopyAir<double> air{at.temperature_k, past_k, at.short_wave_w_m2};
            const double leaf_area = leaf_area_on(land.leaf_area_by_month, at.time, at.latitude_deg);
            for (std::size_t n = 0; n < organics; ++n)
              kg_m2_s[n] = kg_s_per_ug_h * land.organic_ug_m2_h.at(n) *
                           biogenic_activity(air, leaf_area, compounds.at(n));
          }};
}

/// NOx counts as NO2, as in every inventory.
NaturalSource soil_source(const NaturalSourceConfig& config, const SpeciesTable& species,
                          const std::vector<NaturalClass>& classes) {
  constexpr double no2_g_mol = 46.0055, nitrogen_g_mol = 14.007;
  return {.name = "soil",
          .scale = config.scale,
          .detail = "NO without fertiliser",
          .compounds = {compound("nitric_oxide", "NOx", species, {{{"NO", 1.0, no2_g_mol}}})},
          .flux = [classes](const NaturalGround& at, std::span<double> kg_m2_s) {
            const NaturalClass& land = classes[at.land_use];
            const bool is_wet = land.soil_is_wet || at.rain_mm_h > wet_rain_mm_h;
            const double nitrogen_ng_m2_s = soil_nitric_oxide_ng_m2_s(
                at.temperature_k - zero_celsius_k, is_wet,
                leaf_area_on(land.leaf_area_by_month, at.time, at.latitude_deg), land.soil);
            kg_m2_s[0] = (1.0 - at.snow_cover) * 1.0e-12 * nitrogen_ng_m2_s * (no2_g_mol / nitrogen_g_mol);
          }};
}

NaturalSource sea_salt_source(const NaturalSourceConfig& config, const SpeciesTable& species,
                              const std::vector<NaturalClass>& classes) {
  // Shares of the mass of sea salt: Millero (1974), Annu. Rev. Earth Planet. Sci. 2, 101.
  const Receivers ions = {{"NA", 0.3061},  {"PCL", 0.5504}, {"PSO4", 0.0768}, {"PMG", 0.0369},
                          {"PCA", 0.0116}, {"PK", 0.0110},  {"PPM25", 0.0072}};
  // Gong's source function begins at a radius of 0.07 um at 80 % humidity, a dry diameter of 0.07 um.
  const double fine = sea_salt_mass_at_1_m_s(0.07, 2.5), coarse = sea_salt_mass_at_1_m_s(2.5, 10.0);
  return {.name = "sea_salt",
          .scale = config.scale,
          .detail = "open sea without surf",
          .compounds = {compound("fine_sea_salt", "PM25", species, {ions, {{"PPM25"}}}),
                        compound("coarse_sea_salt", "PMC", species,
                                 {{{"PCLC", 0.5504}, {"PPMC", 0.4496}}, {{"PPMC"}}})},
          .flux = [classes, fine, coarse](const NaturalGround& at, std::span<double> kg_m2_s) {
            const double factor = classes[at.land_use].is_sea ? sea_salt_wind_factor(at.wind_10m_m_s) : 0.0;
            kg_m2_s[0] = fine * factor;
            kg_m2_s[1] = coarse * factor;
          }};
}

NaturalSource wind_dust_source(const WindDustConfig& config, const SpeciesTable& species,
                               const std::vector<NaturalClass>& classes) {
  // Calcium of the upper crust: Taylor & McLennan (1995), Rev. Geophys. 33, 241.
  const Receivers crust = {{"PCA", 0.030}, {"PPM25", 0.970}};
  const Receivers carbonate = {{"PCO3C", crust_carbonate_share}, {"PPMC", 1.0 - crust_carbonate_share}};
  const double clay = config.clay_share, fine = dust_share(0.1, 2.5), coarse = dust_share(2.5, 10.0);
  return {.name = "wind_dust",
          .scale = config.scale,
          .detail = fmt::format("bare ground with {} of clay (clay_share)", clay),
          .compounds = {compound("fine_dust", "PM25", species, {crust, {{"PPM25"}}}),
                        compound("coarse_dust", "PMC", species, {carbonate, {{"PPMC"}}})},
          .flux = [classes, clay, fine, coarse](const NaturalGround& at, std::span<double> kg_m2_s) {
            const bool is_bound = at.rain_mm_h > wet_rain_mm_h || at.temperature_k <= zero_celsius_k;
            const double bare = is_bound ? 0.0 : classes[at.land_use].bare_share * (1.0 - at.snow_cover);
            const double threshold = dry_threshold_friction_velocity_m_s(at.air_density_kg_m3);
            const double dust =
                bare * dust_flux_kg_m2_s(at.friction_velocity_m_s, threshold, at.air_density_kg_m3, clay);
            kg_m2_s[0] = fine * dust;
            kg_m2_s[1] = coarse * dust;
          }};
}

/// Whether a source is on; one that is asked for must have a species.
bool is_on(Switch enabled, bool is_usual, const NaturalSource& source, Problems& problems) {
  if (enabled == Switch::off || (enabled == Switch::automatic && !is_usual)) return false;
  if (std::ranges::any_of(source.compounds,
                          [](const NaturalCompound& one) { return !one.targets.parts.empty(); }))
    return true;
  std::vector<std::string> names;
  for (const NaturalCompound& one : source.compounds) names.push_back(one.name);
  problems.add(
      fmt::format("emissions.natural.{}.enabled: is true, and the mechanism has no species for {}; set it to "
                  "false, or take a mechanism that has, such as \"cb6r5\"",
                  source.name, fmt::join(names, ", ")));
  return false;
}

}  // namespace

NaturalChoice natural_choice(const NaturalConfig& config, const SpeciesTable& species, Problems& problems) {
  const std::vector<NaturalClass> classes = natural_classes();
  const std::array<const char*, 4> needed = {"ISOP", "TERP", "NA", "PCL"};
  const bool is_usual =
      std::ranges::all_of(needed, [&](const char* name) { return species.find(name).has_value(); });
  NaturalChoice choice;
  const auto add = [&](Switch enabled, NaturalSource source) {
    if (is_on(enabled, is_usual, source, problems))
      choice.on.push_back(std::move(source));
    else
      choice.off.push_back(source.name);
  };
  add(config.biogenic.enabled, biogenic_source(config.biogenic, species, classes));
  add(config.soil.enabled, soil_source(config.soil, species, classes));
  add(config.sea_salt.enabled, sea_salt_source(config.sea_salt, species, classes));
  add(config.wind_dust.enabled, wind_dust_source(config.wind_dust, species, classes));
  return choice;
}

}  // namespace lantian
