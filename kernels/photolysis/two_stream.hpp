#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace lantian {

/// A column of plane layers, from the top down, at one wavelength.
template <std::size_t layers>
struct OpticalColumn {
  std::array<double, layers> optical_depth{}, single_scattering_albedo{}, asymmetry{};
  /// Optical path of the direct beam through layer k on its way to level l, over the layer's optical depth;
  /// 1/cos(zenith) in a flat atmosphere. Level 0 is the top.
  std::array<std::array<double, layers>, layers + 1> slant{};
  double cosine_zenith = 1.0, surface_albedo = 0.0;
};

/// Fluxes at each level for a beam of unit flux (through an area across it) at the top.
template <std::size_t layers>
struct StreamFluxes {
  std::array<double, layers + 1> direct{};      // the beam, through an area across it
  std::array<double, layers + 1> up{}, down{};  // diffuse, through a horizontal area
  /// 4 pi times the mean intensity: what a molecule meets from all sides.
  [[nodiscard]] double actinic(std::size_t level) const {
    return direct[level] + std::numbers::sqrt3 * (up[level] + down[level]);
  }
};

/// Two streams in the quadrature closure (mu = 1/sqrt 3) with the delta scaling of a forward peak.
///
/// A layer that scatters all it meets is taken to absorb 1e-7 of it, so that the solution keeps its form.
/// @see Toon et al. (1989), J. Geophys. Res. 94, 16287: table 1 (quadrature), eqs. 21-24 (layer), 39-43
/// (tridiagonal system); Joseph, Wiscombe & Weinman (1976), J. Atmos. Sci. 33, 2452 (delta scaling);
/// Dahlback & Stamnes (1991), Planet. Space Sci. 39, 671 (the beam through shells).
template <std::size_t layers>
class TwoStream {
 public:
  explicit TwoStream(const OpticalColumn<layers>& column) : column_(column) {
    for (std::size_t n = 0; n < layers; ++n) scale(n);
    set_direct_beam();
    for (std::size_t n = 0; n < layers; ++n) set_layer(n);
    set_system();
    solve();
  }

  [[nodiscard]] StreamFluxes<layers> fluxes() const {
    StreamFluxes<layers> at;
    at.direct = direct_;
    for (std::size_t n = 0; n < layers; ++n) {
      const Layer& l = layers_[n];
      at.up[n] = y_[2 * n] * l.e3 - y_[2 * n + 1] * l.e4 + l.up_top;
      at.down[n] = y_[2 * n] * l.e1 - y_[2 * n + 1] * l.e2 + l.down_top;
    }
    const Layer& last = layers_[layers - 1];
    at.up[layers] = y_[2 * layers - 2] * last.e1 + y_[2 * layers - 1] * last.e2 + last.up_base;
    at.down[layers] = y_[2 * layers - 2] * last.e3 + y_[2 * layers - 1] * last.e4 + last.down_base;
    return at;
  }

 private:
  struct Layer {
    double depth, scattering, asymmetry;          // delta-scaled
    double e1, e2, e3, e4;                        // eq. 44
    double up_top, up_base, down_top, down_base;  // particular solution by the beam, eqs. 23, 24
  };

  void scale(std::size_t n) {
    const double g = column_.asymmetry[n], omega = column_.single_scattering_albedo[n];
    const double forward = g * g;
    constexpr double most_scattering = 1.0 - 1.0e-7;
    layers_[n].depth = (1.0 - omega * forward) * column_.optical_depth[n];
    layers_[n].scattering = std::min((1.0 - forward) * omega / (1.0 - omega * forward), most_scattering);
    layers_[n].asymmetry = (g - forward) / (1.0 - forward);
  }

  void set_direct_beam() {
    for (std::size_t l = 0; l <= layers; ++l) {
      double path = 0.0;
      for (std::size_t n = 0; n < l; ++n) path += column_.slant[l][n] * layers_[n].depth;
      direct_[l] = std::exp(-path);
    }
  }

