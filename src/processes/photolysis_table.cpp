#include "photolysis_table.hpp"

#include "photolysis/optics.hpp"
#include "photolysis/standard_atmosphere.hpp"
#include "photolysis/two_stream.hpp"
#include "photolysis_spectrum.hpp"
#include "table_axis.hpp"

#include "lantian/base/constants.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lantian {

namespace {

constexpr double earth_radius_km = 6371.0, radian = std::numbers::pi / 180.0;
constexpr double dobson_per_cm2 = 2.687e16;  // molecules of a Dobson unit
constexpr double least_rate = 1.0e-30;       // stands for none in the logarithm

constexpr std::array zenith_deg = {0.0,  10.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0,
                                   55.0, 60.0, 62.5, 65.0, 67.5, 70.0, 72.5, 75.0, 77.5,
                                   80.0, 82.0, 84.0, 85.0, 86.0, 87.0, 88.0, 89.0, 90.0};
constexpr std::array ozone_du = {200.0, 300.0, 400.0, 500.0};
constexpr std::array albedos = {0.0, 0.2, 0.8};

// From the top down; the heights of the table are among them.
constexpr std::array level_km = {80.0, 60.0, 50.0, 45.0, 40.0, 35.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0,
                                 16.0, 14.0, 12.0, 10.0, 8.0,  6.0,  5.0,  4.0,  3.0,  2.0,  1.0,  0.5,  0.0};
constexpr std::size_t layers = level_km.size() - 1;
using Column = OpticalColumn<layers>;

/// Molecules in each layer, per cm2.
struct Composition {
  std::array<double, layers> air_per_cm2{}, ozone_per_cm2{}, temperature_k{};
};

Composition composition(const PhotolysisSpectrum& spectrum) {
  Composition all;
  constexpr int parts = 20;  // of a layer, for its ozone and mean temperature
  for (std::size_t n = 0; n < layers; ++n) {
    const double top = level_km[n], base = level_km[n + 1], step_km = (top - base) / parts;
    const double pressure_pa = standard_air(base).pressure_pa - standard_air(top).pressure_pa;
    all.air_per_cm2[n] = 0.1 * pressure_pa / gravity_m_s2 * avogadro_per_mol / air_molar_mass_g_mol;
    double weight = 0.0;
    for (int part = 0; part < parts; ++part) {
      const double height = base + (part + 0.5) * step_km, here = spectrum.ozone_per_cm3(height);
      const StandardAir air = standard_air(height);
      all.ozone_per_cm2[n] += here * step_km * 1.0e5;
      all.temperature_k[n] += air.temperature_k * air.pressure_pa;
      weight += air.pressure_pa;
    }
    all.temperature_k[n] /= weight;
  }
  return all;
}

/// The way of the beam through spherical shells.
void set_slant(Column& column, double zenith) {
  const double sine = std::sin(zenith * radian);
  for (std::size_t level = 1; level <= layers; ++level) {
    const double closest = (earth_radius_km + level_km[level]) * sine;
    const auto along = [closest](double height_km) {
      const double radius = earth_radius_km + height_km;
      return std::sqrt(std::max(radius * radius - closest * closest, 0.0));
    };
    for (std::size_t n = 0; n < level; ++n)
      column.slant[level][n] =
          (along(level_km[n]) - along(level_km[n + 1])) / (level_km[n] - level_km[n + 1]);
  }
}

void set_optics(Column& column, const Composition& air, double ozone_factor, const SpectralStep& step) {
  const double rayleigh = rayleigh_cm2(step.wavelength_nm);
  for (std::size_t n = 0; n < layers; ++n) {
    const double scattered = rayleigh * air.air_per_cm2[n];
    const double absorbed = ozone_factor * air.ozone_per_cm2[n] * step.ozone_cm2(air.temperature_k[n]);
    column.optical_depth[n] = scattered + absorbed;
    column.single_scattering_albedo[n] = scattered / (scattered + absorbed);
  }
}

std::size_t level_of(double height_km) {
  return static_cast<std::size_t>(std::ranges::find(level_km, height_km) - level_km.begin());
}

/// What the photons of a step of the spectrum add at the heights of the table, s-1.
void add_rates(PhotolysisTable::Profile& profile, const PhotolysisSpectrum& spectrum,
               const SpectralStep& step, const StreamFluxes<layers>& fluxes) {
  for (std::size_t h = 0; h < profile.size(); ++h) {
    const double height_km = PhotolysisTable::height_km[h];
    const PhotolysisRates yields = spectrum.yields_cm2(step, standard_air(height_km).temperature_k);
    const double photons = step.photons_per_cm2_s * fluxes.actinic(level_of(height_km));
    for (std::size_t r = 0; r < photolysis_count; ++r) profile[h][r] += photons * yields[r];
  }
}

}  // namespace

