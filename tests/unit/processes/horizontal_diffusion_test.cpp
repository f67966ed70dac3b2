#include "lantian/processes/horizontal_diffusion.hpp"

#include "support/made_air.hpp"

#include <gtest/gtest.h>

namespace lantian::testing {
namespace {

constexpr int cells = 41, middle = 20;
constexpr double width_m = 1000.0, dt_s = 300.0;

/// Diffusion of a tracer that starts in the middle cell of a flat square, one layer, in winds u(x, y), v(x,
/// y).
struct FlatSquare {
  MadeAir air{cells, cells, 1};
  Decomposition split{1, cells, cells, 1};
  HaloExchange halo{Communicator::world(), split};
  State state;
  Ledger ledger;

  template <class U, class V>
  FlatSquare(U&& u, V&& v) {
    air.surface.cell_width_m = air.surface.cell_depth_m = Array2<double>(cells, cells, width_m);
    air.surface.cell_area_m2 = Array2<double>(cells, cells, width_m * width_m);
    air.hour.begin.air_mass_kg = Array3<double>(1, cells, cells, 4.0e7);
    for (int j = 0; j < cells; ++j) {
      for (int i = 0; i < cells; ++i) {
        air.hour.middle.wind_x_m_s(0, j, i) = u(width_m * i, width_m * j);
        air.hour.middle.wind_y_m_s(0, j, i) = v(width_m * i, width_m * j);
      }
    }
    state = air.state(
        split.tile(0), SpeciesTable({{.name = "smoke", .molar_mass_g_mol = 12.0}}),
        [](int, int, int row, int column) { return row == middle && column == middle ? 1.0 : 0.0; });
    ledger = Ledger(state.tile, 1);
  }
  void advance(int steps) {
    HorizontalDiffusion diffusion(halo, TransportConfig{.smagorinsky_coefficient = 0.2});
    for (int n = 0; n < steps; ++n)
      diffusion.advance(state, air.environment(), Step{.length_s = dt_s}, ledger);
  }
  /// Mean square distance along x from the middle [m2].
  [[nodiscard]] double spread_m2() const {
    double sum = 0.0, moment = 0.0;
    for (int j = 0; j < cells; ++j) {
      for (int i = 0; i < cells; ++i) {
        const double x_m = width_m * (i - middle), q = state.mixing_ratio_ppb[0](0, j, i);
        sum += q;
        moment += x_m * x_m * q;
      }
    }
    return moment / sum;
  }
};

TEST(HorizontalDiffusion, SpreadsInUniformShearAsTwiceTheDiffusivityTimesTheTime) {
  // u = 5e-4 s-1 y: K = 0.2^2 1e6 m2 5e-4 s-1 = 20 m2 s-1; the explicit scheme has the exact second moment
  FlatSquare square([](double, double y) { return 5.0e-4 * y; }, [](double, double) { return 3.0; });
  square.advance(15);  // too few steps to reach the edge
  EXPECT_NEAR(square.spread_m2() / (2.0 * 20.0 * 15 * dt_s), 1.0, 1.0e-12);
}

TEST(HorizontalDiffusion, LeavesATracerAloneInPureRotation) {
  // powers of two, so that the differences of the wind are exact
  FlatSquare square([](double, double y) { return -0x1.0p-12 * y; },
                    [](double x, double) { return 0x1.0p-12 * x; });
  square.advance(15);
  EXPECT_EQ(square.state.mixing_ratio_ppb[0](0, middle, middle), 1.0);
}

TEST(HorizontalDiffusion, KeepsToAnEighthOfACellAStepInStormyShear) {
  FlatSquare square([](double, double y) { return 0.5 * y; }, [](double, double) { return 0.0; });
  square.advance(1);
  EXPECT_EQ(square.state.mixing_ratio_ppb[0](0, middle, middle), 0.5);
  EXPECT_EQ(square.state.mixing_ratio_ppb[0](0, middle, middle + 1), 0.125);
}

}  // namespace
}  // namespace lantian::testing
