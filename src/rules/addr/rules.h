// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// family_undeclared.cpp
void judge_addr_family_undeclared(audit::AddressCase& c, audit::Findings& findings);
// special_purpose.cpp
void judge_addr_not_global(const audit::DeclaredSender& c, audit::Findings& findings);
void judge_addr_documentation(const audit::DeclaredSender& c, audit::Findings& findings);
// network_or_broadcast.cpp
void judge_addr_network_or_broadcast(const audit::InventoryCase& c, audit::Findings& findings);

/// In any order: the registry sorts.
inline constexpr std::array addr_rules{
    audit::Rule{
        {.id = "addr-not-global",
         .severity = Severity::error,
         .summary = "the address is not reachable from the public Internet",
         .message =
             "{observed} cannot be seen as a sender by the public Internet: {block}, {purpose} ({source})",
         .fix = "declare the address that receivers see, after any address translation",
         .observed = "{target}[ and {more} more of its range]"},
        &judge_addr_not_global},
    audit::Rule{{.id = "addr-documentation",
                 .severity = Severity::error,
                 .summary = "the address is from a block that is reserved for documentation",
                 .message = "{observed} can stand in examples only: {block}, {purpose} ({source})",
                 .fix = "replace it by the real address; in an example, turn this rule off under `rules`",
                 .observed = "{target}[ and {more} more of its range]"},
                &judge_addr_documentation},
    audit::Rule{
        .info = {.id = "addr-family-undeclared",
                 .severity = Severity::warning,
                 .summary =
                     "a name of a host has addresses of the family that the inventory does not list for it",
                 .message = "{name} has {observed}, and the inventory lists no {family} address of {sender}",
                 .fix = "declare {observed} if mail leaves from it, or remove it from {name}",
                 .expected = "only declared addresses at {name}",
                 .observed = "{addresses}"},
        .judge = &judge_addr_family_undeclared,
        .each_helo = true},
    audit::Rule{
        {.id = "addr-network-or-broadcast",
         .severity = Severity::warning,
         .summary = "the address is the first or the last of the subnet that its reverse zone stands for",
         .message = "{target} is {observed} of the subnet that {zone} stands for",
         .fix = "declare the address that mail really leaves from; where the block is routed address by "
                "address, turn this rule off or waive it",
         .observed = "the {role} address"},
        &judge_addr_network_or_broadcast},
};

}  // namespace rdnsgate::rules
