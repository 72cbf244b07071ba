// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/walk/authority_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <utility>

#include "base/text/text.h"
#include "resolve/net/rate_limit.h"

namespace rdnsgate::resolve {
namespace {

constexpr std::size_t window = 8;  // questions at once to one server, which is somebody else's
constexpr std::size_t most_queries_taken = 10'000;
constexpr milliseconds glance(100);  // at `stop`

/// What an errno says of the server: only a refusal is the host's own word.
dns::Silence silence_of(int error) {
  if (error == ECONNREFUSED || error == ECONNRESET) return dns::Silence::closed;
  // What this machine is short of says nothing of the server, and may be there again for the next question.
  if (error == EMFILE || error == ENFILE || error == ENOMEM || error == ENOBUFS)
    return dns::Silence::not_asked;
  const bool here = error == ENETUNREACH || error == EADDRNOTAVAIL || error == EAFNOSUPPORT ||
                    error == EACCES || error == EPERM;
  return here ? dns::Silence::no_route : dns::Silence::timeout;
}

/// A server that does not know EDNS says one of these (RFC 6891 §7, and older ones by RFC 2671 §5.3).
bool refuses_edns(const dns::AuthorityReply& reply) {
  return reply.kind == dns::ReplyKind::failed && (reply.rcode == 1 || reply.rcode == 4 || reply.rcode == 16);
}

}  // namespace

struct AuthorityClient::Server {
  Server(AuthorityClient& client, const IpAddress& address)
      : endpoint(address, client.options_.port),
        udp(client.loop_, endpoint, 1,
            {[&client, this](std::uint16_t, std::string_view packet) { client.arrived(*this, packet); },
             [&client, this](std::uint16_t, int error) { client.failed(*this, error); }}),
        tcp(client.loop_, endpoint, client.options_.question_timeout,
            [&client](JobId job, const TcpClient::Reply& reply) { client.tcp_done(job, reply); }),
        retry(client.options_.try_timeout, client.options_.question_timeout),
        rate(client.options_.questions_per_second.value_or(rate_for_own_zones(address))) {}

