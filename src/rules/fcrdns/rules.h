// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// confirmation.cpp
void judge_fcrdns_no_forward(audit::AddressCase& c, audit::Findings& findings);
void judge_fcrdns_mismatch(audit::AddressCase& c, audit::Findings& findings);
void judge_fcrdns_partial(audit::AddressCase& c, audit::Findings& findings);
void judge_fcrdns_temperror(audit::AddressCase& c, audit::Findings& findings);
// forward_set.cpp
void judge_fcrdns_forward_extra_ips(audit::AddressCase& c, audit::Findings& findings);
void judge_fcrdns_forward_private(audit::AddressCase& c, audit::Findings& findings);
// ttl_skew.cpp
void judge_fcrdns_ttl_skew(audit::AddressCase& c, audit::Findings& findings);
// servers_differ.cpp
void judge_fcrdns_servers_differ(audit::AddressCase& c, audit::Findings& findings);

/// In any order: the registry sorts.
inline constexpr std::array fcrdns_rules{
    audit::Rule{
        {.id = "fcrdns-no-forward",
         .severity = Severity::error,
         .summary = "the name in the PTR record has no address of the sending address's family",
         .message = "the PTR record of {target} points to {observed}, which has no {detail} record",
         .fix = "publish {detail} {expected} at {observed}, or point the PTR record at a name that has it"},
        &judge_fcrdns_no_forward},
    audit::Rule{{.id = "fcrdns-mismatch",
                 .severity = Severity::error,
                 .summary = "the name in the PTR record resolves to other addresses only",
                 .message = "the PTR record of {target} is not confirmed: {observed}",
                 .fix = "add {detail} {expected} to the name in the PTR record, or point the PTR record at a "
                        "name that has it"},
                &judge_fcrdns_mismatch},
    audit::Rule{{.id = "fcrdns-partial",
                 .severity = Severity::error,
                 .summary = "of several PTR names only some lead back to the address",
                 .message = "{target} has PTR names that do not lead back to it: {observed}",
                 .fix = "remove the PTR records whose names have no {detail} {expected}"},
                &judge_fcrdns_partial},
    audit::Rule{
        {.id = "fcrdns-temperror",
         .severity = Severity::warning,
         .summary = "the addresses of a PTR name could not be looked up",
         .message = "whether the PTR record of {target} is confirmed could not be determined: {detail}",
         .fix = "look at the name servers of the forward zone; a receiver that meets the same failure defers "
                "the mail"},
        &judge_fcrdns_temperror},
    audit::Rule{{.id = "fcrdns-forward-extra-ips",
                 .severity = Severity::warning,
                 .summary = "the name in the PTR record has addresses that the inventory does not declare",
                 .message = "{detail} has {observed} too, which the inventory does not declare",
                 .fix = "declare the address if mail leaves from it, or remove it from {detail}"},
                &judge_fcrdns_forward_extra_ips},
    audit::Rule{{.id = "fcrdns-forward-private",
                 .severity = Severity::error,
                 .summary = "the name in the PTR record has an address that nobody outside can reach",
                 .message = "{detail} has {observed} beside {target}: not an address of the public Internet",
                 .fix = "remove {observed} from the public zone, or keep it in an internal view"},
                &judge_fcrdns_forward_private},
    audit::Rule{
        {.id = "fcrdns-ttl-skew",
         .severity = Severity::info,
         .summary = "the TTLs of the PTR record and of its forward record are more than ten times apart",
         .message = "the TTLs around {target} are far apart: {observed}",
         .fix = "give both records the same TTL, so that a change of both is through at the same time"},
        &judge_fcrdns_ttl_skew,
        nullptr,
        audit::Basis::times},
    audit::Rule{
        .info = {.id = "fcrdns-servers-differ",
                 .severity = Severity::error,
                 .summary = "the name servers have different addresses at the name in the PTR record",
                 .message = "the name servers do not agree on what confirms {target}: {observed} ({detail})",
                 .fix =
                     "let every server of the zone transfer the copy that has {expected}; raise the serial "
                     "with each change"},
        .judge = &judge_fcrdns_servers_differ,
        .seen_as = audit::Seen::holder},
};

}  // namespace rdnsgate::rules
