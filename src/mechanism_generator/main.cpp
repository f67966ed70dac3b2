// mechanism_generator NAME MECHANISM.kpp OUTPUT.hpp: writes the C++ kernel of a chemical mechanism.
#include "mechanism.hpp"

#include <exception>
#include <fstream>
#include <iostream>
#include <span>

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
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 65;
  }
  return 0;
}
