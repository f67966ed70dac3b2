#pragma once

#include "deposition_parts.hpp"
#include "plume/deposition_plume.hpp"
#include "plume/distance_table.hpp"

#include <span>
#include <vector>

namespace lantian::plume {

/// What dry and wet deposition on the way leave of each part of a source.
class Depletion {
 public:
  /// @param shared_height_m  height of all receptors over flat land, which then share a table of the plume
  /// along its way; nothing: each receptor by itself.
  Depletion(const Source& source, const RisingSource& rising, const AirColumn& air, const Options& options,
            std::vector<DepositingPart> parts, std::optional<double> shared_height_m, double farthest_m);

  [[nodiscard]] std::span<const DepositingPart> parts() const { return parts_; }
  /// Shares left after ways x [m] of at least 1 m to receptors, one a part.
  void kept(const Lanes& x_m, const SeenReceptor<Lanes>& at, std::span<Lanes> shares) const;

 private:
  void integrate(const Lanes& x_m, const SeenReceptor<Lanes>& at, std::span<Lanes> integrals) const;
  [[nodiscard]] Lanes density_s_m2(const PlumeParts<Lanes>& parts, const Lanes& x_m, double settling_m_s,
                                   const SeenReceptor<Lanes>& at) const;
  [[nodiscard]] PlumeParts<Lanes> parts_at(const Lanes& x_m, const Lanes& height_m) const;
  void fill_tables(double height_m, double farthest_m);

  RisingSource
      rising_;  ///< without the source's own height: depletion takes none, as in the reference's code
  const AirColumn& air_;
  std::vector<DepositingPart> parts_;
  double lift_m_, base_m_;
  bool is_dry_, is_wet_, is_romberg_;
  std::vector<DistanceTable> tables_;  ///< logarithms of the density, of two parts a table
};

}  // namespace lantian::plume
