#pragma once

#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): POSIX' kill
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace lantian {

/// What a program did that was run to its end.
struct ChildResult {
  int exit_code;  // 128 + signal when a signal ended it
  std::string standard_output, standard_error;
};

/// A program that was started and not yet waited for.
struct RunningChild {
  pid_t process;
  std::string standard_output, standard_error;  // files that take what it prints, so that no pipe can fill up
};

/// Starts a program in a folder; what it prints goes to two files in `log_folder`.
inline RunningChild start_child(const std::vector<std::string>& command, const std::string& folder,
                                const std::string& log_folder) {
  RunningChild child{0, log_folder + "/stdout", log_folder + "/stderr"};
  const std::string &out = child.standard_output, &err = child.standard_error;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int fault =
      posix_spawn(&child.process, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (fault != 0) throw std::runtime_error("cannot start " + command.front());
  return child;
}

/// Waits for a program, at most `most_time`: then it is killed.
inline ChildResult wait_for(const RunningChild& child,
                            std::chrono::seconds most_time = std::chrono::seconds(60)) {
  int status = 0;
  const auto given_up = std::chrono::steady_clock::now() + most_time;
  while (waitpid(child.process, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > given_up) {
      kill(child.process, SIGKILL);
      waitpid(child.process, &status, 0);
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const auto content = [](const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(file), {}};
  };
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content(child.standard_output),
          content(child.standard_error)};
}

/// Runs a program in a folder to its end.
inline ChildResult run_child(const std::vector<std::string>& command, const std::string& folder,
                             const std::string& log_folder,
                             std::chrono::seconds most_time = std::chrono::seconds(60)) {
  return wait_for(start_child(command, folder, log_folder), most_time);
}

}  // namespace lantian
