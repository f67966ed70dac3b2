#pragma once

#include "deposition_parts.hpp"
#include "plume/deposition_plume.hpp"
#include "plume/distance_pieces.hpp"

#include <span>
#include <vector>

namespace lantian::plume {

/// What dry and wet deposition on the way leave of each part of a source.
///
/// On the way to receptors on the level of the source's base the density depends on distance alone: there it
/// comes from polynomials of distance, where these have been laid. A receptor's value depends on no other
/// one.
class Depletion {
 public:
  Depletion(const Source& source, const RisingSource& rising, const AirColumn& air, const Options& options,
            std::vector<DepositingPart> parts);

  [[nodiscard]] std::span<const DepositingPart> parts() const { return parts_; }
  [[nodiscard]] bool is_dry() const { return is_dry_; }
  [[nodiscard]] bool is_romberg() const { return is_romberg_; }
  /// Whether `lay` serves: not for Romberg's rule, whose points are not known beforehand.
  [[nodiscard]] bool can_be_laid() const { return is_dry_ && !is_romberg_; }
  /// Marks what ways x [m] of at least 1 m need of `DistanceKeys`, where `which` is set.
  static void mark(const Lanes& x_m, const LaneBits& which, std::span<char> wanted);
  /// Lays polynomials for the ways that were marked.
  void lay(std::span<const char> wanted);
  /// Receptors for which polynomials serve.
  [[nodiscard]] static LaneBits on_the_level(const SeenReceptor<Lanes>& at) { return at.height_m == 0.0; }
  /// Shares left after ways x [m] of at least 1 m to receptors, one a part.
  /// @param whole_m  distances of the receptors, between which and the source the ground rises; x where the
  /// plume begins at the source.
  void kept(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
            std::span<Lanes> shares) const;
  /// Turns exponents of dry deposition into shares that it and rain leave after ways x [m].
  void leave(const Lanes& x_m, std::span<Lanes> exponents) const;

 private:
  /// Adds the densities [s m-2] of some parts at a distance on the way, times a weight.
  void add_densities(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
                     std::span<const DepositingPart> parts, const Lanes& weight, std::span<Lanes> sums) const;
  /// Exponents by which dry deposition uses the parts up.
  void used_up_on_the_level(const Lanes& x_m, std::span<Lanes> exponents) const;
  void used_up(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
               std::span<Lanes> exponents) const;
  void integrate(const Lanes& x_m, const Lanes& whole_m, const SeenReceptor<Lanes>& at,
                 std::span<Lanes> integrals) const;

  RisingSource
      rising_;  ///< without the source's own height, which depletion leaves out as the reference's code does
  const AirColumn& air_;
  std::vector<DepositingPart> parts_;
  double lift_m_, base_m_;
  bool is_dry_, is_wet_, is_romberg_;
  DistancePieces pieces_;  ///< distance times the share of each part that dry deposition takes in 1 m there
};

}  // namespace lantian::plume
