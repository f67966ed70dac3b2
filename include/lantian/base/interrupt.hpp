#pragma once

namespace lantian {

/// From now on the first SIGINT or SIGTERM only asks a run to stop; a second one of the same kind ends the
/// program at once.
void catch_interrupts();

/// Whether this process was asked to stop.
[[nodiscard]] bool is_interrupted() noexcept;

}  // namespace lantian