  Endpoint endpoint;
  SocketPool udp;
  TcpClient tcp;
  RetryTime retry;
  RateLimit rate;
  std::unordered_map<std::uint16_t, JobId> by_id;
  std::size_t asked = 0;  ///< questions over UDP that are open
  bool heard = false;     ///< over UDP
  std::deque<JobId> waiting;
  // How the transport ended when it led nowhere; what follows ends in the same way, unasked.
  std::unique_ptr<dns::Exchange> udp_silence, tcp_silence;
};

AuthorityClient::AuthorityClient(Loop& loop, const AuthorityOptions& options, Clock::time_point deadline)
    : loop_(loop), options_(options), deadline_(deadline) {}

AuthorityClient::~AuthorityClient() = default;

bool AuthorityClient::exhausted() const {
  return spent_ >= options_.most_questions || Clock::now() >= deadline_ || stopped();
}

AuthorityClient::Server& AuthorityClient::server_at(const IpAddress& address) {
  auto& server = servers_[address];
  if (!server) server = std::make_unique<Server>(*this, address);
  return *server;
}

std::vector<dns::Exchange> AuthorityClient::ask(const std::vector<AuthorityQuery>& queries) {
  std::vector<dns::Exchange> exchanges(queries.size());
  const auto count = std::min(queries.size(), most_queries_taken);
  jobs_.assign(count, Job{});
  open_ = count;
  for (std::size_t i = 0; i < count; ++i) {
    jobs_[i].query = &queries[i];
    jobs_[i].exchange = &exchanges[i];
    jobs_[i].server = &server_at(queries[i].server);
    exchanges[i].asked = true;
    if (queries[i].mix_case) jobs_[i].letter_case = random_.next64();
    begin(static_cast<JobId>(i));
  }
  while (open_ > 0) {
    auto next = next_deadline();
    if (options_.stop != nullptr) next = std::min(next, Clock::now() + glance);  // who sets it wakes no loop
    loop_.serve(next);
    expire();
    if (open_ > 0 && (Clock::now() >= deadline_ || stopped())) abandon();
  }
  return exchanges;
}

void AuthorityClient::wait(milliseconds time) {
  for (const auto end = std::min(Clock::now() + time, deadline_); Clock::now() < end && !stopped();)
    loop_.serve(std::min(end, Clock::now() + glance));
}

/// Says of `failed` what was said when this transport first led nowhere.
void AuthorityClient::begin(JobId job) {
  auto& it = jobs_[job];
  auto& server = *it.server;
  const auto via = it.query->via;
  // A lone question is about the question: what other questions met says nothing of it.
  const bool lone = it.query->lone;
  const bool tcp =
      via == Via::tcp || (via == Via::either && !lone && server.udp_silence && !server.tcp_silence);
  const auto& before = tcp ? server.tcp_silence : server.udp_silence;
  if (before && !lone) {
    *it.exchange = *before;
    return finish(job);
  }
  if (!tcp) {
    server.waiting.push_back(job);
    return pump(server);
  }
  ask_tcp(job);
}

bool AuthorityClient::may_spend() {
  if (exhausted()) return false;
  ++spent_;
  return true;
}

void AuthorityClient::pump(Server& server) {
  while (!server.waiting.empty() && server.asked < window && server.rate.take(1, Clock::now()) == 1) {
    const auto job = server.waiting.front();
    server.waiting.pop_front();
    launch(job);
  }
}

/// A further try, whose time has come; what waits for its first waits the longer.
void AuthorityClient::ask_again(JobId job) {
  jobs_[job].server->rate.spend();
  launch(job);
}

void AuthorityClient::write(std::string& packet, std::uint16_t id, const Job& job) const {
  dns::write_query(packet, id, job.query->name, job.query->type,
                   {.recursion_desired = job.query->recursion_desired,
                    .udp_size = static_cast<std::uint16_t>(job.edns ? 1232 : 0),
                    .edns_version = job.query->edns_version,
                    .letter_case = job.letter_case});
}

Clock::time_point AuthorityClient::end_of(const Job& job) const {
  const auto& query = *job.query;
  if (query.every.count() == 0) return job.begun + options_.question_timeout;
  // The replies to the last tries have as long as those of a question's own last tries.
  return job.begun + query.tries * query.every + options_.question_timeout * 2 / 5;
}

unsigned AuthorityClient::most_tries(const Job& job) const {
  return job.query->tries != 0 ? job.query->tries : options_.tries;
}

void AuthorityClient::launch(JobId job) {
  auto& it = jobs_[job];
  auto& server = *it.server;
  if (!may_spend()) {
    close_tries(job);
    return silent(job, dns::Silence::not_asked, dns::Outcome::unanswered, "the walk has reached its limit");
  }
  std::uint16_t socket = 0;
  int error = 0;
  if (!server.udp.pick(socket, error)) {
    close_tries(job);
    return silent(job, silence_of(error), dns::Outcome::unreachable, errno_text(error));
  }
  Try to;
  do {
    to.id = random_.next();
  } while (server.by_id.count(to.id) != 0);
  to.sent = it.sent = Clock::now();
  to.edns = it.edns;
  if (it.tries.empty() && it.exchange->tries == 0) it.begun = to.sent;
  if (it.tries.empty()) ++server.asked;
  server.by_id.emplace(to.id, job);
  it.tries.push_back(to);
  ++it.exchange->tries;
  const auto next = it.query->every.count() != 0 ? Clock::duration(it.query->every)
                                                 : server.retry.after(it.exchange->tries);
  it.deadline = std::min(to.sent + next, end_of(it));
  std::array<std::string, SocketPool::batch> packets;
  write(packets[0], to.id, it);
  it.tries.back().went = server.udp.send(socket, packets, 1, error) == 1;
  // A full buffer is a lost packet. Any other error may be the news (ICMP) about an earlier one: all get it.
  if (error == 0 || error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS) return;
  failed(server, error);
}

void AuthorityClient::close_try(JobId job, std::uint16_t id) {
  auto& it = jobs_[job];
  const auto place =
      std::find_if(it.tries.begin(), it.tries.end(), [&](const Try& to) { return to.id == id; });
  if (place->went) it.server->udp.done(0);
  it.server->by_id.erase(id);
  it.tries.erase(place);
  if (it.tries.empty()) --it.server->asked;
}

/// The question waits for no reply over UDP any more.
void AuthorityClient::close_tries(JobId job) {
  auto& it = jobs_[job];
  while (!it.tries.empty()) close_try(job, it.tries.back().id);
  it.deadline = Clock::time_point::max();
}

void AuthorityClient::ask_tcp(JobId job) {
  auto& it = jobs_[job];
  if (!may_spend())
    return silent(job, dns::Silence::not_asked, dns::Outcome::unanswered, "the walk has reached its limit");
  it.sent = Clock::now();
  it.server->rate.spend();
  if (it.exchange->tries == 0) it.begun = it.sent;
  it.exchange->over_tcp = true;
  ++it.exchange->tries;
  it.deadline = Clock::time_point::max();  // the TCP client keeps the time
  std::string query;
  write(query, 0, it);
  it.server->tcp.ask(job, {0, it.query->name, it.query->type}, std::move(query), end_of(it));
}

void AuthorityClient::arrived(Server& server, std::string_view packet) {
  const auto head = dns::head_of(packet);
  if (!head) return;
  const auto id = head->id;
  const auto found = server.by_id.find(id);
  if (found == server.by_id.end()) return;
  const auto job = found->second;
  auto& it = jobs_[job];
  if (!dns::answers(packet, id, it.query->name, it.query->type))
    return;  // somebody else's: the true one may follow
  const Try to =
      *std::find_if(it.tries.begin(), it.tries.end(), [&](const Try& open) { return open.id == id; });
  close_try(job, id);
  server.retry.measured(Clock::now() - to.sent);
  server.udp_silence.reset();
  heard_[0][server.endpoint.family() == AF_INET ? 0 : 1] = server.heard = true;
  if (head->truncated) {
    close_tries(job);
    it.edns = to.edns;
    ask_tcp(job);
  } else {
    judge(job, packet, to);
  }
  pump(server);
}

void AuthorityClient::judge(JobId job, std::string_view message, const Try& to) {
  auto& it = jobs_[job];
  auto& exchange = *it.exchange;
  auto reply = dns::read_authority_reply(
      message, it.query->name,
      // A transfer begins with the SOA record (RFC 5936 §2.2), and may go on for long.
      it.query->type == dns::type_axfr ? dns::RrType::SOA : it.query->type);
  if (it.query->type == dns::type_axfr) it.server->tcp.hang_up();
  const bool plain = it.query->edns_version == 0;  // a refusal of another version is not one of EDNS
  const bool refused = to.edns && plain && refuses_edns(reply) && !reply.edns;
  if (refused && it.formerr && !it.tries.empty()) return;  // the question without EDNS is on its way
  const bool passing = reply.kind == dns::ReplyKind::failed && reply.rcode == 2 && !exchange.over_tcp;
  if (passing && exchange.tries < 2) return ask_again(job);
  // Others of its tries may still be answered: a server that failed once may have what was asked by then.
  if (passing && !it.tries.empty() && it.failed.empty()) {
    it.failed = std::string(message);
    return;
  }
  close_tries(job);
  if (refused && !it.formerr) {
    it.edns = false;
    it.formerr = true;
    return exchange.over_tcp ? ask_tcp(job) : ask_again(job);
  }
  exchange.rtt_us = microseconds_between(to.sent, Clock::now());
  exchange.reply = std::move(reply);
  if (it.query->keep) exchange.message = std::string(message);
  exchange.case_changed =
      it.query->mix_case && !dns::keeps_letter_case(message, it.query->name, it.letter_case);
  if (to.edns) {
    exchange.edns = exchange.reply.edns ? dns::Edns::yes : dns::Edns::no;
  } else {
    exchange.edns = it.formerr ? dns::Edns::refused : dns::Edns::dropped;
  }
  finish(job);
}

void AuthorityClient::failed(Server& server, int error) {
  std::set<JobId> lost;
  for (const auto& [id, job] : server.by_id) lost.insert(job);
  for (const auto job : lost) {
    close_tries(job);
    silent(job, silence_of(error), dns::Outcome::unreachable, errno_text(error));
  }
}

void AuthorityClient::tcp_done(JobId job, const TcpClient::Reply& reply) {
  const auto& it = jobs_[job];
  if (!reply.message.empty()) {
    it.server->tcp_silence.reset();
    heard_[1][it.server->endpoint.family() == AF_INET ? 0 : 1] = true;
    return judge(job, reply.message, {0, it.sent, it.edns});
  }
  const auto silence = reply.error != 0 ? silence_of(reply.error) : dns::Silence::timeout;
  silent(job, silence, reply.failure, reply.reason);
}

/// No reply. The transport is remembered as one that leads nowhere.
void AuthorityClient::silent(JobId job, dns::Silence silence, dns::Outcome outcome, std::string reason) {
  auto& exchange = *jobs_[job].exchange;
  exchange.silence = silence;
  exchange.reply = {};
  exchange.reply.failure = outcome;
  exchange.reply.reason = std::move(reason);
  auto& server = *jobs_[job].server;
  if (silence != dns::Silence::not_asked && !jobs_[job].query->lone) {
    auto& memory = exchange.over_tcp ? server.tcp_silence : server.udp_silence;
    memory = std::make_unique<dns::Exchange>(exchange);
  }
  finish(job);
  // What waits for the same transport ends with it, or goes the other way.
  if (!exchange.over_tcp && server.udp_silence) {
    auto waiting = std::move(server.waiting);
    server.waiting.clear();
    for (const auto other : waiting) begin(other);
  }
}

void AuthorityClient::finish(JobId job) {
  if (!std::exchange(jobs_[job].open, false)) return;
  --open_;
}

std::optional<IpAddress> AuthorityClient::witness_beside(const IpAddress& address) const {
  for (const auto& [other, server] : servers_) {
    if (server->heard && other != address && other.is_v4() == address.is_v4()) return other;
  }
  return std::nullopt;
}

void AuthorityClient::expire() {
  const auto now = Clock::now();
  // An error may have ended all that were in flight, or the rate lets one more go.
  for (const auto& [address, server] : servers_) pump(*server);
  for (std::size_t i = 0; i < jobs_.size(); ++i) {
    if (jobs_[i].open && jobs_[i].deadline <= now) overdue(static_cast<JobId>(i), now);
  }
}

/// Nobody has answered the last try in the time after which it is asked again.
void AuthorityClient::overdue(JobId job, Clock::time_point now) {
  auto& it = jobs_[job];
  if (now >= end_of(it)) return end_silent(job);
  if (it.exchange->tries >= most_tries(it)) {
    it.deadline = end_of(it);
    return;
  }
  // A server, or a middlebox before it (RFC 6891 §6.2.6), may drop what it does not know.
  if (it.query->tries == 0 && options_.tries > 2 && it.exchange->tries + 1u == options_.tries)
    it.edns = false;
  ask_again(job);
}

void AuthorityClient::end_silent(JobId job) {
  auto& it = jobs_[job];
  auto& server = *it.server;
  if (!it.failed.empty()) {
    const auto failed = std::exchange(it.failed, {});
    const Try to = it.tries.front();
    close_tries(job);
    judge(job, failed, to);
  } else {
    close_tries(job);
    silent(job, dns::Silence::timeout, dns::Outcome::timeout,
           fmt::format("no reply to {}", counted(it.exchange->tries, "try", "tries")));
  }
  pump(server);
}

/// The deadline is over. Connections end with their servers, so that nothing calls back for these jobs.
void AuthorityClient::abandon() {
  servers_.clear();
  for (auto& it : jobs_) {
    if (!it.open) continue;
    it.exchange->reply = {};
    it.exchange->silence = dns::Silence::not_asked;
    it.exchange->reply.reason = "the time for the walk is over";
    it.open = false;
  }
  open_ = 0;
}

Clock::time_point AuthorityClient::next_deadline() const {
  auto next = deadline_;
  for (const auto& it : jobs_) {
    if (it.open) next = std::min(next, it.deadline);
  }
  for (const auto& [address, server] : servers_) {
    if (!server->waiting.empty() && server->asked < window)
      next = std::min(next, server->rate.next(Clock::now()));
  }
  return next;
}

}  // namespace rdnsgate::resolve
