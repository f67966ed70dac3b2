#include "made_city.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/processes/advection.hpp"
#include "lantian/processes/emission_source.hpp"
#include "lantian/processes/horizontal_diffusion.hpp"
#include "lantian/processes/source_only.hpp"
#include "lantian/processes/vertical_mixing.hpp"
#include "lantian/processes/wet_scavenging.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

/// A process and the step that it is tried on. Advection gets steps of several sub-steps; tendencies do not
/// live over it.
struct Trial {
  std::string name;
  std::unique_ptr<DifferentiableProcess> process;
  Step step;
  bool keeps_tendencies = true;

  [[nodiscard]] bool mixes() const { return name.starts_with("vertical mixing"); }
  /// Its result is the tendency, the state stays.
  [[nodiscard]] bool takes_tendency() const { return mixes() && name.find("state") == std::string::npos; }
  /// Its tendency is a new one, so that the old one is worth nothing.
  [[nodiscard]] bool writes_tendency() const { return mixes() || name == "emission as a source"; }
};

constexpr std::size_t trial_count = 14;

std::vector<Trial> trials(const HaloExchange& halo) {
  const TransportConfig transport = unlimited_transport();
  const auto sweeps = [&](SweepOrder order) { return std::make_unique<Advection>(halo, transport, order); };
  std::vector<Trial> all;
  all.push_back({"X Y Z", sweeps(SweepOrder::horizontal_first), {.length_s = 700.0}, false});
  all.push_back({"Y X Z", sweeps(SweepOrder::horizontal_first), {.length_s = 700.0, .index = 1}, false});
  all.push_back({"Z Y X", sweeps(SweepOrder::vertical_first), {.length_s = 700.0}, false});
  all.push_back(
      {"horizontal diffusion", std::make_unique<HorizontalDiffusion>(halo, transport), {.length_s = 300.0}});
  all.push_back({"vertical mixing", std::make_unique<VerticalMixing>(), {.length_s = 300.0}});
  all.push_back({"vertical mixing of the state",
                 std::make_unique<VerticalMixing>(MixingRole{.changes_state = true}),
                 {.length_s = 300.0}});
  all.push_back({"vertical mixing of the state without emission",
                 std::make_unique<VerticalMixing>(MixingRole{.changes_state = true, .emits = false}),
                 {.length_s = 150.0}});
  all.push_back({"vertical mixing by ACM2",
                 std::make_unique<VerticalMixing>(MixingRole{.scheme = VerticalScheme::acm2}),
                 {.length_s = 300.0}});
  all.push_back(
      {"vertical mixing of the state by ACM2",
       std::make_unique<VerticalMixing>(MixingRole{.changes_state = true, .scheme = VerticalScheme::acm2}),
       {.length_s = 300.0}});
  all.push_back({"emission as a source", std::make_unique<EmissionSource>(), {.length_s = 300.0}});
  all.push_back({"source alone", std::make_unique<SourceOnly>(transport), {.length_s = 300.0}});
  all.push_back({"wet scavenging",
                 std::make_unique<WetScavenging>(WetOptions{.re_evaporates = false}),
                 {.length_s = 300.0}});
  all.push_back({"wet scavenging with evaporation",
                 std::make_unique<WetScavenging>(WetOptions{.re_evaporates = true}),
                 {.length_s = 300.0}});
  all.push_back({"wet scavenging by Henry's law",
                 std::make_unique<WetScavenging>(WetOptions{.re_evaporates = true, .uses_henry = true}),
                 {.length_s = 300.0}});
  return all;
}

/// A change with tendencies that is about to be taken through a process.
Given change_with_tendencies(const City& city, bool with_deposition) {
  Given change = random_change(city.air, city.tile, 100, with_deposition);
  for (int s = 0; s < city_species; ++s)
    for (int k = 0; k < city_layers; ++k)
      for (int j = 0; j < city.tile.rows; ++j)
        for (int i = 0; i < city.tile.columns; ++i)
          change.state.mixing_tendency_ppb_s[s](k, j, i) =
              0.1 * made_number(200, s, k, city.tile.first_row + j, city.tile.first_column + i);
  return change;
}

