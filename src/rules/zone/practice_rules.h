// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// alias_with_address.cpp
void judge_zone_alias_with_address(const audit::ZoneTextCase& c, audit::Findings& findings);
// caa.cpp
void judge_zone_caa_incomplete(const audit::ZoneTextCase& c, audit::Findings& findings);
// dname.cpp
void judge_zone_dname_delegated(const audit::ZoneTextCase& c, audit::Findings& findings);
// mail_practice.cpp
void judge_zone_mail_incomplete(const audit::ZoneTextCase& c, audit::Findings& findings);
// name_server_single.cpp
void judge_zone_name_server_single(const audit::ZoneTextCase& c, audit::Findings& findings);
// ttl_at_name.cpp
void judge_zone_ttl_differs_at_name(const audit::ZoneTextCase& c, audit::Findings& findings);

inline constexpr std::array caa_wordings{
    audit::Wording{
        .key = "wildcards",
        .message = "the CAA records of {observed} have issue and no issuewild: whoever may issue for it may "
                   "issue for wildcards below it too",
        .fix = "say it with an issuewild record, or `issuewild \";\"` for nobody",
        .expected = "an issuewild record at {owner}"},
};
inline constexpr std::array single_server_wordings{
    audit::Wording{.key = "delegation",
                   .message = "{observed} is delegated to one name server alone, {server}"},
};
inline constexpr std::array mail_wordings{
    audit::Wording{.key = "mx-single",
                   .fix = "add a second mail server where there is one",
                   .expected = "two MX records at {owner}",
                   .detail = "it has one mail server alone"},
    audit::Wording{.key = "mx-missing",
                   .fix = "add MX records; or `MX 0 .`, and `v=spf1 -all`, where it has no mail",
                   .expected = "MX records at {owner}",
                   .detail = "it has SPF or DMARC records, and no MX record"},
    audit::Wording{.key = "spf-missing",
                   .fix = "add a TXT record with v=spf1, and -all or ~all at its end",
                   .expected = "an SPF record at {owner}",
                   .detail = "it has MX records, and no SPF record"},
    audit::Wording{.key = "spf-open",
                   .fix = "end it in ~all or -all",
                   .expected = "~all or -all at {owner}",
                   .detail = "its SPF record does not end in ~all or -all"},
    audit::Wording{.key = "spf-several",
                   .fix = "make one of them: receivers take several for none (RFC 7208 §4.5)",
                   .expected = "one SPF record at {owner}",
                   .detail = "it has several SPF records"},
    audit::Wording{.key = "dmarc-missing",
                   .fix = "add a TXT record at _dmarc.{owner}, such as \"v=DMARC1; p=none\" to begin with",
                   .expected = "a DMARC record of {owner}",
                   .detail = "it has no DMARC record"},
    audit::Wording{.key = "dmarc-policy-missing",
                   .fix = "add p=none, p=quarantine or p=reject",
                   .expected = "a policy at {owner}",
                   .detail = "the DMARC record has no p= tag"},
    audit::Wording{.key = "dmarc-several",
                   .fix = "make one of them: receivers take several for none",
                   .expected = "one DMARC record at {owner}",
                   .detail = "it has several DMARC records"},
    audit::Wording{.key = "null-mx-missing",
                   .fix = "add `MX 0 .`",
                   .expected = "a null MX record at {owner}",
                   .detail = "it sends no mail by its SPF record, and has no null MX record (RFC 7505)"},
    audit::Wording{.key = "none-sends",
                   .fix = "write \"v=spf1 -all\" there",
                   .expected = "v=spf1 -all at {owner}",
                   .detail = "it takes no mail, and its SPF record is not v=spf1 -all"},
    audit::Wording{.key = "none-rejected",
                   .fix = "write \"v=DMARC1; p=reject\" at _dmarc",
                   .expected = "p=reject at {owner}",
                   .detail = "it has no mail, and no DMARC record with p=reject"},
};

/// Rules over one zone by itself, about what servers load and people regret. In any order: the registry sorts.
inline constexpr std::array zone_practice_rules{
    audit::Rule{
        {.id = "zone-alias-with-address",
         .severity = Severity::warning,
         .summary = "a name has an ALIAS or ANAME record and addresses of its own",
         .message =
             "{observed} has an ALIAS record and addresses of its own: which of them are given out is the "
             "server's choice",
         .fix = "remove one of them",
         .observed = "{owner}"},
        &judge_zone_alias_with_address},
    audit::Rule{
        {.id = "zone-caa-incomplete",
         .severity = Severity::info,
         .summary = "CAA records do not say who may issue certificates, or who may for wildcards",
         .message = "the CAA records of {observed} have neither issue nor issuewild: any authority may issue "
                    "certificates for it",
         .fix = "name the authority in an issue record",
         .expected = "an issue record at {owner}",
         .observed = "{owner}",
         .wordings = caa_wordings},
        &judge_zone_caa_incomplete},
    audit::Rule{
        {.id = "zone-dname-delegated",
         .severity = Severity::error,
         .summary = "a name below the apex has DNAME and NS records",
         .message =
             "{observed} has DNAME and NS records: where a name is delegated, the DNAME record belongs into "
             "the zone that it is delegated to",
         .fix = "remove one of them",
         .expected = "DNAME or NS at {owner}",
         .observed = "{owner}"},
        &judge_zone_dname_delegated},
    audit::Rule{
        {.id = "zone-mail-incomplete",
         .severity = Severity::info,
         .summary = "the MX, SPF and DMARC records of a zone do not say all that they should together",
         .message = "{observed}: {detail}",
         .observed = "{owner}",
         .wordings = mail_wordings},
        &judge_zone_mail_incomplete},
    audit::Rule{
        {.id = "zone-name-server-single",
         .severity = Severity::warning,
         .summary = "a zone has one name server alone",
         .message =
             "{observed} has one name server alone, {server}: when it cannot be reached, the zone is gone",
         .fix = "add a second one, in another network",
         .expected = "two name servers of {owner}",
         .observed = "{owner}",
         .wordings = single_server_wordings},
        &judge_zone_name_server_single},
    audit::Rule{{.id = "zone-ttl-differs-at-name",
                 .severity = Severity::info,
                 .summary = "records of one name have different TTLs in a zone file",
                 .message = "the records of {count:name|names} have different TTLs: {observed}",
                 .fix = "give them one TTL where they change together, as A and AAAA records do",
                 .observed = "{names}"},
                &judge_zone_ttl_differs_at_name},
};

}  // namespace rdnsgate::rules
