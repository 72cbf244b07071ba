// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "dns/wire/message.h"
#include "resolve/adapters/adapter.h"
#include "resolve/net/circuit_breaker.h"
#include "resolve/net/cookies.h"
#include "resolve/net/endpoint.h"
#include "resolve/net/in_flight.h"
#include "resolve/net/rate_limit.h"
#include "resolve/net/retry_time.h"
#include "resolve/net/socket_pool.h"
#include "resolve/net/tcp_client.h"
#include "resolve/net/window.h"

namespace rdnsgate::resolve {

/// How one server is asked.
struct ServerOptions {
  unsigned questions_per_second = 0;  ///< 0: as fast as the window allows
  bool mix_case = false;              ///< 0x20: the question in random upper and lower case
  /// Everything over TLS; nullptr for UDP, and TCP where it is needed.
  std::shared_ptr<const Tls> tls = nullptr;
  /// Set for a name server, which is asked without RD, and without DO unless its signatures are wanted.
  /// Called in place of delivering where it says that others hold the name, with the aliases that led there;
  /// as Deliver, never from inside ask().
  std::function<void(dns::Question&&, std::vector<dns::RRset>&&)> referred = {};
  /// Set for a name server: sees the message of each answer, or of an alias beside a referral, before it is
  /// delivered, once want_signatures() was called.
  std::function<void(const dns::Question&, std::string_view)> inspect = {};
};

/// Asks one resolver, or one name server, directly: RD and DO over UDP with a cookie, TCP where the answer is
/// truncated or its origin doubtful, without EDNS where that is refused, CD where it fails. Every try of a
/// question stays open until the question's end: a late answer to the first is an answer. Or the same over
/// TLS, and nothing but TLS: a server that does not prove who it is, is not asked.
class DirectClient : public Adapter {
 public:
  DirectClient(Loop& loop, const Endpoint& server, const ServerOptions& server_options,
               const PanelOptions& options, Deliver deliver);

  std::size_t room() const override;
  void ask(dns::Question question) override { queue_.push_back(std::move(question)); }
  void flush() override;
  /// From now on a name server is asked with DO: it holds a zone to which a chain of trust leads.
  void want_signatures() { signatures_ = true; }

 private:
  using JobId = std::uint16_t;

  // Asking: direct_client.cpp.
  void admit();
  bool send_batch();
  void fill_batch(std::size_t count, std::uint16_t socket, Clock::time_point now);
  void wait_for_rate(Clock::time_point now);
  void put_on_wire(JobId job, std::uint16_t socket, Clock::time_point now, std::string& packet);
  void take_back(std::size_t sent, std::size_t count);
  bool send_failed(std::uint16_t socket, std::size_t count, int error);
  bool only_tcp() const { return over_tls_ || !keeps_case_; }
  bool send_over_tcp(Clock::time_point now);
  void ask_over_tcp(JobId job);
  void stand_in_line(JobId job);
  void leave_line(JobId job);
  void ask_in_another_form(JobId job);
  std::size_t to_send() const { return again_.size() + to_send_.size(); }
  JobId next_to_send();
  void arrived(std::uint16_t socket, std::string_view packet);
  void note_reply(const Try& to, Clock::time_point now);
  void close_try(JobId job, const Try& open);
  void close_tries(JobId job);
  void socket_failed(std::uint16_t socket, int error);
  void expire();
  void expire(JobId job, Clock::time_point now);
  void overdue(JobId job, Clock::time_point now);
  void fail_waiting(dns::Outcome outcome, const std::string& reason);
  void arm_timer();
  Clock::time_point end_of(const Job& job) const { return job.begun + options_.question_timeout; }
  bool in_time(const Job& job) const;
  bool may_retry(const Job& job) const { return job.tries_left > 0 && in_time(job); }
  dns::QueryOptions query_options(const Try& to) const;
  static Try try_over_tcp(const Job& job);

  // What a reply, or none, means: direct_client_replies.cpp.
  void tcp_done(JobId job, const TcpClient::Reply& reply);
  void tcp_failed(JobId job, const TcpClient::Reply& reply);
  bool is_ours(Job& job, const Try& to, const dns::Fact& fact, const dns::ResponseNotes& notes);
  void judge(JobId job, const Try& to, dns::Fact&& fact, dns::ResponseNotes&& notes);
  void judge(JobId job, const Try& to, dns::Fact&& fact);
  void inspect(const dns::Fact& fact, const dns::ResponseNotes& notes, std::string_view message) const;
  bool asked_otherwise(JobId job, const Try& to, const dns::Fact& fact);
  void judge_servfail(JobId job, const Try& to, dns::Fact&& fact);
  void give_up_on_servfail(JobId job, dns::Fact&& fact);
  void end(JobId job, dns::Outcome outcome, const std::string& reason);
  void finish(JobId job, dns::Fact&& fact);

  Endpoint server_;
  PanelOptions options_;
  Deliver deliver_;
  Random random_;
  Cookies cookies_;
  CircuitBreaker breaker_;
  RateLimit rate_;
  RetryTime retry_;
  Window window_;
  InFlight jobs_;
  SocketPool sockets_;
  TcpClient tcp_;
  Timer timeout_, wake_;
  Clock::time_point armed_for_ = Clock::time_point::max();
  std::deque<dns::Question> queue_;
  std::deque<JobId> to_send_;  ///< never sent yet
  std::deque<JobId> again_;    ///< sent before: their time runs, so they go first; in_line
  std::array<std::string, SocketPool::batch> packets_;
  std::array<JobId, SocketPool::batch> batch_{};
  std::function<void(dns::Question&&, std::vector<dns::RRset>&&)> referred_;
  std::function<void(const dns::Question&, std::string_view)> inspect_;
  bool mix_case_, over_tls_, signatures_ = false;
  // What was found out about the server, for as long as the run lasts.
  bool edns_ = true, speaks_edns_ = false, keeps_case_ = true;
  std::string untrusted_;  ///< why its certificate was refused, while that was the last news
};

}  // namespace rdnsgate::resolve
