// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "dns/ede.h"
#include "resolve/adapters/direct_client.h"

namespace rdnsgate::resolve {
namespace {

constexpr unsigned formerr = 1, servfail = 2, notimp = 4, badvers = 16, badcookie = 23;

/// The ways of a server to say that it takes no EDNS (RFC 6891 §7, §6.1.3, RFC 2671 §5.3), or chokes on an option in it.
bool refuses_edns(const dns::Fact& fact) {
  return fact.outcome == dns::Outcome::servfail &&
         (fact.rcode == formerr || fact.rcode == notimp || fact.rcode == badvers);
}

/// Why the last try went over TCP.
std::string_view why_over_tcp(const Job& job) {
  if (job.truncated) return "truncated over UDP";
  if (job.case_changed) return "the reply over UDP had other letters in its question";
  if (job.cookie_missing) return "the reply over UDP had no cookie";
  return "BADCOOKIE over UDP";
}

}  // namespace

/// Whether a reply over UDP is to us, as far as cookies tell. One without the cookie that the server is known
/// to send leaves a doubt (RFC 7873 §5.3).
bool DirectClient::is_ours(Job& job, const Try& to, const dns::Fact& fact, const dns::ResponseNotes& notes) {
  if (to.without_edns) return true;
  const auto verdict = cookies_.check(notes.cookie);
  if (verdict == Cookies::Verdict::missing) job.doubt = Doubt::cookie;
  if (verdict != Cookies::Verdict::accepted) return false;
  speaks_edns_ = speaks_edns_ || (notes.edns && !refuses_edns(fact));
  return true;
}

void DirectClient::tcp_done(JobId job, const TcpClient::Reply& reply) {
  if (reply.message.empty()) return tcp_failed(job, reply);
  auto& it = jobs_[job];
  const auto to = try_over_tcp(it);
  const auto now = Clock::now();
  breaker_.replied(now);
  untrusted_.clear();
  dns::ResponseNotes notes;
  auto fact = dns::read_response(reply.message, it.question, &notes);
  if (!over_tls_ && !it.without_edns && cookies_.check(notes.cookie) == Cookies::Verdict::foreign)
    return end(job, dns::Outcome::malformed, "the reply over TCP has somebody else's cookie");
  if (it.doubt == Doubt::letter_case) keeps_case_ = false;
  if (it.doubt == Doubt::cookie && !notes.cookie) cookies_.expect_none();
  it.doubt = Doubt::none;
  fact.rtt_us = microseconds_between(it.sent, now);
  inspect(fact, notes, reply.message);
  judge(job, to, std::move(fact), std::move(notes));
}

void DirectClient::inspect(const dns::Fact& fact, const dns::ResponseNotes& notes,
                           std::string_view message) const {
  if (!signatures_ || !inspect_) return;
  if (dns::is_definite(fact.outcome) || (notes.referral && !notes.aliases.empty()))
    inspect_(fact.question, message);
}

/// What a name server says beside that it is asked without recursion.
void DirectClient::judge(JobId job, const Try& to, dns::Fact&& fact, dns::ResponseNotes&& notes) {
  if (referred_ && notes.referral) {
    auto question = std::move(jobs_[job].question);
    close_tries(job);
    leave_line(job);
    jobs_.destroy(job);
    return referred_(std::move(question), std::move(notes.aliases));
  }
  judge(job, to, std::move(fact));
}

void DirectClient::tcp_failed(JobId job, const TcpClient::Reply& reply) {
  auto& it = jobs_[job];
  if (!over_tls_)
    return end(job, reply.failure, fmt::format("{}; over TCP: {}", why_over_tcp(it), reply.reason));
  const auto now = Clock::now();
  if (reply.untrusted) {
    // Each question more would only be another handshake with the same end.
    untrusted_ = fmt::format("over TLS: {}", reply.reason);
    breaker_.set_aside(now);
  } else if (reply.failure == dns::Outcome::timeout) {
    untrusted_.clear();
    if (may_retry(it)) return stand_in_line(job);
    breaker_.silent(it.begun, now);  // as over UDP: see expire()
  }
  end(job, reply.failure,
      it.tries == 1 ? fmt::format("over TLS: {}", reply.reason)
                    : fmt::format("over TLS: {}, after {} tries", reply.reason, it.tries));
}

void DirectClient::judge(JobId job, const Try& to, dns::Fact&& fact) {
  auto& it = jobs_[job];
  fact.answered_try = to.number == it.tries ? 0 : to.number;
  // It has failed in the form of this try before, and is asked in another.
  if (fact.outcome == dns::Outcome::servfail && to.form < it.form) return;
  if (!to.without_edns && asked_otherwise(job, to, fact)) return;
  it.without_edns = to.without_edns;
  // Without EDNS it answers: it is asked so from the beginning for the rest of the run. Not a server that
  // speaks EDNS otherwise: it passed on what somebody behind it said of this one question.
  if (to.without_edns && !speaks_edns_ && fact.outcome != dns::Outcome::malformed && !refuses_edns(fact))
    edns_ = false;
  if (fact.outcome == dns::Outcome::servfail && fact.rcode == servfail)
    return judge_servfail(job, to, std::move(fact));
  if (!to.checking_disabled) return finish(job, std::move(fact));
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

/// Asks again where the failure is about the form of the query: once without EDNS, or with the cookie that
/// came beside BADCOOKIE, over TCP where that is not taken either (RFC 7873 §5.3).
bool DirectClient::asked_otherwise(JobId job, const Try& to, const dns::Fact& fact) {
  auto& it = jobs_[job];
  if (fact.outcome != dns::Outcome::servfail || !in_time(it)) return false;
  if (refuses_edns(fact)) {
    it.without_edns = true;
    ask_in_another_form(job);
    return true;
  }
  if (fact.rcode != badcookie || to.form < it.form || it.bad_cookies == 2) return false;
  if (++it.bad_cookies == 1) {
    ask_in_another_form(job);
  } else {
    ask_over_tcp(job);
  }
  return true;
}

void DirectClient::judge_servfail(JobId job, const Try& to, dns::Fact&& fact) {
  auto& it = jobs_[job];
  if (to.checking_disabled) return finish(job, std::move(*it.servfail));
  // A validator that says what is wrong says the same again; asking with CD shows the data.
  const bool certain = !referred_ && fact.ede && dns::ede_is_dnssec(*fact.ede);
  // Another try may still be answered: a server that failed once may have what was asked by then.
  const auto end = it.open.begin() + it.open_count;
  const bool waits = std::any_of(it.open.begin(), end, [](const Try& open) { return !open.overdue; });
  if (!certain && waits) {
    it.failed = std::make_unique<dns::Fact>(std::move(fact));
    return;
  }
  // Of a slow one there is time for one more answer: that to the question with CD says more.
  const bool hurry = Clock::now() + 2 * retry_.typical() >= end_of(it);
  if (!certain && !(hurry && !referred_) && may_retry(it)) return stand_in_line(job);
  give_up_on_servfail(job, std::move(fact));
}

/// It goes on failing: whether only a resolver that validates keeps the data back, CD shows.
void DirectClient::give_up_on_servfail(JobId job, dns::Fact&& fact) {
  auto& it = jobs_[job];
  it.tries_left = 2;
  if (referred_ || (fact.ede && dns::ede_excludes_dnssec(*fact.ede)) || !may_retry(it))
    return finish(job, std::move(fact));
  it.servfail = std::make_unique<dns::Fact>(std::move(fact));
  it.failed.reset();
  ask_in_another_form(job);
}

/// The question ends without a reply; one that had failed before, and was asked again, ends as that.
void DirectClient::end(JobId job, dns::Outcome outcome, const std::string& reason) {
  auto& it = jobs_[job];
  if (it.servfail) return finish(job, std::move(*it.servfail));
  if (it.failed) return finish(job, std::move(*it.failed));
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
  ended.without_edns = it.without_edns;
  ended.case_changed = it.case_changed;
  ended.cookie_missing = it.cookie_missing;
  ended.asked_at = it.asked_at;
  close_tries(job);
  leave_line(job);
  jobs_.destroy(job);
  deliver_(std::move(ended));
}

}  // namespace rdnsgate::resolve
