// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "rules/denial.h"
#include "rules/ttl/limits.h"
#include "rules/ttl/rules.h"

namespace rdnsgate::rules {
namespace {

using dns::RrType;

/// A zone of more names is looked at in part: the facts of all would have to be held at a time.
constexpr std::size_t most_names_shown = 1000;

/// RFC 2308 §5. What a cache has left of the SOA record's TTL makes it less, never more.
std::optional<std::uint32_t> negative_ttl(const dns::Fact& soa) {
  const auto* set = dns::is_positive(soa.outcome) ? soa.rrset() : nullptr;
  if (set == nullptr || set->rdata.empty()) return std::nullopt;
  const auto fields = dns::soa_in(set->rdata.front());
  return fields ? std::optional(std::min(set->ttl, fields->minimum)) : std::nullopt;
}

bool is_denied_by(const audit::ZoneCase& c, const dns::Name& name, RrType type) {
  const auto* fact = c.ask(name, type);
  return fact != nullptr && is_denied(*fact) && fact->soa->owner == c.zone.name;
}

/// A declared record that the zone denies, so that it is about to be made; empty for none.
std::string missing_record(const audit::ZoneCase& c) {
  // RFC 2317: the names that aliases lead to stand beside those that are asked for.
  const auto near = c.zone.name.is_root() ? c.zone.name : c.zone.name.parent();
  std::size_t looked_at = 0;
  for (const auto& address : c.inventory.addresses) {
    const auto reverse = dns::reverse_name(address.ip);
    const auto type = address.ip.is_v4() ? RrType::A : RrType::AAAA;
    if (reverse.is_within(near)) {
      if (++looked_at > most_names_shown) break;
      if (!address.ptr.is_root() && is_denied_by(c, reverse, RrType::PTR))
        return fmt::format("PTR {}", reverse.text());
    }
    if (!address.ptr.is_root() && address.ptr.is_within(c.zone.name)) {
      if (++looked_at > most_names_shown) break;
      if (is_denied_by(c, address.ptr, type))
        return fmt::format("{} {}", dns::to_string(type), address.ptr.text());
    }
  }
  return {};
}

}  // namespace

void judge_ttl_negative_too_high(audit::ZoneCase& c, audit::Findings& findings) {
  const auto ttl = negative_ttl(c.soa);
  if (!ttl || *ttl <= high_negative_ttl) return;
  const std::string missing = *ttl > absurd_negative_ttl ? missing_record(c) : "";
  audit::Args args{.values = {{"limit", seconds(high_negative_ttl)}, {"ttl", seconds(*ttl)}}};
  if (!missing.empty()) {
    args.values.emplace_back("record", missing);
    args.wording = "missing";
    args.severity = Severity::error;
  }
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
