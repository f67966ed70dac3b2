#pragma once

#include "depletion.hpp"

#include <span>

namespace lantian::plume {

/// What an emission of 1 brings to eight receptors: in the air [s m-3], down in dry and in wet ways [m-2].
struct Brought {
  Lanes air{}, dry{}, wet{};
};

[[nodiscard]] inline Brought scaled(const Brought& brought, const Lanes& by) {
  return {brought.air * by, brought.dry * by, brought.wet * by};
}
inline void add_to(Brought& sum, const Brought& more) {
  sum.air += more.air;
  sum.dry += more.dry;
  sum.wet += more.wet;
}

/// The parts of a source that deposits, together.
class DepositionHour {
 public:
  DepositionHour(const RisingSource& rising, const AirColumn& air, const Depletion& depletion,
                 bool wants_deposition)
      : rising_(rising),
        air_(air),
        depletion_(depletion),
        wants_deposition_(wants_deposition),
        lift_m_(reference_height_m(air)) {}

  /// @param kept  shares that depletion leaves of each part.
  [[nodiscard]] Brought bring(const PlumeParts<Lanes>& plume, const Lanes& x_m, const SeenReceptor<Lanes>& at,
                              std::span<const Lanes> kept) const;
  [[nodiscard]] const RisingSource& rising() const { return rising_; }
  [[nodiscard]] const AirColumn& air() const { return air_; }
  [[nodiscard]] const Depletion& depletion() const { return depletion_; }
  [[nodiscard]] bool wants_deposition() const { return wants_deposition_; }
  /// Height above the ground at which deposition takes its concentration [m].
  [[nodiscard]] double lift_m() const { return lift_m_; }

 private:
  const RisingSource& rising_;
  const AirColumn& air_;
  const Depletion& depletion_;
  bool wants_deposition_;
  double lift_m_;
};

}  // namespace lantian::plume
