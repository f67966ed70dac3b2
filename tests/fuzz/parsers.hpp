#pragma once

#include <string>

namespace lantian::fuzz {

// Each reads the bytes as a file of one kind, to the end. A fault that the reader tells is a proper end; any
// other exception, a crash or a hang is not.
void read_as_case(const std::string& bytes);         // TOML of lantian run
void read_as_enterprises(const std::string& bytes);  // CSV
void read_as_mechanism(const std::string& bytes);    // KPP, and the header that is generated from it
void read_as_features(const std::string& bytes);     // GeoJSON, as lines and as polygons
void read_as_deck(const std::string& bytes);         // control deck of AERMOD
void read_as_aermet(const std::string& bytes);       // surface file and profile file of AERMET

}  // namespace lantian::fuzz
