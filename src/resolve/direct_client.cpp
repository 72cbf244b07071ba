// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/direct_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

#include "base/text.h"

namespace rdnsgate::resolve {
namespace {

// Enough sockets that the answers to a whole window fit into their receive buffers.
constexpr std::size_t questions_per_socket = 125, most_sockets = 16;
constexpr milliseconds full_buffer_pause(1);

Time wall_clock() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

std::string silence_reason(const Job& job) {
  const auto tries = counted(job.tries, "try", "tries");
  if (job.doubt == Doubt::none) return fmt::format("no reply to {}", tries);
  return fmt::format(
      "no reply to {} but one {}", tries,
      job.doubt == Doubt::cookie ? "without the server's cookie" : "with other letters in its question");
}

std::string set_aside_reason() {
  return fmt::format("server set aside after {} unanswered questions", CircuitBreaker::limit);
}

}  // namespace

DirectClient::DirectClient(Loop& loop, const Endpoint& server, const ServerOptions& server_options,
                           const PanelOptions& options, Deliver deliver)
    : server_(server),
      options_(options),
      deliver_(std::move(deliver)),
      cookies_(random_),
      breaker_(options.aside_time),
      rate_(server_options.questions_per_second),
      window_(options.in_flight),
      jobs_(options.in_flight),
      sockets_(loop, server_,
               std::clamp<std::size_t>(options.in_flight / questions_per_socket, 1, most_sockets),
               {[this](std::uint16_t socket, std::string_view packet) { arrived(socket, packet); },
                [this](std::uint16_t socket, int error) { socket_failed(socket, error); }}),
      tcp_(
          loop, server_, options.try_timeout,
          [this](JobId job, const TcpClient::Reply& reply) { tcp_done(job, reply); }, server_options.tls),
      timeout_(loop, [this] { expire(); }),
      wake_(loop, [] {}),
      referred_(server_options.referred),
      mix_case_(server_options.mix_case),
      over_tls_(server_options.tls != nullptr) {}

std::size_t DirectClient::room() const {
  const std::size_t busy = jobs_.size() + queue_.size();
  return busy < options_.in_flight ? options_.in_flight - busy : 0;
}

dns::QueryOptions DirectClient::query_options(const Job& job) const {
  const bool resolver = !referred_;
  dns::QueryOptions options{.recursion_desired = resolver,
                            .dnssec_ok = resolver,
                            .checking_disabled = job.servfail != nullptr,
                            .letter_case = job.letter_case};
  if (job.without_edns) {
    options.udp_size = 0;
  } else if (!over_tls_) {
    options.edns_options = cookies_.option();
  }
  return options;
}

/// There is time left to ask it once more, and somebody to ask.
bool DirectClient::in_time(const Job& job) const {
  const auto now = Clock::now();
  return now < job.begun + options_.question_timeout && !breaker_.open(now);
}

void DirectClient::flush() {
  if (breaker_.open(Clock::now())) {
    if (untrusted_.empty())
      fail_all(dns::Outcome::timeout, set_aside_reason());
    else
      fail_all(dns::Outcome::unreachable, untrusted_);
  } else {
    do {
      admit();
    } while (to_send() > 0 && send_batch());
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

DirectClient::JobId DirectClient::next_to_send() {
  auto& line = again_.empty() ? to_send_ : again_;
  const auto job = line.front();
  line.pop_front();
  return job;
}

/// Sends one batch through one socket; false where nothing more can be sent now.
bool DirectClient::send_batch() {
  const auto now = Clock::now();
  end_late(now);
  if (only_tcp()) return send_over_tcp(now);
  // What the window holds back goes when a reply or a timeout makes room.
  const auto bearable = window_.size() - std::min(window_.size(), jobs_.launched());
  if (bearable == 0) return false;
  const auto count = rate_.take(std::min({to_send(), packets_.size(), bearable}), now);
  if (count == 0) {
    wait_for_rate(now);
    return false;
  }
  std::uint16_t socket = 0;
  int error = 0;
  if (!sockets_.pick(socket, error)) {
    fail_all(dns::Outcome::unreachable, errno_text(error));
    return false;
  }
  fill_batch(count, socket, now);
  const auto sent = sockets_.send(socket, packets_, count, error);
  for (std::size_t i = 0; i < sent; ++i) {
    auto& job = jobs_[batch_[i]];
    ++job.tries;
    --job.tries_left;
  }
  take_back(sent, count);
  return error == 0 || send_failed(socket, count, error);
}

void DirectClient::fill_batch(std::size_t count, std::uint16_t socket, Clock::time_point now) {
  const auto wall = wall_clock();
  for (std::size_t i = 0; i < count; ++i) {
    batch_[i] = next_to_send();
    jobs_[batch_[i]].asked_at = wall;
    put_on_wire(batch_[i], socket, now, packets_[i]);
  }
}

/// What has stood in line for another try until its time was over.
void DirectClient::end_late(Clock::time_point now) {
  while (!again_.empty() && now >= jobs_[again_.front()].begun + options_.question_timeout) {
    const auto job = again_.front();
    again_.pop_front();
    end(job, dns::Outcome::timeout, silence_reason(jobs_[job]));
  }
}

void DirectClient::wait_for_rate(Clock::time_point now) {
  auto wake = rate_.next(now);
  if (!again_.empty()) wake = std::min(wake, jobs_[again_.front()].begun + options_.question_timeout);
  wake_.set(wake);
}

void DirectClient::put_on_wire(JobId job, std::uint16_t socket, Clock::time_point now, std::string& packet) {
  auto& it = jobs_[job];
  if (it.tries == 0) it.begun = now;
  it.sent = now;
  it.doubt = Doubt::none;
  it.without_edns = it.without_edns || !edns_;
  it.letter_case = mix_case_ ? random_.next64() : 0;
  jobs_.launch(job, socket, std::min(now + options_.try_timeout, it.begun + options_.question_timeout));
  dns::write_query(packet, it.id, it.question.name, it.question.type, query_options(it));
}

/// What did not go out goes back to the front of the line.
void DirectClient::take_back(std::size_t sent, std::size_t count) {
  for (std::size_t i = count; i-- > sent;) {
    jobs_.land(batch_[i]);
    (jobs_[batch_[i]].tries > 0 ? again_ : to_send_).push_front(batch_[i]);
  }
  rate_.give_back(count - sent);
}

/// Nothing of the batch went out, and all of it stands in line again. False where nothing can be sent now.
bool DirectClient::send_failed(std::uint16_t socket, std::size_t count, int error) {
  if (error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS) {
    wake_.set(Clock::now() + full_buffer_pause);
    return false;
  }
  // The error may be the news (ICMP) about an earlier packet: those that wait at this socket get it. Where
  // none does, it is about this batch.
  if (!jobs_.at_socket(socket).empty()) {
    socket_failed(socket, error);
    return true;
  }
  for (std::size_t i = 0; i < count; ++i) end(next_to_send(), dns::Outcome::unreachable, errno_text(error));
  return true;
}

/// Over TLS; or the server is known to change the letters of questions: with 0x20 wanted, only TCP tells its
/// answers from others'.
bool DirectClient::send_over_tcp(Clock::time_point now) {
  const auto granted = rate_.take(to_send(), now);
  const auto wall = wall_clock();
  for (std::size_t i = 0; i < granted; ++i) {
    const auto job = next_to_send();
    auto& it = jobs_[job];
    if (it.tries == 0) it.begun = now;
    if (it.tries_left > 0) --it.tries_left;
    it.asked_at = wall;
    it.without_edns = it.without_edns || !edns_;
    it.case_changed = !keeps_case_;
    ask_over_tcp(job);
  }
  rate_.give_back(granted);  // asking took them
  if (to_send() == 0) return true;
  wait_for_rate(now);
  return false;
}

/// Asks over TCP; the job has no place among those that wait for a reply over UDP.
void DirectClient::ask_over_tcp(JobId job) {
  auto& it = jobs_[job];
  it.sent = Clock::now();
  it.letter_case = 0;
  ++it.tries;
  rate_.spend();
  std::string query;
  dns::write_query(query, 0, it.question.name, it.question.type, query_options(it));
  tcp_.ask(job, it.question, std::move(query), it.begun + options_.question_timeout);
}

/// Puts the job in line for one more try, beyond those that its retries allow where they are used up.
void DirectClient::ask_again(JobId job) {
  jobs_[job].tries_left = std::max<std::uint8_t>(jobs_[job].tries_left, 1);
  again_.push_back(job);
}

void DirectClient::arrived(std::uint16_t socket, std::string_view packet) {
  if (packet.size() < 12) return;
  const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(packet[at]); };
  const auto id = static_cast<std::uint16_t>((octet(0) << 8) | octet(1));
  const auto job = jobs_.find(id, socket);
  if (job == InFlight::none) return;
  auto& it = jobs_[job];
  // What is not for us is dropped: the true reply may follow.
  if (!dns::answers(packet, id, it.question.name, it.question.type)) return;
  if (it.letter_case != 0 && !dns::keeps_letter_case(packet, it.question.name, it.letter_case)) {
    it.doubt = Doubt::letter_case;
    return;
  }
  dns::ResponseNotes notes;
  auto fact = dns::read_response(packet, it.question, &notes);
  if (!is_ours(it, fact, notes)) return;
  const auto now = Clock::now();
  breaker_.replied(now);
  window_.replied();
  jobs_.land(job);
  sockets_.done(socket);
  if ((octet(2) & 0x02) != 0) {  // TC: what came is not the whole answer (RFC 2181 §9)
    it.truncated = true;
    return ask_over_tcp(job);
  }
  fact.rtt_us = microseconds_between(it.sent, now);
  judge(job, std::move(fact), std::move(notes));
}

void DirectClient::socket_failed(std::uint16_t socket, int error) {
  for (const auto job : jobs_.at_socket(socket)) {
    jobs_.land(job);
    sockets_.done(socket);
    end(job, dns::Outcome::unreachable, errno_text(error));
  }
}

void DirectClient::expire() {
  armed_for_ = Clock::time_point::max();
  const auto now = Clock::now();
  for (auto job = jobs_.first(); job != InFlight::none && jobs_[job].deadline <= now; job = jobs_.first()) {
    auto& it = jobs_[job];
    jobs_.land(job);
    sockets_.done(it.socket);
    if (it.doubt != Doubt::none && in_time(it)) {
      // Nobody off the path can answer over TCP, so that it tells whether the server itself sent what was
      // dropped.
      (it.doubt == Doubt::cookie ? it.cookie_missing : it.case_changed) = true;
      ask_over_tcp(job);
      continue;
    }
    window_.lost(it.sent, now);
    // A burst of first tries can be lost whole; what is asked once more and still not answered says
    // something.
    if (it.tries > 1 || !may_retry(it)) breaker_.silent(it.sent, now);
    // Asked again with EDNS: since the DNS flag day of 2019 silence counts as a trouble of the server or the
    // network, and not as a way of refusing EDNS. It nearly always is, and such a server fails everywhere
    // else too.
    if (may_retry(it)) {
      again_.push_back(job);
    } else {
      end(job, dns::Outcome::timeout, silence_reason(it));
    }
  }
}

/// Everything that waits to be sent ends now.
void DirectClient::fail_all(dns::Outcome outcome, const std::string& reason) {
  const auto now = wall_clock();
  do {
    for (auto left = to_send(); left > 0; --left) {
      const auto job = next_to_send();
      if (jobs_[job].tries == 0) jobs_[job].asked_at = now;
      end(job, outcome, reason);
    }
    admit();
  } while (to_send() > 0);
}

void DirectClient::arm_timer() {
  const auto job = jobs_.first();
  if (job == InFlight::none || jobs_[job].deadline >= armed_for_) return;
  armed_for_ = jobs_[job].deadline;
  timeout_.set(armed_for_);
}

}  // namespace rdnsgate::resolve
