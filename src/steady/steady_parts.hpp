#pragma once

#include "receptor_plan.hpp"
#include "source_plan.hpp"

#include "lantian/config/plume_case.hpp"
#include "lantian/sources/plume_emitters.hpp"
#include "lantian/steady/steady_inputs.hpp"
#include "lantian/weather/column_weather.hpp"

#include <vector>

namespace lantian::steady {

struct SteadyInputs::Parts {
  PlumeCase configuration;
  ColumnWeather weather;
  PlumeEmitters emitters;
  ReceptorPlan receptors;
  SourcePlan sources;
  std::vector<double> ozone_ug_m3;         // [hour]; empty when NO2 needs none
  std::vector<plume::GroundWater> ground;  // [hour][column of SourcePlan]; empty when no gas deposits

  /// Local standard time at the begin of the n-th hour.
  [[nodiscard]] CivilTime local_begin(std::size_t n) const;
  /// What a source emits in the n-th hour over its mean of the year; one a source.
  [[nodiscard]] std::vector<double> courses(std::size_t n);
};

}  // namespace lantian::steady
