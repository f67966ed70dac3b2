#pragma once

#include "aerosol/smooth_equilibrium.hpp"

#include <cmath>
#include <random>

namespace lantian {

/// Air of every kind over a city: with and without sea salt and crustal cations, 220-330 K, 10-99 % humidity;
/// some of it lacks sulphate, ammonia, nitrate, all volatile acids, or all acids.
class InorganicAir {
 public:
  explicit InorganicAir(unsigned seed) : random_(seed) {}

  InorganicTotals<double> next() {
    InorganicTotals<double> t{.temperature_k = 220.0 + 110.0 * share(),
                              .relative_humidity = 0.10 + 0.89 * share()};
    t.sulphate = amount(8.0e-8);
    t.ammonia = amount(2.5e-7);
    t.nitrate = amount(1.6e-7);
    if (share() > 0.3) {
      t.sodium = amount(1.7e-8);
      t.chloride = amount(4.0e-8);
    }
    if (share() > 0.5) {
      t.calcium = amount(1.5e-8);
      t.potassium = amount(1.5e-8);
      t.magnesium = amount(5.0e-9);
    }
    const int kind = static_cast<int>(60.0 * share());
    if (kind == 0) t.sulphate = 0.0;
    if (kind == 1) t.ammonia = 0.0;
    if (kind == 2) t.nitrate = 0.0;
    if (kind == 3) t.nitrate = t.chloride = 0.0;
    if (kind == 4) t.sulphate = t.nitrate = 0.0;
    if (kind == 5) t.sulphate = t.nitrate = t.chloride = 0.0;
    return t;
  }

  double share() { return std::uniform_real_distribution<double>(0.0, 1.0)(random_); }

 private:
  double amount(double median_mol_m3) {
    return median_mol_m3 * std::exp(std::normal_distribution<double>(0.0, 1.6)(random_));
  }
  std::mt19937 random_;
};

/// A cell of a sulphate-poor winter night: most ammonia, nitrate and chloride in the particle.
inline InorganicTotals<double> winter_night() {
  return {.temperature_k = 275.0,
          .relative_humidity = 0.75,
          .sodium = 2.0e-8,
          .sulphate = 1.0e-7,
          .ammonia = 6.0e-7,
          .nitrate = 3.0e-7,
          .chloride = 5.0e-8,
          .calcium = 2.0e-8,
          .potassium = 1.0e-8,
          .magnesium = 5.0e-9};
}

struct Solved {
  SmoothSystem<double> system;
  SmoothState<double> state;
  InorganicEquilibrium<double> answer;
};

inline Solved solved(const InorganicTotals<double>& totals) {
  constexpr double tolerance = 1.0e-10;
  Solved s{.system = smooth_system(totals), .state = {}, .answer = {}};
  s.state = cold_start(s.system);
  solve_smooth(s.system, tolerance, s.state);
  s.answer = smooth_answer(s.system, s.state);
  return s;
}

}  // namespace lantian
