// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/adapters/direct_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/text/text.h"

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
      retry_(options.try_timeout, options.question_timeout),
      window_(options.in_flight),
      jobs_(options.in_flight),
      sockets_(loop, server_,
               std::clamp<std::size_t>(options.in_flight / questions_per_socket, 1, most_sockets),
               {[this](std::uint16_t socket, std::string_view packet) { arrived(socket, packet); },
                [this](std::uint16_t socket, int error) { socket_failed(socket, error); }}),
      tcp_(
          loop, server_, options.question_timeout,
          [this](JobId job, const TcpClient::Reply& reply) { tcp_done(job, reply); }, server_options.tls),
      timeout_(loop, [this] { expire(); }),
      wake_(loop, [] {}),
      referred_(server_options.referred),
      inspect_(server_options.inspect),
      mix_case_(server_options.mix_case),
      over_tls_(server_options.tls != nullptr) {}

std::size_t DirectClient::room() const {
  const std::size_t busy = jobs_.size() + queue_.size();
  return busy < options_.in_flight ? options_.in_flight - busy : 0;
}

dns::QueryOptions DirectClient::query_options(const Try& to) const {
  const bool resolver = !referred_;
  dns::QueryOptions options{.recursion_desired = resolver,
                            .dnssec_ok = resolver || signatures_,
                            .checking_disabled = to.checking_disabled,
                            .letter_case = to.letter_case};
  if (to.without_edns) {
    options.udp_size = 0;
  } else if (!over_tls_) {
    options.edns_options = cookies_.option();
  }
  return options;
}

/// There is time left to ask it once more, and somebody to ask.
bool DirectClient::in_time(const Job& job) const {
  const auto now = Clock::now();
  return now < end_of(job) && !breaker_.open(now);
}

