// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/paths/identities.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "mailauth/records/alignment.h"
#include "mailauth/records/dkim_key.h"
#include "mailauth/records/dmarc_discovery.h"
#include "mailauth/spf/spf_facts.h"
#include "mailauth/spf/spf_groups.h"
#include "mailauth/spf/spf_published.h"
#include "rules/public_suffix.h"

namespace rdnsgate::run {
namespace {

using inventory::MailPath;
using mailauth::SpfOutcome;
using mailauth::SpfResult;
using report::PathPart;
using report::PathSelector;
using report::PathState;

constexpr std::array all_results{SpfResult::pass,     SpfResult::fail, SpfResult::softfail,
                                 SpfResult::neutral,  SpfResult::none, SpfResult::temperror,
                                 SpfResult::permerror};

Tri whether(const mailauth::SpfResults& found, SpfResult one) {
  if (!found.may_be(one)) return found.may_be(SpfResult::temperror) ? Tri::unknown : Tri::no;
  return found.is(one) ? Tri::yes : Tri::unknown;
}

std::string decided_by(const SpfOutcome& outcome) {
  return outcome.decider ? fmt::format("\"{}\" of {}", outcome.decider->term, outcome.decider->domain) : "";
}

/// A lookup that failed is temperror to a receiver; whether every receiver's fails is not known.
SpfStretch stretch_of(const SpfOutcome& outcome, const std::set<std::string>& unknown) {
  SpfStretch stretch;
  stretch.term = decided_by(outcome);
  stretch.pass = whether(outcome.results, SpfResult::pass);
  stretch.fail = whether(outcome.results, SpfResult::fail);
  auto& part = stretch.part;
  const bool may_fail_to_look_up = outcome.results.may_be(SpfResult::temperror);
  if (!outcome.results.is_certain() || may_fail_to_look_up) {
    part.state = PathState::unknown;
    part.word = outcome.results.is(SpfResult::temperror) ? "temperror" : "unknown";
    part.detail = unknown.empty()
                      ? outcome.why
                      : fmt::format("it depends on what is not known: {}", fmt::join(unknown, ", "));
    return stretch;
  }
  for (const auto one : all_results) {
    if (outcome.results.is(one)) part.word = to_string(one);
  }
  part.state = outcome.results.is(SpfResult::pass) ? PathState::good : PathState::bad;
  if (part.state == PathState::good) return stretch;
  part.detail = outcome.results.is(SpfResult::none) ? "no SPF record"
                : !outcome.why.empty()              ? fmt::format("{}: {}", part.word, outcome.why)
                : !stretch.term.empty()             ? fmt::format("{}, by {}", part.word, stretch.term)
                                                    : std::string(part.word);
  return stretch;
}

/// Nothing is known of it yet.
PathSelector unknown_selector(const dns::Name& owner) {
  return {owner.text(), PathState::unknown, "unknown", {}};
}

PathSelector judge_selector(const dns::Name& owner, const dns::Fact& fact) {
  auto selector = unknown_selector(owner);
  const auto answer = mailauth::txt_answer(&fact);
  if (!answer.known()) {
    selector.detail = why_unknown(fact);
    return selector;
  }
  selector.state = PathState::bad;
  if (answer.texts.empty()) {
    selector.word = "missing";
    selector.detail = fmt::format("there is no key at {} ({})", owner.text(), denial(fact.outcome));
    return selector;
  }
  const auto judged = mailauth::judge_dkim(answer.texts);
  if (judged.records.size() == 1 && judged.records.front().revoked) {
    selector.word = "revoked";
    selector.detail = fmt::format("the key at {} is revoked", owner.text());
    return selector;
  }
  for (const auto& reason : judged.reasons.all()) {
    if (reason.severity != Severity::error) continue;
    selector.word = "faulty";
    selector.detail = fmt::format("the key at {}: {}", owner.text(), reason.message);
    return selector;
  }
  selector.state = PathState::good;
  selector.word = "present";
  return selector;
}

}  // namespace

void IdentityJudge::judge(dns::FactDesk& desk) {
  const auto lacks = [](const auto& one) { return one.second.lacks; };
  std::erase_if(domains_, lacks);
  std::erase_if(relays_, lacks);
  identities_.resize(inventory_.paths.size());
  settled_.resize(inventory_.paths.size());
  for (std::size_t i = 0; i < identities_.size(); ++i) {
    if (settled_[i]) continue;
    identities_[i] = {};
    settled_[i] = judge(inventory_.paths[i], desk, identities_[i]);
  }
}

bool IdentityJudge::judge(const MailPath& path, dns::FactDesk& desk, PathIdentity& identity) {
  const auto& domain = of_domain(path, desk);
  const auto* relay = path.relay ? &of_relay(path, desk) : nullptr;
  identity.mail_from = inventory::mail_from_of(inventory_.domain_of(path), inventory_.relay_of(path));
  identity.published = relay != nullptr && relay->published;
  desk.begin_part();
  if (const auto& ranges = relay != nullptr ? relay->ranges : of_sender(path); !ranges.empty()) {
    judge_spf(path, ranges, desk, identity);
  } else {
    identity.spf.push_back(
        {{}, {PathState::unknown, "unknown", relay != nullptr ? relay->why_none : std::string()}, {}});
  }
  judge_dkim(path, desk, identity);
  judge_dmarc(path, domain, desk, identity);
  return !domain.lacks && (relay == nullptr || !relay->lacks) && !desk.part_lacks_something();
}

const std::vector<AddressRange>& IdentityJudge::of_sender(const MailPath& path) {
  const auto [known, is_new] = senders_.try_emplace(*path.sender);
  if (is_new) {
    const auto& sender = *inventory_.sender_of(path);
    std::vector<IpAddress> addresses;
    for (std::size_t i = 0; i < sender.address_count; ++i)
      addresses.push_back(inventory_.addresses[sender.first_address + i].ip);
    known->second = address_ranges(std::move(addresses));
  }
  return known->second;
}

const IdentityJudge::OfRelay& IdentityJudge::of_relay(const MailPath& path, dns::FactDesk& desk) {
  const auto [known, is_new] = relays_.try_emplace(*path.relay);
  auto& found = known->second;
  if (!is_new) return found;
  const auto& relay = *inventory_.relay_of(path);
  if (!relay.addresses.empty()) {
    found.ranges = mailauth::spf_ranges(relay.addresses);
  } else if (relay.spf.empty()) {
    found.why_none = "neither addresses nor an SPF term are declared for the relay";
  } else {
    desk.begin_part();
    auto published = mailauth::spf_published(
        [&](const dns::Name& name, dns::RrType type) {
          return mailauth::spf_lookup(desk, name, type, offline_);
        },
        relay.spf);
    found = {std::move(published.ranges), true, std::move(published.why), desk.part_lacks_something()};
  }
  return found;
}

void IdentityJudge::judge_spf(const MailPath& path, const std::vector<AddressRange>& ranges,
                              dns::FactDesk& desk, PathIdentity& identity) const {
  mailauth::SpfIdentity who{{}, std::nullopt, identity.mail_from, std::nullopt};
  const auto* sender = inventory_.sender_of(path);
  if (sender != nullptr && sender->helo_name) who.helo = sender->helo_name->text();
  std::set<std::string> unknown;
  const auto asker = [&](const dns::Name& name, dns::RrType type) {
    auto found = mailauth::spf_lookup(desk, name, type, offline_);
    if (found.state == mailauth::SpfLookup::State::unknown ||
        found.state == mailauth::SpfLookup::State::failed)
      unknown.insert(fmt::format("{} {}{}", name.text(), dns::to_string(type),
                                 found.reason.empty() ? "" : " (" + found.reason + ")"));
    return found;
  };
  auto found = mailauth::spf_groups(asker, who, identity.mail_from, ranges);
  for (auto& group : found.groups) {
    auto stretch = stretch_of(group.outcome, unknown);
    stretch.ranges = std::move(group.ranges);
    identity.spf.push_back(std::move(stretch));
  }
  if (!found.left_out.empty())
    identity.spf.push_back(
        {std::move(found.left_out), {PathState::unknown, "unknown", "it would have taken too long"}, {}});
}

/// Decoding a key takes longer than all else, and a thousand paths may be signed with one.
PathSelector IdentityJudge::selector_at(const dns::Name& owner, dns::FactDesk& desk) {
  if (const auto known = selectors_.find(owner); known != selectors_.end()) return known->second;
  const auto* fact = desk.get(owner, dns::RrType::TXT);
  if (fact == nullptr) return unknown_selector(owner);
  return selectors_.emplace(owner, judge_selector(owner, *fact)).first->second;
}

void IdentityJudge::judge_dkim(const MailPath& path, dns::FactDesk& desk, PathIdentity& identity) {
  const auto& domain = inventory_.domain_of(path);
  const auto* relay = inventory_.relay_of(path);
  const auto signer = inventory::signer_of(domain, relay);
  const auto& selectors = relay != nullptr ? relay->dkim : domain.dkim;
  const bool is_named = relay != nullptr ? !relay->dkim_domain.empty() : domain.dkim_domain.has_value();
  if (!selectors.empty() || is_named) identity.signer = signer;
  for (const auto& selector : selectors) {
    const auto owner = dns::Name::parse(selector + "._domainkey." + signer.text());
    identity.selectors.push_back(
        owner ? selector_at(*owner, desk)
              : PathSelector{selector, PathState::bad, "faulty",
                             fmt::format("\"{}\" is no selector: {}", selector, owner.error().message)});
  }
  if (identity.selectors.empty()) {
    identity.dkim = {PathState::unknown, "undeclared",
                     "no selector is declared: whether the mail is signed is not known"};
    return;
  }
  identity.signed_well = Tri::yes;
  identity.dkim = {PathState::good, "present"};
  for (const auto& one : identity.selectors) {
    if (one.state == PathState::good) continue;
    if (one.state == PathState::bad && identity.dkim.state != PathState::bad)
      identity.dkim = {PathState::bad, one.word};
    if (one.state == PathState::unknown && identity.dkim.state == PathState::good)
      identity.dkim = {PathState::unknown, one.word};
  }
  if (identity.dkim.state != PathState::good)
    identity.signed_well = identity.dkim.state == PathState::bad ? Tri::no : Tri::unknown;
  for (const auto& one : identity.selectors) {
    if (!one.detail.empty()) identity.dkim.detail += (identity.dkim.detail.empty() ? "" : "; ") + one.detail;
  }
}

const IdentityJudge::OfDomain& IdentityJudge::of_domain(const MailPath& path, dns::FactDesk& desk) {
  const auto [known, is_new] = domains_.try_emplace(path.domain);
  auto& [identity, found, lacks] = known->second;
  if (!is_new) return known->second;
  desk.begin_part();
  found = mailauth::discover_dmarc(desk, inventory_.domain_of(path).name, rules::organisational_domain);
  const auto said = [](bool applies, bool decided) {
    return applies ? Tri::yes : decided ? Tri::no : Tri::unknown;
  };
  identity.dmarc_record = said(found.applying() != nullptr, found.walk.decided) ||
                          said(found.applies_7489.has_value(), found.decided_7489);
  identity.policy = std::max(found.policy, found.policy_7489);
  if (identity.dmarc_record == Tri::no) identity.dmarc_detail = "no DMARC record";
  if (identity.dmarc_record == Tri::yes && !identity.policy) {
    identity.dmarc_record = Tri::no;
    identity.dmarc_detail = "the DMARC record has no policy that receivers apply";
  }
  for (const auto& stop : found.walk.stops) {
    if (identity.dmarc_record != Tri::unknown || stop.answer.state != mailauth::TxtAnswer::State::failed)
      continue;
    if (const auto* fact = desk.get(stop.owner, dns::RrType::TXT)) identity.dmarc_detail = why_unknown(*fact);
  }
  lacks = desk.part_lacks_something();
  return known->second;
}

void IdentityJudge::judge_dmarc(const MailPath& path, const OfDomain& of_domain, dns::FactDesk& desk,
                                PathIdentity& identity) const {
  identity.dmarc_record = of_domain.identity.dmarc_record;
  identity.policy = of_domain.identity.policy;
  identity.dmarc_detail = of_domain.identity.dmarc_detail;
  judge_alignment(path, of_domain.found, desk, identity);
}

/// To be sure of it, receivers of both generations have to take it for the domain.
void IdentityJudge::judge_alignment(const MailPath& path, const mailauth::DmarcDiscovery& found,
                                    dns::FactDesk& desk, PathIdentity& identity) const {
  const auto& from = inventory_.domain_of(path).name;
  if (identity.mail_from == from && identity.signer.value_or(from) == from) return;
  mailauth::PathIdentities who{identity.mail_from, {}};
  if (identity.signer) who.signers.push_back(*identity.signer);
  const auto said = mailauth::forecast_dmarc(desk, found, who, rules::organisational_domain);
  const auto judge = [&](const std::optional<mailauth::Alignment>& tree,
                         const std::optional<mailauth::Alignment>& list, std::string_view what,
                         const dns::Name& name) {
    const auto is = [](const std::optional<mailauth::Alignment>& one) {
      return !one || !is_known(*one) ? Tri::unknown : is_aligned(*one) ? Tri::yes : Tri::no;
    };
    const auto both = is(tree) && is(list);
    if (both == Tri::yes) return both;
    const auto why = both == Tri::unknown ? std::string("whether it is aligned is not known")
                     : is(tree) == is(list)
                         ? std::string(to_string(*tree))
                         : fmt::format("aligned by {} alone", is(tree) == Tri::yes ? "RFC 9989" : "RFC 7489");
    identity.apart +=
        fmt::format("{}{} {}: {}", identity.apart.empty() ? "" : "; ", what, name.text(), why);
    return both;
  };
  identity.spf_aligned = judge(said.tree.spf, said.list.spf, "MAIL FROM", identity.mail_from);
  if (identity.signer)
    identity.dkim_aligned = judge(said.tree.dkim, said.list.dkim, "signed as", *identity.signer);
}

}  // namespace rdnsgate::run
