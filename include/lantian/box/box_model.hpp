#pragma once

#include "lantian/config/box_case.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lantian {

/// What a box run gives: amounts at each output time, the beginning included.
struct BoxSeries {
  std::vector<std::string> species;
  std::vector<double> time_s, cos_zenith;
  std::vector<double> amount_ppb;  // [time][species]
  int steps = 0, rejected = 0;     // of the solver
  double clipped_ppb = 0.0;        // made by lifting negative amounts to zero

  [[nodiscard]] double at(std::size_t time, std::size_t s) const {
    return amount_ppb[time * species.size() + s];
  }
};

/// A chemical mechanism that a box can be filled with.
class BoxMechanism {
 public:
  virtual ~BoxMechanism() = default;
  [[nodiscard]] virtual BoxVocabulary vocabulary() const = 0;
  /// @throws NumericalError when the solver gives up.
  [[nodiscard]] virtual BoxSeries run(const BoxCase& configuration) const = 0;
};

/// All mechanisms of inputs/mechanisms, by the name of their folder.
[[nodiscard]] const std::map<std::string, std::unique_ptr<BoxMechanism>>& box_mechanisms();

/// What case files may name: of all mechanisms.
[[nodiscard]] std::map<std::string, BoxVocabulary> box_vocabularies();

/// Writes OUTPUT.csv and OUTPUT.nc. @throws OutputError.
void write_box(const BoxCase& configuration, const BoxSeries& series);

/// Highest ozone of each run of the box with emissions multiplied.
struct EkmaPeaks {
  std::vector<double> nox_factors, voc_factors;
  std::vector<double> peak_ppb, peak_h;  // [nox][voc]; hours since the beginning
};

/// Runs the box for each pair of factors of [ekma], on all threads.
/// @throws ConfigError where the case has none, or the mechanism no O3; NumericalError.
[[nodiscard]] EkmaPeaks run_ekma(const BoxCase& configuration, const BoxMechanism& mechanism);

/// Writes OUTPUT_ekma.csv. @throws OutputError.
void write_ekma(const BoxCase& configuration, const EkmaPeaks& peaks);

}  // namespace lantian
