#include "lantian/base/errors.hpp"
#include "lantian/box/box_model.hpp"

#include <algorithm>

namespace lantian {

namespace {

void scale(BoxCase& c, const std::vector<std::string>& species, double factor) {
  for (auto* emission : {&c.emission_ppb_h, &c.light_emission_ppb_h})
    for (auto& [name, amount] : *emission)
      if (std::ranges::find(species, name) != species.end()) amount *= factor;
}

void check(const BoxCase& c, const BoxMechanism& mechanism) {
  const std::vector<std::string> species = mechanism.vocabulary().species;
  if (std::ranges::find(species, "O3") == species.end())
    throw ConfigError(c.path + ": mechanism: \"" + c.mechanism + "\" has no O3, which isopleths need");
  for (const auto& [key, count] : {std::pair{"nox_factors", c.ekma.nox_factors.size()},
                                   std::pair{"voc_factors", c.ekma.voc_factors.size()},
                                   std::pair{"voc_species", c.ekma.voc_species.size()}})
    if (count == 0)
      throw ConfigError(c.path + ": ekma." + key + ": is empty; --ekma needs at least one, as in " +
                        (std::string(key) == "voc_species" ? R"(["PAR", "OLE"])" : "[0.25, 0.5, 1, 2]"));
}

}  // namespace

EkmaPeaks run_ekma(const BoxCase& c, const BoxMechanism& mechanism) {
  check(c, mechanism);
  EkmaPeaks peaks{
      .nox_factors = c.ekma.nox_factors, .voc_factors = c.ekma.voc_factors, .peak_ppb = {}, .peak_h = {}};
  const std::size_t columns = peaks.voc_factors.size(), count = peaks.nox_factors.size() * columns;
  peaks.peak_ppb.resize(count);
  peaks.peak_h.resize(count);
  std::vector<std::string> faults(count);
#pragma omp parallel for schedule(dynamic)
  for (std::size_t n = 0; n < count; ++n) {
    try {
      BoxCase one = c;
      scale(one, c.ekma.nox_species, peaks.nox_factors[n / columns]);
      scale(one, c.ekma.voc_species, peaks.voc_factors[n % columns]);
      const BoxSeries series = mechanism.run(one);
      const auto ozone =
          static_cast<std::size_t>(std::ranges::find(series.species, "O3") - series.species.begin());
      for (std::size_t t = 0; t < series.time_s.size(); ++t) {
        if (series.at(t, ozone) <= peaks.peak_ppb[n]) continue;
        peaks.peak_ppb[n] = series.at(t, ozone);
        peaks.peak_h[n] = series.time_s[t] / 3600.0;
      }
    } catch (const Error& fault) {
      faults[n] = fault.what();
    }
  }
  for (const std::string& fault : faults)
    if (!fault.empty()) throw NumericalError(fault);
  return peaks;
}

}  // namespace lantian
