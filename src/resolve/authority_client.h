// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ip.h"
#include "dns/delegation.h"
#include "dns/message.h"
#include "resolve/endpoint.h"
#include "resolve/loop.h"
#include "resolve/random.h"
#include "resolve/socket_pool.h"
#include "resolve/tcp_client.h"

namespace rdnsgate::resolve {

/// How a question travels.
enum class Via : std::uint8_t {
  udp,     ///< UDP, and TCP where the reply is truncated
  tcp,     ///< TCP alone
  either,  ///< UDP, but TCP where UDP is known to lead nowhere
};

struct AuthorityQuery {
  IpAddress server;
  dns::Name name;
  dns::RrType type{};
  Via via = Via::either;
  bool recursion_desired = false;  ///< RD: whether it recurses is what is asked
  bool mix_case = false;           ///< letters in a random case (0x20)
  bool lone = false;   ///< one that a server may drop while it answers others: silence is not remembered
  unsigned tries = 0;  ///< over UDP; 0 for what the options say
  std::uint8_t edns_version = 0;  ///< of another one the refusal is the answer (RFC 6891 §6.1.3)
};

struct AuthorityOptions {
  milliseconds try_timeout{1000};
  unsigned tries = 3;              ///< over UDP; the last of three or more goes without EDNS
  unsigned most_questions = 1000;  ///< packets and TCP questions in all
  std::uint16_t port = 53;
  const std::atomic<bool>* stop = nullptr;  ///< set from another thread: nothing more is asked
};

/// Asks many name servers at once, without RD unless told to, and waits. Who was silent once is not asked
/// again over the same transport: a walk meets the same servers many times.
class AuthorityClient {
 public:
  AuthorityClient(Loop& loop, const AuthorityOptions& options, Clock::time_point deadline);
  ~AuthorityClient();

  /// One exchange for each query, in their order. Serves the loop; not to be called from inside it.
  std::vector<dns::Exchange> ask(const std::vector<AuthorityQuery>& queries);

  /// Lets time pass, but no more than the asking has left.
  void wait(milliseconds time);

  unsigned spent() const { return spent_; }
  /// The limit on questions, the deadline, or who set `stop`, has ended the asking.
  bool exhausted() const;

 private:
  using JobId = std::uint16_t;
  struct Server;
  struct Job {
    const AuthorityQuery* query = nullptr;
    dns::Exchange* exchange = nullptr;
    Server* server = nullptr;
    Clock::time_point sent{}, deadline{};
    std::uint64_t letter_case = 0;
    std::uint16_t id = 0;
    bool edns = true, formerr = false, open = true;
  };

  Server& server_at(const IpAddress& address);
  void begin(JobId job);
  void pump(Server& server);
  void write(std::string& packet, std::uint16_t id, const Job& job) const;
  void launch(JobId job);
  void ask_tcp(JobId job);
  void arrived(Server& server, std::string_view packet);
  void failed(Server& server, int error);
  void tcp_done(JobId job, const TcpClient::Reply& reply);
  void judge(JobId job, std::string_view message);
  void silent(JobId job, dns::Silence silence, dns::Outcome outcome, std::string reason);
  void finish(JobId job);
  void expire();
  void abandon();
  bool stopped() const { return options_.stop != nullptr && *options_.stop; }
  bool may_spend();
  Clock::time_point next_deadline() const;

  Loop& loop_;
  AuthorityOptions options_;
  Clock::time_point deadline_;
  Random random_;
  std::map<IpAddress, std::unique_ptr<Server>> servers_;
  std::vector<Job> jobs_;  // of the present ask()
  std::size_t open_ = 0;
  unsigned spent_ = 0;
};

}  // namespace rdnsgate::resolve
