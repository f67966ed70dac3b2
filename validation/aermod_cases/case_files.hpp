#pragma once

#include "lantian/plume/plume_case.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lantian::validation {

/// One of the reference cases: its input, and the concentrations and depositions AERMOD printed.
struct ReferenceCase {
  std::string name;
  std::vector<plume::Source> sources;
  std::vector<plume::Receptor> receptors;
  plume::Options options;
  plume::WeatherTraits traits;
  std::vector<plume::WeatherHour> hours;
  std::map<std::string, std::vector<std::size_t>> groups;  ///< name -> sources
};

/// Values by hour and receptor, [hour][receptor]; absent columns are empty.
struct PrintedValues {
  std::vector<double> concentration, dry, wet;
};

/// Reads the few words of a deck that the reference cases use; anything else is passed over.
[[nodiscard]] ReferenceCase read_case(const std::filesystem::path& folder);
[[nodiscard]] PrintedValues read_printed(const std::filesystem::path& file, std::size_t receptor_count);

}  // namespace lantian::validation
