#pragma once

#include "source_table.hpp"

namespace lantian::plume {

/// Reads the file of HOUREMIS into the courses of the sources that the card names.
void read_hourly_emission(const Card& card, Deck& deck, SourceTable& table, Problems& problems);

}  // namespace lantian::plume
