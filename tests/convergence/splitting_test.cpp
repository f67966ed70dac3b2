// Splittings of vertical mixing and chemistry, on columns of air that do not move.
#include "support/made_air.hpp"

#include "lantian/model/split_step.hpp"
#include "lantian/processes/source_only.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace lantian::testing {
namespace {

constexpr int side = 8, layer_count = 6;
constexpr double hour_s = 3600.0, mol_per_kg_ppb = 1.0e-9 * mol_air_per_kg;

/// Loses itself two by two, dc/dt = S - k c^2, integrated so finely that it counts as exact.
class SelfReaction : public Process {
 public:
  [[nodiscard]] std::string_view name() const override { return "self reaction"; }
  void advance(State& state, const Environment&, Step step, Ledger& ledger) override {
    for (int s = 0; s < state.species.count(); ++s)
      for (int k = 0; k < layer_count; ++k)
        for (int j = 0; j < side; ++j)
          for (int i = 0; i < side; ++i) {
            double& c = state.mixing_ratio_ppb[s](k, j, i);
            const double source = state.mixing_tendency_ppb_s[s](k, j, i);
            const double after = reacted(c, source, step.length_s);
            ledger.add(MassTerm::chemistry, s, j, i,
                       (after - c - source * step.length_s) * state.air_mass_kg(k, j, i) * mol_per_kg_ppb);
            c = after;
          }
  }

 private:
  static double reacted(double c, double source, double length_s) {  // Runge-Kutta of fourth order
    constexpr double per_ppb_s = 2.0e-5;
    const auto rate = [&](double at) { return source - per_ppb_s * at * at; };
    const int steps = 4 + static_cast<int>(length_s / 10.0);
    const double h = length_s / steps;
    for (int n = 0; n < steps; ++n) {
      const double a = rate(c), b = rate(c + 0.5 * h * a), d = rate(c + 0.5 * h * b), e = rate(c + h * d);
      c += h / 6.0 * (a + 2.0 * b + 2.0 * d + e);
    }
    return c;
  }
};

/// Columns of one species that is emitted near the ground, mixed and deposited.
struct Columns {
  Communicator ranks = Communicator::world();
  Decomposition split{1, side, side, layer_count};
  HaloExchange halo{ranks, split};
  MadeAir air{side, side, layer_count};
  Tile tile = split.tile(0);
  std::vector<Array3<double>> emission_mol_s{Array3<double>(layer_count, side, side, 0.0)};
  std::vector<Array2<double>> velocity_m_s{Array2<double>(side, side, 0.004)};
  State state;
  Ledger ledger{tile, 1};

  Columns() {
    for (auto* flux : {&air.hour.fluxes.x_kg_s, &air.hour.fluxes.y_kg_s, &air.hour.fluxes.vertical_kg_s})
      std::ranges::fill(flux->values(), 0.0);
    for (double& diffusivity : air.hour.middle.eddy_diffusivity_m2_s.values()) diffusivity *= 0.1;
    air.hour.end = air.hour.begin;
    air.set_boundary(1, [](int) { return 0.0; });
    for (int j = 0; j < side; ++j)
      for (int i = 0; i < side; ++i) emission_mol_s[0](0, j, i) = 0.4;
    state = air.state(tile, SpeciesTable({{.name = "smoke", .molar_mass_g_mol = 30.0}}),
                      [](int, int k, int, int) { return 20.0 + 3.0 * k; });
  }

  /// Takes the columns through an hour. Mixing of the state is cut into `mixings` parts, so that its own
  /// error of first order does not hide that of the splitting.
  void advance(const std::string& splitting, int steps, int mixings, std::unique_ptr<Process> chemistry) {
    const TransportConfig transport{
        .limiter_background = "unlimited", .horizontal_diffusion = false, .splitting = splitting};
    const SplitStep split_step(halo, transport, {.wet = false}, std::move(chemistry));
    Environment environment = air.environment();
    environment.emission_mol_s = &emission_mol_s;
    environment.deposition_velocity_m_s = &velocity_m_s;
    for (int n = 0; n < steps; ++n) {
      const Step step{.length_s = hour_s / steps, .seconds_into_hour = n * hour_s / steps, .index = n};
      for (const StepPart& part : split_step.parts()) {
        const int cuts = splitting != "source" && part.process->name() == "vertical mixing" ? mixings : 1;
        Step within = part.within(step);
        within.length_s /= cuts;
        for (int m = 0; m < cuts; ++m) part.process->advance(state, environment, within, ledger);
      }
    }
  }
};

/// Mixing ratios after an hour of reaction [layer].
std::vector<double> after_an_hour(const std::string& splitting, int steps, int mixings) {
  Columns columns;
  columns.advance(splitting, steps, mixings, std::make_unique<SelfReaction>());
  std::vector<double> q;
  for (int k = 0; k < layer_count; ++k) q.push_back(columns.state.mixing_ratio_ppb[0](k, 3, 5));
  return q;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double difference = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) difference = std::fmax(difference, std::fabs(a[k] / b[k] - 1.0));
  return difference;
}

