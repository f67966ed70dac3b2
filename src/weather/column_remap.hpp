#pragma once

#include <span>
#include <vector>

namespace lantian {

/// One column of the weather: layers from the ground up.
struct MetColumn {
  std::vector<double> interface_m;        // above the ground, layers + 1
  std::vector<double> dry_air_kg_m2;      // of the layers
  std::vector<double> log_pressure_drop;  // ln(p at the bottom / p at the top) of the layers
};

/// Shares out the air of a column's layers to other layers.
///
/// Within a layer of the weather the air thins out exponentially with height, as it does at one temperature.
/// Every kilogram goes to the layer it lies in; what lies above the last one is the air above. A quantity of
/// a model layer is the mean over its air: sums of mass and of mass flux are kept to rounding.
class ColumnRemap {
 public:
  /// @param model_interface_m  heights above the ground, rising from 0.
  void set(const MetColumn& column, std::span<const double> model_interface_m);

  /// Air of a model layer [kg m-2]; layer `count` is the air above the model top.
  [[nodiscard]] double air_kg_m2(int layer) const { return air_[static_cast<std::size_t>(layer)]; }
  /// Mean over the air of each model layer, the air above the top last (0 where there is none).
  ///
  /// @param value  one a layer of the weather; @param mean  model layers + 1.
  void average(std::span<const double> value, std::span<double> mean) const;

 private:
  struct Overlap {
    std::size_t met, model;
    double air_kg_m2;
  };
  std::vector<Overlap> overlaps_;
  std::vector<double> air_;
};

/// Share of a layer's air that lies below the relative height x (0 bottom, 1 top).
[[nodiscard]] double share_below(double x, double log_pressure_drop);

}  // namespace lantian
