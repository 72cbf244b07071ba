// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Questions that some servers get wrong.
#include <fmt/format.h>

#include "dns/delegation/silence.h"
#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"
#include "rules/deleg/words.h"

namespace rdnsgate::rules {
namespace {

using dns::ReplyKind;

/// What is wrong with the answer to the question for AAAA at a name that is there (RFC 4074 §4); empty for
/// nothing.
std::string wrong_about_aaaa(const dns::AddressReport& report) {
  const auto& exchange = report.aaaa;
  const auto& reply = exchange.reply;
  if (!exchange.asked) return {};
  if (reply.kind == ReplyKind::nxdomain && reply.authoritative) return std::string(words::denies_name);
  if (reply.kind == ReplyKind::failed) return fmt::format(words::answers, reply.reason);
  const bool silent = dns::is_lasting_silence(exchange) && report.soa_udp.replied() && report.ns.replied();
  return silent ? std::string(words::silent) : "";
}

template <typename Word>
void say_of_each(audit::ZoneCase& c, audit::Findings& findings, Word&& word) {
  if (c.delegation() == nullptr) return;
  Faults faults;
  each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    const std::string text(word(report));
    const auto at = who(server.name, report.address);
    if (!text.empty()) faults.add(fmt::format(words::of_server, at, text), at);
  });
  say(findings, faults);
}

}  // namespace

void judge_deleg_aaaa_dropped(audit::ZoneCase& c, audit::Findings& findings) {
  say_of_each(c, findings, wrong_about_aaaa);
}

void judge_deleg_axfr_open(audit::ZoneCase& c, audit::Findings& findings) {
  say_of_each(c, findings, [](const dns::AddressReport& report) {
    return report.transfer.reply.kind == ReplyKind::answer ? words::transfers : "";
  });
}

void judge_deleg_case_0x20(audit::ZoneCase& c, audit::Findings& findings) {
  say_of_each(c, findings, [](const dns::AddressReport& report) {
    return report.ns.case_changed ? words::changes_case : "";
  });
}

void judge_deleg_open_recursor(audit::ZoneCase& c, audit::Findings& findings) {
  say_of_each(c, findings, [](const dns::AddressReport& report) {
    const auto& reply = report.recursion.reply;
    return reply.is_answer() && reply.recursion_available ? words::recurses : "";
  });
}

}  // namespace rdnsgate::rules
