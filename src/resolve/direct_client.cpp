// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/direct_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/text.h"
#include "dns/ede.h"
#include "dns/message.h"

namespace rdnsgate::resolve {
namespace {

// Enough sockets that the answers to a whole window fit into their receive buffers.
constexpr std::size_t questions_per_socket = 125, most_sockets = 16;
constexpr unsigned silence_limit = 20;
constexpr seconds aside_time(60);
constexpr milliseconds full_buffer_pause(1);

Time wall_clock() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

std::uint32_t microseconds_between(Clock::time_point from, Clock::time_point to) {
  const auto passed = std::chrono::duration_cast<std::chrono::microseconds>(to - from).count();
  return static_cast<std::uint32_t>(std::clamp<decltype(passed)>(passed, 0, UINT32_MAX));
}

std::string set_aside_reason() {
  return fmt::format("server set aside after {} unanswered questions", silence_limit);
}

}  // namespace

DirectClient::DirectClient(Loop& loop, const Endpoint& server, unsigned questions_per_second,
                           const PanelOptions& options, Deliver deliver)
    : server_(server),
      options_(options),
      deliver_(std::move(deliver)),
      rate_(questions_per_second),
      window_(options.in_flight),
      jobs_(options.in_flight),
      sockets_(loop, server_,
               std::clamp<std::size_t>(options.in_flight / questions_per_socket, 1, most_sockets),
               {[this](std::uint16_t socket, std::string_view packet) { arrived(socket, packet); },
                [this](std::uint16_t socket, int error) { socket_failed(socket, error); }}),
      tcp_(loop, server_, options.try_timeout,
           [this](JobId job, const TcpClient::Reply& reply) { tcp_done(job, reply); }),
      timeout_(loop, [this] { expire(); }),
      wake_(loop, [] {}) {}

std::size_t DirectClient::room() const {
  const std::size_t busy = jobs_.size() + queue_.size();
  return busy < options_.in_flight ? options_.in_flight - busy : 0;
}

dns::QueryOptions DirectClient::query_options(const Job& job) const {
  return {.checking_disabled = job.servfail != nullptr};
}

bool DirectClient::may_retry(const Job& job) const {
  const auto now = Clock::now();
  return job.tries_left > 0 && now < job.begun + options_.question_timeout && now >= aside_until_;
}

void DirectClient::flush() {
  if (Clock::now() < aside_until_) {
    fail_all(dns::Outcome::timeout, set_aside_reason());
  } else {
    do {
      admit();
    } while (!to_send_.empty() && send_batch());
  }
  arm_timer();
}

void DirectClient::admit() {
  while (!queue_.empty() && !jobs_.full()) {
    const auto job = jobs_.create(std::move(queue_.front()));
    queue_.pop_front();
    jobs_[job].tries_left = static_cast<std::uint8_t>(1 + std::min(options_.retries, 100u));
    to_send_.push_back(job);
  }
}

/// Sends one batch through one socket; false where nothing more can be sent now.
bool DirectClient::send_batch() {
  const auto now = Clock::now();
  // What the window holds back goes when a reply or a timeout makes room.
  const auto bearable = window_.size() - std::min(window_.size(), jobs_.launched());
  if (bearable == 0) return false;
  const auto count = rate_.take(std::min({to_send_.size(), packets_.size(), bearable}), now);
  if (count == 0) {
    wake_.set(rate_.next(now));
    return false;
  }
  std::uint16_t socket = 0;
  int error = 0;
  if (!sockets_.pick(socket, error)) {
    fail_all(dns::Outcome::unreachable, std::generic_category().message(error));
    return false;
  }
  const auto wall = wall_clock();
  for (std::size_t i = 0; i < count; ++i) {
    batch_[i] = to_send_.front();
    to_send_.pop_front();
    auto& job = jobs_[batch_[i]];
    if (job.tries == 0) job.begun = now;
    job.sent = now;
    job.asked_at = wall;
    jobs_.launch(batch_[i], socket,
                 std::min(now + options_.try_timeout, job.begun + options_.question_timeout));
    dns::write_query(packets_[i], job.id, job.question.name, job.question.type, query_options(job));
  }
  const auto sent = sockets_.send(socket, packets_, count, error);
  for (std::size_t i = 0; i < sent; ++i) {
    auto& job = jobs_[batch_[i]];
    ++job.tries;
    --job.tries_left;
  }
  take_back(sent, count);
  if (error == 0) return true;
  if (error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS) {
    wake_.set(now + full_buffer_pause);
    return false;
  }
  // The error may be the news (ICMP) about an earlier packet: those that wait at this socket get it. Where
  // none does, it is about this batch.
  if (jobs_.at_socket(socket).empty()) {
    for (std::size_t i = 0; i < count; ++i) to_send_.pop_front();
    for (std::size_t i = 0; i < count; ++i)
      end(batch_[i], dns::Outcome::unreachable, std::generic_category().message(error));
  } else {
    socket_failed(socket, error);
  }
  return true;
}

/// What did not go out goes back to the front of the line.
void DirectClient::take_back(std::size_t sent, std::size_t count) {
  for (std::size_t i = count; i-- > sent;) {
    jobs_.land(batch_[i]);
    to_send_.push_front(batch_[i]);
  }
  rate_.give_back(count - sent);
}

void DirectClient::arrived(std::uint16_t socket, std::string_view packet) {
  if (packet.size() < 12) return;
  const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(packet[at]); };
  const auto id = static_cast<std::uint16_t>((octet(0) << 8) | octet(1));
  const auto job = jobs_.find(id, socket);
  if (job == InFlight::none) return;
  auto& it = jobs_[job];
  if (!dns::answers(packet, id, it.question.name, it.question.type))
    return;  // somebody else's: the true one may follow
  const auto now = Clock::now();
  last_reply_ = now;
  silent_ = 0;
  window_.replied();
  jobs_.land(job);
  sockets_.done(socket);
  if ((octet(2) & 0x02) != 0) {  // TC: what came is not the whole answer (RFC 2181 §9)
    it.truncated = true;
    it.sent = now;
    ++it.tries;
    tcp_.ask(job, it.question, query_options(it));
    return;
  }
  auto fact = dns::read_response(packet, it.question);
  fact.rtt_us = microseconds_between(it.sent, now);
  judge(job, std::move(fact));
}

