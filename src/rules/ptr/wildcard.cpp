// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "rules/ptr/rules.h"
#include "rules/ptr/set.h"

namespace rdnsgate::rules {
namespace {

/// A name beside the owner of the PTR record that nobody has: no number, so that a server that makes up
/// records for addresses has none for it either. One for all addresses under the same parent. A wildcard
/// further up answers for it as well, unless records below the parent hide it, which then hide it from the
/// address too (RFC 4592).
std::optional<dns::Name> probe_under(const dns::Name& parent) {
  static const auto label = dns::Name::parse("rdnsgate-wildcard-probe").value();
  if (parent.is_root()) return std::nullopt;
  auto probe = label.under(parent);
  return probe ? std::optional(std::move(*probe)) : std::nullopt;
}

/// Put together once for neighbours, which come one after the other; holds until the next call.
const std::optional<dns::Name>& probe_beside(const dns::Name& owner) {
  thread_local std::string parent(1, '\0');  // in wire format
  thread_local std::optional<dns::Name> probe;
  const auto of_owner = std::string_view(owner.wire()).substr(owner.is_root() ? 0 : 1 + owner.first_label().size());
  if (of_owner != parent) {
    parent = of_owner;
    probe = probe_under(owner.parent());
  }
  return probe;
}

}  // namespace

void judge_ptr_wildcard_match(audit::AddressCase& c, audit::Findings& findings) {
  // A name that is not the declared one has to go, wherever it came from.
  if (c.targets.empty() || is_mismatch(c)) return;
  const dns::Name& owner = c.ptr.rrset()->owner;
  const auto& probe = probe_beside(owner);
  const dns::Fact* answer = probe ? c.probe(*probe, dns::RrType::PTR) : nullptr;
  if (answer == nullptr || !dns::is_positive(answer->outcome)) return;
  auto same = answer->targets();
  std::sort(same.begin(), same.end());
  if (same != c.targets) return;
  findings.add({.values = {{"names", audit::list_of(c.targets)}, {"parent", owner.parent()}}});
}

}  // namespace rdnsgate::rules
