// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <set>

#include "dns/rrset.h"
#include "rules/denial.h"
#include "rules/servers_differ.h"
#include "rules/spf/rules.h"
#include "rules/spf/spf_text.h"

namespace rdnsgate::rules {
namespace {

constexpr dns::RrType type_spf{99};
constexpr std::size_t udp_size = 512, edns_size = 1232;  // RFC 1035 §4.2.1; what does not fragment

/// Octets of an answer with this RRset alone: header, question, and for each record a compressed name and its fields.
std::size_t answer_size(const dns::RRset& set) {
  std::size_t size = 12 + set.owner.wire().size() + 4;
  for (const auto& rdata : set.rdata) size += 12 + rdata.size();
  return size;
}

std::set<std::string> spf_at(const dns::ServerAnswer& said) {
  std::set<std::string> texts;
  for (const auto& set : said.answer) {
    if (set.type != dns::RrType::TXT) continue;
    for (auto& text : mailauth::spf_texts(set.rdata)) texts.insert(std::move(text));
  }
  return texts;
}

/// Servers that answer have different SPF records, whatever else their TXT records say.
bool differs_in_spf(const dns::Fact& fact) {
  std::set<std::set<std::string>> versions;
  for (const auto& said : fact.servers) {
    if (dns::is_positive(said.outcome) ||
        (dns::is_negative(said.outcome) && (said.soa || !said.answer.empty())))
      versions.insert(spf_at(said));
  }
  return versions.size() > 1;
}

}  // namespace

void judge_spf_type99(audit::DomainCase& c, audit::Findings& findings) {
  const auto* fact = c.ask(c.domain.name, type_spf);
  if (fact == nullptr || !dns::is_positive(fact->outcome) || fact->rrset() == nullptr) return;
  std::vector<std::string> texts;
  for (const auto& rdata : fact->rrset()->rdata) texts.push_back(shown(dns::txt_joined(rdata)));
  findings.add({.values = {{"domain", c.domain.name}, {"texts", audit::list_of(texts)}}});
}

void judge_spf_size(audit::DomainCase& c, audit::Findings& findings) {
  const auto text = spf_text(c.desk, c.domain.name);
  if (text.texts.empty()) return;
  const auto* set = text.fact->rrset();
  if (set == nullptr) return;
  const auto size = answer_size(*set);
  if (size <= udp_size) return;
  findings.add({.values = {{"domain", c.domain.name},
                           {"size", size},
                           {"count", set->rdata.size()},
                           {"limit", size > edns_size ? edns_size : udp_size}},
                .wording = size > edns_size ? "edns" : "udp"});
}

void judge_spf_wildcard(audit::DomainCase& c, audit::Findings& findings) {
  const auto name = dns::Name::parse("*." + c.domain.name.fqdn());
  if (!name) return;
  const auto text = spf_text(c.desk, *name);
  if (!text.texts.empty())
    findings.add(
        {.values = {{"domain", c.domain.name}, {"name", *name}, {"text", shown(text.texts.front())}}});
}

void judge_spf_inconsistent_ns(audit::DomainCase& c, audit::Findings& findings) {
  const auto text = spf_text(c.desk, c.domain.name);
  if (text.fact == nullptr || !differs_in_spf(*text.fact)) return;
  auto dispute = dispute_about(*text.fact, [&]() -> const dns::Fact* {
    const auto* zone = c.inventory.zone_of(text.fact->question.name);
    return zone != nullptr ? c.ask(zone->name, dns::RrType::SOA) : nullptr;
  });
  if (!dispute) return;
  for (auto& version : dispute->versions) version = shown(version);
  auto args = args_of(std::move(*dispute));
  args.values.emplace_back("domain", c.domain.name);
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
