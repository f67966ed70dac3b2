#pragma once

namespace lantian {

/// Who wants a run to stop; a later one outweighs an earlier one.
enum class StopRequest { none, by_system, by_user };

/// From now on SIGTERM and SIGUSR1 (the system's) and the first SIGINT (the user's) only ask a run to stop. A
/// second SIGINT ends the program at once.
void catch_interrupts();

/// Whether, and by whom, this process was asked to stop.
[[nodiscard]] StopRequest stop_request() noexcept;

}  // namespace lantian
