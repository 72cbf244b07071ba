// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// listed.cpp
void judge_dnsbl_listed(audit::BlocklistCase& c, audit::Findings& findings);
void judge_dbl_listed(audit::BlocklistCase& c, audit::Findings& findings);
void judge_dnsbl_lookup_failed(audit::BlocklistCase& c, audit::Findings& findings);
void judge_dnsbl_not_asked(audit::BlocklistCase& c, audit::Findings& findings);

inline constexpr std::array dbl_wordings{
    audit::Wording{.key = "of-address",
                   .message =
                       "{name}, which {target} is called by, is on the blocklist {list}: {observed}[; it "
                       "says: {reason}]"},
};
inline constexpr std::array dnsbl_failed_wordings{
    audit::Wording{.key = "ipv6",
                   .message = "whether IPv6 addresses are on the blocklist {target} is not known: {failure}"},
    audit::Wording{
        .key = "some",
        .message =
            "of {asked} entries that {target} was asked for, {failed} could not be determined: {failure}"},
};
inline constexpr std::array not_asked_wordings{
    audit::Wording{.key = "ipv6",
                   .message = "{target} has no test entry for IPv6, and so no IPv6 addresses: {count:address "
                              "was|addresses were} "
                              "not looked up",
                   .fix = "name another list for IPv6 addresses",
                   .expected = "a test entry for IPv6 (::ffff:127.0.0.2)",
                   .observed = "none"},
};

/// In any order: the registry sorts.
inline constexpr std::array dnsbl_rules{
    audit::Rule{{.id = "dnsbl-listed",
                 .severity = Severity::warning,
                 .summary = "an address is on a configured blocklist",
                 .message = "{target} is on the blocklist {list}: {observed}[; it says: {reason}]",
                 .fix = "find out why, and stop it; then ask the operator of {list} to remove it",
                 .expected = "no entry at {list}",
                 .observed = "{codes}",
                 .data = "list reason"},
                &judge_dnsbl_listed},
    audit::Rule{{.id = "dbl-listed",
                 .severity = Severity::warning,
                 .summary = "a domain or HELO name is on a configured blocklist",
                 .message = "{name} is on the blocklist {list}: {observed}[; it says: {reason}]",
                 .fix = "find out why, and stop it; then ask the operator of {list} to remove it",
                 .expected = "no entry of {name} at {list}",
                 .observed = "{codes}",
                 .wordings = dbl_wordings,
                 .data = "list name reason"},
                &judge_dbl_listed},
    audit::Rule{
        {.id = "dnsbl-lookup-failed",
         .severity = Severity::warning,
         .summary = "a configured blocklist could not be asked, or answers none that one may trust",
         .message = "what is on the blocklist {target} is not known: {failure}",
         .fix = "ask through a resolver of your own, as the operator of the list allows, or remove the list",
         .wordings = dnsbl_failed_wordings},
        &judge_dnsbl_lookup_failed},
    audit::Rule{{.id = "dnsbl-not-asked",
                 .severity = Severity::info,
                 .summary = "a configured blocklist was not asked about everything",
                 .message = "{count:entry was|entries were} not looked up in {target}: the limit is {limit}",
                 .fix = "raise `blocklists.limit`, as far as the operator of the list allows",
                 .expected = "all of the inventory looked up",
                 .observed = "the first {limit}",
                 .wordings = not_asked_wordings},
                &judge_dnsbl_not_asked},
};

}  // namespace rdnsgate::rules
