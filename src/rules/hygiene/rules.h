// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// accepted.cpp: known only when every finding is there
void judge_hygiene_waiver_unused(const audit::UnusedWaiverCase& c, audit::Findings& findings);
void judge_hygiene_baseline_stale(const audit::StaleEntryCase& c, audit::Findings& findings);
// owner_missing.cpp
void judge_hygiene_owner_missing(const audit::InventoryCase& c, audit::Findings& findings);
// waiver_expired.cpp
void judge_hygiene_waiver_expired(const audit::InventoryCase& c, audit::Findings& findings);
void judge_hygiene_waiver_expiring(const audit::InventoryCase& c, audit::Findings& findings);
void judge_hygiene_waiver_mistaken(const audit::InventoryCase& c, audit::Findings& findings);
// zone_names.cpp
void judge_hygiene_zone_misnamed(const audit::InventoryCase& c, audit::Findings& findings);
void judge_hygiene_zone_without_address(const audit::InventoryCase& c, audit::Findings& findings);
// paths.cpp
void judge_hygiene_path_unused(const audit::InventoryCase& c, audit::Findings& findings);
void judge_hygiene_domain_without_path(const audit::InventoryCase& c, audit::Findings& findings);
// retired_undeclared.cpp
void judge_hygiene_retired_undeclared(const audit::SuccessionCase& c, audit::Findings& findings);
// retired_answers.cpp
void judge_hygiene_retired_answers(audit::ZoneCase& c, audit::Findings& findings);
void judge_hygiene_retired_lookup_failed(audit::ZoneCase& c, audit::Findings& findings);
// soa_rname.cpp
void judge_hygiene_soa_rname(audit::ZoneCase& c, audit::Findings& findings);
void judge_texts_hygiene_soa_rname(const audit::ZoneTextsCase& c, audit::Findings& findings);
// waiver_unreachable.cpp
void judge_hygiene_waiver_unreachable(const audit::InventoryCase& c, audit::Findings& findings);

inline constexpr std::array owner_wordings{
    audit::Wording{.key = "ticket",
                   .fix = "add `contact`, the address that takes the tickets",
                   .observed = "a zone managed by ticket without `contact`"},
    audit::Wording{.key = "sender", .observed = "a sender without `{key}`"},
};
inline constexpr std::array retired_wordings{
    audit::Wording{
        .key = "name", .expected = "{name}", .observed = "{expected} was the {role} name of {target}"},
};
inline constexpr std::array unreachable_wordings{
    audit::Wording{.key = "block", .observed = "no address of the inventory is in {subject}"},
    audit::Wording{.key = "off", .observed = "the rule is off"},
    audit::Wording{.key = "spelling", .observed = "that address is written {spelling}"},
};
inline constexpr std::array rname_wordings{
    audit::Wording{.key = "root", .detail = "the root stands for no mailbox"},
    audit::Wording{.key = "at",
                   .detail = "it has an \"@\", where a dot belongs: hostmaster@mail.example is written "
                             "hostmaster.mail.example"},
    audit::Wording{.key = "no-domain", .detail = "it has no domain"},
    audit::Wording{.key = "dot", .detail = "the zone's name was appended, as its final dot is missing"},
    audit::Wording{.key = "unreachable", .detail = "no mail reaches that domain"},
};
inline constexpr std::array misnomers{
    audit::Wording{.key = "network", .detail = "a network is no name of a zone"},
    audit::Wording{.key = "end", .detail = "\"{end}\" is no part of the DNS that has reverse names"},
    audit::Wording{.key = "octets", .detail = "its octets are not turned round"},
    audit::Wording{.key = "digits", .detail = "its digits are not turned round"},
};