/// <L dx, y> and <dx, L^T y> of a process.
struct DotProducts {
  double forwards, backwards;
};

DotProducts dot_products(const City& city, Trial& trial) {
  const Environment environment = city.environment();
  const Linearisation at{city.given.state, environment};
  Given change = change_with_tendencies(city, trial.mixes());
  State tangent = change.state;
  trial.process->advance_tangent(at, tangent, change.environment(city.air), trial.step);
  AdjointState adjoint = random_adjoint(city.tile, 300, trial.keeps_tendencies);
  const double forwards = worth_of_state(city.ranks, adjoint, tangent);
  if (trial.mixes()) adjoint.ask_for_deposition();
  if (trial.writes_tendency()) {
    for (int s = 0; s < city_species; ++s)
      change.state.mixing_tendency_ppb_s[s] = Field<double>(city.tile, city_layers);
  }
  trial.process->advance_adjoint(at, adjoint, trial.step);
  return {forwards, worth_of_given(city.ranks, adjoint, change)};
}

TEST(Adjoint, HasTheSameScalarProductsAsTheTangentForEachOperator) {
  const City city(Communicator::world());
  EXPECT_EQ(trials(city.halo).size(), trial_count);
  for (Trial& trial : trials(city.halo)) {
    const DotProducts products = dot_products(city, trial);
    EXPECT_NEAR(products.backwards / products.forwards, 1.0, 1.0e-12) << trial.name;
  }
}

/// Largest |a - b| of the tile's cells over the largest |b|; 0 where both are zero.
double largest_difference(const FieldSet<double>& a, const FieldSet<double>& b) {
  double difference = 0.0, size = 0.0;
  for (int s = 0; s < a.species_count(); ++s)
    for (int k = 0; k < a[s].layers(); ++k)
      for (int j = 0; j < a[s].rows(); ++j)
        for (int i = 0; i < a[s].columns(); ++i) {
          difference = std::fmax(difference, std::fabs(a[s](k, j, i) - b[s](k, j, i)));
          size = std::fmax(size, std::fabs(b[s](k, j, i)));
        }
  return difference == 0.0 ? 0.0 : difference / size;
}

/// What is given, plus a change of it.
Given plus(const Given& given, const Given& change) {
  Given sum = given;
  const auto add = [](std::span<double> to, std::span<const double> more) {
    for (std::size_t n = 0; n < to.size(); ++n) to[n] += more[n];
  };
  for (int s = 0; s < city_species; ++s) {
    const auto species = static_cast<std::size_t>(s);
    for (int k = 0; k < city_layers; ++k) {
      for (int j = 0; j < given.state.tile.rows; ++j) {
        for (int i = 0; i < given.state.tile.columns; ++i) {
          sum.state.mixing_ratio_ppb[s](k, j, i) += change.state.mixing_ratio_ppb[s](k, j, i);
          sum.state.mixing_tendency_ppb_s[s](k, j, i) += change.state.mixing_tendency_ppb_s[s](k, j, i);
        }
      }
    }
    add(sum.boundary.west[species].values(), change.boundary.west[species].values());
    add(sum.boundary.east[species].values(), change.boundary.east[species].values());
    add(sum.boundary.south[species].values(), change.boundary.south[species].values());
    add(sum.boundary.north[species].values(), change.boundary.north[species].values());
    add(sum.boundary.top[species].values(), change.boundary.top[species].values());
    add(sum.emission_mol_s[species].values(), change.emission_mol_s[species].values());
    add(sum.velocity_m_s[species].values(), change.velocity_m_s[species].values());
    add(sum.release_ppb_m_s[species].values(), change.release_ppb_m_s[species].values());
  }
  return sum;
}

State advanced(const City& city, const Given& given, Trial& trial) {
  State state = given.state;
  Ledger ledger(city.tile, city_species);
  trial.process->advance(state, given.environment(city.air), trial.step, ledger);
  return state;
}

