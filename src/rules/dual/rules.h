// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// aaaa_undeclared.cpp
void judge_dual_aaaa_undeclared(audit::AddressCase& c, audit::Findings& findings);
// family_missing.cpp
void judge_dual_family_missing(const audit::InventoryCase& c, audit::Findings& findings);
// helo_single_family.cpp
void judge_dual_helo_single_family(audit::AddressCase& c, audit::Findings& findings);
// name_differs.cpp
void judge_dual_name_differs(audit::SenderCase& c, audit::Findings& findings);
// v6_unmanaged.cpp
void judge_dual_v6_unmanaged(audit::SenderCase& c, audit::Findings& findings);

/// In any order: the registry sorts.
inline constexpr std::array dual_rules{
    audit::Rule{
        {.id = "dual-family-missing",
         .severity = Severity::info,
         .summary = "a host is declared with one address family, and its siblings have both",
         .message = "{target} has no {expected} address here, and {sibling} has both families",
         .fix = "declare the {expected} address too if it sends from one; it needs a PTR record as well",
         .expected = "{family}"},
        &judge_dual_family_missing},
    audit::Rule{{.id = "dual-name-differs",
                 .severity = Severity::warning,
                 .summary = "a host has one name over IPv4 and another over IPv6",
                 .message = "{target} is {observed} over IPv4 and {names_ipv6} over IPv6",
                 .fix = "give the PTR records of both families the same name",
                 .expected = "one name for both families",
                 .observed = "{names_ipv4}"},
                &judge_dual_name_differs},
    audit::Rule{
        {.id = "dual-v6-unmanaged",
         .severity = Severity::error,
         .summary = "a dual-stack host sends over IPv6, but nothing of that is in the DNS",
         .message = "{target} has neither a PTR record nor an AAAA record at {name}",
         .fix =
             "publish both, or stop sending over IPv6 until they are there (Postfix: inet_protocols = ipv4)",
         .expected = "a PTR record and an AAAA record"},
        &judge_dual_v6_unmanaged},
    audit::Rule{
        .info = {.id = "dual-aaaa-undeclared",
                 .severity = Severity::warning,
                 .summary =
                     "the HELO name has an IPv6 address, but the inventory declares none for its sender",
                 .message = "the HELO name {helo} has the IPv6 address {observed}, and the inventory has "
                            "none for {target}",
                 .fix = "declare {observed} if mail leaves from it, or remove the AAAA record",
                 .observed = "{addresses}"},
        .judge = &judge_dual_aaaa_undeclared,
        .each_helo = true},
    audit::Rule{.info = {.id = "dual-helo-single-family",
                         .severity = Severity::error,
                         .summary = "the HELO name has no address of the family that the mail leaves over",
                         .message = "{target} gives {helo} in HELO, which has {observed} only",
                         .fix = "publish {expected} at {helo}",
                         .expected = "{type} {target}",
                         .observed = "{other_type} records"},
                .judge = &judge_dual_helo_single_family,
                .each_helo = true},
};

}  // namespace rdnsgate::rules
