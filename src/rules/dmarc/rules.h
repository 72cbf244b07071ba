// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// alignment.cpp
void judge_dmarc_alignment_spf(audit::PathCase& c, audit::Findings& findings);
void judge_dmarc_alignment_dkim(audit::PathCase& c, audit::Findings& findings);
// published.cpp
void judge_dmarc_missing(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_lookup_failed(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_multiple(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_wrong_location(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_parked_not_reject(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_standards_differ(audit::DomainCase& c, audit::Findings& findings);
// policy_differs.cpp
void judge_dmarc_policy_differs(audit::DomainCase& c, audit::Findings& findings);
// records.cpp
void judge_dmarc_syntax(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_p_missing(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_p_none(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_removed_tag(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_t_testing(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_sp_weaker(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_np_weaker(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_rua_missing(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_rua_invalid(audit::DomainCase& c, audit::Findings& findings);
// reports.cpp
void judge_dmarc_rua_no_mx(audit::DomainCase& c, audit::Findings& findings);
void judge_dmarc_rua_external_unverified(audit::DomainCase& c, audit::Findings& findings);

inline constexpr std::array dmarc_missing_wordings{
    audit::Wording{
        .key = "tree-only",
        .message = "receivers by RFC 7489 find no DMARC record for {target}; those by RFC 9989 take that at "
                   "{owner}",
        .fix = "publish a record at _dmarc.{domain}, which holds for both",
        .observed = "one at {owner}, by RFC 9989 alone"},
};
inline constexpr std::array dmarc_lookup_wordings{
    audit::Wording{
        .key = "reports",
        .message = "whether reports about {target} can be delivered could not be determined: {failure}"},
};
inline constexpr std::array dmarc_location_wordings{
    audit::Wording{.key = "apex",
                   .message = "a DMARC record stands at {owner} itself, where no receiver looks for it",
                   .fix = "move it to {right}",
                   .expected = "the DMARC record at {right}",
                   .observed = "a DMARC record at {owner}"},
};
inline constexpr std::array dmarc_parked_wordings{
    audit::Wording{.key = "missing",
                   .message = "{target} is declared to send no mail, and has no DMARC record",
                   .observed = "no record"},
};
inline constexpr std::array dmarc_p_missing_wordings{
    audit::Wording{.key = "as-none",
                   .detail = "receivers by RFC 9989 take it for p=none, and those by RFC 7489 may refuse it"},
    audit::Wording{.key = "no-effect", .detail = "without a valid rua= either, receivers do not apply it"},
};
inline constexpr std::array dmarc_no_mx_wordings{
    audit::Wording{
        .key = "null",
        .message = "the DMARC record at {owner} sends reports to {host}, which takes no mail: it has a null "
                   "MX record",
        .observed = "a null MX record"},
};
inline constexpr std::array dmarc_differs_wordings{
    audit::Wording{
        .key = "rua",
        .message = "the DMARC record at {owner} sends reports to {reports}, and the inventory says {rua}",
        .fix = "write rua= as the inventory has it, or correct `dmarc.rua` there",
        .expected = "reports to {rua}",
        .observed = "{reports}"},
    audit::Wording{
        .key = "no-rua",
        .message = "the DMARC record at {owner} sends reports to nobody, and the inventory says {rua}",
        .fix = "write rua= as the inventory has it, or correct `dmarc.rua` there",
        .expected = "reports to {rua}",
        .observed = "[{reports}]no rua="},
};

inline constexpr std::array dmarc_spf_aligned_wordings{
    audit::Wording{.key = "dkim-alone",
                   .message = "DMARC for mail of {domain} by {via} rests on DKIM alone: MAIL FROM has "
                              "{mail_from}, which is {alignment}"},
    audit::Wording{.key = "unsigned",
                   .message = "SPF does not make DMARC pass for mail of {domain} by {via}: MAIL FROM has "
                              "{mail_from}, which is {alignment}, and no signature is declared"},
    audit::Wording{.key = "other-half",
                   .message = "mail of {domain} by {via} fails DMARC at some receivers: MAIL FROM has "
                              "{mail_from}, which is {alignment}, and RFC 9989 and RFC 7489 do not agree "
                              "about signatures as {signer}"},
    audit::Wording{.key = "other-open",
                   .message = "SPF does not make DMARC pass for mail of {domain} by {via}: MAIL FROM has "
                              "{mail_from}, which is {alignment}, and whether signatures as {signer} do is "
                              "not known"},
    audit::Wording{.key = "tree-only",
                   .message = "SPF makes DMARC pass for mail of {domain} by {via} at receivers by RFC 9989, "
                              "and not at those by RFC 7489: MAIL FROM has {mail_from}",
                   .observed = "{mail_from}, aligned by RFC 9989 alone"},
    audit::Wording{.key = "list-only",
                   .message = "SPF makes DMARC pass for mail of {domain} by {via} at receivers by RFC 7489, "
                              "and not at those by RFC 9989: MAIL FROM has {mail_from}",
                   .observed = "{mail_from}, aligned by RFC 7489 alone"},
    audit::Wording{.key = "open",
                   .message = "whether {mail_from}, which mail of {domain} by {via} has in MAIL FROM, is "
                              "aligned with {domain} could not be determined: {failure}",
                   .fix = "look at the name servers of the zone that holds the name"},
};
inline constexpr std::array dmarc_dkim_aligned_wordings{
    audit::Wording{.key = "spf-alone",
                   .message = "DMARC for mail of {domain} by {via} rests on SPF alone, and fails once mail is "
                              "forwarded: it is signed as {signer}, which is {alignment}"},
    audit::Wording{.key = "other-half",
                   .message = "mail of {domain} by {via} fails DMARC at some receivers: it is signed as "
                              "{signer}, which is {alignment}, and RFC 9989 and RFC 7489 do not agree about "
                              "{mail_from} in MAIL FROM"},
    audit::Wording{.key = "other-open",
                   .message = "DKIM does not make DMARC pass for mail of {domain} by {via}: it is signed as "
                              "{signer}, which is {alignment}, and whether {mail_from} in MAIL FROM does is "
                              "not known"},
    audit::Wording{.key = "tree-only",
                   .message = "DKIM makes DMARC pass for mail of {domain} by {via} at receivers by RFC 9989, "
                              "and not at those by RFC 7489: it is signed as {signer}",
                   .observed = "{signer}, aligned by RFC 9989 alone"},
    audit::Wording{.key = "list-only",
                   .message = "DKIM makes DMARC pass for mail of {domain} by {via} at receivers by RFC 7489, "
                              "and not at those by RFC 9989: it is signed as {signer}",
                   .observed = "{signer}, aligned by RFC 7489 alone"},
    audit::Wording{.key = "open",
                   .message = "whether {signer}, which mail of {domain} by {via} is signed as, is aligned "
                              "with {domain} could not be determined: {failure}",
                   .fix = "look at the name servers of the zone that holds the name"},
};

/// In any order: the registry sorts.
inline constexpr std::array dmarc_rules{
    audit::Rule{
        {.id = "dmarc-alignment-spf",
         .severity = Severity::error,
         .summary = "mail by a path has a MAIL FROM that DMARC does not take for the domain in From",
         .message = "mail of {domain} by {via} cannot pass DMARC: MAIL FROM has {mail_from}, which is "
                    "{alignment}, and it is signed as {signer}, which is not aligned either",
         .fix = "let {via} sign as {domain}, or use a bounce domain below {domain} in MAIL FROM; then correct "
                "`mail_from` or `dkim_domain` in the inventory",
         .expected = "a domain in MAIL FROM that is aligned with {domain}",
         .observed = "{mail_from}",
         .wordings = dmarc_spf_aligned_wordings,
         .data = "signer"},
        &judge_dmarc_alignment_spf},
    audit::Rule{
        {.id = "dmarc-alignment-dkim",
         .severity = Severity::error,
         .summary = "mail by a path is signed as a domain that DMARC does not take for that in From",
         .message = "mail of {domain} by {via} cannot pass DMARC: it is signed as {signer}, which is "
                    "{alignment}, and MAIL FROM has {mail_from}, which is not aligned either",
         .fix = "sign mail of {domain} by {via} as {domain}; then correct `dkim_domain` in the inventory",
         .expected = "a signature that is aligned with {domain}",
         .observed = "{signer}",
         .wordings = dmarc_dkim_aligned_wordings,
         .data = "mail_from"},
        &judge_dmarc_alignment_dkim},
    audit::Rule{
        {.id = "dmarc-missing",
         .severity = Severity::error,
         .summary = "no DMARC record holds for a domain that mail is sent from",
         .message = "no DMARC record holds for {target}: there is none at {names}",
         .fix = "publish \"v=DMARC1; p=none; rua=mailto:...\" at _dmarc.{domain}, and a stricter p= once "
                "reports show no mail of yours that fails",
         .expected = "a DMARC record for {target}",
         .observed = "none",
         .wordings = dmarc_missing_wordings},
        &judge_dmarc_missing},
    audit::Rule{{.id = "dmarc-lookup-failed",
                 .severity = Severity::warning,
                 .summary = "the DMARC record of a domain, or where its reports go, could not be looked up",
                 .message = "which DMARC record holds for {target} could not be determined: {failure}",
                 .fix = "look at the name servers of the zone that holds the name",
                 .wordings = dmarc_lookup_wordings,
                 .data = "names"},
                &judge_dmarc_lookup_failed},
    audit::Rule{{.id = "dmarc-multiple",
                 .severity = Severity::error,
                 .summary = "there are several DMARC records at one name: receivers apply none of them",
                 .message = "{owner} has {count} DMARC records: receivers apply none of them",
                 .fix = "leave one",
                 .expected = "one DMARC record at {owner}",
                 .observed = "{count} DMARC records"},
                &judge_dmarc_multiple},
    audit::Rule{
        {.id = "dmarc-wrong-location",
         .severity = Severity::error,
         .summary = "a DMARC record stands at the domain itself, or another record at its _dmarc name",
         .message = "at {owner} there is {what}, which belongs {place}",
         .fix = "move it to where it belongs, and leave the DMARC record alone here",
         .expected = "only a DMARC record at {owner}",
         .observed = "{what}",
         .wordings = dmarc_location_wordings},
        &judge_dmarc_wrong_location},
    audit::Rule{{.id = "dmarc-parked-not-reject",
                 .severity = Severity::info,
                 .summary = "a domain that sends no mail has no DMARC policy of reject",
                 .message = "{target} is declared to send no mail, and its DMARC policy is {policy}",
                 .fix = "publish \"v=DMARC1; p=reject\" at _dmarc.{domain}",
                 .expected = "p=reject",
                 .observed = "{policy}",
                 .wordings = dmarc_parked_wordings},
                &judge_dmarc_parked_not_reject},
    audit::Rule{
        {.id = "dmarc-standards-differ",
         .severity = Severity::warning,
         .summary = "receivers by RFC 9989 and by RFC 7489 apply different DMARC policies",
         .message =
             "receivers by RFC 9989 apply {tree_policy} to mail of {target}, from {tree_owner}, and those "
             "by RFC 7489 {list_policy}, from {list_owner}",
         .fix = "publish a record at _dmarc.{domain}, which holds for both",
         .expected = "one DMARC policy for both",
         .observed = "{tree_policy} from {tree_owner}, {list_policy} from {list_owner}"},
        &judge_dmarc_standards_differ},
    audit::Rule{{.id = "dmarc-policy-differs",
                 .severity = Severity::error,
                 .summary = "the published DMARC policy, or where reports go, is not what the inventory says",
                 .message = "the DMARC policy of {target} is {published}, and the inventory says {policy}",
                 .fix = "publish p={policy}, or correct `dmarc.policy` in the inventory",
                 .expected = "p={policy}",
                 .observed = "{published}",
                 .wordings = dmarc_differs_wordings},
                &judge_dmarc_policy_differs},
    audit::Rule{{.id = "dmarc-syntax",
                 .severity = Severity::error,
                 .summary = "a DMARC record is not as receivers read it",
                 .message = "the DMARC record at {owner} is not right: {observed}",
                 .fix = "[{hint}]",
                 .expected = "a valid DMARC record at {owner}",
                 .observed = "{reasons:;}"},
                &judge_dmarc_syntax},
    audit::Rule{{.id = "dmarc-p-missing",
                 .severity = Severity::warning,
                 .summary = "a DMARC record has no p=",
                 .message = "the DMARC record at {owner} has no p=: {detail}",
                 .fix = "write p=none, p=quarantine or p=reject right behind v=DMARC1",
                 .expected = "p= at {owner}",
                 .observed = "no p=",
                 .wordings = dmarc_p_missing_wordings},
                &judge_dmarc_p_missing},
    audit::Rule{
        {.id = "dmarc-p-none",
         .severity = Severity::info,
         .summary = "a DMARC record has p=none: forged mail is delivered",
         .message = "the DMARC record at {owner} has p=none: receivers deliver mail that fails",
         .fix = "raise it to p=quarantine, then p=reject, once reports show no mail of yours that fails",
         .expected = "p=quarantine or p=reject at {owner}",
         .observed = "p=none"},
        &judge_dmarc_p_none},
    audit::Rule{{.id = "dmarc-removed-tag",
                 .severity = Severity::warning,
                 .summary = "a DMARC record has a tag that RFC 9989 removed, or one that nobody knows",
                 .message = "the DMARC record at {owner} has tags that are ignored: {observed}",
                 .fix = "[{hint}]",
                 .expected = "only tags of RFC 9989 at {owner}",
                 .observed = "{reasons:;}"},
                &judge_dmarc_removed_tag},
    audit::Rule{
        {.id = "dmarc-t-testing",
         .severity = Severity::warning,
         .summary = "a DMARC record has t=y: its policy is not enforced",
         .message = "the DMARC record at {owner} has t=y: receivers by RFC 9989 apply {applied} in place of "
                    "{policy}; those by RFC 7489 do not know the tag, and apply {policy}",
         .fix = "leave t=y out once reports show no mail of yours that fails",
         .expected = "no t=y at {owner}",
         .observed = "t=y"},
        &judge_dmarc_t_testing},
    audit::Rule{
        {.id = "dmarc-sp-weaker",
         .severity = Severity::warning,
         .summary = "a DMARC record asks less for subdomains than for the domain",
         .message = "the DMARC record at {owner} asks {weaker} for subdomains, and {policy} for the domain: "
                    "forged mail comes from subdomains then",
         .fix = "leave sp= out, or give subdomains that need it a record of their own",
         .expected = "sp={policy} at {owner}",
         .observed = "sp={weaker}"},
        &judge_dmarc_sp_weaker},
    audit::Rule{
        {.id = "dmarc-np-weaker",
         .severity = Severity::warning,
         .summary = "a DMARC record asks less for names that do not exist than for those that do",
         .message = "the DMARC record at {owner} asks {weaker} for names that do not exist, and {policy} for "
                    "those that do (by RFC 9989; RFC 7489 does not know np=)",
         .fix = "leave np= out, or write np=reject: no mail of yours comes from names that do not exist",
         .expected = "np={policy} at {owner}",
         .observed = "np={weaker}"},
        &judge_dmarc_np_weaker},
    audit::Rule{{.id = "dmarc-rua-missing",
                 .severity = Severity::warning,
                 .summary = "a DMARC record gives no address for aggregate reports",
                 .message = "the DMARC record at {owner} has no rua=: nobody hears which mail fails",
                 .fix = "add rua=mailto: with an address that takes the reports",
                 .expected = "rua= at {owner}",
                 .observed = "no rua="},
                &judge_dmarc_rua_missing},
    audit::Rule{
        {.id = "dmarc-rua-invalid",
         .severity = Severity::warning,
         .summary = "a DMARC record names an address for reports that receivers cannot use",
         .message = "the DMARC record at {owner} has addresses for reports that are not right: {observed}",
         .fix = "[{hint}]",
         .expected = "addresses with mailto: at {owner}",
         .observed = "{reasons:;}"},
        &judge_dmarc_rua_invalid},
    audit::Rule{
        {.id = "dmarc-rua-no-mx",
         .severity = Severity::warning,
         .summary = "reports go to a host that takes no mail",
         .message =
             "the DMARC record at {owner} sends reports to {host}, which has neither an MX record nor an "
             "address",
         .fix = "name another address in the record, or publish an MX record at {host}",
         .expected = "an MX record at {host}",
         .observed = "no MX, A or AAAA record",
         .wordings = dmarc_no_mx_wordings},
        &judge_dmarc_rua_no_mx},
    audit::Rule{
        {.id = "dmarc-rua-external-unverified",
         .severity = Severity::warning,
         .summary = "reports go to another organisation, which does not say that it takes them",
         .message =
             "{host} does not say that it takes reports about {domain}, as the record at {owner} asks: "
             "receivers send it none",
         .fix = "let {host} publish a TXT record \"v=DMARC1\" at {consent}",
         .expected = "a DMARC record at {consent}",
         .observed = "none"},
        &judge_dmarc_rua_external_unverified},
};

}  // namespace rdnsgate::rules
