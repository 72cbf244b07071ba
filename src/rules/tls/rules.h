// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// mta_sts.cpp
void judge_tls_mtasts_missing(audit::DomainCase& c, audit::Findings& findings);
void judge_tls_mtasts_invalid(audit::DomainCase& c, audit::Findings& findings);
// tls_rpt.cpp
void judge_tls_rpt_missing(audit::DomainCase& c, audit::Findings& findings);
void judge_tls_rpt_invalid(audit::DomainCase& c, audit::Findings& findings);
// dane.cpp
void judge_dane_tlsa_missing(audit::DomainCase& c, audit::Findings& findings);
void judge_dane_tlsa_insecure(audit::DomainCase& c, audit::Findings& findings);
void judge_dane_tlsa_mismatch(audit::DomainCase& c, audit::Findings& findings);
// certificate.cpp
void judge_dane_certificate_mismatch(audit::DomainCase& c, audit::Findings& findings);
void judge_tls_certificate_name(audit::DomainCase& c, audit::Findings& findings);
void judge_tls_certificate_expiring(const audit::DeclaredAddress& c, audit::Findings& findings);
// sts_policy.cpp
void judge_tls_mtasts_policy_invalid(audit::DomainCase& c, audit::Findings& findings);
void judge_tls_mtasts_mx_mismatch(audit::DomainCase& c, audit::Findings& findings);
void judge_tls_mtasts_weak(audit::DomainCase& c, audit::Findings& findings);
void judge_tls_mtasts_id_unchanged(audit::DomainCase& c, audit::Findings& findings);
void judge_tls_mtasts_lookup_failed(audit::DomainCase& c, audit::Findings& findings);
// bimi.cpp
void judge_bimi_record(audit::DomainCase& c, audit::Findings& findings);

inline constexpr std::array mta_sts_wordings{
    audit::Wording{.key = "several", .detail = "there are several"},
    audit::Wording{.key = "version", .detail = "it does not begin with v=STSv1;"},
    audit::Wording{.key = "id-missing", .detail = "it has no id"},
    audit::Wording{.key = "id", .detail = "its id is not 1 to 32 letters and digits"},
    audit::Wording{
        .key = "no-host",
        .message =
            "{target} has an MTA-STS record, and its policy cannot be fetched: mta-sts.{target} has no "
            "address",
        .fix = "publish A or AAAA records at mta-sts.{target}, with the policy at "
               "/.well-known/mta-sts.txt, or remove {owner}",
        .detail = "mta-sts has no address"},
};
inline constexpr std::array tls_rpt_wordings{
    audit::Wording{.key = "several", .detail = "there are several"},
    audit::Wording{.key = "version", .detail = "it does not begin with v=TLSRPTv1;"},
    audit::Wording{.key = "rua-missing", .detail = "it has no rua"},
    audit::Wording{.key = "rua", .detail = "a destination in rua is neither mailto: nor https:"},
};
inline constexpr std::array tlsa_wordings{
    audit::Wording{.key = "none",
                   .message = "no TLSA record of the mail host {host} of {target} can be used: {observed}"},
};
inline constexpr std::array bimi_wordings{
    audit::Wording{.key = "several", .detail = "there are several records"},
    audit::Wording{.key = "logo-missing", .detail = "the record has no l="},
    audit::Wording{.key = "logo", .detail = "the logo in l= is not at an https: address"},
    audit::Wording{.key = "no-dmarc",
                   .fix = "publish a DMARC record with p=quarantine or p=reject, or remove {owner}",
                   .detail = "there is no DMARC policy, and receivers ask for one"},
    audit::Wording{.key = "dmarc-none",
                   .fix = "let the DMARC record ask for quarantine or reject, or remove {owner}",
                   .detail = "the DMARC policy is none, and receivers ask for quarantine or reject"},
};

inline constexpr std::array dane_certificate_wordings{
    audit::Wording{
        .key = "name",
        .message = "the certificate that {host} showed at {address} (asked on {asked_at:date}) is of a TLSA "
                   "record ({records}), and for another name",
        .fix = "give the host a certificate for {host}"},
    audit::Wording{
        .key = "expired",
        .message = "the certificate that {host} showed at {address} (asked on {asked_at:date}) is of a TLSA "
                   "record ({records}), and has expired",
        .fix = "renew the certificate"},
};
inline constexpr std::array certificate_expiring_wordings{
    audit::Wording{.key = "before-next-run",
                   .message = "the certificate of the mail server at {target} expires on {until:date}, in "
                              "{left:duration}, before the next run can tell (asked on {asked_at:date})"},
    audit::Wording{.key = "expired",
                   .message =
                       "the certificate of the mail server at {target} expired on {until:date} (asked on "
                       "{asked_at:date})"},
};
inline constexpr std::array sts_invalid_wordings{
    audit::Wording{
        .key = "refused",
        .message = "{target} has an MTA-STS record, and senders get no policy (asked on {asked_at:date}): "
                   "{observed}",
        .fix = "serve https://mta-sts.{target}/.well-known/mta-sts.txt as text/plain, with a certificate "
               "for that name, and without a redirect"},
};
inline constexpr std::array sts_mx_wordings{
    audit::Wording{
        .key = "testing",
        .message = "{target} has mail hosts that its MTA-STS policy does not name: {observed}; as long as "
                   "its mode is testing, that is only reported"},
};
inline constexpr std::array sts_weak_wordings{
    audit::Wording{.key = "testing",
                   .observed = "testing",
                   .detail = "its mode is testing, and senders deliver in the clear as before"},
    audit::Wording{.key = "none", .observed = "none", .detail = "its mode is none, which ends MTA-STS"},
    audit::Wording{.key = "short",
                   .fix = "give it a max_age of weeks",
                   .expected = "a max_age of a week or more",
                   .observed = "{max_age:duration}",
                   .detail = "senders forget it after {max_age:duration}"},
};

