// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"
#include "rules/servers_differ.h"
#include "rules/spf/wordings.h"

namespace rdnsgate::rules {

// missing.cpp
void judge_spf_missing(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_multiple(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_parked_not_null(audit::DomainCase& c, audit::Findings& findings);
// syntax.cpp
void judge_spf_syntax(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_dup_modifier(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_string_join(audit::DomainCase& c, audit::Findings& findings);
// all.cpp
void judge_spf_all_differs(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_no_all(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_neutral_all(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_all_and_redirect(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_terms_after_all(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_ptr(audit::DomainCase& c, audit::Findings& findings);
// published.cpp
void judge_spf_type99(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_size(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_wildcard(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_inconsistent_ns(audit::DomainCase& c, audit::Findings& findings);
// chain.cpp
void judge_spf_lookup_limit(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_void_limit(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_mx_limit(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_include_none(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_include_nxdomain(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_redirect_none(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_loop(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_temperror(audit::DomainCase& c, audit::Findings& findings);
// extra.cpp
void judge_spf_ip_extra(audit::DomainCase& c, audit::Findings& findings);
void judge_spf_plus_all(audit::DomainCase& c, audit::Findings& findings);
// relay.cpp
void judge_spf_relay_missing_include(audit::PathCase& c, audit::Findings& findings);
void judge_spf_relay_orphan_include(audit::DomainCase& c, audit::Findings& findings);
// covered.cpp
void judge_spf_ip_not_covered(audit::PathCase& c, audit::Findings& findings);
void judge_dual_spf_family_missing(audit::PathCase& c, audit::Findings& findings);
// helo.cpp
void judge_spf_helo_missing(audit::PathCase& c, audit::Findings& findings);
void judge_spf_helo_fail(audit::PathCase& c, audit::Findings& findings);
void judge_spf_helo_lookup_failed(audit::PathCase& c, audit::Findings& findings);

/// In any order: the registry sorts.
inline constexpr std::array spf_rules{
    audit::Rule{{.id = "spf-missing",
                 .severity = Severity::error,
                 .summary = "a domain that mail is sent for has no SPF record",
                 .message = "{domain} has no SPF record: {detail}",
                 .fix = "publish a TXT record with v=spf1, the networks that mail leaves from, and -all or "
                        "~all at its end",
                 .expected = "an SPF record at {domain}",
                 .wordings = spf_missing_wordings},
                &judge_spf_missing},
    audit::Rule{{.id = "spf-multiple",
                 .severity = Severity::error,
                 .summary = "a domain has more than one SPF record",
                 .message = "{domain} has {count} SPF records, and receivers use none of them: {observed}",
                 .fix = "make one record of them",
                 .expected = "one SPF record at {domain}",
                 .observed = "{records:;}"},
                &judge_spf_multiple},
    audit::Rule{
        {.id = "spf-syntax",
         .severity = Severity::error,
         .summary = "the SPF record breaks the grammar",
         .message =
             "the SPF record of {domain} has terms that are none, and receivers do not use it: {observed}",
         .fix = "correct or remove {term}",
         .expected = "an SPF record by the grammar of RFC 7208 at {domain}",
         .observed = "{terms}",
         .wordings = spf_syntax_wordings,
         .data = "column term"},
        &judge_spf_syntax},
    audit::Rule{
        {.id = "spf-dup-modifier",
         .severity = Severity::error,
         .summary = "the SPF record has redirect or exp twice",
         .message = "the SPF record of {domain} has {observed} more than once, and receivers do not use it",
         .fix = "leave one {observed}",
         .expected = "each modifier once in the SPF record of {domain}",
         .observed = "{modifier}"},
        &judge_spf_dup_modifier},
    audit::Rule{
        {.id = "spf-string-join",
         .severity = Severity::error,
         .summary = "two strings of the SPF record have no space between them",
         .message = "two strings of the TXT record at {domain} run together: receivers read {observed}",
         .fix = "end each string of the record with a space, or begin the next one with it",
         .expected = "a space between the terms of the SPF record of {domain}",
         .observed = "{term}"},
        &judge_spf_string_join},
    audit::Rule{
        {.id = "spf-all-differs",
         .severity = Severity::error,
         .summary = "the SPF record does not end as the inventory says",
         .message = "the SPF record of {domain} has {observed}, not {expected}[: {by} has the end of it]",
         .fix = "end the record with {expected}, or change `all` under `spf` of {domain}",
         .expected = "{wanted}",
         .observed = "{all}"},
        &judge_spf_all_differs},
    audit::Rule{
        {.id = "spf-no-all",
         .severity = Severity::warning,
         .summary = "the SPF record ends without all and without redirect",
         .message = "the SPF record at {observed} ends without all: to receivers other senders are neutral",
         .fix = "end it with -all or ~all",
         .expected = "all at the end of the SPF record of {domain}",
         .observed = "{at}"},
        &judge_spf_no_all},
    audit::Rule{
        {.id = "spf-neutral-all",
         .severity = Severity::warning,
         .summary = "the SPF record ends with ?all",
         .message = "the SPF record at {observed} ends with ?all: it says nothing about other senders",
         .fix = "end it with -all or ~all",
         .expected = "-all or ~all at the end of the SPF record of {domain}",
         .observed = "{at}"},
        &judge_spf_neutral_all},
    audit::Rule{{.id = "spf-all-and-redirect",
                 .severity = Severity::warning,
                 .summary = "the SPF record has both all and redirect",
                 .message = "receivers ignore {observed} in the SPF record of {domain}, which has all",
                 .fix = "remove {observed}, or all",
                 .expected = "all or redirect in the SPF record of {domain}",
                 .observed = "{term}"},
                &judge_spf_all_and_redirect},
    audit::Rule{
        {.id = "spf-terms-after-all",
         .severity = Severity::warning,
         .summary = "the SPF record has mechanisms behind all",
         .message = "receivers ignore what stands behind all in the SPF record of {domain}: {observed}",
         .fix = "move them in front of all, or remove them",
         .expected = "all as the last mechanism of the SPF record of {domain}",
         .observed = "{terms}"},
        &judge_spf_terms_after_all},
    audit::Rule{{.id = "spf-ptr",
                 .severity = Severity::warning,
                 .summary = "the SPF record uses ptr",
                 .message = "the SPF record of {domain} asks for the names of each client: {observed}",
                 .fix = "list the networks with ip4 and ip6",
                 .expected = "no ptr in the SPF record of {domain}",
                 .observed = "{terms}"},
                &judge_spf_ptr},
    audit::Rule{
        {.id = "spf-type99",
         .severity = Severity::warning,
         .summary = "a domain has a record of the type SPF",
         .message = "{domain} has records of the type SPF (99), which no receiver asks for: {observed}",
         .fix = "remove them; the TXT record is the only one",
         .expected = "no record of type 99 at {domain}",
         .observed = "{texts:;}"},
        &judge_spf_type99},
    audit::Rule{
        {.id = "spf-size",
         .severity = Severity::warning,
         .summary = "the TXT answer that has the SPF record is large",
         .message = "the answer with the {count:TXT record|TXT records} of {domain} has {observed}: {detail}",
         .fix = "remove TXT records that nobody needs any more, and shorten the SPF record",
         .expected = "at most {limit} octets",
         .observed = "{size} octets",
         .wordings = spf_size_wordings},
        &judge_spf_size},
    audit::Rule{
        {.id = "spf-wildcard",
         .severity = Severity::info,
         .summary = "a wildcard TXT record has an SPF record",
         .message = "{name} has an SPF record, which is that of every name below {domain}: {observed}",
         .fix = "publish SPF records at the names that send mail",
         .expected = "no SPF record at {name}",
         .observed = "{text}"},
        &judge_spf_wildcard},
    audit::Rule{
        .info = {.id = "spf-inconsistent-ns",
                 .severity = Severity::warning,
                 .summary = "the name servers have different SPF records",
                 .message =
                     "the name servers do not agree on the SPF record of {domain}: {observed} ({detail})",
                 .fix =
                     "let every server of the zone transfer the same copy; raise the serial with each change",
                 .expected = "one SPF record of {domain} at all servers",
                 .observed = "{versions:all;}",
                 .wordings = dispute_wordings},
        .judge = &judge_spf_inconsistent_ns,
        .seen_as = audit::Seen::holder},
    audit::Rule{{.id = "spf-lookup-limit",
                 .severity = Severity::error,
                 .summary = "an evaluation of the SPF record takes more than ten lookups",
                 .message = "the SPF record of {domain} takes {observed}, of ten: {detail}; {costs}",
                 .fix = "take terms out of it[: {ways:;}]",
                 .expected = "at most 10 lookups by the SPF record of {domain}",
                 .observed = "{count:lookup|lookups}",
                 .wordings = spf_lookup_wordings},
                &judge_spf_lookup_limit},
    audit::Rule{
        {.id = "spf-void-limit",
         .severity = Severity::error,
         .summary = "the SPF record makes receivers ask for more than two names that have nothing",
         .message = "the SPF record of {domain} has {count} lookups without an answer for {family} clients, "
                    "of two: {observed}",
         .fix = "remove the terms that name what no longer exists",
         .expected = "at most 2 lookups without an answer by the SPF record of {domain}",
         .observed = "{lookups}"},
        &judge_spf_void_limit},
    audit::Rule{
        {.id = "spf-mx-limit",
         .severity = Severity::error,
         .summary = "an mx mechanism names more than ten hosts",
         .message =
             "{term} in the SPF record of {domain} leads to {observed}, of ten, and receivers stop there",
         .fix = "list the networks in place of {term}",
         .expected = "at most 10 hosts by {term}",
         .observed = "{count} hosts"},
        &judge_spf_mx_limit},
    audit::Rule{
        {.id = "spf-include-none",
         .severity = Severity::error,
         .summary = "the SPF record includes a domain without an SPF record that works",
         .message = "{term}[ in the record of {by}], which {domain} takes in, points to {observed}: every "
                    "evaluation that comes so far is an error",
         .fix = "remove {term}, or publish an SPF record at {name}",
         .expected = "an SPF record at {name}",
         .observed = "{detail}",
         .wordings = spf_include_wordings},
        &judge_spf_include_none},
    audit::Rule{
        {.id = "spf-include-nxdomain",
         .severity = Severity::error,
         .summary = "the SPF record includes a domain that does not exist",
         .message = "{term}[ in the record of {by}], which {domain} takes in, names a domain that does not "
                    "exist: whoever registers it may send mail of {domain}",
         .fix = "remove {term}",
         .expected = "{name} exists",
         .observed = "NXDOMAIN"},
        &judge_spf_include_nxdomain},
    audit::Rule{
        {.id = "spf-redirect-none",
         .severity = Severity::error,
         .summary = "the SPF record redirects to a domain without an SPF record that works",
         .message = "{term}[ in the record of {by}], which decides for {domain}, points to {observed}",
         .fix = "publish an SPF record at {name}, or remove {term}",
         .expected = "an SPF record at {name}",
         .observed = "{detail}",
         .wordings = spf_include_wordings},
        &judge_spf_redirect_none},
    audit::Rule{
        {.id = "spf-loop",
         .severity = Severity::error,
         .summary = "the SPF record takes in itself",
         .message = "the SPF record of {domain} goes round in a circle: {term} in the record of {from} leads "
                    "back to {observed}",
         .fix = "remove {term} from the record of {from}",
         .expected = "no circle in the SPF record of {domain}",
         .observed = "{name}"},
        &judge_spf_loop},
    audit::Rule{
        {.id = "spf-temperror",
         .severity = Severity::warning,
         .summary = "what the SPF record stands on could not be looked up",
         .message = "what receivers make of the SPF record of {domain} could not be determined: {failure}",
         .fix = "look at the name servers of the zone that did not answer"},
        &judge_spf_temperror},
    audit::Rule{
        {.id = "spf-ip-extra",
         .severity = Severity::warning,
         .summary = "the SPF record has networks that no sender or relay declares",
         .message =
             "the SPF record of {domain} lets addresses pass that the inventory does not have: {observed}",
         .fix = "remove them from the record, or declare the senders or relays that they belong to",
         .expected = "declared addresses alone in the SPF record of {domain}",
         .observed = "{terms}"},
        &judge_spf_ip_extra},
    audit::Rule{
        {.id = "spf-plus-all",
         .severity = Severity::error,
         .summary = "the SPF record lets everybody pass",
         .message =
             "the SPF record of {domain} lets every address pass, by {observed}[ in the record of {by}]",
         .fix = "end the record with -all or ~all",
         .expected = "some addresses that fail SPF of {domain}",
         .observed = "+all",
         .wordings = spf_plus_all_wordings},
        &judge_spf_plus_all},
    audit::Rule{{.id = "spf-relay-missing-include",
                 .severity = Severity::error,
                 .summary = "the SPF record lacks what a relay of the domain needs",
                 .message = "the SPF record of {domain} lacks {expected} of the relay {relay}",
                 .fix = "add {expected} to the record",
                 .expected = "{terms:all}",
                 .observed = "none of it",
                 .wordings = spf_relay_missing_wordings},
                &judge_spf_relay_missing_include},
    audit::Rule{{.id = "spf-relay-orphan-include",
                 .severity = Severity::warning,
                 .summary = "the SPF record includes a relay that the inventory does not have",
                 .message = "the SPF record of {domain} has {observed}, and no relay of the inventory has it",
                 .fix = "declare the relay under `relays`, or take {observed} out of the record",
                 .expected = "no {term} in the SPF record of {domain}",
                 .observed = "{term}",
                 .wordings = spf_orphan_wordings},
                &judge_spf_relay_orphan_include},
    audit::Rule{{.id = "spf-parked-not-null",
                 .severity = Severity::info,
                 .summary = "a domain that no mail is sent for does not say so",
                 .message = "{domain} has no `via`, and does not say that nobody may send for it: {observed}",
                 .fix = "publish {expected} at {domain}, or name the senders and relays in its `via`",
                 .expected = "v=spf1 -all",
                 .observed = "{record}"},
                &judge_spf_parked_not_null},
    audit::Rule{
        {.id = "spf-ip-not-covered",
         .severity = Severity::error,
         .summary = "mail from a declared address does not pass SPF",
         .message = "{count:address|addresses} of {via} may not send for {domain}: SPF gives {observed} for "
                    "{addresses}",
         .fix = "add {terms} to the SPF record of {domain}",
         .expected = "pass",
         .observed = "{results}",
         .wordings = spf_not_covered_wordings},
        &judge_spf_ip_not_covered},
    audit::Rule{
        .info = {.id = "dual-spf-family-missing",
                 .severity = Severity::error,
                 .summary = "SPF lets the addresses of one family pass, and none of the other",
                 .message = "the {family} addresses of {via} may not send for {domain}, though the {other} "
                            "addresses may: SPF gives {observed}",
                 .fix = "add {terms} to the SPF record of {domain}",
                 .expected = "pass over {family}",
                 .observed = "{results}"},
        .judge = &judge_dual_spf_family_missing,
        .unless = "spf-ip-not-covered"},
    audit::Rule{{.id = "spf-helo-missing",
                 .severity = Severity::warning,
                 .summary = "a HELO name has no SPF record",
                 .message = "{count:HELO name|HELO names} of {sender} without an SPF record: {observed}",
                 .fix = "publish `v=spf1 a -all` at each name that resolves to the addresses that say it",
                 .expected = "an SPF record at each HELO name",
                 .observed = "{names}"},
                &judge_spf_helo_missing},
    audit::Rule{
        {.id = "spf-helo-fail",
         .severity = Severity::error,
         .summary = "a HELO name does not let its own addresses pass SPF",
         .message = "SPF refuses {count:HELO name|HELO names} of {sender} at its own addresses: {observed}",
         .fix = "publish `v=spf1 a -all` at each name that resolves to the addresses that say it",
         .expected = "pass",
         .observed = "{results:;}"},
        &judge_spf_helo_fail},
    audit::Rule{
        {.id = "spf-helo-lookup-failed",
         .severity = Severity::warning,
         .summary = "the SPF record of a HELO name could not be looked up",
         .message = "whether the HELO name {name} has an SPF record could not be determined: {failure}",
         .fix = "look at the name servers of the zone that holds the HELO name"},
        &judge_spf_helo_lookup_failed},
};

}  // namespace rdnsgate::rules
