// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "mailauth/spf/spf_span.h"
#include "rules/spf/case_paths.h"
#include "rules/spf/coverage.h"
#include "rules/spf/relay_terms.h"
#include "rules/spf/rules.h"
#include "rules/spf/survey.h"

namespace rdnsgate::rules {
namespace {

using mailauth::SpfKind;
using mailauth::SpfResult;
using mailauth::SpfTerm;

constexpr unsigned host_network = 64;          // the IPv6 network that one host has to itself
constexpr unsigned wide_v4 = 8, wide_v6 = 16;  // networks of nobody in particular

bool is_network(const SpfTerm& term) { return term.kind == SpfKind::ip4 || term.kind == SpfKind::ip6; }

/// Declared addresses in a block.
std::uint64_t declared_in(const inventory::Inventory& inventory, const Prefix& block) {
  const auto ip_of = [&](inventory::AddressIndex index) { return inventory.addresses[index].ip; };
  const auto begin = std::lower_bound(inventory.by_ip.begin(), inventory.by_ip.end(), block.network(),
                                      [&](auto index, const IpAddress& ip) { return ip_of(index) < ip; });
  const auto end = std::upper_bound(begin, inventory.by_ip.end(), block.last(),
                                    [&](const IpAddress& ip, auto index) { return ip < ip_of(index); });
  std::uint64_t count = 0;
  for (auto at = begin; at != end; ++at) {
    if (at == begin || ip_of(*at) != ip_of(*(at - 1))) ++count;
  }
  return count;
}

/// The networks of relays, none inside of another.
std::vector<Prefix> relay_blocks(const inventory::Inventory& inventory) {
  std::vector<Prefix> all, apart;
  for (const auto& relay : inventory.relays) {
    all.insert(all.end(), relay.addresses.begin(), relay.addresses.end());
    for (const auto& term : terms_of(relay)) {
      if (is_network(term)) all.push_back(term.block);
    }
  }
  std::sort(all.begin(), all.end());
  for (const auto& block : all) {
    if (apart.empty() || !apart.back().contains(block)) apart.push_back(block);
  }
  return apart;
}

/// Addresses of a block that nobody declared.
std::uint64_t strangers_in(const inventory::Inventory& inventory, const std::vector<Prefix>& relays,
                           const Prefix& block) {
  std::uint64_t declared = declared_in(inventory, block);
  for (const auto& one : relays) {
    if (one.contains(block)) return 0;
    if (!block.contains(one)) continue;
    const auto more = one.count() - declared_in(inventory, one);
    declared += std::min(more, ~std::uint64_t{0} - declared);
  }
  if (declared > 0 && block.network().is_v6() && block.length() >= host_network) return 0;
  return block.count() - std::min(declared, block.count());
}

/// The whole family, together.
bool holds_all(std::vector<Prefix> blocks, bool is_v4) {
  std::erase_if(blocks, [&](const Prefix& block) { return block.network().is_v4() != is_v4; });
  std::sort(blocks.begin(), blocks.end());
  auto at = std::optional(is_v4 ? IpAddress() : IpAddress::v6({}));
  for (const auto& block : blocks) {
    if (at && block.network() > *at) return false;
    if (at && block.last() >= *at) at = mailauth::address_after(block.last());
  }
  return !blocks.empty() && !at;
}

bool is_wide(const Prefix& block) { return block.length() <= (block.network().is_v4() ? wide_v4 : wide_v6); }

/// Records of the domain itself, and those that lie in its own names.
bool is_own(const audit::DomainCase& c, const SpfSurvey::Visit& visit) {
  return visit.name.is_within(c.domain.name);
}

}  // namespace

void judge_spf_ip_extra(audit::DomainCase& c, audit::Findings& findings) {
  if (!sends(c.domain)) return;
  const SpfSurvey survey(c.desk, c.domain.name);
  std::optional<std::vector<Prefix>> relays;
  std::vector<std::string> extra;
  std::size_t terms = 0;
  survey.for_each_term([&](const SpfSurvey::Visit& visit, const SpfTerm& term) {
    if (!is_network(term) || term.qualifier != SpfResult::pass || !visit.has_pass || !is_own(c, visit))
      return;
    if (is_wide(term.block)) return;  // spf-plus-all
    if (!relays) relays = relay_blocks(c.inventory);
    const auto strangers = strangers_in(c.inventory, *relays, term.block);
    if (strangers == 0) return;
    ++terms;
    if (extra.size() == audit::List::most_kept) return;
    const auto of = term.block.count();
    extra.push_back(strangers == of ? shown(term.text)
                                    : fmt::format("{} ({} of {})", shown(term.text), strangers, of));
  });
  if (extra.empty()) return;
  auto list = audit::list_of(extra);
  list.total = terms;
  findings.add({.values = {{"domain", c.domain.name}, {"terms", std::move(list)}}});
}

void judge_spf_plus_all(audit::DomainCase& c, audit::Findings& findings) {
  const SpfSurvey survey(c.desk, c.domain.name);
  std::vector<Prefix> blocks;
  std::vector<std::string> wide;
  const SpfSurvey::Visit* open = nullptr;
  survey.for_each_term([&](const SpfSurvey::Visit& visit, const SpfTerm& term) {
    if (!visit.has_pass || term.qualifier != SpfResult::pass) return;
    if (term.kind == SpfKind::all && open == nullptr) open = &visit;
    if (!is_network(term) || !is_wide(term.block)) return;
    blocks.push_back(term.block);
    wide.push_back(shown(term.text));
  });
  if (open != nullptr) {
    const bool own = open->name == c.domain.name;
    return findings.add(
        {.values = {{"domain", c.domain.name}, {"by", own ? std::string() : open->name.text()}}});
  }
  if (wide.empty()) return;
  const bool everybody = holds_all(blocks, true) || holds_all(blocks, false);
  findings.add({.values = {{"domain", c.domain.name}, {"terms", audit::list_of(wide)}},
                .wording = everybody ? "everybody" : "wide",
                .severity = everybody ? std::nullopt : std::optional(Severity::warning)});
}

}  // namespace rdnsgate::rules
