// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "dns/delegation/silence.h"
#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"
#include "rules/deleg/words.h"

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
    return dns::is_lasting_silence(exchange) && report.ns.replied() ? std::string(words::drops_version) : "";
  }
  if (reply.kind != dns::ReplyKind::failed) return std::string(words::ignores_version);
  return reply.rcode == badvers && reply.edns ? "" : fmt::format(words::answers_version, reply.reason);
}

}  // namespace

void judge_deleg_udp_unreachable(audit::ZoneCase& c, audit::Findings& findings) {
  Faults faults;
  std::vector<std::string> open;
  for (const auto& complaint : complaints_of(c, {Fault::silent, Fault::not_listening, Fault::tcp_only})) {
    const bool silent = complaint.fault == Fault::silent;
    if (silent && !family_works(c, complaint)) continue;
    const auto word = silent                                    ? words::silent_at_all
                      : complaint.fault == Fault::not_listening ? words::not_listening
                                                                : words::tcp_only;
    if (complaint.weight == Weight::fault)
      faults.add(fmt::format(words::of_server, who(complaint), word), who(complaint));
    else if (silent || works(complaint, c.delegation()->surroundings.udp))
      open.push_back(explained(complaint));
  }
  say(findings, faults);
  say_open(findings, c.soa, open);
}

void judge_deleg_tcp_unreachable(audit::ZoneCase& c, audit::Findings& findings) {
  Faults faults;
  std::vector<std::string> open;
  for (const auto& complaint : complaints_of(c, {Fault::udp_only})) {
    if (complaint.weight == Weight::fault)
      faults.add(explained(complaint), who(complaint));
    else if (works(complaint, c.delegation()->surroundings.tcp))
      open.push_back(explained(complaint));
  }
  if (!faults.empty()) {
    audit::Args args{.values = faults.values()};
    // Nobody gets what does not fit into a datagram then.
    if (dead_over_tcp(c.delegation()->cut)) args.severity = Severity::error;
    findings.add(std::move(args));
  }
  say_open(findings, c.soa, open);
}

void judge_deleg_edns_broken(audit::ZoneCase& c, audit::Findings& findings) {
  Faults faults;
  const auto add = [&](const std::string& server, std::string_view word) {
    faults.add(fmt::format(words::of_server, server, word), server);
  };
  for (const auto& complaint : complaints_of(c, {Fault::edns_refused, Fault::edns_dropped})) {
    add(who(complaint), complaint.fault == Fault::edns_refused ? words::refuses_edns : words::drops_edns);
  }
  if (c.delegation() != nullptr) {
    each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
      if (const auto wrong = wrong_about_version(report); !wrong.empty())
        add(who(server.name, report.address), wrong);
    });
  }
  say(findings, faults);
}

}  // namespace rdnsgate::rules
