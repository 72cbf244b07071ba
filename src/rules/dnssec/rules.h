// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// answers.cpp
void judge_dnssec_answer_refused(audit::AddressCase& c, audit::Findings& findings);
// chain.cpp
void judge_dnssec_bogus(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_denial_broken(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_ds_no_dnskey(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_ds_unsigned_zone(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_insecure(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_island(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_missing_on_ns(audit::ZoneCase& c, audit::Findings& findings);
// tlsa.cpp
void judge_dnssec_tlsa_insecure(audit::ZoneCase& c, audit::Findings& findings);
// chain_gap.cpp
void judge_dnssec_chain_gap(audit::AddressCase& c, audit::Findings& findings);
// keys.cpp
void judge_dnssec_algo_deprecated(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_cds_inconsistent(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_key_small(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_nsec3_iterations(audit::ZoneCase& c, audit::Findings& findings);
// signatures.cpp
void judge_dnssec_rrsig_expired(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_rrsig_expiring(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_rrsig_not_yet_valid(audit::ZoneCase& c, audit::Findings& findings);
void judge_dnssec_rrsig_too_long(audit::ZoneCase& c, audit::Findings& findings);

inline constexpr std::array bogus_wordings{
    audit::Wording{.key = "unexplained",
                   .message = "{target} fails DNSSEC validation: the validator does not say why"},
};
inline constexpr std::array expiring_wordings{
    audit::Wording{.key = "too-late",
                   .message = "signatures in {target} expire soon: {observed}, which is less than their TTL"},
    audit::Wording{.key = "before-next-run",
                   .message = "signatures in {target} expire before the next run can tell: {observed}"},
};

/// Both sides of the cut and every server's own word. In any order: the registry sorts.
inline constexpr std::array dnssec_rules{
    audit::Rule{{.id = "dnssec-algo-deprecated",
                 .severity = Severity::warning,
                 .summary = "the zone is signed with an algorithm that is not to be used any more",
                 .message = "{target} relies on algorithms that are not to be used any more: {observed}",
                 .fix = "roll over to ECDSAP256SHA256 (13), and to a SHA-256 digest at the parent",
                 .expected = "algorithms that validators support",
                 .observed = "{records:;}"},
                &judge_dnssec_algo_deprecated},
    audit::Rule{
        .info = {.id = "dnssec-answer-refused",
                 .severity = Severity::error,
                 .summary = "validators refuse an answer about the address",
                 .message = "validators refuse what is said of {target}: {observed}",
                 .fix = "sign the zone again, and see to it that every server gives it as it was signed; "
                        "`rdnsgate trace` walks along the chain of trust",
                 .expected = "answers that validators accept",
                 .observed = "{reasons:;}"},
        .judge = &judge_dnssec_answer_refused,
        .basis = audit::Basis::everything,
        .each_helo = true},
    audit::Rule{{.id = "dnssec-bogus",
                 .severity = Severity::error,
                 .summary = "DNSSEC validation of the zone fails",
                 .message = "{target} fails DNSSEC validation: {reason}",
                 .fix = "find the link that broke with `rdnsgate trace`; where the DS record is of an old "
                        "key, have it replaced or removed at the parent first",
                 .expected = "a chain of trust that holds",
                 .observed = "bogus",
                 .wordings = bogus_wordings},
                &judge_dnssec_bogus,
                nullptr,
                audit::Basis::everything},
    audit::Rule{
        {.id = "dnssec-cds-inconsistent",
         .severity = Severity::warning,
         .summary = "CDS or CDNSKEY records contradict each other or the zone's keys",
         .message = "the CDS and CDNSKEY records of {target} contradict each other or the zone: {observed}",
         .fix =
             "fix them before the parent takes them up: what it would publish then breaks the chain of trust",
         .expected = "the same CDS and CDNSKEY records everywhere, of keys in the zone",
         .observed = "{faults:;}"},
        &judge_dnssec_cds_inconsistent},
    audit::Rule{{.id = "dnssec-denial-broken",
                 .severity = Severity::error,
                 .summary = "negative answers of a signed zone lack NSEC or NSEC3 proof",
                 .message = "servers of {target} deny without signed NSEC or NSEC3 records: {observed}",
                 .fix = "have the server serve the zone as it was signed, with its NSEC or NSEC3 records",
                 .expected = "signed NSEC or NSEC3 records with each denial",
                 .observed = "{servers:;}"},
                &judge_dnssec_denial_broken},
    audit::Rule{
        {.id = "dnssec-ds-no-dnskey",
         .severity = Severity::error,
         .summary = "the parent's DS records fit none of the zone's keys",
         .message = "no DNSKEY record of {target} fits the DS records of its parent, at {observed}",
         .fix =
             "have the DS records at the parent replaced by those of the present key, or removed until then",
         .expected = "a DNSKEY record that a DS record fits",
         .observed = "{servers:;}"},
        &judge_dnssec_ds_no_dnskey},
    audit::Rule{
        {.id = "dnssec-ds-unsigned-zone",
         .severity = Severity::error,
         .summary = "the parent has a DS record, and the zone is not signed",
         .message = "the parent of {target} has a DS record, and the zone has no keys, at {observed}",
         .fix = "have the DS record removed at the parent, or sign the zone with the key that it is of",
         .expected = "DNSKEY records, as the parent has a DS record",
         .observed = "{servers:;}"},
        &judge_dnssec_ds_unsigned_zone},
    audit::Rule{
        {.id = "dnssec-insecure",
         .severity = Severity::info,
         .summary = "the zone is not signed",
         .message = "{target} is not signed: {observed}",
         .fix = "sign the zone, and have a DS record entered at its parent; TLSA records count only then",
         .expected = "a signed zone",
         .observed = "neither DNSKEY nor DS records"},
        &judge_dnssec_insecure},
    audit::Rule{{.id = "dnssec-island",
                 .severity = Severity::warning,
                 .summary = "the zone is signed, and its parent has no DS record",
                 .message = "{target} is signed for nobody: {observed}",
                 .fix = "have the DS record entered at the parent, or stop signing",
                 .expected = "a DS record at the parent",
                 .observed = "no DS record in {parent}"},
                &judge_dnssec_island},
    audit::Rule{{.id = "dnssec-key-small",
                 .severity = Severity::warning,
                 .summary = "an RSA key is short",
                 .message = "{target} is signed with short keys: {observed}",
                 .fix = "roll over to ECDSAP256SHA256 (13), or to {expected}",
                 .expected = "RSA keys of {limit} bits",
                 .observed = "{keys:;}",
                 .data = "smallest"},
                &judge_dnssec_key_small},
    audit::Rule{{.id = "dnssec-missing-on-ns",
                 .severity = Severity::error,
                 .summary = "a server of the signed zone gives no keys or signatures",
                 .message = "not every server of {target} serves it signed: {observed}",
                 .fix = "have the server transfer the signed zone, and update it if it does not know DNSSEC",
                 .expected = "the signed zone at every server",
                 .observed = "{faults:;}",
                 .data = "servers"},
                &judge_dnssec_missing_on_ns},
    audit::Rule{{.id = "dnssec-nsec3-iterations",
                 .severity = Severity::warning,
                 .summary = "NSEC3 with iterations or salt",
                 .message = "{target} uses NSEC3 with {observed}",
                 .fix = "sign with 0 iterations and no salt, or with NSEC",
                 .expected = "no iterations and no salt",
                 .observed = "{parameters:;}",
                 .data = "iterations"},
                &judge_dnssec_nsec3_iterations},
    audit::Rule{{.id = "dnssec-rrsig-expired",
                 .severity = Severity::error,
                 .summary = "a signature has expired",
                 .message = "signatures in {target} have expired: {observed}",
                 .fix = "sign the zone again, find out why nobody did, and whether all servers get it",
                 .expected = "signatures that hold",
                 .observed = "{signatures:;}",
                 .data = "expired_at"},
                &judge_dnssec_rrsig_expired},
    audit::Rule{{.id = "dnssec-rrsig-expiring",
                 .severity = Severity::warning,
                 .summary = "a signature expires soon",
                 .message = "signatures in {target} expire soon: {observed}",
                 .fix = "see to it that the signer runs, and that this server gets the zone",
                 .expected = "signatures that are renewed in time",
                 .observed = "{signatures:;}",
                 .wordings = expiring_wordings,
                 .data = "expires_at"},
                &judge_dnssec_rrsig_expiring},
    audit::Rule{{.id = "dnssec-rrsig-not-yet-valid",
                 .severity = Severity::error,
                 .summary = "a signature holds only later",
                 .message = "signatures in {target} do not hold yet: {observed}",
                 .fix = "set the signer's clock, and sign again",
                 .expected = "signatures that hold",
                 .observed = "{signatures:;}",
                 .data = "valid_from"},
                &judge_dnssec_rrsig_not_yet_valid},
    audit::Rule{{.id = "dnssec-rrsig-too-long",
                 .severity = Severity::info,
                 .summary = "a signature holds for more than half a year",
                 .message = "signatures in {target} hold for long: {observed}",
                 .fix = "sign for two to four weeks: whoever has an old answer can replay it for as long as "
                        "its signature holds",
                 .expected = "signatures for weeks",
                 .observed = "{signatures:;}",
                 .data = "lifetime"},
                &judge_dnssec_rrsig_too_long},
    audit::Rule{
        {.id = "dnssec-tlsa-insecure",
         .severity = Severity::error,
         .summary = "a host has TLSA records, and no chain of trust reaches them",
         .message = "the TLSA records of {observed} count for nothing: no chain of trust reaches {target}",
         .fix = "sign the zone and have a DS record entered at its parent, or take the TLSA records away",
         .expected = "a signed zone with a DS record at its parent",
         .observed = "{names}"},
        &judge_dnssec_tlsa_insecure},
    audit::Rule{
        {.id = "dnssec-chain-gap",
         .severity = Severity::info,
         .summary = "the PTR record is signed, and what confirms it is not",
         .message = "the PTR record of {target} is signed, and the addresses of {observed} are not",
         .fix = "sign the zone of {observed} too: who trusts the PTR record has to believe the other half",
         .expected = "signed answers all the way",
         .observed = "{names}"},
        &judge_dnssec_chain_gap,
        nullptr,
        audit::Basis::forward},
};

}  // namespace rdnsgate::rules
