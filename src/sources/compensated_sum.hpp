#pragma once

#include <cmath>

namespace lantian {

/// A sum that carries what rounding drops, so that a table of millions of cells closes to the last digits.
///
/// @see Neumaier (1974), Z. Angew. Math. Mech. 54, 39.
class CompensatedSum {
 public:
  void add(double term) {
    const double sum = sum_ + term;
    lost_ += std::fabs(sum_) >= std::fabs(term) ? (sum_ - sum) + term : (term - sum) + sum_;
    sum_ = sum;
  }
  [[nodiscard]] double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0.0, lost_ = 0.0;
};

}  // namespace lantian
