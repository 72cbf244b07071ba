// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ip.h"
#include "dns/delegation/delegation.h"
#include "dns/wire/message.h"
#include "resolve/net/endpoint.h"
#include "resolve/net/loop.h"
#include "resolve/net/random.h"
#include "resolve/net/retry_time.h"
#include "resolve/net/socket_pool.h"
#include "resolve/net/tcp_client.h"

namespace rdnsgate::resolve {

/// How a question travels.
enum class Via : std::uint8_t {
  udp,     ///< UDP, and TCP where the reply is truncated
  tcp,     ///< TCP alone
  either,  ///< UDP, but TCP where UDP is known to be dead
};

struct AuthorityQuery {
  IpAddress server;
  dns::Name name;
  dns::RrType type{};
  Via via = Via::either;
  bool recursion_desired = false;  ///< RD: whether it recurses is what is asked
  bool mix_case = false;           ///< letters in a random case (0x20)
  bool lone = false;      ///< one that a server may drop while it answers others: silence is not remembered
  unsigned tries = 0;     ///< over UDP; 0 for what the options say
  milliseconds every{0};  ///< from try to try over UDP; 0 for what the server's answers take
  std::uint8_t edns_version = 0;  ///< of another one the refusal is the answer (RFC 6891 §6.1.3)
  bool keep = false;              ///< the reply is kept as it came, to verify its signatures
};

struct AuthorityOptions {
  milliseconds try_timeout{1000};       ///< to the second try, of a server that nobody has heard (RetryTime)
  milliseconds question_timeout{5000};  ///< all tries of one question together, each open until its end
  unsigned tries = 3;                   ///< over UDP; the last of three or more goes without EDNS
  unsigned most_questions = 1000;       ///< packets and TCP questions in all
  /// To one server, further tries and TCP included; 0 for no limit, nullopt for what is polite (rate_limit.h).
  std::optional<unsigned> questions_per_second;
  std::uint16_t port = 53;
  std::shared_ptr<dns::PacketLog> packets = nullptr;  ///< where messages are kept as they came; nullptr: nowhere
  const std::atomic<bool>* stop = nullptr;  ///< set from another thread: nothing more is asked
};

/// Asks many name servers at once, without RD unless told to, and waits. A server that was silent once is not
/// asked again over the same transport: a walk meets the same servers many times.
class AuthorityClient {
 public:
  AuthorityClient(Loop& loop, const AuthorityOptions& options, Clock::time_point deadline);
  ~AuthorityClient();

  /// One exchange for each query, in their order. Serves the loop; not to be called from inside it.
  std::vector<dns::Exchange> ask(const std::vector<AuthorityQuery>& queries);

  /// Lets time pass, but no more than the asking has left.
  void wait(milliseconds time);

  unsigned spent() const { return spent_; }
  /// What is left of the limit on questions, and of the time.
  unsigned questions_left() const {
    return options_.most_questions - std::min(spent_, options_.most_questions);
  }
  Clock::duration time_left() const { return deadline_ - std::min(deadline_, Clock::now()); }
  const AuthorityOptions& options() const { return options_; }
  /// Some server of the address's family has answered over that transport: it works from here.
  bool leads_out(const IpAddress& family, bool tcp) const {
    return heard_[tcp ? 1 : 0][family.is_v4() ? 0 : 1];
  }
  /// A server of the same family that has answered over UDP; nullopt for none but this one.
  std::optional<IpAddress> witness_beside(const IpAddress& address) const;
  /// The limit on questions, the deadline or `stop` has ended the asking.
  bool exhausted() const;

 private:
  using JobId = std::uint16_t;
  struct Server;
  /// One packet of a question, whose reply answers it until the question's end.
  struct Try {
    std::uint16_t id = 0;
    Clock::time_point sent{};
    bool edns = true;
    bool went = false;  ///< it left this machine
  };
  struct Job {
    const AuthorityQuery* query = nullptr;
    dns::Exchange* exchange = nullptr;
    Server* server = nullptr;
    Clock::time_point begun{}, sent{};                      ///< the first try; the last
    Clock::time_point deadline = Clock::time_point::max();  ///< while it is asked over UDP: of the last try
    std::uint64_t letter_case = 0;
    std::vector<Try> tries;  ///< over UDP, unanswered
    std::string failed;      ///< SERVFAIL in reply to one of them
    bool edns = true, formerr = false, open = true;
  };

  Server& server_at(const IpAddress& address);
  void begin(JobId job);
  void pump(Server& server);
  void ask_again(JobId job);
  void write(std::string& packet, std::uint16_t id, const Job& job) const;
  void launch(JobId job);
  void ask_tcp(JobId job);
  void arrived(Server& server, std::string_view packet);
  void failed(Server& server, int error);
  void tcp_done(JobId job, const TcpClient::Reply& reply);
  void judge(JobId job, std::string_view message, const Try& to);
  void close_try(JobId job, std::uint16_t id);
  void close_tries(JobId job);
  void silent(JobId job, dns::Silence silence, dns::Outcome outcome, std::string reason);
  void finish(JobId job);
  void expire();
  void overdue(JobId job, Clock::time_point now);
  void end_silent(JobId job);
  Clock::time_point end_of(const Job& job) const;
  unsigned most_tries(const Job& job) const;
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
  bool heard_[2][2] = {{false, false}, {false, false}};  ///< over UDP, over TCP: IPv4, IPv6
};

}  // namespace rdnsgate::resolve
