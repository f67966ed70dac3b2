// mechanism_generator NAME MECHANISM.kpp OUTPUT.hpp: writes the C++ kernel of a chemical mechanism.
#include "mechanism.hpp"

#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <iostream>
#include <span>
#include <string>

namespace {

/// Which reactions make or lose atoms of an element: nitrogen and sulphur where a note allows it, carbon
/// wherever a mechanism lumps it.
void tell_imbalances(const lantian::generator::Mechanism& mechanism, const std::string& element) {
  int count = 0;
  std::string list;
  for (const lantian::generator::Reaction& reaction : mechanism.reactions) {
    const double made = lantian::generator::atoms_made(mechanism, reaction, element);
    if (made == 0.0) continue;
    ++count;
    list += fmt::format(" {} {:+.4g},", reaction.label, made);
  }
  if (count == 0) return;
  list.back() = '.';
  std::cout << "  " << element << " does not balance in " << count << " reactions:" << list << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  using namespace lantian::generator;  // NOLINT(google-build-using-namespace): the program's own
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 4) {
    std::cerr << "usage: mechanism_generator NAME MECHANISM.kpp OUTPUT.hpp\n";
    return 64;
  }
  try {
    const Mechanism mechanism = parse_mechanism(arguments[2]);
    const SparsePattern pattern = eliminate(mechanism);
    std::ofstream(arguments[3]) << emit_header(arguments[1], mechanism, pattern);
    std::cout << arguments[1] << ": " << mechanism.species.size() << " species, "
              << mechanism.reactions.size() << " reactions\n";
    for (const std::string element : {"N", "S", "C"}) tell_imbalances(mechanism, element);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 65;
  }
  return 0;
}