TEST(Tangent, IsTheWholeChangeOfEachOperatorThatIsLinear) {
  // no remainder but rounding, however large the change: mixing ratios turn negative here
  const City city(Communicator::world());
  const Environment environment = city.environment();
  for (Trial& trial : trials(city.halo)) {
    const Given change = change_with_tendencies(city, false);
    State tangent = change.state;
    trial.process->advance_tangent({city.given.state, environment}, tangent, change.environment(city.air),
                                   trial.step);
    State changed = advanced(city, plus(city.given, change), trial);
    const State before = advanced(city, city.given, trial);
    for (int s = 0; s < city_species; ++s)
      for (int k = 0; k < city_layers; ++k)
        for (int j = 0; j < city.tile.rows; ++j)
          for (int i = 0; i < city.tile.columns; ++i) {
            changed.mixing_ratio_ppb[s](k, j, i) -= before.mixing_ratio_ppb[s](k, j, i);
            changed.mixing_tendency_ppb_s[s](k, j, i) -= before.mixing_tendency_ppb_s[s](k, j, i);
          }
    EXPECT_LE(largest_difference(changed.mixing_ratio_ppb, tangent.mixing_ratio_ppb), 1.0e-13) << trial.name;
    EXPECT_LE(largest_difference(changed.mixing_tendency_ppb_s, tangent.mixing_tendency_ppb_s), 1.0e-13)
        << trial.name;
    for (int k = 0; k < city_layers; ++k)
      EXPECT_EQ(tangent.air_mass_kg(k, 2, 1), before.air_mass_kg(k, 2, 1));
  }
}

TEST(Tangent, LeavesARemainderOfSecondOrderWhereDepositionVelocitiesChange) {
  const City city(Communicator::world());
  const Environment environment = city.environment();
  Trial mixing{"vertical mixing", std::make_unique<VerticalMixing>(), {.length_s = 300.0}};
  const AdjointState worth = random_adjoint(city.tile, 300, true);
  const double before = worth_of_state(city.ranks, worth, advanced(city, city.given, mixing));
  std::vector<double> remainders;
  for (const double step : {1.0, 0.1, 0.01, 0.001}) {
    Given change = given_of(city.air, city.tile, [](int seed, int s, int k, int row, int column) {
      return seed == 7 ? plausible(seed, s, k, row, column) : 0.0;
    });
    for (auto& velocity : change.velocity_m_s)
      for (double& value : velocity.values()) value *= step;
    State tangent = change.state;
    mixing.process->advance_tangent({city.given.state, environment}, tangent, change.environment(city.air),
                                    mixing.step);
    const double after = worth_of_state(city.ranks, worth, advanced(city, plus(city.given, change), mixing));
    remainders.push_back(std::fabs(after - before - worth_of_state(city.ranks, worth, tangent)));
  }
  // a doubled velocity is far from small, so the slope counts from a tenth on
  for (std::size_t n = 1; n + 1 < remainders.size(); ++n)
    EXPECT_NEAR(std::log10(remainders[n] / remainders[n + 1]), 2.0, 0.02) << n;
}

/// What a cell holds, or what is emitted into it where the process takes tendencies, is worth the 2.5 that
/// was given.
void expect_uniform_worth(const Trial& trial, const AdjointState& adjoint, int k, int j, int i) {
  if (trial.takes_tendency()) {  // of what does not deposit: an emission keeps its worth
    EXPECT_NEAR(adjoint.emission_s_per_mol[0](k, j, i), 2.5, 1.0e-13);
    EXPECT_NEAR(adjoint.amount_per_mol[0](k, j, i) * trial.step.length_s, 0.0, 1.0e-13);
    return;
  }
  if (trial.mixes()) {
    EXPECT_NEAR(adjoint.amount_per_mol[0](k, j, i), 2.5, 1.0e-13) << trial.name;
    return;
  }
  // to the last bit: what a cell gives away is worth what it keeps
  for (int s = 0; s < city_species; ++s) EXPECT_EQ(adjoint.amount_per_mol[s](k, j, i), 2.5) << trial.name;
}

