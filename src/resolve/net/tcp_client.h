// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dns/facts/fact.h"
#include "resolve/net/endpoint.h"
#include "resolve/net/loop.h"
#include "resolve/net/random.h"
#include "resolve/net/tls.h"

struct bufferevent;

namespace rdnsgate::resolve {

/// DNS over TCP to one server (RFC 7766), or over TLS (RFC 7858): one connection, a few questions pipelined
/// on it, closed when idle.
class TcpClient {
 public:
  /// How a question ended. `message` is empty unless a reply came; it is valid only during the call.
  struct Reply {
    std::string_view message;
    dns::Outcome failure = dns::Outcome::timeout;  ///< where there is no message: timeout or unreachable
    std::string reason;
    int error = 0;           ///< errno of `unreachable`, where the operating system gave one
    bool untrusted = false;  ///< over TLS: its certificate was refused
  };
  using Done = std::function<void(std::uint16_t token, const Reply& reply)>;

  /// `timeout`: for a connection, and for a question on it. `tls`: nullptr for plain TCP.
  TcpClient(Loop& loop, const Endpoint& server, milliseconds timeout, Done done,
            std::shared_ptr<const Tls> tls = nullptr);
  ~TcpClient();

  /// Asks; `done` is called later, from inside the loop, and not long after `deadline`. `token` is the
  /// caller's; `query` is the message, whose id is drawn here.
  void ask(std::uint16_t token, const dns::Question& question, std::string query, Clock::time_point deadline);
  /// Ends the connection where no question waits for it: what more the server has to say is not wanted.
  void hang_up();

 private:
  struct Item {
    std::uint16_t token;
    dns::Question question;
    std::string query;
    Clock::time_point last_deadline;  ///< whatever happens
    Clock::time_point deadline;       ///< of this try
    Clock::time_point asked;          ///< when this try went out
    bool again = false;               ///< was on a connection that the server closed
  };
  struct Close {
    void operator()(bufferevent* connection) const;
  };

  static void on_readable(bufferevent*, void* self) { static_cast<TcpClient*>(self)->receive(); }
  static void on_event(bufferevent*, short what, void* self) { static_cast<TcpClient*>(self)->changed(what); }

  void connect();
  void send_waiting();
  void receive();
  void changed(short what);
  void failed_tls(short what);
  void lost(const Reply& failure);
  void tick();
  Clock::duration dead_after() const;
  void end_late(Clock::time_point now);
  void end(const Item& item, const Reply& failure);
  void keep(bool is_query, std::string_view message);

  Loop& loop_;
  const Endpoint& server_;
  milliseconds timeout_;
  Done done_;
  std::shared_ptr<const Tls> tls_;
  Timer timer_;
  Random random_;
  std::unique_ptr<bufferevent, Close> connection_;
  bool connected_ = false, answered_ = false;
  int connect_error_ = 0;  ///< errno where no connection could even be begun
  Clock::time_point connect_deadline_{};
  Clock::time_point heard_{};  ///< when the server last showed life, or was first asked after a pause
  Clock::duration slowest_{};  ///< reply of this server so far
  std::deque<Item> waiting_;
  std::unordered_map<std::uint16_t, Item> asked_;  // by message id
};

}  // namespace rdnsgate::resolve
