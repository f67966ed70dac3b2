#include "building_wake.hpp"

#include "source_hour.hpp"

#include <cmath>
#include <cstddef>

namespace lantian::plume {
namespace {

/// The building as the wind at the stack's top meets it: of the nearest of 36 directions of flow.
const BuildingSector& sector_met(const Source& source, const AirColumn& air) {
  constexpr double width_deg = 10.0, whole_deg = 360.0;
  double towards_deg = std::fmod(air.wind_from_deg.at_height(source.release_height_m) + 180.0, whole_deg);
  if (towards_deg < 0.0) towards_deg += whole_deg;
  // Half way between two directions the lower one counts, as in the model's code.
  const auto number = static_cast<std::size_t>(towards_deg / width_deg + 0.4999);
  return source.buildings.at(number == 0 ? source.buildings.size() - 1 : number - 1);
}

StackGas stack_gas(const Source& source, const RisingSource& rising, const AirColumn& air) {
  using enum StackGas::Opening;
  constexpr double least = 1e-5;
  StackGas gas;
  gas.height_m = source.release_height_m;
  gas.radius_m = 0.5 * std::max(source.stack_diameter_m, least);
  gas.velocity_m_s = std::max(source.gas_velocity_m_s, least);
  gas.temperature_k = gas_temperature_k(source, rising.gas, air);
  if (source.shape == SourceShape::capped_point) gas.opening = capped;
  if (source.shape == SourceShape::horizontal_point) gas.opening = sideways;
  return gas;
}

}  // namespace

std::optional<Downwash> building_met(const Source& source, const RisingSource& rising, const AirColumn& air) {
  if (source.buildings.empty()) return std::nullopt;
  if (!air.layer.stable && source.release_height_m > air.layer.mixing_height_m) return std::nullopt;
  const BuildingSector& met = sector_met(source, air);
  if (met.height_m <= 0.0) return std::nullopt;
  const BuildingWake wake =
      building_wake(met.height_m, met.width_m, met.length_m, met.along_offset_m, met.across_offset_m);
  return downwash(stack_gas(source, rising, air), wake, rising.gas.wind_m_s, rising.decay_s, air);
}

std::optional<Downwash> wake_of_building(const Source& source, const RisingSource& rising,
                                         const AirColumn& air) {
  std::optional<Downwash> found = building_met(source, rising, air);
  if (found && !found->course.enters_wake) return std::nullopt;
  return found;
}

}  // namespace lantian::plume
