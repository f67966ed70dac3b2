#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace lantian {

/// A sound case file; each line is there to be spoiled by `with`.
inline const std::string sound_case = R"([run]
start = 2020-03-30T16:00:00Z
end = 2020-03-30T18:00:00Z
spin_up_h = 0
time_step_s = 600

[output]
directory = "results"

[grid]
window = [1, 1, 10, 8]
layer_tops_m = [40, 100, 300, 1000]

[weather]
files = ["wrfout.nc"]

[transport]
limiter_plume = "monotone"

[chemistry]
mechanism = "nox_o3"

[[boundary.air]]
kind = "constant"
values_ppb = { O3 = 40.0, NO2 = 5.0 }
)";

/// `text` with `old` replaced by `fresh`. @throws std::logic_error when it is not there: the test would prove
/// nothing.
inline std::string with(std::string text, const std::string& old, const std::string& fresh) {
  const std::size_t at = text.find(old);
  if (at == std::string::npos) throw std::logic_error("the text does not hold \"" + old + "\"");
  return text.replace(at, old.size(), fresh);
}

inline void write_text(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace lantian
