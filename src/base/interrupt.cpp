#include "lantian/base/interrupt.hpp"

#include <csignal>

namespace lantian {

namespace {

volatile std::sig_atomic_t is_asked_to_stop = 0;

extern "C" void ask_to_stop(int /*signal*/) {
  is_asked_to_stop = 1;
}

}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags =
      SA_RESTART | static_cast<int>(SA_RESETHAND);  // system calls go on; the next signal ends the program
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool is_interrupted() noexcept {
  return is_asked_to_stop != 0;
}

}  // namespace lantian
