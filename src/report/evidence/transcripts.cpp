// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What was asked and what came back, in the form of dig(1), and both sides of each delegation.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "dns/delegation/delegation_verdict.h"
#include "dns/rcode.h"
#include "dns/wire/dig_text.h"
#include "report/evidence/evidence.h"

namespace rdnsgate::report {
namespace {

using dns::Fact;
using dns::Outcome;

std::string harmless(const std::string& text) { return escape_terminal(text); }

/// What a header would say; nothing where no message was ever seen.
std::string status_of(const Fact& fact) {
  switch (fact.outcome) {
    case Outcome::answer:
    case Outcome::nodata:
      return "NOERROR";
    case Outcome::nxdomain:
      return "NXDOMAIN";
    case Outcome::servfail:
      return fact.rcode == 0 ? "SERVFAIL" : dns::rcode_name(fact.rcode);
    case Outcome::refused:
      return "REFUSED";
    case Outcome::bogus:
      return fact.rcode == 0 ? "no status: the validator refused the answer" : dns::rcode_name(fact.rcode);
    case Outcome::timeout:
    case Outcome::unreachable:
    case Outcome::malformed:
    case Outcome::unanswered:
      break;
  }
  return {};
}

void add_section(std::string& out, std::string_view name, const std::vector<dns::RRset>& sets) {
  if (sets.empty()) return;
  out += fmt::format("\n;; {} SECTION:\n", name);
  for (const auto& set : sets) out += dns::record_lines(set);
}

std::vector<dns::RRset> listed(const std::optional<dns::RRset>& set) {
  return set ? std::vector{*set} : std::vector<dns::RRset>();
}

std::string fact_text(const Fact& fact, const std::string& vantage, std::size_t nth, std::size_t of) {
  const auto type = dns::to_string(fact.question.type);
  std::string out = fmt::format("; question {} of {}, at vantage {}\n", nth, of, harmless(vantage));
  const auto at = fact.server.substr(0, fact.server.find('#'));
  out += fmt::format("; <<>> rdnsgate <<>> {}{} {}\n", at.empty() ? "" : "@" + harmless(at) + " ",
                     harmless(fact.question.name.fqdn()), type);
  if (const auto status = status_of(fact); !status.empty()) {
    std::string flags = fact.tries == 0 || fact.server.empty() ? "" : " qr";
    if (fact.authoritative) flags += " aa";
    if (fact.authenticated) flags += " ad";
    out += fmt::format(";; ->>HEADER<<- opcode: QUERY, status: {}\n;; flags:{}\n", status, flags);
  } else {
    out += fmt::format(";; no answer: {}\n", dns::to_string(fact.outcome));
  }
  out += fmt::format("\n;; QUESTION SECTION:\n;{} IN {}\n", harmless(fact.question.name.fqdn()), type);
  add_section(out, "ANSWER", fact.answer);
  add_section(out, "AUTHORITY", listed(fact.soa));
  out += "\n";
  if (!fact.server.empty())
    out += fmt::format(";; Query time: {:.1f} msec\n;; SERVER: {}\n", fact.rtt_us / 1000.0,
                       harmless(fact.server));
  out += fmt::format(";; WHEN: {}\n;; outcome: {}, {}; DNSSEC: {}\n", format_time(fact.asked_at),
                     dns::to_string(fact.outcome), counted(fact.tries, "try", "tries"),
                     dns::to_string(fact.security));
  if (!fact.reason.empty()) out += fmt::format(";; because: {}\n", harmless(fact.reason));
  for (const auto& said : fact.servers) {
    out +=
        fmt::format("\n;; {} ({}) answered: {}{}\n", harmless(said.server.fqdn()), said.address.to_string(),
                    dns::to_string(said.outcome), said.reason.empty() ? "" : ", " + harmless(said.reason));
    for (const auto& set : said.answer) out += dns::record_lines(set);
    for (const auto& set : listed(said.soa)) out += dns::record_lines(set);
  }
  return out;
}

std::string moment(std::int64_t us) {
  const Time time{seconds(us / 1'000'000)};
  auto text = format_time(time);
  text.insert(text.size() - 1, fmt::format(".{:06}", us % 1'000'000));
  return text;
}

std::string packet_text(const dns::Packet& packet, std::size_t nth) {
  std::string out = fmt::format("; message {}: {} {} {} over {} {} {}, {}\n", nth, moment(packet.at_us),
                                packet.is_query ? "to" : "from",
                                fmt::format("{}#{}", packet.server.to_string(), packet.server_port),
                                dns::to_string(packet.transport), packet.is_query ? "from port" : "to port",
                                packet.own_port, counted(packet.message.size(), "octet", "octets"));
  return out + dns::dig_text(packet.message);
}

std::string transfer_text(const dns::Exchange& exchange) {
  if (!exchange.asked) return "not asked";
  if (!exchange.replied()) return "no reply";
  return exchange.reply.kind == dns::ReplyKind::answer ? "ALLOWED to this host" : "refused";
}

std::string server_lines(const dns::Cut& cut) {
  std::string out;
  const auto add = [&](const dns::NameServer& server) {
    if (server.addresses.empty())
      out += fmt::format("{:<40} {}\n", harmless(server.name.fqdn()), "no address");
    for (const auto& report : server.addresses) {
      const auto serial = report.serial();
      out +=
          fmt::format("{:<40} {:<24} {:<12} {}\n", harmless(server.name.fqdn()), report.address.to_string(),
                      serial ? std::to_string(*serial) : "-", transfer_text(report.transfer));
    }
  };
  for (const auto& server : cut.servers) add(server);
  for (const auto& server : cut.undelegated) add(server);
  return out;
}

}  // namespace

std::string evidence_transcripts(const EvidenceDocument& document) {
  std::string out = fmt::format(
      "; What was asked, of whom, when, and what came back, in the form of dig.\n"
      "; The questions below are rebuilt from the facts that were recorded (facts.jsonl): records, flags, "
      "status and times\n"
      "; are those of the answers; ids, EDNS and the order within a message are not kept there.\n");
  out += document.packets.empty() ? "; No messages were captured.\n"
                                  : fmt::format("; Behind them are {} as they were captured.\n",
                                                counted(document.packets.size(), "message", "messages"));
  for (std::size_t i = 0; i < document.facts.size(); ++i) {
    const auto& fact = document.facts[i];
    if (out.size() > most_evidence_octets / 2) {
      out += fmt::format("\n; {} more questions are in facts.jsonl\n", document.facts.size() - i);
      break;
    }
    const auto at = fact.question.vantage;
    out += "\n" + fact_text(fact, at < document.vantages.size() ? document.vantages[at].name : "?", i + 1,
                            document.facts.size());
  }
  if (!document.packets.empty()) out += "\n; Messages, captured as they were sent and received.\n";
  for (std::size_t i = 0; i < document.packets.size(); ++i) {
    if (out.size() > most_evidence_octets - (std::size_t{1} << 20)) {
      out += fmt::format("\n; {} more messages are in packets.pcap\n", document.packets.size() - i);
      break;
    }
    out += "\n" + packet_text(document.packets[i], i + 1);
  }
  return out;
}

std::string evidence_delegation(const EvidenceDocument& document) {
  std::string out =
      "; Who delegates each zone to whom, what each name server has, and what is wrong with that.\n";
  std::set<dns::Name> shown;
  for (const auto& fact : document.facts) {
    if (!fact.delegation) continue;
    const auto& cut = fact.delegation->cut;
    if (!shown.insert(cut.zone).second) continue;
    out += fmt::format("\n; zone {}, delegated by {}, looked at {}\n", harmless(cut.zone.fqdn()),
                       harmless(cut.parent.fqdn()), format_time(fact.asked_at));
    out += render_cut_text(cut, dns::judge(cut, fact.delegation->surroundings));
    out += fmt::format("{:<40} {:<24} {:<12} {}\n", "; name server", "address", "serial", "zone transfer");
    out += server_lines(cut);
  }
  for (const auto& fact : document.facts) {
    if (!fact.delegation_failure.empty())
      out += fmt::format("\n; zone {}: its delegation could not be looked at: {}\n",
                         harmless(fact.question.name.fqdn()), harmless(fact.delegation_failure));
  }
  for (const auto& walk : document.walks) {
    out += fmt::format("\n; walk from the root, {}\n", format_time(walk.started_at));
    out += render_trace_text(walk, false, 0);
  }
  if (shown.empty() && document.walks.empty())
    out +=
        "\n; No vantage asked the name servers themselves: nothing is known of delegations, serials and "
        "transfers.\n";
  return out;
}

}  // namespace rdnsgate::report
