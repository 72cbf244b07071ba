// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"
#include "rules/name_fault.h"

namespace rdnsgate::rules {

// reverse_upstream.cpp
void judge_leak_1918_reverse_upstream(const audit::VantageCase& c, audit::Findings& findings);
// internal_name.cpp
void judge_leak_internal_name_in_ptr(audit::AddressCase& c, audit::Findings& findings);
void judge_declared_internal_name(const audit::DeclaredAddress& c, audit::Findings& findings);
// private_address.cpp
void judge_leak_private_in_public(audit::AddressCase& c, audit::Findings& findings);

/// In any order: the registry sorts.
inline constexpr std::array leak_rules{
    audit::Rule{
        .info = {.id = "leak-1918-reverse-upstream",
                 .severity = Severity::info,
                 .summary = "an internal resolver asks the Internet about private addresses",
                 .message =
                     "{target} has the reverse names of private addresses from the Internet: {observed}",
                 .fix = "let the resolver hold these zones itself, empty or with your own names",
                 .expected = "answers of its own",
                 .observed = "{zones:all}"},
        .judge = &judge_leak_1918_reverse_upstream,
        .duty = audit::Duty::asks_private_reverse},
    audit::Rule{{.id = "leak-internal-name-in-ptr",
                 .severity = Severity::error,
                 .summary = "the PTR name is one of an internal network",
                 .message = "the PTR name {observed} of {target} is an internal one: {detail}",
                 .fix = "use a name in a domain of your own that the public DNS has",
                 .expected = "[{ptr}]",
                 .observed = "{names}",
                 .wordings = name_faults,
                 .data = "fault"},
                &judge_leak_internal_name_in_ptr,
                &judge_declared_internal_name,
                audit::Basis::ptr},
    audit::Rule{
        .info = {.id = "leak-private-in-public",
                 .severity = Severity::error,
                 .summary = "the HELO name has an address that nobody outside can reach",
                 .message = "the HELO name {helo} has {observed}: not an address of the public Internet",
                 .fix = "remove {observed} from the public zone, or keep it in an internal view",
                 .expected = "only public addresses at {helo}",
                 .observed = "{addresses}"},
        .judge = &judge_leak_private_in_public,
        .basis = audit::Basis::everything,
        .each_helo = true},
};

}  // namespace rdnsgate::rules
