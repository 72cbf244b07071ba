// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"
#include "rules/name_fault.h"
#include "rules/ptr/name_form.h"
#include "rules/servers_differ.h"

namespace rdnsgate::rules {

// missing.cpp
void judge_ptr_missing(audit::AddressCase& c, audit::Findings& findings);
void judge_ptr_lookup_failed(audit::AddressCase& c, audit::Findings& findings);
// set.cpp
void judge_ptr_mismatch(audit::AddressCase& c, audit::Findings& findings);
void judge_ptr_extra(audit::AddressCase& c, audit::Findings& findings);
void judge_ptr_multiple(audit::AddressCase& c, audit::Findings& findings);
void judge_ptr_too_many(audit::AddressCase& c, audit::Findings& findings);
// foreign_name.cpp
void judge_ptr_generic(audit::AddressCase& c, audit::Findings& findings);
void judge_declared_ptr_generic(const audit::DeclaredAddress& c, audit::Findings& findings);
void judge_ptr_provider_default(audit::AddressCase& c, audit::Findings& findings);
void judge_declared_ptr_provider_default(const audit::DeclaredAddress& c, audit::Findings& findings);
void judge_ptr_domain_unrelated(audit::AddressCase& c, audit::Findings& findings);
// aliases.cpp
void judge_ptr_via_cname(audit::AddressCase& c, audit::Findings& findings);
void judge_ptr_cname_chain_too_long(audit::AddressCase& c, audit::Findings& findings);
void judge_ptr_cname_loop(audit::AddressCase& c, audit::Findings& findings);
void judge_ptr_cname_dangling(audit::AddressCase& c, audit::Findings& findings);
// target_cname.cpp
void judge_ptr_target_cname(audit::AddressCase& c, audit::Findings& findings);
// wildcard.cpp
void judge_ptr_wildcard_match(audit::AddressCase& c, audit::Findings& findings);
// name_nonstandard.cpp
void judge_declared_name_nonstandard(const audit::DeclaredAddress& c, audit::Findings& findings);
void judge_ptr_name_nonstandard(audit::AddressCase& c, audit::Findings& findings);
// answer.cpp
void judge_ptr_cname_coexist(audit::AddressCase& c, audit::Findings& findings);
void judge_ptr_answer_other_owner(audit::AddressCase& c, audit::Findings& findings);
// orphan.cpp
void judge_ptr_orphan(audit::ZoneCase& c, audit::Findings& findings);
void judge_texts_ptr_orphan(const audit::ZoneTextsCase& c, audit::Findings& findings);
// servers_differ.cpp
void judge_ptr_servers_differ(audit::AddressCase& c, audit::Findings& findings);

/// Where a name is declared, it is wanted; else one that looks better.
inline constexpr std::array other_than_declared{
    audit::Wording{.key = "declared", .expected = "{ptr}"},
};
inline constexpr std::array nonstandard_wordings{
    audit::Wording{.key = "nonstandard", .detail = "{pattern}[ and {more_patterns} more]"},
    // Not empty, to stay apart from what is said of the PTR name of the same address.
    audit::Wording{.key = "helo",
                   .expected = "a HELO name that matches",
                   .detail = "{pattern}[ and {more_patterns} more]"},
};
inline constexpr std::array orphan_wordings{
    audit::Wording{
        .key = "so-far",
        .fix = "declare them, list them under `retired`, or remove the records; the zone has more names "
               "than {limit:question finds|questions find}, but its file has all: lint --zone-files"},
    audit::Wording{
        .key = "none-so-far",
        .message = "{target} has more names than {limit:question finds|questions find}: {observed}",
        .fix = "judge the file of the zone, which has all of them: lint --zone-files",
        .observed = "no PTR record of an undeclared address so far"},
};
inline constexpr std::array chain_wordings{
    audit::Wording{.key = "cut-off", .detail = " or more"},
};

/// In any order: the registry sorts.
inline constexpr std::array ptr_rules{
    audit::Rule{{.id = "ptr-missing",
                 .severity = Severity::error,
                 .summary = "the address has no PTR record",
                 .message = "{target} has no PTR record: {observed}",
                 .fix = "publish a PTR record at the reverse name of {target} with the target {expected}",
                 .expected = "{ptr}",
                 .observed = "{denial} for {reverse}"},
                &judge_ptr_missing},
    audit::Rule{{.id = "ptr-lookup-failed",
                 .severity = Severity::warning,
                 .summary = "the PTR record of the address could not be looked up",
                 .message = "whether {target} has a PTR record could not be determined: {failure}",
                 .fix = "look at the name servers of the reverse zone; a receiver that meets the same "
                        "failure defers the mail"},
                &judge_ptr_lookup_failed},
    audit::Rule{{.id = "ptr-cname-coexist",
                 .severity = Severity::error,
                 .summary = "the owner of the PTR record has a CNAME record too",
                 .message = "{observed} has a PTR record and a CNAME record",
                 .fix = "remove one of the two: an alias has no records of its own",
                 .expected = "a PTR record or a CNAME record",
                 .observed = "{owner}"},
                &judge_ptr_cname_coexist},
    audit::Rule{
        {.id = "ptr-answer-other-owner",
         .severity = Severity::error,
         .summary = "the answer to the PTR question holds records of another name",
         .message = "the answer for {expected} is about another name: {reason}",
         .fix = "look at the server or at what stands before it; resolvers discard such an answer, so that "
                "the address has no PTR record for them",
         .expected = "{reverse}",
         .observed = "records of another name"},
        &judge_ptr_answer_other_owner},
    audit::Rule{
        .info = {.id = "ptr-orphan",
                 .severity = Severity::info,
                 .summary = "a reverse zone has PTR records of addresses that the inventory does not list",
                 .message = "{target} has {observed}",
                 .fix = "declare them, list them under `retired`, or remove the records",
                 .expected = "only PTR records of declared addresses",
                 .observed = "{count:PTR record|PTR records} of undeclared addresses: {ranges}",
                 .wordings = orphan_wordings},
        .judge = &judge_ptr_orphan,
        .texts = &judge_texts_ptr_orphan},
    audit::Rule{{.id = "ptr-mismatch",
                 .severity = Severity::error,
                 .summary = "the PTR record does not hold the declared name",
                 .message = "the PTR record of {target} names {observed}, not {expected}",
                 .fix = "make {expected} the target of the PTR record, or correct the inventory",
                 .expected = "{ptr}",
                 .observed = "{names}"},
                &judge_ptr_mismatch},
    audit::Rule{{.id = "ptr-extra",
                 .severity = Severity::error,
                 .summary = "the address has PTR records beside the declared one",
                 .message = "{target} has PTR records beside the one for {expected}: {observed}",
                 .fix = "remove the PTR records for {observed}",
                 .expected = "{ptr}",
                 .observed = "{names}"},
                &judge_ptr_extra},
    audit::Rule{{.id = "ptr-multiple",
                 .severity = Severity::warning,
                 .summary = "the address has more than one PTR record",
                 .message = "{target} has {count} PTR records: {observed}",
                 .fix = "leave one PTR record, for the name that the host gives in HELO",
                 .expected = "{ptr}",
                 .observed = "{names}"},
                &judge_ptr_multiple},
    audit::Rule{
        {.id = "ptr-too-many",
         .severity = Severity::warning,
         .summary = "the address has more PTR records than receivers look at",
         .message = "{target} has {count} PTR records, and a receiver may look at ten of them: {observed}",
         .fix = "leave one PTR record, for the name that the host gives in HELO",
         .expected = "{ptr}",
         .observed = "{names}"},
        &judge_ptr_too_many},
    audit::Rule{
        {.id = "ptr-generic",
         .severity = Severity::warning,
         .summary = "the PTR name looks as if a machine had made it from the address",
         .message = "the PTR name {observed} of {target} looks generic: score {score}[: {signals:all}]",
         .fix = "give the host a name that a person chose, such as mx1 or out-3 in a zone of one's own",
         .expected = "a name that a person chose",
         .observed = "{names}",
         .wordings = other_than_declared},
        &judge_ptr_generic,
        &judge_declared_ptr_generic},
    audit::Rule{{.id = "ptr-provider-default",
                 .severity = Severity::warning,
                 .summary = "the PTR name is one that the hosting provider gives by default",
                 .message = "the PTR name {observed} of {target} is a default name of its provider ({zone})",
                 .fix = "set the PTR record in the provider's control panel to a name in a zone of one's own",
                 .expected = "a name in a zone of one's own",
                 .observed = "{names}",
                 .wordings = other_than_declared},
                &judge_ptr_provider_default,
                &judge_declared_ptr_provider_default},
    audit::Rule{
        {.id = "ptr-domain-unrelated",
         .severity = Severity::warning,
         .summary = "the PTR name belongs to a domain that the inventory does not know",
         .message = "the PTR record of {target} points to {observed}, and nothing in the inventory belongs "
                    "to {domain}",
         .fix = "point the PTR record at a name in a zone of one's own, or declare the zone under `zones`",
         .expected = "a name in a zone of one's own",
         .observed = "{names}",
         .wordings = other_than_declared},
        &judge_ptr_domain_unrelated},
    audit::Rule{{.id = "ptr-target-in-arpa",
                 .severity = Severity::error,
                 .summary = "the PTR name lies in the reverse tree itself",
                 .message = "the PTR name {observed} of {target} ends in arpa: {detail}",
                 .fix = "write the name in full and with its final dot in the reverse zone",
                 .expected = "[{ptr}]",
                 .observed = "{names}",
                 .wordings = name_faults,
                 .data = "fault"},
                &judge_ptr_names<&in_arpa_fault>,
                &judge_declared_ptr_name<&in_arpa_fault>},
    audit::Rule{{.id = "ptr-not-fqdn",
                 .severity = Severity::error,
                 .summary = "the PTR name is not fully qualified",
                 .message = "the PTR name {observed} of {target} is not fully qualified: {detail}",
                 .fix = "give the host's full name, with its domain",
                 .expected = "[{ptr}]",
                 .observed = "{names}",
                 .wordings = name_faults,
                 .data = "fault"},
                &judge_ptr_names<&not_fqdn_fault>,
                &judge_declared_ptr_name<&not_fqdn_fault>},
    audit::Rule{{.id = "ptr-numeric-tld",
                 .severity = Severity::error,
                 .summary = "the PTR name ends in a number, as an address does",
                 .message = "the PTR name {observed} of {target} is no host name: {detail}",
                 .fix = "give the host's name, not its address",
                 .expected = "[{ptr}]",
                 .observed = "{names}",
                 .wordings = name_faults,
                 .data = "fault"},
                &judge_ptr_names<&numeric_tld_fault>,
                &judge_declared_ptr_name<&numeric_tld_fault>},
    audit::Rule{{.id = "ptr-invalid-hostname",
                 .severity = Severity::error,
                 .summary = "the PTR name has characters that no host name has",
                 .message = "the PTR name {observed} of {target} is no valid host name: {detail}",
                 .fix = "use letters, digits and hyphens, with no hyphen at either end of a label",
                 .expected = "[{ptr}]",
                 .observed = "{names}",
                 .wordings = name_faults,
                 .data = "fault"},
                &judge_ptr_names<&hostname_fault>,
                &judge_declared_ptr_name<&hostname_fault>},
    audit::Rule{
        {.id = "ptr-idn-ulabel",
         .severity = Severity::warning,
         .summary = "the PTR name has an internationalised label in a wrong form",
         .message = "the PTR name {observed} of {target} has a malformed internationalised label: {detail}",
         .fix = "write the label in its ASCII form (xn--...), or choose a plain one",
         .expected = "[{ptr}]",
         .observed = "{names}",
         .wordings = name_faults,
         .data = "fault"},
        &judge_ptr_names<&idn_fault>,
        &judge_declared_ptr_name<&idn_fault>},
    audit::Rule{{.id = "ptr-special-use-name",
                 .severity = Severity::error,
                 .summary = "the PTR name is in a domain that the public DNS does not have",
                 .message = "the PTR name {observed} of {target} means nothing outside: {detail}",
                 .fix = "use a name in a domain of your own",
                 .expected = "[{ptr}]",
                 .observed = "{names}",
                 .wordings = name_faults,
                 .data = "fault"},
                &judge_ptr_names<&special_use_fault>,
                &judge_declared_ptr_name<&special_use_fault>},
    audit::Rule{{.id = "ptr-name-nonstandard",
                 .severity = Severity::warning,
                 .summary = "the name matches none of the inventory's own patterns",
                 .message = "the name {observed} of {target} matches no pattern of standards.names: {detail}",
                 .fix = "rename the host, or add a pattern",
                 .expected = "[{ptr}]",
                 .observed = "{names}",
                 .wordings = nonstandard_wordings,
                 .data = "fault"},
                &judge_ptr_name_nonstandard,
                &judge_declared_name_nonstandard},
    audit::Rule{{.id = "ptr-via-cname",
                 .severity = Severity::info,
                 .summary = "the reverse name is an alias",
                 .message = "the PTR record of {target} stands at {observed}, to which {reverse} is an alias",
                 .fix = "",
                 .observed = "{name}"},
                &judge_ptr_via_cname},
    audit::Rule{{.id = "ptr-cname-chain-too-long",
                 .severity = Severity::warning,
                 .summary = "the reverse name leads through more than one alias",
                 .message = "the PTR record of {target} stands behind {hops}{detail} aliases: {observed}",
                 .fix = "make the reverse name an alias of the name that holds the PTR record",
                 .expected = "at most one alias",
                 .observed = "{path:->}",
                 .wordings = chain_wordings},
                &judge_ptr_cname_chain_too_long},
    audit::Rule{
        {.id = "ptr-cname-loop",
         .severity = Severity::error,
         .summary = "the aliases at the reverse name go round in a circle",
         .message = "no PTR record of {target} can be reached: its aliases go round in a circle, {observed}",
         .fix = "replace one of the CNAME records by the PTR record",
         .observed = "{path:->}",
         .data = "reverse"},
        &judge_ptr_cname_loop},
    audit::Rule{
        {.id = "ptr-cname-dangling",
         .severity = Severity::error,
         .summary = "the reverse name is an alias of a name that does not exist",
         .message = "the reverse name of {target} is an alias of {name}, which does not exist: {observed}",
         .fix = "publish the PTR record at {name}, or have the alias corrected by the holder of the reverse "
                "zone",
         .expected = "{ptr}",
         .observed = "{path:->}"},
        &judge_ptr_cname_dangling},
    audit::Rule{
        {.id = "ptr-target-cname",
         .severity = Severity::warning,
         .summary = "the PTR name is an alias",
         .message = "the PTR record of {target} names {expected}, which is an alias of {observed}",
         .fix = "give {expected} {type} records in place of the CNAME, or name {observed} in the PTR record",
         .expected = "{name}",
         .observed = "{alias_target}"},
        &judge_ptr_target_cname,
        nullptr,
        audit::Basis::forward},
    audit::Rule{{.id = "ptr-wildcard-match",
                 .severity = Severity::warning,
                 .summary = "the PTR record looks as if a wildcard had made it",
                 .message = "any name under {parent} has the PTR record of {target}: {observed}",
                 .fix = "publish {expected} for {target}, and remove the wildcard if nothing else needs it",
                 .expected = "a PTR record of its own",
                 .observed = "{names}"},
                &judge_ptr_wildcard_match},
    audit::Rule{
        .info = {.id = "ptr-servers-differ",
                 .severity = Severity::error,
                 .summary = "the name servers have different PTR records of the address",
                 .message =
                     "the name servers do not agree on the PTR record of {target}: {observed} ({detail})",
                 .fix = "let every server of the zone transfer the copy that has {expected}; raise the "
                        "serial with each change",
                 .expected = "[{ptr}]",
                 .observed = "{versions:all;}",
                 .wordings = dispute_wordings},
        .judge = &judge_ptr_servers_differ,
        .seen_as = audit::Seen::holder},
};

}  // namespace rdnsgate::rules