/// Order in the step between 12 and 48 steps an hour, against a Strang splitting that is eight times finer,
/// with as many solves of the column an hour in all runs: what is left is the error of the splitting.
double order(const std::string& splitting) {
  constexpr int solves = 3840, finest = 384;
  const std::vector<double> fine = after_an_hour("strang", finest, solves / finest);
  const double coarse = largest_difference(after_an_hour(splitting, 12, solves / 12), fine),
               finer = largest_difference(after_an_hour(splitting, 48, solves / 48), fine);
  return 0.5 * std::log2(coarse / finer);
}

TEST(Splitting, OfLieConvergesWithFirstOrderAndOfStrangWithSecond) {
  EXPECT_NEAR(order("lie"), 1.0, 0.1);
  EXPECT_NEAR(order("strang"), 2.0, 0.1);
}

TEST(Splitting, ConvergesToTheSameAirInAllModesWithFirstOrderForASolveAPart) {
  const std::vector<double> exact = after_an_hour("strang", 480, 16);
  for (const char* splitting : {"source", "strang", "lie"}) {
    const double coarse = largest_difference(after_an_hour(splitting, 60, 1), exact),
                 fine = largest_difference(after_an_hour(splitting, 240, 1), exact);
    EXPECT_NEAR(0.5 * std::log2(coarse / fine), 1.0, 0.15) << splitting;
  }
}

TEST(Splitting, ClosesTheBudgetOfEachColumnInAllModes) {
  for (const char* splitting : {"source", "strang", "lie"}) {
    Columns columns;
    const State before = columns.state;
    columns.advance(splitting, 12, 1, std::make_unique<SelfReaction>());
    for (int j = 0; j < side; ++j) {
      for (int i = 0; i < side; ++i) {
        double change_mol = 0.0, held_mol = 0.0, moved_mol = 0.0;
        for (int k = 0; k < layer_count; ++k) {
          const double mol_per_ppb = columns.state.air_mass_kg(k, j, i) * mol_per_kg_ppb;
          change_mol += (columns.state.mixing_ratio_ppb[0](k, j, i) - before.mixing_ratio_ppb[0](k, j, i)) *
                        mol_per_ppb;
          held_mol += columns.state.mixing_ratio_ppb[0](k, j, i) * mol_per_ppb;
        }
        for (const MassTerm term : {MassTerm::emission, MassTerm::dry_deposition, MassTerm::chemistry})
          moved_mol += columns.ledger.columns(term, 0)(j, i);
        EXPECT_NEAR(change_mol, moved_mol, 1.0e-12 * held_mol) << splitting;
        EXPECT_NEAR(columns.ledger.columns(MassTerm::emission, 0)(j, i), 0.4 * hour_s, 1.0e-9) << splitting;
        EXPECT_LT(columns.ledger.columns(MassTerm::dry_deposition, 0)(j, i), 0.0) << splitting;
      }
    }
  }
}

TEST(Splitting, LeavesNoTendencyBehindWhereMixingChangesTheState) {
  for (const char* splitting : {"strang", "lie"}) {
    Columns columns;
    columns.advance(splitting, 3, 1, std::make_unique<SourceOnly>(TransportConfig{}));
    for (int k = 0; k < layer_count; ++k)
      EXPECT_EQ(columns.state.mixing_tendency_ppb_s[0](k, 2, 2), 0.0) << splitting;
  }
}

}  // namespace
}  // namespace lantian::testing
