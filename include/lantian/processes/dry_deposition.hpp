#pragma once

#include "lantian/config/case.hpp"
#include "lantian/processes/process.hpp"

#include <string>
#include <vector>

namespace lantian {

/// Dry deposition velocities of an hour for the tile's cells.
///
/// Gases: aerodynamic, sublayer and surface resistance in series, the last by Zhang, Brook & Vet (2003) or
/// Wesely (1989) for 26 land-use classes (inputs/landuse/). A cell of several classes has the mean of their
/// velocities by their shares. Particles: Zhang et al. (2001) or Emerson et al. (2020), the
/// mean over the lognormal distribution of their mass in six classes of diameter. Which row a species uses
/// stands in its `deposits_as`. Equations: kernels/deposition/README.md.
class DryDeposition {
 public:
  explicit DryDeposition(const DepositionConfig& config = {});
  /// One field [row][column] a species [m s-1], 0 <= v <= 0.3; empty for a species that is not deposited.
  [[nodiscard]] std::vector<Array2<double>> velocities_m_s(const State& state, const WeatherSnapshot& weather,
                                                           const Surface& surface) const;
  /// What the ground gives back [ppb m s-1]: one field [row][column] a species that has one, ammonia where
  /// leaves and ground hold some; empty for all others and without `deposition.ammonia = "bidirectional"`.
  /// @pre  the velocities are those of the same weather: the flux is release less velocity times amount
  [[nodiscard]] std::vector<Array2<double>> releases_ppb_m_s(const State& state,
                                                             const WeatherSnapshot& weather,
                                                             const Surface& surface) const;
  /// One field [layer][row][column] a species [m s-1], the mean over the particles' mass by the air of each
  /// cell; empty for gases, for particles of less than 0.05 mm/s and for all when the case lets none settle.
  [[nodiscard]] std::vector<Array3<double>> settling_m_s(const State& state,
                                                         const WeatherSnapshot& weather) const;

 private:
  bool settles_, is_wesely_, is_emerson_, is_bidirectional_;
};

/// What is wrong with the sizes of a particle, in a sentence; nothing: empty.
[[nodiscard]] std::string particle_size_fault(const Species& one);

/// Rows of the deposition and scavenging tables, for checking what a species names.
[[nodiscard]] const std::vector<std::string>& deposition_rows();
[[nodiscard]] const std::vector<std::string>& scavenging_rows();

}  // namespace lantian
