// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Questions that some servers get wrong.
#include <fmt/format.h>

#include "dns/delegation/silence.h"
#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"

namespace rdnsgate::rules {
namespace {

using dns::ReplyKind;

/// What is wrong with the answer to the question for AAAA at a name that is there (RFC 4074 §4); empty for
/// nothing.
std::string wrong_about_aaaa(const dns::AddressReport& report) {
  const auto& exchange = report.aaaa;
  const auto& reply = exchange.reply;
  if (!exchange.asked) return {};
  if (reply.kind == ReplyKind::nxdomain && reply.authoritative) return "answers that the name does not exist";
  if (reply.kind == ReplyKind::failed) return fmt::format("answers {}", reply.reason);
  return dns::is_lasting_silence(exchange) && report.soa_udp.replied() && report.ns.replied()
             ? "does not answer"
             : "";
}

template <typename Word>
void say_of_each(audit::ZoneCase& c, audit::Findings& findings, std::string expected, Word&& word) {
  if (c.delegation() == nullptr) return;
  std::vector<std::string> items;
  each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    const std::string text = word(report);
    if (!text.empty()) items.push_back(fmt::format("{} {}", who(server.name, report.address), text));
  });
  say(findings, std::move(expected), items);
}

}  // namespace

void judge_deleg_aaaa_dropped(audit::ZoneCase& c, audit::Findings& findings) {
  say_of_each(c, findings, "an answer, or that there is no such record", wrong_about_aaaa);
}

void judge_deleg_axfr_open(audit::ZoneCase& c, audit::Findings& findings) {
  say_of_each(c, findings, "REFUSED", [](const dns::AddressReport& report) {
    return report.transfer.reply.kind == ReplyKind::answer ? "transfers it" : "";
  });
}

void judge_deleg_case_0x20(audit::ZoneCase& c, audit::Findings& findings) {
  say_of_each(c, findings, "the question as it was asked",
              [](const dns::AddressReport& report) { return report.ns.case_changed ? "changes it" : ""; });
}

void judge_deleg_open_recursor(audit::ZoneCase& c, audit::Findings& findings) {
  say_of_each(c, findings, "REFUSED", [](const dns::AddressReport& report) {
    const auto& reply = report.recursion.reply;
    return reply.is_answer() && reply.recursion_available ? "answers for invalid." : "";
  });
}

}  // namespace rdnsgate::rules
