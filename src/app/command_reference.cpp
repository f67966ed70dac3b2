#include "commands.hpp"

#include "lantian/config/case_reader.hpp"

namespace lantian {

void command_reference() {
  print_page(reference_page());
}

}  // namespace lantian
