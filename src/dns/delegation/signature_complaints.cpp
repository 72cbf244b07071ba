// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/delegation/signature_complaints.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "dns/delegation/trace_proof.h"
#include "dns/dnssec/trusted_keys.h"

namespace rdnsgate::dns {
namespace {

using Found = std::map<Fault, std::set<std::string>>;

Fault fault_of(Flaw flaw) {
  switch (flaw) {
    case Flaw::signature_missing:
      return Fault::signature_missing;
    case Flaw::signature_expired:
      return Fault::signature_expired;
    case Flaw::signature_not_yet_valid:
      return Fault::signature_not_yet_valid;
    case Flaw::signature_of_no_key:
    case Flaw::signature_broken:
      return Fault::signature_broken;
    case Flaw::denial_unproven:
      return Fault::denial_unproven;
    case Flaw::expansion_unproven:
      return Fault::expansion_unproven;
    case Flaw::chain_broken:
      break;
  }
  return Fault::chain_broken;
}

/// `PTR name` as these complaints have it: `name PTR`.
std::string owner_first(const std::string& what) {
  const auto space = what.find(' ');
  return space == std::string::npos ? what : what.substr(space + 1) + " " + what.substr(0, space);
}

/// What the address said of the names that the walk asked of this zone.
void judge_links(const Cut& cut, const AddressReport& report, const SignatureContext& context,
                 const TrustedKeys& keys, Found& found) {
  for (const auto& link : context.trace.links) {
    if (link.zone != cut.zone) continue;
    const auto proof = prove_at(report, link, context.trace.type, keys, context.now);
    if (proof && proof->flaw) found[fault_of(*proof->flaw)].insert(owner_first(proof->what));
  }
}

}  // namespace

void judge_signatures(const Cut& cut, const NameServer& server, const AddressReport& report,
                      const SignatureContext& context, std::vector<Complaint>& complaints) {
  Found found;
  const auto& own_keys = report.dnskey.reply.rrset->rdata;
  const TrustedKeys keys(cut.zone, own_keys);
  for (const auto* exchange : {&report.soa(), &report.ns, &report.dnskey}) {
    const auto& reply = exchange->reply;
    if (exchange->edns != Edns::yes || !reply.authoritative || reply.kind != ReplyKind::answer) continue;
    if (const auto flaw = flaw_of(keys.check(*reply.rrset, reply.signatures, context.now).check))
      found[fault_of(*flaw)].insert(
          fmt::format("{} {}", reply.rrset->owner.text(), to_string(reply.rrset->type)));
  }
  // Where no chain of trust leads here, the keys of the zone have to do.
  const bool secure = context.trust.state == Trust::State::secure;
  judge_links(cut, report, context, TrustedKeys(cut.zone, secure ? context.trust.keys : own_keys), found);
  for (const auto& [fault, sets] : found)
    complaints.push_back(
        {fault, Weight::fault, server.name, report.address, fmt::format("{}", fmt::join(sets, ", "))});
}

void judge_trust(const Cut& cut, const SignatureContext& context, std::vector<Complaint>& complaints) {
  const auto& trust = context.trust;
  for (const auto& it : trust.unproven) {
    const bool at_parent = std::any_of(cut.parents.begin(), cut.parents.end(), [&](const auto& view) {
      return view.server == it.server && view.address == it.address;
    });
    if (at_parent && it.what.starts_with("DS "))
      complaints.push_back({fault_of(it.flaw), Weight::fault, it.server, it.address, owner_first(it.what)});
  }
  const auto above = context.above != nullptr ? context.above->state : Trust::State::unknown;
  const bool told = std::any_of(complaints.begin(), complaints.end(), [](const Complaint& it) {
    return it.fault >= Fault::ds_without_dnskey && it.fault <= Fault::expansion_unproven;
  });
  if (trust.state == Trust::State::broken && above != Trust::State::broken && !told)
    complaints.push_back({Fault::chain_broken, Weight::fault, std::nullopt, std::nullopt, trust.why});
  // Of the root nobody expects keys; below a zone that is trusted it is known that there are some, or none.
  if (trust.state == Trust::State::unknown && above == Trust::State::secure)
    complaints.push_back({Fault::chain_unknown, Weight::unknown, std::nullopt, std::nullopt, {}});
}

}  // namespace rdnsgate::dns
