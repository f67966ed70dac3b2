#include "case_document.hpp"
#include "line_check.hpp"
#include "plume_declarations.hpp"
#include "time_check.hpp"

#include "lantian/config/plume_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <set>

namespace lantian {

namespace {

/// Each way to NO2 has what it needs, and no key stands there that would change nothing.
void check_nitrogen_dioxide(const PlumePhysicsConfig& plume, KeyRecord& record) {
  const bool is_olm = plume.no2_method == "olm";
  const std::vector<std::string> of_arm2 = {"arm2_least_ratio", "arm2_greatest_ratio"},
                                 of_olm = {"no2_stack_ratio", "no2_equilibrium_ratio", "ozone_file",
                                           "ozone_ug_m3"};
  for (const std::string& name : is_olm ? of_arm2 : of_olm)
    if (record.is_given("plume." + name))
      record.fault("plume." + name, fmt::format("counts for no2_method = \"{}\" alone, and this is \"{}\"; "
                                                "take one of them out",
                                                is_olm ? "arm2" : "olm", plume.no2_method));
  if (plume.arm2_least_ratio > plume.arm2_greatest_ratio)
    record.fault("plume.arm2_least_ratio", fmt::format("{:g} lies above plume.arm2_greatest_ratio, {:g}",
                                                       plume.arm2_least_ratio, plume.arm2_greatest_ratio));
  if (!is_olm) return;
  if (!record.is_given("plume.no2_stack_ratio"))
    record.fault("plume.no2_stack_ratio",
                 "is missing; olm needs the NO2/NOx of what leaves the sources, such as 0.1");
  if (plume.ozone_file.empty() && !record.is_given("plume.ozone_ug_m3"))
    record.fault("plume.ozone_file",
                 "is missing; olm needs the air's ozone: hours in a file, or one value "
                 "as plume.ozone_ug_m3");
}

void check_physics(const PlumePhysicsConfig& plume, KeyRecord& record) {
  if (!record.is_sound({"plume"})) return;
  if (plume.pollutants.empty())
    record.fault("plume.pollutants", "names no pollutant; at least one is needed");
  std::set<std::string> seen;
  for (const std::string& name : plume.pollutants)
    if (!seen.insert(name).second)
      record.fault("plume.pollutants", fmt::format("\"{}\" stands there twice", name));
  check_nitrogen_dioxide(plume, record);
}

void check_receptors(const PlumeReceptorsConfig& receptors, KeyRecord& record) {
  if (!record.is_sound({"receptors"})) return;
  if (receptors.file.empty() && receptors.districts.empty() && receptors.grid.empty())
    record.fault("receptors", "there is no receptor; name points (file), districts, or a [[receptors.grid]]");
  std::set<std::string> names;
  for (std::size_t n = 0; n < receptors.grid.size(); ++n) {
    const std::string key = fmt::format("receptors.grid.{}.name", n), &name = receptors.grid[n].name;
    if (!names.insert(name).second)
      record.fault(key, fmt::format("\"{}\" is the name of an earlier grid", name));
    const bool is_plain = std::ranges::all_of(
        name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
    if (!is_plain)
      record.fault(key, fmt::format("\"{}\" becomes part of a file's name: letters, digits, _ and - are "
                                    "allowed",
                                    name));
  }
}

void check_sources(const PlumeEmissionsConfig& emissions, KeyRecord& record) {
  check_lines(emissions.lines, record);
  if (emissions.enterprises.empty() && emissions.lines.empty() && emissions.areas.empty() &&
      record.is_sound({"emissions"}))
    record.fault("emissions",
                 "there is no source; name a list (enterprises), [[emissions.lines]] or [[emissions.areas]]");
}

void check_sizes(const DepositingParticlesConfig& one, const std::string& key, KeyRecord& record) {
  const std::size_t sizes = one.diameters_um.size();
  if (one.mass_shares.size() != sizes || one.densities_g_cm3.size() != sizes) {
    record.fault(key, fmt::format("has {} diameters_um, {} mass_shares and {} densities_g_cm3; each size "
                                  "needs one of each",
                                  sizes, one.mass_shares.size(), one.densities_g_cm3.size()));
    return;
  }
  const double sum = std::accumulate(one.mass_shares.begin(), one.mass_shares.end(), 0.0);
  constexpr double rounding = 0.02;  // as for a deck's MASSFRAX
  if (std::fabs(sum - 1.0) > rounding)
    record.fault(key + ".mass_shares", fmt::format("sum to {:g}; 1 is needed", sum));
}

void check_deposition(const PlumeDepositionConfig& deposition, const std::vector<std::string>& pollutants,
                      KeyRecord& record) {
  if (!record.is_sound({"deposition", "plume"})) return;
  std::set<std::string> seen;
  const auto check_pollutant = [&](const std::string& key, const std::string& name) {
    if (std::ranges::find(pollutants, name) == pollutants.end())
      record.fault(key + ".pollutant", fmt::format("\"{}\" is not in plume.pollutants", name));
    if (!seen.insert(name).second)
      record.fault(key + ".pollutant", fmt::format("\"{}\" deposits in an earlier table already", name));
  };
  const auto check_all = [&](const auto& all, const char* table) {
    for (std::size_t n = 0; n < all.size(); ++n)
      check_pollutant(fmt::format("deposition.{}.{}", table, n), all[n].pollutant);
  };
  check_all(deposition.particles, "particles");
  check_all(deposition.particle_means, "particle_means");
  check_all(deposition.gases, "gases");
  for (std::size_t n = 0; n < deposition.particles.size(); ++n)
    check_sizes(deposition.particles[n], fmt::format("deposition.particles.{}", n), record);
  if (deposition.romberg && !deposition.dry_depletion)
    record.fault("deposition.romberg", "integrates dry depletion, which dry_depletion = false leaves out");
  constexpr std::size_t months = 12, directions = 36;
  if (deposition.gases.empty() && deposition.seasons.empty() && deposition.land_use.empty()) return;
  if (deposition.seasons.size() != months)
    record.fault("deposition.seasons",
                 fmt::format("has {} words; the dry deposition of gases needs one for each of 12 months",
                             deposition.seasons.size()));
  if (deposition.land_use.size() != 1 && deposition.land_use.size() != directions)
    record.fault("deposition.land_use",
                 fmt::format("has {} words; the dry deposition of gases needs one, or one for each of 36 "
                             "directions",
                             deposition.land_use.size()));
}

}  // namespace

const std::vector<std::string>& deposition_seasons() {
  static const std::vector<std::string> words = {"summer", "autumn", "frost", "snow", "spring"};
  return words;
}

const std::vector<std::string>& deposition_land_uses() {
  static const std::vector<std::string> words = {"urban",        "fields", "range",  "forest", "suburb_grass",
                                                 "suburb_trees", "water",  "barren", "wetland"};
  return words;
}

const std::vector<std::string>& plume_pollutants() {
  static const std::vector<std::string> names = {"SO2", "NOx", "NO2", "PM25", "PM10", "CO", "VOC", "NH3"};
  return names;
}

std::string PlumeCase::resolve(const std::string& path_in_case) const {
  return (std::filesystem::path(directory) / path_in_case).lexically_normal().string();
}

Case PlumeCase::shared_part() const {
  Case shared;
  shared.path = path;
  shared.directory = directory;
  shared.run.name = run.name;
  shared.run.start = run.start;
  shared.run.end = run.end;
  shared.run.utc_offset_h = run.utc_offset_h;
  shared.run.spin_up_h = 0.0;
  shared.weather.files = weather.files;
  shared.grid.land_use = grid.land_use;
  shared.emissions.enterprises = emissions.enterprises;
  shared.emissions.lines = emissions.lines;
  shared.emissions.areas = emissions.areas;
  shared.emissions.temporal_profiles = emissions.temporal_profiles;
  shared.emissions.vertical_profiles = emissions.vertical_profiles;
  shared.emissions.holidays = emissions.holidays;
  shared.receptors.file = receptors.file;
  return shared;
}

PlumeCase read_plume_case(const std::string& path, const std::vector<std::string>& set) {
  Problems problems;
  PlumeCase configuration;
  KeyRecord record(path, problems);
  read_document(path, set, problems, record, configuration);
  if (configuration.run.name.empty()) configuration.run.name = std::filesystem::path(path).stem().string();
  check_run_hours(configuration.run.start, configuration.run.end, record);
  check_sources(configuration.emissions, record);
  check_physics(configuration.plume, record);
  check_deposition(configuration.deposition, configuration.plume.pollutants, record);
  check_receptors(configuration.receptors, record);
  problems.throw_if_any();
  return configuration;
}

}  // namespace lantian