void DirectClient::flush() {
  if (breaker_.open(Clock::now())) {
    if (untrusted_.empty())
      fail_waiting(dns::Outcome::timeout, set_aside_reason());
    else
      fail_waiting(dns::Outcome::unreachable, untrusted_);
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
  jobs_[job].in_line = false;
  return job;
}

/// Sends one batch through one socket; false where nothing more can be sent now.
bool DirectClient::send_batch() {
  const auto now = Clock::now();
  if (only_tcp()) return send_over_tcp(now);
  // What the window holds back goes when a reply or a timeout makes room.
  const auto bearable = window_.size() - std::min(window_.size(), jobs_.counted());
  if (bearable == 0) return false;
  const auto count = rate_.take(std::min({to_send(), packets_.size(), bearable}), now);
  if (count == 0) {
    wait_for_rate(now);
    return false;
  }
  std::uint16_t socket = 0;
  int error = 0;
  if (!sockets_.pick(socket, error)) {
    fail_waiting(dns::Outcome::unreachable, errno_text(error));
    return false;
  }
  fill_batch(count, socket, now);
  const auto sent = sockets_.send(socket, packets_, count, error);
  for (std::size_t i = 0; i < sent; ++i) {
    auto& job = jobs_[batch_[i]];
    ++job.tries;
    ++job.tries_of_form;
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

void DirectClient::wait_for_rate(Clock::time_point now) { wake_.set(rate_.next(now)); }

void DirectClient::put_on_wire(JobId job, std::uint16_t socket, Clock::time_point now, std::string& packet) {
  auto& it = jobs_[job];
  if (it.tries == 0) it.begun = now;
  it.sent = now;
  it.doubt = Doubt::none;
  it.without_edns = it.without_edns || !edns_;
  if (it.open_count == Job::most_open) close_try(job, it.open[0]);
  auto& to = jobs_.open(job, socket);
  to.sent = now;
  to.letter_case = mix_case_ ? random_.next64() : 0;
  to.number = static_cast<std::uint8_t>(it.tries + 1);
  to.form = it.form;
  to.without_edns = it.without_edns;
  to.checking_disabled = it.servfail != nullptr;
  jobs_.count(job, true);
  jobs_.wait_until(job, std::min(now + retry_.after(it.tries_of_form + 1u), end_of(it)));
  dns::write_query(packet, to.id, it.question.name, it.question.type, query_options(to));
}

/// What did not go out goes back to the front of the line.
void DirectClient::take_back(std::size_t sent, std::size_t count) {
  for (std::size_t i = count; i-- > sent;) {
    const auto job = batch_[i];
    auto& it = jobs_[job];
    jobs_.close(job, it.open[it.open_count - 1u].id);
    jobs_.count(job, false);
    if (it.tries == 0) {
      jobs_.stop_waiting(job);
      to_send_.push_front(job);
      continue;
    }
    jobs_.wait_until(job, end_of(it));
    it.in_line = true;
    again_.push_front(job);
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

/// Asks over TCP, and waits for no reply over UDP any more.
void DirectClient::ask_over_tcp(JobId job) {
  close_tries(job);
  leave_line(job);
  jobs_.stop_waiting(job);
  auto& it = jobs_[job];
  it.sent = Clock::now();
  ++it.tries;
  ++it.tries_of_form;
  rate_.spend();
  std::string query;
  dns::write_query(query, 0, it.question.name, it.question.type, query_options(try_over_tcp(it)));
  tcp_.ask(job, it.question, std::move(query), end_of(it));
}

/// The last try of a job that is asked over TCP.
Try DirectClient::try_over_tcp(const Job& job) {
  Try to;
  to.sent = job.sent;
  to.number = job.tries;
  to.form = job.form;
  to.without_edns = job.without_edns;
  to.checking_disabled = job.servfail != nullptr;
  return to;
}

/// Puts the job in line for one more try; a reply to those before still counts.
void DirectClient::stand_in_line(JobId job) {
  auto& it = jobs_[job];
  jobs_.count(job, false);
  jobs_.wait_until(job, end_of(it));
  if (it.in_line) return;
  it.in_line = true;
  again_.push_back(job);
}

void DirectClient::leave_line(JobId job) {
  if (!jobs_[job].in_line) return;
  jobs_[job].in_line = false;
  again_.erase(std::find(again_.begin(), again_.end(), job));
}

/// One more try that asks in another way, beyond those that its retries allow where they are used up.
void DirectClient::ask_in_another_form(JobId job) {
  auto& it = jobs_[job];
  ++it.form;
  it.tries_of_form = 0;
  it.tries_left = std::max<std::uint8_t>(it.tries_left, 1);
  stand_in_line(job);
}

void DirectClient::arrived(std::uint16_t socket, std::string_view packet) {
  const auto head = dns::head_of(packet);
  if (!head) return;
  const auto found = jobs_.find(head->id, socket);
  if (found.open == nullptr) return;
  const auto job = found.job;
  const Try to = *found.open;
  auto& it = jobs_[job];
  // What is not for us is dropped: the true reply may follow.
  if (!dns::answers(packet, head->id, it.question.name, it.question.type)) return;
  if (to.letter_case != 0 && !dns::keeps_letter_case(packet, it.question.name, to.letter_case)) {
    it.doubt = Doubt::letter_case;
    return;
  }
  dns::ResponseNotes notes;
  auto fact = dns::read_response(packet, it.question, &notes);
  if (!is_ours(it, to, fact, notes)) return;
  const auto now = Clock::now();
  note_reply(to, now);
  close_try(job, to);
  if (head->truncated) {
    it.truncated = true;
    return ask_over_tcp(job);
  }
  fact.rtt_us = microseconds_between(to.sent, now);
  inspect(fact, notes, packet);
  judge(job, to, std::move(fact), std::move(notes));
}

/// What a reply says of the server, whatever is in it.
void DirectClient::note_reply(const Try& to, Clock::time_point now) {
  breaker_.replied(now);
  retry_.measured(now - to.sent);
  if (to.overdue) window_.was_late(to.sent);
  window_.replied(to.sent, now);
}

void DirectClient::close_try(JobId job, const Try& open) {
  sockets_.done(open.socket);
  jobs_.close(job, open.id);
  if (jobs_[job].open_count == 0) jobs_.count(job, false);
}

void DirectClient::close_tries(JobId job) {
  while (jobs_[job].open_count > 0) close_try(job, jobs_[job].open[0]);
}

void DirectClient::socket_failed(std::uint16_t socket, int error) {
  for (const auto job : jobs_.at_socket(socket)) end(job, dns::Outcome::unreachable, errno_text(error));
}

void DirectClient::expire() {
  armed_for_ = Clock::time_point::max();
  const auto now = Clock::now();
  for (auto job = jobs_.first(); job != InFlight::none && jobs_[job].deadline <= now; job = jobs_.first())
    expire(job, now);
}

void DirectClient::expire(JobId job, Clock::time_point now) {
  auto& it = jobs_[job];
  if (now < end_of(it)) return overdue(job, now);
  // Slow is not dead: only a question that had all its time, and no reply to any of its tries, says
  // something.
  breaker_.silent(it.begun, now);
  if (it.counted) window_.lost(it.sent, now);
  end(job, dns::Outcome::timeout, silence_reason(it));
}

/// Nobody has answered the last try in the time after which it is asked again.
void DirectClient::overdue(JobId job, Clock::time_point now) {
  auto& it = jobs_[job];
  if (it.doubt != Doubt::none && in_time(it)) {
    // Nobody off the path can answer over TCP, so that it tells whether the server itself sent what was
    // dropped.
    (it.doubt == Doubt::cookie ? it.cookie_missing : it.case_changed) = true;
    return ask_over_tcp(job);
  }
  if (it.counted) window_.lost(it.sent, now);
  if (it.open_count > 0) it.open[it.open_count - 1u].overdue = true;
  // Asked again with EDNS: since the DNS flag day of 2019 silence counts as a trouble of the server or the
  // network, and not as a way of refusing EDNS. It nearly always is, and such a server fails everywhere else
  // too.
  if (may_retry(it)) return stand_in_line(job);
  jobs_.count(job, false);
  jobs_.wait_until(job, end_of(it));
  if (it.failed) give_up_on_servfail(job, std::move(*it.failed));
}

/// Everything that waits to be sent for the first time ends now. What was sent before may still be answered.
void DirectClient::fail_waiting(dns::Outcome outcome, const std::string& reason) {
  const auto now = wall_clock();
  for (const auto job : std::exchange(again_, {})) {
    jobs_[job].in_line = false;
    if (over_tls_) end(job, outcome, reason);
  }
  do {
    for (auto left = to_send_.size(); left > 0; --left) {
      const auto job = next_to_send();
      jobs_[job].asked_at = now;
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
