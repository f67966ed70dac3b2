#pragma once

namespace lantian {

inline constexpr int lane_count = 8;
/// Eight cells side by side: arithmetic works on each of them alone.
///
/// Functions take them by reference, and those that return them are inlined by force: how they would travel
/// in registers depends on the processor that is built for.
using Lanes = double __attribute__((vector_size(lane_count * sizeof(double))));

}  // namespace lantian