const PhotolysisTable& PhotolysisTable::instance() {
  static const PhotolysisTable table;
  return table;
}

PhotolysisTable::PhotolysisTable() : nodes_(zenith_deg.size() * ozone_du.size() * albedos.size()) {
  const PhotolysisSpectrum spectrum;
  const Composition air = composition(spectrum);
  double standard_du = 0.0;
  for (const double one : air.ozone_per_cm2) standard_du += one / dobson_per_cm2;
  auto node = nodes_.begin();
  for (const double zenith : zenith_deg) {
    Column column;
    set_slant(column, zenith);
    column.cosine_zenith = std::cos(zenith * radian);
    for (const double ozone : ozone_du) {
      for (const double albedo : albedos) {
        column.surface_albedo = albedo;
        for (const SpectralStep& step : spectrum.steps()) {
          set_optics(column, air, ozone / standard_du, step);
          const StreamFluxes<layers> fluxes = TwoStream<layers>(column).fluxes();
          add_rates(*node, spectrum, step, fluxes);
        }
        for (PhotolysisRates& rates : *node)
          for (double& rate : rates) rate = std::log(std::max(rate, least_rate));
        ++node;
      }
    }
  }
}

const PhotolysisTable::Profile& PhotolysisTable::node(std::size_t zenith, std::size_t ozone,
                                                      std::size_t albedo) const {
  return nodes_[(zenith * ozone_du.size() + ozone) * albedos.size() + albedo];
}

PhotolysisTable::Profile PhotolysisTable::over(double cosine_zenith, double ozone, double albedo) const {
  constexpr double twilight_deg = 4.0;
  const double zenith = std::acos(std::clamp(cosine_zenith, -1.0, 1.0)) / radian;
  Profile profile{};
  const double fading = std::clamp(1.0 - (zenith - 90.0) / twilight_deg, 0.0, 1.0);
  if (fading == 0.0) return profile;
  const Between z = between(zenith_deg, zenith), o = between(ozone_du, ozone), a = between(albedos, albedo);
  const auto logarithm = [&](std::size_t h, std::size_t r, std::size_t of_albedo) {
    const auto along_ozone = [&](std::size_t of_zenith) {
      const double less = node(of_zenith, o.first, of_albedo)[h][r];
      return less + o.share * (node(of_zenith, o.first + 1, of_albedo)[h][r] - less);
    };
    const double higher = along_ozone(z.first);
    return higher + z.share * (along_ozone(z.first + 1) - higher);
  };
  for (std::size_t h = 0; h < profile.size(); ++h) {
    for (std::size_t r = 0; r < photolysis_count; ++r) {
      const double darker = std::exp(logarithm(h, r, a.first)),
                   lighter = std::exp(logarithm(h, r, a.first + 1));
      profile[h][r] = fading * (darker + a.share * (lighter - darker));
    }
  }
  return profile;
}

PhotolysisRates PhotolysisTable::at_pressure(const Profile& profile, double pressure_pa) {
  constexpr double scale_km = 44.3308, exponent = 0.190263, ground_pa = 101325.0;  // the lowest zone inverted
  const Between h = between(height_km, scale_km * (1.0 - std::pow(pressure_pa / ground_pa, exponent)));
  PhotolysisRates rates{};
  for (std::size_t r = 0; r < photolysis_count; ++r)
    rates[r] = profile[h.first][r] + h.share * (profile[h.first + 1][r] - profile[h.first][r]);
  return rates;
}

}  // namespace lantian
