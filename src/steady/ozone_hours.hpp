#pragma once

#include "lantian/base/errors.hpp"
#include "lantian/config/plume_case.hpp"

#include <vector>

namespace lantian::steady {

/// The air's ozone [ug m-3] in every hour of the run, where NO2 is made by OLM; empty otherwise. Reads
/// plume.ozone_file (columns time_utc, an hour's end, and ozone_ug_m3; an empty cell is a missing hour); what
/// it lacks is plume.ozone_ug_m3. Faults: no full hour, an hour twice, a value outside 0 to 1000, hours
/// without ozone.
/// @throws MissingFileError, DataError as CsvTable::read.
[[nodiscard]] std::vector<double> ozone_of_hours(const PlumeCase& configuration, Problems& problems);

}  // namespace lantian::steady
