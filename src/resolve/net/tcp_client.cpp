// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/tcp_client.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "dns/wire/message.h"

namespace rdnsgate::resolve {
namespace {

constexpr std::size_t pipelined = 32;
constexpr milliseconds tick_length(20), idle_time(1000);

/// There is somebody at the other end, whatever is spoken there.
bool is_connected(int descriptor) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  return getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) == 0;
}

}  // namespace

void TcpClient::Close::operator()(bufferevent* connection) const { bufferevent_free(connection); }

TcpClient::TcpClient(Loop& loop, const Endpoint& server, milliseconds timeout, Done done,
                     std::shared_ptr<const Tls> tls)
    : loop_(loop),
      server_(server),
      timeout_(timeout),
      done_(std::move(done)),
      tls_(std::move(tls)),
      timer_(loop, [this] { tick(); }) {}

TcpClient::~TcpClient() = default;

void TcpClient::ask(std::uint16_t token, const dns::Question& question, std::string query,
                    Clock::time_point deadline) {
  if (waiting_.empty() && asked_.empty()) timer_.set(Clock::now() + tick_length);
  waiting_.push_back({token, question, std::move(query), deadline, {}, {}});
  if (!connection_) connect();
  if (connected_) send_waiting();
}

void TcpClient::hang_up() {
  if (!waiting_.empty() || !asked_.empty()) return;
  connection_.reset();
  connected_ = false;
}

void TcpClient::connect() {
  connected_ = answered_ = false;
  connect_deadline_ = Clock::now() + timeout_;
  connection_.reset(
      tls_ ? tls_->open(loop_.base())
           : bufferevent_socket_new(loop_.base(), -1, BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS));
  connect_error_ = ENOMEM;
  if (!connection_) return;  // tick() reports it
  bufferevent_setcb(connection_.get(), on_readable, nullptr, on_event, this);
  bufferevent_enable(connection_.get(), EV_READ | EV_WRITE);
  if (bufferevent_socket_connect(connection_.get(), server_.address(), static_cast<int>(server_.size)) != 0) {
    connect_error_ = errno;
    connection_.reset();
  }
}

void TcpClient::send_waiting() {
  const auto now = Clock::now();
  while (!waiting_.empty() && asked_.size() < pipelined) {
    Item item = std::move(waiting_.front());
    waiting_.pop_front();
    std::uint16_t id;
    do {
      id = random_.next();
    } while (asked_.count(id) != 0);
    item.query[0] = static_cast<char>(id >> 8);
    item.query[1] = static_cast<char>(id & 0xff);
    const unsigned char length[2] = {static_cast<unsigned char>(item.query.size() >> 8),
                                     static_cast<unsigned char>(item.query.size() & 0xff)};
    bufferevent_write(connection_.get(), length, 2);
    bufferevent_write(connection_.get(), item.query.data(), item.query.size());
    keep(true, item.query);
    item.deadline = std::min(now + timeout_, item.last_deadline);
    item.asked = now;
    if (asked_.empty()) heard_ = now;
    asked_.emplace(id, std::move(item));
  }
}

void TcpClient::keep(bool is_query, std::string_view message) {
  if (loop_.packets() == nullptr) return;
  loop_.packets()->add({now_us(), server_.ip, server_.port, own_port(bufferevent_getfd(connection_.get())),
                        is_query, tls_ ? dns::Transport::tls : dns::Transport::tcp, std::string(message)});
}

void TcpClient::receive() {
  auto* input = bufferevent_get_input(connection_.get());
  while (connection_) {
    unsigned char length[2];
    if (evbuffer_copyout(input, length, 2) < 2) break;
    const std::size_t size = (std::size_t{length[0]} << 8) | length[1];
    if (evbuffer_get_length(input) < 2 + size) break;
    evbuffer_drain(input, 2);
    std::string message(size, '\0');
    evbuffer_remove(input, message.data(), size);
    keep(false, message);
    if (size < 12) continue;
    const auto id = static_cast<std::uint16_t>((static_cast<unsigned char>(message[0]) << 8) |
                                               static_cast<unsigned char>(message[1]));
    const auto found = asked_.find(id);
    if (found == asked_.end() ||
        !dns::answers(message, id, found->second.question.name, found->second.question.type))
      continue;
    answered_ = true;
    const auto token = found->second.token;
    heard_ = Clock::now();
    slowest_ = std::max(slowest_, heard_ - found->second.asked);
    asked_.erase(found);
    done_(token, {message});
  }
  if (connection_ && connected_) send_waiting();
}

