// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "base/text/text.h"
#include "report/trace.h"

namespace rdnsgate::report {
namespace {

using dns::Fault;
using dns::WalkEnd;

std::string_view predicate(Fault fault) {
  switch (fault) {
    case Fault::lame_refused:
      return "is lame: it refuses to answer for the zone";
    case Fault::lame_servfail:
      return "is lame: it fails to answer for the zone";
    case Fault::lame_not_authoritative:
      return "is lame: it does not hold the zone";
    case Fault::lame_upward_referral:
      return "is lame: it sends the client back up the tree";
    case Fault::referral_loop:
      return "sends the client in a circle";
    case Fault::malformed_reply:
      return "sends replies that cannot be read";
    case Fault::silent:
      return "did not reply, neither over UDP nor over TCP";
    case Fault::not_listening:
      return "does not run a name server: its host refuses UDP and TCP";
    case Fault::no_route:
      return "cannot be reached from this machine, which has no route for such addresses";
    case Fault::tcp_only:
      return "answers over TCP and not over UDP: is there a firewall?";
    case Fault::udp_only:
      return "answers over UDP and not over TCP: is there a firewall?";
    case Fault::edns_refused:
      return "refuses EDNS";
    case Fault::edns_dropped:
      return "drops queries with EDNS, and answers the same without";
    case Fault::ds_without_dnskey:
      return "has no DNSKEY records, and the parent has a DS record: validators call the zone bogus";
    case Fault::ds_mismatch:
      return "has no DNSKEY record that a DS record of the parent fits: validators call the zone bogus";
    case Fault::signature_missing:
      return "sends records without a signature, in a zone that is signed: validators call them bogus";
    case Fault::signature_expired:
      return "sends signatures that have expired: validators call the records bogus";
    case Fault::signature_not_yet_valid:
      return "sends signatures that are not valid yet: validators call the records bogus";
    case Fault::signature_broken:
      return "sends signatures that do not fit the records or the keys: validators call the records bogus";
    case Fault::denial_unproven:
      return "denies without NSEC or NSEC3 records that prove it: validators call the denial bogus";
    case Fault::expansion_unproven:
      return "sends what a wildcard makes up without a proof that nothing closer is there: validators call "
             "it "
             "bogus";
    case Fault::chain_broken:
      return "the chain of trust is broken: validators call the zone bogus";
    case Fault::chain_unknown:
      return "whether a chain of trust leads here could not be determined";
    case Fault::no_address:
      return "has no address";
    case Fault::address_is_alias:
      return "is an alias, which an NS record must not name";
    case Fault::address_loop:
      return "has an address that cannot be found: the search runs in a circle";
    case Fault::address_unknown:
      return "has an address that could not be determined";
    case Fault::glue_missing:
      return "is a name in the zone itself, and the parent gives no glue for it";
    case Fault::glue_mismatch:
      return "has other addresses in the zone than in the parent's glue";
    case Fault::no_delegation:
      return "does not know a delegation that other servers of the parent give";
    case Fault::parents_differ:
      return "the servers of the parent disagree";
    case Fault::ns_mismatch:
      return "the NS records of the parent and of the zone differ";
    case Fault::child_ns_differ:
      return "the servers of the zone disagree";
    case Fault::serials_differ:
      return "the servers hold different versions of the zone";
    case Fault::answers_differ:
      return "the servers answer differently";
    case Fault::foreign_glue:
      return "the parent gives addresses of names that are none of its business; they were ignored";
    case Fault::too_many_servers:
      return "the zone has more name servers than a client asks";
    case Fault::no_server:
      return "the delegation is broken";
    case Fault::no_answer:
      return "the lookup failed here";
    case Fault::alias_loop:
      return "the aliases run in a circle";
    case Fault::too_deep:
      return "the walk leads on and on, and was given up";
    case Fault::bound_reached:
      return "the limit on questions or time was reached";
  }
  return "is wrong";
}

std::string records_text(const dns::RRset& set) {
  std::string out;
  for (const auto& rdata : set.rdata) out += (out.empty() ? "" : ", ") + dns::rdata_text(set.type, rdata);
  return out;
}

/// How the walk ended, without a judgement.
std::string ending(const dns::Trace& trace) {
  const auto name = trace.last_name.text(), zone = trace.zone.text();
  switch (trace.end) {
    case WalkEnd::answer:
      return fmt::format("{} {} is {}, according to {}", name, dns::to_string(trace.type),
                         records_text(*trace.answer), zone);
    case WalkEnd::nodata:
      return fmt::format("{} exists and has no {} record, according to {}", name, dns::to_string(trace.type),
                         zone);
    case WalkEnd::nxdomain:
      return trace.missing && *trace.missing != trace.last_name
                 ? fmt::format("{} does not exist, according to {}: nothing does below {}", name, zone,
                               trace.missing->text())
                 : fmt::format("{} does not exist, according to {}", name, zone);
    case WalkEnd::stuck:
      return fmt::format("the walk to {} ends at {}", name, zone);
    case WalkEnd::alias_loop:
      return fmt::format("the aliases lead back to {}", name);
    case WalkEnd::too_deep:
      return fmt::format("the walk to {} was given up at {}", name, zone);
    case WalkEnd::bound:
      return fmt::format("the walk to {} reached its limit at {}", name, zone);
  }
  return {};
}

std::size_t count(const TraceDocument& document, dns::Weight weight) {
  const auto& verdict = document.verdict;
  std::size_t found = 0;
  const auto add = [&](const std::vector<dns::Complaint>& complaints) {
    for (const auto& complaint : complaints) found += complaint.weight == weight ? 1 : 0;
  };
  for (const auto& cut : verdict.cuts) add(cut.complaints);
  add(verdict.complaints);
  for (const auto& findings : document.findings) {
    for (const auto& finding : findings) found += weight_of(finding) == weight ? 1 : 0;
  }
  return found;
}

}  // namespace

std::string_view verdict_word(const dns::TraceVerdict& verdict) {
  switch (verdict.weight) {
    case dns::Weight::note:
      return "pass";
    case dns::Weight::unknown:
      return "inconclusive";
    case dns::Weight::fault:
      return "fail";
  }
  return "inconclusive";
}

std::string sentence(const dns::Complaint& complaint) {
  std::string who;
  if (complaint.server) who = complaint.server->text();
  if (complaint.address) who += fmt::format(" ({})", complaint.address->to_string());
  std::string out = fmt::format("{}{}{}", who, who.empty() ? "" : " ", predicate(complaint.fault));
  if (!complaint.detail.empty()) out += ": " + complaint.detail;
  return out;
}

dns::Weight weight_of(const TraceFinding& finding) {
  if (finding.severity != Severity::error || finding.clears_at) return dns::Weight::note;
  return finding.inconclusive ? dns::Weight::unknown : dns::Weight::fault;
}

std::string conclusion(const TraceDocument& document) {
  std::string found;
  if (const auto faults = count(document, dns::Weight::fault); faults > 0)
    found = counted(faults, "fault", "faults");
  if (const auto unknown = count(document, dns::Weight::unknown); unknown > 0)
    found += fmt::format("{}{} that could not be determined", found.empty() ? "" : ", ",
                         counted(unknown, "thing", "things"));
  if (found.empty()) found = "the chain is whole";
  return fmt::format("{}: {}; {}", verdict_word(document.verdict), ending(document.trace), found);
}

}  // namespace rdnsgate::report
