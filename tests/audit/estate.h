// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <string>

#include "audit/engine/engine.h"
#include "audit/engine/offline.h"
#include "audit/verdict/verdict.h"

namespace rdnsgate::test {

/// Rules of the tests' own, one for each way to judge: the engine must not depend on the real ones.
inline void no_ptr(audit::AddressCase& c, audit::Findings& findings) {
  if (dns::is_negative(c.ptr.outcome)) findings.add({.values = {{"ptr", c.address.ptr}}});
}
inline void ptr_unknown(audit::AddressCase& c, audit::Findings& findings) {
  if (!dns::is_definite(c.ptr.outcome)) findings.inconclusive(c.ptr);
}
inline void extra_question(audit::AddressCase& c, audit::Findings& findings) {
  const auto* fact = c.ask(dns::Name::parse("extra.example").value(), dns::RrType::TXT);
  if (fact != nullptr && dns::is_negative(fact->outcome)) findings.add({.severity = Severity::warning});
}
inline void documented(const audit::DeclaredAddress& c, audit::Findings& findings) {
  if (special_purpose(c.address.ip) != nullptr) findings.add({.values = {{"purpose", "documentation"}}});
}
inline void same_ptr(audit::SenderCase& c, audit::Findings& findings) {
  if (c.ptr.size() == 2 && c.ptr[0]->outcome == c.ptr[1]->outcome) findings.add({.severity = Severity::info});
}
inline void silent(const audit::SilentVantageCase& c, audit::Findings& findings) {
  audit::Args args{.values = {{"failure", c.stats.first_failure}}};
  if (c.missed)
    findings.leave_open(std::move(args));
  else
    findings.add_settled(std::move(args));
}
inline void incomplete(const audit::RunCase& c, audit::Findings& findings) {
  if (c.unjudged > 0) findings.leave_open({.values = {{"count", c.unjudged}}});
}
inline void limited(const audit::LimitedCase& c, audit::Findings& findings) {
  findings.leave_open({.values = {{"limit", c.limit}}});
}
inline void stale_entry(const audit::StaleEntryCase& c, audit::Findings& findings) {
  findings.add(
      {.target = audit::Target{audit::TargetKind::inventory, c.entry.rule + " " + c.entry.target.id}});
}
inline void unused_waiver(const audit::UnusedWaiverCase& c, audit::Findings& findings) {
  findings.add({.values = {{"rule", c.waiver.rule}}, .at = c.waiver.at});
}

inline constexpr std::array test_rules{
    audit::Rule{
        {"a-documented", Severity::info, "documentation", "{target} is for {observed}", "", "", "{purpose}"},
        &documented},
    audit::Rule{{"b-extra", Severity::error, "extra", "{target} has no extra", ""}, &extra_question},
    audit::Rule{{"c-no-ptr", Severity::error, "no PTR", "{target} has no PTR, {expected} is declared",
                 "add {expected}", "{ptr}"},
                &no_ptr},
    audit::Rule{{"d-ptr-unknown", Severity::warning, "unknown", "{target}: {failure}", ""}, &ptr_unknown},
    audit::Rule{{"e-same-ptr", Severity::warning, "same", "{target} is alike", ""}, &same_ptr},
    audit::Rule{{"f-silent", Severity::warning, "silent", "{target} is silent: {failure}", ""}, &silent},
    audit::Rule{{"g-incomplete", Severity::warning, "incomplete", "{observed}", "", "", "{count}"},
                &incomplete},
    audit::Rule{{"h-limited", Severity::warning, "limited", "{target}: {observed}", "", "", "{limit}"},
                &limited},
    audit::Rule{{"i-stale-entry", Severity::warning, "stale", "{target} is stale", ""}, &stale_entry},
    audit::Rule{{"j-unused-waiver", Severity::warning, "unused", "no {expected}", "", "{rule}"},
                &unused_waiver},
};

/// One sender with the addresses 192.0.2.1 to 192.0.2.N.
inline inventory::Inventory estate(std::uint32_t count) {
  inventory::Inventory inventory;
  inventory.path = "inventory.yaml";
  inventory::Sender sender;
  sender.name = "mx";
  sender.address_count = count;
  inventory.senders.push_back(sender);
  for (std::uint32_t i = 0; i < count; ++i) {
    inventory::Address address;
    address.ip = IpAddress::v4(0xC0000201u + i);
    address.ptr = dns::Name::parse("mx" + std::to_string(i) + ".example").value();
    address.at = {0, i + 1, i + 2};
    inventory.addresses.push_back(address);
  }
  return inventory;
}

}  // namespace rdnsgate::test
