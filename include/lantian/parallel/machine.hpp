#pragma once

#include "lantian/parallel/communicator.hpp"

namespace lantian {

/// Memory of the machine that a rank runs on.
struct MachineMemory {
  double used_bytes = 0.0;       // by this process now
  double available_bytes = 0.0;  // to all ranks on this machine, beyond what they use now
};

/// What this process uses, and what the machine has left: the least of the system's own figure
/// (/proc/meminfo), the limit of the control groups this process is in (as a batch system sets it), and the
/// limit of address space. Infinite where nothing is told.
[[nodiscard]] MachineMemory machine_memory();

/// Lets the ranks of a machine share its cores for their threads, where nobody has said how many threads
/// (OMP_NUM_THREADS) nor bound the ranks to cores. Results do not depend on it.
void share_cores(const Communicator& world);

}  // namespace lantian
