// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"

namespace rdnsgate::rules {

using dns::Fault;
using dns::Weight;

namespace {

/// Silence of one address says something only where others of its family answer: else it is this machine, or
/// what stands before it, that does not get there.
bool family_works(const audit::ZoneCase& c, const dns::Complaint& complaint) {
  const auto& around = c.delegation()->surroundings;
  const auto family = complaint.address->is_v4() ? 0 : 1;
  return around.udp[family] || around.tcp[family];
}

/// What is wrong with the answer to a query in a version of EDNS that does not exist: anything but BADVERS
/// in the version that does (RFC 6891 §6.1.3). Empty for nothing.
std::string wrong_about_version(const dns::AddressReport& report) {
  constexpr std::uint8_t badvers = 16;
  const auto& exchange = report.version;
  const auto& reply = exchange.reply;
  if (!exchange.asked) return {};
  if (reply.kind == dns::ReplyKind::none) {
    const bool dropped = exchange.silence == dns::Silence::timeout;
    return dropped && report.ns.replied() ? "drops them where they have another version" : "";
  }
  if (reply.kind != dns::ReplyKind::failed) return "does not look at their version";
  return reply.rcode == badvers && reply.edns ? ""
                                              : fmt::format("answers {} to another version", reply.reason);
}

}  // namespace

void judge_deleg_udp_unreachable(audit::ZoneCase& c, audit::Findings& findings) {
  std::vector<std::string> items;
  for (const auto& complaint : complaints_of(c, {Fault::silent, Fault::not_listening, Fault::tcp_only})) {
    const bool silent = complaint.fault == Fault::silent;
    if (silent ? !family_works(c, complaint) : complaint.weight != Weight::fault) continue;
    items.push_back(fmt::format("{} {}", who(complaint),
                                silent                                    ? "does not answer at all"
                                : complaint.fault == Fault::not_listening ? "refuses UDP and TCP"
                                                                          : "answers over TCP only"));
  }
  say(findings, "an answer over UDP", items);
}

void judge_deleg_tcp_unreachable(audit::ZoneCase& c, audit::Findings& findings) {
  std::vector<std::string> items;
  for (const auto& complaint : complaints_of(c, {Fault::udp_only})) {
    if (complaint.weight == Weight::fault)
      items.push_back(fmt::format("{}: {}", who(complaint), complaint.detail));
  }
  say(findings, "an answer over TCP", items);
}

void judge_deleg_edns_broken(audit::ZoneCase& c, audit::Findings& findings) {
  std::vector<std::string> items;
  for (const auto& complaint : complaints_of(c, {Fault::edns_refused, Fault::edns_dropped})) {
    items.push_back(fmt::format("{} {}", who(complaint),
                                complaint.fault == Fault::edns_refused
                                    ? "refuses them"
                                    : "drops them, and answers the same without"));
  }
  if (c.delegation() != nullptr) {
    each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
      if (const auto wrong = wrong_about_version(report); !wrong.empty())
        items.push_back(fmt::format("{} {}", who(server.name, report.address), wrong));
    });
  }
  say(findings, "answers to queries with EDNS", items);
}

}  // namespace rdnsgate::rules