  void set_layer(std::size_t n) {
    Layer& l = layers_[n];
    const double root = std::numbers::sqrt3, w = l.scattering, g = l.asymmetry;
    // The beam's cosine within the layer: what its path grows by; of a beam from below the horizon none is
    // left.
    const double growth = std::log(direct_[n] / std::max(direct_[n + 1], 1.0e-300));
    const double per_cosine = std::clamp(growth / std::max(l.depth, 1.0e-12), 1.0e-3, 1.0e6);
    const double gamma1 = root * (2.0 - w * (1.0 + g)) / 2.0, gamma2 = root * w * (1.0 - g) / 2.0;
    const double gamma3 = (1.0 - root * g / per_cosine) / 2.0, gamma4 = 1.0 - gamma3;
    const double lambda = std::sqrt(gamma1 * gamma1 - gamma2 * gamma2);
    const double gamma = gamma2 / (gamma1 + lambda), decay = std::exp(-lambda * l.depth);
    l.e1 = 1.0 + gamma * decay;
    l.e2 = 1.0 - gamma * decay;
    l.e3 = gamma + decay;
    l.e4 = gamma - decay;
    double resonance = lambda * lambda - per_cosine * per_cosine;
    if (std::fabs(resonance) < 1.0e-6) resonance = 1.0e-6;
    const double up = w * ((gamma1 - per_cosine) * gamma3 + gamma4 * gamma2) / resonance;
    const double down = w * ((gamma1 + per_cosine) * gamma4 + gamma2 * gamma3) / resonance;
    l.up_top = up * direct_[n];
    l.up_base = up * direct_[n + 1];
    l.down_top = down * direct_[n];
    l.down_base = down * direct_[n + 1];
  }

  void set_row(std::size_t row, double below, double on, double above, double right) {
    below_[row] = below;
    on_[row] = on;
    above_[row] = above;
    y_[row] = right;
  }

  void set_system() {
    const double albedo = column_.surface_albedo;
    set_row(0, 0.0, layers_[0].e1, -layers_[0].e2, -layers_[0].down_top);
    for (std::size_t n = 0; n + 1 < layers; ++n) {
      const Layer &a = layers_[n], &b = layers_[n + 1];
      const double up = b.up_top - a.up_base, down = b.down_top - a.down_base;
      set_row(2 * n + 1, b.e2 * a.e1 - a.e3 * b.e4, a.e2 * b.e2 - a.e4 * b.e4, b.e1 * b.e4 - b.e2 * b.e3,
              b.e2 * up - b.e4 * down);
      set_row(2 * n + 2, a.e2 * a.e3 - a.e4 * a.e1, a.e1 * b.e1 - a.e3 * b.e3, a.e3 * b.e4 - a.e1 * b.e2,
              a.e3 * up - a.e1 * down);
    }
    const Layer& last = layers_[layers - 1];
    const double from_beam = albedo * std::max(column_.cosine_zenith, 0.0) * direct_[layers];
    set_row(2 * layers - 1, last.e1 - albedo * last.e3, last.e2 - albedo * last.e4, 0.0,
            from_beam - last.up_base + albedo * last.down_base);
  }

  /// Thomas's elimination; the system is well conditioned (Toon et al. 1989).
  void solve() {
    for (std::size_t row = 1; row < 2 * layers; ++row) {
      const double factor = below_[row] / on_[row - 1];
      on_[row] -= factor * above_[row - 1];
      y_[row] -= factor * y_[row - 1];
    }
    y_[2 * layers - 1] /= on_[2 * layers - 1];
    for (std::size_t row = 2 * layers - 1; row-- > 0;)
      y_[row] = (y_[row] - above_[row] * y_[row + 1]) / on_[row];
  }

  const OpticalColumn<layers>& column_;
  std::array<Layer, layers> layers_{};
  std::array<double, layers + 1> direct_{};
  std::array<double, 2 * layers> below_{}, on_{}, above_{}, y_{};
};

}  // namespace lantian
