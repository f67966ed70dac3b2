#include "lantian/grid/layers.hpp"

#include "lantian/base/errors.hpp"

#include <fmt/format.h>

namespace lantian {

Layers::Layers(const std::vector<double>& tops_m) : interfaces_m_{0.0} {
  if (tops_m.size() < 2) throw ConfigError("grid.layer_tops_m: at least two layers are needed");
  for (const double top_m : tops_m) {
    if (!(top_m > interfaces_m_.back()))
      throw ConfigError(fmt::format("grid.layer_tops_m: {} m does not lie above {} m; tops must rise", top_m,
                                    interfaces_m_.back()));
    interfaces_m_.push_back(top_m);
  }
}

Layers Layers::of_weather(const std::vector<double>& mean_interface_m) {
  Layers layers({mean_interface_m.begin() + 1, mean_interface_m.end()});
  layers.follow_weather_ = true;
  return layers;
}

std::vector<double> Layers::default_tops_m() {
  return {20.0,  42.0,   68.0,   100.0,  140.0,  190.0,  255.0,  340.0,  450.0,  600.0,
          800.0, 1050.0, 1350.0, 1750.0, 2250.0, 2900.0, 3700.0, 4700.0, 6000.0, 8000.0};
}

}  // namespace lantian