/// In any order: the registry sorts.
inline constexpr std::array tls_rules{
    audit::Rule{
        {.id = "tls-mtasts-missing",
         .severity = Severity::info,
         .summary = "a domain asks for reports on TLS, and requires TLS by neither MTA-STS nor DANE",
         .message =
             "{target} asks for reports on TLS ({owner}), and requires TLS by neither MTA-STS nor DANE",
         .fix = "publish an MTA-STS policy, or TLSA records at the mail hosts",
         .expected = "an MTA-STS record, or TLSA records"},
        &judge_tls_mtasts_missing},
    audit::Rule{{.id = "tls-mtasts-invalid",
                 .severity = Severity::warning,
                 .summary = "the MTA-STS record of a domain cannot be used",
                 .message = "the MTA-STS record of {target} cannot be used: {detail}",
                 .fix = "publish one record at {owner}, as: v=STSv1; id=20270115T080000",
                 .expected = "one valid record at {owner}",
                 .observed = "{detail}",
                 .wordings = mta_sts_wordings},
                &judge_tls_mtasts_invalid},
    audit::Rule{
        {.id = "tls-rpt-missing",
         .severity = Severity::info,
         .summary = "a domain requires TLS, and nobody is told where that fails",
         .message = "{target} requires TLS by MTA-STS or DANE, and has no record at {owner}: nobody is told "
                    "where it fails",
         .fix = "publish a TXT record at {owner}, as: v=TLSRPTv1; rua=mailto:tls@{target}",
         .expected = "a TLSRPT record at {owner}"},
        &judge_tls_rpt_missing},
    audit::Rule{{.id = "tls-rpt-invalid",
                 .severity = Severity::warning,
                 .summary = "the TLSRPT record of a domain cannot be used",
                 .message = "the TLSRPT record of {target} cannot be used: {detail}",
                 .fix = "publish one record at {owner}, as: v=TLSRPTv1; rua=mailto:tls@{target}",
                 .expected = "one valid record at {owner}",
                 .observed = "{detail}",
                 .wordings = tls_rpt_wordings},
                &judge_tls_rpt_invalid},
    audit::Rule{
        {.id = "dane-tlsa-missing",
         .severity = Severity::info,
         .summary = "some mail hosts of a domain have TLSA records, and others have none",
         .message = "mail hosts of {target} have TLSA records ({others}), and others have none: {observed}",
         .fix = "publish TLSA records at each mail host: mail can be led to those without",
         .expected = "TLSA records at each mail host",
         .observed = "{hosts}"},
        &judge_dane_tlsa_missing},
    audit::Rule{
        {.id = "dane-tlsa-insecure",
         .severity = Severity::error,
         .summary = "a mail host of a domain has TLSA records that DNSSEC does not vouch for",
         .message =
             "the TLSA records of the mail host {host} of {target} are not signed: no sender uses them",
         .fix = "sign the zone and have its DS record published, or remove the TLSA records",
         .expected = "signed TLSA records at {host}",
         .observed = "an insecure answer"},
        &judge_dane_tlsa_insecure},
    audit::Rule{
        {.id = "dane-tlsa-mismatch",
         .severity = Severity::error,
         .summary = "a TLSA record of a mail host is none that a sender can use",
         .message = "of the TLSA records of the mail host {host} of {target} some cannot be used: {observed}",
         .fix = "publish usage 2 or 3, selector 0 or 1, and a digest of its full length, such as: 3 1 1",
         .expected = "TLSA records of usage 2 or 3 at {host}",
         .observed = "{records}",
         .wordings = tlsa_wordings},
        &judge_dane_tlsa_mismatch},
    audit::Rule{{.id = "bimi-record",
                 .severity = Severity::info,
                 .summary = "the BIMI record of a domain has no effect",
                 .message = "the BIMI record of {target} has no effect: {detail}",
                 .fix = "publish one record at {owner}, as: v=BIMI1; l=https://example.com/logo.svg",
                 .expected = "a BIMI record that receivers use at {owner}",
                 .observed = "{detail}",
                 .wordings = bimi_wordings},
                &judge_bimi_record},
    audit::Rule{
        .info =
            {.id = "dane-certificate-mismatch",
             .severity = Severity::error,
             .summary = "a mail host shows a certificate that its TLSA records are not of",
             .message =
                 "no TLSA record of {host} ({records}) is of the certificate that it showed at {address} "
                 "(asked on {asked_at:date})",
             .fix = "publish a TLSA record of its key beside the old one, and only then change certificates: "
                    "3 1 1 {key_sha256}",
             .expected = "a certificate of {host} that a TLSA record is of",
             .observed = "key {key_sha256}",
             .wordings = dane_certificate_wordings},
        .judge = &judge_dane_certificate_mismatch,
        .seen_as = audit::Seen::said},
    audit::Rule{
        .info = {.id = "tls-certificate-name",
                 .severity = Severity::warning,
                 .summary = "a mail host of a domain with MTA-STS shows a certificate for another name",
                 .message =
                     "the certificate that {host}, a mail host of {target}, showed at {address} (asked on "
                     "{asked_at:date}) is for {observed}",
                 .fix = "give the host a certificate for {host}",
                 .expected = "a certificate for {host}",
                 .observed = "[{names}]",
                 .data = "names"},
        .judge = &judge_tls_certificate_name,
        .seen_as = audit::Seen::said},
    audit::Rule{
        .info = {.id = "tls-certificate-expiring",
                 .severity = Severity::info,
                 .summary = "the certificate of a mail server has expired, or does within two weeks",
                 .message = "the certificate of the mail server at {target} expires on {until:date}, in "
                            "{left:duration} (asked on {asked_at:date})",
                 .fix = "renew it",
                 .expected = "a certificate that lasts for two weeks and more",
                 .observed = "{until:date}",
                 .wordings = certificate_expiring_wordings},
        .judge = &judge_tls_certificate_expiring,
        .seen_as = audit::Seen::banners},
    audit::Rule{
        .info = {.id = "tls-mtasts-policy-invalid",
                 .severity = Severity::error,
                 .summary = "the MTA-STS policy of a domain cannot be used",
                 .message =
                     "the MTA-STS policy of {target} (asked on {asked_at:date}) cannot be used: {observed}",
                 .fix =
                     "write it as RFC 8461 has it: version, mode, a line of mx for each mail host, max_age",
                 .expected = "a policy that senders can use",
                 .observed = "{faults}",
                 .wordings = sts_invalid_wordings},
        .judge = &judge_tls_mtasts_policy_invalid,
        .seen_as = audit::Seen::fetched},
    audit::Rule{
        .info =
            {.id = "tls-mtasts-mx-mismatch",
             .severity = Severity::error,
             .summary = "the MTA-STS policy of a domain does not name one of its mail hosts",
             .message =
                 "{target} has mail hosts that its MTA-STS policy does not name, and senders that know it "
                 "deliver nothing there: {observed}",
             .fix =
                 "add them to the policy and change the id of the record, or take them out of the MX records",
             .expected = "mail hosts that the policy names: {patterns}",
             .observed = "{hosts}",
             .wordings = sts_mx_wordings},
        .judge = &judge_tls_mtasts_mx_mismatch,
        .seen_as = audit::Seen::fetched},
    audit::Rule{.info = {.id = "tls-mtasts-weak",
                         .severity = Severity::info,
                         .summary = "the MTA-STS policy of a domain protects nothing, or not for long",
                         .message = "the MTA-STS policy of {target} is weak: {detail}",
                         .fix = "let its mode be enforce once the reports (TLS-RPT) are clean",
                         .expected = "enforce",
                         .wordings = sts_weak_wordings},
                .judge = &judge_tls_mtasts_weak,
                .seen_as = audit::Seen::fetched},
    audit::Rule{.info = {.id = "tls-mtasts-id-unchanged",
                         .severity = Severity::warning,
                         .summary = "the MTA-STS policy of a domain changed, and the id of its record did not",
                         .message = "the MTA-STS policy of {target} is not the one of {first_at:date} any more "
                                    "(asked on {asked_at:date}), and the id of its record is still {observed}: "
                                    "senders go on by the one that they have",
                         .fix = "give the record at _mta-sts.{target} a new id",
                         .expected = "a new id with each policy",
                         .observed = "{id}"},
                .judge = &judge_tls_mtasts_id_unchanged,
                .seen_as = audit::Seen::fetched},
    audit::Rule{.info = {.id = "tls-mtasts-lookup-failed",
                         .severity = Severity::warning,
                         .summary = "the MTA-STS policy of a domain could not be fetched",
                         .message = "the MTA-STS policy of {target} is not known: {why}",
                         .fix = "fetch it again: rdnsgate smtp mta-sts"},
                .judge = &judge_tls_mtasts_lookup_failed,
                .seen_as = audit::Seen::fetched},
};

}  // namespace rdnsgate::rules
