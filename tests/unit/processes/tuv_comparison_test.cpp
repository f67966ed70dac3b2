// The spectrum and the two streams against rates of the TUV model (S. Madronich, NCAR), in the air it
// assumed.
#include "photolysis/optics.hpp"
#include "photolysis/standard_atmosphere.hpp"
#include "photolysis/two_stream.hpp"
#include "photolysis_spectrum.hpp"

#include "lantian/base/constants.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <string>

namespace lantian {
namespace {

constexpr std::size_t layers = 80;  // of 1 km
using Rates = std::array<double, photolysis_count>;

/// Extinction by aerosol at 340 nm [km-1] at 0, 1, ... km (Elterman 1968, as in TUV: 0.38 in all).
constexpr std::array elterman = {2.40e-1, 1.06e-1, 4.56e-2, 1.91e-2, 1.01e-2, 7.63e-3, 5.38e-3, 5.00e-3,
                                 5.15e-3, 4.94e-3, 4.82e-3, 4.51e-3, 4.74e-3, 4.37e-3, 4.28e-3, 4.03e-3,
                                 3.83e-3, 3.78e-3, 3.88e-3, 3.08e-3, 2.26e-3, 1.64e-3, 1.23e-3, 9.45e-4,
                                 7.49e-4, 6.30e-4, 5.50e-4, 4.21e-4, 3.22e-4, 2.48e-4, 1.90e-4};

/// The settings of a run of TUV: 300 DU, albedo 0.1, aerosol of albedo 0.99 and asymmetry 0.61.
struct TuvAir {
  std::array<double, layers> air_per_cm2{}, ozone_per_cm2{}, temperature_k{}, aerosol_340{};

