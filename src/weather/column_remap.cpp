#include "column_remap.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace lantian {

double share_below(double x, double log_pressure_drop) {
  if (log_pressure_drop < 1.0e-9) return x;
  return std::expm1(-log_pressure_drop * x) / std::expm1(-log_pressure_drop);
}

void ColumnRemap::set(const MetColumn& column, std::span<const double> model_interface_m) {
  const std::size_t met_layers = column.dry_air_kg_m2.size(), layers = model_interface_m.size() - 1;
  overlaps_.clear();
  air_.assign(layers + 1, 0.0);
  std::size_t model = 0;
  for (std::size_t met = 0; met < met_layers; ++met) {
    const double bottom = column.interface_m[met], top = column.interface_m[met + 1];
    double below = 0.0;  // share of this layer's air that is already given
    while (below < 1.0) {
      const bool ends_here = model == layers || model_interface_m[model + 1] >= top;
      const double share = ends_here ? 1.0
                                     : share_below((model_interface_m[model + 1] - bottom) / (top - bottom),
                                                   column.log_pressure_drop[met]);
      const double air = (share - below) * column.dry_air_kg_m2[met];
      if (air > 0.0) {
        overlaps_.push_back({met, model, air});
        air_[model] += air;
      }
      below = std::max(below, share);
      if (ends_here) break;
      ++model;
    }
  }
}

void ColumnRemap::average(std::span<const double> value, std::span<double> mean) const {
  std::fill(mean.begin(), mean.end(), 0.0);
  for (const Overlap& part : overlaps_) mean[part.model] += part.air_kg_m2 * value[part.met];
  for (std::size_t k = 0; k < mean.size(); ++k)
    if (air_[k] > 0.0) mean[k] /= air_[k];
}

}  // namespace lantian