void DirectClient::tcp_done(JobId job, const TcpClient::Reply& reply) {
  auto& it = jobs_[job];
  if (reply.message.empty()) return end(job, reply.failure, "truncated over UDP; over TCP: " + reply.reason);
  last_reply_ = Clock::now();
  auto fact = dns::read_response(reply.message, it.question);
  fact.rtt_us = microseconds_between(it.sent, last_reply_);
  judge(job, std::move(fact));
}

void DirectClient::socket_failed(std::uint16_t socket, int error) {
  for (const auto job : jobs_.at_socket(socket)) {
    jobs_.land(job);
    sockets_.done(socket);
    end(job, dns::Outcome::unreachable, std::generic_category().message(error));
  }
}

void DirectClient::expire() {
  armed_for_ = Clock::time_point::max();
  const auto now = Clock::now();
  for (auto job = jobs_.first(); job != InFlight::none && jobs_[job].deadline <= now; job = jobs_.first()) {
    auto& it = jobs_[job];
    jobs_.land(job);
    sockets_.done(it.socket);
    window_.lost(it.sent, now);
    note_silence(it, now);
    if (may_retry(it)) {
      to_send_.push_back(job);
    } else {
      end(job, dns::Outcome::timeout, fmt::format("no reply to {}", counted(it.tries, "try", "tries")));
    }
  }
}

/// Counts the tries that nobody answered while nobody else was answered either: a server that loses single
/// packets is busy, one that says nothing at all is not asked for a while.
void DirectClient::note_silence(const Job& job, Clock::time_point now) {
  if (now < aside_until_ || job.sent <= last_reply_) return;
  if (++silent_ < silence_limit) return;
  silent_ = 0;
  aside_until_ = now + aside_time;
}

void DirectClient::judge(JobId job, dns::Fact&& fact) {
  auto& it = jobs_[job];
  if (fact.outcome == dns::Outcome::servfail && fact.rcode == 2) return judge_servfail(job, std::move(fact));
  if (!it.servfail) return finish(job, std::move(fact));
  if (!dns::is_definite(fact.outcome)) return end(job, fact.outcome, fact.reason);
  // The data is there, and only a resolver that validates keeps it back.
  fact.outcome = dns::Outcome::bogus;
  fact.security = dns::Security::bogus;
  fact.authenticated = false;
  fact.rcode = it.servfail->rcode;
  fact.ede = it.servfail->ede;
  fact.reason =
      it.servfail->reason.empty() ? "validation failed at the resolver" : std::move(it.servfail->reason);
  finish(job, std::move(fact));
}

void DirectClient::judge_servfail(JobId job, dns::Fact&& fact) {
  auto& it = jobs_[job];
  if (it.servfail) return finish(job, std::move(*it.servfail));
  // A validator that says what is wrong says the same again; asking with CD shows the data.
  const bool certain = fact.ede && dns::ede_is_dnssec(*fact.ede);
  if (!certain && may_retry(it)) return to_send_.push_back(job);
  it.tries_left = 2;
  if ((fact.ede && dns::ede_excludes_dnssec(*fact.ede)) || !may_retry(it))
    return finish(job, std::move(fact));
  it.servfail = std::make_unique<dns::Fact>(std::move(fact));
  to_send_.push_back(job);
}

/// The question ends without a reply; one that had failed before, and was asked again with CD, ends as that.
void DirectClient::end(JobId job, dns::Outcome outcome, const std::string& reason) {
  auto& it = jobs_[job];
  if (it.servfail) return finish(job, std::move(*it.servfail));
  dns::Fact fact;
  fact.question = std::move(it.question);
  fact.outcome = outcome;
  fact.reason = reason;
  finish(job, std::move(fact));
}

void DirectClient::finish(JobId job, dns::Fact&& fact) {
  auto& it = jobs_[job];
  dns::Fact ended = std::move(fact);  // it may be a part of the job, which ends here
  ended.server = server_.text;
  ended.tries = it.tries;
  ended.truncated = it.truncated;
  ended.asked_at = it.asked_at;
  jobs_.destroy(job);
  deliver_(std::move(ended));
}

/// Everything that waits to be sent ends now.
void DirectClient::fail_all(dns::Outcome outcome, const std::string& reason) {
  const auto now = wall_clock();
  do {
    auto jobs = std::move(to_send_);
    to_send_.clear();
    for (const auto job : jobs) {
      if (jobs_[job].tries == 0) jobs_[job].asked_at = now;
      end(job, outcome, reason);
    }
    admit();
  } while (!to_send_.empty());
}

void DirectClient::arm_timer() {
  const auto job = jobs_.first();
  if (job == InFlight::none || jobs_[job].deadline >= armed_for_) return;
  armed_for_ = jobs_[job].deadline;
  timeout_.set(armed_for_);
}

}  // namespace rdnsgate::resolve
