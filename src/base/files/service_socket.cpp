// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/service_socket.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace rdnsgate {
namespace {

std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

template <typename Number>
bool read(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

bool has_service_manager() { return !variable("NOTIFY_SOCKET").empty(); }

void tell_service_manager(std::string_view state) {
  const auto path = variable("NOTIFY_SOCKET");
  sockaddr_un to{};
  if (path.empty() || (path.front() != '/' && path.front() != '@') || path.size() >= sizeof to.sun_path)
    return;
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, path.data(), path.size());
  if (path.front() == '@') to.sun_path[0] = '\0';  // the abstract namespace of Linux
  const int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return;
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  // A manager that takes nothing for the moment does not hold us up.
  [[maybe_unused]] const auto sent =
      sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
             reinterpret_cast<const sockaddr*>(&to), length);
  close(descriptor);
}

milliseconds watchdog_interval() {
  std::int64_t microseconds = 0;
  if (!read(variable("WATCHDOG_USEC"), microseconds) || microseconds <= 0) return {};
  pid_t process = 0;
  const auto whose = variable("WATCHDOG_PID");
  if (!whose.empty() && (!read(whose, process) || process != getpid())) return {};
  return milliseconds(microseconds / 2000);
}

}  // namespace rdnsgate
