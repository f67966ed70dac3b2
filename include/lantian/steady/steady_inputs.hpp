#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/config/plume_case.hpp"
#include "lantian/parallel/communicator.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace lantian::steady {

/// Sources, receptors and weather of a plume case, read and checked, on all ranks.
class SteadyInputs {
 public:
  /// Reads everything, every hour of the weather once, and throws all faults together.
  /// @throws Error with every fault of the inputs.
  SteadyInputs(PlumeCase configuration, const Communicator& ranks);
  ~SteadyInputs();
  SteadyInputs(SteadyInputs&&) noexcept;
  SteadyInputs& operator=(SteadyInputs&&) noexcept;

  [[nodiscard]] const PlumeCase& configuration() const;
  /// One line: sources, columns of air, receptors, hours.
  [[nodiscard]] std::string summary() const;
  /// Values of a source at a receptor in an hour.
  [[nodiscard]] double value_count() const;

  struct Parts;
  [[nodiscard]] Parts& parts() { return *parts_; }
  [[nodiscard]] const Parts& parts() const { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace lantian::steady
