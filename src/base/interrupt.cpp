#include "lantian/base/interrupt.hpp"

#include <csignal>

namespace lantian {

namespace {

volatile std::sig_atomic_t is_asked_by_user = 0, is_asked_by_system = 0;

extern "C" void ask_to_stop(int signal) {
  if (signal == SIGINT)
    is_asked_by_user = 1;
  else
    is_asked_by_system = 1;
}

void handle(int signal, int flags) {
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = SA_RESTART | flags;  // system calls go on
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

void catch_interrupts() {
  handle(SIGINT, static_cast<int>(SA_RESETHAND));  // one who presses Ctrl-C twice means it
  handle(SIGTERM, 0);  // launchers and batch systems repeat theirs while the restart is being written
  handle(SIGUSR1, 0);
}

StopRequest stop_request() noexcept {
  if (is_asked_by_user != 0) return StopRequest::by_user;
  return is_asked_by_system != 0 ? StopRequest::by_system : StopRequest::none;
}

}  // namespace lantian
