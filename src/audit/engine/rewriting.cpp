// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/rewriting.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/null_answer.h"
#include "base/hash.h"
#include "dns/ede.h"

namespace rdnsgate::audit {
namespace {

using dns::Name;
using dns::RrType;
using dns::VantageKind;

std::vector<std::string> sorted(std::vector<std::string> rdata) {
  std::sort(rdata.begin(), rdata.end());
  return rdata;
}

/// What the resolver says of names that do not exist is how it says NXDOMAIN. The SOA record that goes with
/// it (RFC 2308 §3) was taken away with the denial: here is one of no zone that is known, with no time to
/// live.
void deny(dns::Fact& fact) {
  fact.outcome = dns::Outcome::nxdomain;
  fact.soa = dns::RRset{Name(), RrType::SOA, 0, {std::string(2 + 5 * 4, '\0')}};
  fact.answer.clear();
}

const inventory::Zone* first_forward_zone(const inventory::Inventory& inventory) {
  static const Name arpa = Name::parse("arpa").value();
  const auto found = std::find_if(inventory.zones.begin(), inventory.zones.end(),
                                  [](const auto& zone) { return !zone.name.is_within(arpa); });
  return found == inventory.zones.end() ? nullptr : &*found;
}

/// A label that nobody has and that looks like no word, the same in every run.
std::optional<Name> probe_under(const Name& parent) {
  const auto label = Name::parse("rdnsgate-" + sha256_hex(parent.wire()).substr(0, 10)).value();
  auto name = label.under(parent);
  return name ? std::optional(std::move(*name)) : std::nullopt;
}

}  // namespace

Rewriting::Rewriting(const inventory::Inventory& inventory, std::span<const dns::VantageInfo> vantages)
    : vantages_(vantages), made_up_(vantages.size()), made_up_answers_(vantages.size()) {
  const bool any = std::any_of(vantages.begin(), vantages.end(),
                               [](const auto& vantage) { return vantage.kind == VantageKind::forward; });
  if (!any) return;
  invalid_ = probe_under(Name::parse("invalid").value());
  if (const auto* zone = first_forward_zone(inventory)) in_zone_ = probe_under(zone->name);
  for (dns::VantageIndex v = 0; v < vantages.size(); ++v) {
    for (const auto type : {RrType::A, RrType::AAAA}) {
      if (in_zone_ && vantages[v].kind != VantageKind::replay) questions_.push_back({v, *in_zone_, type});
      if (is_resolver(v)) questions_.push_back({v, *invalid_, type});
    }
  }
}

bool Rewriting::take(const dns::Fact& fact) {
  if (complete() || std::find(questions_.begin(), questions_.end(), fact.question) == questions_.end())
    return false;
  answers_.push_back(fact);
  if (complete()) conclude();
  return true;
}

bool Rewriting::is_denied_at_source(const Name& name, RrType type) const {
  return std::any_of(answers_.begin(), answers_.end(), [&](const dns::Fact& fact) {
    return fact.question.name == name && fact.question.type == type && dns::is_negative(fact.outcome) &&
           !vantages_[fact.question.vantage].internal &&
           (!is_resolver(fact.question.vantage) || fact.authoritative);
  });
}

void Rewriting::conclude() {
  for (const auto& fact : answers_) {
    if (!is_address_answer(fact) || !is_resolver(fact.question.vantage) || fact.authoritative) continue;
    const auto& name = fact.question.name;
    if (name != *invalid_ && !is_denied_at_source(name, fact.question.type)) continue;
    const auto* set = fact.rrset();
    if (set == nullptr) continue;
    made_up_[fact.question.vantage].insert(set->rdata.begin(), set->rdata.end());
    // The null address is what a filter gives for names that do exist as well.
    if (std::none_of(set->rdata.begin(), set->rdata.end(), is_null))
      made_up_answers_[fact.question.vantage].insert(sorted(set->rdata));
  }
}

std::vector<IpAddress> Rewriting::made_up(dns::VantageIndex vantage) const {
  std::vector<IpAddress> all;
  for (const auto& rdata : made_up_[vantage]) {
    if (const auto address = dns::address_in(rdata)) all.push_back(*address);
  }
  return all;
}

void Rewriting::review(dns::Fact& fact) const {
  const auto vantage = fact.question.vantage;
  if (!is_resolver(vantage) || !is_address_answer(fact) || fact.authoritative || fact.rrset() == nullptr)
    return;
  const auto& rdata = fact.rrset()->rdata;
  const auto is_made_up = [&](const std::string& it) {
    return is_null(it) || made_up_[vantage].contains(it);
  };
  if (!std::all_of(rdata.begin(), rdata.end(), is_made_up)) return;
  if (made_up_answers_[vantage].contains(sorted(rdata))) return deny(fact);
  const auto address = dns::address_in(rdata.front());
  const std::string text = address ? address->to_string() : "";
  fact.reason = is_null(rdata.front())
                    ? fmt::format("the null address {} is a filter's", text)
                    : fmt::format("{} is what the resolver makes up for names that do not exist", text);
  fact.outcome = dns::Outcome::refused;
  fact.ede = dns::ede_forged_answer;  // as a resolver says it that does not hide it
  fact.answer.clear();
}

}  // namespace rdnsgate::audit