void TcpClient::changed(short what) {
  if ((what & BEV_EVENT_CONNECTED) != 0) {
    connected_ = true;
    heard_ = Clock::now();
    send_waiting();
  } else if (tls_ && !connected_ && (what & (BEV_EVENT_ERROR | BEV_EVENT_EOF)) != 0) {
    failed_tls(what);
  } else if ((what & BEV_EVENT_ERROR) != 0) {
    const int error = EVUTIL_SOCKET_ERROR();
    // One that ends without TLS's own farewell leaves no errno.
    if (error == 0) return lost({{}, dns::Outcome::unreachable, "the server broke off the connection"});
    lost({{},
          error == ETIMEDOUT ? dns::Outcome::timeout : dns::Outcome::unreachable,
          errno_text(error),
          error});
  } else if ((what & BEV_EVENT_EOF) != 0) {
    lost({{}, dns::Outcome::unreachable, "the server closed the connection without an answer"});
  }
}

/// There is no connection, or the server has not proved who it is: nothing was asked.
void TcpClient::failed_tls(short what) {
  const int error = EVUTIL_SOCKET_ERROR();
  auto failure = tls_->failure(connection_.get(), what, error);
  lost({{},
        !failure.untrusted && error == ETIMEDOUT ? dns::Outcome::timeout : dns::Outcome::unreachable,
        std::move(failure.reason),
        failure.untrusted ? 0 : error,
        failure.untrusted});
}

/// The connection is gone. A server may close one at any time (RFC 7766 §6.2.4), so what was asked on a
/// connection that had answered before is asked once more on a new one.
void TcpClient::lost(const Reply& failure) {
  const bool was_useful = answered_;
  connection_.reset();
  connected_ = answered_ = false;
  auto open = std::move(asked_);
  asked_.clear();
  auto queued = std::move(waiting_);
  waiting_.clear();
  std::vector<Item> ended;
  for (auto& [id, item] : open) {
    if (was_useful && !item.again) {
      item.again = true;
      waiting_.push_back(std::move(item));
    } else {
      ended.push_back(std::move(item));
    }
  }
  for (auto& item : queued) {
    if (was_useful) {
      waiting_.push_back(std::move(item));
    } else {
      ended.push_back(std::move(item));
    }
  }
  if (!waiting_.empty()) connect();
  for (const auto& item : ended) end(item, failure);
}

/// Deadlines are looked at every few milliseconds while anything is open: there is little over TCP.
void TcpClient::tick() {
  const auto now = Clock::now();
  if (!waiting_.empty() && !connected_) {
    if (!connection_) {
      lost({{}, dns::Outcome::unreachable, errno_text(connect_error_), connect_error_});
    } else if (now >= connect_deadline_) {
      lost({{},
            dns::Outcome::timeout,
            tls_ && is_connected(bufferevent_getfd(connection_.get()))
                ? "the server did not finish the TLS handshake in time"
                : "no connection in time"});
    }
  }
  end_late(now);
  // A server that drops one question and answers others is alive; where nothing comes at all, the connection
  // is dead.
  if (!asked_.empty() && now - heard_ >= dead_after()) lost({{}, dns::Outcome::timeout, "no reply in time"});
  const bool idle = waiting_.empty() && asked_.empty();
  if (idle && !connected_) connection_.reset();  // the next question begins with a connection of its own
  if (idle && now - heard_ >= idle_time) {
    connection_.reset();
    connected_ = false;
  }
  if (!idle || connection_) timer_.set(now + tick_length);
}

/// A connection on which nothing comes may be gone without a word: where it was of use before, there is time
/// to ask on another one. Not where the server is known to be as slow as that.
Clock::duration TcpClient::dead_after() const {
  if (!answered_) return timeout_;
  return std::min<Clock::duration>(timeout_, std::max<Clock::duration>(timeout_ * 3 / 5, 2 * slowest_));
}

/// Whose time is over ends, and the others wait on: answers come in any order (RFC 7766 §7).
void TcpClient::end_late(Clock::time_point now) {
  std::vector<Item> late;
  for (auto item = asked_.begin(); item != asked_.end();) {
    if (now < item->second.deadline) {
      ++item;
    } else {
      late.push_back(std::move(item->second));
      item = asked_.erase(item);
    }
  }
  for (auto item = waiting_.begin(); item != waiting_.end();) {
    if (now < item->last_deadline) {
      ++item;
    } else {
      late.push_back(std::move(*item));
      item = waiting_.erase(item);
    }
  }
  if (connected_) send_waiting();
  for (const auto& item : late) end(item, {{}, dns::Outcome::timeout, "no reply in time"});
}

void TcpClient::end(const Item& item, const Reply& failure) { done_(item.token, failure); }

}  // namespace rdnsgate::resolve
