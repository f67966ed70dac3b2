#pragma once

#include "deposition_hour.hpp"

#include <array>
#include <vector>

namespace lantian::plume {

/// What all receptors of one height over flat land share of a plume that deposits: its spreads across and all
/// that is brought, by distance.
class DepositionTable {
 public:
  /// @param nearest_m, farthest_m  from the source to the receptors.
  DepositionTable(const DepositionHour& hour, double height_m, double nearest_m, double farthest_m);

  /// At eight distances of at least 1 m.
  struct Along {
    Lanes random_share{};
    Lanes convective_sigma_m{}, gaussian_sigma_m{};
    Brought convective, gaussian;  ///< for a density across of 1
  };
  [[nodiscard]] Along at(const Lanes& x_m) const;

 private:
  static constexpr std::size_t columns = 12;  // nine are used; three vectors of four
  using Node = std::array<double, columns>;
  void fill(std::size_t first, const DepositionHour& hour, double height_m);

  double first_step_;
  std::vector<Node> nodes_;  ///< at equal steps of ln x: the share, then logarithms
};

}  // namespace lantian::plume
