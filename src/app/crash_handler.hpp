#pragma once

namespace lantian {

/// A crash of netCDF while it closes a file is told as what it is, a write that has failed: exit code 74.
/// After MPI has started: it has a handler of its own, which other crashes still reach.
void catch_crashes_of_closing();

/// In a build with LANTIAN_TRAP: the first invalid, infinite or overflowing result ends the program by SIGFPE
/// where it arises, on this thread and on all begun from it. Nothing in other builds.
void trap_bad_numbers();

}  // namespace lantian
