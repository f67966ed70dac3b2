#pragma once

#include "deposition_parts.hpp"
#include "plume/deposition_plume.hpp"

#include <span>
#include <vector>

namespace lantian::plume {

/// What dry and wet deposition on the way leave of each part of a source.
class Depletion {
 public:
  Depletion(const Source& source, const RisingSource& rising, const AirColumn& air, const Options& options,
            std::vector<DepositingPart> parts);

  /// Over flat land all receptors of a height share the plume on the way: takes its density from a table from
  /// now on.
  void tabulate(double height_m, double farthest_m);

  [[nodiscard]] std::span<const DepositingPart> parts() const { return parts_; }
  /// Shares left after ways x [m] of at least 1 m to receptors, one a part.
  /// @param whole_m  distances of the receptors, between which and the source the ground rises; x where the
  /// plume begins at the source.
  void kept(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
            std::span<Lanes> shares) const;

 private:
  /// The plume at a distance on the way, and the receptor as it is seen from there.
  struct OnTheWay {
    Lanes x_m;
    PlumeParts<Lanes> plume;
    SeenReceptor<Lanes> at;
  };
  [[nodiscard]] OnTheWay on_way(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at) const;
  [[nodiscard]] Lanes density_s_m2(const OnTheWay& way, double settling_m_s) const;
  [[nodiscard]] Lanes tabulated_s_m2(std::size_t part, const Lanes& x_m) const;
  void integrate(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
                 std::span<Lanes> integrals) const;

  RisingSource
      rising_;  ///< without the source's own height, which depletion leaves out as the reference's code does
  const AirColumn& air_;
  std::vector<DepositingPart> parts_;
  double lift_m_, base_m_;
  bool is_dry_, is_wet_, is_romberg_;
  std::vector<std::vector<double>> log_density_;  ///< of each part, at equal steps of ln x from 1 m on
};

}  // namespace lantian::plume
