// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// published.cpp
void judge_dkim_key_missing(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_lookup_failed(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_cname_broken(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_multiple(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_ed25519_only(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_old_selector(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_unsigned_relay(const audit::DeclaredPath& c, audit::Findings& findings);
// records.cpp
void judge_dkim_record_syntax(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_txt_split(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_revoked(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_key_weak(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_key_too_big(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_k_unknown(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_h_sha1(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_testing(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_strict_s(audit::DomainCase& c, audit::Findings& findings);
void judge_dkim_service_type(audit::DomainCase& c, audit::Findings& findings);

inline constexpr std::array dkim_cname_wordings{
    audit::Wording{
        .key = "dangling",
        .message = "{owner}[, which {relay} signs with,] is an alias of {end}, where there is no DKIM key: "
                   "{denial}",
        .fix = "let whoever runs {end} publish the key there, or remove the CNAME record: a name that "
               "nobody holds can be taken by somebody else",
        .observed = "{end}: {denial}"},
    audit::Wording{
        .key = "foreign",
        .message = "{owner} is an alias of {end}, and no relay of the inventory stands for that name",
        .fix = "declare the relay that signs with it, with this selector in its `dkim`; if nobody uses it "
               "any more, remove the CNAME record and the selector",
        .observed = "{end}"},
    audit::Wording{
        .key = "circle",
        .message = "the aliases of {owner}[, which {relay} signs with,] go round in a circle: {path:->}",
        .fix = "point the CNAME record at the name that has the key",
        .observed = "{path:->}"},
};
inline constexpr std::array dkim_multiple_wordings{
    audit::Wording{.key = "parts",
                   .message =
                       "{owner}[, which {relay} signs with,] has {count} TXT records, and one of them looks "
                       "like a part of a key: verifiers do not join them",
                   .fix = "publish one TXT record with several strings, in the order of the key"},
};
inline constexpr std::array dkim_syntax_wordings{
    audit::Wording{
        .key = "private",
        .message = "the private key is published at {owner}: whoever reads it can sign as the domain",
        .fix = "make a new pair of keys with a new selector, publish its public key there, and sign with "
               "it; then remove this record: the key is burnt",
        .observed = "a private key"},
    audit::Wording{
        .key = "certificate",
        .message = "at {owner}[, which {relay} signs with,] there is a certificate, and no bare public key: "
                   "verifiers cannot read it",
        .fix = "publish what \"openssl x509 -pubkey -noout\" writes, without its first and last line",
        .observed = "a certificate"},
    audit::Wording{
        .key = "certificate-request",
        .message = "at {owner}[, which {relay} signs with,] there is a certificate request, and no bare "
                   "public key: verifiers cannot read it",
        .fix = "publish what \"openssl req -pubkey -noout\" writes, without its first and last line",
        .observed = "a certificate request"},
};
inline constexpr std::array dkim_weak_wordings{
    audit::Wording{.key = "refused",
                   .observed = "{bits:bit|bits}",
                   .detail = "has {bits:bit|bits}: verifiers do not accept its signatures (1,024 at least)"},
    audit::Wording{.key = "short",
                   .observed = "{bits:bit|bits}",
                   .detail = "has {bits:bit|bits}; 2,048 are recommended"},
    audit::Wording{.key = "low-order",
                   .observed = "a point of low order",
                   .detail = "is a point of low order: anybody can make signatures for it"},
};
inline constexpr std::array dkim_hash_wordings{
    audit::Wording{
        .key = "without-sha256",
        .message = "the key at {owner}[, which {relay} signs with,] does not allow SHA-256: signatures in "
                   "use do not verify with it",
        .observed = "h= without sha256"},
};

inline constexpr std::array dkim_old_wordings{
    audit::Wording{.key = "open",
                   .message = "whether the key of a retired selector[ of {relay}] is gone from {owner} could "
                              "not be determined: {failure}",
                   .fix = "look at the name servers of the zone that holds the name"},
    audit::Wording{.key = "alias",
                   .message = "the DKIM key of a retired selector[ of {relay}] is still published: {owner} is "
                              "an alias of {end}, where there is one",
                   .fix = "remove the CNAME record: whoever runs {end} can sign as the domain",
                   .observed = "a key at {end}"},
    audit::Wording{.key = "dangling",
                   .message = "the retired selector[ of {relay}] at {owner} is still an alias of {end}, where "
                              "there is no key",
                   .fix = "remove the CNAME record: whoever comes to hold {end} can publish a key there",
                   .observed = "an alias of {end}"},
};

/// In any order: the registry sorts.
inline constexpr std::array dkim_rules{
    audit::Rule{
        {.id = "dkim-key-missing",
         .severity = Severity::error,
         .summary = "a selector that mail is signed with has no DKIM key",
         .message = "there is no DKIM key at {owner}[, which {relay} signs with]: {observed}",
         .fix = "publish the public key of the selector there; if nobody signs with it, remove the selector "
                "from the inventory",
         .expected = "a DKIM key at {owner}",
         .observed = "{denial}"},
        &judge_dkim_key_missing},
    audit::Rule{
        {.id = "dkim-lookup-failed",
         .severity = Severity::warning,
         .summary = "the DKIM key of a selector could not be looked up",
         .message = "whether there is a DKIM key at {names} could not be determined: {failure}",
         .fix = "look at the name servers of the zone that holds the name; a receiver that meets the same "
                "failure cannot verify the signature"},
        &judge_dkim_lookup_failed},
    audit::Rule{{.id = "dkim-cname-broken",
                 .severity = Severity::error,
                 .summary = "a selector is an alias of a name without a key, or of one that nobody declares",
                 .message = "{owner} is a broken alias: {observed}",
                 .expected = "a key behind the alias {owner}",
                 .wordings = dkim_cname_wordings},
                &judge_dkim_cname_broken},
    audit::Rule{
        {.id = "dkim-multiple",
         .severity = Severity::error,
         .summary = "a selector has more than one TXT record",
         .message = "{owner}[, which {relay} signs with,] has {count} TXT records: which of them a verifier "
                    "takes is undefined",
         .fix = "leave one; a second key needs a selector of its own",
         .expected = "one TXT record at {owner}",
         .observed = "{count} TXT records",
         .wordings = dkim_multiple_wordings},
        &judge_dkim_multiple},
    audit::Rule{{.id = "dkim-record-syntax",
                 .severity = Severity::error,
                 .summary = "the record of a selector is no valid DKIM key",
                 .message = "the DKIM key at {owner}[, which {relay} signs with,] is not right: {observed}",
                 .fix = "[{hint}]",
                 .expected = "a valid DKIM key at {owner}",
                 .observed = "{reasons:;}",
                 .wordings = dkim_syntax_wordings},
                &judge_dkim_record_syntax},
    audit::Rule{
        {.id = "dkim-txt-split",
         .severity = Severity::error,
         .summary = "a DKIM key holds quotation marks, spaces or characters that do not belong into it",
         .message = "the text of the DKIM key at {owner}[, which {relay} signs with,] was damaged on its way "
                    "into the zone: {observed}",
         .fix = "[{hint}]",
         .expected = "plain text in the key at {owner}",
         .observed = "{reasons:;}"},
        &judge_dkim_txt_split},
    audit::Rule{
        {.id = "dkim-revoked",
         .severity = Severity::error,
         .summary = "the key of a selector that mail is signed with is revoked",
         .message = "the DKIM key at {owner}[, which {relay} signs with,] is revoked: its p= is empty",
         .fix = "sign with another selector, and remove this one from the inventory; or publish its public "
                "key",
         .expected = "a DKIM key that holds at {owner}",
         .observed = "an empty p="},
        &judge_dkim_revoked},
    audit::Rule{{.id = "dkim-key-weak",
                 .severity = Severity::error,
                 .summary = "a DKIM key has less than 1,024 bits (error), or less than 2,048 (warning)",
                 .message = "the DKIM key at {owner}[, which {relay} signs with,] {detail}",
                 .fix = "make a key of 2,048 bits, with a selector of its own",
                 .expected = "a key of 2,048 bits at {owner}",
                 .wordings = dkim_weak_wordings},
                &judge_dkim_key_weak},
    audit::Rule{
        {.id = "dkim-key-too-big",
         .severity = Severity::warning,
         .summary = "a DKIM key has more than 4,096 bits",
         .message = "the DKIM key at {owner}[, which {relay} signs with,] has {observed}: verifiers need not "
                    "support more than 4,096",
         .fix = "make a key of 2,048 bits, with a selector of its own",
         .expected = "at most 4,096 bits at {owner}",
         .observed = "{bits:bit|bits}"},
        &judge_dkim_key_too_big},
    audit::Rule{
        {.id = "dkim-k-unknown",
         .severity = Severity::error,
         .summary = "a DKIM key has a type that verifiers do not know",
         .message = "the DKIM key at {owner}[, which {relay} signs with,] has the type \"[{k}]\", which "
                    "verifiers ignore",
         .fix = "write k=rsa or k=ed25519 in small letters; without k=, the key is taken for RSA",
         .expected = "k=rsa or k=ed25519 at {owner}",
         .observed = "k=[{k}]"},
        &judge_dkim_k_unknown},
    audit::Rule{
        {.id = "dkim-ed25519-only",
         .severity = Severity::warning,
         .summary = "mail is signed with Ed25519 keys alone",
         .message = "mail of {target} is signed[ by {relay}] with Ed25519 keys alone ({observed}): many "
                    "verifiers know RSA only",
         .fix = "sign with an RSA key as well, with a selector of its own",
         .expected = "an RSA key beside {names}",
         .observed = "{names}"},
        &judge_dkim_ed25519_only},
    audit::Rule{
        {.id = "dkim-h-sha1",
         .severity = Severity::warning,
         .summary = "a DKIM key allows SHA-1, or does not allow SHA-256 (error)",
         .message =
             "the key at {owner}[, which {relay} signs with,] allows SHA-1, which is not to be used any "
             "more",
         .fix = "leave h= out, or write h=sha256",
         .expected = "SHA-256 alone at {owner}",
         .observed = "h= with sha1",
         .wordings = dkim_hash_wordings},
        &judge_dkim_h_sha1},
    audit::Rule{
        {.id = "dkim-testing",
         .severity = Severity::warning,
         .summary = "a DKIM key has t=y: the domain only tests DKIM",
         .message =
             "the DKIM key at {owner}[, which {relay} signs with,] has t=y: verifiers may treat mail as "
             "if it were not signed",
         .fix = "leave t=y out once signatures verify",
         .expected = "no t=y at {owner}",
         .observed = "t=y"},
        &judge_dkim_testing},
    audit::Rule{
        {.id = "dkim-strict-s",
         .severity = Severity::info,
         .summary = "a DKIM key has t=s, and mail of subdomains has no key of its own",
         .message = "the DKIM key at {owner}[, which {relay} signs with,] has t=s: it is not valid for an i= "
                    "below {target}, and the inventory has domains there without selectors",
         .fix = "leave t=s out if mail of subdomains is signed with d={target}",
         .expected = "no t=s at {owner}",
         .observed = "t=s"},
        &judge_dkim_strict_s},
    audit::Rule{
        {.id = "dkim-service-type",
         .severity = Severity::error,
         .summary = "a DKIM key is not for mail",
         .message = "the DKIM key at {owner}[, which {relay} signs with,] is for s=[{s}] alone: verifiers of "
                    "mail ignore it",
         .fix = "leave s= out, or write s=email",
         .expected = "s=email or s=* at {owner}",
         .observed = "s=[{s}]"},
        &judge_dkim_service_type},
    audit::Rule{
        {.id = "dkim-old-selector",
         .severity = Severity::info,
         .summary = "the key of a retired DKIM selector is still published",
         .message = "the DKIM key of a retired selector[ of {relay}] is still published at {owner}",
         .fix = "once no mail that it signed is under way, remove the record, or publish \"v=DKIM1; p=\", which "
                "says that the key is revoked",
         .expected = "no key, or a revoked one, at {owner}",
         .observed = "a key",
         .wordings = dkim_old_wordings},
        &judge_dkim_old_selector},
    audit::Rule{
        {.id = "dkim-unsigned-relay",
         .severity = Severity::error,
         .summary = "a relay sends mail of a domain, and no DKIM selector is declared for it",
         .message =
             "{relay} sends mail of {domain}, and the inventory has no DKIM selector that it signs with",
         .fix = "let {relay} sign as {domain}, publish its key, and add the selector to the relay's `dkim`",
         .expected = "a DKIM selector of {relay}"},
        &judge_dkim_unsigned_relay},
};

}  // namespace rdnsgate::rules
