#pragma once

#include <array>
#include <cstddef>

namespace lantian {

// Rosenbrock methods for autonomous y' = f(y), in the form without matrix products (Hairer & Wanner 1996,
// Solving ODEs II, 2nd ed., IV.7): with A = 1/(h gamma) - J,
//   A k_i = f(y + sum_j a_ij k_j) + sum_j (c_ij / h) k_j,   y' = y + sum_i m_i k_i,   error = sum_i e_i k_i.
// `is_new` says where a stage takes f at a new argument; elsewhere it keeps the last one.
// Where f depends on time as well, stage i takes f(t + alpha_i h, .) and has gamma_i h df/dt(t, y) added:
// `alpha`, `gamma_sum`.

/// ROS3: three stages, two function values, order 3(2), L-stable.
/// @see Sandu et al. (1997), Atmos. Environ. 31, 3459, table 4.
struct Ros3 {
  static constexpr std::size_t stages = 3;
  static constexpr double gamma = 0.43586652150845899941601945119356;
  static constexpr std::array<bool, stages> is_new = {true, true, false};
  static constexpr std::array<std::array<double, stages>, stages> a = {{{0, 0, 0}, {1, 0, 0}, {1, 0, 0}}};
  static constexpr std::array<std::array<double, stages>, stages> c = {
      {{0, 0, 0},
       {-1.0156171083877702091975600115545, 0, 0},
       {4.0759956452537699824805835358067, 9.2076794298330791242156818474003, 0}}};
  static constexpr std::array<double, stages> m = {1.0, 6.1697947043828245592553615689730,
                                                   -0.42772256543218573326238373806514};
  static constexpr std::array<double, stages> e = {0.5, -2.9079558716805469821718236208017,
                                                   0.22354069897811569627360909276199};
  static constexpr std::array<double, stages> alpha = {0.0, gamma, gamma};
  static constexpr std::array<double, stages> gamma_sum = {gamma, 0.24291996454816804366592249683314,
                                                           2.1851380027664058511513169485832};
};

/// RODAS3: four stages, three function values, order 3(2), stiffly accurate.
/// @see Sandu et al. (1997), table 5; Hairer & Wanner (1996).
struct Rodas3 {
  static constexpr std::size_t stages = 4;
  static constexpr double gamma = 0.5;
  static constexpr std::array<bool, stages> is_new = {true, false, true, true};
  static constexpr std::array<std::array<double, stages>, stages> a = {
      {{0, 0, 0, 0}, {0, 0, 0, 0}, {2, 0, 0, 0}, {2, 0, 1, 0}}};
  static constexpr std::array<std::array<double, stages>, stages> c = {
      {{0, 0, 0, 0}, {4, 0, 0, 0}, {1, -1, 0, 0}, {1, -1, -8.0 / 3.0, 0}}};
  static constexpr std::array<double, stages> m = {2.0, 0.0, 1.0, 1.0};
  static constexpr std::array<double, stages> e = {0.0, 0.0, 0.0, 1.0};
  static constexpr std::array<double, stages> alpha = {0.0, 0.0, 1.0, 1.0};
  static constexpr std::array<double, stages> gamma_sum = {0.5, 1.5, 0.0, 0.0};
};

}  // namespace lantian
