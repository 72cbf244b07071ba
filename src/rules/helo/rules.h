// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"
#include "rules/name_fault.h"
#include "rules/servers_differ.h"

namespace rdnsgate::rules {

// missing.cpp
void judge_helo_missing(const audit::DeclaredSender& c, audit::Findings& findings);
// name_form.cpp
void judge_helo_not_fqdn(const audit::DeclaredSender& c, audit::Findings& findings);
void judge_helo_invalid_syntax(const audit::DeclaredSender& c, audit::Findings& findings);
void judge_helo_bare_ip(const audit::DeclaredSender& c, audit::Findings& findings);
// literal.cpp
void judge_helo_address_literal(const audit::DeclaredSender& c, audit::Findings& findings);
void judge_helo_literal_wrong_ip(const audit::DeclaredSender& c, audit::Findings& findings);
// generic.cpp
void judge_helo_generic(const audit::DeclaredSender& c, audit::Findings& findings);
// shared_many_ips.cpp
void judge_helo_shared_many_ips(const audit::InventoryCase& c, audit::Findings& findings);
// foreign.cpp
void judge_helo_is_recipient_or_foreign(const audit::DeclaredSender& c, audit::Findings& findings);
// unresolvable.cpp
void judge_helo_unresolvable(audit::AddressCase& c, audit::Findings& findings);
void judge_helo_alias_loop(audit::AddressCase& c, audit::Findings& findings);
void judge_helo_lookup_failed(audit::AddressCase& c, audit::Findings& findings);
// ip_mismatch.cpp
void judge_helo_ip_mismatch(audit::AddressCase& c, audit::Findings& findings);
// ptr_mismatch.cpp
void judge_helo_ptr_mismatch(const audit::DeclaredSender& c, audit::Findings& findings);
// cname.cpp
void judge_helo_cname(audit::AddressCase& c, audit::Findings& findings);
// apex.cpp
void judge_helo_apex(audit::AddressCase& c, audit::Findings& findings);
// shared_by_senders.cpp
void judge_helo_shared_by_senders(const audit::InventoryCase& c, audit::Findings& findings);
// banner_mismatch.cpp
void judge_helo_live_banner_mismatch(const audit::DeclaredAddress& c, audit::Findings& findings);
// paths_differ.cpp
void judge_helo_paths_differ(audit::AddressCase& c, audit::Findings& findings);
// servers_differ.cpp
void judge_helo_servers_differ(audit::AddressCase& c, audit::Findings& findings);

inline constexpr std::array unresolvable_wordings{
    audit::Wording{.key = "nxdomain", .detail = "NXDOMAIN"},
    audit::Wording{.key = "nodata", .detail = "no A, AAAA or MX record"},
};
inline constexpr std::array ip_mismatch_wordings{
    audit::Wording{.key = "mx-only", .observed = "only an MX record"},
};

inline constexpr std::array paths_differ_wordings{
    audit::Wording{
        .key = "families",
        .message = "{target} is of a host that gives {helo_ipv4} in HELO over IPv4 and {observed} over IPv6",
        .fix = "give one name in HELO over both families, with an A and an AAAA record",
        .expected = "the same HELO name over both families",
        .observed = "{helo}"},
};

/// In any order: the registry sorts.
inline constexpr std::array helo_rules{
    audit::Rule{{.id = "helo-missing",
                 .severity = Severity::error,
                 .summary = "the inventory gives no HELO name for a sender",
                 .message = "{target} has no HELO name for {observed}",
                 .fix = "add `helo:` with the name that the mail server gives in EHLO",
                 .expected = "a HELO name",
                 .observed = "{count:address|addresses}"},
                &judge_helo_missing},
    audit::Rule{{.id = "helo-not-fqdn",
                 .severity = Severity::error,
                 .summary = "the HELO name is not a fully-qualified domain name of the public DNS",
                 .message = "the HELO name {observed} is not fully qualified: {detail}",
                 .fix = "give the host's full name in EHLO (Postfix: smtp_helo_name; Exim: helo_data)",
                 .observed = "{helo}",
                 .wordings = name_faults,
                 .data = "fault"},
                &judge_helo_not_fqdn},
    audit::Rule{
        {.id = "helo-invalid-syntax",
         .severity = Severity::error,
         .summary = "the HELO argument is neither a domain name nor an address literal by SMTP's syntax",
         .message = "{observed} is no valid HELO argument: {detail}",
         .fix = "use a host name of letters, digits and hyphens, without a final dot",
         .observed = "{helo}",
         .wordings = name_faults,
         .data = "fault"},
        &judge_helo_invalid_syntax},
    audit::Rule{{.id = "helo-bare-ip",
                 .severity = Severity::error,
                 .summary = "the HELO argument is an IP address without brackets",
                 .message = "the HELO argument {observed} is a bare IP address",
                 .fix = "give the host's name; where it has none, the address literal {literal}",
                 .observed = "{address}"},
                &judge_helo_bare_ip},
    audit::Rule{{.id = "helo-address-literal",
                 .severity = Severity::warning,
                 .summary = "the sender gives an address literal in HELO in place of a name",
                 .message = "{target} gives the address literal {observed} in place of a host name",
                 .fix = "give the name in the PTR record of the address",
                 .expected = "a host name",
                 .observed = "{helo}"},
                &judge_helo_address_literal},
    audit::Rule{
        {.id = "helo-literal-wrong-ip",
         .severity = Severity::error,
         .summary = "the address literal in HELO is not the address that mail leaves from",
         .message = "{target} gives the address literal {observed}, but its mail leaves from {addresses}",
         .fix = "give a host name; an address literal behind NAT names the inside address",
         .expected = "a host name",
         .observed = "{helo}"},
        &judge_helo_literal_wrong_ip},
    audit::Rule{
        {.id = "helo-generic",
         .severity = Severity::warning,
         .summary = "the HELO name looks as if a machine had made it from the address",
         .message = "the HELO name {observed} looks generic: score {score}[: {signals:all}]",
         .fix = "give the host a name that a person chose, such as mx1 or out-3 in a zone of one's own",
         .observed = "{helo}"},
        &judge_helo_generic},
    audit::Rule{
        {.id = "helo-shared-many-ips",
         .severity = Severity::warning,
         .summary = "one HELO name is declared for more than eight addresses",
         .message = "the HELO name {helo} is declared for {observed}",
         .fix = "give each host its own HELO name; a template can make it the PTR name of each address",
         .expected = "at most {limit} addresses with the HELO name {helo}",
         .observed = "{count} addresses"},
        &judge_helo_shared_many_ips},
    audit::Rule{
        {.id = "helo-is-recipient-or-foreign",
         .severity = Severity::error,
         .summary = "the HELO name belongs to somebody else",
         .message =
             "the HELO name {observed} is not one's own: it is a name of the relay {relay} ({pattern})",
         .fix = "give a name in a zone of one's own, or narrow the relay's `helo` pattern",
         .expected = "a name of one's own",
         .observed = "{helo}"},
        &judge_helo_is_recipient_or_foreign},
    audit::Rule{{.id = "helo-unresolvable",
                 .severity = Severity::error,
                 .summary = "the HELO name has neither an address nor an MX record",
                 .message = "the HELO name {observed} does not resolve: {detail}",
                 .fix = "publish A and AAAA records at {observed} for every address that gives it in HELO",
                 .expected = "an A or AAAA record",
                 .observed = "{helo}",
                 .wordings = unresolvable_wordings},
                &judge_helo_unresolvable},
    audit::Rule{
        {.id = "helo-alias-loop",
         .severity = Severity::error,
         .summary = "the aliases of the HELO name go round in a circle",
         .message = "the HELO name {helo} does not resolve: its aliases go round in a circle, {observed}",
         .fix = "replace one of the CNAME records by address records",
         .expected = "an address of {helo}",
         .observed = "{path:->}"},
        &judge_helo_alias_loop},
    audit::Rule{{.id = "helo-lookup-failed",
                 .severity = Severity::warning,
                 .summary = "the addresses of the HELO name could not be looked up",
                 .message = "whether the HELO name of {target} resolves could not be determined: {failure}",
                 .fix = "look at the name servers of the zone that holds the HELO name"},
                &judge_helo_lookup_failed},
    audit::Rule{{.id = "helo-ip-mismatch",
                 .severity = Severity::error,
                 .summary = "the HELO name does not resolve to the sending address",
                 .message = "the HELO name {helo} of {target} does not lead back to it: it has {observed}",
                 .fix = "add {expected} to the addresses of {helo}, or give a HELO name that has it",
                 .expected = "{target}",
                 .observed = "{addresses}",
                 .wordings = ip_mismatch_wordings},
                &judge_helo_ip_mismatch,
                nullptr,
                audit::Basis::everything},
    audit::Rule{{.id = "helo-ptr-mismatch",
                 .severity = Severity::warning,
                 .summary = "the HELO name is not the PTR name of its addresses",
                 .message = "the HELO name {expected} is not the PTR name of {addresses}: {observed}",
                 .fix = "make the PTR record and the HELO name the same",
                 .expected = "{helo}",
                 .observed = "{names}"},
                &judge_helo_ptr_mismatch},
    audit::Rule{
        {.id = "helo-paths-differ",
         .severity = Severity::warning,
         .summary = "the paths of a sender differ in their HELO name, or in the addresses that it has",
         .message = "the HELO name {helo} also has {observed}, where mail does not leave under that name",
         .fix = "take {observed} out of the records of {helo}, or let the host there give that name",
         .expected = "no address at {helo} but those that give it in HELO",
         .observed = "{addresses}",
         .wordings = paths_differ_wordings},
        &judge_helo_paths_differ,
        nullptr,
        audit::Basis::everything},
    audit::Rule{{.id = "helo-cname",
                 .severity = Severity::warning,
                 .summary = "the HELO name is an alias",
                 .message = "the HELO name {helo} is an alias of {observed}",
                 .fix = "give A and AAAA records to {helo} in place of the CNAME, or give {observed} in HELO",
                 .expected = "address records",
                 .observed = "{alias_target}"},
                &judge_helo_cname},
    audit::Rule{
        {.id = "helo-apex",
         .severity = Severity::info,
         .summary = "the HELO name is the apex of a zone",
         .message =
             "the HELO name {observed} is the apex of a zone, whose addresses often belong to a web site",
         .fix = "give the mail host a name of its own, such as one below {observed}",
         .expected = "a name of the host's own",
         .observed = "{helo}"},
        &judge_helo_apex},
    audit::Rule{{.id = "helo-shared-by-senders",
                 .severity = Severity::warning,
                 .summary = "two senders have the same HELO name",
                 .message = "sender {target} has the HELO name {observed}, and so has {sender}",
                 .fix = "give each host a HELO name of its own, or make them one sender",
                 .expected = "a HELO name of its own",
                 .observed = "{helo}"},
                &judge_helo_shared_by_senders},
    audit::Rule{
        .info = {.id = "helo-live-banner-mismatch",
                 .severity = Severity::info,
                 .summary = "the mail server at an address calls itself by another name than its HELO name",
                 .message =
                     "the mail server at {target} calls itself {observed} (asked on {asked_at:date}), and "
                     "its HELO name is {expected}",
                 .fix =
                     "give the server the name {expected} (Postfix: myhostname), or declare the name that it "
                     "says; a server that receives for another than the one that sends may differ by design",
                 .expected = "{helo}",
                 .observed = "{names}"},
        .judge = &judge_helo_live_banner_mismatch,
        .seen_as = audit::Seen::banners},
    audit::Rule{
        .info =
            {.id = "helo-servers-differ",
             .severity = Severity::error,
             .summary = "the name servers have different addresses at the HELO name",
             .message =
                 "the name servers do not agree on the HELO name of {target}: {observed} ({name}: {detail})",
             .fix = "let every server of the zone transfer the copy that has {expected}; raise the serial "
                    "with each change",
             .expected = "{type} {address} at {name}",
             .observed = "{versions:all;}",
             .wordings = dispute_wordings},
        .judge = &judge_helo_servers_differ,
        .seen_as = audit::Seen::holder},
};

}  // namespace rdnsgate::rules
