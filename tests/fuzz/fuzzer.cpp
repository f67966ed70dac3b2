// The entry of libFuzzer for one reader, LANTIAN_FUZZED.
#include "parsers.hpp"

#include "lantian/base/log.hpp"

#include <cstddef>
#include <cstdint>

// NOLINTBEGIN(readability-identifier-naming): libFuzzer looks for these names
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  lantian::set_log_rank(1);  // only the first rank speaks
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  lantian::fuzz::LANTIAN_FUZZED(std::string(reinterpret_cast<const char*>(bytes), count));
  return 0;
}
// NOLINTEND(readability-identifier-naming)