  explicit TuvAir(const PhotolysisSpectrum& spectrum) {
    double total = 0.0;
    for (std::size_t n = 0; n < layers; ++n) {  // from the top down
      const double base = static_cast<double>(layers - 1 - n), middle = base + 0.5;
      const double pa = standard_air(base).pressure_pa - standard_air(base + 1.0).pressure_pa;
      air_per_cm2[n] = 0.1 * pa / gravity_m_s2 * avogadro_per_mol / air_molar_mass_g_mol;
      ozone_per_cm2[n] = 1.0e5 * spectrum.ozone_per_cm3(middle);
      total += ozone_per_cm2[n];
      temperature_k[n] = standard_air(middle).temperature_k;
      const auto km = static_cast<std::size_t>(base);
      if (km + 1 < elterman.size()) aerosol_340[n] = 0.5 * (elterman[km] + elterman[km + 1]);
    }
    for (double& one : ozone_per_cm2) one *= 300.0 * 2.687e16 / total;
  }
};

OpticalColumn<layers> sunlit(double zenith_deg) {
  OpticalColumn<layers> column;
  const double zenith = zenith_deg * std::numbers::pi / 180.0;
  column.cosine_zenith = std::cos(zenith);
  column.surface_albedo = 0.1;
  for (std::size_t level = 0; level <= layers; ++level) {
    const double closest = (6371.0 + static_cast<double>(layers - level)) * std::sin(zenith);
    for (std::size_t n = 0; n < level; ++n) {
      const auto along = [&](std::size_t at) {
        const double radius = 6371.0 + static_cast<double>(layers - at);
        return std::sqrt(std::max(radius * radius - closest * closest, 0.0));
      };
      column.slant[level][n] = along(n) - along(n + 1);
    }
  }
  return column;
}

/// Rates at a height; `with_upwelling`: light from below counts too.
Rates rates_at(double zenith_deg, std::size_t height_km, bool with_upwelling, double distance_factor) {
  static const PhotolysisSpectrum spectrum;
  static const TuvAir air(spectrum);
  OpticalColumn<layers> column = sunlit(zenith_deg);
  Rates rates{};
  for (const SpectralStep& step : spectrum.steps()) {
    for (std::size_t n = 0; n < layers; ++n) {
      const double rayleigh = rayleigh_cm2(step.wavelength_nm) * air.air_per_cm2[n];
      const double ozone = step.ozone_cm2(air.temperature_k[n]) * air.ozone_per_cm2[n];
      const double aerosol = air.aerosol_340[n] * 340.0 / step.wavelength_nm,
                   scattered = rayleigh + 0.99 * aerosol;
      column.optical_depth[n] = rayleigh + ozone + aerosol;
      column.single_scattering_albedo[n] = scattered / column.optical_depth[n];
      column.asymmetry[n] = 0.61 * 0.99 * aerosol / scattered;
    }
    const auto fluxes = TwoStream<layers>(column).fluxes();
    const std::size_t level = layers - height_km;
    double actinic = fluxes.actinic(level);
    if (!with_upwelling) actinic -= std::numbers::sqrt3 * fluxes.up[level];
    const Rates yields =
        spectrum.yields_cm2(step, standard_air(static_cast<double>(height_km)).temperature_k);
    for (std::size_t r = 0; r < rates.size(); ++r)
      rates[r] += distance_factor * step.photons_per_cm2_s * actinic * yields[r];
  }
  return rates;
}

struct Published {
  double zenith_deg;
  std::size_t height_km;
  Photolysis reaction;
  double rate_per_s, tolerance;
};

void expect_near(const Published& one, bool with_upwelling, double distance_factor) {
  const Rates rates = rates_at(one.zenith_deg, one.height_km, with_upwelling, distance_factor);
  const double ratio = rates[static_cast<std::size_t>(one.reaction)] / one.rate_per_s;
  EXPECT_NEAR(ratio, 1.0, one.tolerance) << "reaction " << static_cast<int>(one.reaction) << " at "
                                         << one.zenith_deg << " degrees, " << one.height_km << " km";
}

// TUV 4.1 (two streams), 30 June, at the ground.
TEST(Tuv, OfNitrogenDioxideAtTheGroundIsMetWithinTwoPercent) {
  const double june = 0.966632;
  for (const auto& [zenith, rate] :
       {std::pair{15.0, 9.627e-3}, std::pair{30.0, 8.827e-3}, std::pair{45.0, 7.423e-3},
        std::pair{60.0, 5.286e-3}, std::pair{75.0, 2.372e-3}})
    expect_near({zenith, 0, Photolysis::NO2, rate, 0.02}, true, june);
}

// TUV 5.2, sample of its distribution: 21 March, light from above only; cross sections and yields of JPL
// 2006.
TEST(Tuv, OfExcitedOxygenIsMetWithinEightPercentUpToSixtyDegrees) {
  const double march = 1.0078;
  using enum Photolysis;
  for (const Published& one :
       {Published{1.829, 0, O3_O1D, 4.092e-5, 0.05}, Published{28.2, 0, O3_O1D, 3.056e-5, 0.05},
        Published{58.205, 0, O3_O1D, 8.093e-6, 0.08}, Published{1.829, 10, O3_O1D, 4.381e-5, 0.05},
        Published{28.2, 10, O3_O1D, 3.515e-5, 0.05}, Published{58.205, 10, O3_O1D, 1.218e-5, 0.05}})
    expect_near(one, false, march);
}

TEST(Tuv, OfNitrogenDioxideAndFormaldehydeAloftIsMetWithinFivePercent) {
  const double march = 1.0078;
  using enum Photolysis;
  for (const Published& one :
       {Published{1.829, 10, NO2, 8.832e-3, 0.05}, Published{28.2, 10, NO2, 8.588e-3, 0.05},
        Published{58.205, 10, NO2, 7.427e-3, 0.05}, Published{1.829, 10, HCHO_H, 4.035e-5, 0.05},
        Published{28.2, 10, HCHO_H, 3.727e-5, 0.05}, Published{58.205, 10, HCHO_H, 2.525e-5, 0.05}})
    expect_near(one, false, march);
}

}  // namespace
}  // namespace lantian
