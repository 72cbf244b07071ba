// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/lab/enclosure.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "resolve/lab/interface.h"

namespace rdnsgate::resolve {
namespace {

constexpr auto no_network_hint =
    "it needs a network namespace: as root, or with user namespaces allowed (sysctl "
    "kernel.unprivileged_userns_clone=1 or kernel.apparmor_restrict_unprivileged_userns=0); a container has "
    "to "
    "allow unshare(2) (docker run --security-opt seccomp=unconfined --cap-add SYS_ADMIN)";

tl::unexpected<Error> no_network(int error) {
  return fail(fmt::format("no network of its own can be made here: {}", std::strerror(error)),
              no_network_hint);
}

/// Both ends of a pipe, closed in programs that are started.
struct Pipe {
  int read = -1, write = -1;

  static Result<Pipe> make() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
      return fail(fmt::format("no pipe can be made: {}", std::strerror(errno)));
    return Pipe{ends[0], ends[1]};
  }
};

void shut(int& end) {
  if (end >= 0) close(std::exchange(end, -1));
}

bool write_file_of_kernel(const char* path, const std::string& text) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool done = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(file);
  return done;
}

/// Into a network and for those who are born from now on, numbers of their own. As an ordinary user by the way of a user
/// namespace, in which it is root; a chroot allows none, but root needs none.
Result<void> leave_networks() {
  const auto user = geteuid();
  const auto group = getegid();
  constexpr int others = CLONE_NEWNET | CLONE_NEWPID;
  if (unshare(CLONE_NEWUSER | others) == 0) {
    write_file_of_kernel("/proc/self/setgroups", "deny");
    if (write_file_of_kernel("/proc/self/uid_map", fmt::format("0 {} 1", user)) &&
        write_file_of_kernel("/proc/self/gid_map", fmt::format("0 {} 1", group)))
      return {};
    return no_network(errno);
  }
  const int error = errno;
  if (user == 0 && unshare(others) == 0) return {};
  return no_network(error);
}

/// `+`, or `-`, a message, a NUL and a hint.
void tell(int to, const Result<void>& outcome) {
  std::string text = "+";
  if (!outcome) text = fmt::format("-{}{}{}", outcome.error().message, '\0', outcome.error().hint);
  for (std::string_view left = text; !left.empty();) {
    const auto written = write(to, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    left.remove_prefix(static_cast<std::size_t>(written));
  }
}

Result<void> told(const std::string& text) {
  if (text == "+") return {};
  if (text.empty()) return fail("the process in which the servers run was ended");
  const auto end = text.find('\0');
  return fail(text.substr(1, end - 1), end == std::string::npos ? "" : text.substr(end + 1));
}

std::string read_all_of(int from) {
  std::string all;
  std::array<char, 4096> part;
  while (true) {
    const auto count = read(from, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return all;
    all.append(part.data(), static_cast<std::size_t>(count));
  }
}

void wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
}

constexpr std::array ends_programs{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

void treat_signals(void (*how)(int)) {
  for (const int signal : ends_programs) ::signal(signal, how);
}

/// Stands between this program and what it starts: a key that is pressed at the terminal reaches it as little as what it
/// guards, and whichever of the two ends first, it ends the other's work and clears up. Never returns.
class Guard {
 public:
  Guard(int lifeline, int outcome, const std::filesystem::path& folder)
      : lifeline_(lifeline), outcome_(outcome), folder_(folder) {}

  [[noreturn]] void stand(const std::function<Result<void>()>& work) {
    setpgid(0, 0);
    treat_signals(SIG_IGN);
    auto alive = Pipe::make();
    auto ready = alive ? leave_networks() : Result<void>(tl::unexpected(alive.error()));
    const pid_t worker = ready ? fork() : -1;
    if (worker == 0) {
      shut(alive->read);
      shut(lifeline_);
      begin(work);
    }
    if (ready && worker < 0) ready = fail(fmt::format("no process can be started: {}", std::strerror(errno)));
    if (!ready) tell(outcome_, ready);
    shut(outcome_);
    if (alive) shut(alive->write);
    if (worker > 0) watch(worker, alive->read);
    wait_for_end_of(lifeline_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
    _exit(0);
  }

 private:
  /// The first of its process namespace: the kernel ends all others there when it ends.
  [[noreturn]] void begin(const std::function<Result<void>()>& work) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    treat_signals(SIG_DFL);
    auto outcome = raise_loopback();
    if (!outcome) outcome = fail(outcome.error().message, no_network_hint);
    if (outcome) outcome = work();
    tell(outcome_, outcome);
    _exit(0);
  }

  void watch(pid_t worker, int alive) const {
    std::array<pollfd, 2> ends{{{lifeline_, POLLIN, 0}, {alive, POLLIN, 0}}};
    while (poll(ends.data(), ends.size(), -1) < 0 && errno == EINTR) continue;
    kill(worker, SIGKILL);  // it ends by itself, or nobody wants it any more
    wait_for(worker);
  }

  static void wait_for_end_of(int pipe) {
    pollfd end{pipe, POLLIN, 0};
    while (poll(&end, 1, -1) < 0 && errno == EINTR) continue;
  }

  int lifeline_, outcome_;
  const std::filesystem::path& folder_;
};

}  // namespace

Result<Enclosure> Enclosure::make() {
  auto folder = TempDir::make();
  if (!folder) return tl::unexpected(folder.error());
  return Enclosure(std::move(*folder));
}

Enclosure::Enclosure(Enclosure&& other) noexcept
    : folder_(std::move(other.folder_)),
      lifeline_(std::exchange(other.lifeline_, -1)),
      guard_(std::exchange(other.guard_, -1)) {}

Enclosure::~Enclosure() { end(); }

void Enclosure::end() {
  shut(lifeline_);
  if (guard_ > 0) wait_for(std::exchange(guard_, -1));
}

Result<void> Enclosure::run(const std::function<Result<void>()>& work) {
  auto lifeline = Pipe::make(), outcome = Pipe::make();
  if (!lifeline || !outcome) return fail("no pipe can be made", "close other programs");
  guard_ = fork();
  if (guard_ == 0) {
    shut(lifeline->write);
    shut(outcome->read);
    Guard(lifeline->read, outcome->write, folder()).stand(work);
  }
  shut(lifeline->read);
  shut(outcome->write);
  lifeline_ = lifeline->write;
  if (guard_ < 0) {
    shut(outcome->read);
    return fail(fmt::format("no process can be started: {}", std::strerror(errno)));
  }
  const auto text = read_all_of(outcome->read);
  shut(outcome->read);
  return told(text);
}

}  // namespace rdnsgate::resolve
