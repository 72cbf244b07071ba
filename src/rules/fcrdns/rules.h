// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <string_view>

#include "audit/policy/rule.h"
#include "rules/servers_differ.h"

namespace rdnsgate::rules {

// confirmation.cpp
void judge_fcrdns_no_forward(audit::AddressCase& c, audit::Findings& findings);
void judge_fcrdns_mismatch(audit::AddressCase& c, audit::Findings& findings);
void judge_fcrdns_partial(audit::AddressCase& c, audit::Findings& findings);
void judge_fcrdns_alias_loop(audit::AddressCase& c, audit::Findings& findings);
void judge_fcrdns_temperror(audit::AddressCase& c, audit::Findings& findings);
// forward_set.cpp
void judge_fcrdns_forward_extra_ips(audit::AddressCase& c, audit::Findings& findings);
void judge_fcrdns_forward_private(audit::AddressCase& c, audit::Findings& findings);
// ttl_skew.cpp
void judge_fcrdns_ttl_skew(audit::AddressCase& c, audit::Findings& findings);
// servers_differ.cpp
void judge_fcrdns_servers_differ(audit::AddressCase& c, audit::Findings& findings);

/// An item of a finding's list: a name, and its addresses.
inline constexpr std::string_view forward_set = "{} has {}";

/// In any order: the registry sorts.
inline constexpr std::array fcrdns_rules{
    audit::Rule{
        {.id = "fcrdns-alias-loop",
         .severity = Severity::error,
         .summary = "the aliases of the name in the PTR record go round in a circle",
         .message =
             "the PTR record of {target} points to {name}, whose aliases go round in a circle: {observed}",
         .fix = "replace one of the CNAME records by address records",
         .expected = "an address of {name}",
         .observed = "{path:->}"},
        &judge_fcrdns_alias_loop},
    audit::Rule{
        {.id = "fcrdns-no-forward",
         .severity = Severity::error,
         .summary = "the name in the PTR record has no address of the sending address's family",
         .message = "the PTR record of {target} points to {observed}, which has no {type} record",
         .fix = "publish {type} {expected} at {observed}, or point the PTR record at a name that has it",
         .expected = "{target}",
         .observed = "{names}"},
        &judge_fcrdns_no_forward},
    audit::Rule{{.id = "fcrdns-mismatch",
                 .severity = Severity::error,
                 .summary = "the name in the PTR record resolves to other addresses only",
                 .message = "the PTR record of {target} is not confirmed: {observed}",
                 .fix = "add {type} {expected} to the name in the PTR record, or point the PTR record at a "
                        "name that has it",
                 .expected = "{target}",
                 .observed = "{forward:all;}",
                 .data = "names"},
                &judge_fcrdns_mismatch},
    audit::Rule{{.id = "fcrdns-partial",
                 .severity = Severity::error,
                 .summary = "of several PTR names only some lead back to the address",
                 .message = "{target} has PTR names that do not lead back to it: {observed}",
                 .fix = "remove the PTR records whose names have no {type} {expected}",
                 .expected = "{target}",
                 .observed = "{names}"},
                &judge_fcrdns_partial},
    audit::Rule{
        {.id = "fcrdns-temperror",
         .severity = Severity::warning,
         .summary = "the addresses of a PTR name could not be looked up",
         .message = "whether the PTR record of {target} is confirmed could not be determined: {failure}",
         .fix = "look at the name servers of the forward zone; a receiver that meets the same failure defers "
                "the mail"},
        &judge_fcrdns_temperror},
    audit::Rule{{.id = "fcrdns-forward-extra-ips",
                 .severity = Severity::warning,
                 .summary = "the name in the PTR record has addresses that the inventory does not declare",
                 .message = "{name} has {observed} too, which the inventory does not declare",
                 .fix = "declare the address if mail leaves from it, or remove it from {name}",
                 .expected = "only declared addresses at {name}",
                 .observed = "{addresses}"},
                &judge_fcrdns_forward_extra_ips},
    audit::Rule{{.id = "fcrdns-forward-private",
                 .severity = Severity::error,
                 .summary = "the name in the PTR record has an address that nobody outside can reach",
                 .message = "{name} has {observed} beside {target}: not an address of the public Internet",
                 .fix = "remove {observed} from the public zone, or keep it in an internal view",
                 .expected = "only declared addresses at {name}",
                 .observed = "{addresses}"},
                &judge_fcrdns_forward_private},
    audit::Rule{
        {.id = "fcrdns-ttl-skew",
         .severity = Severity::info,
         .summary = "the TTLs of the PTR record and of its forward record are more than ten times apart",
         .message = "the TTLs around {target} are far apart: {observed}",
         .fix = "give both records the same TTL, so that a change of both is through at the same time",
         .expected = "like TTLs of the PTR record and of {name}",
         .observed = "PTR {ptr_ttl}, {type} at {name} {forward_ttl}"},
        &judge_fcrdns_ttl_skew,
        nullptr,
        audit::Basis::times},
    audit::Rule{
        .info =
            {.id = "fcrdns-servers-differ",
             .severity = Severity::error,
             .summary = "the name servers have different addresses at the name in the PTR record",
             .message =
                 "the name servers do not agree on what confirms {target}: {observed} ([{name}: ]{detail})",
             .fix = "let every server of the zone transfer the copy that has {expected}; raise the serial "
                    "with each change",
             .expected = "[{type} {address} at {name}]",
             .observed = "{versions:all;}",
             .wordings = dispute_wordings},
        .judge = &judge_fcrdns_servers_differ,
        .seen_as = audit::Seen::holder},
};

}  // namespace rdnsgate::rules
