#pragma once

#include "deposition_hour.hpp"
#include "plume/prime_deposition.hpp"
#include "point_plume.hpp"

#include <span>

namespace lantian::plume {

/// What the plumes of a wake bring to eight receptors, and the weight with which it counts there against the
/// plain plume.
struct WakeFall {
  Brought brought;
  Lanes weight{};
};

/// Deposition of a stack's plume in the wake of its building.
///
/// As in the reference's code (PRMCALC, PRM_PDEP, PRM_PCHI): the plume that passes the cavity and what comes
/// out of the cavity are used up alike, both by the density of the former on its way; what is in the cavity
/// is not used up. Each size of particles lies lower than the one before it by its own fall: the falls add
/// up.
class WakeDeposition {
 public:
  WakeDeposition(const Downwash& plume, const DepositionHour& hour) : plume_(plume), hour_(hour) {}

  /// @param kept  room for one value a part
  [[nodiscard]] WakeFall to(const Way& way, const SeenReceptor<Lanes>& at, std::span<Lanes> kept) const;
  /// Shares that deposition leaves of each part after ways x [m]; all of it up to 1 m.
  void kept(const Lanes& x_m, const SeenReceptor<Lanes>& at, std::span<Lanes> shares) const;

 private:
  /// Adds the densities [s m-2] of some parts at a distance on the way, times a weight.
  void add_densities(const Lanes& x_m, const Lanes& receptor_m, std::span<const DepositingPart> parts,
                     const Lanes& weight, std::span<Lanes> sums) const;
  void integrate(const Lanes& x_m, const Lanes& receptor_m, std::span<Lanes> integrals) const;
  /// Adds what a plume brings of all parts. @param kept  shares left; nothing is used up where it is empty.
  void add_plume(const WakePlume<Lanes>& plume, const Lanes& x_m, std::span<const Lanes> kept,
                 Brought& sum) const;

  const Downwash& plume_;
  const DepositionHour& hour_;
};

}  // namespace lantian::plume
