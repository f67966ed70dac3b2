#include "commands.hpp"

#include "lantian/config/case_reader.hpp"

#include <cstdio>

namespace lantian {

void command_reference() {
  std::fputs(reference_page().c_str(), stdout);
}

}  // namespace lantian
