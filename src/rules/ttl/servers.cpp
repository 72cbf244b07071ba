// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// TTLs as each server of a zone, and its parent, gives them.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dns/delegation/delegation.h"
#include "rules/listing.h"
#include "rules/ttl/limits.h"
#include "rules/ttl/rules.h"

namespace rdnsgate::rules {
namespace {

/// `PTR 10.2.0.192.in-addr.arpa 3600 s at ns1.example, 300 s at ns2.example`; empty where all have one TTL.
std::string differing(const dns::Fact& fact) {
  std::map<std::uint32_t, std::vector<std::string>> servers;
  for (const auto& said : fact.servers) {
    if (!dns::is_positive(said.outcome)) continue;
    for (const auto& set : said.answer) {
      if (set.type == fact.question.type && set.owner == fact.question.name)
        servers[set.ttl].push_back(fmt::format("{} ({})", said.server.text(), said.address.to_string()));
    }
  }
  if (servers.size() < 2) return {};
  std::string text;
  for (const auto& [ttl, at] : servers)
    text += fmt::format("{}{} s at {}", text.empty() ? "" : "; ", ttl, listed(at));
  return fmt::format("{} {} {}", dns::to_string(fact.question.type), fact.question.name.text(), text);
}

}  // namespace

void judge_ttl_differs_between_ns(audit::AddressCase& c, audit::Findings& findings) {
  std::vector<std::string> items;
  const auto look_at = [&](const dns::Fact& fact) {
    if (auto text = differing(fact); !text.empty()) items.push_back(std::move(text));
  };
  look_at(c.ptr);
  for (const auto& forward : c.forward) look_at(*forward.fact);
  if (!items.empty()) findings.add({.values = {{"differences", audit::whole_list(items)}}});
}

void judge_ttl_parent_ns_long(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  std::uint32_t longest = 0, longest_ds = 0;
  for (const auto& view : c.delegation()->cut.parents) {
    const auto& reply = view.ns.reply;
    if (reply.referral && reply.referral->zone == c.zone.name)
      longest = std::max(longest, reply.referral->ttl);
    if (view.ds.reply.kind == dns::ReplyKind::answer)
      longest_ds = std::max(longest_ds, view.ds.reply.rrset->ttl);
  }
  const bool ns = longest > high_parent_ttl, ds = longest_ds > high_parent_ttl;
  if (!ns && !ds) return;
  audit::Args args{.values = {{"limit", seconds(high_parent_ttl)}}, .wording = !ds ? "" : ns ? "both" : "ds"};
  if (ns) args.values.emplace_back("ttl", seconds(longest));
  if (ds) args.values.emplace_back("ds_ttl", seconds(longest_ds));
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
