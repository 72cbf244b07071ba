// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "dns/delegation/silence.h"
#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"

namespace rdnsgate::rules {

using dns::Fault;
using dns::Weight;

namespace {

/// Others of its family answer over that transport.
bool works(const dns::Complaint& complaint, const bool (&around)[2]) {
  return around[complaint.address->is_v4() ? 0 : 1];
}

/// Silence of one address says something only where others of its family answer: else it is this machine, or
/// what stands before it, that does not get there.
bool family_works(const audit::ZoneCase& c, const dns::Complaint& complaint) {
  const auto& around = c.delegation()->surroundings;
  return works(complaint, around.udp) || works(complaint, around.tcp);
}

/// Every address that holds the zone answers over UDP alone.
bool dead_over_tcp(const dns::Cut& cut) {
  bool any = false, all = true;
  each_authority(cut, [&](const dns::NameServer&, const dns::AddressReport& report) {
    any = true;
    const auto& tcp = report.soa_tcp;
    all = all && (tcp.silence == dns::Silence::closed || dns::is_lasting_silence(tcp));
  });
  return any && all;
}

/// What is wrong with the answer to a query in a version of EDNS that does not exist: anything but BADVERS
/// in the version that does (RFC 6891 §6.1.3). Empty for nothing.
std::string wrong_about_version(const dns::AddressReport& report) {
  constexpr std::uint8_t badvers = 16;
  const auto& exchange = report.version;
  const auto& reply = exchange.reply;
  if (!exchange.asked) return {};
  if (reply.kind == dns::ReplyKind::none) {
    return dns::is_lasting_silence(exchange) && report.ns.replied()
               ? "drops them where they have another version"
               : "";
  }
  if (reply.kind != dns::ReplyKind::failed) return "does not look at their version";
  return reply.rcode == badvers && reply.edns ? ""
                                              : fmt::format("answers {} to another version", reply.reason);
}

}  // namespace

void judge_deleg_udp_unreachable(audit::ZoneCase& c, audit::Findings& findings) {
  std::vector<std::string> items, open;
  for (const auto& complaint : complaints_of(c, {Fault::silent, Fault::not_listening, Fault::tcp_only})) {
    const bool silent = complaint.fault == Fault::silent;
    if (silent && !family_works(c, complaint)) continue;
    const auto text = fmt::format("{} {}", who(complaint),
                                  silent                                    ? "does not answer at all"
                                  : complaint.fault == Fault::not_listening ? "refuses UDP and TCP"
                                                                            : "answers over TCP only");
    if (complaint.weight == Weight::fault)
      items.push_back(text);
    else if (silent || works(complaint, c.delegation()->surroundings.udp))
      open.push_back(fmt::format("{}: {}", who(complaint), complaint.detail));
  }
  say(findings, "an answer over UDP", items);
  if (!open.empty()) findings.inconclusive(c.soa, {.detail = joined(open)});
}

void judge_deleg_tcp_unreachable(audit::ZoneCase& c, audit::Findings& findings) {
  std::vector<std::string> items, open;
  for (const auto& complaint : complaints_of(c, {Fault::udp_only})) {
    if (complaint.weight == Weight::fault)
      items.push_back(fmt::format("{}: {}", who(complaint), complaint.detail));
    else if (works(complaint, c.delegation()->surroundings.tcp))
      open.push_back(fmt::format("{}: {}", who(complaint), complaint.detail));
  }
  if (!items.empty()) {
    audit::Args args{.expected = "an answer over TCP", .observed = joined(items)};
    // Nobody gets what does not fit into a datagram then.
    if (dead_over_tcp(c.delegation()->cut)) args.severity = Severity::error;
    findings.add(std::move(args));
  }
  if (!open.empty()) findings.inconclusive(c.soa, {.detail = joined(open)});
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
