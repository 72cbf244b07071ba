// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/files/new_process.h"

namespace rdnsgate::run {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// A program that runs, with the end of its standard input that is written to.
class Child {
 public:
  Child(Child&& other) noexcept
      : pid_(std::exchange(other.pid_, -1)), input_(std::exchange(other.input_, -1)) {}
  Child& operator=(Child&&) = delete;
  ~Child() {
    close_input();
    if (pid_ > 0) end();
  }

  static Result<Child> start(const std::vector<std::string>& words) {
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC) != 0)
      return fail(fmt::format("no pipe can be made: {}", std::strerror(errno)));
    NewProcess program;
    program.copy(ends[0], STDIN_FILENO);
    program.copy(STDERR_FILENO, STDOUT_FILENO);
    program.lead_group();
    const auto [process, error] = program.start(words, own_environment());
    close(ends[0]);
    if (process == 0) {
      close(ends[1]);
      return fail(fmt::format("cannot start {}: {}", words.front(), std::strerror(error)));
    }
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    return Child(process, ends[1]);
  }

  /// Writes what can be written within `time`; closes the pipe behind the last octet, or where nobody reads it.
  void feed(std::string_view& left, milliseconds time) {
    if (input_ < 0) return;
    pollfd wait{input_, POLLOUT, 0};
    if (!left.empty() && poll(&wait, 1, static_cast<int>(time.count())) > 0) {
      const auto written = write(input_, left.data(), left.size());
      if (written > 0) left.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EAGAIN && errno != EINTR) left = {};
    }
    if (left.empty()) close_input();
  }
  bool is_fed() const { return input_ < 0; }

  /// It has ended; `status` as waitpid(2) has it.
  bool has_ended(int& status) {
    if (waitpid(pid_, &status, WNOHANG) != pid_) return false;
    // What it left behind in its group would hold our standard error open.
    kill(-pid_, SIGTERM);
    pid_ = -1;
    return true;
  }

 private:
  Child(pid_t pid, int input) : pid_(pid), input_(input) {}

  void close_input() {
    if (input_ >= 0) close(std::exchange(input_, -1));
  }

  void end() {
    kill(-pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
  }

  pid_t pid_;
  int input_;
};

}  // namespace

Result<int> run_command(const std::vector<std::string>& words, std::string_view input, milliseconds limit,
                        const std::function<bool()>& stop) {
  constexpr milliseconds shortest{2}, longest{100};
  const auto end = SteadyClock::now() + limit;
  auto child = Child::start(words);
  if (!child) return tl::unexpected(child.error());
  auto left = input;
  auto nap = shortest;
  while (true) {
    int status = 0;
    if (child->has_ended(status)) {
      if (WIFEXITED(status)) return WEXITSTATUS(status);
      return fail(fmt::format("signal {} ended it", WTERMSIG(status)));
    }
    if (SteadyClock::now() >= end)
      return fail(fmt::format("it took longer than {} ms and was killed", limit.count()));
    if (stop && stop()) return fail("it was killed, as the watch ends");
    if (child->is_fed())
      poll(nullptr, 0, static_cast<int>(nap.count()));
    else
      child->feed(left, nap);
    nap = std::min(2 * nap, longest);
  }
}

}  // namespace rdnsgate::run
