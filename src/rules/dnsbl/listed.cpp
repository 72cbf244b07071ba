// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "base/text/text.h"
#include "dns/rrset.h"
#include "rules/dnsbl/listing.h"
#include "rules/dnsbl/rules.h"

namespace rdnsgate::rules {
namespace {

constexpr std::size_t longest_reason = 200;

/// What the list says of its entry (RFC 5782 §2.1); foreign text, empty where it says nothing.
std::string reason_of(const audit::BlocklistCase& c, const dns::Name& owner) {
  const auto* fact = c.probe(owner, dns::RrType::TXT);
  if (fact == nullptr || !dns::is_positive(fact->outcome) || fact->rrset() == nullptr) return {};
  const auto& all = fact->rrset()->rdata;
  auto text = all.empty() ? std::string() : dns::txt_joined(all.front());
  if (text.size() > longest_reason) text = text.substr(0, longest_reason) + "...";
  return text;
}

void judge_listings(audit::BlocklistCase& c, audit::Findings& findings) {
  for_each_listing(c, candidates_of(c), [&](const Candidate& candidate, const Listing& listing) {
    if (listing.state != Listing::State::listed) return;
    audit::Args args;
    args.values = {{"list", c.list.zone}, {"codes", audit::list_of(listing.codes)}};
    if (auto reason = reason_of(c, candidate.owner); !reason.empty())
      args.values.emplace_back("reason", std::move(reason));
    if (c.list.of_names) {
      args.values.emplace_back("name", candidate.name);
      if (candidate.target.kind == audit::TargetKind::address) args.wording = "of-address";
    }
    args.target = candidate.target;
    args.at = candidate.at;
    findings.add(std::move(args));
  });
}

/// Why a list says nothing of what was asked.
void say_why(audit::Findings& findings, const dns::Fact& fact, const std::string& failure,
             std::string_view wording = {}, audit::Values values = {}) {
  if (!failure.empty()) values.emplace_back("failure", failure);
  findings.inconclusive(fact, {.values = std::move(values), .wording = wording});
}

}  // namespace

void judge_dnsbl_listed(audit::BlocklistCase& c, audit::Findings& findings) {
  if (!c.list.of_names) judge_listings(c, findings);
}

void judge_dbl_listed(audit::BlocklistCase& c, audit::Findings& findings) {
  if (c.list.of_names) judge_listings(c, findings);
}

void judge_dnsbl_lookup_failed(audit::BlocklistCase& c, audit::Findings& findings) {
  using State = ListHealth::State;
  const auto health = health_of(c);
  if (health.state == State::unusable || health.state == State::absent)
    return say_why(findings, *health.fact, health.failure);
  const auto all = candidates_of(c);
  const bool some_ipv6 = std::any_of(c.inventory.addresses.begin(), c.inventory.addresses.end(),
                                     [](const auto& one) { return one.ip.is_v6(); });
  if (health.state == State::works && !c.list.of_names && some_ipv6) {
    const auto ipv6 = ipv6_health_of(c);
    if (ipv6.state == State::unusable) return say_why(findings, *ipv6.fact, ipv6.failure, "ipv6");
  }
  std::size_t failed = 0;
  Listing first;
  for_each_listing(c, all, [&](const Candidate&, const Listing& listing) {
    if (listing.state != Listing::State::unknown && listing.state != Listing::State::refused) return;
    if (failed++ == 0) first = listing;
  });
  if (failed > 0)
    say_why(findings, *first.fact, first.refusal, "some", {{"failed", failed}, {"asked", all.asked.size()}});
}

void judge_dnsbl_not_asked(audit::BlocklistCase& c, audit::Findings& findings) {
  const auto all = candidates_of(c);
  if (!all.ready) return;
  if (all.left_out > 0)
    findings.add({.values = {{"count", all.left_out}, {"limit", c.inventory.blocklist_use.limit}}});
  if (all.without_ipv6 > 0) findings.add({.values = {{"count", all.without_ipv6}}, .wording = "ipv6"});
}

}  // namespace rdnsgate::rules