TEST(Adjoint, KeepsAUniformWorthOfAmountsInAClosedDomain) {
  City city(Communicator::world());
  city.close();
  const Environment environment = city.environment();
  for (Trial& trial : trials(city.halo)) {
    if (trial.name == "source alone" || trial.name.starts_with("wet scavenging") ||
        trial.name == "emission as a source")
      continue;  // these keep no mass by nature
    AdjointState adjoint(city.tile, city_species_table());
    FieldSet<double>& worth = trial.takes_tendency() ? adjoint.source_s_per_mol : adjoint.amount_per_mol;
    for (int s = 0; s < city_species; ++s) worth[s] = Field<double>(city.tile, city_layers, 2.5);
    trial.process->advance_adjoint({city.given.state, environment}, adjoint, trial.step);
    for (int k = 0; k < city_layers; ++k)
      for (int j = 0; j < city.tile.rows; ++j)
        for (int i = 0; i < city.tile.columns; ++i) expect_uniform_worth(trial, adjoint, k, j, i);
  }
}

std::string hash_after(const Communicator& ranks, std::size_t number) {
  const City city(ranks);
  std::vector<Trial> all = trials(city.halo);
  Trial& trial = all.at(number);
  const Environment environment = city.environment();
  AdjointState adjoint = random_adjoint(city.tile, 300, true);
  adjoint.ask_for_deposition();
  for (int n = 0; n < 3; ++n)
    trial.process->advance_adjoint({city.given.state, environment}, adjoint, trial.step);
  return hash_of(city.ranks, adjoint);
}

TEST(Adjoint, HasTheSameBitsOnAnyNumberOfRanksForEachOperator) {
  const Communicator world = Communicator::world();
  for (std::size_t n = 0; n < trial_count; ++n)
    EXPECT_EQ(hash_after(world, n), hash_after(world.split(world.rank()), n)) << n;
}

std::string state_hash_after(const Communicator& ranks, std::size_t number) {
  const City city(ranks);
  std::vector<Trial> all = trials(city.halo);
  const State state = advanced(city, city.given, all.at(number));
  return state_hash(city.ranks, city.tile, state.mixing_ratio_ppb) +
         state_hash(city.ranks, city.tile, state.mixing_tendency_ppb_s);
}

TEST(Operator, HasTheSameBitsForwardsOnAnyNumberOfRanks) {
  const Communicator world = Communicator::world();
  for (std::size_t n = 0; n < trial_count; ++n)
    EXPECT_EQ(state_hash_after(world, n), state_hash_after(world.split(world.rank()), n)) << n;
}

TEST(Adjoint, HasTheSameBitsOnAnyNumberOfThreadsForEachOperator) {
  if (Communicator::world().size() > 1) GTEST_SKIP() << "more threads than processors only wait";
  const int threads = omp_get_max_threads();
  for (std::size_t n = 0; n < trial_count; ++n) {
    omp_set_num_threads(1);
    const std::string one = hash_after(Communicator::world(), n);
    omp_set_num_threads(2);
    EXPECT_EQ(hash_after(Communicator::world(), n), one) << n;
  }
  omp_set_num_threads(threads);
}

/// Why a gradient is refused with this limiter for species with a background.
std::string refusal(const City& city, const std::string& limiter) {
  Advection advection(city.halo, {.limiter_background = limiter, .limiter_plume = "unlimited"},
                      SweepOrder::horizontal_first);
  AdjointState adjoint(city.tile, city_species_table());
  const Environment environment = city.environment();
  try {
    advection.advance_adjoint({city.given.state, environment}, adjoint, Step{.length_s = 300.0});
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "an adjoint was made";
}

TEST(Adjoint, IsRefusedForSchemesThatAreNotLinear) {
  const City city(Communicator::world());
  for (const char* limiter : {"selective", "monotone", "positive_definite"})
    EXPECT_EQ(refusal(city, limiter),
              std::string("transport.limiter_background: \"") + limiter +
                  "\" is not linear, so that advection of HNO3 has no exact tangent and adjoint; for "
                  "gradients set it to \"unlimited\"");
}

}  // namespace
}  // namespace lantian::testing