/// In any order: the registry sorts.
inline constexpr std::array hygiene_rules{
    audit::Rule{{.id = "hygiene-baseline-stale",
                 .severity = Severity::warning,
                 .summary = "an entry of the baseline is fixed",
                 .message = "the baseline has {observed} of {kind} {subject}, which is not found any more",
                 .fix = "write the baseline anew, so that it cannot come back unnoticed",
                 .expected = "{fingerprint}",
                 .observed = "{rule}"},
                &judge_hygiene_baseline_stale},
    audit::Rule{
        .info = {.id = "hygiene-soa-rname",
                 .severity = Severity::info,
                 .summary = "the mailbox in the SOA record cannot be one",
                 .message = "the SOA record of {target} gives {observed} as its mailbox: {detail}",
                 .fix = "name the mailbox of whoever looks after the zone, with a dot for the \"@\" and a "
                        "final dot",
                 .expected = "a mailbox",
                 .observed = "{rname}",
                 .wordings = rname_wordings},
        .judge = &judge_hygiene_soa_rname,
        .texts = &judge_texts_hygiene_soa_rname},
    audit::Rule{{.id = "hygiene-owner-missing",
                 .severity = Severity::warning,
                 .summary = "nobody is named for a sender or a zone",
                 .message = "{target} has no contact: {observed}",
                 .fix = "add `{key}`",
                 .observed = "a zone without `{key}`",
                 .wordings = owner_wordings},
                &judge_hygiene_owner_missing},
    audit::Rule{{.id = "hygiene-waiver-expired",
                 .severity = Severity::error,
                 .summary = "a waiver is past its date",
                 .message = "the waiver \"{target}\" ended on {observed}: {reason}",
                 .fix = "fix what it waived and remove it, or decide anew and give it a later date",
                 .observed = "{last_day:date}"},
                &judge_hygiene_waiver_expired},
    audit::Rule{{.id = "hygiene-zone-misnamed",
                 .severity = Severity::error,
                 .summary = "a zone of the inventory has a name that cannot be right",
                 .message = "there is no zone {target}: {detail}",
                 .fix = "name it {expected}",
                 .expected = "{right}",
                 .observed = "{target}",
                 .wordings = misnomers},
                &judge_hygiene_zone_misnamed},
    audit::Rule{{.id = "hygiene-zone-without-address",
                 .severity = Severity::info,
                 .summary = "a reverse zone has none of the addresses of the inventory",
                 .message = "none of the addresses is in the zone {target}",
                 .fix = "compare it with the addresses, or take it out",
                 .observed = "{target}"},
                &judge_hygiene_zone_without_address},
    audit::Rule{{.id = "hygiene-waiver-expiring",
                 .severity = Severity::info,
                 .summary = "a waiver ends within two weeks",
                 .message = "the waiver \"{target}\" ends on {observed}: {reason}",
                 .fix = "fix what it waives, or decide anew and give it a later date",
                 .observed = "{last_day:date}"},
                &judge_hygiene_waiver_expiring},
    audit::Rule{{.id = "hygiene-waiver-mistaken",
                 .severity = Severity::warning,
                 .summary = "a comment looks like a waiver and is none",
                 .message = "\"{observed}\" waives nothing",
                 .fix = "write it as \"# rdnsgate: allow RULE until YYYY-MM-DD, REASON\"",
                 .expected = "{comment}",
                 .observed = "# {comment}"},
                &judge_hygiene_waiver_mistaken},
    audit::Rule{.info = {.id = "hygiene-waiver-unused",
                         .severity = Severity::warning,
                         .summary = "a waiver matches no finding",
                         .message = "the waiver of {expected} for {subject} matches no finding",
                         .fix = "remove it, or correct its rule or its target",
                         .expected = "{rule}"},
                .judge = &judge_hygiene_waiver_unused,
                .unless = "hygiene-waiver-unreachable"},
    audit::Rule{{.id = "hygiene-path-unused",
                 .severity = Severity::warning,
                 .summary = "a sender or a relay is in no domain's `via`",
                 .message = "no domain sends through the {kind} {target}",
                 .fix = "add it to the `via` of the domains that it sends for, or retire it"},
                &judge_hygiene_path_unused},
    audit::Rule{{.id = "hygiene-domain-without-path",
                 .severity = Severity::warning,
                 .summary = "a domain names no sender or relay that its mail leaves through",
                 .message = "the inventory does not list where the mail of {target} leaves from",
                 .fix = "add `via`; of a domain that sends no mail, say `all: fail` under `spf`"},
                &judge_hygiene_domain_without_path},
    audit::Rule{{.id = "hygiene-retired-undeclared",
                 .severity = Severity::warning,
                 .summary = "an address or a name was there before, and is neither declared nor retired",
                 .message = "{observed}: neither declared nor retired now",
                 .fix = "list {expected} under `retired` and take the records out with `plan --base`, or "
                        "declare it again",
                 .expected = "{target}[ and {more} more of its range]",
                 .observed = "{expected} belonged to sender {sender}",
                 .wordings = retired_wordings},
                &judge_hygiene_retired_undeclared},
    audit::Rule{{.id = "hygiene-retired-answers",
                 .severity = Severity::warning,
                 .summary = "a zone still has records of what is retired",
                 .message = "{target} still has records of what is retired: {observed}",
                 .fix = "let \"plan\" take them out, once nothing sends from the address any more",
                 .expected = "no such records",
                 .observed = "{records}"},
                &judge_hygiene_retired_answers},
    audit::Rule{
        {.id = "hygiene-retired-lookup-failed",
         .severity = Severity::warning,
         .summary = "whether a zone still has records of what is retired could not be looked up",
         .message =
             "whether {target} still has records of what is retired could not be determined: {failure}",
         .fix = "run again; if it lasts, look at the name servers of the zone"},
        &judge_hygiene_retired_lookup_failed},
    audit::Rule{{.id = "hygiene-waiver-unreachable",
                 .severity = Severity::warning,
                 .summary = "a waiver can never match a finding",
                 .message = "the waiver \"{target}\" can never match: {observed}",
                 .fix = "correct its target, switch its rule on, or remove it",
                 .expected = "{rule}",
                 .observed = "nothing in the inventory is called {subject}",
                 .wordings = unreachable_wordings},
                &judge_hygiene_waiver_unreachable},
};

}  // namespace rdnsgate::rules
