// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <deque>
#include <string>

#include "resolve/adapter.h"
#include "resolve/endpoint.h"
#include "resolve/in_flight.h"
#include "resolve/rate_limit.h"
#include "resolve/socket_pool.h"
#include "resolve/tcp_client.h"
#include "resolve/window.h"

namespace rdnsgate::resolve {

/// Asks one resolver directly: RD and DO over UDP, TCP where the answer is truncated, CD where it fails.
class DirectClient : public Adapter {
 public:
  /// `questions_per_second` 0: as fast as the window allows.
  DirectClient(Loop& loop, const Endpoint& server, unsigned questions_per_second, const PanelOptions& options,
               Deliver deliver);

  std::size_t room() const override;
  void ask(dns::Question question) override { queue_.push_back(std::move(question)); }
  void flush() override;

 private:
  using JobId = std::uint16_t;

  void admit();
  bool send_batch();
  void take_back(std::size_t sent, std::size_t count);
  void arrived(std::uint16_t socket, std::string_view packet);
  void socket_failed(std::uint16_t socket, int error);
  void tcp_done(JobId job, const TcpClient::Reply& reply);
  void expire();
  void judge(JobId job, dns::Fact&& fact);
  void judge_servfail(JobId job, dns::Fact&& fact);
  void note_silence(const Job& job, Clock::time_point now);
  void end(JobId job, dns::Outcome outcome, const std::string& reason);
  void finish(JobId job, dns::Fact&& fact);
  void fail_all(dns::Outcome outcome, const std::string& reason);
  void arm_timer();
  bool may_retry(const Job& job) const;
  dns::QueryOptions query_options(const Job& job) const;

  Endpoint server_;
  PanelOptions options_;
  Deliver deliver_;
  RateLimit rate_;
  Window window_;
  InFlight jobs_;
  SocketPool sockets_;
  TcpClient tcp_;
  Timer timeout_, wake_;
  Clock::time_point armed_for_ = Clock::time_point::max();
  std::deque<dns::Question> queue_;
  std::deque<JobId> to_send_;
  std::array<std::string, SocketPool::batch> packets_;
  std::array<JobId, SocketPool::batch> batch_{};
  Clock::time_point last_reply_{}, aside_until_{};
  unsigned silent_ = 0;  ///< tries in a row without any reply
};

}  // namespace rdnsgate::resolve
