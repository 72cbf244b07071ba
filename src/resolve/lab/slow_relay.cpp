// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/lab/slow_relay.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "resolve/net/endpoint.h"
#include "resolve/net/file_limit.h"

namespace rdnsgate::resolve {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::size_t most_at_once = 8000;  // conversations: more are not begun until others end
constexpr int backlog = 100;
constexpr auto longest = std::chrono::seconds(30);  // a conversation without an answer

/// A question on its way, or a connection, with what goes back and when.
struct Conversation {
  int to_server = -1;
  int client = -1;  ///< of a connection
  sockaddr_storage from{};
  socklen_t from_size = 0;
  SteadyClock::time_point asked, due;
  std::string answer{};
  bool is_answered = false, is_over = false;
};

class SlowRelay {
 public:
  SlowRelay(int datagrams, int listener, Endpoint server, milliseconds delay)
      : datagrams_(datagrams), listener_(listener), server_(std::move(server)), delay_(delay) {}

  [[noreturn]] void work() {
    while (true) {
      wait();
      const auto now = SteadyClock::now();
      for (auto& one : all_) deliver(one, now);
      std::erase_if(all_, [](Conversation& one) {
        if (one.is_over) end(one);
        return one.is_over;
      });
    }
  }

 private:
  void wait() {
    std::vector<pollfd> ends{{datagrams_, POLLIN, 0}, {listener_, POLLIN, 0}};
    if (all_.size() >= most_at_once) ends[0].events = ends[1].events = 0;
    for (const auto& one : all_) {
      ends.push_back({one.is_answered && one.client < 0 ? -1 : one.to_server, POLLIN, 0});
      ends.push_back({one.client, POLLIN, 0});
    }
    if (poll(ends.data(), ends.size(), next_due()) <= 0) return;
    const auto known = all_.size();
    for (std::size_t i = 0; i < known; ++i) {
      if (ends[2 + 2 * i].revents != 0) take_answer(all_[i]);
      if (ends[3 + 2 * i].revents != 0) pass_on(all_[i]);
    }
    if ((ends[0].revents & POLLIN) != 0) take_questions();
    if ((ends[1].revents & POLLIN) != 0) take_connection();
  }

  /// Milliseconds until an answer goes back.
  int next_due() const {
    auto due = SteadyClock::now() + std::chrono::seconds(1);
    for (const auto& one : all_) {
      if (!one.answer.empty()) due = std::min(due, one.due);
    }
    const auto left = std::chrono::ceil<milliseconds>(due - SteadyClock::now());
    return static_cast<int>(std::max<milliseconds::rep>(left.count(), 0));
  }

  void take_questions() {
    while (all_.size() < most_at_once) {
      Conversation one;
      one.from_size = sizeof one.from;
      const auto count = recvfrom(datagrams_, buffer_.data(), buffer_.size(), MSG_DONTWAIT,
                                  reinterpret_cast<sockaddr*>(&one.from), &one.from_size);
      if (count < 0) return;
      begin(std::move(one), SOCK_DGRAM, {buffer_.data(), static_cast<std::size_t>(count)});
    }
  }

  void take_connection() {
    Conversation one;
    one.client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (one.client >= 0) begin(std::move(one), SOCK_STREAM, {});
  }

  void begin(Conversation one, int kind, std::string_view question) {
    one.asked = SteadyClock::now();
    one.to_server = socket(server_.family(), kind | SOCK_CLOEXEC, 0);
    if (one.to_server >= 0 && connect(one.to_server, server_.address(), server_.size) == 0 &&
        (question.empty() || send(one.to_server, question.data(), question.size(), 0) >= 0)) {
      all_.push_back(std::move(one));
    } else {
      end(one);
    }
  }

  /// What a client says over its connection goes to the server at once.
  void pass_on(Conversation& one) {
    const auto count = recv(one.client, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
      one.is_over = true;
      return;
    }
    one.asked = SteadyClock::now();
    send(one.to_server, buffer_.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL);
  }

  void take_answer(Conversation& one) {
    const auto count = recv(one.to_server, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
      one.is_over = one.answer.empty();
      close(std::exchange(one.to_server, -1));  // what it said before still goes back
      return;
    }
    one.answer.append(buffer_.data(), static_cast<std::size_t>(count));
    one.is_answered = true;
    one.due = one.asked + delay_;
  }

  void deliver(Conversation& one, SteadyClock::time_point now) {
    if (one.answer.empty()) {
      one.is_over = one.is_over || now - one.asked > longest;
      return;
    }
    if (now < one.due) return;
    const auto answer = std::exchange(one.answer, {});
    if (one.client >= 0) {
      send(one.client, answer.data(), answer.size(), MSG_NOSIGNAL);
      return;
    }
    sendto(datagrams_, answer.data(), answer.size(), 0, reinterpret_cast<const sockaddr*>(&one.from),
           one.from_size);
    one.is_over = true;
  }

  static void end(const Conversation& one) {
    for (const int side : {one.to_server, one.client}) {
      if (side >= 0) close(side);
    }
  }

  int datagrams_, listener_;
  Endpoint server_;
  milliseconds delay_;
  std::vector<Conversation> all_;
  std::array<char, 65536> buffer_;
};

/// A socket at the port of the DNS.
Result<int> open_front(const Endpoint& front, int kind) {
  const int made = socket(front.family(), kind | SOCK_CLOEXEC, 0);
  const int yes = 1, room = 4 << 20;
  if (made >= 0) {
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(made, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  }
  if (made >= 0 && bind(made, front.address(), front.size) == 0 &&
      (kind == SOCK_DGRAM || listen(made, backlog) == 0))
    return made;
  const int error = errno;
  if (made >= 0) close(made);
  return fail(fmt::format("nobody can listen at {}: {}", front.text, errno_text(error)));
}

}  // namespace

Result<void> start_slow_relay(const IpAddress& front, const IpAddress& server, milliseconds delay) {
  const Endpoint at(front, 53);
  const auto datagrams = open_front(at, SOCK_DGRAM);
  if (!datagrams) return tl::unexpected(datagrams.error());
  const auto listener = open_front(at, SOCK_STREAM);
  if (!listener) return tl::unexpected(listener.error());
  const pid_t process = fork();
  if (process == 0) {
    raise_file_limit(most_at_once);
    auto relay = std::make_unique<SlowRelay>(*datagrams, *listener, Endpoint(server, 53), delay);
    relay->work();
  }
  const int error = errno;
  close(*datagrams);
  close(*listener);
  if (process < 0) return fail(fmt::format("no process can be started: {}", errno_text(error)));
  return {};
}

}  // namespace rdnsgate::resolve
