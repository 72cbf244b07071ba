// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// bounce_path.cpp
void judge_mailfrom_no_mx(audit::DomainCase& c, audit::Findings& findings);
void judge_mx_lookup_failed(audit::DomainCase& c, audit::Findings& findings);
// null_mx.cpp
void judge_mx_null_sender(audit::DomainCase& c, audit::Findings& findings);
void judge_mx_null_with_others(audit::DomainCase& c, audit::Findings& findings);
void judge_mx_null_pref(audit::DomainCase& c, audit::Findings& findings);
// targets.cpp
void judge_mx_cname(audit::DomainCase& c, audit::Findings& findings);
void judge_mx_target_no_addr(audit::DomainCase& c, audit::Findings& findings);
void judge_mx_private(audit::DomainCase& c, audit::Findings& findings);
void judge_mx_ip_literal(audit::DomainCase& c, audit::Findings& findings);
// ptr.cpp
void judge_mx_ptr(audit::DomainCase& c, audit::Findings& findings);

inline constexpr std::array no_mx_wordings{
    audit::Wording{.key = "nxdomain", .detail = "NXDOMAIN"},
    audit::Wording{.key = "nodata", .detail = "no MX, A or AAAA record"},
};
inline constexpr std::array no_addr_wordings{
    audit::Wording{.key = "nxdomain", .detail = "NXDOMAIN"},
    audit::Wording{.key = "nodata", .detail = "no A or AAAA record"},
};
inline constexpr std::array ip_literal_wordings{
    audit::Wording{.key = "appended",
                   .message =
                       "the MX record of {target} names {host}, which has no address: it looks like the "
                       "address {address} without a final dot",
                   .observed = "{host}"},
};
inline constexpr std::array mx_ptr_wordings{
    audit::Wording{.key = "none",
                   .message = "{address} of the mail host {host} of {target} has no PTR record",
                   .observed = "no PTR record"},
};

/// In any order: the registry sorts.
inline constexpr std::array mx_rules{
    audit::Rule{{.id = "mailfrom-no-mx",
                 .severity = Severity::error,
                 .summary = "a domain that mail is sent from has neither an MX record nor an address",
                 .message = "mail from {target} cannot be answered: {detail}",
                 .fix = "publish an MX record at {target} that names a host with an address",
                 .expected = "an MX record",
                 .observed = "{detail}",
                 .wordings = no_mx_wordings},
                &judge_mailfrom_no_mx},
    audit::Rule{{.id = "mx-lookup-failed",
                 .severity = Severity::warning,
                 .summary = "where mail for a domain goes could not be looked up",
                 .message = "where mail for {target} goes could not be determined: {failure}",
                 .fix = "look at the name servers of the zone that holds the name"},
                &judge_mx_lookup_failed},
    audit::Rule{{.id = "mx-null-sender",
                 .severity = Severity::error,
                 .summary = "a domain that mail is sent from has a null MX record: it takes no mail",
                 .message = "mail is sent from {target}, which takes none: it has a null MX record",
                 .fix = "give {target} an MX record with a host, or send from another domain",
                 .expected = "an MX record with a host",
                 .observed = "a null MX record"},
                &judge_mx_null_sender},
    audit::Rule{
        {.id = "mx-null-with-others",
         .severity = Severity::error,
         .summary = "a domain has a null MX record beside others",
         .message = "{target} has a null MX record, which says that it takes no mail, beside {observed}",
         .fix = "remove the null MX record, or all others",
         .expected = "a null MX record alone, or none",
         .observed = "{hosts}"},
        &judge_mx_null_with_others},
    audit::Rule{{.id = "mx-null-pref",
                 .severity = Severity::warning,
                 .summary = "the null MX record of a domain has another preference than 0",
                 .message = "the null MX record of {target} has preference {observed}",
                 .fix = "publish it alone, as: MX 0 .",
                 .expected = "0",
                 .observed = "{preference}"},
                &judge_mx_null_pref},
    audit::Rule{
        {.id = "mx-cname",
         .severity = Severity::error,
         .summary = "the MX record of a domain names an alias",
         .message = "the MX record of {target} names {host}, which is an alias of {observed}",
         .fix = "give A and AAAA records to {host} in place of the CNAME, or name {observed} in the MX "
                "record",
         .expected = "address records at {host}",
         .observed = "{alias_target}"},
        &judge_mx_cname},
    audit::Rule{{.id = "mx-target-no-addr",
                 .severity = Severity::error,
                 .summary = "the MX record of a domain names a host without an address",
                 .message = "the MX record of {target} names {host}, which does not resolve: {detail}",
                 .fix = "publish A and AAAA records at {host}, or remove it from the MX records of {target}",
                 .expected = "an A or AAAA record at {host}",
                 .observed = "{detail}",
                 .wordings = no_addr_wordings},
                &judge_mx_target_no_addr},
    audit::Rule{{.id = "mx-private",
                 .severity = Severity::error,
                 .summary = "a mail host of a domain has an address that nobody outside can reach",
                 .message = "{host} takes mail for {target} and has {observed}: not an address of the public "
                            "Internet",
                 .fix = "remove {observed} from the public zone, or keep it in an internal view",
                 .expected = "only public addresses at {host}",
                 .observed = "{addresses}"},
                &judge_mx_private},
    audit::Rule{{.id = "mx-ip-literal",
                 .severity = Severity::error,
                 .summary = "the MX record of a domain has an IP address in place of a host name",
                 .message = "the MX record of {target} has the address {observed} in place of a host name",
                 .fix = "give the host a name with this address, and name that in the MX record",
                 .expected = "a host name in place of {address}",
                 .observed = "{address}",
                 .wordings = ip_literal_wordings,
                 .data = "host"},
                &judge_mx_ip_literal},
    audit::Rule{
        {.id = "mx-ptr",
         .severity = Severity::info,
         .summary = "a mail host of a domain has an address without a PTR name that leads back to it",
         .message = "{address} of the mail host {host} of {target} has the PTR record {observed}, which "
                    "does not lead back to it",
         .fix = "let the PTR record of {address} name {host}",
         .expected = "a PTR name of {address} that leads back to it",
         .observed = "{names}",
         .wordings = mx_ptr_wordings},
        &judge_mx_ptr},
};

}  // namespace rdnsgate::rules
