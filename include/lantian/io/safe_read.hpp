#pragma once

#include <string>

namespace lantian {

/// Reads all of a netCDF file in a process of its own, so that a file on which the library crashes or hangs
/// takes nothing with it.
///
/// A file that is damaged but read with a clear fault, or is no netCDF, is none: who reads it in earnest
/// tells. The process may take as much memory as the machine has, and 10 s and another second for each 10 MB.
/// @pre  MPI has not started: a process that it knows may not fork.
/// @return  the fault as a sentence; empty when there is none.
[[nodiscard]] std::string crash_of_reading(const std::string& path);

}  // namespace lantian
